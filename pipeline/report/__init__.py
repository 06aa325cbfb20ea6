"""Tellings of a run for people: the sheet `overzicht.xlsx`, the page `rapport.html`."""

from pipeline.report.kept import decode_papers, encode_papers
from pipeline.report.page import page
from pipeline.report.reviewing import Review
from pipeline.report.signing import ToldSigning, tell_signing
from pipeline.report.telling import (
    Completeness,
    Line,
    Telling,
    ToldLeft,
    ToldPaper,
    ToldRefusal,
    amount_available,
    summarise,
)
from pipeline.report.words import (
    act_words,
    outcome_word,
    request_words,
    severity_word,
    state_word,
    supplement_words,
)
from pipeline.report.workbook import workbook

__all__ = [
    "Completeness",
    "Line",
    "Review",
    "Telling",
    "ToldLeft",
    "ToldPaper",
    "ToldRefusal",
    "ToldSigning",
    "act_words",
    "amount_available",
    "decode_papers",
    "encode_papers",
    "outcome_word",
    "page",
    "request_words",
    "severity_word",
    "state_word",
    "summarise",
    "supplement_words",
    "tell_signing",
    "workbook",
]
