"""Cells on scanned paper: shades up to their rims, rulings as pale as a shade, letters that touch a ruling, labels."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.document import Document, Table, paragraphs
from pipeline.readers import read
from pipeline.readers.scan_erase import _sweep
from pipeline.readers.scan_type import Faces
from pipeline.readers.scan_words import read_rows
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf
from tests.test_scan_second import line

pytestmark = pytest.mark.requires_tesseract


def scanned(drawn: Drawn, scanner: Scanner) -> Document:
    return read(as_pdf(scanner.scan(drawn.bytes()), scanner.dpi), "scan.pdf")


def rows(document: Document) -> list[list[list[str]]]:
    """Give the cells of each table."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]


def shaded(drawn: Drawn, left: float, top: float, right: float, bottom: float, lightness: float) -> None:
    drawn.canvas.setFillGray(lightness)
    drawn.canvas.rect(left, 800 - bottom, right - left, bottom - top, stroke=0, fill=1)
    drawn.canvas.setFillGray(0)


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_row_that_the_end_of_the_page_cut_keeps_the_answer_beside_its_shaded_label(dpi):
    drawn = Drawn()
    shaded(drawn, 50, 700, 220, 750, 0.88)
    for at in (700, 722):
        drawn.canvas.line(50, 800 - at, 550, 800 - at)
    for at in (50, 220, 550):
        drawn.canvas.line(at, 800 - 700, at, 800 - 750)
    drawn.text(55, 715, "Titel", font="Helvetica-Bold").text(225, 715, "Groene randen")
    drawn.text(55, 737, "Omschrijving", font="Helvetica-Bold").text(225, 737, "Een straat met bomen")
    assert rows(scanned(drawn, Scanner(dpi))) == [
        [["Titel", "Groene randen"], ["Omschrijving", "Een straat met bomen"]]
    ]


def test_rulings_as_pale_as_the_shades_beside_them_are_seen():
    drawn = Drawn()
    drawn.canvas.setLineWidth(0.5)
    drawn.canvas.setStrokeGray(0.88)
    for top in (80, 220):
        shaded(drawn, 50, top, 550, top + 20, 0.88)
        shaded(drawn, 50, top + 20, 220, top + 60, 0.94)
        drawn.canvas.line(50, 800 - top, 550, 800 - top)
        drawn.grid([50, 220, 550], [top + 20, top + 40, top + 60])
        drawn.text(55, top + 14, "Agendapunt", font="Helvetica-Bold")
        drawn.text(55, top + 34, "Titel").text(225, top + 34, "Groene randen")
        drawn.text(55, top + 54, "Besluit").text(225, top + 54, "Goedgekeurd")
    assert rows(scanned(drawn, Scanner(300))) == 2 * [
        [["Agendapunt"], ["Titel", "Groene randen"], ["Besluit", "Goedgekeurd"]]
    ]


@pytest.mark.parametrize("away", [2.4, 2.9])
@pytest.mark.parametrize("dpi", [200, 300])
def test_letters_whose_tails_touch_the_ruling_below_are_whole(dpi, away):
    drawn = Drawn().grid([50, 220, 550], [80, 96, 112, 128])
    said = [("Bedrag", "Overstijgt"), ("Begroting", "bijlage_3.pdf"), ("Samenvatting", "Gevraagde engagementen")]
    for number, (label, answer) in enumerate(said):
        base = 96 + 16 * number - away
        drawn.text(55, base, label, size=11).text(225, base, answer, size=11)
    assert rows(scanned(drawn, Scanner(dpi))) == [[list(each) for each in said]]


@pytest.mark.parametrize("font", ["Helvetica-Bold", "Times-Bold"])
@pytest.mark.parametrize("label", [("Nummers van de", "problematieken"), ("Waarvan uit eigen", "inbreng")])
def test_a_label_of_two_lines_is_one_whatever_letters_its_second_line_holds(font, label):
    drawn = Drawn().grid([50, 165, 550], [80, 112, 132])
    drawn.text(55, 92, label[0], size=11, font=font).text(55, 105, label[1], size=11, font=font)
    drawn.text(170, 92, "P3, P7", size=11)
    drawn.text(55, 126, "Doelgroep", size=11, font=font).text(170, 126, "Jongeren", size=11)
    drawn.text(50, 170, "Een straat met bomen en banken, want de bewoners vragen al jaren om een plek in de", size=11)
    drawn.text(50, 183, "schaduw waar kinderen veilig kunnen spelen.", size=11)
    assert rows(scanned(drawn, Scanner(300)))[0][0] == [" ".join(label), "P3, P7"]


