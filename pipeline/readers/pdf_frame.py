"""Turn the coordinates of a page into points from its top left corner, as it is shown."""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.document import Box


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
