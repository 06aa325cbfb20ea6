"""Hold the figures of a scanned line against the pieces of their ink: «12 %» came as «2 %», and «34» as «4»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_type import size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_TALL = 0.4
"""How high the ink of a figure is at least, as a share of the size of the type; stops and dashes are lower."""
_HIGH = 0.72
"""How high the ink of a line of figures is at most: tesseract may draw the box of one far too small."""
_WIDEST = 0.7
"""How wide a figure is at most, with the white beside it."""
_BESIDE = 0.05
"""So much of that white stands beside the first and the last."""
_LOW = frozenset(".,-")
_LACKING = 0.4
"""How sure a number is at most that has fewer figures than there is ink for."""


def doubt_figures(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the numbers of a line that stand on more ink than their figures take.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    if not any(word.text.isdigit() for word in words):
        return list(words)
    measured = size_of(strip, words).dots
    if not measured:
        return list(words)
    size = max(measured, (strip.bottom - strip.ink_top) / _HIGH)
    spans = _tall(strip, size)
    done = []
    for at, word in enumerate(words):
        start = (words[at - 1].right + word.left) / 2 if at else strip.left
        end = (word.right + words[at + 1].left) / 2 if at + 1 < len(words) else strip.right
        own = [span for span in spans if start <= sum(span) / 2 <= end]
        lost = word.text.isdigit() and _take_more(own, len(word.text), size)
        done.append(word._replace(sure=min(word.sure, _LACKING)) if lost else word)
    return done


def _take_more(ink: Sequence[tuple[int, int]], count: int, size: float) -> bool:
    """Tell whether ink is in more pieces, or wider, than so many figures are."""
    return bool(ink) and (len(ink) > count or ink[-1][1] - ink[0][0] > (_WIDEST * count - _BESIDE) * size)


def is_too_short(text: str, strip: Strip, words: Sequence[Read]) -> bool:
    """Tell whether a number has fewer figures than there is ink for where words were read."""
    size = size_of(strip, words).dots
    return bool(size) and text.isdigit() and _take_more(_own(strip, words, size), len(text), size)


def is_explained(text: str, strip: Strip, words: Sequence[Read]) -> bool:
    """Tell whether a number has as many figures and slashes as there are pieces of ink where words were read."""
    if not text or not all(sign.isdigit() or sign == "/" or sign in _LOW for sign in text):
        return False
    size = size_of(strip, words).dots
    if not size:
        return False
    return len(_own(strip, words, size)) == sum(sign not in _LOW for sign in text)


def spans_of(strip: Strip, word: Read, size: float) -> list[tuple[int, int]]:
    """Give where the figures of a number start and end, left to right; those that touch as one."""
    return _own(strip, [word], size)


def _own(strip: Strip, words: Sequence[Read], size: float) -> list[tuple[int, int]]:
    """Give the pieces of ink that are as high as figures where words were read."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    return [span for span in _tall(strip, size) if left <= sum(span) / 2 <= right]


def _tall(strip: Strip, size: float) -> list[tuple[int, int]]:
    """Give where the pieces of ink that are as high as figures start and end, in dots from the left of the page."""
    spans: list[tuple[int, int]] = []
    for left, _top, wide, high in sorted(strip.spots.tolist()):
        if high < _TALL * size:
            continue
        start, end = strip.left + left, strip.left + left + wide
        if spans and (start + end) / 2 < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans
