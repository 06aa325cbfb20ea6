"""Where the texts of a row end on a page tells whether it can go on over the page break."""

import pytest

from pipeline.document import Cell, Document, Location, Paragraph, Source, Table
from pipeline.extract import extract
from tests.test_extract import DOUBTFUL, GIVEN, call

LINE = 12.0


def cell(text, page, top, lines):
    box = (50.0, top, 150.0, top + lines * LINE)
    place = Location("d.pdf", page=page, box=box)
    return Cell((Paragraph(text, place),) if text else (), place)


def goals(above, below):
    """Give the answer of a table that has a last row at the foot of page 1 and a first one at the top of page 2.

    Each is a list of texts, with how many lines they have and how many lines lower than their row they begin.
    """
    return joined(above, tuple(cell(text, 2, 80.0, lines) for text, lines, _lower in below))


def joined(above, first):
    """Give that answer, of the cells of the first row on page 2."""
    heads = ("Mijlpaal", "Nummer actie", "Datum", "Verwacht resultaat")
    header = tuple(cell(text, 1, 600.0, 1) for text in heads)
    last = tuple(cell(text, 1, 650.0 + lower * LINE, lines) for text, lines, lower in above)
    place = Location("d.pdf", page=1)
    tables = Table((header, last), place), Table((first,), Location("d.pdf", page=2), continues=True)
    heading = Paragraph("K. Planning, monitoring en evaluatie", place, level=1)
    document = Document(Source("d.pdf", "0" * 64, "application/pdf"), (heading, *tables))
    return extract(document, call().form, call()).answers["mijlpalen"]


ABOVE = [("Opening", 1, 0), ("A1", 1, 0), ("1/5/2022", 1, 0), ("Het wijkpunt is al", 6, 0)]
BELOW = [("Feest", 1, 0), ("", 0, 0), ("", 0, 0), ("Iedereen komt.", 1, 0)]


def test_a_text_that_was_done_lines_above_the_foot_of_the_page_goes_not_on():
    """Only the last cell may go on: «Feest» would have stood under «Opening», where five lines are free."""
    table = goals(ABOVE, BELOW)
    assert table.state is GIVEN
    assert [row.cells["mijlpaal"].value for row in table.rows] == ["Opening", "Feest"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param([("Opening", 5, 0), *ABOVE[1:]], BELOW, id="it fills the page"),
        pytest.param([("Opening", 3, 0), *ABOVE[1:]], [("Feest", 3, 0), *BELOW[1:]], id="three lines stay together"),
        pytest.param([("Opening", 1, 2.5), *ABOVE[1:]], BELOW, id="it stands in the middle of its cell"),
        pytest.param(ABOVE, [("", 0, 0), *BELOW[1:3], ("komt.", 1, 0)], id="only the long text goes on"),
    ],
)
def test_a_row_that_may_be_the_rest_of_the_last_is_doubtful(above, below):
    table = goals(above, below)
    states = {cell.state for row in table.rows for cell in row.cells.values()}
    assert DOUBTFUL in {table.state, *states}


def test_an_empty_cell_that_may_have_its_answer_on_the_page_above_says_not_that_its_row_has_ended():
    """The cells of which only the other page may tell what they say hold a doubt and no word."""
    place = Location("d.pdf", page=2, box=(50.0, 80.0, 150.0, 92.0))
    unknown = Cell((Paragraph("", place, unread="misschien één rij"),), place)
    table = joined(ABOVE, (unknown, unknown, unknown, cell("komt.", 2, 80.0, 1)))
    assert [row.cells["resultaat"].text for row in table.rows] == ["Het wijkpunt is al\nkomt."]
