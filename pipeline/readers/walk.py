"""What walks through the body of a text have in common, whatever the format: where they are, tables, text boxes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Generic, Protocol, TypeVar

from pipeline.document import Block, Location, Paragraph, Table
from pipeline.readers.controls import Controls


class Grid(Protocol):
    """A table while it is read."""

    rows: Any
    after: list[Block]
    """What stood in rows or cells that are not shown."""

    def table(self) -> Table:
        """Give it as a block."""


class Words(Protocol):
    """Reads the words of a paragraph; knows whether they stand in something deleted or hidden."""

    deleted: int
    hidden: int


G = TypeVar("G", bound=Grid)


class Walk(ABC, Generic[G]):
    """Reads one part of a document (body, notes, headers) into blocks, each with its place."""

    def __init__(self, source: str, words: Words, controls: Controls, counts: dict[str, int]) -> None:
        self._source = source
        self._words = words
        self._controls = controls
        self._counts = counts
        self.heading = ""
        self.part = ""
        self._table: int | None = None
        self._row: int | None = None
        self._column: int | None = None

    @abstractmethod
    def read(self, container: Any) -> list[Block]:
        """Read everything in a body, cell, note or text box."""

    @abstractmethod
    def _grid(self) -> G:
        """Give an empty table that begins here."""

    @abstractmethod
    def _read_rows(self, grid: G, container: Any) -> None:
        """Read the rows of a table."""

    def _here(self, control: str | None = None) -> Location:
        return Location(
            self._source,
            self.heading,
            self.part,
            None,
            None,
            self._table,
            self._row,
            self._column,
            self._counts["paragraph"] or None,
            self._controls.name if control is None else control,
        )

    def _read_box(self, blocks: list[Block], box: Any, *, deleted: bool, hidden: bool) -> None:
        words, outer = self._words, (self.part, self.heading, self._words.deleted, self._words.hidden)
        self.part = self.part or "tekstvak"
        words.deleted, words.hidden = int(deleted), int(hidden)
        blocks.extend(self.read(box))
        self.part, self.heading, words.deleted, words.hidden = outer

    def _read_table(self, blocks: list[Block], table: Any) -> None:
        outer = self._table, self._row, self._column
        self._counts["table"] += 1
        self._table, self._row, self._column = self._counts["table"], None, None
        grid = self._grid()
        self._read_rows(grid, table)
        self._table, self._row, self._column = outer
        if grid.rows:
            blocks.append(grid.table())
        blocks.extend(grid.after)

    def _place_of(self, blocks: list[Block]) -> Location:
        """Give the place of a cell: that of the first thing in it, when that is a paragraph."""
        if blocks and isinstance(blocks[0], Paragraph):
            return blocks[0].location
        return self._here()


def says(block: Block) -> bool:
    """Tell whether a block holds any words, shown or not."""
    return not isinstance(block, Paragraph) or bool(block.text or block.deleted or block.hidden)
