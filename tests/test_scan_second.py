"""Figures on a scan are read twice: what two readings say alike is surer, and what they say differently is doubtful."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.extract.certainty import enough
from pipeline.readers import read
from pipeline.readers.scan_second import read_again
from pipeline.readers.scan_strip import MARGIN, OUTSIDE, Strip
from pipeline.readers.scan_words import Read
from pipeline.values import FieldType
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf

pytestmark = pytest.mark.requires_tesseract


def line(text: str, font: str = "Helvetica") -> Strip:
    """Give a line of text as it comes from a scan."""
    (page,) = Scanner(300).scan(Drawn().text(55, 96, text, font=font).page().bytes())
    grey = np.asarray(page)
    rows, columns = np.nonzero(grey < 128)
    left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    picture = np.clip(grey[top:bottom, left:right].astype(float) / 0.94, 0, 255).astype(np.uint8)
    picture = cv2.copyMakeBorder(picture, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255)
    return Strip(OUTSIDE, 0, int(left) - MARGIN, int(top) - MARGIN, int(right), int(bottom), picture, 3.0)


def spread(strip: Strip, said: str) -> list[Read]:
    """Give a text as it was read for sure, its words set evenly over a line."""
    words, at = [], strip.left + 10
    step = (strip.right - at) / len(said)
    for text in said.split():
        right = at + round(step * len(text))
        words.append(Read(text, at, strip.ink_top, right, strip.bottom, 0.999))
        at = right + round(step)
    return words


def again(written: str, first: list[str], sure: float = 0.97) -> list[float]:
    """Give how sure the words of a first reading are after the second, all of them set evenly over the line."""
    strip = line(written)
    step = (strip.right - strip.left) / len(" ".join(first))
    words, at = [], 0
    for text in first:
        left = strip.left + MARGIN + round(at * step)
        words.append(Read(text, left, strip.top, left + round(len(text) * step), strip.bottom, sure))
        at += len(text) + 1
    (read_,) = read_again([strip], [words])
    assert [word.text for word in read_] == first
    return [word.sure for word in read_]


@pytest.mark.parametrize("written", ["€ 326.000,00", "17/03/2021", "BE68 5390 0754 7034"])
def test_figures_that_two_readings_say_alike_are_surer(written):
    figures = [sure for sure, word in zip(again(written, written.split()), written.split(), strict=True) if word != "€"]
    assert min(figures) == pytest.approx(0.997)


@pytest.mark.parametrize(
    ("written", "first"),
    [("326.000,00", "826.000,00"), ("17/03/2021", "11/03/2021"), ("3 op 4", "3op4"), ("BE68 5390", "BEG8 5390")],
)
def test_figures_that_were_misread_are_doubtful_after_the_second_reading(written, first):
    assert again(written, first.split())[0] < enough(FieldType.TEXT)


def test_words_without_figures_are_left_as_they_are():
    assert again("Muide beweegt", ["Muide", "beweegt"]) == [0.97, 0.97]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize("dpi", [200, 300])
def test_a_code_is_never_silently_a_word(font, dpi):
    drawn = Drawn().grid([50, 220, 550], [80, 104, 128])
    for number, code in enumerate(["A1", "A11"]):
        drawn.text(55, 96 + 24 * number, "Actie").text(225, 96 + 24 * number, code, font=font)
    document = read(as_pdf(Scanner(dpi).scan(drawn.page().bytes()), dpi), "scan.pdf")
    for row, code in zip(document.blocks[0].rows, ["A1", "A11"], strict=True):
        (paragraph,) = row[1].blocks
        assert paragraph.text == code or paragraph.confidence < 0.5
