"""Hold a scanned line against the stops and low lines on paper: «DEF.pdf» came as «DEF pdf»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_type import base_of, size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_lines import Strip
    from pipeline.readers.scan_words import Read

_INK = 150
"""Lightness below which a dot is ink."""
_STOP = (0.06, 0.2)
"""How wide and high a stop is at least and at most, as a share of the size of the type."""
_LINE = (0.35, 0.75)
"""How wide a low line is."""
_THIN = 0.13
"""How high it is at most."""
_FOOT = 0.06
"""How far from the line on which letters stand a stop ends at most, and a low line begins."""
_LOW = frozenset(".,;:!?_„‚")
_LEADER = "…"
_LACKING = 0.4
"""How sure a word is at most that lacks a stop: a speck of dust may stand there."""


def doubt_stops(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the words beside stops and low lines that a line has on paper and not in its text.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    text = "".join(word.text for word in words)
    size = size_of(strip, words).dots
    if not size or _LEADER in text:
        return list(words)
    found = _low_marks(strip, base_of(strip, words), size)
    if len(found) <= sum(sign in _LOW for sign in text):
        return list(words)
    bare = [at for at, word in enumerate(words) if not _LOW & set(word.text)]
    lacking = {min(range(len(words)), key=lambda at: _away(words[at], middle)) for middle in found}
    lacking = lacking & set(bare) or lacking
    return [word._replace(sure=min(word.sure, _LACKING)) if at in lacking else word for at, word in enumerate(words)]


def _away(word: Read, at: float) -> float:
    return max(word.left - at, at - word.right, 0.0)


def _low_marks(strip: Strip, base: float, size: float) -> list[float]:
    """Give where stops and low lines stand with nothing above them, in dots from the left of the page."""
    import cv2
    import numpy as np

    ink = (strip.picture < _INK).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    found = []
    for left, top, wide, high, _area in stats.tolist():
        foot = strip.top + top + high
        least, most = (share * size for share in _STOP)
        stop = least <= min(wide, high) and max(wide, high) <= most and abs(foot - base) <= _FOOT * size
        line = _LINE[0] * size <= wide <= _LINE[1] * size and high <= _THIN * size
        line = line and strip.top + top >= base - _FOOT * size
        middle = slice(left + wide // 4, left + wide - wide // 4)
        if (stop or line) and not ink[:top, middle].any():
            found.append(strip.left + left + wide / 2)
    return found
