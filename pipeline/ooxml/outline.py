"""The paragraphs of one part of a Word file in the order of its XML, each with its place: as a template is run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pipeline.ooxml.names import MC, OFF, VAL, A, V, W

Steps = tuple[tuple[str, int], ...]
"""The way to a place: `(("table", 2), ("row", 3), ("cell", 1))`; kinds: paragraph, table, row, cell, box."""

_SKIPPED = frozenset(
    {W + name for name in ("pPr", "rPr", "tblPr", "tblGrid", "tcPr", "sdtPr", "sdtEndPr")} | {MC + "Fallback"}
)
_SPACES = frozenset({W + "tab", W + "br", W + "cr"})
_GONE = frozenset({W + "del", W + "moveFrom"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


class Kind(Enum):
    """How a text stands in a paragraph."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    """In an attribute or a field code: alt text, the address of a link."""
    DELETED = "deleted"
    """Struck out by a tracked change that nobody accepted yet."""


@dataclass(slots=True)
class Block:
    """One paragraph, and where it stands."""

    index: int
    """Its number among all `w:p` of the part, from 0."""
    steps: Steps
    holder: int
    """What holds it: the same number for all that stand in the same cell, box or body."""
    cell: int = 0
    row: int = 0
    table: int = 0
    """Numbers of the innermost cell, row and table around it; 0 outside a table."""
    things: list[str] = field(default_factory=list)
    """What it holds beside text: picture, page break, section break."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a paragraph that nothing interrupts."""

    block: Block
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row looks."""

    text: str
    marked: bool
    """Whether Word knows it as a header row."""
    bold: bool
    """Whether everything in it is bold, and there is something in it."""
    fixed: bool
    """Whether it is exactly so high, whatever stands in it."""
    block: Block | None


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table looks."""

    steps: Steps
    rows: tuple[RowLook, ...]


