"""Hold the figures of a scanned line against the dots under its signs: «24/7?» came as «24/72», by all readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_type import base_of, size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_DOT = (0.06, 0.2)
"""How wide and high the dot is at least and at most, as a share of the size of the type."""
_SQUARE = 1.5
"""Times as wide as high it is at most, or as high as wide."""
_FOOT = 0.06
"""How far from the line on which letters stand it ends at most."""
_HOOK = 0.3
"""How high what stands over it is at least: more than the upper dot of a colon."""
_GAP = 0.2
"""White between the two at most; under the arm of «7», where a stop may stand, there is more."""
_DOTTED = frozenset("?!")
_LACKING = 0.4
"""How sure a word is at most that has fewer of these signs."""


def doubt_asked(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the words with figures under which more dots stand than they were read with.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    size = size_of(strip, words).dots
    if not size or not any(map(_has_figures, words)):
        return list(words)
    middles = _dots(strip, base_of(strip, words), size)
    return [
        word._replace(sure=min(word.sure, _LACKING))
        if _has_figures(word)
        and sum(word.left <= middle <= word.right for middle in middles) > sum(sign in _DOTTED for sign in word.text)
        else word
        for word in words
    ]


def _has_figures(word: Read) -> bool:
    return any(sign.isdigit() for sign in word.text)


def _dots(strip: Strip, base: float, size: float) -> list[float]:
    """Give the middles of the dots with a hook or a stroke right above, in dots from the left of the page."""
    import numpy as np

    left, top, wide, high = strip.spots.T
    right, bottom = left + wide, top + high
    least, most = (share * size for share in _DOT)
    small = (np.minimum(wide, high) >= least) & (np.maximum(wide, high) <= most)
    dots = small & (np.maximum(wide, high) <= _SQUARE * np.minimum(wide, high))
    dots &= abs(strip.top + bottom - base) <= _FOOT * size
    middles = (left + right)[dots] / 2
    above = (left <= middles[:, None]) & (middles[:, None] <= right) & (high >= _HOOK * size)
    gaps = top[dots][:, None] - bottom
    found = (above & (gaps > 0) & (gaps <= _GAP * size)).any(axis=1)
    return [strip.left + float(middle) for middle in middles[found]]
