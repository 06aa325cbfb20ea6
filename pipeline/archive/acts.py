"""Acts of officials as JSON and back, with what was read when they were given."""

from __future__ import annotations

import datetime as dt

from pipeline.archive.answers import Json
from pipeline.dossier import Act, ActKind, Corrected, Earlier, Fate, Read, State


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
        "was": act.was and encode_read(act.was),
    }


def decode_act(data: Json) -> Act:
    """Give back an act."""
    on = dt.date.fromisoformat(data["on"]) if data["on"] else None
    was = decode_read(data["was"]) if data.get("was") else None  # version 0.1.0 did not keep it
    kind = ActKind(data["kind"])
    return Act(kind, data["target"], data["value"], on, data["reference"], data["why"], data["by"], was)


def encode_read(read: Read) -> Json:
    """Give what was read at one place as JSON."""
    return {"state": read.state.value, "text": read.text, "row": dict(read.row)}


def decode_read(data: Json) -> Read:
    """Give back what was read at one place."""
    return Read(State(data["state"]), data["text"], tuple(data["row"].items()))


def encode_corrected(corrected: Corrected) -> Json:
    """Give what became of a correction as JSON."""
    return {
        "target": corrected.target,
        "fate": corrected.fate.value,
        "read": encode_read(corrected.read),
        "problem": corrected.problem,
    }


def decode_corrected(data: Json) -> Corrected:
    """Give back what became of a correction."""
    return Corrected(data["target"], Fate(data["fate"]), decode_read(data["read"]), data["problem"])


def encode_earlier(earlier: Earlier) -> Json:
    """Give an earlier version of a dossier as JSON."""
    return {
        "number": earlier.number,
        "paths": list(earlier.paths),
        "same_proposal": earlier.same_proposal,
        "other_applicant": earlier.other_applicant,
        "acts": [encode_act(act) for act in earlier.acts],
        "requests": earlier.requests,
    }


def decode_earlier(data: Json) -> Earlier:
    """Give back an earlier version of a dossier."""
    acts = tuple(decode_act(act) for act in data["acts"])
    return Earlier(**{**data, "paths": tuple(data["paths"]), "acts": acts})
