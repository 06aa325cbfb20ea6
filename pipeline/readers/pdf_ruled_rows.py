"""Find the tables of which only the rulings between rows are drawn, as web pages and «Plain Table» of Word have them.

What two rulings as wide as each other enclose is a row where its text stands as far from both as that of other rows.
Whatever else stands between two of them parts one table from the next. Where it may be a row all the same, the tables
on both sides of it are left as they are: their lines are then running text, which the reader doubts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.readers.pdf_gutters import Row, joints_of, same_places
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_ruled_table import OFF, SAME, Band, Room, Ruled, RuledTable, Surroundings
from pipeline.readers.pdf_rulings import Ruling
from pipeline.readers.pdf_text import Word

_EXACT = 0.2
"""Points by which the height of an empty row may differ from that of others; that of an empty line lacks a border."""
_LEAST_WIDE = 100.0
_SAME_LINE = 0.3
"""Sizes of the text; baselines nearer to each other are one line."""
_UNEVEN = 1.5
"""Sizes of the text by which a row has more room on one side at most; between two tables there is more."""
_FAR = 1.0e6


def ruled_rows(
    level: Sequence[Ruling], pieces: Sequence[Ruling], levels: Levels, page: Surroundings
) -> Iterator[Ruled]:
    """Give the tables that have level rulings only, with their sides and the rulings between their columns.

    Args:
        level: the level rulings that no upright one touches, from top to bottom.
        pieces: all level rulings as they were drawn.
        levels: the words of the page.
        page: what else is known of it.
    """
    drawn = sorted(pieces)
    for ladder in _ladders(level):
        if ladder[0].end - ladder[0].start >= _LEAST_WIDE:
            yield from _tables(ladder, drawn, levels, page)


def _ladders(level: Sequence[Ruling]) -> list[list[Ruling]]:
    """Give the rulings that begin and end at the same places, together."""
    ladders: list[list[Ruling]] = []
    for ruling in level:
        for ladder in ladders:
            if abs(ladder[0].start - ruling.start) <= SAME and abs(ladder[0].end - ruling.end) <= SAME:
                ladder.append(ruling)
                break
        else:
            ladders.append([ruling])
    return ladders


def _tables(ladder: Sequence[Ruling], drawn: Sequence[Ruling], levels: Levels, page: Surroundings) -> Iterator[Ruled]:
    """Give the tables between rulings as wide as each other."""
    bands = [Band(one.at, other.at, _lines(levels, one.at, other.at)) for one, other in pairwise(ladder)]
    sides = ladder[0].start, ladder[0].end
    room = _room_of(bands)
    if room is None:
        if not any(same_places(sides, (xs[0], xs[-1])) for xs in page.cut):
            return
        room = _rest_of(Band(-_FAR, ladder[0].at, _lines(levels, -_FAR, ladder[0].at)))
    known = [band for band in bands if band.lines and room.holds(band)]
    rows = [_is_row(band, room, known) for band in bands]
    joints = [joints_of(ruling, _drawn_at(ruling, drawn)) for ruling in ladder]
    first = 0
    while first < len(ladder):
        last = first
        while last < len(bands) and rows[last] and same_places(joints[first], joints[last + 1]):
            last += 1
        above, below = ladder[first].at, ladder[last].at
        top = bands[first - 1].top if first else -_FAR
        bottom = bands[last].bottom if last < len(bands) else _FAR
        table = RuledTable(
            sides,
            bands[first:last],
            Band(top, above, _lines(levels, top, above)),
            Band(below, bottom, _lines(levels, below, bottom)),
            room,
            joints[first],
        )
        if closed := table.closed(page):
            yield closed
        first = last + 1


def _lines(levels: Levels, top: float, bottom: float) -> Row:
    """Give the lines that stand between two heights."""
    lines: list[list[Word]] = []
    for word in levels.between(top, bottom):
        if lines and word.base - lines[-1][0].base < _SAME_LINE * word.style.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _drawn_at(ruling: Ruling, drawn: Sequence[Ruling]) -> list[Ruling]:
    """Give the pieces of which a ruling was joined; those as drawn come sorted."""
    near = drawn[bisect_left(drawn, (ruling.at - OFF,)) : bisect_right(drawn, (ruling.at + OFF,))]
    return [piece for piece in near if piece.end > ruling.start - SAME and piece.start < ruling.end + SAME]


def _room_of(bands: Sequence[Band]) -> Room | None:
    """Give how far the text of most rows stands from its rulings; None where none is known."""
    told = [band for band in bands if band.lines]
    rooms = [
        Room(band.above, band.below)
        for band in told
        if abs(band.above - band.below) < _UNEVEN * band.lines[0][0].style.size
    ]
    return max(rooms, key=lambda room: sum(map(room.holds, told)), default=None)


def _rest_of(band: Band) -> Room:
    """Give the room of a row that went on from the page before, where no other tells it."""
    return Room(band.lines[0][0].style.size, band.below) if band.lines else Room(0.0, 0.0)


def _is_row(band: Band, room: Room, known: Sequence[Band]) -> bool:
    """Tell whether what stands between two rulings is a row: it has the room of one, or its height.

    One that says nothing is as high as a row of one line; a higher one may be the gap between two tables.
    """
    high = band.bottom - band.top
    if not band.lines:
        return any(abs(high - row.bottom + row.top) <= _EXACT for row in known if len(row.lines) == 1)
    as_high = any(abs(high - row.bottom + row.top) <= SAME for row in known)
    return room.holds(band) or (as_high and abs(band.above - room.above) <= OFF)
