"""Find the words beside the boxes of a page that stand out: highlighted, underlined, bold or coloured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.readers.colours import stands_out
from pipeline.readers.pdf_glyphs import Style
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_rulings import Drawing
from pipeline.readers.pdf_text import Word

_NEAR = 2.5
"""Points between the ends of words and those of what is drawn behind or beneath just them; a cell has more room."""
_SPACE = 4.0
"""Points that a space at the end of a line, which is underlined too, takes beside that."""
_LOW = 0.35
"""Sizes of the text: how far below its line words are underlined at most."""
_LARGEST = 40.0
"""Points; no answer is set larger."""
_HIGH = 2.0
"""Sizes of the text: how high what is drawn behind one line of it is at most."""


def drawn_at(levels: Levels, drawing: Drawing) -> frozenset[int]:
    """Give the words, by their first character, behind or beneath which something is drawn that is as long as they."""
    found: set[int] = set()
    shapes = [*drawing.shades, *((line.start, line.at, line.end, line.at) for line in drawing.level)]
    for left, top, right, bottom in shapes:
        near = levels.between(top - _LOW * _LARGEST if top == bottom else top, bottom + 1)
        held = [word for word in near if left - _NEAR < word.left and word.right < right + _NEAR]
        held = sorted((word for word in held if _is_at(word, top, bottom)), key=lambda word: word.left)
        if held and held[0].left - left < _NEAR and right - held[-1].right < _SPACE:
            found.update(word.first for word in held)
    return frozenset(found)


def _is_at(word: Word, top: float, bottom: float) -> bool:
    size = word.style.size
    return top - _LOW * size < word.base < top if top == bottom else bottom - top < _HIGH * size


def stretches(words: Sequence[Word], drawn: frozenset[int]) -> Iterator[str]:
    """Give the words of a line that stand out, those beside each other together."""
    for marked, group in groupby(words, key=lambda word: is_set_apart(word.style) or word.first in drawn):
        if marked:
            yield " ".join([word.text for word in group])


def is_set_apart(style: Style) -> bool:
    """Tell whether words of this look stand out by it: bold, or coloured."""
    return style.bold or stands_out(style.colour)
