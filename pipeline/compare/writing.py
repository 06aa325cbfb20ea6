"""Write what is new in a returned file the way the issued paper writes: runs, paragraphs, rows, tables."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from lxml import etree

from pipeline.compare.carrying import Carrier
from pipeline.compare.looks import Look
from pipeline.compare.marks import Marks, dress, place_property, properties_of, run_of
from pipeline.compare.version import Block, Cell, Grid, Line, Row, Token, Version
from pipeline.ooxml.names import VAL, W

_P, _PPR, _RPR = W + "p", W + "pPr", W + "rPr"
_MARKED = frozenset({W + "footnoteReference", W + "endnoteReference", W + "fldChar", W + "fldSimple"})


class Writer:
    """Writes what is new.

    Args:
        old: the issued paper, of which the styles are used.
        new: the returned file.
        marks: gives the marks of tracked changes.
        carrier: brings over notes.
    """

    def __init__(self, old: Version, new: Version, marks: Marks, carrier: Carrier) -> None:
        self._old, self._new = old, new
        self._marks = marks
        self._carrier = carrier

    def runs(self, tokens: Sequence[Token], properties: Any, have: Look, *, spaced: bool) -> list[Any]:
        """Give runs for words of the returned file.

        Args:
            tokens: the words.
            properties: of the run beside which they come; None when there is none.
            have: how words look with those properties.
            spaced: whether white space before the first word counts.
        """
        made: list[Any] = []
        text, look = "", have
        for number, token in enumerate(tokens):
            gap = " " if token.space and (number or spaced) else ""
            if _is_mark(token):
                if text + gap:
                    made.append(self._run(text + gap, properties, have, look))
                made += self._carrier.mark(token, properties)
                text = ""
                continue
            want = token.looks[0] if token.looks else have
            if text and want != look:
                made.append(self._run(text + gap, properties, have, look))
                text, gap = "", ""
            look = want
            text += gap + token.text
        if text:
            made.append(self._run(text, properties, have, look))
        return made

    def usual(self, style: str, table: str) -> Look:
        """Give how words look in a paragraph of the issued paper of which the runs say nothing themselves."""
        return self._old.looks.of_paragraph(style, table)

    @staticmethod
    def space(properties: Any) -> Any:
        """Give a run of one space that looks like another run."""
        return run_of(" ", properties)

    @staticmethod
    def _run(text: str, properties: Any, have: Look, want: Look) -> Any:
        base = etree.Element(_RPR) if properties is None else copy.deepcopy(properties)
        for former in base.findall(W + "rPrChange"):
            base.remove(former)
        dress(base, have, want)
        return run_of(text, base)

    def paragraph(self, line: Line, like: Line | None, table: str = "") -> Any:
        """Give a new paragraph, its words as put in; its end is not marked yet.

        Args:
            line: the paragraph of the returned file.
            like: a paragraph of the issued paper in whose neighbourhood it comes, if any.
            table: the style of the table around it.
        """
        made = etree.Element(_P)
        style = self.style(line, like)
        if style:
            etree.SubElement(properties_of(made), W + "pStyle").set(VAL, style)
        self._label(made, line, like, style)
        if line.aligned != self._aligned(style):
            place_property(properties_of(made), etree.Element(W + "jc", {W + "val": line.aligned}))
        runs = self.runs(line.tokens, None, self._old.looks.of_paragraph(style, table), spaced=False)
        if runs:
            made.append(self._marks.insert(*runs))
        return made

    def style(self, line: Line, like: Line | None) -> str:
        """Give the style of the issued paper that a new paragraph gets: the one of the same name, else the usual."""
        name = self._new.looks.name(line.style) if line.style else ""
        if name:
            found = next(iter(self._old.looks.keys(name)), "")
            if found:
                return found
        return like.style if like is not None and like.label == line.label == "" and not like.level else ""

    def _aligned(self, style: str) -> str:
        element = self._old.looks.paragraph_property(style, W + "jc")
        value = "left" if element is None else element.get(VAL, "left")
        return {"start": "left", "end": "right"}.get(value, value)

    def _label(self, made: Any, line: Line, like: Line | None, style: str) -> None:
        """Give a numbered paragraph the list of its neighbour when its style has none, or none when it has none."""
        inherited = self._old.looks.paragraph_property(style, W + "numPr")
        if line.label and inherited is None and like is not None and like.label:
            own = like.element.find(f"{_PPR}/{W}numPr")
            if own is not None:
                place_property(properties_of(made), copy.deepcopy(own))
        elif not line.label and inherited is not None:
            none = etree.Element(W + "numPr")
            etree.SubElement(none, W + "numId").set(VAL, "0")
            place_property(properties_of(made), none)

    def row(self, row: Row, like: Row | None, table: str = "") -> Any:
        """Give a new row, marked as put in.

        Args:
            row: the row of the returned file.
            like: a row of the issued paper with as many cells, whose look it gets, if any.
            table: the style of the table around it.
        """
        made = etree.Element(W + "tr")
        shape = None if like is None else like.element.find(W + "trPr")
        if shape is not None:
            shape = copy.deepcopy(shape)
            for gone in shape.findall(W + "tblHeader") + shape.findall(W + "ins") + shape.findall(W + "del"):
                shape.remove(gone)
            made.append(shape)
        for number, cell in enumerate(row.cells):
            made.append(self._cell(cell, None if like is None else like.cells[number], table))
        self._marks.row(made, "ins")
        return made

    def _cell(self, cell: Cell, like: Cell | None, table: str) -> Any:
        made = etree.Element(W + "tc")
        source = cell if like is None else like
        shape = source.element.find(W + "tcPr")
        if shape is not None:
            shape = copy.deepcopy(shape)
            for merged in shape.findall(W + "vMerge"):
                shape.remove(merged)
            made.append(shape)
        neighbour = next((block for block in like.blocks if isinstance(block, Line)), None) if like else None
        for block in cell.blocks:
            made.append(self.block(block, neighbour, table))
        if len(made) == 0 or made[-1].tag != _P:
            etree.SubElement(made, _P)
        return made

    def block(self, block: Block, like: Line | None, table: str = "") -> Any:
        """Give a new paragraph or table."""
        return self.paragraph(block, like, table) if isinstance(block, Line) else self.table(block)

    def table(self, grid: Grid) -> Any:
        """Give a new table, its rows marked as put in."""
        made = etree.Element(W + "tbl")
        properties = etree.SubElement(made, W + "tblPr")
        given = grid.element.find(f"{W}tblPr/{W}tblStyle")
        name = "" if given is None else self._new.looks.name(given.get(VAL, ""))
        style = next(iter(self._old.looks.keys(name)), "") if name else ""
        if style:
            etree.SubElement(properties, W + "tblStyle").set(VAL, style)
        else:
            borders = etree.SubElement(properties, W + "tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                given_side = {W + "val": "single", W + "sz": "4", W + "space": "0", W + "color": "auto"}
                etree.SubElement(borders, W + side, given_side)
        columns = grid.element.find(W + "tblGrid")
        made.append(etree.Element(W + "tblGrid") if columns is None else copy.deepcopy(columns))
        for change in made[-1].findall(W + "tblGridChange"):
            made[-1].remove(change)
        for row in grid.rows:
            made.append(self.row(row, None, style))
        return made


def _is_mark(token: Token) -> bool:
    return bool(token.pieces) and token.pieces[0].end < 0 and token.pieces[0].node.tag in _MARKED
