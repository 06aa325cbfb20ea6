"""Find the check boxes on a scanned page, printed or ticked by hand, and take them out of its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_marks import FILLED, Tick, judged
from pipeline.readers.scan_outlines import places_of

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_SMALLEST, _LARGEST = 24, 90
"""Dots of a side: from a box in small print to one of 7 mm."""
_WHOLE = 0.92
"""Share of a side that is ink."""
_NEARLY = 0.84
_THICK = 0.2
"""Share of a box that one of its sides may take; the stem of a letter takes more."""
_SQUARE = 0.22
"""How much wider than high a box may be, or higher than wide."""
_LETTER = 0.15
"""How much narrower than high a bold letter may be that stands apart; a box is drawn square."""
_NARROWER = 0.1
"""How much narrower than high a bold letter is."""
_BESIDE = 0.4
"""Share of its width within which the next letter stands beside a bold one, and nothing beside a box."""
_BARE, _BARE_UNDER_CROSS = 30, 20
"""Per cent of a side over which no mark runs, at the least; a thick cross from corner to corner leaves less."""
_AROUND = 14
"""Dots at both sides of the side of a box within which its thickness is measured."""
_MOST_PLACES = 4000
"""Places at which a covered box is looked for on a page."""


def find_boxes(white: Grey, ink: Grey) -> list[Tick]:
    """Find the check boxes of a page, and take them, with the marks in them, out of its ink."""
    squares = _squares(ink)
    for size in sorted({round((right - left + bottom - top) / 2) for left, top, right, bottom in squares}):
        squares += _covered(ink, size, squares)
    return [judged(square, white, ink) for square in sorted(squares, key=lambda square: (square[1], square[0]))]


def _covered(ink: Grey, size: int, known: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Find the boxes of a size that the page has, under marks that run over their sides."""
    import cv2
    import numpy as np

    thickest = 2 + min(max(_rims(ink, square)) for square in known)
    inked = cv2.threshold(ink, 0, 1, cv2.THRESH_BINARY)[1]
    across, down = (
        cv2.dilate(_counted(inked, window), near)
        for window, near in (((size, 1), np.ones((3, 1), np.uint8)), ((1, size), np.ones((1, 3), np.uint8)))
    )
    height, width = ink.shape[0] - size, ink.shape[1] - size
    sides = cv2.min(
        cv2.min(across[:height, :width], across[size - 1 : size - 1 + height, :width]),
        cv2.min(down[:height, :width], down[:height, size - 1 : size - 1 + width]),
    )
    found: list[tuple[int, int, int, int]] = []
    tops, lefts = np.nonzero(sides >= _WHOLE * size)
    for number in np.argsort(-sides[tops, lefts].astype(np.int16), kind="stable")[:_MOST_PLACES]:
        left, top = int(lefts[number]), int(tops[number])
        square = (left, top, left + size, top + size)
        if any(_overlap(square, other) for other in (*known, *found)):
            continue
        if (
            _has_corners(ink, square)
            and _is_thin(ink, square, thickest, _BARE_UNDER_CROSS)
            and not _is_of_table(ink, square)
        ):
            found.append(square)
    return found


def _counted(inked: Grey, window: tuple[int, int]) -> Grey:
    """Count the dots of ink in a window right of and below each place; a box is small enough to count them in bytes."""
    import cv2

    counted: Grey = cv2.boxFilter(inked, -1, window, anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return counted


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rims(ink: Grey, square: tuple[int, int, int, int], bare: int = _BARE) -> list[float]:
    """Give how thick each side of a square is, where no mark runs over it; the strokes of a letter are thicker.

    Args:
        ink: of the page.
        square: where the sides lie.
        bare: per cent of a side over which no mark runs, at the least.
    """
    import numpy as np

    left, top, right, bottom = square
    if min(left, top, ink.shape[1] - right, ink.shape[0] - bottom) < _AROUND:
        return [float(right - left)] * 4
    slabs = (
        ink[top - _AROUND : top + _AROUND, left:right].T,
        ink[bottom - _AROUND : bottom + _AROUND, left:right][::-1].T,
        ink[top:bottom, left - _AROUND : left + _AROUND],
        ink[top:bottom, right - _AROUND : right + _AROUND][:, ::-1],
    )
    return [float(np.percentile([_run(line) for line in slab], bare)) for slab in slabs]


def _is_thin(ink: Grey, square: tuple[int, int, int, int], thickest: float, bare: int = _BARE) -> bool:
    """Tell whether a level and an upright side of a square are thin; a mark may run over the others."""
    top, bottom, left, right = _rims(ink, square, bare)
    return max(min(top, bottom), min(left, right)) <= thickest


def _run(line: Grey) -> int:
    """Give how many dots of ink lie together at the middle of a line across a side."""
    at = next((place for place in (_AROUND, _AROUND + 1, _AROUND - 1) if line[place]), None)
    if at is None:
        return 0
    start, end = at, at
    while start > 0 and line[start - 1]:
        start -= 1
    while end + 1 < len(line) and line[end + 1]:
        end += 1
    return end + 1 - start


def _is_of_table(ink: Grey, square: tuple[int, int, int, int]) -> bool:
    """Tell whether a square lies in the corner of a table, or is solid: one of its sides goes on far."""
    left, top, right, bottom = square
    size = right - left
    beyond = (
        ink[y - 1 : y + 2, x : x + size].max(axis=0, initial=0)
        for y in (top + 1, bottom - 2)
        for x in (max(0, left - size), right)
    )
    above = (
        ink[y : y + size, x - 1 : x + 2].max(axis=1, initial=0)
        for x in (left + 1, right - 2)
        for y in (max(0, top - size), bottom)
    )
    return any(side.size and float((side > 0).mean()) > _NEARLY for side in (*beyond, *above))


def _squares(ink: Grey) -> list[tuple[int, int, int, int]]:
    """Find squares whose four sides are drawn in full: left, top, right, bottom of their outer edge."""
    import cv2
    import numpy as np

    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _SMALLEST - 4), np.uint8))
    lines = places_of(runs)
    lines = lines[(lines[:, 2] >= _SMALLEST - 4) & (lines[:, 2] <= _LARGEST + 12) & (lines[:, 3] <= 14)]
    tops = lines[:, 1]
    found: list[tuple[int, int, int, int]] = []
    for left, top, width, _height in lines.tolist():
        if any(x0 - 4 <= left <= x1 and y0 - 4 <= top <= y1 for x0, y0, x1, y1 in found):
            continue
        first = int(np.searchsorted(tops, top + (1 - _SQUARE) * width - 6))
        last = int(np.searchsorted(tops, top + (1 + _SQUARE) * width + 6))
        for under, below, other, high in lines[first:last].tolist():
            if abs(under - left) <= 4 and abs(under + other - left - width) <= 4:
                square = _edges(ink, (left, top, left + width, below + high))
                if square is not None and _is_drawn(ink, square):
                    found.append(square)
                    break
    return found


