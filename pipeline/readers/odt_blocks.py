"""Walk the body of an OpenDocument text: paragraphs, lists, sections, tables, text boxes."""

from __future__ import annotations

from typing import Any

from pipeline.document import Block, Paragraph
from pipeline.errors import Reason, Unreadable
from pipeline.odf.names import DRAW, LOEXT, OFFICE, TABLE, TEXT
from pipeline.readers.controls import Controls
from pipeline.readers.lines import Line, clean, move_prompt
from pipeline.readers.numbers import whole
from pipeline.readers.odt_styles import Styles
from pipeline.readers.odt_tables import CELL, COVERED, GROUPS, HEADERS, ROW, Grid, is_hidden, repeats
from pipeline.readers.odt_text import Texts
from pipeline.readers.walk import Walk, says

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


class Blocks(Walk[Grid]):
    """Reads one part of a document (body, notes, headers) into blocks, each with its place."""

    def __init__(self, source: str, styles: Styles, texts: Texts, controls: Controls, counts: dict[str, int]) -> None:
        super().__init__(source, texts, controls, counts)
        self._styles = styles
        self._texts = texts
        self._list: tuple[str, int] = "", 0
        """The style of the list that is being read, and how deep in it; 0 outside every list."""

    def read(self, container: Any) -> list[Block]:
        """Read everything in a body, cell, note or text box."""
        blocks: list[Block] = []
        self._read_into(blocks, container)
        return blocks

    def _read_into(self, blocks: list[Block], container: Any) -> None:
        for child in container:
            tag = child.tag
            if tag in (_P, _H):
                self._read_paragraph(blocks, child)
            elif tag == TABLE + "table":
                self._read_table(blocks, child)
            elif tag == TEXT + "section":
                self._read_section(blocks, child)
            elif tag == TEXT + "list":
                self._read_list(blocks, child)
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

    def _read_list(self, blocks: list[Block], items: Any) -> None:
        name, level = self._list
        self._list = items.get(TEXT + "style-name") or name, level + 1
        self._read_into(blocks, items)
        self._list = name, level

    def _read_section(self, blocks: list[Block], section: Any) -> None:
        display = section.get(TEXT + "display")
        hides = display == "none" or (display == "condition" and section.get(TEXT + "is-hidden") == "true")
        self._texts.hidden += hides
        self._read_into(blocks, section)
        self._texts.hidden -= hides

    def _read_paragraph(self, blocks: list[Block], paragraph: Any) -> None:
        self._counts["paragraph"] += 1
        line = self._texts.read(paragraph, self._here, self._box(paragraph) if self._list[1] else "")
        if self._list[1] and not (line.text or line.placeholder):
            line.numbered = self._styles.counts(*self._list)
        self._end_paragraph(blocks, line, self._level(paragraph))
        self._controls.say("\n")

    def _box(self, paragraph: Any) -> str:
        """Give the box or tick that is the bullet of a paragraph: of the first of its item only."""
        first = paragraph.getprevious() is None and paragraph.getparent().tag == TEXT + "list-item"
        return self._styles.box(*self._list) if first else ""

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
        blocks.append(
            Paragraph(
                text,
                self._here(),
                level if text else 0,
                *aside,
                uncertain=line.uncertain,
                unread=line.unread(text),
                marked=clean(line.marked),
            )
        )
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

    def _grid(self) -> Grid:
        return Grid(self._here())

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
                grid.after.extend(block for block in self.read(cell) if says(block))
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
