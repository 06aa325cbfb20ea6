"""A unit behind the mark of a label is the answer to a question for words, and none to one for an amount."""

import io

import docx
import pytest

from pipeline.extract import extract
from pipeline.readers import read
from tests.test_extract import EMPTY, GIVEN, call


def read_lines(*lines):
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    file = io.BytesIO()
    made.save(file)
    return extract(read(file.getvalue(), "a.docx"), call().form, call()).answers


@pytest.mark.parametrize("unit", ["%", "€", "‰", "euro", "m²"])
def test_a_unit_is_what_the_question_asks_for(unit):
    card = ("Indicator: Werkloosheid", "Waarde wijk: 12", f"Eenheid: {unit}", "Jaar: 2020", "Bron: Statbel")
    answers = read_lines("C. Wijk", "Kwetsbaarheidsindicatoren:", "Kwetsbaarheidsindicatoren 1", *card)
    (row,) = answers["kwetsbaarheidsindicatoren"].rows
    assert (row.cells["eenheid"].state, row.cells["eenheid"].text) == (GIVEN, unit)


@pytest.mark.parametrize(
    "line", ["Gevraagde subsidie: €", "Gevraagde subsidie (in euro): €", "Gevraagde subsidie (€):"]
)
def test_the_unit_of_an_amount_is_part_of_its_label(line):
    answers = read_lines("B. Voorstel", "Titel van het voorstel: De Muide", line)
    assert answers["gevraagde_subsidie"].state is EMPTY
    assert answers["titel"].text == "De Muide"
