"""Lay out the cells of a Word table: spans, cells merged downwards, cells merged sideways the old way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.document import Block, Cell, Location, Paragraph, Table, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.ooxml.names import VAL, W
from pipeline.readers.docx_styles import is_on

WIDEST = 1_000
"""Word knows 63 columns; a cell over more than this was not made by a person."""


_TR_PR = W + "trPr"
_TBL_HEADER = W + "tblHeader"
_HIDDEN = W + "hidden"
_DEL = W + "del"
_GRID_BEFORE = W + "gridBefore"
_TC_PR = W + "tcPr"
_GRID_SPAN = W + "gridSpan"
_V_MERGE = W + "vMerge"
_H_MERGE = W + "hMerge"
_CELL_DEL = W + "cellDel"
_CELLS = frozenset({W + "tc", W + "sdt"})


@dataclass(slots=True)
class RowShape:
    """What the properties of a row say."""

    header: bool = False
    hidden: bool = False
    gone: bool = False
    """A tracked change took the row away."""
    before: int = 0
    """Columns left open at its start."""


@dataclass(slots=True)
class CellShape:
    """What the properties of a cell say."""

    columns: int = 1
    downwards: str = ""
    """"restart" when a cell merged downwards begins here, "continue" when it goes on."""
    sideways: bool = False
    """Goes on with the cell at its left, the way older files say it."""
    gone: bool = False


PLAIN_ROW = RowShape()
"""What most rows are; never changed."""


@dataclass(slots=True)
class _Draft:
    """A cell that may still grow."""

    blocks: list[Block]
    location: Location
    columns: int
    header: bool
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """A table while it is read."""

    location: Location
    rows: list[list[_Draft | Cell]] = field(default_factory=list)
    """What may still grow is a draft."""
    after: list[Block] = field(default_factory=list)
    """What deleted and hidden rows said."""
    column: int = 0
    """Columns passed in the current row."""
    header: bool = False
    _merging: dict[int, _Draft] = field(default_factory=dict)

    def begin_row(self, shape: RowShape) -> None:
        """Begin a row; the columns that it leaves open at its start count."""
        self.header = shape.header
        self.column = shape.before
        self.rows.append([])

    def add_plain(self, blocks: list[Block], location: Location) -> None:
        """Add a cell that is as wide and as high as one."""
        start = self.column
        self._pass(1)
        if self._merging:
            self._merging.pop(start, None)
        self.rows[-1].append(Cell(tuple(blocks), location, 1, 1, self.header))

    def add(self, shape: CellShape, blocks: list[Block], location: Location) -> None:
        """Add a cell, or make the one that it continues longer."""
        start = self.column
        self._pass(shape.columns)
        if shape.sideways and self.rows[-1]:
            last = self.rows[-1][-1]
            draft = self.rows[-1][-1] = _draft(last) if isinstance(last, Cell) else last
            draft.columns += shape.columns
            draft.blocks.extend(block for block in blocks if not isinstance(block, Paragraph) or block.text)
            return
        if shape.downwards == "continue" and start in self._merging:
            draft = self._merging[start]
            draft.rows += 1
            draft.blocks.extend(_as_hidden(blocks))
            return
        draft = _Draft(blocks, location, shape.columns, self.header)
        self._merging.pop(start, None)
        if shape.downwards:
            self._merging[start] = draft
        self.rows[-1].append(draft)

    def _pass(self, columns: int) -> None:
        self.column += columns
        if self.column > 10 * WIDEST:
            raise Unreadable(Reason.DAMAGED, "een tabelrij is onmogelijk breed")

    def table(self) -> Table:
        """Give the table."""
        return Table(
            tuple([tuple([each if isinstance(each, Cell) else _cell(each) for each in row]) for row in self.rows]),
            self.location,
        )


def _draft(cell: Cell) -> _Draft:
    return _Draft(list(cell.blocks), cell.location, cell.columns, cell.header, cell.rows)


def _cell(draft: _Draft) -> Cell:
    return Cell(tuple(draft.blocks), draft.location, draft.columns, draft.rows, draft.header)


def first(parent: Any, tag: str) -> Any:
    """Give the first child when it is of this kind: properties stand before all else."""
    child = parent[0] if len(parent) else None
    return child if child is not None and child.tag == tag else None


def find_shaped(root: Any) -> set[Any]:
    """Find the rows and cells that are more than one plain row or cell, in one pass over the tree outside Python."""
    return {
        entry.getparent().getparent()
        for entry in root.iter(_TBL_HEADER, _HIDDEN, _DEL, _GRID_BEFORE, _GRID_SPAN, _V_MERGE, _H_MERGE, _CELL_DEL)
        if entry.getparent() is not None
    }


def read_row(row: Any) -> RowShape:
    """Read the properties of a row."""
    shape = RowShape()
    for part in row[:]:
        if part.tag != _TR_PR:
            if part.tag in _CELLS:
                break
            continue
        for entry in part[:]:
            tag = entry.tag
            if tag == _TBL_HEADER:
                shape.header = is_on(entry)
            elif tag == _HIDDEN:
                shape.hidden = is_on(entry)
            elif tag == _DEL:
                shape.gone = True
            elif tag == _GRID_BEFORE:
                shape.before = _number(entry, 0)
    return shape


def read_cell(cell: Any) -> CellShape:
    """Read the properties of a cell."""
    shape = CellShape()
    properties = first(cell, _TC_PR)
    for entry in () if properties is None else properties[:]:
        tag = entry.tag
        if tag == _GRID_SPAN:
            shape.columns = max(1, _number(entry, 1))
        elif tag == _V_MERGE:
            shape.downwards = "restart" if entry.get(VAL) == "restart" else "continue"
        elif tag == _H_MERGE:
            shape.sideways = entry.get(VAL) != "restart"
        elif tag == _CELL_DEL:
            shape.gone = True
    return shape


def _number(entry: Any, otherwise: int) -> int:
    value = entry.get(VAL, "")
    if not value.isascii() or not value.isdecimal():
        return otherwise
    if len(value) > 9 or int(value) > WIDEST:
        raise Unreadable(Reason.DAMAGED, "een tabelcel is onmogelijk breed")
    return int(value)


def _as_hidden(blocks: list[Block]) -> list[Block]:
    """Give what a continued cell holds: Word does not show it."""
    return [
        Paragraph("", said.location, hidden="\n".join(filter(None, (said.text, said.hidden))), deleted=said.deleted)
        for said in paragraphs(tuple(blocks))
        if said.text or said.hidden or said.deleted
    ]
