"""Dossiers, answers and findings as JSON and back: what `dossier.json` and `bevindingen.json` hold."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.document import Location, Source
from pipeline.dossier import Act, ActKind, Answer, Attachment, Dossier, Extraction, Receipt, Row, State
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.form import Field, Form
from pipeline.values import FieldType, Value

SCHEMA_VERSION = 1
Json = dict[str, Any]

_LOCATION_DEFAULTS: Json = {
    "source": "",
    "heading": "",
    "part": "",
    "page": None,
    "box": None,
    "table": None,
    "row": None,
    "column": None,
    "paragraph": None,
    "control": "",
}


def dump(data: Mapping[str, Any]) -> bytes:
    """Give the bytes of a JSON file: UTF-8, keys in the order given, a line for each answer, finding or file."""
    text = "{\n" + ",\n".join(f"{_compact(key)}: {_spread(value)}" for key, value in data.items()) + "\n}\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, from a careless PDF
        return (json.dumps(data, ensure_ascii=True) + "\n").encode()


def _spread(value: Any) -> str:
    """Give what holds several things with each on a line of its own."""
    if isinstance(value, Mapping) and value:
        return "{\n " + ",\n ".join(f"{_compact(key)}: {_compact(item)}" for key, item in value.items()) + "\n}"
    if isinstance(value, list | tuple) and value:
        return "[\n " + ",\n ".join(_compact(item) for item in value) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def encode_value(value: Value) -> Any:
    """Give a typed value as JSON: amounts and dates as text."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, Decimal):
        return encode_decimal(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value)


def encode_decimal(value: Decimal) -> str:
    """Give an amount as text with at least two decimals, none of its own lost: `800000.00`."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}"


def encode_location(location: Location | None) -> Json | None:
    """Give a place as JSON; what is not known is left out."""
    if location is None:
        return None
    places = {name: getattr(location, name) for name in _LOCATION_DEFAULTS}
    return {
        name: list(place) if isinstance(place, tuple) else place
        for name, place in places.items()
        if place != _LOCATION_DEFAULTS[name]
    }


def decode_location(data: Json | None) -> Location | None:
    """Give back a place."""
    if data is None:
        return None
    box = data.get("box")
    return Location(**{**data, "box": tuple(box) if box else None})


def encode_answer(answer: Answer) -> Json:
    """Give an answer as JSON; a table has `rows` instead of a value."""
    data: Json = {}
    if answer.rows:
        data["rows"] = [{key: encode_answer(cell) for key, cell in row.cells.items()} for row in answer.rows]
        data["row_numbers"] = [row.number for row in answer.rows]
        data["row_locations"] = [encode_location(row.location) for row in answer.rows]
    else:
        data["value"] = encode_value(answer.value)
    data["text"] = answer.text
    data["state"] = answer.state.value
    data["method"] = answer.method
    data["confidence"] = answer.confidence
    data["location"] = encode_location(answer.location)
    if answer.problem:
        data["problem"] = answer.problem
    return data


def encode_answers(answers: Mapping[str, Answer]) -> Json:
    """Give all answers of a form as JSON."""
    return {key: encode_answer(answer) for key, answer in answers.items()}


def decode_answers(data: Json, form: Form) -> dict[str, Answer]:
    """Give back the answers of a form; what the form no longer asks is left out."""
    return {field.key: _decode_answer(field, data[field.key]) for field in form.fields() if field.key in data}


def _decode_answer(field: Field, data: Json) -> Answer:
    columns = {column.key: column for column in field.columns}
    rows = tuple(
        Row(
            number,
            {key: _decode_answer(columns[key], cell) for key, cell in cells.items() if key in columns},
            decode_location(location),
        )
        for number, cells, location in zip(
            data.get("row_numbers", ()), data.get("rows", ()), data.get("row_locations", ()), strict=True
        )
    )
    return Answer(
        field=field.key,
        state=State(data["state"]),
        text=data["text"],
        value=_decode_value(field.type, data.get("value")),
        rows=rows,
        location=decode_location(data["location"]),
        method=data["method"],
        confidence=data["confidence"],
        problem=data.get("problem", ""),
    )


def _decode_value(kind: FieldType, value: Any) -> Value:
    if value is None:
        return None
    if kind in (FieldType.AMOUNT, FieldType.PERCENTAGE):
        try:
            return Decimal(value)
        except InvalidOperation:
            return None
    if kind is FieldType.DATE:
        return dt.date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(value)
    return value  # type: ignore[no-any-return]


def encode_extraction(extraction: Extraction) -> Json:
    """Give what was read from one file as JSON, as `extract --json` prints it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "file": extraction.source.name,
        "sha256": extraction.source.sha256,
        "media_type": extraction.source.media_type,
        "form": extraction.form,
        "version": extraction.version,
        "answers": encode_answers(extraction.answers),
        "notes": list(extraction.notes),
    }


