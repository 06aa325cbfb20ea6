"""Prints whose pages lie turned or in another order, or that somebody wrote over: they say what they said."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.document import Table, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from tests.pdf_files import Drawn

ROWS = (("Titel", "Muide beweegt"), ("Gevraagde subsidie", "800.000,00"), ("Einddatum", "31/12/2025"))


def drawn(*numbers, watermark=""):
    """Draw a page for each row, with its number at its foot."""
    made = Drawn()
    for place, (row, number) in enumerate(zip(ROWS, numbers, strict=True)):
        if place:
            made.page()
        made.grid([40, 200, 500], [100, 130, 160])
        for y, texts in ((120, row), (150, (f"Vraag {place}", "Antwoord"))):
            made.text(45, y, texts[0]).text(205, y, texts[1])
        made.text(45, 770, f"Aanvraagformulier, pagina {number} van {len(numbers)}")
        if watermark:
            made.canvas.saveState()
            made.canvas.translate(230, 650)
            made.canvas.rotate(45)
            made.text(0, 800, watermark, size=60)
            made.canvas.restoreState()
    return made.bytes()


def changed(data, change):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def said(data):
    """Give what stands in the first row of each table, in reading order."""
    document = read(data, "aanvraag.pdf")
    return [tuple(cell.text for cell in block.rows[0]) for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_somebody_turned_in_a_viewer_say_the_same(turn):
    def turned(pdf):
        for page in pdf.pages:
            page.Rotate = turn

    assert said(changed(drawn(1, 2, 3), turned)) == list(ROWS)


@pytest.mark.parametrize(("turn", "shown"), [(90, (683, 220)), (180, (380, 683)), (270, (117, 380))])
@pytest.mark.parametrize("reverse", [False, True])
def test_places_on_a_turned_page_are_those_on_the_page_as_the_file_shows_it(turn, shown, reverse):
    """The amount is drawn around 220 points from the left and 117 from the top of a page of 600 by 800."""

    def turned(pdf):
        if reverse:
            pdf.pages.reverse()
        for page in pdf.pages:
            page.Rotate = turn

    document = read(changed(drawn(1, 2, 3), turned), "aanvraag.pdf")
    (amount,) = [piece for piece in paragraphs(document.blocks) if piece.text == "800.000,00"]
    left, top, right, bottom = amount.location.box
    assert left < shown[0] < right
    assert top < shown[1] < bottom


def test_a_page_printed_sideways_says_the_same():
    def sideways(pdf):
        page = pdf.pages[1]
        page.contents_add(b"q 0 1 -1 0 800 0 cm ", prepend=True)
        page.contents_add(b" Q")
        page.MediaBox = [0, 0, 800, 600]

    assert said(changed(drawn(1, 2, 3), sideways)) == list(ROWS)


def test_pages_out_of_order_are_read_by_their_numbers_and_that_is_told():
    def shuffled(pdf):
        pdf.pages.reverse()

    data = changed(drawn(1, 2, 3), shuffled)
    assert said(data) == list(ROWS)
    assert read(data, "aanvraag.pdf").notes == (
        "De pagina's lagen niet in de volgorde van hun nummers; ze zijn in die volgorde gelezen.",
    )


def test_pages_out_of_order_have_the_number_that_they_have_in_the_file():
    def shuffled(pdf):
        pdf.pages.append(pdf.pages[0])
        del pdf.pages[0]

    document = read(changed(drawn(1, 2, 3), shuffled), "aanvraag.pdf")
    places = {piece.text: piece.location.page for piece in paragraphs(document.blocks)}
    assert [places[answer] for _label, answer in ROWS] == [3, 1, 2]


def test_pages_of_which_two_have_one_number_stay_where_they_are():
    data = drawn(2, 1, 2)
    assert said(data) == list(ROWS)
    assert "volgorde" not in " ".join(read(data, "aanvraag.pdf").notes)


def test_pages_that_lack_are_told():
    made = Drawn()
    for place, number in enumerate((1, 3, 4)):
        if place:
            made.page()
        made.text(45, 100, f"Antwoord {number}").text(45, 770, f"pagina {number} van 4")
    notes = read(made.bytes(), "aanvraag.pdf").notes
    assert notes == ("Volgens de paginanummers ontbreekt van de 4 pagina's: 2.",)
    assert read(drawn(1, 2, 3), "aanvraag.pdf").notes == ()


def test_a_watermark_over_the_page_is_no_part_of_an_answer_and_is_told():
    data = drawn(1, 2, 3, watermark="CONCEPT")
    assert said(data) == list(ROWS)
    document = read(data, "aanvraag.pdf")
    assert document.omitted == ("schuine tekst over een blad: «CONCEPT»",)
    assert "CONCEPT" not in "".join(piece.text for piece in paragraphs(document.blocks))


def marked(kind, box, **more):
    def change(pdf):
        remark = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array(box), F=4, **more)
        pdf.pages[1].Annots = Array([pdf.make_indirect(remark)])

    return read(changed(drawn(1, 2, 3), change), "aanvraag.pdf")


def test_words_that_somebody_struck_out_in_a_viewer_are_doubted():
    document = marked("StrikeOut", [203, 676, 260, 690])
    doubted = {piece.text: piece.uncertain for piece in paragraphs(document.blocks) if piece.uncertain}
    assert list(doubted) == ["800.000,00"]
    assert "doorgehaald" in doubted["800.000,00"]


@pytest.mark.parametrize(("height", "through"), [(3.1, True), (-1.2, False), (10, False)])
def test_words_with_a_line_drawn_through_them_are_doubted_and_no_underlined_ones(height, through):
    made = Drawn().grid([40, 200, 500], [100, 130]).text(45, 120, "Gevraagde subsidie").text(205, 120, "900.000")
    made.text(300, 120, "750.000").canvas.line(205, 800 - 120 + height, 242, 800 - 120 + height)
    document = read(made.bytes(), "aanvraag.pdf")
    doubted = [piece.text for piece in paragraphs(document.blocks) if "doorgehaald" in piece.uncertain]
    assert doubted == (["900.000 750.000"] if through else [])


def test_what_was_typed_in_a_viewer_in_a_cell_with_an_answer_makes_that_doubtful():
    document = marked("FreeText", [300, 676, 420, 690], Contents="Moet 750.000 zijn")
    (doubted,) = [piece for piece in paragraphs(document.blocks) if piece.uncertain]
    assert "800.000,00" in doubted.text
    assert "750.000" in doubted.text
    assert "getypt" in doubted.uncertain


def test_a_shape_that_somebody_drew_in_a_viewer_is_told():
    assert marked("Circle", [203, 676, 260, 690]).omitted == ("een getekende lijn of vorm op pagina 2",)


def test_a_portfolio_is_refused_with_what_it_is():
    def collected(pdf):
        pdf.attachments["aanvraag.docx"] = b"PK"
        pdf.Root.Collection = Dictionary(Type=Name.Collection)

    with pytest.raises(Unreadable) as refused:
        read(changed(drawn(1, 2, 3), collected), "aanvraag.pdf")
    assert refused.value.reason is Reason.CLOSED
    assert "portfolio" in str(refused.value)
