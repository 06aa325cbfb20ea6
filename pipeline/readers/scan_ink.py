"""Tell ink from paper on a scanned page, and take the rulings out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.readers.pdf_rulings import Drawing, ruled
from pipeline.readers.scan_cut import cut_off
from pipeline.readers.scan_erase import Pieces, erase
from pipeline.readers.scan_line import DOUBLE, HALF, Line
from pipeline.readers.scan_rulings import SURE_LEVEL, SURE_UPRIGHT, Lines
from pipeline.readers.scan_shades import sides_of
from pipeline.readers.scan_sides import without_sides
from pipeline.readers.scan_slant import check_parallel

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_AROUND = 51
_DARKER = 20
"""How much darker than its surroundings ink is."""
_HALF_UP = 0.01
"""Makes a half of a grey level a whole one; the levels lie sixteenths apart."""


@dataclass(frozen=True, slots=True)
class Inked:
    """A page with its rulings apart."""

    white: Grey
    """The page without its rulings."""
    pieces: Pieces
    """Its ink, rulings left out."""
    drawing: Drawing


def find_ink(white: Grey) -> Grey:
    """Give where there is ink, in whatever grey: what is darker, a little smoothed, than its surroundings.

    The steps by themselves give to the dot what cv2's Gaussian blur and adaptive threshold do, in half of their time.
    """
    import cv2
    import numpy as np

    weights = np.array((0.25, 0.5, 0.25))
    smooth = cv2.sepFilter2D(white, -1, weights, weights, delta=_HALF_UP)
    around = cv2.boxFilter(smooth, -1, (_AROUND, _AROUND), borderType=cv2.BORDER_REPLICATE)
    darker = cv2.subtract(around, smooth, dst=around)
    return cv2.threshold(darker, _DARKER - 1, 255, cv2.THRESH_BINARY, dst=darker)[1]


def without_rulings(white: Grey, ink: Grey, light: Grey) -> Inked:
    """Find the rulings of a page and take them out, but for the strokes of letters that cross them.

    Args:
        white: the page, its paper white.
        ink: where there is ink on it.
        light: how light its paper is: where a shaded cell ends lies a ruling, be it as pale as the shade.
    """
    import cv2

    small = cv2.resize(white, None, fx=1 / HALF, fy=1 / HALF, interpolation=cv2.INTER_AREA)
    level, upright = Lines(small), Lines(cv2.transpose(small))
    check_parallel(upright.leaning(), small.shape)
    check_parallel(level.leaning(), small.T.shape)
    rows = level.longer(SURE_LEVEL)
    columns = upright.longer(SURE_UPRIGHT)
    sides = sides_of(light)
    rows += level.beside_shades(sides[0], rows, columns)
    columns += upright.beside_shades(sides[1], columns)
    columns = upright.trimmed([*columns, *upright.between(rows, columns)], rows)
    rows += level.between(columns, rows)
    columns = upright.trimmed([*columns, *upright.between(rows, columns)], rows)
    columns += cut_off(upright.loose(rows, columns), columns, rows, len(small))
    grown = True
    while grown:  # what one goes on to may itself be what another has to reach
        added = upright.going_on(columns, rows)
        columns += added
        grown = bool(also := level.going_on(rows, columns))
        rows += also
    rows = without_sides(sides[0], rows, columns)
    rows, columns = [row.snapped(columns) for row in rows], [column.snapped(rows) for column in columns]
    white, ink = white.copy(), ink.copy()
    pieces = erase(white, ink, rows, columns, (level.labels, upright.labels))
    drawing = ruled([line.ruling for line in _apart(rows)], [line.ruling for line in _apart(columns)])
    return Inked(white, pieces, drawing)


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Leave out, of what lies right beside longer lines, all that they cover: an edge of a shade, a double ruling."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.length):
        covered = any(line.covered_by(other, DOUBLE) for other in kept)
        kept += line.without([other for other in kept if line.is_near(other)]) if covered else [line]
    return kept
