"""Tell digits in superscript from those of a number, though pdfium gives both alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.readers.lines import raised
from pipeline.readers.pdf_glyphs import Glyphs

if TYPE_CHECKING:
    from pipeline.readers.pdf_text import Word

_SMALLER = 0.85
"""Of the size of the letters beside it, that a digit in superscript has at most."""
_RAISED = 0.1
"""Of that size, by which it stands above their line at least."""
_BEHIND = 0.4
"""Of their size, by which it stands behind them at most."""


def _is_raised(size: float, base: float, other: float, foot: float) -> bool:
    """Tell whether text of another size is smaller and stands higher: in superscript."""
    return other < _SMALLER * size and _RAISED * size < base - foot < size


def with_raised(glyphs: Glyphs, text: str, first: int) -> str:
    """Give a word that ends in digits in superscript with these as they are: «800.000²» is not 800.0002."""
    size, base, end = glyphs.piece(first).style.size, glyphs.origin(first)[1], len(text)
    while end > 1 and text[end - 1].isdecimal():
        last = first + end - 1
        if not _is_raised(size, base, glyphs.piece(last).style.size, glyphs.origin(last)[1]):
            break
        end -= 1
    return text[:end] + raised(text[end:])


def is_mark(before: Word, word: Word) -> bool:
    """Tell whether a word stands in superscript right behind another."""
    near = -0.5 < word.left - before.right < _BEHIND * before.style.size
    return near and _is_raised(before.style.size, before.base, word.style.size, word.base)
