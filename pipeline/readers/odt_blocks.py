"""Walk the body of an OpenDocument text: paragraphs, lists, sections, tables, text boxes."""

from __future__ import annotations

from typing import Any

from pipeline.document import Block, Location, Paragraph
from pipeline.errors import Reason, Unreadable
from pipeline.odf.names import DRAW, LOEXT, OFFICE, TABLE, TEXT
from pipeline.readers.controls import Controls
from pipeline.readers.lines import Line, clean, move_prompt
from pipeline.readers.numbers import whole
from pipeline.readers.odt_styles import Styles
from pipeline.readers.odt_tables import CELL, COVERED, GROUPS, HEADERS, ROW, Grid, is_hidden, repeats
from pipeline.readers.odt_text import Texts

_P, _H = TEXT + "p", TEXT + "h"
_INDEXES = frozenset(
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
)
_SILENT = frozenset(
    {
        TEXT + "tracked-changes",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "user-field-decls",
        TEXT + "dde-connection-decls",
        OFFICE + "forms",
        OFFICE + "event-listeners",
        LOEXT + "theme",
    }
)
_DEEPEST_LEVEL = 10
_MOST_CELLS = 50_000
"""So many cells may all tables together have; one mark can repeat a row, with the tables in it."""


class Blocks:
    """Reads one part of a document (body, notes, headers) into blocks, each with its place."""

    def __init__(self, source: str, styles: Styles, texts: Texts, controls: Controls, counts: dict[str, int]) -> None:
        self._source = source
        self._styles = styles
        self._texts = texts
        self._controls = controls
        self._counts = counts
        self.heading = ""
        self.part = ""
        self._table: int | None = None
        self._row: int | None = None
        self._column: int | None = None

    def read(self, container: Any) -> list[Block]:
        """Read everything in a body, cell, note or text box."""
        blocks: list[Block] = []
        self._read_into(blocks, container)
        return blocks

    def _here(self) -> Location:
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
            self._controls.name if self._controls.open else "",
        )

    def _read_into(self, blocks: list[Block], container: Any) -> None:
        for child in container:
            tag = child.tag
            if tag in (_P, _H):
                self._read_paragraph(blocks, child)
            elif tag == TABLE + "table":
                self._read_table(blocks, child)
            elif tag == TEXT + "section":
                self._read_section(blocks, child)
            elif tag in _INDEXES:
                for body in child.iterchildren(TEXT + "index-body"):
                    self._read_into(blocks, body)
            elif tag == TEXT + "change-start":
                self._texts.begin_change(child)
            elif tag == TEXT + "change-end":
                self._texts.end_change(child)
            elif tag == TEXT + "change" or tag.startswith(DRAW):
                self._read_loose(blocks, child)
            elif tag not in _SILENT:
                self._read_into(blocks, child)

    def _read_section(self, blocks: list[Block], section: Any) -> None:
        display = section.get(TEXT + "display")
        hides = display == "none" or (display == "condition" and section.get(TEXT + "is-hidden") == "true")
        self._texts.hidden += hides
        self._read_into(blocks, section)
        self._texts.hidden -= hides

    def _read_paragraph(self, blocks: list[Block], paragraph: Any) -> None:
        self._counts["paragraph"] += 1
        line = self._texts.read(paragraph, self._here)
        self._end_paragraph(blocks, line, self._level(paragraph))
        self._controls.say("\n")

    def _level(self, paragraph: Any) -> int:
        """Give the heading level: that of a heading itself, else of its style."""
        if paragraph.tag == _H:
            level = whole(paragraph.get(TEXT + "outline-level")) or 1
        else:
            level = self._styles.get("paragraph", paragraph.get(TEXT + "style-name")).level or 0
        return min(level, _DEEPEST_LEVEL)

    def _end_paragraph(self, blocks: list[Block], line: Line, level: int) -> None:
        if line.styled:
            move_prompt(line)
        text = clean(line.text)
        if level and text and self.part == "":
            self.heading = " ".join(text.split())
        aside = (clean(line.placeholder), clean(line.deleted), clean(line.hidden))
        blocks.append(Paragraph(text, self._here(), level if text else 0, *aside, uncertain=line.uncertain))
        for box, deleted, hidden in line.boxes:
            self._read_box(blocks, box, deleted=deleted, hidden=hidden)

    def _read_loose(self, blocks: list[Block], element: Any) -> None:
        """Read what stands between paragraphs: a drawing on the page itself, a deletion."""
        line = self._texts.read_loose(element, self._here)
        if clean(line.text) or line.deleted:
            self._counts["paragraph"] += 1
            self._end_paragraph(blocks, line, 0)
        else:
            for box, deleted, hidden in line.boxes:
                self._read_box(blocks, box, deleted=deleted, hidden=hidden)

    def _read_box(self, blocks: list[Block], box: Any, *, deleted: bool, hidden: bool) -> None:
        texts, outer = self._texts, (self.part, self.heading, self._texts.deleted, self._texts.hidden)
        self.part = self.part or "tekstvak"
        texts.deleted, texts.hidden = int(deleted), int(hidden)
        blocks.extend(self.read(box))
        self.part, self.heading, texts.deleted, texts.hidden = outer

    def _read_table(self, blocks: list[Block], table: Any) -> None:
        outer = self._table, self._row, self._column
        self._counts["table"] += 1
        self._table, self._row, self._column = self._counts["table"], None, None
        grid = Grid(self._here())
        self._read_rows(grid, table)
        self._table, self._row, self._column = outer
        if grid.rows:
            blocks.append(grid.table())
        blocks.extend(grid.after)

    def _read_rows(self, grid: Grid, container: Any) -> None:
        for child in container:
            tag = child.tag
            if tag == ROW:
                for _time in repeats(child):
                    self._read_row(grid, child)
            elif tag == HEADERS:
                grid.header = True
                self._read_rows(grid, child)
                grid.header = False
            elif tag in GROUPS:
                self._read_rows(grid, child)
            elif tag == TEXT + "change-start":
                self._texts.begin_change(child)
            elif tag == TEXT + "change-end":
                self._texts.end_change(child)

    def _read_row(self, grid: Grid, row: Any) -> None:
        if is_hidden(row):
            self._texts.hidden += 1
            for cell in row.iterchildren(CELL, COVERED):
                grid.after.extend(block for block in self.read(cell) if _says(block))
            self._texts.hidden -= 1
            return
        grid.begin_row()
        self._row = place = len(grid.rows)
        for cell in row.iterchildren(CELL, COVERED):
            for _time in repeats(cell):
                self._count_cell()
                self._row, self._column = place, grid.column + 1
                blocks = self.read(cell)
                self._row = place
                if cell.tag == CELL:
                    grid.add(cell, blocks, self._place_of(blocks))
                else:
                    grid.cover(blocks)

    def _count_cell(self) -> None:
        self._counts["cell"] += 1
        if self._counts["cell"] > _MOST_CELLS:
            raise Unreadable(Reason.BOMB, "de tabellen hebben tienduizenden cellen")

    def _place_of(self, blocks: list[Block]) -> Location:
        """Give the place of a cell: that of the first thing in it, when that is a paragraph."""
        if blocks and isinstance(blocks[0], Paragraph):
            return blocks[0].location
        return self._here()


def _says(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text or block.deleted or block.hidden)
