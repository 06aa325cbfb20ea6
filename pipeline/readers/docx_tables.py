"""Lay out the cells of a Word table: spans, cells merged downwards, cells merged sideways the old way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Block, Cell, Location, Paragraph, Table, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.ooxml.names import OFF, VAL, W

WIDEST = 1_000
"""Word knows 63 columns; a cell over more than this was not made by a person."""


@dataclass(slots=True)
class _Draft:
    blocks: list[Block]
    location: Location
    columns: int
    header: bool
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """A table while it is read."""

    location: Location
    rows: list[list[_Draft]] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    """What deleted and hidden rows said."""
    column: int = 0
    """Columns passed in the current row."""
    header: bool = False
    _merging: dict[int, _Draft] = field(default_factory=dict)

    def begin_row(self, row: Any) -> None:
        """Begin a row; the columns that it leaves open at its start count."""
        properties = row.find(W + "trPr")
        self.header = switch(properties, "tblHeader")
        before = None if properties is None else properties.find(W + "gridBefore")
        self.column = number(before, 0)
        self.rows.append([])

    def add(self, cell: Any, blocks: list[Block], location: Location) -> None:
        """Add a cell, or make the one that it continues longer."""
        properties = cell.find(W + "tcPr")
        columns = span(properties)
        start, self.column = self.column, self.column + columns
        if self.column > 10 * WIDEST:
            raise Unreadable(Reason.DAMAGED, "een tabelrij is onmogelijk breed")
        merge = None if properties is None else properties.find(W + "vMerge")
        sideways = None if properties is None else properties.find(W + "hMerge")
        if sideways is not None and sideways.get(VAL) != "restart" and self.rows[-1]:
            draft = self.rows[-1][-1]
            draft.columns += columns
            draft.blocks.extend(_spoken(blocks))
            return
        if merge is not None and merge.get(VAL) != "restart" and start in self._merging:
            draft = self._merging[start]
            draft.rows += 1
            draft.blocks.extend(_as_hidden(blocks))
            return
        draft = _Draft(blocks, location, columns, self.header)
        self._merging.pop(start, None)
        if merge is not None:
            self._merging[start] = draft
        self.rows[-1].append(draft)

    def table(self) -> Table:
        """Give the table."""
        return Table(
            tuple(
                tuple(Cell(tuple(d.blocks), d.location, d.columns, d.rows, d.header) for d in row) for row in self.rows
            ),
            self.location,
        )


def switch(properties: Any, name: str) -> bool:
    """Tell whether a property is switched on."""
    entry = None if properties is None else properties.find(W + name)
    return entry is not None and entry.get(VAL, "true") not in OFF


def number(entry: Any, otherwise: int) -> int:
    """Give the number that a property holds."""
    value = "" if entry is None else entry.get(VAL, "")
    if not value.isascii() or not value.isdecimal():
        return otherwise
    if len(value) > 9 or int(value) > WIDEST:
        raise Unreadable(Reason.DAMAGED, "een tabelcel is onmogelijk breed")
    return int(value)


def span(properties: Any) -> int:
    """Give over how many columns a cell reaches."""
    return max(1, number(None if properties is None else properties.find(W + "gridSpan"), 1))


def _spoken(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Paragraph) or block != _silent(block)]


def _silent(paragraph: Paragraph) -> Paragraph:
    return Paragraph("", paragraph.location, paragraph.level)


def _as_hidden(blocks: list[Block]) -> list[Block]:
    """Give what a continued cell holds: Word does not show it."""
    return [
        Paragraph("", said.location, hidden="\n".join(filter(None, (said.text, said.hidden))), deleted=said.deleted)
        for said in paragraphs(tuple(blocks))
        if said.text or said.hidden or said.deleted
    ]
