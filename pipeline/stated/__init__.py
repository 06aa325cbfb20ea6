"""What papers state, and where it was read."""

from __future__ import annotations

from pipeline.stated.origins import Kind, Origin, origin
from pipeline.stated.seeking import Fit, Found, seek
from pipeline.stated.statement import How, PaperStated, Stated, decode, encode, folded

__all__ = [
    "Fit",
    "Found",
    "How",
    "Kind",
    "Origin",
    "PaperStated",
    "Stated",
    "decode",
    "encode",
    "folded",
    "origin",
    "seek",
]
