"""Reading PDF files that were drawn, not printed by LibreOffice: fields, rulings, lines without spaces."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pipeline.document import Document, Paragraph, Table
from pipeline.readers import read
from tests.pdf_files import Drawn, one_page


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(document: Document) -> list[list[str]]:
    """Give the rows of all tables, white space collapsed."""
    return [[" ".join(cell.text.split()) for cell in row] for table in tables(document) for row in table.rows]


def running(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph) and not block.location.part]


def test_what_stands_in_form_fields_reads_as_if_it_were_printed():
    drawn = Drawn().grid([50, 220, 550], [40, 70, 100, 130])
    for y, label in ((58, "Naam lokaal bestuur"), (88, "Adres"), (118, "Regelluwe zone")):
        drawn.text(55, y, label)
    form = drawn.canvas.acroForm
    form.textfield(name="gemeente", value="Gent", x=225, y=800 - 66, width=300, height=20)
    form.textfield(name="adres", value="", x=225, y=800 - 96, width=300, height=20)
    form.checkbox(name="ja", checked=True, x=225, y=800 - 122, size=12)
    form.checkbox(name="nee", checked=False, x=300, y=800 - 122, size=12)
    document = read(drawn.text(240, 118, "Ja").text(315, 118, "Nee").page().bytes(), "formulier.pdf")
    assert rows(document) == [["Naam lokaal bestuur", "Gent"], ["Adres", ""], ["Regelluwe zone", "☒ Ja ☐ Nee"]]
    told = [(control.tag, control.kind, control.text, control.checked) for control in document.controls]
    assert told == [
        ("gemeente", "text", "Gent", None),
        ("adres", "text", "", None),
        ("ja", "checkbox", "☒", True),
        ("nee", "checkbox", "☐", False),
    ]
    place = document.controls[0].location
    assert (place.page, place.table, place.row, place.column) == (1, 1, 1, 2)


def test_a_choice_gives_the_words_that_it_shows():
    drawn = Drawn().text(55, 58, "Soort kosten")
    drawn.canvas.acroForm.choice(
        name="soort", value="Werking", options=[("Werking", "w"), ("Personeel", "p")], x=225, y=740
    )
    (control,) = read(drawn.page().bytes(), "formulier.pdf").controls
    assert (control.kind, control.text) == ("choice", "Werking")


def test_hidden_fields_and_buttons_say_nothing():
    widget = b"<</Type/Annot/Subtype/Widget/FT/%s/Rect[60 700 300 720]/T(x)/V(verborgen)%s>>"
    data = one_page(
        b"BT /F 10 Tf 60 740 Td (Een gewone regel tekst) Tj ET",
        widget % (b"Tx", b"/F 2"),
        widget % (b"Btn", b"/Ff 65536"),
        catalogue=b"/AcroForm<</Fields[5 0 R 6 0 R]>>",
        page=b"/Annots[5 0 R 6 0 R]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    )
    document = read(data, "x.pdf")
    assert document.controls == ()
    assert [paragraph.text for paragraph in running(document)] == ["Een gewone regel tekst"]


def test_where_no_spaces_are_printed_a_line_that_ends_on_a_hyphen_is_doubtful():
    drawn = Drawn().grid([50, 200], [40, 100])
    drawn.text(55, 55, "Dit is een ruimtelijk-").text(55, 67, "economisch voorstel")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert cell.text == "Dit is een ruimtelijk-economisch voorstel"
    assert "koppelteken" in cell.uncertain


def test_where_no_spaces_are_printed_wrapped_lines_are_joined_with_a_space():
    drawn = Drawn().grid([50, 160], [40, 100])
    drawn.text(55, 55, "De buurt vraagt al").text(55, 67, "jarenlang om een plein")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert (cell.text, cell.uncertain) == ("De buurt vraagt al jarenlang om een plein", "")


def test_a_line_that_had_room_for_more_ends_a_paragraph():
    drawn = Drawn().grid([50, 300], [40, 100])
    drawn.text(55, 55, "Gent").text(55, 67, "Aalst")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert cell.text == "Gent\nAalst"


def test_text_drawn_through_a_ruling_is_divided_over_both_cells():
    drawn = Drawn().grid([50, 100, 150], [40, 70])
    drawn.text(85, 58, "12345678")
    ((left, right),) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows
    assert left.text + right.text == "12345678"
    assert left.text
    assert right.text


def test_merged_cells_are_given_once_with_their_spans():
    drawn = Drawn().grid([50, 150, 250], [60, 80]).grid([50, 250], [40, 60])
    drawn.text(55, 54, "Actie 1").text(55, 74, "Titel").text(155, 74, "Plein")
    first, second = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows
    assert [(cell.text, cell.columns) for cell in first] == [("Actie 1", 2)]
    assert [cell.text for cell in second] == ["Titel", "Plein"]


def test_a_table_in_a_cell_stands_in_that_cell():
    drawn = Drawn().grid([50, 400], [40, 200]).grid([70, 150, 230], [80, 100])
    drawn.text(55, 55, "Boven").text(75, 94, "een").text(155, 94, "twee")
    ((cell,),) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows
    (inner,) = [block for block in cell.blocks if isinstance(block, Table)]
    assert [each.text for each in inner.rows[0]] == ["een", "twee"]
    assert inner.location.table == 2


def test_an_underlined_heading_is_no_table():
    drawn = Drawn().text(55, 58, "A. Indienend bestuur", size=16)
    drawn.canvas.line(55, 740, 300, 740)
    document = read(drawn.text(55, 90, "Een gewone regel tekst").page().bytes(), "x.pdf")
    assert tables(document) == []
    assert [(each.text, each.level) for each in running(document)] == [
        ("A. Indienend bestuur", 1),
        ("Een gewone regel tekst", 0),
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned_reads_as_it_is_shown(turn):
    drawn = Drawn().grid([50, 150, 250], [40, 60, 80]).text(55, 54, "Naam").text(155, 54, "Gent")
    data = drawn.text(55, 74, "Adres").text(155, 74, "Botermarkt").page().bytes()
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
        page.contents_add(b"q %d %d %d %d 0 0 cm" % (cosine, sine, -sine, cosine), prepend=True)
        page.contents_add(b"Q")
        left, bottom = (
            min(0, 600 * cosine, -800 * sine, 600 * cosine - 800 * sine),
            min(0, 600 * sine, 800 * cosine, 600 * sine + 800 * cosine),
        )
        width, height = (600, 800) if turn in (0, 180) else (800, 600)
        page.MediaBox = [left, bottom, left + width, bottom + height]
        page.Rotate = turn
        pdf.save(made)
    assert rows(read(made.getvalue(), "x.pdf")) == [["Naam", "Gent"], ["Adres", "Botermarkt"]]


def test_text_that_is_printed_invisible_is_doubtful():
    data = one_page(b"BT 3 Tr /F 10 Tf 60 700 Td (herkende tekst van een scan) Tj ET")
    (paragraph,) = running(read(data, "x.pdf"))
    assert "onzichtbaar" in paragraph.uncertain


def test_ligatures_and_accents_come_back_as_letters():
    data = one_page(b"BT /F 10 Tf 60 700 Td (co\\366rdinatie, \\351\\351n, \\200 5) Tj ET")
    data = data.replace(b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/Encoding/WinAnsiEncoding")
    (paragraph,) = running(read(data, "x.pdf"))
    assert paragraph.text == "coördinatie, één, € 5"


def test_a_wide_opening_in_a_line_without_rulings_is_doubtful():
    drawn = Drawn().text(50, 100, "Muide").text(300, 100, "zie ook bijlage")
    (line,) = running(read(drawn.page().bytes(), "overgetypt.pdf"))
    assert line.text == "Muide zie ook bijlage"
    assert line.uncertain == "op één regel staat een brede opening, misschien tussen twee kolommen: «Muide … zie»"


@pytest.mark.parametrize("first", ["Titel:", "1.", "☐"])
def test_an_opening_after_a_label_a_number_or_a_box_is_none_between_columns(first):
    drawn = Drawn().text(50, 100, first).text(300, 100, "Muide")
    assert [line.uncertain for line in running(read(drawn.page().bytes(), "overgetypt.pdf"))] == [""]


def test_the_address_and_page_number_that_a_browser_prints_are_no_answer():
    drawn = Drawn()
    for number in range(1, 4):
        drawn.text(30, 20, "1/7/2021").text(250, 20, "Aanvraag").text(50, 400, f"Alinea {number}.")
        drawn.text(30, 790, "https://gent.example/aanvraag").text(560, 790, f"{number}/3").page()
    assert [each.text for each in running(read(drawn.bytes(), "x.pdf"))] == ["Alinea 1.", "Alinea 2.", "Alinea 3."]


def numbered(says: str, y: float, pages: int = 3) -> Document:
    """Give a print with a cell that goes on over its pages, and a line that names each of them."""
    drawn = Drawn()
    for number in range(1, pages + 1):
        drawn.grid([50, 550], [100, 700]).text(55, 695, f"Regel {7 * number} van de tekst")
        drawn.text(55, y, says.format(number=number)).page()
    return read(drawn.bytes(), "x.pdf")


@pytest.mark.parametrize("y", [30, 780], ids=["head", "foot"])
@pytest.mark.parametrize(
    "says",
    [
        "{number}",
        "- {number} -",
        "Vel {number}",
        "GENT{number:06d}",
        "wijk.docx, 12/03/2022 14:05, {number}",
        "{number} | P a g e",
    ],
)
def test_a_line_that_numbers_the_pages_in_words_of_its_own_is_no_answer(says, y):
    document = numbered(says, y)
    heads = {block.text for block in document.blocks if block.location.part}
    assert heads == {says.format(number=number) for number in (1, 2, 3)}
    assert running(document) == []


def test_a_number_at_an_edge_apart_from_the_words_of_a_foot_is_that_of_the_page():
    def footed(words: float, number: float, pages: Sequence[int] = (1, 2, 3)) -> list[str]:
        drawn = Drawn()
        for page in pages:
            drawn.grid([50, 550], [100, 700]).text(55, 695, f"Regel {7 * page} van de tekst")
            drawn.text(words, 800, "Stad Gent").text(number, 800, str(page)).page()
        return [each.text for each in running(read(drawn.bytes(), "x.pdf"))]

    assert footed(55, 530) == []
    assert footed(480, 55) == []
    assert footed(90, 55) == []
    assert footed(55, 130) == ["Stad Gent 1", "Stad Gent 2", "Stad Gent 3"]
    assert footed(55, 530, pages=(1, 2)) == []
    assert footed(55, 530, pages=(7, 8)) == ["Stad Gent 7", "Stad Gent 8"]
    assert footed(63, 55) == ["1 Stad Gent", "2 Stad Gent", "3 Stad Gent"]


@pytest.mark.parametrize(
    ("x", "y", "doubted"),
    [
        pytest.param(55, 768, True, id="the next line of the text"),
        pytest.param(55, 790, False, id="further down"),
        pytest.param(290, 768, False, id="in the middle of the page"),
    ],
)
def test_a_number_on_two_pages_that_stands_as_the_next_line_of_a_text_is_doubtful(x, y, doubted):
    drawn = Drawn()
    for number in (5, 6):
        drawn.text(55, 740, f"Bewoners {number}").text(55, 754, f"Aantal ploegen van wijk {7 * number}:")
        drawn.text(x, y, str(number)).page()
    document = read(drawn.bytes(), "x.pdf")
    told = [(each.text, "misschien het nummer van de bladzijde" in each.uncertain) for each in running(document)]
    assert [each for each in told if each[0].isdecimal()] == ([("5", True), ("6", True)] if doubted else [])


def test_a_stamp_above_the_text_of_a_page_does_not_cut_a_table():
    drawn = Drawn()
    for number in range(1, 5):
        drawn.grid([50, 200, 550], [60, 740]).text(55, 75, f"Vraag {number}").text(205, 75, f"Antwoord {number}")
        if number == 2:
            drawn.text(300, 35, "Ontvangen op 12 maart 2022", font="Helvetica-Bold", size=14)
        drawn.page()
    document = read(drawn.bytes(), "x.pdf")
    assert running(document) == []
    assert len(tables(document)) == 1 or all(table.continues for table in tables(document)[1:])
    assert rows(document) == [[f"Vraag {number}", f"Antwoord {number}"] for number in range(1, 5)]


def test_text_that_begins_above_the_height_of_the_tables_of_other_pages_is_no_stamp():
    drawn = Drawn().text(50, 400, "Blad 1").page()
    for number in (1, 2):  # below an empty line or two
        drawn.grid([50, 550], [90, 700]).text(55, 105, f"Tekst {number}").page()
    drawn.text(50, 60, "De pleinen blijven open,").text(50, 74, "ook in de winter.").text(50, 400, "Aantal: 5").page()
    document = read(drawn.bytes(), "x.pdf")
    assert " ".join(each.text for each in running(document)) == (
        "Blad 1 De pleinen blijven open, ook in de winter. Aantal: 5"
    )


def test_a_line_above_a_table_is_doubtful_where_the_page_before_ends_in_text():
    """It may be a stamp; but where empty lines stand above the tables, that text may go on there."""
    drawn = Drawn()
    for number in (1, 2, 3, 4):
        drawn.grid([50, 200, 550], [90, 500]).text(55, 105, f"Vraag {number}").text(205, 105, f"Antwoord {number}")
        if number == 2:
            drawn.text(55, 740, "De pleinen blijven open, ook als het vriest, en").page()
        elif number == 3:
            drawn.text(55, 60, "ook in de winter.").page()
        else:
            drawn.page()
    parts = running(read(drawn.bytes(), "x.pdf"))
    assert " ".join(each.text for each in parts) == "De pleinen blijven open, ook als het vriest, en ook in de winter."
    assert "gestempeld" in parts[-1].uncertain


def test_a_line_between_two_tables_parts_them():
    drawn = Drawn()
    for number in range(1, 5):
        top = 90 if number % 2 else 60
        drawn.grid([50, 200, 550], [top, 740]).text(55, top + 15, f"Vraag {number}").text(205, top + 15, "Antwoord")
        if number % 2:
            drawn.text(50, 75, f"Deel {number}")
        drawn.page()
    document = read(drawn.bytes(), "x.pdf")
    assert [each.text for each in running(document)] == ["Deel 1", "Deel 3"]


def cropped(drawn: Drawn, left: float, right: float) -> Document:
    """Give a page of which a viewer cut off the sides."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn.page().bytes())) as pdf:
        pdf.pages[0].cropbox = [left, 0, right, 800]
        pdf.save(made)
    return read(made.getvalue(), "x.pdf")


