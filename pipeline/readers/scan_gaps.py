"""Hold the words of a scanned line against the white between its ink: where that is, and nowhere else, stands a space.

Tesseract joins «3 op 4» to «3op4» and «30p4», and parts a name at its low line, «bijlage _3.pdf», or leaves that out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_strip import MARGIN
from pipeline.readers.scan_type import base_of, size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_SPACE = 0.19
"""White between letters that is a space, as a share of the size of the type: a narrow one is 0.22, and a letter and a
figure that follow each other leave 0.12 at most."""
_BESIDE_ONE = 0.17
"""So much white the figure 1 has at its sides, in faces that give all figures the same width."""
_JOINED = 0.17
"""White at a slash, at most, that is no space: «https: //», «en /of»."""
_WIDER = 2.5
"""Times the usual white between the letters of a word that a space is at least: of some faces all white is wide."""
_FURTHER = 1.27
"""Times the usual step from figure to figure that there is where a space stands between two: it is 1.35 at least, and
what a figure stands aside of its middle makes it 1.12 at most."""
_STEPS = 2
"""Steps from figure to figure that show which is usual, at least."""
_LOW_LINE = 0.3
"""How wide a low line is at least where no letter hangs over it."""
_THIN = 0.15
"""How thick it is at most."""
_UNDER = 1.0
"""How far it goes on at most under the letters beside it; the rest of a ruling between two tails goes on further."""
_ABOVE = 0.06
"""How far above the line on which letters stand it may begin, for a page that leans."""
_SUNK = 0.06
"""How far under that line it ends at least; the foot of «L» ends on it."""
_TALL = 0.95
"""How high the ink of a line is at most, as a share of the size of its type."""
_WITH_THE_FIRST = 0.9999
"""How sure the other parts of a word are once its first is right: what tesseract says holds for the whole word."""
_NEAR = 0.6
"""How far a low line lies from the end of a word, as a share of the size: one with a figure behind it lies further."""
_SHORTENED = re.compile(r"0\.(?:[a-z]\.)+[.,;:]?")
"""An abbreviation of which the first letter was read as a nought."""

Span = tuple[int, int]
"""Where ink starts and ends, in dots from the left of the page."""


class Whites(NamedTuple):
    """What the ink of a line tells of its spaces."""

    spans: list[Span]
    """Its pieces, between which there is white from top to bottom."""
    low_lines: list[Span]
    size: float
    """The size of its type, in dots; 0 when it cannot be told."""