def decode_extraction(data: Json, form: Form) -> Extraction:
    """Give back what was read from one file."""
    source = Source(data["file"], data["sha256"], data["media_type"])
    answers = decode_answers(data["answers"], form)
    return Extraction(data["form"], data["version"], source, answers, tuple(data["notes"]))


def encode_attachment(attachment: Attachment) -> Json:
    """Give an attachment as JSON."""
    return {name: getattr(attachment, name) for name in ("name", "sha256", "media_type", "size", "problem")}


def encode_receipt(receipt: Receipt) -> Json:
    """Give a receipt as JSON."""
    return {
        "received": receipt.received.isoformat() if receipt.received else None,
        "channel": receipt.channel,
        "sender": receipt.sender,
        "proof": receipt.proof,
    }


def decode_receipt(data: Json) -> Receipt:
    """Give back a receipt."""
    received = dt.datetime.fromisoformat(data["received"]) if data["received"] else None
    return Receipt(received, data["channel"], data["sender"], data["proof"])


def encode_act(act: Act) -> Json:
    """Give an act as JSON."""
    return {
        "kind": act.kind.value,
        "target": act.target,
        "value": act.value,
        "on": act.on.isoformat() if act.on else None,
        "reference": act.reference,
        "why": act.why,
        "by": act.by,
    }


def decode_act(data: Json) -> Act:
    """Give back an act."""
    on = dt.date.fromisoformat(data["on"]) if data["on"] else None
    return Act(ActKind(data["kind"]), data["target"], data["value"], on, data["reference"], data["why"], data["by"])


def encode_dossier(dossier: Dossier) -> Json:
    """Give a dossier as JSON, as `dossier.json` holds it."""
    decision = dossier.decision
    source = dossier.source
    return {
        "schema_version": SCHEMA_VERSION,
        "number": dossier.number,
        "call": dossier.call,
        "form": dossier.form,
        "receipt": encode_receipt(dossier.receipt),
        "source": source and {"name": source.name, "sha256": source.sha256, "media_type": source.media_type},
        "attachments": [encode_attachment(attachment) for attachment in dossier.attachments],
        "answers": encode_answers(dossier.answers),
        "notes": list(dossier.notes),
        "acts": [encode_act(act) for act in dossier.acts],
        "decision": decision
        and {
            "granted": encode_decimal(decision.granted),
            "on": decision.on.isoformat(),
            "reference": decision.reference,
        },
        "withdrawn": dossier.withdrawn is not None,
    }


def decode_dossier(data: Json, form: Form) -> Dossier:
    """Give back a dossier."""
    source = data["source"]
    return Dossier(
        number=data["number"],
        call=data["call"],
        form=data["form"],
        receipt=decode_receipt(data["receipt"]),
        source=Source(**source) if source else None,
        attachments=tuple(Attachment(**attachment) for attachment in data["attachments"]),
        answers=decode_answers(data["answers"], form),
        notes=tuple(data["notes"]),
        acts=tuple(decode_act(act) for act in data["acts"]),
    )


def encode_finding(finding: Finding) -> Json:
    """Give a finding as JSON."""
    waiver = finding.waiver
    return {
        "code": finding.code,
        "title": finding.title,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy,
        "reference": finding.reference,
        "field": finding.field,
        "row": finding.row,
        "place": str(finding.location) if finding.location else "",
        "location": encode_location(finding.location),
        "stops_papers": finding.stops_papers,
        "missing": list(finding.missing),
        "waiver": waiver and {"why": waiver.why, "by": waiver.by, "on": waiver.on.isoformat()},
    }


def decode_finding(data: Json) -> Finding:
    """Give back a finding."""
    waiver = data["waiver"]
    return Finding(
        code=data["code"],
        title=data["title"],
        outcome=Outcome(data["outcome"]),
        severity=Severity(data["severity"]),
        message=data["message"],
        remedy=data["remedy"],
        reference=data["reference"],
        field=data["field"],
        row=data["row"],
        location=decode_location(data["location"]),
        stops_papers=data["stops_papers"],
        missing=tuple(data["missing"]),
        waiver=Waiver(waiver["why"], waiver["by"], dt.date.fromisoformat(waiver["on"])) if waiver else None,
    )


def encode_findings(number: str, findings: Iterable[Finding]) -> Json:
    """Give findings as JSON, as `bevindingen.json` holds them."""
    return {
        "schema_version": SCHEMA_VERSION,
        "number": number,
        "findings": [encode_finding(finding) for finding in findings],
    }


def decode_findings(data: Json) -> tuple[Finding, ...]:
    """Give back findings."""
    return tuple(decode_finding(finding) for finding in data["findings"])
