"""Put the words of a page on lines, in the cell or the running text to which they belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from operator import attrgetter
from typing import NamedTuple

from pipeline.document import Box
from pipeline.language import _
from pipeline.readers.pdf_glyphs import Glyphs, Style
from pipeline.readers.pdf_grid import Grid
from pipeline.readers.pdf_marked import stretches
from pipeline.readers.pdf_tags import Tag
from pipeline.readers.pdf_text import NARROW_GAP, Word, glued, is_spaced, split, touch, width
from pipeline.readers.symbols import has_open_box

_BREAKS_AFTER = re.compile("[-–—…\u00ad\u200b]")
_SAME_LINE = 0.45
"""Baselines nearer than this share of the font size are one line (superscripts included)."""
_SURELY_SAME_LINE = _SAME_LINE * 4.0
"""Points; that share of the smallest text."""
_BY_BASE, _BY_LEFT = attrgetter("base"), attrgetter("left", "first")
_COLUMN_GAP = 2.5
"""Sizes of the text that an opening between two words has at least to look like one between columns."""
_OVER = 0.2
"""Of the size of the text: how far a word may reach into the next."""
_BULLET = 3
"""Letters that a bullet or number before a tab has at most."""
_BOXES = "☐☒☑□■"


class Line(NamedTuple):
    """A line of text."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    style: Style
    """Of its first word."""
    end: Style
    """Of its last word."""
    space: bool
    """A space was printed at its end: it was wrapped, and no word is broken there."""
    starts_with: float
    """Width of its first character."""
    first_word: float
    """Width of its first word."""
    first_piece: float
    """Width of its first word, up to the first place where it might be broken."""
    last_word: float
    """Width of its last word."""
    words: int
    page: int
    apart: bool
    """It ends in a hyphen that is drawn apart."""
    tag: Tag | None
    """Its place in the structure tree, when the file is tagged."""
    opening: str
    """The words on both sides of a wide opening in it, as between columns without rulings; empty when none."""
    sure: float
    """How sure it is that all its words were read well."""
    doubt: str
    """Why one of its words may not say what was written."""
    marked: str
    """The words that stand out, each stretch on a line; bold ones only where it has an empty box."""

    @property
    def scanned(self) -> bool:
        """It was read from a picture, where no space can be seen at its end."""
        return self.sure < 1

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class Sorted:
    """The words of a page, on lines."""

    running: tuple[Line, ...]
    cells: dict[tuple[int, int], tuple[Line, ...]]
    """(number of the grid, number of the room) → its lines."""


def sort(
    words: Sequence[Word],
    grids: tuple[Grid, ...],
    tags: dict[int, Tag],
    glyphs: Glyphs | None,
    page: int,
    drawn: frozenset[int] = frozenset(),
) -> Sorted:
    """Put words on lines, each in its cell or in the running text.

    A word that runs over the ruling between two cells is split there, but for one without characters to look at.
    Highlighted and underlined words beside a box are those of which the first character is among `drawn`.
    """
    running: list[Word] = []
    cells: dict[tuple[int, int], list[Word]] = {}
    rooms = _Rooms(grids)
    for word in words:
        place = rooms.place(word)
        if place is None:
            running.append(word)
            continue
        left, _top, right, _bottom = grids[place[0]].rooms[place[1]].box
        if (left - 1 <= word.left and word.right <= right + 1) or glyphs is None or word.first < 0:
            cells.setdefault(place, []).append(word)
        else:
            for piece in _split(word, grids[place[0]], glyphs):
                place = rooms.place(piece)
                (running if place is None else cells.setdefault(place, [])).append(piece)

    def make(line: list[Word]) -> Line:
        return _line(line, tags, glyphs, page, drawn)

    return Sorted(
        tuple(_lines(running, make)),
        {place: tuple(_lines(held, make)) for place, held in cells.items()},
    )


def _split(word: Word, grid: Grid, glyphs: Glyphs) -> list[Word]:
    """Split a word where it runs over the rulings between cells."""
    y = (word.top + word.base) / 2
    edges = [
        x
        for x in grid.xs
        if word.left + 1 < x < word.right - 1 and grid.room_at(x - 0.1, y) != grid.room_at(x + 0.1, y)
    ]
    return split(glyphs, word, edges) if edges else [word]