def _edges(ink: Grey, rough: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Give where the sides of a box are drawn, to the dot."""
    import numpy as np

    left, top, right, bottom = rough
    columns = (ink[top + 3 : bottom - 3, max(0, left - 5) : right + 6] > 0).mean(axis=0)
    rows = (ink[max(0, top - 4) : bottom + 5, left + 3 : right - 3] > 0).mean(axis=1)
    across, down = np.nonzero(columns > _NEARLY)[0], np.nonzero(rows > _NEARLY)[0]
    if not (len(across) and len(down)):
        return None
    x, y = max(0, left - 5), max(0, top - 4)
    return x + int(across[0]), y + int(down[0]), x + int(across[-1]) + 1, y + int(down[-1]) + 1


def _is_drawn(ink: Grey, square: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = square
    width, height = right - left, bottom - top
    if not (_SMALLEST <= width <= _LARGEST and abs(width - height) <= _SQUARE * max(width, height)):
        return False
    side = ink[top + height // 4 : bottom - height // 4, left : left + width // 3] > 0
    solid = float((ink[top:bottom, left:right] > 0).mean()) > FILLED
    if not solid and side.all(axis=0).sum() > _THICK * width:
        return False
    if min(_sides(ink, square)) < _WHOLE or not _has_corners(ink, square) or _goes_on(ink, square):
        return False
    if solid:
        return height - width <= _LETTER * height and not _is_in_word(ink, square)
    return _is_thin(ink, square, _THICK * width + 2)


def _is_in_word(ink: Grey, square: tuple[int, int, int, int]) -> bool:
    """Tell a bold letter, of which the holes are small, from a box filled all over: narrow, and others beside it."""
    left, top, right, bottom = square
    width, height = right - left, bottom - top
    reach = max(3, round(_BESIDE * width))
    beside = (ink[top:bottom, right : right + reach], ink[top:bottom, max(0, left - reach) : left][:, ::-1])
    inked = [side.max(axis=0, initial=0) > 0 for side in beside]
    return height - width > _NARROWER * height and any(bool((side[1:] & ~side[:-1]).any()) for side in inked)


def _has_corners(ink: Grey, square: tuple[int, int, int, int]) -> bool:
    """Tell a box from a round letter."""
    left, top, right, bottom = square
    corners = (ink[y : y + 4, x : x + 4] for y in (top, bottom - 4) for x in (left, right - 4))
    return all(corner.any() for corner in corners)


def _goes_on(ink: Grey, square: tuple[int, int, int, int]) -> bool:
    """Tell whether a side goes on past its corner, as in a letter and in a row of boxes for one figure each."""
    left, top, right, bottom = square
    thick = max(3, (right - left) // 11)
    beyond = [ink[y : y + 4, x : x + thick] for y in (max(0, top - 6), bottom + 2) for x in (left, right - thick)] + [
        ink[y : y + thick, x : x + 4] for y in (top, bottom - thick) for x in (max(0, left - 6), right + 2)
    ]
    return any(piece.size and float((piece > 0).mean()) > _NEARLY for piece in beyond)


def _sides(ink: Grey, square: tuple[int, int, int, int]) -> list[float]:
    """Give for each side of a square how much of it is ink."""
    left, top, right, bottom = square
    rim = max(2, (right - left) // 16)  # letters are round, and leave it
    left_, top_ = max(0, left - 1), max(0, top - 1)
    bands = (
        ink[top_ : top + rim, left:right],
        ink[bottom - rim : bottom + 1, left:right],
        ink[top:bottom, left_ : left + rim].T,
        ink[top:bottom, right - rim : right + 1].T,
    )
    return [float((band.max(axis=0) > 0).mean()) if band.size else 0.0 for band in bands]
