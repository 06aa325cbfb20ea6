"""Put the lines of a page in the cells of its tables, before they are joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from pipeline.document import Box
from pipeline.readers.pdf_grid import Grid
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_pages import Page
from pipeline.records import record

_PADDING = 12.0
_MORE = 4.0
"""By so much the free room in one column may be wider than in another; what begins further in stands in the middle."""


@record
class DraftCell:
    """A cell before its lines are joined; one that runs over pages holds the lines of all."""

    box: Box
    page: int
    column: int
    rows: int
    columns: int
    shaded: bool
    header: bool
    lines: tuple[Line, ...]
    inner: tuple[DraftTable, ...] = ()
    doubt: str = ""
    padding: float = 0.0
    """Free room on its left and on its right."""
    full: bool = False
    """Its text fills the field in which it was typed, so that the rest may be cut off."""

    @property
    def text(self) -> str:
        """What it says, to compare."""
        return " ".join(line.text for line in self.lines)

    @property
    def empty(self) -> bool:
        """Says nothing."""
        return not self.lines and not self.inner


DraftRow: TypeAlias = tuple[DraftCell, ...]


@record
class DraftTable:
    """A table on one page, before its lines are joined."""

    box: Box
    page: int
    until: int
    """The last page on which it stands."""
    rows: tuple[DraftRow, ...]
    continues: bool = False
    whole: bool = False
    """Its first row is known to be no rest of the last row on the page before."""
    cut: bool = False
    """Its last row is left open at the foot of the page, so that it goes on on the next."""
    opened: bool = False
    """Its first row is left open at the top, so that it began on the page before."""
    level_only: bool = False
    """It has no upright rulings, so that what goes on on the next page may not be seen to."""


Item: TypeAlias = "Line | DraftTable"


def items_of(page: Page) -> tuple[Item, ...]:
    """Give the lines and tables of a page, top to bottom."""
    parents = {number: _parent(grid, page.grids, number) for number, grid in enumerate(page.grids)}
    tables = [_draft(number, page, parents) for number, parent in parents.items() if parent is None]
    return tuple(sorted([*page.sorted.running, *tables], key=_top))


def _top(item: Item) -> float:
    return item.box[1] if isinstance(item, DraftTable) else item.base - 0.7 * item.style.size


def _parent(grid: Grid, grids: Sequence[Grid], number: int) -> tuple[int, int] | None:
    """Give the smallest room of another grid that holds this one."""
    best, smallest = None, float("inf")
    for other_number, other in enumerate(grids):
        if other_number == number:
            continue
        room = other.room_at((grid.box[0] + grid.box[2]) / 2, (grid.box[1] + grid.box[3]) / 2)
        if room < 0:
            continue
        left, top, right, bottom = other.rooms[room].box
        area = (right - left) * (bottom - top)
        inside = (
            left - 1 <= grid.box[0]
            and top - 1 <= grid.box[1]
            and right + 1 >= grid.box[2]
            and bottom + 1 >= grid.box[3]
        )
        if inside and area < smallest and other.box != grid.box:
            best, smallest = (other_number, room), area
    return best


def _draft(number: int, page: Page, parents: Mapping[int, tuple[int, int] | None]) -> DraftTable:
    """Give the table of a grid, those in its cells inside it.

    Args:
        number: of the grid.
        page: on which it stands.
        parents: the grid and the room in which each grid of the page stands; None when in none.
    """
    grid = page.grids[number]
    inner: dict[int, list[DraftTable]] = {}
    for child, parent in parents.items():
        if parent is not None and parent[0] == number:
            inner.setdefault(parent[1], []).append(_draft(child, page, parents))
    rows: list[list[DraftCell]] = [[] for _ in range(len(grid.ys) - 1)]
    padding = _paddings(grid, number, page)
    for index, room in enumerate(grid.rooms):
        lines = page.sorted.cells.get((number, index), ())
        header = bool(lines) and all(line.tag is not None and line.tag.header for line in lines)
        rows[room.row].append(
            DraftCell(
                room.box,
                page.number,
                room.column,
                room.rows,
                room.columns,
                room.shaded,
                header,
                lines,
                tuple(inner.get(index, ())),
                padding=padding.get(room.column, 0.0),
                full=(number, index) in page.full,
            )
        )
    given = [tuple(sorted(row, key=lambda cell: cell.column)) for row in rows if row]
    if len(given) > 1 and len(given[0]) > 2 and all(cell.shaded for cell in given[0]):
        given[0] = tuple(replace(cell, header=True) for cell in given[0])
    return DraftTable(
        grid.box,
        page.number,
        page.number,
        tuple(given),
        cut=grid.open_below,
        opened=grid.open_above,
        level_only=grid.level_only,
    )


def _paddings(grid: Grid, number: int, page: Page) -> dict[int, float]:
    """Give the free room in the cells of each column, as their text shows it; labels may have more than answers."""
    offsets: dict[int, float] = {}
    for index, room in enumerate(grid.rooms):
        for line in page.sorted.cells.get((number, index), ()):
            offsets[room.column] = min(offsets.get(room.column, _PADDING), line.left - room.box[0])
    least = min(offsets.values(), default=0.0)
    return {column: max(0.0, min(offsets.get(column, least), least + _MORE)) for column in range(len(grid.xs))}
