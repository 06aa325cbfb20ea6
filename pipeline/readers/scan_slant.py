"""Tell a picture that was taken at a slant: the upright rulings at its left and at its right run apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.errors import Reason, Unreadable

_APART = 0.8
"""Degrees that upright rulings at the left and at the right may differ."""
_BREAK = 45
"""Dots of 150 to the inch between two pieces of one ruling, at most."""
_ASIDE = 2.5
"""Dots that a piece may lie beside the ruling that it goes on with."""
_LONG = 6
"""A ruling counts from this part of the height of the page: a shorter one leans by chance."""
_ENOUGH = 4
"""Part of the height of the page that the rulings of one side have together at least."""
_SIDE = 0.45
"""Part of the width of the page that is its left or its right."""


class Stroke(NamedTuple):
    """A piece of an upright ruling: how far down and how far from the left one end is, and the other."""

    top: float
    left: float
    bottom: float
    right: float


def check_parallel(strokes: Sequence[Stroke], size: tuple[int, ...]) -> None:
    """Refuse a page whose upright rulings run apart.

    Args:
        strokes: the pieces of its upright rulings, in dots of 150 to the inch.
        size: height and width of the page, in the same dots.

    Raises:
        Unreadable: PHOTO.
    """
    height, width = size[:2]
    rulings = [ruling for ruling in _joined(strokes) if _length(ruling) * _LONG >= height]
    sides = (
        [ruling for ruling in rulings if _middle(ruling) < _SIDE * width],
        [ruling for ruling in rulings if _middle(ruling) > (1 - _SIDE) * width],
    )
    if any(sum(map(_length, side)) * _ENOUGH < height for side in sides):
        return
    left, right = (_usual_slope(side) for side in sides)
    if abs(left - right) > _APART:
        raise Unreadable(Reason.PHOTO, "de lijnen op het papier lopen niet evenwijdig")


def _joined(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Put pieces together that go on in one line."""
    rulings: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        for ruling in rulings:
            gap = stroke.top - ruling[-1].bottom
            expected = ruling[-1].right + gap * _lean(ruling)
            if -_BREAK < gap < _BREAK and abs(stroke.left - expected) <= _ASIDE:
                ruling.append(stroke)
                break
        else:
            rulings.append([stroke])
    return rulings


def _lean(ruling: Sequence[Stroke]) -> float:
    """Give how far to the right a ruling goes for each dot down."""
    return (ruling[-1].right - ruling[0].left) / max(1.0, ruling[-1].bottom - ruling[0].top)


def _length(ruling: Sequence[Stroke]) -> float:
    return ruling[-1].bottom - ruling[0].top


def _middle(ruling: Sequence[Stroke]) -> float:
    return (ruling[-1].right + ruling[0].left) / 2


def _usual_slope(rulings: Sequence[Sequence[Stroke]]) -> float:
    """Give the slope, in degrees, that half of the length of some rulings goes beyond."""
    import numpy as np

    slopes = sorted((float(np.degrees(np.arctan(_lean(ruling)))), _length(ruling)) for ruling in rulings)
    half = sum(length for _slope, length in slopes) / 2
    for slope, length in slopes:
        half -= length
        if half <= 0:
            return slope
    return slopes[-1][0]
