"""A supplement: a form for what a dossier lacks, and what it closes when it comes back."""

from pipeline.supplement.asking import ask
from pipeline.supplement.closing import Closed, close
from pipeline.supplement.paper import KEY, NUMBER, file_of, form_of, is_form, same_number, values_of
from pipeline.supplement.recognising import is_supplement
from pipeline.supplement.requesting import request
from pipeline.supplement.returned import Returned

__all__ = [
    "KEY",
    "NUMBER",
    "Closed",
    "Returned",
    "ask",
    "close",
    "file_of",
    "form_of",
    "is_form",
    "is_supplement",
    "request",
    "same_number",
    "values_of",
]
