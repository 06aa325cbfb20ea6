"""Find where the paper of a scanned page turns grey or white along a straight line: the sides of shaded cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_numbers import numbered
from pipeline.readers.scan_tones import quantile

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

SHADED = 0.965
"""Lightness of a shaded cell against white paper, at most."""
_LONG_LEVEL, _LONG_UPRIGHT = 40, 14
"""Dots of 75 to the inch that a side is long at least: longer than a word, as high as a row."""

_STEP = 2
"""Dots at each side of a turn over which it is spread."""
_TURN = 0.028
"""How much the paper turns darker or lighter there at least, against white."""
_HIGHEST = 8
"""Dots that a level side is high at most: it is spread, and may lean a little."""


class Side(NamedTuple):
    """A straight side of a shade: where it lies, and where it starts and ends, in dots of the picture of the paper."""

    at: float
    start: float
    end: float


def sides_of(light: Grey) -> tuple[list[Side], list[Side]]:
    """Give the level and the upright sides of the shades of a page.

    Args:
        light: how light its paper is, at a quarter of 300 dots to the inch.
    """
    import numpy as np

    paper = quantile(light, 0.95)
    return _level(light, paper, _LONG_LEVEL), _level(np.ascontiguousarray(light.T), paper, _LONG_UPRIGHT)


def _level(light: Grey, paper: float, long: int) -> list[Side]:
    """Give the level sides that are long enough."""
    import cv2
    import numpy as np

    steps = cv2.absdiff(light[2 * _STEP :], light[: -2 * _STEP])
    turns = cv2.threshold(steps, _TURN * paper, 255, cv2.THRESH_BINARY)[1]
    runs = cv2.morphologyEx(turns, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    _count, _labels, stats, centres = numbered(runs)
    return [
        Side(float(centre[1]) + _STEP, float(left), float(left + across))
        for (left, _top, across, high, _area), centre in zip(stats[1:].tolist(), centres[1:], strict=True)
        if high <= _HIGHEST
    ]
