"""Tables with thick borders read as those with thin ones, and other thick lines make no tables."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docx.oxml import parse_xml
from reportlab.lib.colors import black

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.pdf_files import Drawn, W, WordFile, printed
from tests.test_pdf_covered import COVERED
from tests.test_pdf_sides import CARD, LIST, drawn
from tests.test_read_pdf_drawn import rows, running

WIDTHS = pytest.mark.parametrize("width", [3, 4.5, 6])
XS, YS = [50, 200, 550], [40, 70, 100]


def bordered(width: float) -> Drawn:
    """Draw two rows as Word does: a filled area for each side of a cell, and one where they cross."""
    page = Drawn()
    half = width / 2
    for y in YS:
        for left, right in pairwise(XS):
            area(page, left + half, y - half, right - left - width, width)
        for x in XS:
            area(page, x - half, y - half, width, width)
    for x in XS:
        for top, bottom in pairwise(YS):
            area(page, x - half, top + half, width, bottom - top - width)
    for y, label, answer in ((58, "Naam", "Gent"), (88, "Adres", "Botermarkt 1")):
        page.text(60, y, label).text(210, y, answer)
    return page


def area(page: Drawn, left: float, top: float, width: float, height: float) -> None:
    page.canvas.rect(left, page.height - top - height, width, height, stroke=0, fill=1)


@pytest.mark.requires_soffice
@WIDTHS
def test_a_word_table_with_thick_borders_reads_as_rows(tmp_path, width):
    word = WordFile()
    for part in (CARD, LIST):
        table = word.table(part, [5, 11] if part is CARD else [1.5, 6, 5, 4], header=part is LIST)
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="{8 * width:.0f}" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {W}>{lines}</w:tblBorders>"))
    data = printed(tmp_path, word.bytes(), UseTaggedPDF=False)
    assert rows(read(data, "formulier.pdf")) == [*CARD, *LIST]


@WIDTHS
def test_borders_that_are_filled_areas_bound_cells(width):
    document = read(bordered(width).page().bytes(), "x.pdf")
    assert rows(document) == [["Naam", "Gent"], ["Adres", "Botermarkt 1"]]
    assert running(document) == []


@WIDTHS
def test_thick_strokes_bound_cells(width):
    assert rows(drawn([("GRID", (0, 0), (-1, -1), width, black)], CARD, LIST)) == [*CARD, *LIST]


@WIDTHS
def test_strokes_that_end_at_the_edge_of_a_thick_border_bound_cells(width):
    page = Drawn()
    half = width / 2
    page.canvas.setLineWidth(width)
    page.canvas.rect(50, 700, 500, 60)
    page.canvas.line(50 + half, 730, 550 - half, 730)
    page.canvas.line(200, 700 + half, 200, 760 - half)
    for y, label, answer in ((58, "Naam", "Gent"), (88, "Adres", "Botermarkt 1")):
        page.text(60, y, label).text(210, y, answer)
    assert rows(read(page.page().bytes(), "x.pdf")) == [["Naam", "Gent"], ["Adres", "Botermarkt 1"]]


def test_bars_under_a_title_and_on_an_axis_make_no_table():
    page = Drawn().text(60, 58, "Een titel")
    area(page, 50, 65, 500, 4.5)
    page.canvas.line(100, 500, 400, 500)
    for x in (150, 200, 250):
        area(page, x, 200, 5, 100)
    page.text(110, 190, "Een gewone regel tekst.")
    document = read(page.page().bytes(), "x.pdf")
    assert rows(document) == []
    assert [each.text for each in running(document)] == ["Een titel", "Een gewone regel tekst."]


def test_what_fills_a_narrow_row_parts_it_in_no_two():
    page = Drawn().grid([50, 200, 550], [40, 70, 76, 106])
    page.canvas.setFillGray(0.8)
    area(page, 50, 70.2, 500, 5.6)
    page.canvas.setFillGray(0)
    for y, label, answer in ((58, "Naam", "Gent"), (94, "Adres", "Botermarkt 1")):
        page.text(60, y, label).text(210, y, answer)
    assert rows(read(page.page().bytes(), "x.pdf")) == [["Naam", "Gent"], ["", ""], ["Adres", "Botermarkt 1"]]


@pytest.mark.parametrize("left", [50, 52])
def test_a_bar_along_the_side_of_a_table_makes_no_column(left):
    page = Drawn().grid(XS, YS)
    area(page, left, YS[0], 4, YS[-1] - YS[0])
    for y, label, answer in ((58, "Naam", "Gent"), (88, "Adres", "Botermarkt 1")):
        page.text(60, y, label).text(210, y, answer)
    assert rows(read(page.page().bytes(), "x.pdf")) == [["Naam", "Gent"], ["Adres", "Botermarkt 1"]]


@pytest.mark.parametrize("grey", [0, 1])
def test_words_under_a_bar_are_covered(grey):
    page = Drawn().grid([50, 200, 550], [40, 70]).text(60, 58, "Naam").text(210, 58, "vanaf nu", size=7)
    page.canvas.setFillGray(grey)
    area(page, 205, 53, 60, 6.1)
    document = read(page.page().bytes(), "x.pdf")
    assert rows(document) == [["Naam", "vanaf nu"]]
    assert [part.uncertain for part in paragraphs(document.blocks)] == ["", COVERED]


def left_open(*, thick: bool) -> Drawn:
    """Draw a row of which a page break leaves the sides, and no more than its bottom on the next page."""
    page = Drawn().grid(XS, [670, 700])
    for x in XS:
        page.canvas.line(x, 100, x, 20)
    page.text(60, 690, "Naam").text(210, 690, "Gent").text(60, 720, "Doel").text(210, 720, "Een plein voor de")
    page.page().text(210, 50, "buurt.").text(60, 120, "Daarna.")
    if thick:
        area(page, 48, 70, 504, 4)
        for x in XS:
            area(page, x - 2, 30, 4, 40)
    return page


def test_thick_sides_that_a_page_break_left_open_bound_the_rest_of_a_row():
    """The browser draws them as areas, which met no other border at the top: the answer was given without its rest."""
    document = read(left_open(thick=True).page().bytes(), "x.pdf")
    assert rows(document) == [["Naam", "Gent"], ["Doel", "Een plein voor de buurt."]]
    assert [each.text for each in running(document)] == ["Daarna."]
