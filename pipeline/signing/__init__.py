"""Signatures: who signed a paper that was issued, what the signature is worth, what was changed since."""

from pipeline.dossier.signed import Informant, Likeness, Origin, Revocation, Signed, Trust
from pipeline.signing.applying import Wish, earlier, place_to_sign, put_signature
from pipeline.signing.blanks import Blank, blanks, told_as_blank
from pipeline.signing.examine import copy_of, examine, words_of
from pipeline.signing.fields import Prepared, add_fields
from pipeline.signing.keys import Key, key_of_p12, key_of_token
from pipeline.signing.likeness import Named, likeness
from pipeline.signing.marks import pieces
from pipeline.signing.roots import Root, Roots, read_roots
from pipeline.signing.scans import Scan, read_scan
from pipeline.signing.sentence import signature_words
from pipeline.signing.telling import Question, Told, looks_words, name_of, tell
from pipeline.signing.verdict import Change, IssuedPaper, Lock, Verdict

__all__ = [
    "Blank",
    "Change",
    "Informant",
    "IssuedPaper",
    "Key",
    "Likeness",
    "Lock",
    "Named",
    "Origin",
    "Prepared",
    "Question",
    "Revocation",
    "Root",
    "Roots",
    "Scan",
    "Signed",
    "Told",
    "Trust",
    "Verdict",
    "Wish",
    "add_fields",
    "blanks",
    "copy_of",
    "earlier",
    "examine",
    "key_of_p12",
    "key_of_token",
    "likeness",
    "looks_words",
    "name_of",
    "pieces",
    "place_to_sign",
    "put_signature",
    "read_roots",
    "read_scan",
    "signature_words",
    "tell",
    "told_as_blank",
    "words_of",
]