def test_what_stands_outside_of_the_page_is_no_answer():
    drawn = Drawn().text(55, 80, "Adres: Kerkstraat 4").text(355, 80, "Adres: Dorp 5").text(355, 96, "Dorp")
    assert [each.text for each in running(cropped(drawn, 0, 300))] == ["Adres: Kerkstraat 4"]


def test_a_text_that_the_edge_of_the_page_cuts_off_is_doubtful():
    words = "Wij kiezen voor een"
    right = 55 + Drawn().canvas.stringWidth(words, "Helvetica", 10) + 1
    (line,) = running(cropped(Drawn().text(55, 80, f"{words} nieuwe wijk"), 0, right))
    assert (line.text, line.uncertain) == (words, "de rand van de bladzijde snijdt deze tekst af")


def test_a_word_that_the_edge_of_the_page_cuts_is_doubtful_though_none_stands_beyond():
    right = 55 + Drawn().canvas.stringWidth("Bedrag: 1.250", "Helvetica", 10)
    (line,) = running(cropped(Drawn().text(55, 80, "Bedrag: 1.250.000"), 0, right))
    assert (line.text, line.uncertain) == ("Bedrag: 1.250.000", "de rand van de bladzijde snijdt deze tekst af")


def test_pages_may_bear_two_numbers():
    drawn = Drawn()
    for number in range(1, 4):
        drawn.text(50, 400, f"Alinea {number}.").text(290, 765, f"{number}").text(
            480, 785, f"GENT{number + 87:06d}"
        ).page()
    assert [each.text for each in running(read(drawn.bytes(), "x.pdf"))] == ["Alinea 1.", "Alinea 2.", "Alinea 3."]


