"""Signatures: who signed a paper that was issued, what the signature is worth, what was changed since."""

from pipeline.signing.applying import Wish, place_to_sign, put_signature
from pipeline.signing.blanks import Blank, blanks
from pipeline.signing.examine import examine
from pipeline.signing.fields import Prepared, add_fields
from pipeline.signing.keys import Key, key_of_p12, key_of_token
from pipeline.signing.marks import pieces
from pipeline.signing.roots import Root, Roots, read_roots
from pipeline.signing.telling import Question, Told, name_of, signature_words, tell
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
    "Blank",
    "Change",
    "IssuedPaper",
    "Key",
    "Likeness",
    "Lock",
    "Origin",
    "Place",
    "Prepared",
    "Question",
    "Revocation",
    "Root",
    "Roots",
    "Signed",
    "Told",
    "Trust",
    "Verdict",
    "Wish",
    "add_fields",
    "blanks",
    "examine",
    "key_of_p12",
    "key_of_token",
    "name_of",
    "pieces",
    "place_to_sign",
    "put_signature",
    "read_roots",
    "signature_words",
    "tell",
]
