"""What is drawn by pen on a scanned form: boxes ticked, circled and corrected, words struck through, notes."""

from __future__ import annotations

import pytest

from pipeline.document import Document, Paragraph, paragraphs
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.scan_files import Pen, Scanner, as_pdf, circle, scribble, stroke, together

pytestmark = pytest.mark.requires_tesseract

SIDE = 9
"""Points of a printed box."""
UNTOUCHED = "Voorzitter"


def page(*pens: Pen, boxes: int = 8) -> Document:
    """Read a scan of a table: a row for each box, «☐ Ja» beside «Vraag n»; and one with a name."""
    drawn = Drawn()
    drawn.grid([50, 220, 550], [60 + 30 * row for row in range(boxes + 3)])
    for row in range(boxes):
        drawn.text(55, 80 + 30 * row, f"Vraag {row + 1}").text(245, 80 + 30 * row, "Ja")
        drawn.canvas.rect(230, 800 - (72 + 30 * row) - SIDE, SIDE, SIDE)
    drawn.text(55, 80 + 30 * boxes, UNTOUCHED).text(225, 80 + 30 * boxes, "Lieve Peeters")
    drawn.text(55, 110 + 30 * boxes, "Opmerking")
    return read(as_pdf(Scanner(200).scan(drawn.bytes(), [together(*pens)]), 200), "scan.pdf")


def answers(document: Document) -> dict[str, list[Paragraph]]:
    """Give what stands beside each label."""
    rows = [row for block in document.blocks for row in getattr(block, "rows", ())]
    return {row[0].text: list(paragraphs(row[1].blocks)) for row in rows}


def box(row: int, *points: tuple[float, float], thick: float = 1.2) -> Pen:
    """Draw in the box of a row; (0, 0) is its top left corner and (1, 1) its bottom right one."""
    return stroke(*((230 + SIDE * x, 72 + 30 * row + SIDE * y) for x, y in points), thick=thick)


def test_boxes_ticked_by_hand_are_read_however_the_mark_runs():
    marks = {
        1: together(box(0, (0.1, 0.1), (0.9, 0.9)), box(0, (0.9, 0.1), (0.1, 0.9))),
        2: box(1, (0.1, 0.5), (0.4, 0.9), (0.9, 0.1)),
        3: box(2, (0.1, 0.5), (0.4, 0.9), (1.5, -0.5)),
        4: together(box(3, (-0.4, -0.3), (1.3, 1.3)), box(3, (1.3, -0.3), (-0.3, 1.3))),
        5: box(4, (0.1, 0.2), (0.9, 0.3), (0.1, 0.5), (0.9, 0.6), (0.1, 0.8)),
        6: box(5, (-0.3, 0.4), (0.5, 1.2), (1.6, -0.6), thick=1.6),
    }
    found = answers(page(*marks.values()))
    said = {number: found[f"Vraag {number}"][0] for number in range(1, 9)}
    ticked = {number: paragraph.text.startswith("☒") for number, paragraph in said.items()}
    assert ticked == {number: number in marks for number in said}
    assert all(paragraph.text.split()[1:] == ["Ja"] for paragraph in said.values())
    # a box that is scribbled full may be ticked or corrected
    assert [number for number, paragraph in said.items() if paragraph.uncertain] == [5]


def test_no_letter_is_a_box_however_large():
    drawn = Drawn()
    drawn.canvas.rect(60, 800 - 60, 7, 7)
    for size in range(8, 24, 2):
        drawn.text(80, 40 + 4.4 * size**1.5, "Omgeving DOEL BHQO", size=size, font="Helvetica-Bold")
    said = " ".join(p.text for p in paragraphs(read(as_pdf(Scanner(200).scan(drawn.bytes()), 200), "scan.pdf").blocks))
    assert said.count("☐") == 1
    assert said.count("☒") == 0


def test_what_is_not_plainly_a_tick_is_doubted():
    pens = {
        1: circle(234, 72 + 4, 12, 10),
        2: circle(251, 76 + 30, 11, 9),
        3: together(*(box(2, (0, y / 10), (1, y / 10), thick=1.5) for y in range(11))),
        4: box(3, (0.46, 0.5), (0.54, 0.52)),
        5: together(box(4, (-1.3, 0.5), (-0.9, 1.0), (-0.3, 0))),
    }
    found = answers(page(*pens.values()))
    surely = [number for number in pens if not any(p.uncertain for p in found[f"Vraag {number}"])]
    # a mark beside the box is text beside the box, which makes the answer doubtful where it is made
    assert [(number, found[f"Vraag {number}"][0].text) for number in surely if number != 5] == []
    assert found["Vraag 5"][0].text.split() != ["☐", "Ja"]
    assert not any(p.uncertain for number in (6, 7, 8) for p in found[f"Vraag {number}"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_note_by_hand_is_never_an_empty_answer(seed):
    found = answers(page(scribble(230, 337, 262, 352, seed), boxes=8))
    assert found["Opmerking"]
    assert not any(p.uncertain for p in found[UNTOUCHED])


@pytest.mark.parametrize("ends", [((205, 230), (258, 420)), ((210, 230), (250, 420)), ((195, 230), (268, 420))])
def test_a_word_of_which_a_long_stroke_takes_a_letter_is_doubted(ends):
    (name, *_others) = answers(page(stroke(*ends, thick=1.6)))[UNTOUCHED]
    assert name.text.endswith("ve Peeters")
    assert name.text != "Lieve Peeters"
    assert name.uncertain


def test_an_answer_that_was_struck_through_is_doubted():
    found = answers(page(stroke((222, 316), (292, 318), thick=1.0)))
    assert any(p.uncertain for p in found[UNTOUCHED])
