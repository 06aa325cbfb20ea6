"""Take the rulings out of a scanned page, and leave what is written close to them, on them and through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_line import HALF, Line

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_NEAR = 8
"""Dots above and below the middle of a ruling within which it and its blurred edges lie."""
_WINDOW = 128
"""Dots of a ruling over which it is as dark: it may lean."""
_LETTER = 55
"""How much darker than the ruling a dot is that belongs to a letter."""
_WIDE = 12
"""Dots that a low line is wide at least."""
_CORNER = 17
"""Dots around the corner of a cell in which a shade leaves crumbs."""
_VARIES = 25
"""How much darker a ruling may be in one place than as a whole."""


def erase(white: Grey, ink: Grey, rows: Sequence[Line], columns: Sequence[Line], labels: Sequence[Grey]) -> None:
    """Take rulings out of a page, but for letters that touch them and strokes that go on at both sides.

    Args:
        white: the page, which is changed.
        ink: where there is ink on it, which is changed.
        rows: the level rulings.
        columns: the upright ones.
        labels: the pictures that hold their numbers, at half the size; the second lies on its side, as `columns` do.
    """
    import cv2
    import numpy as np

    level = _place(rows, labels[0], ink.shape)
    upright = _place(columns, labels[1], ink.T.shape)
    _erase(white, ink, rows, level, np.ascontiguousarray(upright.T))
    turned, inked = np.ascontiguousarray(white.T), np.ascontiguousarray(ink.T)
    _erase(turned, inked, columns, upright, np.ascontiguousarray(level.T))
    white[:], ink[:] = turned.T, inked.T
    corner = np.ones((_CORNER, _CORNER), np.uint8)
    corners = cv2.bitwise_and(cv2.dilate(level, corner), np.ascontiguousarray(cv2.dilate(upright, corner).T))
    _sweep(white, ink, cv2.bitwise_or(corners, cv2.bitwise_or(level, np.ascontiguousarray(upright.T))))


def _sweep(white: Grey, ink: Grey, place: Grey) -> None:
    """Take out the crumbs that are left where rulings lay: what is written there goes on beside them, or is wide."""
    import cv2
    import numpy as np

    count, labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    within = np.bincount(labels[place > 0], minlength=count)
    crumbs = (within == stats[:, 4]) & (stats[:, 2] < _WIDE)
    crumbs[0] = False
    swept = crumbs[labels]
    ink[swept] = 0
    white[swept] = 255


def _place(lines: Sequence[Line], labels: Grey, shape: tuple[int, ...]) -> Grey:
    """Give where rulings lie, with their blurred edges; of a ruling that was cut short nothing may be left."""
    import cv2
    import numpy as np

    numbers = [line.number for line in lines]
    kept = np.zeros(max([int(labels.max()), *numbers]) + 1, np.uint8)
    kept[numbers] = 255
    whole = cv2.resize(kept[labels], (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST)
    return cv2.dilate(whole, np.ones((7, 3), np.uint8))


def _erase(white: Grey, ink: Grey, lines: Sequence[Line], place: Grey, across: Grey) -> None:
    """Take out level rulings, which lie in a place; others lie across."""
    import cv2
    import numpy as np

    letters = np.zeros_like(ink)
    rest = np.full_like(white, 255)
    for line in lines:
        for there, left in _left(white, line):
            rest[there] = 255 - left
            letters[there] = np.where(left > _LETTER, ink[there], 0)
    alone = cv2.bitwise_and(place, cv2.bitwise_not(across))
    letters &= alone
    around = cv2.bitwise_or(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.bitwise_or(place, across))), letters)
    through = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((11, 1), np.uint8)) & ink & alone
    gone = place & ~through
    ink[:] = ink & ~gone
    np.copyto(white, np.uint8(255), where=gone > 0)
    np.copyto(white, rest, where=letters > 0)


def _left(white: Grey, line: Line) -> Iterator[tuple[tuple[slice, slice], Grey]]:
    """Give places along a ruling, and how much darker than the ruling each of their dots is."""
    import numpy as np

    middle = round((line.at + 0.5) * HALF)
    rows = slice(max(0, middle - _NEAR), middle + _NEAR + 1)
    start, end = max(0, round(line.start * HALF)), min(white.shape[1], round(line.end * HALF))
    dark = 255 - white[rows, start:end]
    if not dark.size:
        return
    whole = np.median(dark, axis=1)
    edged = np.pad(whole, 1, mode="edge")
    most = np.maximum(np.maximum(edged[:-2], edged[2:]), whole) + _VARIES
    for first in range(0, dark.shape[1], _WINDOW):
        part = dark[:, first : first + _WINDOW]
        ruling = np.minimum(np.median(part, axis=1), most)[:, None]
        left = np.clip(part - ruling, 0, 255).astype(np.uint8)
        yield (rows, slice(start + first, start + first + part.shape[1])), left
