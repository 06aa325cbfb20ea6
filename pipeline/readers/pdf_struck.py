"""Doubt the words of a page through which a line is drawn: they still stand there, and were withdrawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from pipeline.readers.lines import struck
from pipeline.readers.pdf_rulings import Ruling
from pipeline.readers.pdf_text import Word

_BY_BASE = attrgetter("base")
_LOWEST, _HIGHEST = 0.12, 0.5
"""Where a line goes through letters: above their baseline, in parts of their size. Programs draw it at 0.2 to 0.35, a
rule under words stands below the baseline, and one above them over the whole size."""
_LARGEST = 40.0
"""Points; no answer is set larger."""
_LEAST = 3.0
"""Points of a word that the line crosses at least: half a digit counts too, and «☒ Ja» is one word."""


def doubt_struck(words: Sequence[Word], lines: Sequence[Ruling]) -> None:
    """Doubt each word that a level line crosses."""
    at = sorted(words, key=_BY_BASE)
    bases = [word.base for word in at]
    for line in lines:
        first = bisect_left(bases, line.at)
        last = bisect_right(bases, line.at + _HIGHEST * _LARGEST)
        for word in at[first:last]:
            if _LOWEST * word.style.size <= word.base - line.at <= _HIGHEST * word.style.size:
                crossed = min(word.right, line.end) - max(word.left, line.start)
                if crossed >= _LEAST:
                    word.doubt = word.doubt or struck()
