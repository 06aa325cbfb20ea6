"""Reading fillable PDF files that other programs filled in: what was typed comes back, each with its place."""

from __future__ import annotations

import functools
import logging

import pytest

from pipeline import library
from pipeline.blank import write_pdf
from tests.fill_pdf import by_pdfium, by_pikepdf, by_pypdf
from tests.random_answers import Maker
from tests.test_roundtrip import differences

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each letter that it cannot draw
CALL = library.load("wijkverbeteringscontract")
FILLERS = {
    "pypdf": by_pypdf,
    "pypdf, added to the end": functools.partial(by_pypdf, incremental=True),
    "pikepdf, nothing drawn": by_pikepdf,
    "pikepdf, drawn as before": functools.partial(by_pikepdf, drawn=True),
    "pdfium": by_pdfium,
}


@functools.cache
def blank(key: str) -> bytes:
    return write_pdf(CALL.forms[key], CALL)


def answers_for(key: str, seed: int):
    """Make up answers that fit in the rows of the form."""
    form = CALL.forms[key]
    made = Maker(seed, CALL).form(form)
    tables = {field.key: max(field.blank_rows, field.min_rows) for field in form.fields() if field.columns}
    return {name: value[: tables[name]] if name in tables else value for name, value in made.items()}


@pytest.mark.parametrize("quick", [True, False], ids=["fields alone", "pages too"])
@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_random_answers_come_back_from_a_form_that_another_program_filled_in(filler, quick):
    for key, seeds in (("aanvraag", (300,)), ("vergadering", (302, 303))):
        for seed in seeds:
            answers = answers_for(key, seed)
            data = filler(blank(key), CALL.forms[key], answers)
            assert differences(CALL.forms[key], answers, data, "f.pdf", answers_only=quick) == ([], 0), (key, seed)
