"""Printed PDF: a figure in superscript behind an answer, and a picture where an answer is looked for."""

from __future__ import annotations

import io

import pytest
from docx.shared import Cm
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline import library
from pipeline.document import Table, paragraphs
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.pdf_files import WordFile, printed

CALL = library.load("wijkverbeteringscontract")


def answers(data: bytes):
    return extract(read(data, "print.pdf"), CALL.form, CALL).answers


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(read(data, "print.pdf").blocks)]


def saved(word: WordFile) -> bytes:
    made = io.BytesIO()
    word.document.save(made)
    return made.getvalue()


def picture() -> io.BytesIO:
    """Draw what somebody pastes in a cell: a picture of a text."""
    drawn = Image.new("RGB", (240, 40), "white")
    ImageDraw.Draw(drawn).text((5, 12), "Gent (fictief voorbeeld)", fill="black")
    made = io.BytesIO()
    drawn.save(made, "PNG")
    made.seek(0)
    return made


@pytest.mark.requires_soffice
@pytest.mark.parametrize("tagged", [True, False])
def test_a_figure_in_superscript_behind_an_amount_is_no_digit_of_it(tagged, tmp_path):
    word = WordFile()
    table = word.table([["Gevraagde subsidie", "800.000"], ["Naam lokaal bestuur", "Gent"], ["Formule", "CO"]], [6, 8])
    for row, raised, lowered in ((0, "2", ""), (1, "12", ""), (2, "", "2")):
        paragraph = table.rows[row].cells[1].paragraphs[0]
        paragraph.add_run(raised).font.superscript = True
        paragraph.add_run(lowered).font.subscript = True
    data = printed(tmp_path, saved(word), UseTaggedPDF=tagged)
    assert {"800.000²", "Gent¹²"} < set(texts(data))
    assert not {"CO²", "800.0002"} & set(texts(data))
    assert answers(data)["gevraagde_subsidie"].state is State.DOUBTFUL


def test_smaller_figures_on_the_line_are_digits():
    made = io.BytesIO()
    page = canvas.Canvas(made)
    line = page.beginText(60, 700)
    for size, rise, text in ((10, 0, "Samen 800.000"), (7, 0, ",25"), (10, 0, " en 12"), (7, -2, "3")):
        line.setFont("Helvetica", size)
        line.setRise(rise)
        line.textOut(text)
    page.drawText(line)
    page.save()
    assert texts(made.getvalue()) == ["Samen 800.000,25 en 123"]


@pytest.mark.requires_soffice
@pytest.mark.parametrize("tagged", [True, False])
def test_an_empty_cell_with_a_picture_is_doubtful_and_one_without_is_empty(tagged, tmp_path):
    word = WordFile()
    table = word.table([["Naam lokaal bestuur", ""], ["Adres", ""], ["NIS-code", "44021"]], [6, 8])
    table.rows[0].cells[1].paragraphs[0].add_run().add_picture(picture(), width=Cm(5))
    table.rows[2].cells[1].paragraphs[0].add_run().add_picture(picture(), width=Cm(2))
    found = answers(printed(tmp_path, saved(word), UseTaggedPDF=tagged))
    assert (found["gemeente"].state, "afbeelding" in found["gemeente"].problem) == (State.DOUBTFUL, True)
    assert found["adres"].state is State.EMPTY
    assert (found["nis_code"].state, found["nis_code"].text) == (State.GIVEN, "44021")


def test_a_picture_behind_several_cells_is_that_of_none():
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=(600, 800))
    page.drawImage(ImageReader(picture()), 60, 640, 480, 90)
    page.setFont("Helvetica", 10)
    for number, label in enumerate(("Naam lokaal bestuur", "Adres", "NIS-code")):
        page.rect(60, 700 - 30 * number, 160, 30)
        page.rect(220, 700 - 30 * number, 320, 30)
        page.drawString(66, 712 - 30 * number, label)
    page.drawString(66, 500, "Dit formulier heeft een afbeelding achter de cellen.")
    page.save()
    found = read(made.getvalue(), "brief.pdf")
    cells = [cell for block in found.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    assert len(cells) == 6
    assert all(not paragraph.unread for paragraph in paragraphs(found.blocks))
