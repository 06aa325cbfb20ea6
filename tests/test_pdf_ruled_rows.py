"""Printed tables of which only the rulings between rows are drawn read as rows where that is certain."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from reportlab.lib.colors import black

from pipeline.readers import read
from tests.pdf_files import Drawn, W, WordFile, printed
from tests.test_pdf_sides import CARD, LIST, drawn
from tests.test_read_pdf_drawn import rows, running, tables

BELOW = [("LINEBELOW", (0, 0), (-1, -1), 0.5, black)]
ACROSS = [*BELOW, ("LINEABOVE", (0, 0), (-1, 0), 0.5, black)]
PIECES = [("LINEBELOW", (column, 0), (column, -1), 0.5, black) for column in range(4)]
"""As a browser draws it: a piece for each cell."""
WHOLE = pytest.mark.parametrize("style", [ACROSS, BELOW, PIECES], ids=["all", "none above", "in pieces"])
ONE_ROW = "misschien één rij die over twee bladzijden loopt, misschien twee rijen"
WORDS = "De bewoners van deze wijk vragen al jaren om een plein waar jongeren en ouderen elkaar zien. "


def page(*lines, rulings, start=50, end=550):
    """Read texts where they are put (left, baseline, words, and a font), between rulings as wide as each other."""
    made = Drawn()
    for y in rulings:
        made.canvas.line(start, 800 - y, end, 800 - y)
    for x, y, words, *font in lines:
        made.text(x, y, words, font=font[0] if font else "Helvetica")
    return read(made.page().bytes(), "formulier.pdf")


def doubts(document):
    """Give why what tables say is doubtful."""
    cells = [cell for table in tables(document) for row in table.rows for cell in row]
    return {block.uncertain for cell in cells for block in cell.blocks if block.uncertain}


@WHOLE
def test_labels_and_answers_between_level_rulings_are_rows(style):
    assert rows(drawn(style, "Deel A", CARD)) == CARD


@WHOLE
def test_a_table_with_a_header_between_level_rulings_is_one(style):
    assert rows(drawn(style, "Acties", LIST)) == LIST


def test_tables_under_titles_of_their_own_are_apart():
    document = drawn(ACROSS, "Deel A", CARD, "Deel B", LIST)
    assert rows(document) == [*CARD, *LIST]
    assert [each.text for each in running(document)] == ["Deel A", "Deel B"]


def test_one_row_alone_is_read_where_its_rulings_are_drawn_in_pieces():
    assert rows(drawn([*PIECES, ("LINEABOVE", (0, 0), (0, 0), 0.5, black)], "Deel A", CARD, "Deel B", CARD[3:])) == [
        *CARD,
        *CARD[3:],
    ]


@pytest.mark.requires_soffice
def test_a_plain_table_of_word_reads_as_rows(tmp_path):
    word = WordFile()
    for part in (CARD, LIST):
        table = word.table(part, [5, 11] if part is CARD else [1.5, 6, 5, 4], header=part is LIST)
        lines = "".join(
            f'<w:{side} w:val="{"single" if side in ("top", "bottom", "insideH") else "nil"}" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {W}>{lines}</w:tblBorders>"))
    data = printed(tmp_path, word.bytes(), UseTaggedPDF=False)
    assert rows(read(data, "formulier.pdf")) == [*CARD, *LIST]


def test_a_row_that_a_page_break_cuts_and_that_is_not_seen_to_go_on_is_doubtful():
    document = drawn(PIECES, CARD, [*CARD[:1], ["Samenvatting", WORDS * 40]], height=420)
    assert document.pages >= 3
    assert rows(document)[:5] == [*CARD, *CARD[:1]]
    assert rows(document)[5][0] == "Samenvatting"
    assert doubts(document) == {"Deze rij loopt misschien door op de volgende bladzijde."}


def test_the_last_row_is_doubtful_where_the_next_page_may_go_on_with_it():
    made = Drawn()
    for y in (700, 720, 740, 785):
        made.canvas.line(50, 800 - y, 550, 800 - y)
    for y, label, answer in ((714, "Naam", "Gent"), (734, "Adres", "Botermarkt 1"), (754, "Doel", "Een plein voor")):
        made.text(55, y, label).text(205, y, answer)
    made.text(205, 779, "en met iedereen die er")
    made.page().text(205, 50, "komt of woont.").page()
    document = read(made.bytes(), "formulier.pdf")
    assert rows(document)[-1] == ["Doel", "Een plein voor en met iedereen die er"]
    assert doubts(document) == {ONE_ROW}


def test_the_first_row_is_doubtful_where_the_page_before_may_end_in_it():
    made = Drawn()
    made.text(55, 760, "Samenvatting").text(205, 760, "Een plein voor en met iedereen")
    made.page()
    for y in (40, 60, 80, 100):
        made.canvas.line(50, 800 - y, 550, 800 - y)
    for y, label, answer in ((54, "", "die er woont"), (74, "Adres", "Botermarkt 1"), (94, "Telefoon", "09 266 82 00")):
        made.text(55, y, label).text(205, y, answer)
    document = read(made.page().bytes(), "formulier.pdf")
    assert rows(document) == [["", "die er woont"], ["Adres", "Botermarkt 1"], ["Telefoon", "09 266 82 00"]]
    assert doubts(document) == {ONE_ROW}


def test_rows_without_a_ruling_between_them_are_not_made_one():
    document = page(
        (55, 54, "Wie", "Helvetica-Bold"), (205, 54, "Rol", "Helvetica-Bold"),
        (55, 74, "Karim"), (205, 74, "trekker"), (55, 94, "Leen"), (205, 94, "penning"),
        (55, 114, "An"), (205, 114, "lid"),
        rulings=[40, 60, 120],
    )  # fmt: skip
    assert rows(document) == []


def test_rows_as_near_as_lines_are_not_made_one():
    document = page(
        (55, 51, "Wie"), (205, 51, "Rol"), (55, 65, "Karim"), (205, 65, "trekker"),
        (55, 77, "Leen"), (205, 77, "penningmeester"), (55, 91, "An"), (205, 91, "lid"),
        rulings=[42, 54, 80, 94],
    )  # fmt: skip
    assert rows(document) == []


def test_a_title_between_two_tables_is_no_row():
    document = page(
        (55, 54, "Naam"), (205, 54, "Gent"), (55, 74, "Adres"), (205, 74, "Botermarkt 1"),
        (50, 94, "Deel B", "Helvetica-Bold"),
        (55, 114, "Bedrag"), (205, 114, "100 euro"), (55, 134, "Jaar"), (205, 134, "2022"),
        rulings=[40, 60, 80, 100, 120, 140],
    )  # fmt: skip
    assert ["Deel B", ""] not in rows(document)


def test_a_name_at_the_left_of_amounts_at_the_right_makes_no_column_of_them():
    document = page(
        (55, 54, "Post"), (205, 54, "Bedrag"),
        (55, 74, "Bomen"), (505, 74, "1.250,00"), (55, 94, "Banken"), (510, 94, "950,00"),
        rulings=[40, 60, 80, 100],
    )  # fmt: skip
    assert not any(len(row) > 2 for row in rows(document))


def test_lines_that_each_open_with_a_label_are_not_made_one_row():
    groups = [["Naam", "Gent"], ["Adres", "Botermarkt 1"]], [["Telefoon", "09 1"], ["Rekening", "BE1"]]
    tops = 54, 66, 87, 99
    lines = [
        (x, y, words)
        for y, row in zip(tops, (row for group in groups for row in group), strict=True)
        for x, words in zip((55, 205), row, strict=True)
    ]
    document = page(*lines, rulings=[40, 73, 106])
    assert rows(document) == []
    assert all(line.uncertain for line in running(document))


def test_a_label_of_two_lines_is_one_row_with_its_answer():
    document = page(
        (55, 54, "Naam van de"), (55, 66, "aanvrager"), (205, 54, "Gent"), (205, 66, "Brugge"),
        (55, 87, "Adres"), (205, 87, "Botermarkt 1"),
        rulings=[40, 73, 93],
    )  # fmt: skip
    assert [row[0].split() for row in rows(document)] == [["Naam", "van", "de", "aanvrager"], ["Adres"]]


def test_a_gap_as_high_as_a_row_of_two_lines_parts_tables():
    document = page(
        (55, 54, "Naam"), (205, 54, "Functie"), (55, 74, "An Maes"), (205, 74, "schepen"),
        (55, 126, "Wij verklaren dat dit"), (55, 138, "naar waarheid is"), (205, 126, "Ja"),
        rulings=[40, 60, 80, 112, 144],
    )  # fmt: skip
    assert rows(document) == [["Naam", "Functie"], ["An Maes", "schepen"]]


def test_a_gap_is_no_row_where_no_row_has_one_line():
    document = page(
        (55, 54, "Nieuwe"), (55, 66, "technologie"), (205, 54, "Een app"),
        (55, 119, "Publieke"), (55, 131, "diensten"), (205, 119, "Een loket"),
        (55, 151, "Eerste"), (55, 163, "acties"), (205, 151, "Een plein"),
        rulings=[40, 72, 104, 137, 169],
    )  # fmt: skip
    assert ["", ""] not in rows(document)


def test_a_row_that_says_nothing_is_as_high_as_one_of_one_line():
    document = page(
        (55, 54, "Naam"), (205, 54, "Functie"), (55, 74, "An Maes"), (205, 74, "schepen"),
        (55, 114, "Jan Peeters"), (205, 114, "directeur"),
        rulings=[40, 60, 80, 100, 120],
    )  # fmt: skip
    assert rows(document) == [["Naam", "Functie"], ["An Maes", "schepen"], ["", ""], ["Jan Peeters", "directeur"]]


def test_a_row_that_a_page_break_cuts_is_doubtful_where_more_text_stands_at_the_foot():
    made = Drawn()
    for y in (660, 680, 700):
        made.canvas.line(50, 800 - y, 550, 800 - y)
    for y, label, answer in ((674, "Naam", "Gent"), (694, "Adres", "Botermarkt 1"), (714, "Doel", "Een plein.")):
        made.text(55, y, label).text(205, y, answer)
    made.text(205, 738, "Een park.").page()
    document = read(made.text(50, 60, "Deel B").page().bytes(), "formulier.pdf")
    assert rows(document)[-1] == ["Doel", "Een plein."]
    assert doubts(document) == {ONE_ROW}


def test_a_row_that_goes_on_below_its_header_again_is_doubtful():
    made = Drawn()
    header = ("Programma", "Instantie", "Status")
    for at, row in ((674, header), (694, ("Een wijk", "De Stad", "Ja")), (714, ("Een plein", "De Brug", "Nee"))):
        for x, words in zip((55, 205, 405), row, strict=True):
            made.text(x, at, words, font="Helvetica-Bold" if row is header else "Helvetica")
    pieces = (50, 199), (201, 399), (401, 550)
    for y in (680, 700):
        for left, right in pieces:
            made.canvas.line(left, 800 - y, right, 800 - y)
    made.page()
    for x, words in zip((55, 205, 405), header, strict=True):
        made.text(x, 54, words, font="Helvetica-Bold")
    for y in (60, 100):
        for left, right in pieces:
            made.canvas.line(left, 800 - y, right, 800 - y)
    made.text(55, 74, "en een park")
    for y, label, answer in ((174, "Naam", "An"), (194, "Functie", "schepen"), (214, "Datum", "1 juni 2022")):
        made.text(55, y, label).text(205, y, answer)
        made.canvas.line(50, 794 - y, 550, 794 - y)
    document = read(made.page().bytes(), "formulier.pdf")
    assert rows(document)[2] == ["Een plein", "De Brug", "Nee"]
    assert doubts(document) == {ONE_ROW}


def test_a_cell_that_says_nothing_is_not_known_to_be_empty_where_its_row_may_go_on():
    made = Drawn()
    for y in (660, 680, 700, 720):
        made.canvas.line(50, 800 - y, 550, 800 - y)
    for y, label, answer in ((674, "Naam", "Gent"), (694, "Adres", "Botermarkt 1"), (714, "Doel", "")):
        made.text(55, y, label).text(205, y, answer)
    made.page()
    document = read(made.text(205, 54, "Een plein voor jongeren").page().bytes(), "formulier.pdf")
    (table,) = tables(document)
    assert [block.unread for block in table.rows[-1][1].blocks] == [ONE_ROW]
    assert not any(block.unread for row in table.rows[:-1] for cell in row for block in cell.blocks)


def test_bullets_before_texts_are_no_column():
    document = page(
        (55, 54, "1."), (75, 54, "Een plein"), (55, 74, "2."), (75, 74, "Een park"),
        (55, 94, "3."), (75, 94, "Een straat"),
        rulings=[40, 60, 80, 100],
    )  # fmt: skip
    assert rows(document) == []


def test_a_wide_opening_inside_a_column_leaves_the_table_as_it_is():
    document = page(
        (55, 54, "Naam"), (205, 54, "Gent"), (55, 74, "Adres"), (205, 74, "Botermarkt 1"), (290, 74, "9000 Gent"),
        (55, 94, "Doel"), (205, 94, "Een plein voor en met iedereen"),
        rulings=[40, 60, 80, 100],
    )  # fmt: skip
    assert rows(document) == []


def test_lines_of_text_between_rulings_are_no_table():
    document = page(
        (55, 54, "Wij verklaren dat dit formulier naar waarheid is ingevuld."),
        (55, 74, "Gedaan te Gent op 1 juni 2022 door de burgemeester."),
        (55, 94, "Handtekening:"),
        rulings=[40, 60, 80, 100],
    )  # fmt: skip
    assert rows(document) == []


def test_a_title_on_the_first_ruling_of_a_table_is_no_row():
    document = page(
        (50, 36, "Contactpersoon", "Helvetica-Bold"),
        (55, 54, "Naam"), (205, 54, "Gent"), (55, 74, "Adres"), (205, 74, "Botermarkt 1"),
        rulings=[40, 60, 80],
    )  # fmt: skip
    assert rows(document) == [["Naam", "Gent"], ["Adres", "Botermarkt 1"]]


def test_a_label_that_may_stand_in_the_row_above_leaves_the_table_as_it_is():
    document = page(
        (55, 34, "Voornaam"), (55, 54, "Naam"), (205, 54, "Gent"), (55, 74, "Adres"), (205, 74, "Botermarkt 1"),
        rulings=[40, 60, 80],
    )  # fmt: skip
    assert rows(document) == []


def test_the_gap_between_two_tables_is_not_the_room_of_a_row():
    sources = [["Bron", "Type bron", "Bedrag", "Status"], ["Stad", "Eigen bestuur", "31.200,00", "Verworven"]]
    made, at = Drawn(), 60
    for table, edges in (
        ([["Is er een plan?", "Ja"]], (50, 250, 550)),
        (sources, (50, 200, 320, 430, 550)),
        ([["Zijn er middelen van de Vlaamse overheid?", "Nee"]], (50, 250, 550)),
    ):
        at += 44
        if table is sources:
            made.text(55, at, "Bronnen")
            at += 25
        for row in table:
            for left, right, words in zip(edges, edges[1:], row, strict=False):
                made.text(left + 5, at, words)
                made.canvas.line(left, 793 - at, right, 793 - at)
            at += 21
        at -= 14
    document = read(made.page().bytes(), "formulier.pdf")
    assert rows(document) == sources
    assert [line.text for line in running(document)][:2] == ["Is er een plan? Ja", "Bronnen"]
