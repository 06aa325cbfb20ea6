"""Prints with two pages beside each other on a sheet, or with a border around each page: they say what they said."""

import io

import pytest
from pikepdf import Name, Pdf, Rectangle

from pipeline.document import Paragraph, Table, paragraphs
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.pdf_files import Drawn, WordFile, printed
from tests.test_extract import call

ROWS = (
    ("Titel", "Muide beweegt"),
    ("Gevraagde subsidie", "800.000,00"),
    ("Einddatum", "31/12/2025"),
    ("Bestuur", "Gent"),
    ("Looptijd", "48"),
)
WIDE, HIGH = 842.0, 595.0
APART = "Op een blad staan twee bladzijden naast elkaar; elke helft is als een bladzijde gelezen."


def drawn(*rows, numbered=True, title=""):
    """Draw a page of 600 by 800 points for each row; the answer begins at 205 and stands on 120."""
    made = Drawn()
    for place, row in enumerate(rows):
        if place:
            made.page()
        elif title:
            made.text(45, 60, title, size=16)
        made.grid([40, 200, 500], [100, 130, 160])
        for y, texts in ((120, row), (150, (f"Vraag {place}", "Antwoord"))):
            made.text(45, y, texts[0]).text(205, y, texts[1])
        if numbered:
            made.text(45, 770, f"Aanvraagformulier, pagina {place + 1} van {len(rows)}")
    return made.bytes()


def by_twos(data, order=(), *, turn=0, framed=False):
    """Put the pages of a file two by two on sheets, as a program that prints does, each as a form of its own."""
    made = Pdf.new()
    with Pdf.open(io.BytesIO(data)) as source:
        places = order or range(len(source.pages))
        for first in range(0, len(places), 2):
            sheet = made.add_blank_page(page_size=(HIGH, WIDE) if turn else (WIDE, HIGH))
            content = b"q 0 1 -1 0 %f 0 cm " % HIGH if turn else b"q "
            for half, place in enumerate(places[first : first + 2]):
                room = Rectangle(half * WIDE / 2 + 10, 10, (half + 1) * WIDE / 2 - 10, HIGH - 10)
                if framed:
                    content += b"%f %f %f %f re S " % (room.llx, room.lly, room.width, room.height)
                if place is None:
                    continue
                form = made.copy_foreign(source.pages[place].as_form_xobject())
                name = sheet.add_resource(form, Name.XObject)
                content += sheet.calc_form_xobject_placement(form, name, room, allow_shrink=True)
            sheet.contents_add(content + b" Q")
            if turn == 2:
                sheet.rotate(90, relative=False)
    return saved(made)


def changed(data, change):
    with Pdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            change(page)
        return saved(pdf)


