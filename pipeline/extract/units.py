"""A document laid out in a line: paragraphs and table rows in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.document import Block, Cell, Document, Location, Paragraph, Table, every_paragraph
from pipeline.extract.names import FormNames

INSIDE = frozenset({"", "tekstvak"})
"""Parts of a document that hold answers; headers, footers and notes do not."""


class Layout:
    """A table with the position of every cell, merged cells included."""

    __slots__ = ("_at", "begins", "rows", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.begins = frozenset(table.begins)
        """Numbers of the rows that begin a page."""
        self._at: dict[tuple[int, int], Place] | None = None
        """Of a table with merged cells; in another the places of a row lie as its cells do."""
        self.rows: list[list[Place]] = []
        for number, row in enumerate(table.rows):
            places: list[Place] = []
            for column, cell in enumerate(row):
                if cell.rows != 1 or cell.columns != 1:
                    self._lay_out()
                    return
                places.append(Place(self, cell, number, column))
            self.rows.append(places)

    def _lay_out(self) -> None:
        """Give every cell its position where some are merged."""
        self.rows = []
        self._at = at = {}
        for number, row in enumerate(self.table.rows):
            places: list[Place] = []
            column = 0
            for cell in row:
                while (number, column) in at:
                    column += 1
                place = Place(self, cell, number, column)
                places.append(place)
                at[number, column] = place
                if cell.rows > 1 or cell.columns > 1:
                    for down in range(cell.rows):
                        for right in range(cell.columns):
                            at.setdefault((number + down, column + right), place)
                column += cell.columns
            self.rows.append(places)

    def at(self, row: int, column: int) -> Place | None:
        """Give the cell that covers this position."""
        if self._at is not None:
            return self._at.get((row, column))
        if row < 0 or column < 0 or row >= len(self.rows):
            return None
        places = self.rows[row]
        return places[column] if column < len(places) else None

    def end(self, row: int) -> int:
        """Give how many columns a row takes, cells that reach down into it included."""
        if self._at is None:
            return len(self.rows[row])
        column = 0
        while (place := self.at(row, column)) is not None:
            column = place.column + place.cell.columns
        return column


class Place:
    """A cell at its position in its table."""

    __slots__ = ("cell", "column", "empty", "layout", "name", "pieces", "row", "text")

    def __init__(self, layout: Layout, cell: Cell, row: int, column: int) -> None:
        self.layout = layout
        self.cell = cell
        self.row = row
        self.column = column
        blocks = cell.blocks
        if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph):
            self.pieces: Sequence[Paragraph] = (only,)
            """The paragraphs of the cell, those of tables inside it included."""
            self.text: str = only.text.strip()
            """What the cell says."""
            self.name = self.text
            """The first words of the cell: the label, when it holds one."""
        else:
            self.pieces = every_paragraph(blocks)
            self.text = "\n".join([piece.text for piece in self.pieces]).strip()
            self.name = self._first_words()
        self.empty = not self.text
        """Whether nothing stands in the cell."""

    def _first_words(self) -> str:
        if not self.text or len(self.cell.blocks) == 1:
            return self.text
        first = next(block for block in self.cell.blocks if not isinstance(block, Paragraph) or block.text.strip())
        return first.text.strip() if isinstance(first, Paragraph) else ""

    @property
    def right(self) -> Place | None:
        """The cell to the right."""
        return self.layout.at(self.row, self.column + self.cell.columns)

    @property
    def below(self) -> Place | None:
        """The cell beneath."""
        return self.layout.at(self.row + self.cell.rows, self.column)


class Unit:
    """One paragraph, or one row of a table."""

    __slots__ = ("empty", "layout", "number", "paragraph", "places", "row", "said", "text")

    def __init__(
        self, number: int, paragraph: Paragraph | None = None, layout: Layout | None = None, row: int = 0
    ) -> None:
        self.number = number
        self.paragraph = paragraph
        self.layout = layout
        self.row = row
        self.places: Sequence[Place] = layout.rows[row] if layout else []
        """The cells of the row; none for a paragraph."""
        if paragraph is not None:
            self.text: str = paragraph.text
            """Everything that it says."""
            self.said: str = self.text.strip()
            """The paragraph, or the only words of the row when they stand first: what can be a heading."""
            self.empty = not self.said
            """Whether it says nothing."""
        else:
            filled = [place for place in self.places if not place.empty]
            self.text = "\n".join([place.text for place in filled])
            self.said = filled[0].name if len(filled) == 1 and filled[0] is self.places[0] else ""
            self.empty = not filled

    @property
    def location(self) -> Location:
        """Where it stands."""
        return self.paragraph.location if self.paragraph else self.places[0].cell.location


def line_up(document: Document, names: FormNames) -> list[Unit]:
    """Give the body of a document as units; headers, footers and notes are left out, wrapping boxes are opened."""
    blocks = (block for block in document.blocks if block.location.part in INSIDE)
    units: list[Unit] = []
    for block in _opened(_joined(blocks), names):
        if isinstance(block, Paragraph):
            for piece in _lines(block, names):
                units.append(Unit(len(units), piece))
        else:
            layout = Layout(block)
            for row in range(len(block.rows)):
                units.append(Unit(len(units), None, layout, row))
    return units


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put a table that goes on after a page break back together."""
    waiting: Table | None = None
    between: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and block.continues and waiting is not None and _alike(waiting, block):
            whole = tuple(len(waiting.rows) + row for row in block.whole)
            begins = (*waiting.begins, len(waiting.rows))
            waiting = replace(waiting, rows=waiting.rows + block.rows, whole=waiting.whole + whole, begins=begins)
            between.clear()
        elif isinstance(block, Paragraph) and not block.text.strip() and waiting is not None:
            between.append(block)
        else:
            if waiting is not None:
                yield waiting
                yield from between
                between.clear()
            waiting = block if isinstance(block, Table) else None
            if waiting is None:
                yield block
    if waiting is not None:
        yield waiting
        yield from between


def _alike(first: Table, more: Table) -> bool:
    """Tell whether two parts have as many columns; a table at the top of a page may also be the next one."""
    return max(map(len, first.rows), default=0) == max(map(len, more.rows), default=0)


def _opened(blocks: Iterable[Block], names: FormNames) -> Iterator[Block]:
    """Take the box away from around questions: a table of one cell that holds tables, headings or labels."""
    for block in blocks:
        if isinstance(block, Table) and sum(map(len, block.rows)) == 1:
            (only,) = (cell for row in block.rows for cell in row)  # a row may have lost all of its cells
            inside = only.blocks
            if _wraps(inside, names):
                yield from _opened(inside, names)
                continue
        yield block


def _wraps(blocks: tuple[Block, ...], names: FormNames) -> bool:
    labels = 0
    for block in blocks:
        if isinstance(block, Table):
            return True
        if names.all.whole(block.text) or names.all.begin(block.text):
            labels += 1
    return labels >= 3


def _lines(paragraph: Paragraph, names: FormNames) -> Sequence[Paragraph]:
    """Take a paragraph of several «label: answer» lines apart."""
    if "\n" in paragraph.text:
        lines = paragraph.text.split("\n")
        if sum(names.all.begin(line) is not None for line in lines) >= 2:
            return [replace(paragraph, text=line, lines=()) for line in lines]
    return (paragraph,)
