"""Tell of a compiled template whether every filling of it is well-formed and whole, so that no paper needs a check.

Each loop and each branch must hold whole elements; then whatever is repeated or left out, the rest stays whole.
Values stand in `w:t` only, where they are escaped. Where this cannot be shown, the filled part is parsed and mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jinja2 import nodes
from lxml import etree

_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<rest>[^<>]*?)(?P<alone>/?)>|<|>")
_ESCAPED = frozenset({"e", "escape", "forceescape", "format", "indent", "replace", "safe", "tojson", "wordcount"})
"""Filters that may give markup: of escaped text a piece is not always well-formed."""
_EMPTY_PARAGRAPH = re.compile(r"<w:p((?: [^<>]*)?)/>")
_OPEN_CELL = re.compile(r"(?<!</w:p>)</w:tc>")


class Soundness(Enum):
    """What can be said of every filling of a template."""

    WHOLE = "whole"
    """It is well-formed, and has all that Word demands."""
    CELLS_MAY_END_OPEN = "cells may end open"
    """The same, but for cells that may lack the paragraph at their end: `end_cells` adds it."""
    UNKNOWN = "unknown"
    """Nothing: each filling must be parsed."""


def with_ends(source: str) -> str:
    """Give an empty paragraph an end of its own, so that `end_cells` knows it as one."""
    return _EMPTY_PARAGRAPH.sub(r"<w:p\1></w:p>", source)


def end_cells(text: str) -> str:
    """End each cell with a paragraph, as Word demands, in the markup of a sound template."""
    if text.count("</w:tc>") == text.count("</w:p></w:tc>"):  # as in most papers, and much quicker to see
        return text
    return _OPEN_CELL.sub("<w:p></w:p></w:tc>", text)


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


def soundness(tree: nodes.Template) -> Soundness:
    """Tell what holds of every filling of a template.

    Args:
        tree: the tree of the Jinja source of one part, its empty paragraphs with ends of their own.
    """
    if any(each.name in _ESCAPED for each in tree.find_all(nodes.Filter)) or any(tree.find_all(nodes.MarkSafe)):
        return Soundness.UNKNOWN
    walk = _Walk()
    try:
        walk.through(tree.body)
        etree.fromstring("".join(walk.text).encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    except (_Unsure, etree.XMLSyntaxError):
        return Soundness.UNKNOWN
    return Soundness.CELLS_MAY_END_OPEN if walk.open_cells else Soundness.WHOLE


class _Walk:
    """A walk through a template, with the elements open at each place."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.text: list[str] = []
        self.open_cells = False
        self._floor = 0

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
            self._markup(piece.data)
        elif not self.open or self.open[-1].name != "w:t":
            raise _Unsure
        else:
            self.text.append("x")

    def _branches(self, branches: Iterable[list[Any]], *, certain: bool) -> None:
        """Walk through what may be left out or repeated; `certain`: one of the branches is always taken."""
        holder = self.open[-1] if self.open else _Open("")
        before = (holder.last, holder.row)
        ends = [] if certain else [before]
        floor, self._floor = self._floor, len(self.open)
        for branch in branches:
            holder.last, holder.row = before
            self.through(branch)
            if len(self.open) != self._floor:
                raise _Unsure
            if branch:
                ends.append((holder.last, holder.row))
        self._floor = floor
        lasts = {last for last, _row in ends}
        holder.last = lasts.pop() if len(lasts) == 1 else "?"
        holder.row = all(row for _last, row in ends)

    def _markup(self, data: str) -> None:
        self.text.append(data)
        for piece in _PIECE.finditer(data):
            if not piece["name"]:
                raise _Unsure
            if piece["end"]:
                self._close(piece["name"])
            else:
                self._begin(piece["name"], alone=bool(piece["alone"]))

    def _begin(self, name: str, *, alone: bool) -> None:
        if self.open:
            self.open[-1].last = name
            self.open[-1].row = self.open[-1].row or name == "w:tr"
        self.open.append(_Open(name))
        if alone:
            self._close(name)

    def _close(self, name: str) -> None:
        if len(self.open) <= self._floor or self.open[-1].name != name:
            raise _Unsure
        closed = self.open.pop()
        if (name in {"w:hdr", "w:ftr"} and closed.last != "w:p") or (name == "w:tbl" and not closed.row):
            raise _Unsure
        if name == "w:tc" and closed.last != "w:p":
            self.open_cells = True
