"""Hold the figures of a scanned line against the pieces of their ink: «12 %» came as «2 %», and «34» as «4»."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low
from typing import TYPE_CHECKING, TypeAlias

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
_BESIDE_EACH_OTHER = 3
"""Signs of a number, at least, that show where most of them stand."""
_BESIDE = 0.05
"""So much of that white stands beside the first and the last."""
_WIDE, _WIDE_ONE = 0.62, 0.58
"""How wide the ink of one figure is at most, and that of the figure 1."""
_SINKS = 0.08
"""How much lower than the signs beside it the ink of a figure with a comma against it reaches at least."""
_STANDING = frozenset("01268")
"""The figures that stand on the line in every face."""
_LOW = frozenset(".,-")
_LACKING = 0.4
"""How sure a number is at most that has fewer figures than there is ink for."""


Span: TypeAlias = tuple[int, int]
"""Where ink starts and ends, in dots from the left of the page."""


def doubt_figures(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the numbers of a line that stand on more ink than their figures take.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    if not any(sign.isdigit() for word in words for sign in word.text):
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
        lost = word.text.isdigit() and (_take_more(own, len(word.text), size) or _touch(word.text, own, size))
        lost = lost or _hides_comma(word.text, own, strip, size)
        done.append(word._replace(sure=min(word.sure, _LACKING)) if lost else word)
    return done


def _take_more(ink: Sequence[Span], count: int, size: float) -> bool:
    """Tell whether ink is in more pieces, or wider, than so many figures are."""
    return bool(ink) and (len(ink) > count or ink[-1][1] - ink[0][0] > (_WIDEST * count - _BESIDE) * size)


def _touch(text: str, ink: Sequence[Span], size: float) -> bool:
    """Tell whether a piece of ink is too wide to be one figure: «11», of which the feet touch, came as «1»."""
    return len(ink) == len(text) and any(
        end - start > (_WIDE_ONE if sign == "1" else _WIDE) * size for (start, end), sign in zip(ink, text, strict=True)
    )


def _hides_comma(text: str, ink: Sequence[Span], strip: Strip, size: float) -> bool:
    """Tell whether a figure reaches as far down as a comma: «1,30», of which the comma touches the 1, came as «130»."""
    held = [(sign, then) for sign, then in zip(text, f"{text[1:]} ", strict=True) if sign not in _LOW]
    signs = [sign for sign, _then in held]
    if len(ink) != len(signs) or len(ink) < _BESIDE_EACH_OTHER or not all(s.isdigit() or s == "€" for s in signs):
        return False
    feet = [_foot(span, strip) for span in ink]
    usual = median_low(feet)
    return any(
        foot - usual > _SINKS * size and sign in _STANDING and then != ","
        for foot, (sign, then) in zip(feet, held, strict=True)
    )


def _foot(span: Span, strip: Strip) -> int:
    """Give where the ink that starts and ends there ends below, in dots from the top of the line."""
    return int(
        max(
            top + high
            for left, top, wide, high in strip.spots.tolist()
            if span[0] <= strip.left + left + wide / 2 <= span[1]
        )
    )


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


def spans_of(strip: Strip, word: Read, size: float) -> list[Span]:
    """Give where the figures of a number start and end, left to right; those that touch as one."""
    return _own(strip, [word], size)


def _own(strip: Strip, words: Sequence[Read], size: float) -> list[Span]:
    """Give the pieces of ink that are as high as figures where words were read."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    return [span for span in _tall(strip, size) if left <= sum(span) / 2 <= right]


def _tall(strip: Strip, size: float) -> list[Span]:
    """Give where the pieces of ink that are as high as figures start and end, in dots from the left of the page."""
    spans: list[Span] = []
    for left, _top, wide, high in sorted(strip.spots.tolist()):
        if high < _TALL * size:
            continue
        start, end = strip.left + left, strip.left + left + wide
        if spans and (start + end) / 2 < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans
