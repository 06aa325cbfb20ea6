"""Turn the coordinates of a page into points from its top left corner, as it is shown."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, NamedTuple

from pipeline.document import Box
from pipeline.readers.scan_turn import Turn

_QUARTER = math.pi / 2
_LOOKED_AT = 40
"""Letters of a page that tell which way it is to be read."""
_MOST = 0.6
"""Share of them that must say the same."""


class Frame(NamedTuple):
    """How the coordinates of a page become points from its top left corner, as it is shown."""

    width: float
    height: float
    turn: int
    """Quarter turns clockwise."""
    left: float
    bottom: float
    right: float
    top: float

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Give a box as it is shown: left, top, right, bottom."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def turn_upright(page: Any, text_page: Any) -> int:
    """Turn a page so that most of its letters stand upright as it is shown; give by how many quarters, clockwise.

    Somebody turned the page in a viewer, or printed it sideways. The angle that pdfium gives is that on the page before
    it is turned for the screen.
    """
    import pypdfium2.raw as pdfium

    from pipeline.readers.pdf_calls import char_angle

    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return 0
    places = range(0, count, max(1, count // _LOOKED_AT))
    shown = pdfium.FPDFPage_GetRotation(page)
    turns: Counter[int] = Counter()
    for place in places:
        angle = char_angle(text_page, place)
        if angle >= 0:
            turn = round(-angle / _QUARTER) % 4
            turns[turn] += 1
            if turn == shown and 2 * turns[turn] > len(places):
                return 0  # as nearly all pages: more than half of them stand upright as it is
    if not turns:
        return 0
    (turn, letters), *_others = turns.most_common(1)
    quarters: int = (turn - shown) % 4
    if letters < _MOST * turns.total() or not quarters:
        return 0
    pdfium.FPDFPage_SetRotation(page, turn)
    return quarters


def as_it_was(frame: Frame, quarters: int) -> Turn | None:
    """Give what takes a place on a page that was turned so far to that on the page before; None when it was not."""
    if not quarters:
        return None
    turn, width, height = Turn(), frame.width, frame.height
    for _quarter in range(4 - quarters):
        turn, width, height = turn.then(Turn.right(height)), height, width
    return turn


def frame_of(page: Any) -> Frame:
    """Give the frame of a page."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return frame_of_box((box.left, box.bottom, box.right, box.top), pdfium.FPDFPage_GetRotation(page) % 4)


def frame_of_box(box: Box, turn: int) -> Frame:
    """Give the frame of a page that shows this box of its coordinates: left, bottom, right, top."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if turn % 2:
        width, height = height, width
    return Frame(width, height, turn, left, bottom, right, top)
