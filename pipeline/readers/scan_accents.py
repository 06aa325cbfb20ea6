"""Hold the words of a scanned line against the dots and accents above its letters: «Überfall» came as «Uberfall»."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_strip import Strip, once
from pipeline.readers.scan_type import base_of, size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_words import Read

_LOWEST = 0.45
"""How far above the line on which letters stand a mark ends at least, as a share of the size of the type."""
_FLAT = 0.27
"""How high a mark is at most."""
_WIDE = 0.5
"""How wide it is at most."""
_LEAST = 0.05
"""How high and wide it is at least: less is dust."""
_BROAD, _BROADER = 0.2, 1.8
"""How wide the dots of «ï» are at least that run together, and how many times as wide as high: a dot is round."""
_LETTER = 0.3
"""How high a letter under it is at least."""
_ASIDE = 0.15
"""How far beside that letter its middle lies at most: the dots of «ï» stand at both sides of it."""
_LACKING = 0.4
"""How sure a word is at most that lacks an accent: a speck of dust may stand there."""
_BELOW = frozenset(map(unicodedata.combining, "\N{COMBINING CEDILLA}\N{COMBINING OGONEK}\N{COMBINING DOT BELOW}"))
_PAIRS = frozenset('\N{COMBINING DIAERESIS}\N{COMBINING DOUBLE ACUTE ACCENT}"“”„«»')


def doubt_accents(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the words above which more dots and accents stand than they are read with."""
    lacking = unexplained(strip, words)
    return [word._replace(sure=min(word.sure, _LACKING)) if at in lacking else word for at, word in enumerate(words)]


def unexplained(strip: Strip, words: Sequence[Read]) -> set[int]:
    """Give the numbers of the words that have more dots and accents above their letters than their text has.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    size = size_of(strip, words).dots
    if not size:
        return set()
    held: dict[int, list[bool]] = {number: [] for number in range(len(words))}
    for middle, broad in _marks(strip, base_of(strip, words), size):
        held[min(held, key=lambda number: _away(words[number], middle))].append(broad)
    return {number for number, marks in held.items() if marks and not _explains(words[number].text, marks)}


def _explains(text: str, broad: Sequence[bool]) -> bool:
    """Tell whether a text has all the marks above its letters; two dots that run together are broad, and no dot."""
    count = _explained(text)
    dots = sum(letter in "ij" for letter in text)
    return len(broad) < count or (len(broad) == count and not (any(broad) and dots == count))


def _away(word: Read, at: float) -> float:
    return max(word.left - at, at - word.right, 0.0)


@once
def _marks(strip: Strip, base: float, size: float) -> Sequence[tuple[float, bool]]:
    """Give where small pieces of ink stand over a letter and touch nothing, in dots from the left; whether broad."""
    import numpy as np

    left, top, wide, high = strip.spots.T
    small = (high <= _FLAT * size) & (wide <= _WIDE * size) & (np.minimum(high, wide) >= max(2, _LEAST * size))
    bottom = top + high
    raised = strip.top + bottom <= base - _LOWEST * size
    letters = (high >= _LETTER * size) & (strip.top + bottom >= base - _FLAT * size)
    marks = np.flatnonzero(small & raised)
    middles = left[marks] + wide[marks] / 2
    first, top, last = left[letters], top[letters], (left + wide)[letters]
    beside = np.maximum(first - middles[:, None], middles[:, None] - last) <= _ASIDE * size
    above = (beside & (top >= bottom[marks, None])).any(axis=1)
    broad = wide[marks] >= np.maximum(_BROAD * size, _BROADER * high[marks])
    return list(zip((strip.left + middles[above]).tolist(), broad[above].tolist(), strict=True))


def _explained(text: str) -> int:
    """Count the dots and accents that stand above the letters of a text at most: signs may have one as well."""
    count = 0
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        accents = [mark for mark in apart[1:] if unicodedata.combining(mark) not in _BELOW]
        if accents:
            count += sum(2 if mark in _PAIRS else 1 for mark in accents)
        elif letter in "ij" or not letter.isalnum():
            count += 2 if letter in _PAIRS else 1
    return count
