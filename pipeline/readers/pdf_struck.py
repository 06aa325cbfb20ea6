"""Doubt the words of a page through which a line is drawn: they still stand there, and were withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.lines import struck
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_rulings import Ruling

_LOWEST, _HIGHEST = 0.12, 0.5
"""Where a line goes through letters: above their baseline, in parts of their size. Programs draw it at 0.2 to 0.35, a
rule under words stands below the baseline, and one above them over the whole size."""
_LARGEST = 40.0
"""Points; no answer is set larger."""
_LEAST = 3.0
"""Points of a word that the line crosses at least: half a digit counts too, and «☒ Ja» is one word."""


def doubt_struck(levels: Levels, lines: Sequence[Ruling]) -> None:
    """Doubt each word that a level line crosses."""
    for line in lines:
        for word in levels.between(line.at, line.at + _HIGHEST * _LARGEST):
            if _LOWEST * word.style.size <= word.base - line.at <= _HIGHEST * word.style.size:
                crossed = min(word.right, line.end) - max(word.left, line.start)
                if crossed >= _LEAST:
                    word.doubt = word.doubt or struck()
