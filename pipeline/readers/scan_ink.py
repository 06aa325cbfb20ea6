"""Tell ink from paper on a scanned page, and take the rulings out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.readers.pdf_rulings import Drawing
from pipeline.readers.scan_rulings import DOUBLE, HALF, SURE_LEVEL, SURE_UPRIGHT, Line, Lines
from pipeline.readers.scan_slant import check_parallel

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_AROUND = 51
_DARKER = 20
"""How much darker than its surroundings ink is."""


@dataclass(frozen=True, slots=True)
class Inked:
    """A page with its rulings apart."""

    white: Grey
    """The page without its rulings."""
    ink: Grey
    """Where there is ink, rulings left out."""
    drawing: Drawing


def find_ink(white: Grey) -> Grey:
    """Give where there is ink, in whatever grey."""
    import cv2

    smooth = cv2.GaussianBlur(white, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER)


def without_rulings(white: Grey, ink: Grey) -> Inked:
    """Find the rulings of a page and take them out, but for the strokes of letters that cross them."""
    import cv2
    import numpy as np

    small = cv2.resize(white, None, fx=1 / HALF, fy=1 / HALF, interpolation=cv2.INTER_AREA)
    level, upright = Lines(small), Lines(np.ascontiguousarray(small.T))
    check_parallel(upright.leaning(), small.shape)
    check_parallel(level.leaning(), small.T.shape)
    rows = level.longer(SURE_LEVEL)
    columns = upright.longer(SURE_UPRIGHT)
    columns = upright.trimmed([*columns, *upright.between(rows, columns)], rows)
    rows += level.between(columns, rows)
    columns = upright.trimmed([*columns, *upright.between(rows, columns)], rows)
    columns += upright.going_on(columns, rows)
    rows += level.going_on(rows, columns)
    rows, columns = [row.snapped(columns) for row in rows], [column.snapped(rows) for column in columns]
    white, ink = white.copy(), ink.copy()
    _erase(white, ink, rows, level.labels, np.ones((7, 3), np.uint8), np.ones((11, 1), np.uint8))
    _erase(white, ink, columns, upright.labels.T, np.ones((3, 7), np.uint8), np.ones((1, 11), np.uint8))
    drawing = Drawing([line.ruling for line in _apart(rows)], [line.ruling for line in _apart(columns)], [], [], [])
    return Inked(white, ink, drawing)


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Leave out what lies right beside a longer line: the edge of a shade, the second of a double ruling."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.length):
        if not any(line.covered_by(other, DOUBLE) for other in kept):
            kept.append(line)
    return kept


def _erase(white: Grey, ink: Grey, lines: Sequence[Line], labels: Grey, around: Grey, across: Grey) -> None:
    """Take rulings out of a page, where they are not part of a stroke that goes on at both sides."""
    import cv2
    import numpy as np

    kept = np.zeros(int(labels.max()) + 1, np.uint8)
    kept[[line.number for line in lines]] = 255
    size = (ink.shape[1], ink.shape[0])
    place = cv2.dilate(cv2.resize(kept[labels], size, interpolation=cv2.INTER_NEAREST), around)
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(place))
    crossing = cv2.bitwise_and(cv2.morphologyEx(rest, cv2.MORPH_CLOSE, across), ink)
    gone = cv2.bitwise_and(place, cv2.bitwise_not(crossing))
    ink[:] = cv2.bitwise_and(ink, cv2.bitwise_not(gone))
    white[:] = cv2.bitwise_or(white, gone)