def test_lines_of_one_size_have_one_size_and_stand_where_they_were_written_whatever_their_letters():
    written = [
        "Een zin met letters van elke hoogte",
        "voornaam",
        "bijlage)",
        "Überfall hebben",
        "problematieken",
        "jeugd",
        "10/12/2026",
    ]
    rows_read = read_rows([line(text) for text in written])
    faces = Faces.of(rows_read)
    assert len({faces.size(row) for row in rows_read}) == 1
    assert [row.base for row in rows_read] == pytest.approx([96 * 300 / 72] * len(written), abs=2)


@pytest.mark.parametrize("askew", [-1.2, 0.8])
def test_a_page_that_holds_a_title_only_is_no_photograph_however_it_lies(askew):
    drawn = Drawn().text(65, 90, "Notities stuurgroep wijkverbeteringscontract", size=16, font="Helvetica-Bold")
    drawn.text(65, 120, "Fictief voorbeeld.", size=10)
    said = [p.text for p in paragraphs(scanned(drawn, Scanner(300, askew=askew)).blocks)]
    assert said == ["Notities stuurgroep wijkverbeteringscontract", "Fictief voorbeeld."]


def test_a_ruling_of_which_nothing_is_left_stops_no_page():
    """Where rulings cross, one may be cut short to nothing in the picture that holds their numbers."""
    import numpy as np

    from pipeline.readers.scan_erase import erase
    from pipeline.readers.scan_line import Line

    white, ink = np.full((80, 200), 255, np.uint8), np.zeros((80, 200), np.uint8)
    none = np.zeros((40, 100), np.int32)
    erase(white, ink, [Line(20.0, 5.0, 90.0, 7)], [], (none, np.zeros((100, 40), np.int32)))
    assert (white == 255).all()


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("shade", [0.88, 1.0])
def test_a_row_of_one_line_that_began_on_the_page_before_keeps_its_cells(dpi, shade):
    drawn = Drawn()
    shaded(drawn, 50, 50, 220, 66, shade)
    drawn.canvas.line(50, 800 - 66, 550, 800 - 66)
    for at in (50, 220, 550):
        drawn.canvas.line(at, 800 - 50, at, 800 - 66)
    drawn.text(225, 62, "en bomen langs alle straten!")
    drawn.text(50, 110, "Een titel", font="Helvetica-Bold")
    ((first, *_edge_of_the_shade),) = rows(scanned(drawn, Scanner(dpi)))
    assert first == ["", "en bomen langs alle straten!"]


@pytest.mark.parametrize("leading", [11.5, 12, 13])
def test_the_dots_of_a_capital_stay_with_it_where_the_tails_of_the_line_above_reach_as_low(leading):
    drawn = Drawn().text(55, 96, "nu gypsy jaagpad qua gejaag", size=12)
    drawn.text(55, 96 + leading, "Überfall zegt de Ärzt", size=12)
    said = " ".join(paragraph.text for paragraph in paragraphs(scanned(drawn, Scanner(300)).blocks))
    assert said == "nu gypsy jaagpad qua gejaag Überfall zegt de Ärzt"


def test_the_two_dots_of_a_capital_under_a_ruling_are_kept_and_what_is_left_of_the_ruling_is_not():
    white, ink, place = np.full((60, 120), 255, np.uint8), np.zeros((60, 120), np.uint8), np.zeros((60, 120), np.uint8)
    place[15:30] = 255
    for left, wide, high, lightness in (
        (20, 6, 6, 15),
        (29, 6, 6, 15),
        (50, 9, 3, 15),
        (70, 6, 6, 15),
        (90, 5, 6, 130),
    ):
        white[20 : 20 + high, left : left + wide] = lightness
        ink[20 : 20 + high, left : left + wide] = 255
    assert _sweep(white, ink, place).stats[:, 0].tolist() == [20, 29]
