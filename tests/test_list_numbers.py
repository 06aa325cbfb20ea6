"""A cell with nothing but the number that a program puts before an item of a list is not empty for certain."""

import io

import docx
import pytest

from pipeline.extract import extract
from pipeline.readers import read
from tests.odt_files import h, odt, p
from tests.test_extract import DOUBTFUL, EMPTY, GIVEN, call

NUMBERS = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
BULLETS = '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'


def asked(data, name):
    return extract(read(data, name), call().form, call()).answers["startdatum"]


@pytest.mark.parametrize(
    ("style", "text", "state"),
    [
        ("List Number", "", DOUBTFUL),
        ("List Bullet", "", EMPTY),
        ("Normal", "", EMPTY),
        ("List Number", "1/1/2022", GIVEN),
    ],
)
def test_in_word_by_the_style_of_the_paragraph(style, text, state):
    made = docx.Document()
    made.add_heading("B. Voorstel", 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "Startdatum"
    table.cell(0, 1).paragraphs[0].text = text
    table.cell(0, 1).paragraphs[0].style = style
    file = io.BytesIO()
    made.save(file)
    assert asked(file.getvalue(), "a.docx").state is state


@pytest.mark.parametrize(
    ("levels", "text", "state"), [(NUMBERS, "", DOUBTFUL), (BULLETS, "", EMPTY), (NUMBERS, "1/1/2022", GIVEN)]
)
def test_in_odt_by_the_list_around_the_paragraph(levels, text, state):
    style = f'<text:list-style style:name="L1">{levels}</text:list-style>'
    item = f'<text:list text:style-name="L1"><text:list-item>{p(text)}</text:list-item></text:list>'
    cells = "".join(f"<table:table-cell>{inside}</table:table-cell>" for inside in (p("Startdatum"), item))
    body = h("B. Voorstel") + f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    assert asked(odt(body, automatic=style), "a.odt").state is state
