"""Signed copies as JSON and back."""

from __future__ import annotations

import dataclasses
import datetime as dt

from pipeline.archive.answers import Json
from pipeline.dossier import Informant, Likeness, Origin, Revocation, Signatory, Signed, SignedCopy, Trust


def encode_copy(copy: SignedCopy) -> Json:
    """Give a signed copy as JSON."""
    return {
        **{name: getattr(copy, name) for name in ("file", "sha256", "issued", "source", "content")},
        "origin": copy.origin.value,
        "changes": list(copy.changes),
        "looks": list(copy.looks),
        "signatures": [encode_signed(signed) for signed in copy.signatures],
        "on": copy.on.isoformat(),
    }


def decode_copy(data: Json) -> SignedCopy:
    """Give back a signed copy."""
    return SignedCopy(
        **{
            **data,
            "origin": Origin(data["origin"]),
            "changes": tuple(data["changes"]),
            "looks": tuple(data.get("looks", ())),
            "signatures": tuple(_decode_signed(signed) for signed in data["signatures"]),
            "on": dt.date.fromisoformat(data["on"]),
        }
    )


def encode_signed(signed: Signed) -> Json:
    """Give a signature as JSON."""
    return {
        **{field.name: getattr(signed, field.name) for field in dataclasses.fields(signed)},
        "place": dataclasses.asdict(signed.place) if signed.place else None,
        "sources": [source.value for source in signed.sources],
        "pages": list(signed.pages),
        "forbidden": list(signed.forbidden),
        "on": signed.on.isoformat() if signed.on else None,
        "trust": signed.trust.value,
        "revocation": signed.revocation.value,
        "likeness": signed.likeness.value,
    }


def _decode_signed(data: Json) -> Signed:
    return Signed(
        **{
            **data,
            "place": Signatory(**data["place"]) if data["place"] else None,
            "sources": tuple(Informant(source) for source in data.get("sources", ())),
            "pages": tuple(data.get("pages", ())),
            "forbidden": tuple(data.get("forbidden", ())),
            "on": dt.datetime.fromisoformat(data["on"]) if data["on"] else None,
            "trust": Trust(data["trust"]),
            "revocation": Revocation(data["revocation"]),
            "likeness": Likeness(data["likeness"]),
        }
    )
