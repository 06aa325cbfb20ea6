"""Signatures: who signed a paper that was issued, what the signature is worth, what was changed since."""

from pipeline.signing.examine import examine
from pipeline.signing.roots import Root, Roots, read_roots
from pipeline.signing.verdict import (
    Change,
    IssuedPaper,
    Likeness,
    Lock,
    Origin,
    Place,
    Revocation,
    Signed,
    Trust,
    Verdict,
)

__all__ = [
    "Change",
    "IssuedPaper",
    "Likeness",
    "Lock",
    "Origin",
    "Place",
    "Revocation",
    "Root",
    "Roots",
    "Signed",
    "Trust",
    "Verdict",
    "examine",
    "read_roots",
]
