"""Prints with four pages on a sheet say what they said."""

import io

import pypdfium2
import pytest
from pikepdf import Name, Pdf, Rectangle

from pipeline.document import paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.test_pdf_sheets import ROWS, by_twos, drawn, said, saved

WIDE, HIGH = 595.0, 842.0
APART = "Op een blad staan vier bladzijden; elk vierde is als een bladzijde gelezen, van links naar rechts."


def by_fours(data, *, down=False):
    """Put the pages of a file four by four on sheets, as a program that prints does."""
    made = Pdf.new()
    with Pdf.open(io.BytesIO(data)) as source:
        for first in range(0, len(source.pages), 4):
            sheet = made.add_blank_page(page_size=(WIDE, HIGH))
            for place, page in enumerate(source.pages[first : first + 4]):
                column, row = (place // 2, place % 2) if down else (place % 2, place // 2)
                left, top = column * WIDE / 2, HIGH - row * HIGH / 2
                room = Rectangle(left + 10, top - HIGH / 2 + 10, left + WIDE / 2 - 10, top - 10)
                name = sheet.add_resource(made.copy_foreign(page.as_form_xobject()), Name.XObject)
                sheet.contents_add(sheet.calc_form_xobject_placement(sheet.Resources.XObject[name], name, room))
    return saved(made)


@pytest.mark.parametrize("count", [4, 5])
@pytest.mark.parametrize("numbered", [True, False])
def test_four_pages_on_a_sheet_are_read_one_after_the_other(count, numbered):
    document = read(by_fours(drawn(*ROWS[:count], numbered=numbered)), "aanvraag.pdf")
    assert said(document) == list(ROWS[:count])
    assert document.notes == (APART,)
    assert document.pages == (count + 3) // 4
    assert not [paragraph for paragraph in paragraphs(document.blocks) if paragraph.uncertain]


def test_pages_that_run_down_the_sheet_are_read_by_their_numbers():
    document = read(by_fours(drawn(*ROWS[:4]), down=True), "aanvraag.pdf")
    assert said(document) == list(ROWS[:4])
    assert "in de volgorde van hun nummers" in document.notes[0]


def test_a_place_is_that_on_the_sheet_in_the_file():
    """A page of 600 by 800 points is 277.5 by 370 on the sheet, in the middle of its quarter of 297.5 by 421."""
    document = read(by_fours(drawn(*ROWS[:4])), "aanvraag.pdf")
    (last,) = [piece for piece in paragraphs(document.blocks) if piece.text == "Gent"]
    left, top, _right, bottom = last.location.box
    assert last.location.page == 1
    assert abs(left - (297.5 + 10 + 205 * 277.5 / 600)) < 1
    assert top < 421 + 25.5 + 120 * 370 / 800 < bottom + 1


def test_a_page_with_room_on_its_middle_is_one_page():
    made = Drawn()
    for y, text in ((100, "Titel: Muide beweegt"), (120, "Bestuur: Gent"), (700, "Plaats: Gent")):
        made.text(45, y, text)
    made.text(400, 700, "Datum: 1/3/2022")
    document = read(made.bytes(), "aanvraag.pdf")
    assert document.notes == ()
    assert document.pages == 1


@pytest.mark.requires_tesseract
@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize("laid", [by_twos, by_fours])
def test_a_scan_of_a_sheet_with_more_pages_is_refused(laid, turned):
    document = pypdfium2.PdfDocument(laid(drawn(*ROWS[:4])))
    first, *more = (page.render(scale=200 / 72).to_pil().rotate(turned, expand=True) for page in document)
    scan = io.BytesIO()
    first.save(scan, "PDF", save_all=True, append_images=more, resolution=200)
    with pytest.raises(Unreadable) as refused:
        read(scan.getvalue(), "scan.pdf")
    assert refused.value.reason is Reason.SHEETS


@pytest.mark.requires_tesseract
def test_a_scan_of_a_wide_page_with_one_table_is_read():
    made = Drawn(400).grid([40, 300, 560], [100, 130, 160])
    for y, row in ((120, ROWS[0]), (150, ROWS[1])):
        made.text(45, y, row[0]).text(305, y, row[1])
    (page,) = pypdfium2.PdfDocument(made.bytes())
    scan = io.BytesIO()
    page.render(scale=200 / 72).to_pil().save(scan, "PDF", resolution=200)
    assert said(read(scan.getvalue(), "scan.pdf")) == [ROWS[0]]
