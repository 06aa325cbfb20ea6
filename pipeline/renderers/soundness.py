"""Tell of a compiled template whether every filling of it is well-formed and whole, so that no paper needs a check.

Each loop and each branch must hold whole elements, or close runs and paragraphs and open as many again; then whatever
is repeated or left out, the rest stays whole.
Values stand in `w:t` only, where they are escaped. Where this cannot be shown, docxtpl itself fills the template. So it
does where it would change what it fills: columns of a table to its cells, numbers of drawings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from jinja2 import nodes
from lxml import etree

_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<rest>[^<>]*?)(?P<alone>/?)>|<|>")
_ESCAPED = frozenset({"e", "escape", "forceescape", "format", "indent", "replace", "safe", "tojson", "wordcount"})
"""Filters that may give markup: of escaped text a piece is not always well-formed."""
_EMPTY_PARAGRAPH = re.compile(r"<w:p((?: [^<>]*)?)/>")
_REOPENED = frozenset({"w:t", "w:r", "w:p"})
"""What a loop or a branch may close, when it opens as much again: it then goes over runs or paragraphs."""
_SPAN = re.compile(r'\sw:val="(\d+)"')
_NUMBER = re.compile(r'\sid="')
_LINE_END = re.compile("[\t\n\a\f]")
_MARK = "\0"
"""Ends a cell that may lack its last paragraph; no markup and no value has this character."""


class Soundness(Enum):
    """What can be said of every filling of a template."""

    WHOLE = "whole"
    """It is well-formed, and has all that Word demands."""
    CELLS_MAY_END_OPEN = "cells may end open"
    """The same, but for cells that may lack the paragraph at their end: they are marked, and `end_cells` adds it."""
    UNKNOWN = "unknown"
    """Nothing: each filling must be parsed."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What can be said of every filling of a template; of an unknown one only that."""

    soundness: Soundness = Soundness.UNKNOWN
    markup: str = ""
    """Its markup with each branch once, and a letter for each value."""
    grids_change: bool = False
    """Whether docxtpl may change the columns of a table to the cells that its rows have."""
    drawings_vary: bool = False
    """Whether a drawing is repeated, or may be left out."""
    line_ends: bool = False
    """Whether the template itself has a line end or a tab in a text."""


def with_ends(source: str) -> str:
    """Give an empty paragraph an end of its own, so that `end_cells` knows it as one."""
    return _EMPTY_PARAGRAPH.sub(r"<w:p\1></w:p>", source)


def end_cells(text: str) -> str:
    """End each marked cell with a paragraph, as Word demands, where it has none."""
    *cells, rest = text.split(_MARK)
    return "".join([*(cell if cell.endswith("</w:p>") else f"{cell}<w:p></w:p>" for cell in cells), rest])


class _Unsure(Exception):
    """The markup cannot be shown to stay whole."""


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    name: str
    last: str = ""
    """Name of its last child, whatever was repeated or left out; "?" when that is not known."""
    row: bool = False
    """Whether it holds a table row for certain."""
    depth: int = 0
    """In how many loops and branches it opens."""
    columns: int = 0
    """Tables: columns of the grid. Rows: columns that the cells take."""
    cells: int = 0
    """Rows: how many."""
    rows: list[tuple[int, int, bool]] = field(default_factory=list)
    """Tables: cells, columns taken and whether it is there for certain, of each row in it and in tables in it."""

    def changes(self) -> bool:
        """Tell of a table whether docxtpl may change its columns: for more cells, or for fewer columns taken."""
        most = max(cells for cells, _taken, _certain in self.rows)
        taken = max((taken for _cells, taken, certain in self.rows if certain), default=0)
        return most > self.columns or taken < self.columns


