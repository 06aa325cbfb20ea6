"""Put ligatures back in their words, where pdfium says that they stand elsewhere.

Of a glyph that stands for several letters, as «ﬁ», pdfium gives the place without the turn and scale of the form in
which it is drawn, though it does give the line on which it is drawn. Sheets with several pages are made of such forms.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_text import Word

_LIGATURES = frozenset(
    {"ff", "fi", "fl", "ffi", "ffl", "ft", "fj", "fb", "fh", "fk", "ti", "tt", "tf", "st", "ct", "Th"}
)
_SAME_LINE = 1.0
"""Points between the baselines of letters of one word at most."""
_NARROW = 0.75
"""Of the letters of its word, how wide those of a ligature are."""


def with_ligatures(words: list[Word], text_page: Any, frame: Frame) -> list[Word]:
    """Give the words of a page with the ligatures that stand on another line than the rest of their word put back.

    Args:
        words: in the order in which they were printed.
        text_page: of pdfium.
        frame: of the page.
    """
    places = [place for place, word in enumerate(words) if word.text in _LIGATURES and word.first >= 0]
    gone: set[int] = set()
    for place in places:
        word = words[place]
        before = words[place - 1] if place and place - 1 not in gone else None
        after = words[place + 1] if place + 1 < len(words) else None
        beside = [each for each in (before, after) if each is not None and _is_parted(word, each)]
        base = _drawn_at(word, text_page, frame) if beside else None
        found = [each for each in beside if base is not None and abs(each.base - base) < _SAME_LINE]
        if not found:
            continue
        if found[0] is before:
            _add(before, word)
            if found[-1] is after and after is not None:
                _add(before, after)
                gone.add(place + 1)
        elif after is not None:
            wide = _NARROW * len(word.text) * (after.right - after.left) / len(after.text)
            after.text, after.first = word.text + after.text, word.first
            after.left, after.starts_with = after.left - wide, wide / len(word.text)
        gone.add(place)
    return [word for place, word in enumerate(words) if place not in gone] if gone else words


def _is_parted(word: Word, beside: Word) -> bool:
    """Tell whether the letters of two words follow each other, and yet stand on two lines."""
    first, last = sorted((word, beside), key=lambda each: each.first)
    return last.first == first.first + len(first.text) and abs(word.base - beside.base) >= _SAME_LINE


def _drawn_at(word: Word, text_page: Any, frame: Frame) -> float | None:
    """Give the baseline on which a word is drawn; None when it is not known."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, word.first, ctypes.byref(matrix)):
        return None
    return frame.box(matrix.e, matrix.f, matrix.e, matrix.f)[3]


def _add(word: Word, more: Word) -> None:
    """Add to a word what comes right after it."""
    wide = _NARROW * len(more.text) * (word.right - word.left) / len(word.text)
    same_line = abs(word.base - more.base) < _SAME_LINE
    word.text += more.text
    word.right = more.right if same_line else word.right + wide
    word.space, word.gap, word.apart = more.space, more.gap, more.apart
    word.doubt = word.doubt or more.doubt