class _Rooms:
    """Finds the room in which a word stands: most often that of the word before."""

    def __init__(self, grids: tuple[Grid, ...]) -> None:
        self._grids = grids
        self._apart = {
            number
            for number, grid in enumerate(grids)
            if not any(other is not grid and _overlap(grid.box, other.box) for other in grids)
        }
        self._last: tuple[int, int] | None = None
        self._box: Box | None = None
        """The last room, when no other can hold what stands in its box."""

    def place(self, word: Word) -> tuple[int, int] | None:
        """Give the numbers of the grid and the smallest room that hold the middle of a word."""
        x, y = (word.left + word.right) / 2, (word.top + word.base) / 2
        if self._box is not None:
            left, top, right, bottom = self._box
            if left <= x < right and top <= y < bottom:
                return self._last
        self._last = self._smallest(x, y)
        self._box = None if self._last is None else self._own(*self._last)
        return self._last

    def _smallest(self, x: float, y: float) -> tuple[int, int] | None:
        best = None
        smallest = float("inf")
        for number, grid in enumerate(self._grids):
            left, top, right, bottom = grid.box
            if not (top <= y <= bottom and left <= x <= right):
                continue
            room = grid.room_at(x, y)
            if room < 0:
                continue
            box = grid.rooms[room].box
            area = (box[2] - box[0]) * (box[3] - box[1])
            if area < smallest:
                smallest, best = area, (number, room)
        return best

    def _own(self, number: int, index: int) -> Box | None:
        """Give the box of a room, unless other rooms reach into it."""
        room = self._grids[number].rooms[index]
        if number not in self._apart:
            return None
        rows = self._grids[number].index[room.row : room.row + room.rows]
        squares = sum(row[room.column : room.column + room.columns].count(index) for row in rows)
        return room.box if squares == room.rows * room.columns else None


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _lines(words: list[Word], make: Callable[[list[Word]], Line]) -> list[Line]:
    lines: list[list[Word]] = []
    base = 0.0
    for word in sorted(words, key=_BY_BASE):
        step = word.base - base
        if lines and (
            step < _SURELY_SAME_LINE
            or step < _SAME_LINE * max(word.style.size, word.base - word.top, lines[-1][-1].style.size)
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
        base = word.base
    return [make(sorted(line, key=_BY_LEFT) if len(line) > 1 else line) for line in lines]


def _line(words: list[Word], tags: dict[int, Tag], glyphs: Glyphs | None, page: int, drawn: frozenset[int]) -> Line:
    sizes = [word.style.size for word in words]
    gaps = _gaps(words)
    if gaps and glyphs is not None and min(gaps) < NARROW_GAP * max(sizes) and any(map(touch, words, words[1:])):
        # a letter of another font is drawn apart
        words = glued(words, glyphs)
        sizes, gaps = [word.style.size for word in words], _gaps(words)
    first, last = words[0], words[-1]
    piece = first_word = first.right - first.left
    found = _BREAKS_AFTER.search(first.text, 0, max(0, len(first.text) - 1))
    if found:
        piece = width(glyphs, first, found.end())
    doubts = [word.doubt for word in words if word.doubt]
    text = " ".join([word.text for word in words])
    return Line(
        text,
        first.left,
        max([word.right for word in words]),
        min([word.top for word in words]),
        max([word.bottom for word in words]),
        words[sizes.index(max(sizes))].base,
        first.style,
        last.style,
        is_spaced(last, glyphs),
        first.starts_with,
        first_word,
        piece,
        last.right - last.left,
        len(words),
        page,
        last.apart,
        tags.get(first.style.mark),
        _opening(words) if gaps and max(gaps) > _COLUMN_GAP * min(sizes) else "",
        prod([word.sure for word in words]),
        doubts[0] if doubts else _overlap_of(words, gaps),
        "\n".join(stretches(words, drawn)) if drawn or has_open_box(text) else "",
    )


def _overlap_of(words: list[Word], gaps: list[float]) -> str:
    """Say which words are printed over each other: their order is not known, nor whether both are meant."""
    if gaps and min(gaps) < 0:
        for (before, after), gap in zip(pairwise(words), gaps, strict=True):
            if gap < -_OVER * min(before.style.size, after.style.size) and not before.style.invisible:
                return _("woorden staan over elkaar gedrukt: «{before}» en «{after}»; kijk op de bladzijde").format(
                    before=before.text, after=after.text
                )
    return ""


def _gaps(words: list[Word]) -> list[float]:
    return [after.left - before.right for before, after in pairwise(words)]


def _opening(words: list[Word]) -> str:
    """Find a wide opening between two words that no label, bullet, number or box explains."""
    for before, after in pairwise(words):
        if after.left - before.right > _COLUMN_GAP * before.style.size:
            explained = before.text.endswith(":") or (before is words[0] and len(before.text) <= _BULLET)
            boxed = before.text[-1] in _BOXES or after.text[0] in _BOXES
            if not explained and not boxed:
                return f"{before.text} … {after.text}"
    return ""