@pytest.mark.parametrize(
    ("says", "y", "pages"),
    [
        pytest.param("Actie {number}", 30, 3, id="the title of an action, above its table"),
        pytest.param("Aantal: {number}", 780, 2, id="on two pages only"),
        pytest.param("€ {number}", 780, 2, id="an amount on two pages"),
        pytest.param("Prioriteit: {number}", 710, 3, id="where text stands"),
        pytest.param("Prioriteit: {number}", 800, 3, id="behind a label, at the foot"),
        pytest.param("Datum overleg: {number}/03/2021", 30, 3, id="a day behind a label, at the head"),
        pytest.param("Gent, {number}/03/2021", 800, 3, id="a day, at the foot"),
        pytest.param("Partner {number}", 800, 3, id="the number of a partner, at the foot"),
        pytest.param("Bedrag in 202{number}: 500", 800, 3, id="the year in a label"),
        pytest.param("202{number}", 800, 3, id="a year alone on the last line"),
        pytest.param("{number} straten", 800, 3, id="a number of something"),
        pytest.param("{number}. Wat is uw naam", 30, 3, id="the number of a question"),
    ],
)
def test_what_may_be_an_answer_is_no_number_of_a_page(says, y, pages):
    drawn = Drawn()
    for number in range(1, pages + 1):
        drawn.text(55, y, says.format(number=number), font="Helvetica-Bold" if "Actie" in says else "Helvetica")
        drawn.grid([50, 550], [100, 700]).text(55, 695, "Tekst").page()
    read_ = running(read(drawn.bytes(), "x.pdf"))
    assert [each.text for each in read_] == [says.format(number=number) for number in range(1, pages + 1)]