def saved(pdf):
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def said(document):
    """Give what stands in the first row of each table, in reading order."""
    return [tuple(cell.text for cell in block.rows[0]) for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("turn", [0, 1, 2])
@pytest.mark.parametrize("count", [2, 4, 5])
def test_two_pages_on_a_sheet_are_read_one_after_the_other(count, turn):
    document = read(by_twos(drawn(*ROWS[:count]), turn=turn), "aanvraag.pdf")
    assert said(document) == list(ROWS[:count])
    assert document.notes == (APART,)
    assert document.pages == (count + 1) // 2
    assert not [paragraph for paragraph in paragraphs(document.blocks) if paragraph.uncertain]


@pytest.mark.parametrize("turn", [0, 1])
def test_a_place_is_that_on_the_sheet_in_the_file(turn):
    """A page of 600 points is 401 wide on the sheet: the answer of its right one begins at 431 + 205 * 401 / 600."""
    document = read(by_twos(drawn(*ROWS[:4]), turn=turn), "aanvraag.pdf")
    (end,) = [piece for piece in paragraphs(document.blocks) if piece.text == "Gent"]
    assert end.location.page == 2
    left, top, right, bottom = end.location.box
    x, y = 431 + 205 * 401 / 600, (HIGH - 800 * 401 / 600) / 2 + 120 * 401 / 600
    if turn:  # it lies on its left side in the file: its first letter is the lowest
        assert abs(bottom - (WIDE - x)) < 1
        assert left < y < right + 1
    else:
        assert abs(left - x) < 1
        assert top < y < bottom + 1


def test_pages_are_known_by_their_numbers_where_no_table_tells():
    made = Drawn()
    for number in (1, 2):
        if number > 1:
            made.page()
        made.text(45, 100, f"Titel: Antwoord {number}").text(45, 770, f"pagina {number} van 2")
    document = read(by_twos(made.bytes()), "aanvraag.pdf")
    body = [block.text for block in document.blocks if isinstance(block, Paragraph) and not block.location.part]
    assert body == ["Titel: Antwoord 1", "Titel: Antwoord 2"]


def test_a_booklet_is_read_by_the_numbers_of_its_pages():
    document = read(by_twos(drawn(*ROWS[:4]), (3, 0, 1, 2)), "aanvraag.pdf")
    assert said(document) == list(ROWS[:4])
    assert "in de volgorde van hun nummers" in document.notes[0]


@pytest.mark.parametrize(("count", "order"), [(4, (3, 0, 1, 2)), (3, (None, 0, 1, 2))])
def test_a_booklet_without_numbers_is_read_as_it_is_folded(count, order):
    data = drawn(*ROWS[:count], numbered=False, title="Aanvraagformulier")
    document = read(by_twos(data, order), "aanvraag.pdf")
    assert said(document) == list(ROWS[:count])
    assert document.notes == (
        "De bladzijden liggen zoals in een boekje dat nog te vouwen is; ze zijn in die volgorde gelezen.",
        APART,
    )


def test_sheets_in_their_own_order_are_no_booklet():
    document = read(by_twos(drawn(*ROWS[:4], numbered=False, title="Aanvraagformulier")), "aanvraag.pdf")
    assert said(document) == list(ROWS[:4])
    assert document.notes == (APART,)


def wide(*tables, line=""):
    """Draw a page that is wider than high with tables on it, each from one place to another."""
    made = Drawn(height=400)
    for first, (left, right) in enumerate(tables):
        made.grid([left, (left + right) / 2, right], [100, 130])
        made.text(left + 5, 120, f"Vraag {first}").text((left + right) / 2 + 5, 120, "Antwoord")
    return made.text(60, 60, line).bytes()


@pytest.mark.parametrize(
    "data",
    [
        wide(
            (40, 280), (320, 560), line="Dit zinnetje loopt over het midden van het hele blad, van links naar rechts."
        ),
        wide((40, 560)),
        wide((40, 280)),
    ],
)
def test_a_page_that_is_wide_itself_is_read_whole(data):
    assert read(data, "bijlage.pdf").notes == ()


def test_a_label_and_its_answer_on_both_sides_of_a_wide_page_stay_on_one_line():
    made = Drawn(height=400)
    for number in range(1, 4):
        made.text(60, 60 + 20 * number, f"Vraag {number}:").text(340, 60 + 20 * number, f"Antwoord {number}")
    document = read(made.bytes(), "aanvraag.pdf")
    assert "Vraag 1: Antwoord 1" in document.blocks[0].text


@pytest.mark.parametrize("around", [(20,), (20, 26)])
def test_a_border_around_each_page_is_no_table(around):
    def bordered(page):
        for inset in around:
            page.contents_add(b" q %d %d %d %d re S Q" % (inset, inset, 600 - 2 * inset, 800 - 2 * inset))

    data = drawn(*ROWS)
    document, plain = read(changed(data, bordered), "aanvraag.pdf"), read(data, "aanvraag.pdf")
    assert said(document) == list(ROWS)
    assert [p.text for p in paragraphs(document.blocks)] == [p.text for p in paragraphs(plain.blocks)]


def test_a_frame_around_each_page_of_a_sheet_is_no_table():
    assert said(read(by_twos(drawn(*ROWS), framed=True), "aanvraag.pdf")) == list(ROWS)


def test_an_answer_that_fills_a_page_stays_in_its_cell():
    made = Drawn().text(45, 60, "Titel").page().grid([40, 560], [60, 750]).text(45, 80, "Een lang antwoord")
    document = read(made.bytes(), "aanvraag.pdf")
    assert said(document) == [("Een lang antwoord",)]


@pytest.mark.requires_soffice
def test_answers_without_lines_on_both_halves_of_a_sheet_are_given():
    """They were doubtful: those on the right half seemed to stand in a column of their own."""
    made = Drawn().text(45, 60, "D. Omgevingsanalyse", size=16, font="Helvetica-Bold")
    made.text(45, 100, "Kwantitatieve analyse", size=12, font="Helvetica-Bold").text(45, 120, "Veel cijfers.")
    made.text(45, 770, "pagina 1 van 2").page()
    made.text(45, 100, "Kwalitatieve analyse", size=12, font="Helvetica-Bold").text(45, 120, "Veel gesprekken.")
    made.text(45, 770, "pagina 2 van 2")
    answers = extract(read(by_twos(made.bytes()), "a.pdf"), call().form, call()).answers
    for name, text in (("kwantitatieve_analyse", "Veel cijfers."), ("kwalitatieve_analyse", "Veel gesprekken.")):
        assert (answers[name].text, answers[name].state) == (text, State.GIVEN)


@pytest.mark.parametrize("lay", [lambda data: data, by_twos])
def test_a_row_that_goes_on_on_the_other_half_of_a_sheet_is_one_row(lay):
    """It was two, given, where both halves lie on one sheet."""
    made = Drawn().text(45, 40, "K. Planning, monitoring en evaluatie", size=16, font="Helvetica-Bold")
    made.text(45, 65, "Mijlpalen", size=13, font="Helvetica-Bold").grid([40, 200, 260, 360, 560], [100, 130, 760])
    rows = (
        (120, ("Mijlpaal", "Actie", "Datum", "Resultaat")),
        (750, ("Opening", "A1", "1/3/2023", "Het wijkpunt is open en")),
    )
    for y, texts in rows:
        for x, text in zip((45, 205, 265, 365), texts, strict=True):
            made.text(x, y, text)
    made.text(45, 780, "pagina 1 van 2").page()
    made.grid([40, 200, 260, 360, 560], [30, 60]).text(365, 50, "bekend in de wijk.")
    made.text(45, 780, "pagina 2 van 2")
    (row,) = extract(read(lay(made.bytes()), "a.pdf"), call().form, call()).answers["mijlpalen"].rows
    assert "bekend in de wijk." in row.cells["resultaat"].text


def test_a_print_of_libreoffice_on_half_as_many_sheets_says_the_same(tmp_path):
    word = WordFile()
    word.line("Aanvraagformulier", "Title")
    for place, (label, answer) in enumerate(ROWS):
        word.line(f"{place + 1}. {label}", "Heading 1")
        word.table([[label, answer], ["Toelichting", " ".join(["Muide-Meulestede wijkcontract"] * 150)]], [5, 12])
    plain = printed(tmp_path, word.bytes(), UseTaggedPDF=True)
    whole, halves = read(plain, "aanvraag.pdf"), read(by_twos(plain), "aanvraag.pdf")
    assert whole.pages == 2 * halves.pages
    assert said(halves) == said(whole)
    assert [p.text for p in paragraphs(halves.blocks)] == [p.text for p in paragraphs(whole.blocks)]
