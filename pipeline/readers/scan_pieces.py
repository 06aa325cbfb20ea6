"""Cut out of a line of a scan what is read again: its unsure words, up to the white beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_brackets import BOXES, take_brackets
from pipeline.readers.scan_gaps import Span, Whites
from pipeline.readers.scan_strip import MARGIN

if TYPE_CHECKING:
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_SPACE = 0.2
"""White between two words at the least where a line is cut, as a share of its height."""


class Piece(NamedTuple):
    """Words of a line that are read again together, from the first to before the last."""

    line: int
    first: int
    last: int
    strip: Strip
    """Their picture, as high as the line, without the boxes that are typed in it."""


def cut(line: int, strip: Strip, whites: Whites, words: Sequence[Read], wanted: Collection[int]) -> Iterator[Piece]:
    """Give the pieces of a line that hold the wanted words, each as few words as can be cut out.

    One with signs comes with the words at its sides, unless all else in it is figures.

    Args:
        line: its number.
        strip: its picture.
        whites: what its ink tells of its spaces.
        words: as they were read, left to right.
        wanted: numbers of words.
    """
    if not wanted:
        return
    held = {*wanted, *(at + step for at in wanted if _needs_others(words[at].text) for step in (-1, 1))}
    least = _SPACE * (strip.bottom - strip.ink_top)
    gaps = [_gap(whites.spans, before, after, least) for before, after in pairwise(words)]
    first = 0
    for last, gap in enumerate([*gaps, None], start=1):
        inside = any(at in held for at in range(first, last))
        if last < len(words) and (gap is None or (last - 1 in held and last in held)):
            continue
        if inside:
            part = _part(strip, gaps[first - 1] if first else None, gap)
            if any(word.text in BOXES for word in words[first:last]):
                part = replace(part, picture=take_brackets(part.picture)[0])
            yield Piece(line, first, last, part)
        first = last


def _needs_others(text: str) -> bool:
    """Tell whether a word is read better with those at its sides.

    Alone «a.i.» came as «ai.», «C++» as «CH» and «2021-07-01.pdf» as «2021-07-0L.pdf».
    """
    return not text.isalnum() and (any(map(str.isalpha, text)) or not any(map(str.isdigit, text)))


def _gap(spans: Sequence[Span], before: Read, after: Read, least: float) -> Span | None:
    """Give the white between two words, nearest to where they were read to part; None where there is too little."""
    low, high = (before.left + before.right) / 2, (after.left + after.right) / 2
    edge = (before.right + after.left) / 2
    whites = [(one[1], other[0]) for one, other in pairwise(spans) if other[0] - one[1] >= least]
    between = [white for white in whites if low < (white[0] + white[1]) / 2 < high]
    return min(between, key=lambda white: abs((white[0] + white[1]) / 2 - edge), default=None)


def _part(strip: Strip, before: Span | None, after: Span | None) -> Strip:
    """Give the part of a line between two gaps, with its margins."""
    import cv2

    if before is None and after is None:
        return strip
    left = strip.left if before is None else before[1] - 3
    right = strip.left + strip.picture.shape[1] if after is None else after[0] + 3
    part = strip.picture[:, left - strip.left : right - strip.left]
    borders = (0 if before is None else MARGIN, 0 if after is None else MARGIN)
    picture = cv2.copyMakeBorder(part, 0, 0, *borders, cv2.BORDER_CONSTANT, value=255)
    return replace(strip, left=left - borders[0], right=min(strip.right, right), picture=picture)
