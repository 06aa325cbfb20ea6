"""Reading scans: the same cells, words and boxes as of print, and a reason where that cannot be."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.document import Document, Table, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from pipeline.readers.pdf_grid import grids_of
from pipeline.readers.scan_ink import find_ink, without_rulings
from pipeline.readers.scan_picture import Picture
from pipeline.readers.scan_straight import straighten
from pipeline.resources import FORMS
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_image, as_pdf, as_tiff, photographed, slanted

pytestmark = pytest.mark.requires_tesseract

ROWS = [
    ["Naam lokaal bestuur", "Dendermonde"],
    ["Rekeningnummer", "BE68 5390 0754 7034"],
    ["Gevraagde subsidie", "€ 326.000,00"],
    ["Startdatum", "17/03/2021"],
]


def form(title: str = "A. Indienend bestuur") -> Drawn:
    """Draw a page with a heading, a table of two columns and a line under it."""
    drawn = Drawn().text(50, 60, title, size=16, font="Helvetica-Bold")
    drawn.grid([50, 220, 550], [80, 104, 128, 152, 176])
    for number, (label, answer) in enumerate(ROWS):
        drawn.text(55, 96 + 24 * number, label, font="Helvetica-Bold").text(225, 96 + 24 * number, answer)
    return drawn.text(50, 220, "Dit voorstel is door de gemeenteraad bevestigd.")


def rows(document: Document) -> list[list[str]]:
    """Give the rows of all tables, white space collapsed."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[" ".join(cell.text.split()) for cell in row] for table in tables for row in table.rows]


def reason(data: bytes, name: str = "scan.pdf") -> Reason:
    with pytest.raises(Unreadable) as refusal:
        read(data, name)
    return refusal.value.reason


@pytest.mark.parametrize("dpi", [200])
def test_a_scan_askew_reads_as_the_print_that_it_is_of(dpi):
    scan = as_pdf(Scanner(dpi, askew=1.7).scan(form().bytes()), dpi)
    document = read(scan, "scan.pdf")
    assert rows(document) == ROWS
    texts = [p.text for p in paragraphs(document.blocks) if p.location.table is None]
    assert texts == ["A. Indienend bestuur", "Dit voorstel is door de gemeenteraad bevestigd."]
    assert [p.level > 0 for p in paragraphs(document.blocks) if p.location.table is None] == [True, False]
    assert all(0.5 < p.confidence < 1 for p in paragraphs(document.blocks))
    assert document.pages == 1


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_was_laid_in_sideways_is_turned(turned):
    (page,) = Scanner(200).scan(form().bytes())
    assert rows(read(as_pdf([page.rotate(turned, expand=True)], 200), "scan.pdf")) == ROWS


def boxes(document: Document) -> dict[str, tuple[float, ...]]:
    return {" ".join(p.text.split()): p.location.box for p in paragraphs(document.blocks) if p.location.box}


@pytest.mark.parametrize(("turned", "askew"), [(0, 0.0), (0, 3.0), (90, 1.5), (180, -2.0), (270, 0.0)])
def test_a_place_points_to_the_page_as_it_lies_in_the_file(turned, askew):
    (page,) = Scanner(200, askew=askew).scan(form().bytes())
    width, height = page.size
    page = page.rotate(turned, expand=True)
    left, top, right, bottom = boxes(read(as_pdf([page], 200), "scan.pdf"))["Dendermonde"]
    # where a point of the paper goes when its middle is the pivot: askew first, then in quarter turns
    turn = np.radians(askew + turned)
    x, y = 235 - width * 36 / 200, 92 - height * 36 / 200
    x, y = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    x, y = x + page.width * 36 / 200, y + page.height * 36 / 200
    assert left - 1 < x < right + 1
    assert top - 1 < y < bottom + 1
    assert (right - left) * (bottom - top) < 200 * 60


def test_a_file_of_several_pictures_has_as_many_pages():
    pages = Scanner(300).scan(form().page().text(50, 60, "B. Voorstel", size=16, font="Helvetica-Bold").bytes())
    document = read(as_tiff(pages), "fax.tif")
    assert (document.pages, document.source.media_type) == (2, "image/tiff")
    assert rows(document) == ROWS
    assert [p.location.page for p in paragraphs(document.blocks) if "Voorstel" in p.text] == [2]


def as_fax(lines: int) -> bytes:
    """Give a page as a fax sends it: 204 dots to the inch across, fewer down."""
    (page,) = Scanner(204).scan(form().bytes())
    made = io.BytesIO()
    squeezed = page.resize((page.width, round(page.height * lines / 204))).point(lambda dot: 255 * (dot > 150))
    squeezed.convert("1").save(made, "TIFF", dpi=(204, lines), compression="group4")
    return made.getvalue()


def test_a_fax_has_fewer_lines_to_the_inch_than_dots():
    found = paragraphs(read(as_fax(170), "fax.tif").blocks)
    *_others, last = (p.location.box for p in found if "bevestigd" in p.text)
    assert last[3] - last[1] == pytest.approx(11, abs=3)
    assert reason(as_fax(98), "fax.tif") is Reason.COARSE


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_a_page_reads_as_a_scan(kind):
    (page,) = Scanner(200).scan(form().bytes())
    assert rows(read(as_image(page, kind, 200), "blad")) == ROWS


