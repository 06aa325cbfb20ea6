"""A neutral document to answers: which form it is, and what was filled in at each question."""

from pipeline.extract.assembly import extract
from pipeline.extract.continuations import add_rows, continues, extract_sheet
from pipeline.extract.corrections import apply, correct
from pipeline.extract.identification import identify, resembles
from pipeline.extract.sums import as_read, hold_sums

__all__ = [
    "add_rows",
    "apply",
    "as_read",
    "continues",
    "correct",
    "extract",
    "extract_sheet",
    "hold_sums",
    "identify",
    "resembles",
]
