"""Tables of a print that run over pages: rows that a page break splits, headers that come again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pipeline.extract import extract
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.test_extract import DOUBTFUL, GIVEN, call
from tests.test_read_pdf_drawn import rows, running, tables


def cut_table(drawn: Drawn) -> Drawn:
    """Draw a table whose second row a page break left open, as browsers do."""
    drawn.grid([50, 150, 550], [700, 730]).text(55, 720, "Titel").text(155, 720, "Plein")
    for x in (50, 150, 550):
        drawn.canvas.line(x, 70, x, 20)
    drawn.text(55, 750, "Omschrijving").text(155, 750, "Een plein dat vroeger een weg was en nu")
    drawn.page().grid([50, 150, 550], [70, 100]).text(55, 90, "Kost").text(155, 90, "1.250,00")
    for x in (50, 150, 550):
        drawn.canvas.line(x, 770, x, 730)
    return drawn.text(155, 50, "weer van de buurt is.")


def test_a_row_left_open_at_a_page_break_goes_on_on_the_next_page():
    document = read(cut_table(Drawn()).page().bytes(), "afgedrukt.pdf")
    assert [row for row in rows(document) if row[0]] == [
        ["Titel", "Plein"],
        ["Omschrijving", "Een plein dat vroeger een weg was en nu weer van de buurt is."],
        ["Kost", "1.250,00"],
    ]
    assert running(document) == []


def page_end_between_rows(labels: tuple[str, str], *, lines: int, font: str = "Helvetica-Bold", last: str = ""):
    """Draw two rows with the end of a page between them and no line there, as Chromium does.

    `last` is what the last line of the first of them says.
    """
    top = 770 - 14 * lines
    drawn = Drawn().text(50, 60, "Dit verslag heeft een regel die verder ").text(50, 73, "loopt op de volgende.")
    drawn.grid([50, 150, 550], [top - 30, top]).text(55, top - 10, "Titel", font="Helvetica-Bold")
    for x in (50, 150, 550):
        drawn.canvas.line(x, 800 - top, x, 800 - 780)
    drawn.text(155, top - 10, "Plein").text(55, top + 14, labels[0], font=font)
    for number in range(lines):
        said = last if last and number == lines - 1 else f"Zin {number + 1} van het eerste."
        drawn.text(155, top + 14 * (number + 1), said)
    drawn.page().grid([50, 150, 550], [70, 100]).text(55, 90, "Kost", font="Helvetica-Bold").text(155, 90, "1.250,00")
    for x in (50, 150, 550):
        drawn.canvas.line(x, 770, x, 730)
    drawn.text(55, 50, labels[1], font=font).text(155, 50, "Dit is het tweede.")
    return [row for table in tables(read(drawn.page().bytes(), "x.pdf")) for row in table.rows if row[0].text]


@pytest.mark.parametrize(
    ("labels", "lines", "font"),
    [
        (("Eerste", "Tweede"), 9, "Helvetica"),  # the name had room left beneath it, so what stands below is another
        (("Eerste:", "Tweede:"), 1, "Helvetica-Bold"),  # each ends as a label does
    ],
)
def test_rows_between_which_a_page_ends_without_a_line_are_two(labels, lines, font):
    """They were one, given: the answer to one question held that to the next as well."""
    found = page_end_between_rows(labels, lines=lines, font=font)
    assert [row[0].text for row in found] == ["Titel", *labels, "Kost"]
    assert found[1][1].text.endswith(f"Zin {lines} van het eerste.")
    assert found[2][1].text == "Dit is het tweede."
    assert not any(cell.uncertain for row in found for cell in row)


@pytest.mark.parametrize(("font", "one"), [("Helvetica-Bold", True), ("Helvetica", False)])
def test_a_paragraph_too_high_for_the_room_under_a_name_may_belong_to_it_and_surely_does_under_a_bold_one(font, one):
    """A page may not break some paragraphs, so the rest of an answer came as that to another question."""
    drawn = Drawn()
    for x in (50, 150, 550):
        drawn.canvas.line(x, 800 - 600, x, 800 - 780)
    drawn.canvas.line(50, 800 - 600, 550, 800 - 600)
    drawn.text(55, 714, "Toelichting", font=font).text(155, 714, "Dit is het begin van het antwoord.")
    for number in range(4):
        drawn.text(155, 728 + 14 * number, f"Zin {number + 1} van het antwoord.")
    drawn.page().grid([50, 150, 550], [170, 200]).text(55, 190, "Kost", font=font).text(155, 190, "1.250,00")
    for x in (50, 150, 550):
        drawn.canvas.line(x, 800 - 30, x, 800 - 170)
    for number in range(8):
        drawn.text(55, 50 + 14 * number, f"raad {number + 1}")
    drawn.text(155, 50, "Dit is het einde.")
    found = [row for table in tables(read(drawn.page().bytes(), "x.pdf")) for row in table.rows if row[0].text]
    assert len(found) == (2 if one else 3)
    assert found[0][1].text.endswith("Dit is het einde." if one else "Zin 4 van het antwoord.")
    assert [bool(row[1].uncertain) for row in found] == ([False, False] if one else [True, True, False])


def test_a_bold_name_below_another_that_may_go_on_makes_both_rows_doubtful():
    found = page_end_between_rows(("Eerste", "Tweede"), lines=1)
    assert [row[0].text for row in found] == ["Titel", "Eerste", "Tweede", "Kost"]
    assert [bool(row[1].uncertain) for row in found] == [False, True, True, False]


def test_a_name_below_another_whose_answer_breaks_off_in_a_sentence_makes_both_rows_doubtful():
    """The name had room for what stands below it, so that is another; yet the answer above goes on somewhere."""
    last = "Deze zin loopt door tot aan de rand van het vak, met een spatie op het einde van wat "
    assert 370 < stringWidth(last, "Helvetica", 10) < 390
    found = page_end_between_rows(("Eerste", "Tweede"), lines=9, font="Helvetica", last=last)
    assert [row[0].text for row in found] == ["Titel", "Eerste", "Tweede", "Kost"]
    assert [bool(row[1].uncertain) for row in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("below", "one"), [(("", "ondersteuning", ""), True), (("Mieke", "ondersteuning", "Stad"), False)]
)
def test_a_word_that_fills_its_line_at_the_foot_of_a_page_may_be_the_last_of_its_row(below, one):
    """«stadsvernieuwing» and «ondersteuning» of the next member were one word of one member, given."""
    edges = [50.0]
    for widest in ("Leentje", "stadsvernieuwing", "Gemeentehuis"):
        edges.append(edges[-1] + stringWidth(widest, "Helvetica", 10) + 14)
    drawn = Drawn().text(50, 640, "Dit verslag heeft een regel die verder ").text(50, 653, "loopt op de volgende.")
    drawn.grid(edges, [700, 730, 770])
    for x, words in zip(edges, ("Naam", "Functie", "Bureau"), strict=False):
        drawn.text(x + 5, 720, words, font="Helvetica-Bold")
    for x, words in zip(edges, ("Leentje", "stadsvernieuwing", "OCMW"), strict=False):
        drawn.text(x + 5, 760, words)
    drawn.text(edges[1] + 5, 748, "leider ").page().grid(edges, [30, 60, 90])
    for x, first, last in zip(edges, below, ("Ludo", "voorzitter", "Unie"), strict=False):
        drawn.text(x + 5, 50, first).text(x + 5, 80, last)
    found = [row for table in tables(read(drawn.page().bytes(), "x.pdf")) for row in table.rows]
    assert len(found) == (3 if one else 4)
    assert [bool(row[1].uncertain) for row in found] == ([False] * 3 if one else [False, True, True, False])


@pytest.mark.parametrize(
    ("above", "whole"),
    [
        pytest.param(("12", "15", "8"), (0,), id="three cells had ended"),
        pytest.param(("12", "15", ""), (), id="two had"),
        pytest.param(("12\n13", "15\n16", "8\n9"), (), id="they list what may go on"),
    ],
)
def test_a_row_is_another_where_three_cells_beside_its_name_had_ended(above, whole):
    """The name above fills its line, so it may go on; one such row made every answer of its table doubtful."""
    edges = [50.0, 50 + stringWidth("Huishoudens", "Helvetica", 10) + 12, 220.0, 320.0, 420.0]
    drawn = Drawn().grid(edges, [700, 730, 770])
    for x, words in zip(edges, ("Indicator", "Wijk", "Stad", "Land"), strict=False):
        drawn.text(x + 5, 720, words, font="Helvetica-Bold")
    for x, words in zip(edges, ("Huishoudens", *above), strict=False):
        for number, line in enumerate(words.split("\n")):
            drawn.text(x + 5, 748 + 14 * number, line)
    drawn.page().grid(edges, [30, 60, 90])
    for x, first, last in zip(edges, ("Bewoners", "20", "30", "40"), ("Huizen", "7", "8", "9"), strict=False):
        drawn.text(x + 5, 50, first).text(x + 5, 80, last)
    _first, table = tables(read(drawn.page().bytes(), "x.pdf"))
    assert (table.continues, table.whole, len(table.rows)) == (True, whole, 2)


@pytest.mark.parametrize(("size", "doubtful"), [(8, True), (10, False)])
def test_smaller_words_below_a_plain_label_at_the_foot_of_a_page_may_be_its_help(size, doubtful):
    """LibreOffice closes a row that it splits: the rest of the answer was lost, and its beginning given."""
    drawn = Drawn().grid([50, 150, 550], [740, 780]).text(55, 755, "Doel").text(155, 755, "Wij willen groen.")
    drawn.text(155, 770, "Wij willen ook spelen.")
    drawn.page().grid([50, 150, 550], [30, 60, 90]).text(55, 50, "Wat wilt u bereiken?", size=size)
    drawn.text(155, 50, "Wij willen veilig zijn.").text(55, 80, "Kost").text(155, 80, "1.250,00")
    found = [row for table in tables(read(drawn.page().bytes(), "x.pdf")) for row in table.rows]
    assert [row[0].text for row in found] == ["Doel", "Wat wilt u bereiken?", "Kost"]
    assert [bool(row[1].uncertain) for row in found] == [doubtful, doubtful, False]


def test_the_background_of_a_row_without_height_is_no_line_under_the_row_above_it():
    """It closed the label and left the answer open, which was then running text of no question."""
    drawn = Drawn()
    drawn.canvas.setFillColorRGB(1, 0.95, 0.8)
    drawn.canvas.rect(50, 20, 100, 0, stroke=0, fill=1)
    drawn.canvas.setFillGray(0)
    document = read(cut_table(drawn).page().bytes(), "x.pdf")
    assert ["Omschrijving", "Een plein dat vroeger een weg was en nu weer van de buurt is."] in rows(document)


def test_a_header_repeated_over_the_rest_of_a_row_without_a_ruling_between_them_comes_once():
    drawn = Drawn().grid([50, 150, 350, 550], [700, 730])
    for x, words in ((55, "Actie"), (155, "Omschrijving"), (355, "Kost")):
        drawn.text(x, 720, words, font="Helvetica-Bold")
    for x in (50, 150, 350, 550):
        drawn.canvas.line(x, 70, x, 20)
    drawn.text(55, 750, "A1").text(155, 750, "Een plein dat vroeger een weg was").text(355, 750, "1.250,00").page()
    for x in (50, 150, 350, 550):
        drawn.canvas.line(x, 770, x, 700)
    drawn.canvas.line(50, 770, 550, 770)
    drawn.canvas.line(50, 700, 550, 700)
    for x, words in ((55, "Actie"), (155, "Omschrijving"), (355, "Kost")):
        drawn.text(x, 45, words, font="Helvetica-Bold")
    document = read(drawn.text(155, 65, "en nu van de buurt is.").page().bytes(), "afgedrukt.pdf")
    assert rows(document) == [
        ["Actie", "Omschrijving", "Kost"],
        ["A1", "Een plein dat vroeger een weg was en nu van de buurt is.", "1.250,00"],
    ]


def test_a_list_of_boxes_that_a_page_break_split_is_one_row():
    drawn = Drawn().grid([50, 200, 350, 550], [700, 720, 770])
    for x, words in ((55, "Bron"), (205, "Bedrag"), (355, "Status")):
        drawn.text(x, 714, words, font="Helvetica-Bold")
    drawn.text(55, 734, "Stad").text(205, 734, "1.250,00").text(355, 734, "[x] Verworven").text(
        355, 764, "[ ] Toegezegd"
    )
    drawn.page().grid([50, 200, 350, 550], [30, 50, 80]).text(355, 44, "[ ] Gepland")
    for x, words in ((55, "Provincie"), (205, "900,00"), (355, "[ ] Verworven")):
        drawn.text(x, 64, words)
    assert rows(read(drawn.page().bytes(), "x.pdf")) == [
        ["Bron", "Bedrag", "Status"],
        ["Stad", "1.250,00", "[x] Verworven [ ] Toegezegd [ ] Gepland"],
        ["Provincie", "900,00", "[ ] Verworven"],
    ]


def test_a_list_whose_boxes_stand_on_lines_of_their_own_goes_on_on_the_next_page():
    drawn = Drawn().grid([50, 200, 300, 550], [640, 660, 770])
    for x, words in ((55, "Bron"), (205, "Soort"), (305, "Status")):
        drawn.text(x, 654, words, font="Helvetica-Bold")
    drawn.text(55, 674, "Stad").text(305, 674, "Verworven")
    for y, words in ((674, "[ ]"), (688, "Personeel"), (702, "[ ] Werking")):
        drawn.text(205, y, words)
    drawn.page().grid([50, 200, 300, 550], [30, 70, 100])
    for y, words in ((44, "[x]"), (58, "Infrastructuur")):
        drawn.text(205, y, words)
    drawn.text(55, 94, "Provincie").text(305, 94, "Gepland")
    found = [row for table in tables(read(drawn.page().bytes(), "x.pdf")) for row in table.rows]
    assert [row[0].text for row in found] == ["Bron", "Stad", "Provincie"]
    assert "Infrastructuur" in found[1][1].text
    assert not any(cell.uncertain for row in found for cell in row)


def test_a_table_as_wide_at_the_top_of_the_next_page_that_opens_with_a_label_is_another():
    drawn = Drawn().grid([50, 300, 550], [700, 730, 760])
    for x, y, text in ((55, 720, "Naam"), (305, 720, "Functie"), (55, 750, "An Peeters"), (305, 750, "directeur")):
        drawn.text(x, y, text, font="Helvetica-Bold" if y == 720 else "Helvetica")
    drawn.page().grid([50, 300, 550], [40, 70]).text(55, 60, "Wij verklaren dat dit waar is", font="Helvetica-Bold")
    document = read(drawn.text(305, 60, "Ja").page().bytes(), "x.pdf")
    assert [table.continues for table in tables(document)] == [False, False]


def test_a_list_of_boxes_in_the_first_column_that_a_page_break_split_is_one_row_and_a_new_list_is_another():
    edges = [50, 200, 350, 550]
    for first, expected in (
        ("[x] Toegezegd", ["[ ] Verworven [x] Toegezegd", "Stad", "1.250,00"]),
        ("[x] Verworven", ["[ ] Verworven", "Stad", "1.250,00"]),
    ):
        drawn = Drawn().grid(edges, [700, 720, 770])
        for x, words in ((55, "Status"), (205, "Bron"), (355, "Bedrag")):
            drawn.text(x, 714, words, font="Helvetica-Bold")
        drawn.text(55, 764, "[ ] Verworven").text(205, 734, "Stad").text(355, 734, "1.250,00").page()
        drawn.grid(edges, [30, 50, 80]).text(55, 44, first)
        for x, words in ((55, "[x] Verworven"), (205, "Provincie"), (355, "900,00")):
            drawn.text(x, 64, words)
        assert rows(read(drawn.page().bytes(), "x.pdf"))[1] == expected


def test_a_box_ticked_at_the_top_of_a_page_in_a_row_that_may_be_the_rest_of_another_is_doubtful():
    """It was given, as the choice of a row of its own: the type of the question settled how its lines go together."""
    drawn = Drawn().text(45, 640, "M. Financieel", size=14, font="Helvetica-Bold")
    drawn.text(45, 670, "Andere subsidies", size=12, font="Helvetica-Bold").grid([50, 200, 350, 550], [690, 710, 760])
    for x, words in ((55, "Programma"), (205, "Bedrag"), (355, "Status")):
        drawn.text(x, 704, words, font="Helvetica-Bold")
    for x, y, words in ((55, 724, "Stad"), (205, 724, "1.250,00"), (355, 724, "[ ]"), (355, 738, "Toegekend")):
        drawn.text(x, y, words)
    drawn.page().grid([50, 200, 350, 550], [30, 60]).text(355, 42, "[x]").text(355, 56, "Toegekend")
    answers = extract(read(drawn.page().bytes(), "x.pdf"), call().form, call()).answers
    assert [row.cells["status"].state for row in answers["andere_subsidies"].rows] == [DOUBTFUL, DOUBTFUL]


def test_a_sign_that_a_line_break_took_off_a_word_is_put_back():
    drawn = Drawn().grid([50, 150, 268], [40, 80]).text(55, 52, "Titel")
    drawn.text(155, 52, "Leren programmeren: C+").text(155, 66, "+, Java en meer")
    assert rows(read(drawn.page().bytes(), "x.pdf")) == [["Titel", "Leren programmeren: C++, Java en meer"]]


def test_an_amount_that_a_narrow_column_broke_behind_its_sign_is_one():
    """It was doubtful as «€ 2.318,7 1»; a line of «€ 2.318,7» is 41.7 points wide, and no figure more fits on it."""
    drawn = Drawn().text(45, 40, "B. Voorstel", size=14, font="Helvetica-Bold").grid([50, 200, 255], [60, 100])
    drawn.text(55, 75, "Gevraagde subsidie").text(205, 75, "€ 2.318,7").text(205, 89, "1")
    answer = extract(read(drawn.page().bytes(), "x.pdf"), call().form, call()).answers["gevraagde_subsidie"]
    assert (answer.state, answer.value) == (GIVEN, Decimal("2318.71"))


def test_a_cell_left_open_at_the_top_of_a_page_doubts_the_row_above_though_it_is_not_as_wide():
    drawn = Drawn()
    drawn.canvas.line(50, 800 - 740, 500, 800 - 740)
    for x in (200, 500):
        drawn.canvas.line(x, 800 - 740, x, 0)
    drawn.text(55, 730, "Adres").text(205, 730, "Botermarkt 1").text(55, 755, "Evaluatie")
    drawn.text(205, 755, "Elk jaar met de bewoners en").page()
    for x in (200, 500):
        drawn.canvas.line(x, 800 - 30, x, 800 - 60)
    drawn.canvas.line(200, 800 - 60, 500, 800 - 60)
    drawn.text(205, 45, "met de diensten van de stad.")
    document = read(drawn.page().bytes(), "x.pdf")
    cells = [cell for table in tables(document) for row in table.rows for cell in row]
    assert [cell.text for cell in cells if cell.uncertain] == [
        "Evaluatie",
        "Elk jaar met de bewoners en",
        "met de diensten van de stad.",
    ]


def box_over_pages(last, rest):
    """Draw a box that a page break leaves open, with its bold label once more on the next page, as reportlab does.

    `last` is the last line on the first page, `rest` the first below the label on the next.
    """
    label, bold = "Coproductie, zelfbeheer en zelfsturing", "Helvetica-Bold"
    drawn = Drawn().text(50, 60, "Dit verslag heeft een regel die verder ").text(50, 73, "loopt op de volgende.")
    drawn.text(50, 700, "F. Vernieuwend instrumentarium", size=14, font=bold)
    drawn.canvas.line(50, 800 - 720, 550, 800 - 720)
    for x in (50, 550):
        drawn.canvas.line(x, 800 - 720, x, 800 - 780)
    drawn.text(55, 735, label, font=bold).text(55, 755, "Wij willen een plein.").text(55, 768, last).page()
    for x in (50, 550):
        drawn.canvas.line(x, 800 - 30, x, 800 - 80)
    drawn.canvas.line(50, 800 - 80, 550, 800 - 80)
    drawn.text(55, 45, label, font=bold).text(55, 65, rest).page()
    return read(drawn.bytes(), "x.pdf")


def test_a_label_repeated_at_the_top_of_the_next_page_is_no_part_of_the_answer():
    """It stood in the middle of the answer, given."""
    last = "De bewoners beheren het plein samen met de stad en de scholen van de wijk, en ook de tuinen ervan zijn "
    assert 450 < stringWidth(last, "Helvetica", 10) < 490
    ((cell,),) = [row for table in tables(box_over_pages(last, "sindsdien van hen.")) for row in table.rows]
    assert cell.text.count("Coproductie") == 1
    assert cell.text.endswith("tuinen ervan zijn sindsdien van hen.")


def test_below_a_repeated_label_an_answer_may_go_on_or_another_begin_where_the_last_line_had_ended():
    document = box_over_pages("De stad helpt.", "De bewoners beheren het.")
    answer = extract(document, call().form, call()).answers["vernieuwing_coproductie"]
    assert answer.state == DOUBTFUL
    assert "twee bladzijden" in answer.problem


@pytest.mark.parametrize(("datum", "state"), [("", DOUBTFUL), ("1/6/2022", GIVEN)])
def test_a_row_at_the_top_of_a_page_with_no_more_than_a_name_may_be_the_next_line_of_the_name_above(datum, state):
    """LibreOffice closes a row that it splits, between two paragraphs of its name: they were two rows, given."""
    edges = [50.0, 200.0, 300.0, 420.0]
    drawn = Drawn().text(50, 40, "Aanvraagformulier wijkverbeteringscontract", size=18, font="Helvetica-Bold")
    drawn.text(50, 80, "K. Planning, monitoring en evaluatie", size=14, font="Helvetica-Bold")
    drawn.text(50, 110, "Mijlpalen", font="Helvetica-Bold").grid(edges, [690, 710, 730, 775])
    columns = ("Mijlpaal", "Opening", "Overleg"), ("Nummer actie", "A1", "A2"), ("Datum", "1/5/2022", "2/5/2022")
    for x, texts in zip(edges, columns, strict=False):
        for y, words in zip((704, 724, 744), texts, strict=True):
            drawn.text(x + 5, y, words, font="Helvetica-Bold" if y == 704 else "Helvetica")
    drawn.page().grid(edges, [30, 50, 70]).text(55, 44, "en feest").text(305, 44, datum)
    drawn.text(55, 64, "Slot").text(205, 64, "A3").text(305, 64, "3/5/2022")
    answers = extract(read(drawn.page().bytes(), "x.pdf"), call().forms["aanvraag"], call()).answers
    assert answers["mijlpalen"].state is state


@pytest.mark.parametrize("foot", [True, False])
def test_a_row_left_open_before_a_page_that_begins_with_text_is_doubtful(foot):
    """Its rest may stand among that; the answer was given without it."""
    drawn = Drawn().grid([50, 150, 550], [700, 730]).text(55, 720, "Titel").text(155, 720, "Plein")
    for x in (50, 150, 550):
        drawn.canvas.line(x, 70, x, 20)
    if not foot:
        drawn.canvas.line(50, 20, 550, 20)
    drawn.text(55, 750, "Omschrijving").text(155, 750, "Een plein voor de").page().text(155, 50, "buurt en de stad.")
    (table,) = tables(read(drawn.page().bytes(), "x.pdf"))
    assert [bool(row[1].uncertain) for row in table.rows] == [False, foot]
