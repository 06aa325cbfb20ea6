"""Scanned tables whose outer border is not drawn read as those that have one."""

from __future__ import annotations

import pytest
from reportlab.lib.colors import black, lightgrey

from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf
from tests.test_pdf_sides import CARD, INNER, LIST, made
from tests.test_read_pdf_drawn import rows, running

LEFT = ("LINEBEFORE", (0, 0), (0, -1), 0.5, black)
RIGHT = ("LINEAFTER", (-1, 0), (-1, -1), 0.5, black)
TOP = ("LINEABOVE", (0, 0), (-1, 0), 0.5, black)
BOTTOM = ("LINEBELOW", (0, -1), (-1, -1), 0.5, black)
LABELS = ("BACKGROUND", (0, 0), (0, -1), lightgrey)
HEADER = ("BACKGROUND", (0, 0), (-1, 0), lightgrey)


def scanned(data):
    return read(as_pdf(Scanner(dpi=200).scan(data), dpi=200), "scan.pdf")


@pytest.mark.parametrize(
    ("style", "part"),
    [
        ([TOP, BOTTOM], CARD),
        ([TOP, BOTTOM, LEFT], CARD),
        ([TOP, BOTTOM, RIGHT], LIST),
        ([LABELS], CARD),
        ([LABELS], CARD[:2]),
        ([HEADER], LIST),
        ([HEADER], LIST[:2]),
    ],
    ids=["sides", "right", "left", "shaded labels", "two shaded labels", "shaded header", "one row under a header"],
)
def test_a_table_of_which_sides_lack_reads_as_rows(style, part):
    assert rows(scanned(made([*INNER, *style], "Deel A", part))) == part


def test_a_rule_that_runs_on_beside_a_scanned_table_makes_no_cells_there():
    page = Drawn().grid([50, 200, 400], [40, 70, 100])
    page.canvas.line(400, 800 - 100, 550, 800 - 100)
    page.text(55, 58, "Naam").text(205, 58, "Gent").text(420, 95, "Dienst Wijken")
    document = scanned(page.page().bytes())
    assert rows(document) == [["Naam", "Gent"], ["", ""]]
    assert [each.text for each in running(document)] == ["Dienst Wijken"]