@pytest.mark.parametrize("after", ["straten en info@gent.be", "{plan}", "[plan]"])
def test_a_space_that_kerning_made_narrow_is_a_space(after):
    data = one_page(b"BT /F 10 Tf 60 700 Td [(want,) -180 (%s)] TJ ET" % after.encode())
    (paragraph,) = running(read(data, "x.pdf"))
    assert paragraph.text == f"want, {after}"


def test_a_file_name_that_a_form_breaks_before_a_low_line_is_one_and_doubtful():
    drawn = Drawn().grid([50, 160], [40, 100]).text(55, 55, "verklaring (getekend)").text(55, 67, "_v2.png")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert cell.text == "verklaring (getekend)_v2.png"
    assert cell.uncertain


def test_an_address_that_a_browser_broke_before_its_question_mark_is_put_together_and_doubtful():
    drawn = (
        Drawn().grid([50, 190], [40, 100]).text(55, 55, "https://gent.example/plan").text(55, 67, "?jaar=2022 deel 3")
    )
    document = read(drawn.page().bytes(), "vak.pdf")
    ((cell,),) = tables(document)[0].rows
    assert cell.text == "https://gent.example/plan?jaar=2022 deel 3"
    assert "https://gent.example/plan" in cell.uncertain


def test_an_address_that_fills_its_line_goes_on_though_each_of_its_parts_stands_elsewhere_as_a_word():
    width = stringWidth("https://gent.example/plan", "Helvetica", 10)
    drawn = Drawn().grid([50, 59 + width], [40, 100]).text(55, 55, "https://gent.example/plan")
    drawn.text(55, 67, "?jaar=2022 deel 3").text(55, 200, "Zie https://gent.example/plan voor meer")
    drawn.text(55, 220, "en vul aan met ?jaar=2022 als het moet")
    ((cell,),) = tables(read(drawn.page().bytes(), "vak.pdf"))[0].rows
    assert cell.text == "https://gent.example/plan?jaar=2022 deel 3"