def test_each_page_is_read_in_its_own_way():
    scanned = as_pdf(Scanner(200).scan(form().bytes()), 200)
    printed = Drawn().grid([50, 220, 550], [80, 104]).text(55, 96, "Adres").text(225, 96, "Kerkstraat 1").page().bytes()
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as whole, pikepdf.open(io.BytesIO(scanned)) as more:
        whole.pages.extend(more.pages)
        whole.save(made)
    document = read(made.getvalue(), "samen.pdf")
    assert rows(document) == [["Adres", "Kerkstraat 1"], *ROWS]
    sure = [p.confidence for p in paragraphs(document.blocks)]
    assert sure[:2] == [1.0, 1.0]
    assert max(sure[2:]) < 1


def test_what_another_program_wrote_unseen_under_a_scan_is_not_believed():
    (page,) = Scanner(200).scan(form().bytes())
    made = Drawn()
    made.canvas.drawImage(picture(page), 0, 0, 600, 800)
    text = made.canvas.beginText(225, 800 - 144)
    text.setFont("Helvetica", 10)
    text.setTextRenderMode(3)
    text.textOut("€ 826.000,00")
    made.canvas.drawText(text)
    assert rows(read(made.page().bytes(), "scan.pdf")) == ROWS


def picture(page: Image.Image):
    from reportlab.lib.utils import ImageReader

    return ImageReader(page)


def test_a_photograph_of_paper_is_refused_as_one():
    (page,) = Scanner(200).scan(form().bytes())
    assert reason(as_image(photographed(page), "JPEG", 200), "foto.jpg") is Reason.PHOTO


@pytest.mark.parametrize(
    ("over", "way"), [(0.02, "from below"), (0.1, "from below"), (0.03, "from the right"), (0.1, "from the right")]
)
def test_a_picture_taken_at_a_slant_is_refused_however_well_lit(over, way):
    (page,) = Scanner(200).scan(tall_form().bytes())
    assert reason(as_image(slanted(page, over, way), "PNG", 200), "foto.png") is Reason.PHOTO


@pytest.mark.parametrize("askew", [-0.7, 0.3, 0.7, 1.3])
def test_a_clean_page_laid_in_askew_is_no_photograph(askew):
    (page,) = Scanner(200, noise=0, blur=0.3).scan(blank_minutes(), pages=[1])
    askew_page = page.rotate(askew, Image.Resampling.NEAREST, fillcolor=255)
    whole = straighten(Picture(np.asarray(askew_page), 200))
    assert len(without_rulings(whole.white, find_ink(whole.white), whole.light).drawing.level) > 10


@pytest.mark.parametrize("askew", [-1.4, 1.4, 2.0])
def test_a_page_that_holds_little_more_than_its_title_is_no_photograph(askew):
    drawn = Drawn()
    drawn.text(50, 60, "Notities stuurgroep wijkverbeteringscontract", font="Helvetica-Bold", size=18)
    drawn.text(50, 84, "Fictief voorbeeld.")
    (page,) = Scanner(200, askew=askew).scan(drawn.bytes())
    texts = [p.text for p in paragraphs(read(as_image(page, "PNG", 200), "titel.png").blocks)]
    assert texts == ["Notities stuurgroep wijkverbeteringscontract", "Fictief voorbeeld."]


def test_the_short_sides_of_a_table_of_one_row_are_seen():
    drawn = Drawn()
    for number, (label, answer) in enumerate(ROWS):
        top = 60 + 60 * number
        drawn.grid([50, 220, 550], [top, top + 21]).text(55, top + 14, label).text(225, top + 14, answer)
    whole = straighten(Picture(np.asarray(Scanner(200).scan(drawn.bytes())[0]), 200))
    drawing = without_rulings(whole.white, find_ink(whole.white), whole.light).drawing
    assert (len(drawing.level), len(drawing.upright)) == (8, 12)


def test_rulings_go_on_through_a_shaded_heading_and_no_letter_is_one():
    drawn = Drawn()
    drawn.canvas.setFillGray(0.91)
    drawn.canvas.rect(50, 800 - 78, 500, 18, stroke=0, fill=1)
    drawn.canvas.setFillGray(0)
    drawn.canvas.setStrokeGray(0.75)
    drawn.grid([50, 200, 350, 550], [60, 78, 102, 126])
    for left, title in ((55, "Naam"), (205, "Hoedanigheid"), (355, "Functie")):
        drawn.text(left, 72, title, font="Helvetica-Bold").text(left, 94, "Lieve").text(left, 118, "Ludo")
    whole = straighten(Picture(np.asarray(Scanner(200, noise=2).scan(drawn.bytes())[0]), 200))
    drawing = without_rulings(whole.white, find_ink(whole.white), whole.light).drawing
    (grid,) = grids_of(drawing)
    assert [room.columns for room in grid.rooms] == [1] * 9


