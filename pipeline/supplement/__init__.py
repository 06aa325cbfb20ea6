"""A supplement: a form for what a dossier lacks, and what it closes when it comes back."""

from pipeline.supplement.asking import ask
from pipeline.supplement.closing import Closed, close
from pipeline.supplement.paper import (
    KEY,
    NUMBER,
    REQUEST,
    SHEET,
    WHOSE,
    files_of,
    form_of,
    is_form,
    is_heading,
    number_of,
    same_number,
    values_of,
)
from pipeline.supplement.recognising import is_supplement
from pipeline.supplement.requesting import request
from pipeline.supplement.returned import Returned

__all__ = [
    "KEY",
    "NUMBER",
    "REQUEST",
    "SHEET",
    "WHOSE",
    "Closed",
    "Returned",
    "ask",
    "close",
    "files_of",
    "form_of",
    "is_form",
    "is_heading",
    "is_supplement",
    "number_of",
    "request",
    "same_number",
    "values_of",
]
