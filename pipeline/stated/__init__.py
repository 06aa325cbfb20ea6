"""What papers state, where it was read, and the data of it that an issued paper carries."""

from __future__ import annotations

from pipeline.stated.carried import NAME, SCHEMA, Subject, carry
from pipeline.stated.origins import Kind, Origin, origin
from pipeline.stated.returning import returned
from pipeline.stated.seeking import Fit, Found, seek
from pipeline.stated.statement import How, PaperStated, Stated, decode, encode, folded
from pipeline.stated.taking import Carried, Disagreement, carried, carries, disagreements

__all__ = [
    "NAME",
    "SCHEMA",
    "Carried",
    "Disagreement",
    "Fit",
    "Found",
    "How",
    "Kind",
    "Origin",
    "PaperStated",
    "Stated",
    "Subject",
    "carried",
    "carries",
    "carry",
    "decode",
    "disagreements",
    "encode",
    "folded",
    "origin",
    "returned",
    "seek",
]