def test_a_letter_that_is_drawn_apart_stands_in_its_word():
    drawn = Drawn().text(50, 100, "Ng", font="Helvetica").text(68.9, 100, "c Vermeulen")
    drawn.text(63.3, 100, "o", font="Times-Roman")
    assert [each.text for each in running(read(drawn.page().bytes(), "x.pdf"))] == ["Ngoc Vermeulen"]


def test_a_line_broken_between_two_words_that_may_be_one_is_doubtful():
    drawn = Drawn().grid([50, 121], [40, 100]).text(55, 55, "Voor de straat").text(55, 67, "ondersteuning")
    drawn.text(200, 200, "Elke straat vraagt ondersteuning van de stad.")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert "afgebroken" in cell.uncertain


def test_a_word_too_long_for_its_column_that_begins_beside_narrow_words_is_not_silently_two():
    drawn = Drawn().text(50, 200, "Elke straat vraagt ondersteuning ").text(50, 212, "van de hele stad.")
    drawn.grid([50, 126], [40, 100]).text(52, 55, "illi ill il ill ill il wer")
    drawn.text(52, 67, "kontwikkeling")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert cell.text.endswith(" werkontwikkeling")
    assert cell.uncertain


def test_words_printed_over_each_other_are_doubtful():
    drawn = Drawn().grid([50, 300], [40, 100]).text(55, 55, "Buurthuis De Kring").text(80, 56, "Wijkcentrum")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert "over elkaar" in cell.uncertain


def test_a_file_name_that_a_form_breaks_after_a_dash_is_not_taken_for_two():
    drawn = Drawn().grid([50, 160], [40, 100]).text(55, 55, "engagement–").text(55, 67, "partner-DEF.docx")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert cell.text == "engagement–partner-DEF.docx" or cell.uncertain


