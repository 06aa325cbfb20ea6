"""Doubt the words of a page over which an area was painted: they still stand in the file, and cannot be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from pipeline.language import _
from pipeline.readers.pdf_calls import text_object
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_rulings import Cover, Drawing, TextPiece
from pipeline.readers.pdf_text import Word

_MIDDLE = 0.3
"""Height above its baseline of the middle of a word, in parts of its size."""
_SCALE = 2.0
"""Dots in a point of the picture in which is looked whether a word can be seen."""
_PLAIN = 24
"""Of 255, by which the dots of an area without letters differ at most."""


def doubt_covered(page: Any, text_page: Any, levels: Levels, drawing: Drawing) -> None:
    """Doubt each word over which a filled area is painted that leaves nothing of it, or on which other words stand.

    Args:
        page: on which they stand.
        text_page: its text.
        levels: its words.
        drawing: what is drawn on it.
    """
    drawn: dict[int, int] = {}
    picture: _Picture | None = None
    for cover in drawing.covers:
        within = _within(levels, cover)
        if not within:
            continue
        drawn = drawn or {_address(piece): number for number, piece in enumerate(drawing.texts)}
        under = [word for word in within if drawn.get(text_object(text_page, word.first), cover.over) < cover.over]
        if not under:
            continue
        picture = picture or _Picture(page)
        for word in under:
            if picture.is_plain(word) or any(_stands_on(other, word) for other in within if other not in under):
                word.doubt = word.doubt or _("over deze tekst is een vlak getekend; kijk op de bladzijde wat er staat")


def _address(piece: TextPiece) -> int:
    return ctypes.cast(piece.handle, ctypes.c_void_p).value or 0


def _within(levels: Levels, cover: Cover) -> Sequence[Word]:
    """Give the printed words of which the middle lies in an area."""
    left, top, right, bottom = cover.box
    return [
        word
        for word in levels.between(top, bottom + _MIDDLE * (bottom - top))
        if word.first >= 0
        and left <= (word.left + word.right) / 2 <= right
        and top <= word.base - _MIDDLE * word.style.size <= bottom
    ]


def _stands_on(other: Word, word: Word) -> bool:
    """Tell whether another word is written over a word, and is not that word once more."""
    level = other.top < word.base and other.bottom > word.top
    return level and other.left < word.right and other.right > word.left and other.text != word.text


class _Picture:
    """A page as it is shown."""

    def __init__(self, page: Any) -> None:
        bitmap = page.render(scale=_SCALE, grayscale=True, may_draw_forms=False)
        self._dots, self._stride = bytes(bitmap.buffer), bitmap.stride
        self._height = bitmap.height
        bitmap.close()

    def is_plain(self, word: Word) -> bool:
        """Tell whether no letter can be seen in the place of a word."""
        left, right = int(word.left * _SCALE) + 1, int(word.right * _SCALE)
        top, bottom = int((word.base - 2 * _MIDDLE * word.style.size) * _SCALE), int(word.base * _SCALE)
        rows = range(max(top, 0), min(bottom, self._height))
        dots = b"".join(self._dots[row * self._stride + left : row * self._stride + right] for row in rows)
        return not dots or max(dots) - min(dots) <= _PLAIN
