"""Where what a paper states was read, as JSON and back."""

from __future__ import annotations

from pipeline.archive.acts import decode_act, decode_read, encode_act, encode_read
from pipeline.archive.answers import Json, decode_location, encode_location
from pipeline.archive.dossiers import decode_supplement, encode_supplement
from pipeline.dossier import State
from pipeline.stated import Kind, Origin
from pipeline.values import encode_value


def encode_origin(origin: Origin) -> Json:
    """Give an origin as JSON; what it does not have is left out."""
    data: Json = {"target": origin.target, "label": origin.label, "kind": origin.kind.value}
    if origin.state:
        data |= {
            "text": origin.text,
            "value": encode_value(origin.value),
            "state": origin.state.value,
            "location": encode_location(origin.location),
            "of_row": origin.of_row,
            "method": origin.method,
            "confidence": origin.confidence,
        }
    more = {
        "problem": origin.problem,
        "act": encode_act(origin.act) if origin.act else None,
        "read": encode_read(origin.was) if origin.was else None,
        "supplement": encode_supplement(origin.supplement) if origin.supplement else None,
        "source": origin.source,
        "reference": origin.reference,
    }
    return data | {key: value for key, value in more.items() if value}


def decode_origin(data: Json) -> Origin:
    """Give back an origin; an amount or a day stays the text that JSON holds."""
    return Origin(
        target=data["target"],
        label=data["label"],
        kind=Kind(data["kind"]),
        text=data.get("text", ""),
        value=data.get("value"),
        state=State(data["state"]) if "state" in data else None,
        location=decode_location(data.get("location")),
        of_row=data.get("of_row", False),
        method=data.get("method", ""),
        confidence=data.get("confidence"),
        problem=data.get("problem", ""),
        act=decode_act(data["act"]) if "act" in data else None,
        was=decode_read(data["read"]) if "read" in data else None,
        supplement=decode_supplement(data["supplement"]) if "supplement" in data else None,
        source=data.get("source", ""),
        reference=data.get("reference", ""),
    )
