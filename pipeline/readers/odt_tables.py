"""Lay out the cells of an OpenDocument table: spans, covered cells, rows and cells that stand for several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Block, Cell, Location, Paragraph, Table, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.odf.names import TABLE

WIDEST = 1_000
"""A cell over more columns than this was not made by a person."""
CELL, COVERED, ROW = TABLE + "table-cell", TABLE + "covered-table-cell", TABLE + "table-row"
HEADERS = TABLE + "table-header-rows"
GROUPS = frozenset({TABLE + "table-rows", TABLE + "table-row-group"})
_GONE = frozenset({"collapse", "filter"})


@dataclass(slots=True)
class _Draft:
    blocks: list[Block]
    location: Location
    columns: int
    rows: int
    header: bool


@dataclass(slots=True)
class Grid:
    """A table while it is read."""

    location: Location
    rows: list[list[_Draft]] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    """What hidden rows said."""
    column: int = 0
    """Columns passed in the current row."""
    header: bool = False

    def begin_row(self) -> None:
        """Begin a row."""
        self.column = 0
        self.rows.append([])

    def add(self, cell: Any, blocks: list[Block], location: Location) -> None:
        """Add a cell."""
        columns, rows = number(cell, TABLE + "number-columns-spanned"), number(cell, TABLE + "number-rows-spanned")
        self.rows[-1].append(_Draft(blocks, location, columns, rows, self.header))
        self.column += 1

    def cover(self, blocks: list[Block]) -> None:
        """Pass a cell over which another stretches: what it holds is not shown."""
        self.column += 1
        if self.rows[-1]:
            self.rows[-1][-1].blocks.extend(_as_hidden(blocks))
        else:
            self.after.extend(_as_hidden(blocks))

    def table(self) -> Table:
        """Give the table."""
        return Table(
            tuple(
                tuple(Cell(tuple(d.blocks), d.location, d.columns, d.rows, d.header) for d in row) for row in self.rows
            ),
            self.location,
        )


def number(element: Any, attribute: str) -> int:
    """Give a number of columns or rows, 1 where none is said."""
    value = element.get(attribute, "")
    if not value.isascii() or not value.isdecimal():
        return 1
    if len(value) > 9 or int(value) > WIDEST:
        raise Unreadable(Reason.DAMAGED, "een tabelcel is onmogelijk breed")
    return max(1, int(value))


def is_hidden(row: Any) -> bool:
    """Tell whether a row is not shown."""
    return row.get(TABLE + "visibility") in _GONE


def repeats(element: Any) -> Iterator[int]:
    """Count how many times a row or cell stands there."""
    attribute = "number-rows-repeated" if element.tag == ROW else "number-columns-repeated"
    return iter(range(number(element, TABLE + attribute)))


def _as_hidden(blocks: list[Block]) -> list[Block]:
    return [
        Paragraph("", said.location, hidden="\n".join(filter(None, (said.text, said.hidden))), deleted=said.deleted)
        for said in paragraphs(tuple(blocks))
        if said.text or said.hidden or said.deleted
    ]