def whites_of(strip: Strip, words: Sequence[Read]) -> Whites:
    """Measure the white of a line.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    import cv2

    spans = _runs(cv2.reduce(strip.ink, 0, cv2.REDUCE_MAX)[0], strip.left)
    measured = size_of(strip, words).dots
    if not measured:
        return Whites(spans, [], 0.0)
    size = max(measured, (strip.bottom - strip.ink_top) * _TALL)
    return Whites(spans, _low_lines(strip, base_of(strip, words), size), size)


def respaced(whites: Whites, words: Sequence[Read]) -> list[Read]:
    """Give words of a line, left to right, with the spaces that its ink has, where that can be told."""
    if not words or not whites.size:
        return list(words)
    apart = [part for word in _clipped(words) for part in _parted(word, whites.spans, whites.size)]
    whole = [_with_letters(word) for word in _without_spaces(apart, whites.spans, whites.size)]
    return _joined(whole, whites.low_lines, whites.size)


def _clipped(words: Sequence[Read]) -> list[Read]:
    """Give words of which none reaches over the next: tesseract draws its boxes wide."""
    ends = [*(after.left for after in words[1:]), None]
    return [
        word if end is None or not word.left < end < word.right else word._replace(right=end)
        for word, end in zip(words, ends, strict=True)
    ]


def _runs(ink: Grey, left: int) -> list[Span]:
    import numpy as np

    edges = np.nonzero(np.diff(np.concatenate(([0], ink.astype(np.int8), [0]))))[0] + left
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _parted(word: Read, spans: Sequence[Span], size: float) -> list[Read]:
    """Part a word at the white in it, where each of its signs is a piece of ink by itself."""
    text = word.text
    held = [span for span in spans if word.left <= (span[0] + span[1]) / 2 <= word.right]
    if len(text) == 1 or len(held) != len(text):
        return [word]
    gaps = [after[0] - before[1] for before, after in pairwise(held)]
    figures = any(sign.isdigit() for sign in text)
    far = _far_figures(text, held)
    pieces = [0]
    for number, gap in enumerate(gaps, start=1):
        ones = text[number - 1 : number + 1].count("1")
        marked = any(not sign.isalnum() and sign not in "€%" for sign in text[number - 1 : number + 1])
        wide = gap >= (_SPACE + _BESIDE_ONE * ones) * size or (gap >= _SPACE * size and number in far)
        if wide and not marked and (figures or _stands_out(gap, gaps)):
            pieces.append(number)
    if len(pieces) == 1:
        return [word]
    bounds = [*pieces, len(text)]
    return [
        word._replace(
            text=_of_one_kind(text[start:end]),
            left=held[start][0],
            right=held[end - 1][1],
            sure=_WITH_THE_FIRST if start else word.sure,
        )
        for start, end in pairwise(bounds)
    ]


def _stands_out(gap: int, gaps: Sequence[int]) -> bool:
    """Tell whether there is far more white in one place of a word than in most."""
    return len(gaps) > _STEPS and gap >= _WIDER * max(1.0, median(gaps))


def _far_figures(text: str, held: Sequence[Span]) -> set[int]:
    """Give before which figures of a word there is more than a step: all figures of most faces are as wide."""
    steps = {
        number: sum(held[number]) - sum(held[number - 1])
        for number in range(1, len(text))
        if text[number - 1 : number + 1].isdigit()
    }
    if len(steps) <= _STEPS:
        return set()
    usual = median(steps.values())
    return {number for number, step in steps.items() if step >= _FURTHER * usual}


def _without_spaces(words: Sequence[Read], spans: Sequence[Span], size: float) -> list[Read]:
    """Join words at a slash where there is no white between their ink."""
    done: list[Read] = []
    for word in words:
        before = done[-1] if done else None
        slash = before is not None and "/" in {before.text[-1], word.text[0]}
        if before is not None and slash and _white(before, word, spans) < _JOINED * size:
            done[-1] = _as_one(before, "", word)
        else:
            done.append(word)
    return done


def _as_one(before: Read, between: str, after: Read) -> Read:
    """Give two words as one, no surer than either."""
    return before._replace(
        text=before.text + between + after.text,
        top=min(before.top, after.top),
        right=after.right,
        bottom=max(before.bottom, after.bottom),
        sure=min(before.sure, after.sure),
    )


def _white(before: Read, after: Read, spans: Sequence[Span]) -> float:
    """Give how much white there is between two words, in dots."""
    middle = (before.right + after.left) / 2
    left = max((span[1] for span in spans if (span[0] + span[1]) / 2 < middle), default=middle)
    right = min((span[0] for span in spans if (span[0] + span[1]) / 2 >= middle), default=middle)
    return right - left


def _of_one_kind(text: str) -> str:
    """Give a piece of a word with the letter o for a nought among small letters: «0p» is «op»."""
    letters = text.replace("0", "o")
    return letters if letters.isalpha() and letters.islower() and not text.isdigit() else text


def _with_letters(word: Read) -> Read:
    """Give a word with the letter o for a nought that opens an abbreviation: «0.a.» is «o.a.»."""
    return word._replace(text=f"o{word.text[1:]}") if _SHORTENED.fullmatch(word.text) else word


def _low_lines(strip: Strip, base: float, size: float) -> list[Span]:
    """Give where a low line stands by itself: wide and thin ink under the line of the letters, and none above it."""
    import numpy as np

    ink = strip.ink[MARGIN:-MARGIN, MARGIN:-MARGIN] > 0
    under = max(0, round(base - _ABOVE * size) - strip.top - MARGIN)
    low = np.any(ink[under:], axis=0) & ~np.any(ink[:under], axis=0)
    found = []
    for start, end in _runs(low, 0):
        if end - start >= _LOW_LINE * size:
            rows = np.nonzero(ink[:, start:end].any(axis=1))[0]
            sunk = strip.top + MARGIN + rows[-1] + 1 - base >= _SUNK * size
            thin = rows.size <= _THIN * size + 2
            if sunk and thin and _further(np.any(ink[rows], axis=0), start, end) <= _UNDER * size:
                found.append((start + strip.left + MARGIN, end + strip.left + MARGIN))
    return found


def _further(row: Grey, start: int, end: int) -> int:
    """Give how far a low line goes on under the letters at its sides."""
    first, last = next(run for run in _runs(row, 0) if run[0] <= start < run[1])
    return last - first - (end - start)


def _joined(words: Sequence[Read], lines: Sequence[Span], size: float) -> list[Read]:
    """Join words between which a low line stands."""
    done: list[Read] = []
    for word in words:
        before = done[-1] if done else None
        if before is not None and any(_stands_between(line, before, word, size) for line in lines):
            bare = before.text.endswith("_") or word.text.startswith("_")
            done[-1] = _as_one(before, "" if bare else "_", word)
        else:
            done.append(word)
    return done


def _stands_between(line: Span, before: Read, after: Read, size: float) -> bool:
    """Tell whether a low line stands where one word ends and the next begins."""
    middle = (line[0] + line[1]) / 2
    return before.right - _NEAR * size <= middle <= after.left + _NEAR * size
