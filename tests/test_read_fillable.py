"""Reading fillable PDF files that other programs filled in: what was typed comes back, each with its place."""

from __future__ import annotations

import functools
import json
import logging
import unicodedata
from pathlib import Path

import pytest

from pipeline import library
from pipeline.blank import write_pdf
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.fill_pdf import by_pdfium, by_pikepdf, by_pypdf
from tests.random_answers import Maker
from tests.test_roundtrip import answered, differences

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


FILES = Path(__file__).parent / "files"
"""Of programs that the tests do not start; `HERKOMST.md` says where each comes from."""


@pytest.mark.parametrize("quick", [True, False], ids=["fields alone", "pages too"])
@pytest.mark.parametrize(("program", "decided"), [("pdfjs", "nee"), ("pdf-lib", "ja")])
def test_a_form_filled_in_firefox_or_on_a_site_comes_back(program, decided, quick):
    typed = json.loads((FILES / "vergadering-getypt.json").read_text(encoding="utf-8"))
    name = f"vergadering-{program}.pdf"
    document = read((FILES / name).read_bytes(), name, answers_only=quick)
    found = answered(extract(document, CALL.forms["vergadering"], CALL))
    wanted = {key: unicodedata.normalize("NFC", text) for key, text in typed.items()}
    wanted |= {f"agendapunten.{number}.beslist": decided for number in (1, 2)}
    given = {key: answer for key, answer in found.items() if answer.text}
    assert {answer.state for answer in given.values()} == {State.GIVEN}
    assert {key: answer.text.casefold() for key, answer in given.items()} == {
        key: text.casefold() for key, text in wanted.items()
    }
