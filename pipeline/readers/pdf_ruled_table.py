"""Close a table of which only the rulings between rows are drawn, where it is certain what its rows and columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.pdf_gutters import Row, WordLine, are_clear, gutters_of, parts_of, same_places
from pipeline.readers.pdf_rulings import Ruling
from pipeline.readers.pdf_text import Word

SAME = 1.0
"""Points by which the ends of rulings that are as wide as each other may differ."""
OFF = 1.5
"""Points by which the room above or below the text of two rows may differ."""
_STEP = 1.6
"""Sizes of the text that two lines of one text stand apart at most."""
_CLOSE = 1.3
"""Sizes of the text that they stand apart at least; rows that stand no farther apart cannot be told from lines."""
_ENOUGH = 3
"""Rows of one line that show how a table is ruled; those with rulings above, under the header and below have two."""
_SMALLER = 0.4
"""Points by which help is smaller than the label above it, at least."""
_EDGE = 0.1
"""Share of a page, at its top and at its foot, where running heads stand."""


class Ruled(NamedTuple):
    """The rulings of a table, those that are not drawn among them."""

    level: list[Ruling]
    upright: list[Ruling]
    open_above: bool
    """Its first row began on the page before."""
    open_below: bool
    """No ruling closes its last row: a page break may cut it."""


class Surroundings(NamedTuple):
    """What is known of the page on which tables are looked for."""

    high: float
    """How high it is."""
    cut: Collection[tuple[float, ...]]
    """Where the upright rulings of the table stand that the page before left open."""


class Band(NamedTuple):
    """What stands between two rulings as wide as each other."""

    top: float
    bottom: float
    lines: Row

    @property
    def above(self) -> float:
        """How far below the upper ruling its first line stands."""
        return self.lines[0][0].base - self.top

    @property
    def below(self) -> float:
        """How far above the lower ruling its last line stands."""
        return self.bottom - self.lines[-1][0].base


class Room(NamedTuple):
    """How far the first and the last line of a row stand from its rulings."""

    above: float
    below: float

    def holds(self, band: Band) -> bool:
        """Tell whether the text of a band stands as that of a row."""
        return abs(band.above - self.above) <= OFF and abs(band.below - self.below) <= OFF


class _Look(Enum):
    """What a line may be that stands above or below a table."""

    ROW = auto()
    """A row: it says something in several columns."""
    PART = auto()
    """A label, or what goes on in another column."""
    NONE = auto()
    """No part of the table."""


@dataclass(slots=True)
class RuledTable:
    """Rows between rulings, and what stands above the first of these and below the last."""

    sides: tuple[float, float]
    bands: Sequence[Band]
    above: Band
    """What stands between the first of its rulings and the one before."""
    below: Band
    """What stands between the last of its rulings and the next."""
    room: Room
    joints: tuple[float, ...]
    """Where the pieces of its rulings meet."""
    rows: list[Row] = field(init=False)
    places: tuple[float, ...] = field(init=False)
    """Where its columns end."""
    one_by_one: bool = field(init=False)
    """Most rows say so little that a ruling is seen to stand under each."""
    label: tuple[int, float, bool] | None = field(init=False, default=None)
    """The left edge, the size and the boldness of most of what stands in the first column."""

    def __post_init__(self) -> None:
        """Find its columns."""
        self.rows = [band.lines for band in self.bands if band.lines]
        above, _rest = self._lines_above()
        left = self.sides[0]
        self.places = (
            self.joints or gutters_of(self.rows, left) or (above and gutters_of([above, *self.rows], left)) or ()
        )

        firsts = [sum(bool(parts_of(line, self.places)[0]) for line in row) for row in self.rows]
        self.one_by_one = firsts.count(1) >= _ENOUGH

    def closed(self, page: Surroundings) -> Ruled | None:
        """Give its rulings; None where it is not certain that it is a table, or what its rows are."""
        left, right = self.sides
        words = [word for row in self.rows for line in row for word in line]
        if any(word.left < left - SAME or word.right > right + SAME for word in words):
            return None
        if not self.places or not are_clear(self.rows, self.places) or not all(map(self._is_one, self.rows)):
            return None
        self.label = self._look_of_labels()
        if any(len(row) == 1 and self._look(row[0]) is _Look.NONE for row in self.rows):
            return None
        first = self._row_above(page)
        last = None if first is None else self._row_below(page, closed_above=not first)
        if first is None or last is None:
            return None
        count = len(self.bands) + bool(first) + bool(last)
        if not count or (not self.joints and count < 2):
            return None
        if not self.joints and gutters_of([row for row in (first, *self.rows, last) if row], left) != self.places:
            return None
        ys = [
            *([first[0][0].base - self.room.above] if first else []),
            *(band.top for band in self.bands),
            self.below.top,
            *([last[-1][0].base + self.room.below] if last else []),
        ]
        if ys[0] < self.above.top:
            return None
        xs = left, *self.places, right
        began = bool(first) and any(same_places(xs, each) for each in page.cut)
        return Ruled(
            [Ruling(y, left, right) for y in ys], [Ruling(x, ys[0], ys[-1]) for x in xs], began, open_below=bool(last)
        )

    @property
    def _apart(self) -> float:
        """How far apart the last line of a row and the first of the next stand at least."""
        return self.room.above + self.room.below - OFF

    def _is_one(self, row: Row) -> bool:
        """Tell whether what stands between two rulings is surely one row: two would stand apart, or side by side."""
        steps = [below[0].base - above[0].base for above, below in pairwise(row)]
        tight = all(step < min(self._apart, _STEP * row[0][0].style.size) for step in steps)
        if tight and self.one_by_one:
            return True
        columns: list[list[list[Word]]] = [[] for _ in range(len(self.places) + 1)]
        for line in row:
            for column, part in zip(columns, parts_of(line, self.places), strict=True):
                if part:
                    column.append(part)
        edges = self.sides[0], *self.places, self.sides[1]
        padding = max(
            0.0, min(part[0].left - edge for edge, column in zip(edges, columns, strict=False) for part in column)
        )
        anew: list[float] = []
        for number, column in enumerate(columns):
            for before, after in pairwise(column):
                near = after[0].base - before[0].base < _STEP * before[0].style.size
                names = number == 0 and after[0].text[0].isupper() and not self.one_by_one
                wrapped = _is_wrapped(before, after, edges[number + 1] - padding)
                if (near and wrapped and not names) or (tight and (wrapped or not names)):
                    continue
                if number == 0 and not _is_help(before, after):
                    return False
                anew.append(after[0].base)
        return not any(after - before < SAME for before, after in pairwise(sorted(anew)))

    def _look_of_labels(self) -> tuple[int, float, bool] | None:
        first = [part[0] for row in self.rows for line in row if (part := parts_of(line, self.places)[0])]
        looks = Counter((round(word.left), word.style.size, word.style.bold) for word in first)
        return looks.most_common(1)[0][0] if looks else None

    def _look(self, line: WordLine) -> _Look:
        """Tell whether a line may be one of a row."""
        if not are_clear([[line]], self.places):
            return _Look.NONE
        filled = [number for number, part in enumerate(parts_of(line, self.places)) if part]
        if len(filled) > 1:
            return _Look.ROW
        if filled != [0] or self.label is None:
            return _Look.PART
        style = line[0].style
        left, size, bold = self.label
        alike = abs(line[0].left - left) <= OFF and abs(style.size - size) < _SMALLER and style.bold == bold
        return _Look.PART if alike else _Look.NONE

    def _lines_above(self) -> tuple[Row, Row]:
        """Give the lines that may be the row above the first ruling, and those above them."""
        lines = self.above.lines
        if not lines or abs(self.above.below - self.room.below) > OFF:
            return (), lines
        count = 1
        for upper, lower in pairwise(reversed(lines)):
            if upper[0].base - lower[0].base >= min(self._apart, _STEP * upper[0].style.size):
                break
            count += 1
        return lines[-count:], lines[:-count]

    def _row_above(self, page: Surroundings) -> Row | None:
        """Give the lines of the row above the first ruling; empty when none stands there, None when it is not known."""
        row, rest = self._lines_above()
        if not row:
            return ()
        looks = {self._look(line) for line in row}
        if _Look.NONE in looks:
            return None if _Look.ROW in looks else ()
        if self._apart < _CLOSE * row[0][0].style.size or (rest and row[0][0].base - rest[-1][0].base < self._apart):
            return None
        if self._look(row[0]) is _Look.ROW:
            return row
        xs = self.sides[0], *self.places, self.sides[1]
        goes_on = any(same_places(xs, each) for each in page.cut)
        return row if goes_on and all(line[0].base < _EDGE * page.high for line in rest) else None

    def _row_below(self, page: Surroundings, *, closed_above: bool) -> Row | None:
        """Give the lines of a row below the last ruling that a page break cuts; empty when none stands there."""
        lines = self.below.lines
        if not lines or abs(self.below.above - self.room.above) > OFF:
            return ()
        looks = [self._look(lines[0])]
        if looks[0] is _Look.NONE or (looks[0] is _Look.PART and not closed_above):
            return ()
        row, rest = [lines[0]], lines[1:]
        while rest and rest[0][0].base - row[-1][0].base < min(self._apart, _STEP * row[-1][0].style.size):
            row.append(rest[0])
            rest = rest[1:]
        looks = [self._look(line) for line in row]
        if _Look.NONE in looks or _Look.ROW not in looks or self._apart < _CLOSE * row[0][0].style.size:
            return None
        return row if all(line[0].base > (1 - _EDGE) * page.high for line in rest) else None


def _is_wrapped(before: WordLine, after: WordLine, right: float) -> bool:
    """Tell whether the first word of a line had no room on the line before."""
    return before[-1].right + before[-1].style.space + after[0].right - after[0].left > right - SAME


def _is_help(label: WordLine, below: WordLine) -> bool:
    one, other = label[0].style, below[0].style
    return other.size < one.size - _SMALLER or (one.bold and not other.bold)