def shape(tree: nodes.Template) -> Shape:
    """Tell what holds of every filling of a template, and mark the cells that may lack their last paragraph.

    Args:
        tree: the tree of the Jinja source of one part, its empty paragraphs with ends of their own.
    """
    if any(each.name in _ESCAPED for each in tree.find_all(nodes.Filter)) or any(tree.find_all(nodes.MarkSafe)):
        return Shape()
    walk = _Walk()
    try:
        walk.through(tree.body)
        markup = "".join(walk.text)
        etree.fromstring(markup.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    except (_Unsure, etree.XMLSyntaxError):
        return Shape()
    for piece, place in reversed(walk.open_cells):
        piece.data = piece.data[:place] + _MARK + piece.data[place:]
    sound = Soundness.CELLS_MAY_END_OPEN if walk.open_cells else Soundness.WHOLE
    return Shape(sound, markup, walk.grids_change, walk.drawings_vary, walk.line_ends)


class _Walk:
    """A walk through a template, with the elements open at each place."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.text: list[str] = []
        self.open_cells: list[tuple[nodes.TemplateData, int]] = []
        """Where cells end that may lack their last paragraph, in the order of the text."""
        self.grids_change = self.drawings_vary = self.line_ends = False
        self._floor = self._depth = 0

    def through(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for piece in node.nodes:
                        self._write(piece)
                case nodes.For():
                    self._branches([node.body, node.else_], certain=False)
                case nodes.If():
                    branches = [node.body, *(each.body for each in node.elif_), node.else_]
                    self._branches(branches, certain=bool(node.else_))
                case nodes.Assign() | nodes.ExprStmt():
                    continue
                case _:
                    raise _Unsure

    def _write(self, piece: nodes.Node) -> None:
        if isinstance(piece, nodes.TemplateData):
            self._markup(piece)
        elif not self.open or self.open[-1].name != "w:t":
            raise _Unsure
        else:
            self.text.append("x")

    def _branches(self, branches: Iterable[list[Any]], *, certain: bool) -> None:
        """Walk through what may be left out or repeated; `certain`: one of the branches is always taken."""
        before = self.open
        names = [each.name for each in before]
        holder = before[-1] if before else _Open("")
        state = (holder.last, holder.row)
        ends = [] if certain else [state]
        floor = self._floor
        self._depth += 1
        for branch in branches:
            self.open, self._floor = list(before), len(before)
            holder.last, holder.row = state
            self.through(branch)
            if [each.name for each in self.open] != names:
                raise _Unsure
            if branch:
                end = self.open[-1] if before else holder
                ends.append((end.last, end.row))
        self.open = before
        self._floor = floor
        self._depth -= 1
        lasts = {last for last, _row in ends}
        holder.last = lasts.pop() if len(lasts) == 1 else "?"
        holder.row = all(row for _last, row in ends)

    def _markup(self, written: nodes.TemplateData) -> None:
        data = written.data
        self.text.append(data)
        place = 0
        for piece in _PIECE.finditer(data):
            self._literal(data[place : piece.start()])
            place = piece.end()
            if not piece["name"]:
                raise _Unsure
            if piece["end"]:
                if self._close(piece["name"]):
                    self.open_cells.append((written, piece.start()))
            else:
                self._begin(piece["name"], piece["rest"], alone=bool(piece["alone"]))
        self._literal(data[place:])

    def _literal(self, text: str) -> None:
        if self.open and self.open[-1].name == "w:t" and _LINE_END.search(text):
            self.line_ends = True

    def _begin(self, name: str, rest: str, *, alone: bool) -> None:
        if self.open:
            self.open[-1].last = name
            self.open[-1].row = self.open[-1].row or name == "w:tr"
        self.open.append(_Open(name, depth=self._depth))
        self._measure(name, rest)
        if alone and self._close(name):
            raise _Unsure

    def _measure(self, name: str, rest: str) -> None:
        """Count the columns of a table and of its rows, and see that drawings stay as many."""
        match [each.name for each in self.open[-4:]]:
            case [*_, "w:tr", "w:tc"]:
                row, taken = self.open[-2], 1
                row.cells += 1
            case [*_, "w:tr", "w:tc", "w:tcPr", "w:gridSpan"]:
                span = _SPAN.search(rest)
                if span is None:
                    raise _Unsure
                row, taken = self.open[-4], int(span[1]) - 1
            case [*_, "w:tbl", "w:tblGrid", "w:gridCol"]:
                row, taken = self.open[-3], 1
            case _:
                if name == "wp:docPr" and (self._depth or not _NUMBER.search(rest)) and self._in_body:
                    self.drawings_vary = True
                return
        row.columns += taken
        self.grids_change = self.grids_change or (self._in_body and row.depth != self._depth)

    @property
    def _in_body(self) -> bool:
        """Whether it is the body: docxtpl leaves the tables and drawings of other parts as they are."""
        return self.open[0].name == "w:document"

    def _close(self, name: str) -> bool:
        """Close an element; tell whether it is a cell that may lack its last paragraph."""
        if len(self.open) <= self._floor and name not in _REOPENED:
            raise _Unsure
        if not self.open or self.open[-1].name != name:
            raise _Unsure
        closed = self.open.pop()
        self._floor = min(self._floor, len(self.open))
        if (name in {"w:hdr", "w:ftr"} and closed.last != "w:p") or (name == "w:tbl" and not closed.row):
            raise _Unsure
        if name == "w:tr":
            for table in self.open:
                if table.name == "w:tbl":
                    table.rows.append((closed.cells, closed.columns, closed.depth == table.depth))
        if name == "w:tbl" and self.open and self._in_body:
            self.grids_change = self.grids_change or closed.changes()
        return name == "w:tc" and closed.last != "w:p"
