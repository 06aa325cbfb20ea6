"""Hold the words of a scanned line against the signs «+» on paper: «info+wvc@gent.be» came as «infotwvc@gent.be»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_type import size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_SIDE = (0.25, 0.7)
"""How high and wide the sign is at least and at most, as a share of the size of the type."""
_SQUARE = 0.2
"""How much wider than high it is at most, or higher than wide."""
_BAR = 0.9
"""Share of its width, and of its height, that its bars are ink."""
_CORNER = 0.3
"""Share of its sides that its corners take, in which there is none."""
_LACKING = 0.4
"""How sure a word is at most that stands on more of these signs than it is read with."""
_LEAST = 7
"""Dots that the sign is high and wide at least: less may be dust."""


def doubt_plus(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the words that stand on more signs «+» than they are read with.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    size = size_of(strip, words).dots
    if not size:
        return list(words)
    middles = _middles(strip, size)
    if not middles:
        return list(words)
    return [
        word._replace(sure=min(word.sure, _LACKING))
        if sum(word.left <= middle <= word.right for middle in middles) > word.text.count("+")
        else word
        for word in words
    ]


def _middles(strip: Strip, size: float) -> list[float]:
    """Give where the signs of a line stand, in dots from the left of the page."""
    least, most = max(_LEAST, _SIDE[0] * size), _SIDE[1] * size
    return [
        strip.left + left + wide / 2
        for left, top, wide, high in strip.spots.tolist()
        if least <= min(wide, high)
        and max(wide, high) <= most
        and abs(wide - high) <= _SQUARE * max(wide, high)
        and _is_plus(strip.ink[top : top + high, left : left + wide])
    ]


def _is_plus(ink: Grey) -> bool:
    """Tell whether there is a bar from side to side through the middle, one from top to bottom, and nothing else."""
    high, wide = ink.shape
    upper, lower = slice(max(1, round(_CORNER * high))), slice(-max(1, round(_CORNER * high)), None)
    before, after = slice(max(1, round(_CORNER * wide))), slice(-max(1, round(_CORNER * wide)), None)
    if any(ink[y, x].any() for y in (upper, lower) for x in (before, after)):
        return False  # so are most letters, which is soon seen
    middle, centre = ink[high * 2 // 5 : high - high * 2 // 5], ink[:, wide * 2 // 5 : wide - wide * 2 // 5]
    return bool(min(middle.mean(axis=1).max(), centre.mean(axis=0).max()) >= _BAR)
