"""Answers that were typed on a line or on dots, and labels with the way to write between brackets."""

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.extract.fillers import without_line
from tests.test_extract import EMPTY, Typed, values

ANSWERS = {"titel": "Muide beweegt", "startdatum": dt.date(2022, 1, 1), "gevraagde_subsidie": Decimal(800000)}


@pytest.mark.parametrize(
    "lines",
    [
        ("Titel ........ Muide beweegt", "Startdatum ........ 1/1/2022", "Gevraagde subsidie ....... € 800.000"),
        ("Titel: ____Muide beweegt____", "Startdatum: __1/1/2022__", "Gevraagde subsidie: ______ 800.000 euro"),
        ("Titel………Muide beweegt", "Startdatum………1/1/2022……", "Gevraagde subsidie ……… 800.000"),
        ("Titel (max 150 tekens): Muide beweegt", "Startdatum (dd/mm/jjjj): 1/1/2022", "Gevraagde subsidie: 800.000"),
    ],
)
def test_an_answer_on_a_line_is_what_stands_on_it(lines):
    extraction = Typed().head("B. Voorstel").say(*lines).extract()
    assert values(extraction, *ANSWERS) == ANSWERS


def test_a_line_on_which_nobody_wrote_is_empty():
    extraction = Typed().head("B. Voorstel").say("Titel ..............", "Startdatum: __/__/____").extract()
    assert [extraction.answers[name].state for name in ("titel", "startdatum")] == [EMPTY, EMPTY]


@pytest.mark.parametrize("text", ["Muide...", "buurt, zorg, enz.…", "a_b", "_Muide_", "...en verder", "______"])
def test_dots_and_strokes_of_a_text_stay(text):
    assert without_line(text) == text
