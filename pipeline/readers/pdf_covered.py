"""Doubt the words of a page over which something was painted: they still stand in the file, and cannot be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.document import Box
from pipeline.language import _
from pipeline.readers.pdf_calls import set_active, text_object
from pipeline.readers.pdf_grid import Grid
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_rooms import Place
from pipeline.readers.pdf_rulings import Cover, Drawing
from pipeline.readers.pdf_text import Word

_MIDDLE = 0.3
"""Height above its baseline of the middle of a word, in parts of its size."""
_BELOW = 0.2
"""How far its commas stand below its baseline."""
_LETTER = 0.4
"""Width of what is lost of it, at least: a letter."""
_ALIKE = 0.3
"""Points by which the distance between two lines of a text differs at most."""
_SCALE = 2.0
"""Dots in a point of the pictures in which is looked whether a word can be seen."""
_SEEN = 24
"""Of 255, by which a dot changes, at least, when a letter that is seen there is taken off."""


class _Under(NamedTuple):
    """A word that was drawn before an area or a picture over it."""

    word: Word
    left: float
    """Of what of it lies under that."""
    right: float
    later: Sequence[Word]
    """Those that were written on that."""


def doubt_covered(page: Any, text_page: Any, levels: Levels, drawing: Drawing, put_on: Iterable[Box] = ()) -> None:
    """Doubt each word of which a letter or more cannot be seen under an area or a picture, or on which others stand.

    Args:
        page: on which they stand.
        text_page: its text.
        levels: its words.
        drawing: what is drawn on it.
        put_on: where something was put on it with the tools of a viewer.
    """
    under = _under(text_page, levels, drawing, put_on)
    if not under:
        return
    shown = _Shown(page, drawing.drawn)
    for word, left, right, later in under:
        if any(_stands_on(other, word) for other in later) or not shown.shows(word, left, right):
            word.doubt = word.doubt or _("over deze tekst is een vlak getekend; kijk op de bladzijde wat er staat")


def cut_off_into(
    page: Any, drawing: Drawing, grids: Sequence[Grid], cells: Mapping[Place, Sequence[Line]]
) -> frozenset[Place]:
    """Give the cells into which a text goes on, unseen, that did not fit in the field above: it is no answer to them.

    Args:
        page: on which they stand.
        drawing: what is drawn on it.
        grids: its tables.
        cells: what stands in these.
    """
    rooms = {place: grids[place[0]].rooms[place[1]] for place in cells}
    at = {(place[0], room.column, room.row): place for place, room in rooms.items()}
    found = set()
    shown: _Shown | None = None
    for above, lines in cells.items():
        room = rooms[above]
        below = at.get((above[0], room.column, room.row + room.rows))
        if below is None or not _goes_on(lines, cells[below][0]):
            continue
        shown = shown or _Shown(page, drawing.drawn)
        if not all(shown.shows(line, line.left, line.right) for line in cells[below]):
            found.add(below)
    return frozenset(found)


def _goes_on(lines: Sequence[Line], below: Line) -> bool:
    """Tell whether a line stands below others as far as these below each other, though a ruling is between them."""
    if len(lines) < 2 or lines[-1].style.size != below.style.size:
        return False
    return abs(below.base - lines[-1].base - (lines[-1].base - lines[-2].base)) < _ALIKE


def _under(text_page: Any, levels: Levels, drawing: Drawing, put_on: Iterable[Box]) -> list[_Under]:
    """Find the words that were drawn before what is painted over them."""
    drawn: dict[int, int] = {}
    found = []
    for cover in [*drawing.covers, *(Cover(box, len(drawing.drawn)) for box in put_on)]:
        within = _within(levels, cover.box)
        if not within:
            continue
        drawn = drawn or {_address(piece): number for number, piece in enumerate(drawing.drawn)}
        before = [drawn.get(text_object(text_page, word.first), cover.over) < cover.over for word in within]
        later = [word for word, is_before in zip(within, before, strict=True) if not is_before]
        left, _top, right, _bottom = cover.box
        found += [
            _Under(word, max(left, word.left), min(right, word.right), later)
            for word, is_before in zip(within, before, strict=True)
            if is_before
        ]
    return found


def _address(piece: Any) -> int:
    return ctypes.addressof(piece.contents) if piece else 0  # much less work than a cast


def _within(levels: Levels, box: Box) -> Sequence[Word]:
    """Give the printed words of which a letter or more lies in an area."""
    left, top, right, bottom = box
    return [
        word
        for word in levels.between(top, bottom + _MIDDLE * (bottom - top))
        if word.first >= 0
        and not word.style.invisible
        and min(right, word.right) - max(left, word.left) >= min(_LETTER * word.style.size, word.right - word.left)
        and top <= word.base - _MIDDLE * word.style.size <= bottom
    ]


def _stands_on(other: Word, word: Word) -> bool:
    """Tell whether another word is written over a word, and is not that word once more."""
    level = other.top < word.base and other.bottom > word.top
    return level and other.left < word.right and other.right > word.left and other.text != word.text


class _Shown:
    """A page as it is shown, with its text and without it."""

    def __init__(self, page: Any, pieces: Sequence[Any]) -> None:
        """Look at a page.

        Args:
            page: of pdfium.
            pieces: all of its text.
        """
        self._with, self._stride = _dots(page)
        for piece in pieces:
            set_active(piece, 0)
        try:
            self._without, _stride = _dots(page)
        finally:
            for piece in pieces:
                set_active(piece, 1)

    def shows(self, word: Word | Line, left: float, right: float) -> bool:
        """Tell whether letters are seen between two places on a line, or on that of a word."""
        start, end = int(left * _SCALE) + 1, int(right * _SCALE)
        size = word.style.size
        top, bottom = int((word.base - 2 * _MIDDLE * size) * _SCALE), int((word.base + _BELOW * size) * _SCALE)
        for row in range(max(top, 0), min(bottom, len(self._with) // self._stride)):
            line = slice(row * self._stride + start, row * self._stride + end)
            seen, bare = self._with[line], self._without[line]
            if seen != bare and any(abs(one - other) > _SEEN for one, other in zip(seen, bare, strict=True)):
                return True
        return False


def _dots(page: Any) -> tuple[bytes, int]:
    """Give the dots of a page as it is shown, and how many bytes a row of them takes."""
    bitmap = page.render(scale=_SCALE, grayscale=True, may_draw_forms=False)
    dots, stride = bytes(bitmap.buffer), bitmap.stride
    bitmap.close()
    return dots, stride