def test_two_tables_under_each_other_stay_two():
    drawn = Drawn().grid([50, 220, 550], [60, 84, 108]).grid([50, 220, 550], [116, 140, 164])
    whole = straighten(Picture(np.asarray(Scanner(200).scan(drawn.bytes())[0]), 200))
    assert len(grids_of(without_rulings(whole.white, find_ink(whole.white), whole.light).drawing)) == 2


def test_a_bold_label_before_its_answer_is_told_from_it_and_no_ticked_word_is_a_heading():
    drawn = Drawn()
    for number, (label, answer) in enumerate(ROWS):
        drawn.text(50, 60 + 16 * number, f"{label}:", font="Helvetica-Bold").text(190, 60 + 16 * number, answer)
    drawn.text(50, 160, "Wenst u een regelluwe zone?", font="Helvetica-Bold")
    drawn.canvas.rect(50, 800 - 184, 8, 8)
    drawn.text(64, 183, "Ja", font="Helvetica-Bold").text(50, 220, "Dit voorstel is door de gemeenteraad bevestigd.")
    found = list(paragraphs(read(as_pdf(Scanner(200).scan(drawn.bytes()), 200), "scan.pdf").blocks))
    assert [p.text.split(":")[0] for p in found[:4]] == [label for label, _answer in ROWS]
    assert {p.text: p.level > 0 for p in found[4:6]} == {"Wenst u een regelluwe zone?": True, "☐ Ja": False}


def test_white_letters_on_a_black_band_are_read_and_rows_without_answers_stay():
    drawn = Drawn()
    drawn.canvas.rect(50, 800 - 84, 500, 24, stroke=0, fill=1)
    drawn.canvas.setFillGray(1)
    drawn.text(55, 76, "Naam lokaal bestuur", font="Helvetica-Bold").text(225, 76, "Bedrag", font="Helvetica-Bold")
    drawn.canvas.setFillGray(0)
    drawn.grid([50, 220, 550], [60, 84, 108, 132]).text(55, 100, "Dendermonde").text(225, 100, "326.000,00")
    head, *answers = rows(read(as_pdf(Scanner(200).scan(drawn.bytes()), 200), "scan.pdf"))
    assert " ".join(head) == "Naam lokaal bestuur Bedrag"  # what parts black cells cannot be seen
    assert answers == [["Dendermonde", "326.000,00"], ["", ""]]


def tall_form() -> Drawn:
    """Draw a page that its tables fill, as those of the call do."""
    drawn = Drawn()
    for top in (60, 420):
        drawn.grid([50, 220, 380, 550], [top + 24 * row for row in range(14)])
        for row in range(13):
            drawn.text(55, top + 16 + 24 * row, f"Actie {row + 1}").text(225, top + 16 + 24 * row, "Kerkstraat 1")
    return drawn


def blank_minutes() -> bytes:
    """Give a form of the call, whose tables meet their headings at corners."""
    return (FORMS / "wijkverbeteringscontract" / "blanco" / "vergadering.pdf").read_bytes()


def test_a_scan_that_is_too_coarse_is_refused_with_its_resolution():
    with pytest.raises(Unreadable, match="96 dpi") as refusal:
        read(as_pdf(Scanner(96).scan(form().bytes()), 96), "scan.pdf")
    assert refusal.value.reason is Reason.COARSE


def test_dots_to_write_on_are_no_answer_however_badly_a_scanner_sees_them():
    drawn = Drawn().grid([50, 220, 550], [80, 104, 128])
    drawn.text(55, 96, "Naam").text(225, 96, "\u2026" * 2).text(55, 120, "Functie").text(225, 120, "." * 30)
    document = read(as_pdf(Scanner(150, blur=0.9).scan(drawn.page().bytes()), 150), "scan.pdf")
    assert rows(document) == [["Naam", "……"], ["Functie", "……"]]
    assert min(p.confidence for p in paragraphs(document.blocks) if "…" in p.text) > 0.99


@pytest.mark.parametrize(("font", "dpi"), [("Helvetica", 200), ("Times-Roman", 300), ("Courier", 200)])
def test_boxes_that_are_typed_as_brackets_are_read_as_they_stand(font, dpi):
    drawn = Drawn().grid([50, 220, 550], [80, 104, 128, 152])
    answers = ["[ ] Ja  [x] Nee", "[X] Laag  [ ] Hoog [1] [concept]", "[ ]"]
    for number, answer in enumerate(answers):
        drawn.text(55, 96 + 24 * number, "Vraag").text(225, 96 + 24 * number, answer, font=font)
    read_ = [
        answer.lower() for _label, answer in rows(read(as_pdf(Scanner(dpi).scan(drawn.page().bytes()), dpi), "s.pdf"))
    ]
    assert read_[0] == "[ ] ja [x] nee"
    assert read_[1].startswith("[x] laag [ ] hoog")
    assert read_[1].endswith("[concept]")
    assert read_[2] == "[ ]"


def test_white_paper_says_nothing_and_is_no_empty_form():
    assert reason(as_pdf(Scanner(200).scan(Drawn().page().bytes()), 200)) is Reason.SCAN
