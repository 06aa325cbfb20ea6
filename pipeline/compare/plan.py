"""Lay two versions of a story beside each other: which block became which, which words, which rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from rapidfuzz.distance import Indel

from pipeline.compare.aligning import matches, pairs
from pipeline.compare.version import Block, Cell, Grid, Line, Row, Token
from pipeline.records import record

_ALIKE = 0.5
"""Paragraphs with less in common than this are two paragraphs."""
_ALONE = 0.3
"""The same, for the only ones that are left between two that did not change."""
_ROWS = 0.5
_TABLES = 0.3
_ISLAND = 3
"""Letters; a word no longer than this between two changes belongs to the change."""

T = TypeVar("T", Line, Grid, Row, Cell)


@record
class Hunk:
    """A stretch of words that changed; the words from and to are counted from 0."""

    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class Pair(Generic[T]):
    """What became what; one side is None for what is gone or new."""

    old: T | None
    new: T | None
    hunks: tuple[Hunk, ...] = ()
    """Of two lines."""
    rows: list[Pair[Row]] = field(default_factory=list)
    """Of two tables."""
    cells: list[CellPair] = field(default_factory=list)
    """Of two rows: a cell that is gone or new has one side."""


@dataclass(slots=True)
class CellPair:
    """A cell, and what became of it."""

    old: Cell | None
    new: Cell | None
    blocks: list[BlockPair] = field(default_factory=list)


BlockPair: TypeAlias = Pair[Line] | Pair[Grid]


def lay(old: Sequence[Block], new: Sequence[Block], *, forced: bool = False) -> list[BlockPair]:
    """Lay the blocks of a story beside each other.

    Args:
        old: as it was issued.
        new: as it came back.
        forced: one paragraph against one is always the same one, as in a cell.
    """
    made: list[BlockPair] = []
    same = matches([block.key for block in old], [block.key for block in new])
    reached, there = 0, 0
    for place, other in [*same, (len(old), len(new))]:
        made += _between(old[reached:place], new[there:other], forced=forced)
        if place < len(old):
            made.append(_pair(old[place], new[other]))
        reached, there = place + 1, other + 1
    return made


def _between(old: Sequence[Block], new: Sequence[Block], *, forced: bool) -> Iterator[BlockPair]:
    """Pair what stands between two blocks that did not change."""
    alone = len(old) == len(new) == 1
    least = (0.0 if forced else _ALONE) if alone else _ALIKE
    found = pairs(old, new, likeness, least) if old and new else []
    reached, there = 0, 0
    for place, other in [*found, (len(old), len(new))]:
        yield from (_gone(block) for block in old[reached:place])
        yield from (_come(block) for block in new[there:other])
        if place < len(old):
            yield _pair(old[place], new[other])
        reached, there = place + 1, other + 1


def _gone(block: Block) -> BlockPair:
    return Pair[Line](block, None) if isinstance(block, Line) else Pair[Grid](block, None)


def _come(block: Block) -> BlockPair:
    return Pair[Line](None, block) if isinstance(block, Line) else Pair[Grid](None, block)


def _pair(old: Block, new: Block) -> BlockPair:
    if isinstance(old, Line) and isinstance(new, Line):
        return Pair[Line](old, new, hunks=tuple(hunks(old.tokens, new.tokens)) if old.key != new.key else ())
    if isinstance(old, Grid) and isinstance(new, Grid):
        return Pair[Grid](old, new, rows=rows(old, new))
    raise TypeError("a paragraph never becomes a table")


def likeness(old: Block, new: Block) -> float:
    """Tell how much two blocks have in common, from 0 to 1; -1 for a paragraph and a table."""
    if isinstance(old, Line) and isinstance(new, Line):
        return _common([token.key for token in old.tokens], [token.key for token in new.tokens])
    if isinstance(old, Grid) and isinstance(new, Grid):
        score = _common(_words(old), _words(new))
        return 1.0 if score >= _TABLES else score
    return -1.0


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    if not old and not new:
        return 1.0
    most = 2 * min(len(old), len(new)) / (len(old) + len(new))
    if most < _ALONE:
        return most
    return float(Indel.normalized_similarity(old, new))


def _words(block: Block) -> list[str]:
    if isinstance(block, Line):
        return [token.key for token in block.tokens]
    return [word for row in block.rows for word in row_words(row)]


def row_words(row: Row) -> list[str]:
    """Give the words of a row, cell after cell."""
    return [word for cell in row.cells for block in cell.blocks for word in _words(block)]


def rows(old: Grid, new: Grid) -> list[Pair[Row]]:
    """Lay the rows of two tables beside each other."""
    before, after = old.rows, new.rows
    if _columns(old) != _columns(new):
        same = matches([row_key(row) for row in before], [row_key(row) for row in after])
    else:
        same = matches([row.key for row in before], [row.key for row in after])
    made: list[Pair[Row]] = []
    reached, there = 0, 0
    for place, other in [*same, (len(before), len(after))]:
        gone, come = before[reached:place], after[there:other]
        least = _ALONE if len(gone) == len(come) == 1 else _ROWS
        found = pairs(gone, come, _row_likeness, least)
        here, yonder = 0, 0
        for one, two in [*found, (len(gone), len(come))]:
            made += [Pair[Row](row, None) for row in gone[here:one]]
            made += [Pair[Row](None, row) for row in come[yonder:two]]
            if one < len(gone):
                made.append(_row_pair(gone[one], come[two]))
            here, yonder = one + 1, two + 1
        if place < len(before):
            made.append(_row_pair(before[place], after[other]))
        reached, there = place + 1, other + 1
    return made


def row_key(row: Row) -> Hashable:
    """Give what a row says in its first cell: it goes on doing so when a column comes or goes."""
    return row.cells[0].key if row.cells else ()


def _columns(grid: Grid) -> int:
    return max(len(row.cells) for row in grid.rows)


def _row_likeness(old: Row, new: Row) -> float:
    return _common(row_words(old), row_words(new))


def _row_pair(old: Row, new: Row) -> Pair[Row]:
    made = Pair[Row](old, new)
    if len(old.cells) == len(new.cells):
        aligned = [(place, place) for place in range(len(old.cells))]
    else:
        aligned = matches([cell.key for cell in old.cells], [cell.key for cell in new.cells])
    reached, there = 0, 0
    for place, other in [*aligned, (len(old.cells), len(new.cells))]:
        gone, come = old.cells[reached:place], new.cells[there:other]
        for one, two in zip(gone, come, strict=False):
            made.cells.append(CellPair(one, two, lay(one.blocks, two.blocks, forced=True)))
        shared = min(len(gone), len(come))
        made.cells += [CellPair(cell, None) for cell in gone[shared:]]
        made.cells += [CellPair(None, cell) for cell in come[shared:]]
        if place < len(old.cells):
            cells = old.cells[place], new.cells[other]
            made.cells.append(CellPair(*cells, lay(cells[0].blocks, cells[1].blocks, forced=True)))
        reached, there = place + 1, other + 1
    return made


def hunks(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Hunk]:
    """Give the stretches of words that changed; white space that came or went is one too."""
    kept: list[tuple[int, int]] = []
    before = (-1, -1)
    for place, other in matches([token.key for token in old], [token.key for token in new]):
        follows = before == (place - 1, other - 1) and place > 0
        if not follows or old[place].space == new[other].space:
            kept.append((place, other))
        before = place, other
    kept = list(_without_islands(kept, old, new))
    reached, there = 0, 0
    for place, other in [*kept, (len(old), len(new))]:
        if reached < place or there < other:
            yield Hunk(reached, place, there, other)
        reached, there = place + 1, other + 1


def _without_islands(
    same: list[tuple[int, int]], old: Sequence[Token], new: Sequence[Token]
) -> Iterator[tuple[int, int]]:
    """Leave out what is equal by chance: a short word or a sign alone between two changes."""
    groups: list[list[tuple[int, int]]] = []
    for place, other in same:
        if groups and groups[-1][-1] == (place - 1, other - 1):
            groups[-1].append((place, other))
        else:
            groups.append([(place, other)])
    for number, group in enumerate(groups):
        first, last = group[0], group[-1]
        before = groups[number - 1][-1] if number else (-1, -1)
        after = groups[number + 1][0] if number + 1 < len(groups) else (len(old), len(new))
        changed = min(
            max(first[0] - before[0], first[1] - before[1]) - 1, max(after[0] - last[0], after[1] - last[1]) - 1
        )
        letters = sum(len(old[place].key) for place, _other in group)
        if letters > _ISLAND or changed < 2:
            yield from group
