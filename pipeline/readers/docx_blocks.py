"""Walk the body of a Word document: paragraphs, tables, content controls around them, text boxes."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile
from typing import Any

from pipeline.document import Block, Location, Paragraph
from pipeline.ooxml.alternate import choose
from pipeline.ooxml.markup import value
from pipeline.ooxml.names import MC, A, M, V, W
from pipeline.readers.controls import Controls
from pipeline.readers.docx_controls import read_control, words_in
from pipeline.readers.docx_looks import outstanding
from pipeline.readers.docx_numbering import Numbering
from pipeline.readers.docx_runs import Runs
from pipeline.readers.docx_styles import Styles, outline_level
from pipeline.readers.docx_tables import PLAIN_ROW, Grid, read_cell, read_row
from pipeline.readers.lines import Line, clean, move_prompt
from pipeline.readers.symbols import box_state, has_open_box
from pipeline.readers.walk import Walk, says

_P, _TBL, _TR, _TC, _SDT, _PPR = W + "p", W + "tbl", W + "tr", W + "tc", W + "sdt", W + "pPr"
_STYLE, _OUTLINE, _RPR, _NUMBERED = W + "pStyle", W + "outlineLvl", W + "rPr", W + "numPr"
_THROUGH = frozenset(W + name for name in ("customXml", "smartTag", "ins", "moveTo", "sdtContent"))
_GONE = frozenset({W + "del", W + "moveFrom"})
_INLINE = frozenset({W + "r", W + "hyperlink", W + "fldSimple", M + "oMath", M + "oMathPara"})
_DRAWN, _ART = A + "p", V + "textpath"
_SILENT = frozenset(W + name for name in ("sectPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "tblPr"))
"""Hold no text, or none that is shown."""
_ALTERNATE = MC + "AlternateContent"
_BARE = ("", 0, False, False)
"""What a paragraph without properties is."""


class Blocks(Walk[Grid]):
    """Reads one part of a document (body, notes, headers) into blocks, each with its place."""

    def __init__(
        self,
        source: str,
        styles: Styles,
        runs: Runs,
        controls: Controls,
        counts: dict[str, int],
        shaped: Container[Any],
        numbering: Numbering,
    ) -> None:
        super().__init__(source, runs, controls, counts)
        self._numbering = numbering
        self._shaped = shaped
        self._styles = styles
        self._runs = runs
        runs.locate = self._here
        self._joining = False
        self._joined_at: Location | None = None

    def read(self, container: Any) -> list[Block]:
        """Read everything in a body, cell, note or text box."""
        blocks: list[Block] = []
        self._read_into(blocks, container)
        if self._joining:
            self._flush(blocks)
        return blocks

    def _read_into(self, blocks: list[Block], container: Any) -> None:
        for child in container[:]:
            tag = child.tag
            if tag == _P:
                self._read_paragraph(blocks, child)
            elif tag == _TBL:
                self._flush(blocks)
                self._read_table(blocks, child)
            elif tag == _SDT:
                self._read_control(child, blocks, self._read_into)
            elif tag in _SILENT:
                continue
            elif tag in _THROUGH:
                self._read_into(blocks, child)
            elif tag in _GONE:
                self._runs.deleted += 1
                self._read_into(blocks, child)
                self._runs.deleted -= 1
            elif tag == _ALTERNATE:
                chosen = choose(child)
                if chosen is not None:
                    self._read_into(blocks, chosen)
            elif tag in _INLINE:
                self._read_loose(blocks, child)
            elif tag == W + "altChunk":
                self._counts["chunk"] += 1
            elif tag in (_DRAWN, _ART):
                self._read_drawn(blocks, child)
            elif tag.startswith(W) and len(child):
                self._read_into(blocks, child)

    def _read_loose(self, blocks: list[Block], first_of: Any) -> None:
        """Read runs that stand in no paragraph; those that follow each other are one."""
        before = first_of.getprevious()
        if before is None or before.tag not in _INLINE:
            following = takewhile(lambda other: other.tag in _INLINE, first_of.itersiblings())
            self._read_paragraph(blocks, [first_of, *following], loose=True)

    def _read_drawn(self, blocks: list[Block], element: Any) -> None:
        """Read a paragraph of a drawing, or letters that are a drawing."""
        self._counts["paragraph"] += 1
        self._end_paragraph(blocks, self._runs.read_drawn(element), 0)

    def _read_control(self, sdt: Any, into: Any, read: Any) -> None:
        control, content = read_control(sdt)
        if content is None:
            return
        runs = self._runs
        self._controls.enter(control, counts=not (runs.deleted or runs.hidden))
        outer = runs.unlike
        if control.binding is not None:
            runs.unlike = self._controls.foresee(control, words_in(content)) or outer
        runs.placeholder += control.placeholder
        read(into, content)
        runs.placeholder -= control.placeholder
        runs.unlike = outer
        if control.kind == "checkbox":
            state = box_state("".join(control.pieces).strip(), control.glyphs)
            control.checked = control.checked if state is None else state
        if control.location is None:
            control.location = self._here(control.name)
        self._controls.leave(control)

    def _read_paragraph(self, blocks: list[Block], paragraph: Any, *, loose: bool = False) -> None:
        controls, runs = self._controls, self._runs
        pieces = paragraph[:]
        properties = None
        style, level, mark_gone, listed = _BARE
        if pieces and not loose and pieces[0].tag == _PPR:
            properties = pieces.pop(0)
            style, level, mark_gone, listed = self._read_properties(properties)
        if not self._joining:
            self._counts["paragraph"] += 1
            self._joined_at = self._here()
        if controls.unplaced:
            controls.place(self._here())
        by_style = self._styles.lists.get(style)
        if (listed or by_style) and not mark_gone and (box := self._numbering.box(properties, by_style)):
            runs.say(f"{box} ")
        line = runs.read(pieces, style)
        if properties is not None and not (line.text or line.placeholder):
            line.numbered = self._numbering.counts(properties, by_style)
        self._joining = mark_gone and not runs.deleted
        if not self._joining:
            self._end_paragraph(blocks, line, level, pieces)
            if controls.hearing:
                controls.say("\n")

    def _read_properties(self, properties: Any) -> tuple[str, int, bool, bool]:
        """Give style, heading level, whether a tracked change took the paragraph mark away, and if it names a list."""
        style, outline, mark_gone, listed = "", None, False, False
        for entry in properties[:]:
            tag = entry.tag
            if tag == _STYLE:
                style = value(entry)
            elif tag == _OUTLINE:
                outline = outline_level(entry)
            elif tag == _RPR:
                mark_gone = any(True for gone in entry.iterchildren(*_GONE))
            elif tag == _NUMBERED:
                listed = True
        level = self._styles.level(style) if outline is None and style else outline or 0
        return style, level, mark_gone, listed

    def _end_paragraph(self, blocks: list[Block], line: Line, level: int, pieces: Sequence[Any] | None = None) -> None:
        if line.styled:
            move_prompt(line)
        text = clean(line.text)
        if text and pieces is not None and ("[" in text or not text.isascii()) and has_open_box(text):
            line.marked = outstanding(pieces)
        location = self._joined_at or self._here()
        if level and text and self.part == "":
            self.heading = " ".join(text.split())
            location = self._here()
        if line.is_plain:
            line.text = []
            blocks.append(Paragraph(text, location, level if text else 0))
            return
        self._runs.line = Line()
        aside = (clean(line.placeholder), clean(line.deleted), clean(line.hidden))
        blocks.append(
            Paragraph(
                text,
                location,
                level if text else 0,
                *aside,
                uncertain=line.uncertain,
                unread=line.unread(text),
                marked=clean(line.marked),
            )
        )
        for box, deleted, hidden in line.boxes:
            self._read_box(blocks, box, deleted=deleted, hidden=hidden)

    def _flush(self, blocks: list[Block]) -> None:
        """Give what a deleted paragraph mark left waiting, when no paragraph follows."""
        if self._joining:
            self._joining = False
            self._end_paragraph(blocks, self._runs.line, 0)

    def _grid(self) -> Grid:
        return Grid(self._here())

    def _read_rows(self, grid: Grid, container: Any) -> None:
        for child in container[:]:
            tag = child.tag
            if tag == _TR:
                self._read_row(grid, child)
            elif tag == _SDT:
                self._read_control(child, grid, self._read_rows)
            elif tag in _THROUGH:
                self._read_rows(grid, child)
            elif tag in _GONE:
                self._runs.deleted += 1
                self._read_rows(grid, child)
                self._runs.deleted -= 1
            elif tag == _ALTERNATE:
                chosen = choose(child)
                if chosen is not None:
                    self._read_rows(grid, chosen)

    def _read_row(self, grid: Grid, row: Any) -> None:
        shape = read_row(row) if row in self._shaped else PLAIN_ROW
        gone, hidden = shape.gone, shape.hidden
        runs = self._runs
        if gone or hidden:
            runs.deleted += gone
            runs.hidden += hidden
            for cell in row.iter(_TC):
                if next(cell.iterancestors(_TR)) is row:
                    grid.after.extend(block for block in self.read(cell) if says(block))
            runs.deleted -= gone
            runs.hidden -= hidden
            return
        grid.begin_row(shape)
        self._row = len(grid.rows)
        self._read_cells(grid, row)

    def _read_cells(self, grid: Grid, container: Any) -> None:
        for child in container[:]:
            tag = child.tag
            if tag == _TC:
                self._read_cell(grid, child)
            elif tag == _SDT:
                self._read_control(child, grid, self._read_cells)
            elif tag in _THROUGH:
                self._read_cells(grid, child)
            elif tag == _ALTERNATE and (chosen := choose(child)) is not None:
                self._read_cells(grid, chosen)

    def _read_cell(self, grid: Grid, cell: Any) -> None:
        row = self._row
        self._column = grid.column + 1
        if cell not in self._shaped:
            blocks = self.read(cell)
            self._row = row
            grid.add_plain(blocks, self._place_of(blocks))
            return
        shape = read_cell(cell)
        self._runs.deleted += shape.gone
        blocks = self.read(cell)
        self._runs.deleted -= shape.gone
        self._row = row
        if shape.gone:
            grid.after.extend(block for block in blocks if says(block))
        else:
            grid.add(shape, blocks, self._place_of(blocks))
