"""Printed tables whose outer border is not drawn read as those that have one."""

from __future__ import annotations

import io

import pytest
from docx.oxml import parse_xml
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from pipeline.readers import read
from tests.pdf_files import Drawn, W, WordFile, printed
from tests.test_read_pdf_drawn import rows, running

INNER = [("INNERGRID", (0, 0), (-1, -1), 0.5, black)]
NO_SIDES = [*INNER, ("LINEABOVE", (0, 0), (-1, 0), 0.5, black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, black)]
BOTH = pytest.mark.parametrize("style", [INNER, NO_SIDES], ids=["no border", "no sides"])
CARD = [
    ["Voornaam van de contactpersoon", "Karim"],
    ["Familienaam van de contactpersoon", "El Amrani"],
    ["Functie", ""],
    ["Telefoon", "+32 489 05 30 91"],
]
LIST = [
    ["Nr.", "Actie", "Wie", "Tegen"],
    ["1", "Een plein waar jongeren en ouderen elkaar zien", "", "30/11/2022"],
    ["2", "", "Fatima-Zahra Vandenberghe", ""],
]


def drawn(style, *parts, height=A4[1]):
    """Read tables and lines of text, printed as form software does."""
    return read(made(style, *parts, height=height), "formulier.pdf")


def made(style, *parts, height=A4[1]):
    """Print tables and lines of text, as form software does: the first column, or the first row of four, is bold."""
    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=12)
    bold = ParagraphStyle("bold", parent=plain, fontName="Helvetica-Bold")
    story = []
    for part in parts:
        if isinstance(part, str):
            story.append(Paragraph(part, plain))
            continue
        wide = len(part[0])
        cells = [
            [
                Paragraph(text, bold if (number == 0 if wide == 4 else place == 0) else plain)
                for place, text in enumerate(row)
            ]
            for number, row in enumerate(part)
        ]
        widths = {2: [120, 330], 4: [40, 150, 130, 130]}[wide]
        look = TableStyle([*style, ("VALIGN", (0, 0), (-1, -1), "TOP")])
        story += [Spacer(1, 12), Table(cells, widths, style=look, splitInRow=1)]
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=(A4[0], height), invariant=1).build(story)
    return file.getvalue()


@BOTH
def test_labels_and_answers_without_a_border_are_rows(style):
    assert rows(drawn(style, "Deel A", CARD, "Deel B", LIST)) == [*CARD, *LIST]


@BOTH
def test_four_cells_without_a_border_are_two_rows(style):
    assert rows(drawn(style, CARD[:2])) == CARD[:2]


@BOTH
def test_a_row_alone_has_the_sides_of_the_other_tables(style):
    assert rows(drawn(style, CARD, "Deel B", CARD[3:])) == [*CARD, *CARD[3:]]


@BOTH
def test_a_row_that_a_page_break_splits_is_one_row(style):
    words = "De bewoners van deze wijk vragen al jaren om een plein waar jongeren en ouderen elkaar zien. "
    text = words * 40
    document = drawn(style, CARD, [*CARD[:1], ["Samenvatting", text]], height=420)
    assert document.pages >= 3
    assert rows(document) == [*CARD, *CARD[:1], ["Samenvatting", text.strip()]]


def test_one_side_alone_may_lack():
    page = Drawn().grid([50, 200], [40, 70, 100])
    for y in (40, 70, 100):
        page.canvas.line(200, 800 - y, 550, 800 - y)
    for y, label, answer in ((58, "Naam", "Gent"), (88, "Adres", "Botermarkt 1")):
        page.text(55, y, label).text(205, y, answer)
    assert rows(read(page.page().bytes(), "x.pdf")) == [["Naam", "Gent"], ["Adres", "Botermarkt 1"]]


def test_a_rule_that_runs_on_beside_a_table_makes_no_cells_there():
    page = Drawn().grid([50, 200, 400], [40, 70, 100])
    page.canvas.line(400, 800 - 100, 550, 800 - 100)
    page.text(55, 58, "Naam").text(205, 58, "Gent").text(420, 95, "Dienst Wijken")
    document = read(page.page().bytes(), "x.pdf")
    assert rows(document) == [["Naam", "Gent"], ["", ""]]
    assert [each.text for each in running(document)] == ["Dienst Wijken"]


def test_rules_above_and_below_a_page_make_no_table():
    page = Drawn()
    for y in (40, 760):
        page.canvas.line(50, 800 - y, 550, 800 - y)
    page.canvas.line(45, 800 - 100, 45, 800 - 130)  # as beside a line that was changed
    page.text(55, 115, "Een gewone regel tekst.")
    document = read(page.page().bytes(), "x.pdf")
    assert rows(document) == []
    assert [each.text for each in running(document)] == ["Een gewone regel tekst."]


@pytest.mark.requires_soffice
@pytest.mark.parametrize("drawn_sides", [("insideH", "insideV"), ("top", "bottom", "insideH", "insideV")])
def test_a_word_table_printed_without_sides_reads_as_rows(tmp_path, drawn_sides):
    word = WordFile()
    for part in (CARD, LIST):
        table = word.table(part, [5, 11] if part is CARD else [1.5, 6, 5, 4], header=part is LIST)
        lines = "".join(
            f'<w:{side} w:val="{"single" if side in drawn_sides else "nil"}" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {W}>{lines}</w:tblBorders>"))
    data = printed(tmp_path, word.bytes(), UseTaggedPDF=False)
    assert rows(read(data, "formulier.pdf")) == [*CARD, *LIST]