@dataclass(slots=True)
class Outline:
    """One part: its paragraphs, texts, tables, and the pictures without alt text."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    tables: list[TableLook] = field(default_factory=list)
    unnamed: list[Block] = field(default_factory=list)
    """The paragraph of each picture that has no alt text."""

    def text(self, block: Block) -> str:
        """Give the words of a paragraph, without those of the boxes in it."""
        return "".join(piece.text for piece in self.pieces if piece.block is block and piece.kind is Kind.SHOWN)


def outline(root: Any) -> Outline:
    """Walk through one part.

    Args:
        root: its root element, parsed.
    """
    return _Walk(root).made


@dataclass(slots=True)
class _Inside:
    """What holds the element under way."""

    steps: Steps = ()
    holder: int = 0
    cell: int = 0
    row: int = 0
    table: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    alone: bool = False
    """Whether a paragraph needs no number: the only one of its cell."""


class _Walk:
    def __init__(self, root: Any) -> None:
        self.made = Outline()
        self._paragraphs = list(root.iter(W + "p"))
        self._numbers = {element: number for number, element in enumerate(self._paragraphs)}
        self._last = 0
        self._text: list[str] = []
        self._block: Block | None = None
        self._kind = Kind.SHOWN
        self._each(root, _Inside())

    def _number(self) -> int:
        self._last += 1
        return self._last

    def _each(self, parent: Any, inside: _Inside) -> None:
        for element in parent:
            if isinstance(element.tag, str) and element.tag not in _SKIPPED:
                self._one(element, inside)

    def _one(self, element: Any, inside: _Inside) -> None:
        match element.tag.rpartition("}")[2] if element.tag.startswith(W) else element.tag:
            case "p":
                self._paragraph(element, inside)
            case "tbl":
                self._table(element, inside)
            case "tr":
                self._row(element, inside)
            case "tc":
                self._cell(element, inside)
            case "txbxContent":
                self._box(element, inside)
            case "footnote" | "endnote" if element.get(W + "type") in _SEPARATORS:
                return
            case _:
                self._in_a_paragraph(element, inside)

    def _paragraph(self, element: Any, inside: _Inside) -> None:
        inside.counts["paragraph"] += 1
        steps = inside.steps if inside.alone else (*inside.steps, ("paragraph", inside.counts["paragraph"]))
        block = Block(self._numbers[element], steps, inside.holder, inside.cell, inside.row, inside.table)
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            block.things.append("section")
        self._flush()
        outer, self._block = self._block, block
        kind, self._kind = self._kind, Kind.SHOWN
        self.made.blocks.append(block)
        self._each(element, inside)
        self._flush()
        self._block, self._kind = outer, kind

    def _table(self, element: Any, inside: _Inside) -> None:
        inside.counts["table"] += 1
        steps = (*inside.steps, ("table", inside.counts["table"]))
        first = len(self.made.blocks)
        self._each(element, _Inside(steps, inside.holder, table=self._number()))
        blocks = {block.index: block for block in self.made.blocks[first:]}
        rows = tuple(self._look(row, blocks) for row in _rows(element))
        self.made.tables.append(TableLook(steps, rows))

    def _look(self, row: Any, blocks: dict[int, Block]) -> RowLook:
        runs = [run for run in row.iter(W + "r") if "".join(run.itertext(W + "t")).strip()]
        mark = row.find(f"{W}trPr/{W}tblHeader")
        height = row.find(f"{W}trPr/{W}trHeight")
        place = next((blocks[self._numbers[each]] for each in row.iter(W + "p") if self._numbers[each] in blocks), None)
        return RowLook(
            "".join(row.itertext(W + "t")),
            mark is not None and mark.get(VAL, "1") not in OFF,
            bool(runs) and all(_on(run.find(f"{W}rPr/{W}b")) for run in runs),
            height is not None and height.get(W + "hRule") == "exact",
            place,
        )

    def _row(self, element: Any, inside: _Inside) -> None:
        inside.counts["row"] += 1
        steps = (*inside.steps, ("row", inside.counts["row"]))
        self._each(element, _Inside(steps, inside.holder, 0, self._number(), inside.table))

    def _cell(self, element: Any, inside: _Inside) -> None:
        inside.counts["cell"] += 1
        steps = (*inside.steps, ("cell", inside.counts["cell"]))
        number = self._number()
        alone = sum(1 for _each in element.iter(W + "p")) == 1
        self._each(element, _Inside(steps, number, number, inside.row, inside.table, alone=alone))

    def _box(self, element: Any, inside: _Inside) -> None:
        around = self._block.steps if self._block else inside.steps
        self._flush()
        self._each(element, _Inside((*around, ("box", 0)), self._number()))

    def _in_a_paragraph(self, element: Any, inside: _Inside) -> None:
        block = self._block
        if block is None:
            self._each(element, inside)
        elif element.tag in (W + "t", W + "delText"):
            self._text.append(element.text or "")
        elif element.tag == W + "instrText":
            self._aside(element.text or "")
        elif element.tag in _SPACES:
            self._text.append(" ")
            if element.get(W + "type") == "page":
                block.things.append("page")
        elif element.tag in _GONE:
            self._flush()
            kind, self._kind = self._kind, Kind.DELETED
            self._each(element, inside)
            self._flush()
            self._kind = kind
        else:
            self._drawing(element, block)
            self._each(element, inside)

    def _drawing(self, element: Any, block: Block) -> None:
        """Note a picture, its alt text, and whether it has none."""
        if element.tag == _WP + "docPr":
            words = [element.get("descr", ""), element.get("title", "")]
            holder = element.getparent()
            text = any(True for _each in holder.iter(W + "txbxContent"))
            decoration = any(each.get("val") in ("1", "true") for each in element.iter(_DECORATIVE))
            shape = any(True for _each in holder.iter(A + "graphic"))
            named = text or decoration or not shape
        elif element.tag == V + "shape" and element.find(V + "imagedata") is not None:
            words, named, text = [element.get("alt", "")], False, False
        else:
            return
        if not text:
            block.things.append("picture")
        for each in words:
            self._aside(each)
        if not named and not any(each.strip() for each in words):
            self.made.unnamed.append(block)

    def _aside(self, text: str) -> None:
        self._flush()
        if text and self._block is not None:
            self.made.pieces.append(Piece(self._block, text, Kind.HIDDEN))

    def _flush(self) -> None:
        if self._text and self._block is not None:
            self.made.pieces.append(Piece(self._block, "".join(self._text), self._kind))
        self._text = []


def _rows(table: Any) -> Iterator[Any]:
    """Give the rows of a table, not those of the tables in it."""
    for row in table.iter(W + "tr"):
        if next(row.iterancestors(W + "tbl")) is table:
            yield row


def _on(mark: Any) -> bool:
    return mark is not None and mark.get(VAL, "1") not in OFF
