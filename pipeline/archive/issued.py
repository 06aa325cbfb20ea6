"""Issued papers as JSON and back."""

from __future__ import annotations

import dataclasses
import datetime as dt

from pipeline.archive.answers import Json
from pipeline.dossier import Issued, Signatory


def encode_issued(issued: Issued) -> Json:
    """Give an issued paper as JSON."""
    return {
        **dataclasses.asdict(issued),
        "on": issued.on.isoformat(),
        "dated": issued.dated.isoformat() if issued.dated else None,
        "remarks": list(issued.remarks),
    }


def decode_issued(data: Json) -> Issued:
    """Give back an issued paper."""
    return Issued(
        **{
            **data,
            "on": dt.date.fromisoformat(data["on"]),
            "dated": dt.date.fromisoformat(data["dated"]) if data["dated"] else None,
            "signatories": tuple(Signatory(**signatory) for signatory in data["signatories"]),
            "remarks": tuple(data["remarks"]),
        }
    )
