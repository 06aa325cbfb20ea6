"""What is typed on a scanned page: a header of the copier, its reading of the scan, answers; and print on a picture."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.scan_files import Scanner
from tests.test_read_scan import ROWS, form, rows

pytestmark = pytest.mark.requires_tesseract

HEADER = "Gescand op 12/03/2021 om 14.05 uur, kopieerapparaat 2e verdieping"


def scanned(*, upside_down: bool = False) -> ImageReader:
    (page,) = Scanner(200).scan(form().bytes())
    return ImageReader(page.rotate(180) if upside_down else page)


@pytest.mark.parametrize("upside_down", [False, True])
def test_a_page_that_the_copier_put_its_name_above_is_a_scan_all_the_same(upside_down):
    made = Drawn()
    made.canvas.drawImage(scanned(upside_down=upside_down), 0, 0, 600, 800)
    document = read(made.text(50, 20, HEADER, size=8).page().bytes(), "scan.pdf")
    assert rows(document) == ROWS
    assert [p.confidence for p in paragraphs(document.blocks) if p.text == HEADER] == [1.0]


def test_the_reading_of_a_copier_hidden_under_its_scan_is_not_believed():
    made = Drawn()
    for number, (label, _answer) in enumerate(ROWS):
        made.text(55, 96 + 24 * number, label).text(225, 96 + 24 * number, "8 verkeerd gelezen 8")
    made.canvas.drawImage(scanned(), 0, 0, 600, 800)
    document = read(made.text(50, 20, HEADER, size=8).page().bytes(), "scan.pdf")
    assert rows(document) == ROWS
    assert HEADER in {p.text for p in paragraphs(document.blocks)}


def test_a_scan_that_lies_with_a_reading_hidden_under_it_is_read_upright_and_has_its_places_as_it_lies():
    made = Drawn()
    for number, row in enumerate(ROWS):
        made.text(55, 96 + 24 * number, row[0]).text(225, 96 + 24 * number, "8 verkeerd gelezen 8")
    made.canvas.drawImage(scanned(), 0, 0, 600, 800)
    with pikepdf.open(io.BytesIO(made.page().bytes())) as pdf:
        (page,) = pdf.pages
        page.contents_add(b"q 0 1 -1 0 800 0 cm ", prepend=True)
        page.contents_add(b" Q")
        page.MediaBox = [0, 0, 800, 600]
        lying = io.BytesIO()
        pdf.save(lying)
    document = read(lying.getvalue(), "scan.pdf")
    assert rows(document) == ROWS
    (first,) = [p for p in paragraphs(document.blocks) if p.text == ROWS[0][1]]
    left, top, right, bottom = first.location.box
    assert left < 93 < right  # it stands some 93 points from the top of the form, and goes on from 225 to the right
    assert top < 600 - 230 < bottom


def test_answers_typed_over_a_scanned_form_are_read_to_the_letter():
    drawn = Drawn().grid([50, 220, 550], [80, 104, 128])
    drawn.text(55, 96, "Naam lokaal bestuur").text(55, 120, "Rekeningnummer").text(50, 180, "Dit is een formulier.")
    (page,) = Scanner(200, askew=1.0).scan(drawn.bytes())
    made = Drawn()
    made.canvas.drawImage(ImageReader(page), 0, 0, 600, 800)
    made.text(225, 94, "Dendermonde").text(225, 118, "BE68 5390 0754 7034")
    assert rows(read(made.page().bytes(), "scan.pdf")) == [
        ["Naam lokaal bestuur", "Dendermonde"],
        ["Rekeningnummer", "BE68 5390 0754 7034"],
    ]


def test_a_page_printed_on_a_picture_is_print():
    paper = Image.new("L", (600, 800), 250)
    ImageDraw.Draw(paper).ellipse((480, 20, 560, 60), fill=225)
    made = Drawn()
    made.canvas.drawImage(ImageReader(paper), 0, 0, 600, 800)
    made.grid([50, 220, 550], [80, 104, 128, 152, 176])
    for number, (label, answer) in enumerate(ROWS):
        made.text(55, 96 + 24 * number, label).text(225, 96 + 24 * number, answer)
    document = read(made.page().bytes(), "brief.pdf")
    assert rows(document) == ROWS
    assert {p.confidence for p in paragraphs(document.blocks)} == {1.0}