def test_a_label_that_wraps_before_its_last_word_and_mark_is_one_though_answers_have_less_room_around_them():
    drawn = Drawn().grid([50, 220, 550], [40, 70, 100])
    drawn.text(56, 52, "De verantwoordelijke van ons").text(56, 64, "dienst *").text(222, 52, "Sport")
    drawn.text(56, 82, "Een tweede vraag").text(222, 82, "Antwoord")
    assert rows(read(drawn.page().bytes(), "x.pdf"))[0][0] == "De verantwoordelijke van ons dienst *"


@pytest.mark.parametrize("mark", ["*", ":", "?"])
def test_a_mark_that_has_no_room_takes_the_last_word_of_its_label_along(mark):
    """No line breaks before it, so a word that alone had room stands beneath; that was taken for a line of its own."""
    edge = 56 + Drawn().canvas.stringWidth("Contactpersoon: voornaam", "Helvetica", 10) + 9
    drawn = Drawn().grid([50, edge, 550], [40, 70, 100])
    drawn.text(56, 52, "Contactpersoon:").text(56, 64, f"voornaam {mark}").text(edge + 6, 52, "Bo")
    drawn.text(56, 82, f"Adres {mark}").text(edge + 6, 82, "Dorp 4")
    (cell, _answer), _row = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows
    assert cell.text == f"Contactpersoon: voornaam {mark}"


def test_the_empty_end_of_a_cut_row_below_a_repeated_header_takes_no_row_that_comes_after():
    drawn = Drawn()
    for top, rows_ in ((700, [700, 724]), (60, [60, 96, 120])):
        drawn.grid([50, 220, 550], rows_)
        for left, title in ((55, "Bestandsnaam"), (225, "Omschrijving")):
            drawn.text(left, top + 16, title, font="Helvetica-Bold")
        if top == 700:
            for x in (50, 220, 550):
                drawn.canvas.line(x, 800 - 724, x, 800 - 748)
            drawn.text(55, 740, "engagement.docx").text(225, 740, "Nieuw park")
            drawn.page()
    drawn.text(55, 112, "kaart.docx").text(225, 112, "Kaart")
    tables = [block for block in read(drawn.bytes(), "stuk.pdf").blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for table in tables for row in table.rows] == [
        ["Bestandsnaam", "Omschrijving"],
        ["engagement.docx", "Nieuw park"],
        ["kaart.docx", "Kaart"],
    ]


@pytest.mark.parametrize("wider", [10, 10.4])
def test_a_letter_that_is_drawn_after_the_rest_of_its_word_stands_where_it_is_seen(wider):
    """LibreOffice draws «Ngọc» as «Ng», «c» and, from another font, «ọ» between them: it read as «Ng cọ», given.

    The letter of the other font may be wider than its room.
    """
    drawn = b"BT /F 10 Tf 205 680 Td [(Ng) -556 (c)] TJ ET BT /F %.1f Tf 217.78 680 Td (o) Tj ET" % wider
    ruled = (
        b"40 670 m 500 670 l S 40 700 m 500 700 l S 40 670 m 40 700 l S 200 670 m 200 700 l S 500 670 m 500 700 l S "
    )
    document = read(one_page(ruled + drawn), "a.pdf")
    assert [block.rows[0][1].text for block in document.blocks if isinstance(block, Table)] == ["Ngoc"]


@pytest.mark.parametrize(
    ("before", "wide", "after", "said"),
    [(rb"\221zo\222", 16.1, b"stad", "‘zo’ stad"), (rb"\223zo\224", 18.3, b"stad", "“zo” stad")],
)
@pytest.mark.parametrize(("gap", "parted"), [(1.6, True), (0.2, False)])
def test_a_narrow_space_behind_a_quote_is_one(before, wide, after, said, gap, *, parted):
    """It was «‘zo’stad», given; the widths are those of the letters of Times."""
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>>>>>"
    data = one_page(b"BT /F 10 Tf 60 700 Td (%s) Tj %f 0 Td (%s) Tj ET" % (before, wide + gap, after), page=font)
    assert [each.text for each in running(read(data, "x.pdf"))] == [said if parted else said.replace(" ", "")]


def test_a_word_that_is_broken_twice_is_not_taken_for_two():
    """It was «s portbemiddeling», given: its first two pieces together are no wider than the column."""
    drawn = Drawn().grid([50, 126.3], [40, 100]).text(55, 52, "om de meer s")
    drawn.text(55, 66, "portbemiddeli").text(55, 80, "ng")
    (cell,) = tables(read(drawn.page().bytes(), "x.pdf"))[0].rows[0]
    assert cell.uncertain or cell.text == "om de meer sportbemiddeling"
