"""Find the boxes that are typed as brackets, «[ ]» and «[x]», on a line of a scan: tesseract reads them as letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_outlines import places_of

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

BOXES = frozenset({"[ ]", "[x]"})
"""What they say."""
_HIGH = (20, 90)
"""Dots that a bracket is high."""
_WIDE = (0.12, 0.5)
"""Its width as a share of its height."""
_STEM = 0.93
"""Share of its height that its stem is ink."""
_SERIF = 0.6
_BARE = 0.1
"""Share of ink at the side where it is open, at most."""
_LEVEL = 4
"""Dots that the two may differ in height and in place."""
_INSIDE = (0.2, 1.7)
"""Width between the two as a share of their height."""
_ALONE = 0.27
"""Share of its height that is white at both sides of a box: «ll» in «O'Reilly» was taken for one."""

_STROKE = 0.2
"""Share of ink at the least in the corners of a cross, and twice that in its middle."""
_GAP = 0.15
"""Share of ink at the most in the middle of its sides."""


class Typed(NamedTuple):
    """A box that was typed: where it stands on its line, in dots, and what it says."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


def take_brackets(picture: Grey) -> tuple[Grey, list[Typed]]:
    """Give the boxes that are typed on a line, and its picture without them."""
    import numpy as np

    ink = (picture < (int(picture.min()) + 255) // 2).astype(np.uint8)
    pieces = places_of(ink)
    wide, high = pieces[:, 2], pieces[:, 3]
    likely = (high >= _HIGH[0]) & (high <= _HIGH[1]) & (wide >= _WIDE[0] * high) & (wide <= _WIDE[1] * high)
    found: list[Typed] = []
    opened: tuple[int, int, int, int] | None = None
    for number in sorted(np.nonzero(likely)[0], key=lambda number: int(pieces[number][0])):
        left, top, across, down = (int(value) for value in pieces[number][:4])
        place = ink[top : top + down, left : left + across]
        if not _has_ends(place) and not _has_ends(place[:, ::-1]):
            continue  # most letters: that spares looking at it apart from what else lies there
        shape = _whole(place)
        if _opens(shape):
            opened = (left, top, left + across, top + down)
        elif opened is not None and _opens(shape[:, ::-1]):
            said = _said(ink, opened, (left, top, left + across, top + down))
            if said and _stands_alone(ink, opened, (left, top, left + across, top + down)):
                bottom = max(opened[3], top + down)
                found.append(Typed(said, opened[0], min(opened[1], top), left + across, bottom))
            opened = None
    if not found:
        return picture, []
    bare = picture.copy()
    for box in found:
        bare[max(0, box.top - 2) : box.bottom + 2, max(0, box.left - 2) : box.right + 2] = 255
    return bare, found


def _whole(place: Grey) -> Grey:
    """Give the dots of the piece that takes a whole place; of others a part may lie there as well."""
    import cv2

    high, wide = place.shape
    labels, stats = cv2.connectedComponentsWithStats(place, connectivity=8)[1:3]
    own = next(number for number, piece in enumerate(stats) if number and tuple(piece[:4]) == (0, 0, wide, high))
    shape: Grey = labels == own
    return shape


def _opens(shape: Grey) -> bool:
    """Tell whether a piece of ink is a bracket that opens."""
    high, wide = shape.shape
    between = shape[high // 4 : high - high // 4, wide - max(1, wide // 3) :]
    return _has_ends(shape) and bool(between.mean() <= _BARE)


def _has_ends(shape: Grey) -> bool:
    """Tell whether ink has a stem at its left, and a short line above and below; that of «1» is in its middle."""
    high, wide = shape.shape
    if shape[:, : wide // 4 + 1].sum(axis=0).max() < _STEM * high:
        return False
    ends = (shape[: high // 6 + 1, wide // 2 :], shape[high - high // 6 - 1 :, wide // 2 :])
    return all(end.sum(axis=1).max() >= _SERIF * (wide - wide // 2) for end in ends)


def _said(ink: Grey, one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> str:
    """Give what a pair of brackets says; empty when it is no box."""
    high = one[3] - one[1]
    if abs(one[1] - other[1]) > _LEVEL or abs(one[3] - other[3]) > _LEVEL:
        return ""
    if not _INSIDE[0] * high <= other[0] - one[2] <= _INSIDE[1] * high:
        return ""
    inside = ink[one[1] : one[3], one[2] : other[0]]
    if not inside.any():
        return "[ ]"
    return "[x]" if _is_cross(inside) else ""


def _stands_alone(ink: Grey, one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Tell whether a pair of brackets is no part of a word."""
    away = max(1, round(_ALONE * (one[3] - one[1])))
    before = ink[one[1] : one[3], max(0, one[0] - away) : one[0]]
    after = ink[other[1] : other[3], other[2] : other[2] + away]
    return not before.any() and not after.any()


def _is_cross(inside: Grey) -> bool:
    """Tell whether there are two strokes from corner to corner, and nothing else."""
    import numpy as np

    rows, columns = np.nonzero(inside)
    cross = inside[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    high, wide = cross.shape
    if min(high, wide) < _HIGH[0] // 3 or high > 2.5 * wide:
        return False

    def share(top: float, left: float, size: float) -> float:
        part = cross[round(top * high) : round((top + size) * high), round(left * wide) : round((left + size) * wide)]
        return float(part.mean()) if part.size else 0.0

    corners = [share(top, left, 0.35) for top in (0, 0.65) for left in (0, 0.65)]
    sides = [share(0, 0.4, 0.2), share(0.8, 0.4, 0.2), share(0.4, 0, 0.2), share(0.4, 0.8, 0.2)]
    return min(corners) >= _STROKE and share(0.3, 0.3, 0.4) >= 2 * _STROKE and max(sides) <= _GAP
