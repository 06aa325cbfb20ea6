"""Walk through one story of a Word file: its paragraphs and tables as lines and grids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.compare.colours import half_points
from pipeline.compare.drawn import Drawn
from pipeline.compare.dress import dress_of
from pipeline.compare.inline import Inline, aligned, bound, ground_of
from pipeline.compare.labels import BULLET, Labels
from pipeline.compare.looks import Looks
from pipeline.compare.paging import Paging
from pipeline.compare.version import Block, Cell, Grid, Line, Row, Unseen
from pipeline.compare.words import cut
from pipeline.ooxml.alternate import choose
from pipeline.ooxml.names import MC, OFF, VAL, A, V, W
from pipeline.readers.docx_fields import fields_close
from pipeline.readers.docx_styles import Styles, outline_level

_P, _TBL, _TR, _TC, _PPR = W + "p", W + "tbl", W + "tr", W + "tc", W + "pPr"
_SILENT = frozenset(W + name for name in ("sectPr", "tcPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "pPr"))
_LOOSE = frozenset({W + "r", W + "hyperlink", W + "fldSimple"})
_LOW = 40
"""Twentieths of a point: nobody reads what stands in a line or row of two points."""
_FAR = 12_000
"""Twentieths of a point: wider than A4."""
UNKNOWN = "?"
"""A ground of which the colour is not known."""


@dataclass(slots=True)
class Found:
    """What is met while walking, beside the blocks."""

    drawn: list[tuple[Drawn, str]] = field(default_factory=list)
    """Each with the heading that it stands under."""
    unseen: list[Unseen] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    """Identifier and heading."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    chunks: list[tuple[Any, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Around:
    """What lies around a block."""

    table: str = ""
    ground: str = ""
    hidden: str = ""
    """Why nothing in it is seen; empty when it is."""


class Walker:
    """Walks through the stories of a file in order; counts labels and tables over all of them."""

    def __init__(self, looks: Looks, styles: Styles, labels: Labels) -> None:
        self._looks, self._styles, self._labels = looks, styles, labels
        self.found = Found()
        self.heading = ""
        self._tables = 0
        self._part = ""
        self.links: Mapping[str, str] = {}
        """Where the links of the part under way lead, by the identifier of the relation."""
        self._inline = Inline(looks, self.links, closed=True)
        self._paging: Paging | None = None

    def walk(self, container: Any, part: str, *, boxed: bool = False) -> list[Block]:
        """Give the blocks of a story.

        Args:
            container: the element that holds its paragraphs.
            part: empty for the body, else what kind of story it is.
            boxed: it stands in a text box, under the heading of what anchors it.
        """
        self._part = part
        self._inline = Inline(self._looks, self.links, closed=fields_close(container))
        self._paging = None if part else Paging(container, self._looks)
        if part and not boxed:
            self.heading = ""
        return list(self._blocks(container, _Around()))

    def _blocks(self, container: Any, around: _Around) -> Iterator[Block]:
        for child in container:
            tag = child.tag
            if tag == _P or (tag == A + "p"):
                yield from self._line(child, around)
            elif tag == _TBL:
                yield from self._grid(child, around)
            elif tag == MC + "AlternateContent":
                chosen = choose(child)
                if chosen is not None:
                    yield from self._blocks(chosen, around)
            elif tag == W + "altChunk":
                self.found.chunks.append((child, self.heading))
            elif tag in _LOOSE:
                yield from self._line([child], around)
            elif tag in _SILENT:
                continue
            elif isinstance(tag, str) and tag.startswith(W) and len(child):
                if tag == W + "sdt":
                    said = bound(child)
                    self.found.unseen += [Unseen(text, why, self._part, self.heading) for why, text in said]
                yield from self._blocks(child, around)

    def _line(self, paragraph: Any, around: _Around) -> Iterator[Line]:
        properties = None if isinstance(paragraph, list) else paragraph.find(_PPR)
        style = "" if properties is None else _value(properties.find(W + "pStyle"))
        if getattr(paragraph, "tag", "") == A + "p":
            paragraph = _as_word(paragraph)
        own = ground_of(properties) or shading_of(self._looks, style)
        said = self._inline.read(paragraph, style, around.table, own or around.ground)
        hidden = around.hidden or lost(properties, self._looks, style)
        if hidden:
            said.unseen += [(hidden, stretch.text) for stretch in said.stretches]
            said.stretches = []
        tokens = cut(said.stretches)
        label = "" if hidden or self._part else self._labels.next(properties, style)
        line = Line(tokens, paragraph, style, label, self._labels.last if label else None)
        outline = None if properties is None else properties.find(W + "outlineLvl")
        line.level = self._styles.level(style) if outline is None else outline_level(outline)
        if line.level and tokens and not self._part and not around.table:
            self.heading = " ".join(filter(None, (label, line.text)))
        line.heading = self.heading
        line.aligned = aligned(properties, self._looks, style)
        line.dress = dress_of(properties, self._looks, style, around.table, labelled=bool(label))
        line.targets, line.notes = tuple(said.targets), tuple(said.notes)
        line.key = ("p", *((token.key, token.space) for token in tokens))
        self._note(said, line)
        shown = bool(tokens) or label not in ("", BULLET)
        if self._paging is not None and not isinstance(paragraph, list):
            line.begins_page = self._paging.begins(paragraph, style, shown=shown)
        if shown:
            yield line

    def _note(self, said: Any, line: Line) -> None:
        found = self.found
        found.drawn += [(drawn, line.heading) for drawn in said.drawn]
        found.comments += [(identifier, line.heading) for identifier in said.comments]
        found.notes += said.notes
        reasons = dict.fromkeys(reason for reason, _text in said.unseen)
        for reason in reasons:
            text = " ".join("".join(text for why, text in said.unseen if why == reason).split())
            if text:
                found.unseen.append(Unseen(text, reason, self._part, line.heading))

    def _grid(self, table: Any, around: _Around) -> Iterator[Grid]:
        self._tables += 1
        number = self._tables
        style = _value(table.find(f"{W}tblPr/{W}tblStyle"))
        ground = UNKNOWN if self._looks.shades(style) else around.ground
        inner = _Around(style or "?", ground, around.hidden)
        heading = self.heading
        rows = [row for each in _inside(table, _TR) if (row := self._row(each, inner)) is not None]
        if rows:
            yield Grid(rows, table, number, heading, ("t", *(row.key for row in rows)))

    def _row(self, row: Any, around: _Around) -> Row | None:
        hidden = row.find(f"{W}trPr/{W}hidden")
        height = row.find(f"{W}trPr/{W}trHeight")
        low = (
            height is not None and height.get(W + "hRule") == "exact" and half_points(height.get(VAL, ""), 100) <= _LOW
        )
        gone = low or (hidden is not None and hidden.get(VAL, "1") not in OFF)
        inner = _Around(around.table, around.ground, "row" if gone else around.hidden)
        cells = [self._cell(cell, inner) for cell in _inside(row, _TC)]
        if gone:
            return None
        return Row(cells, row, tuple(cell.key for cell in cells))

    def _cell(self, cell: Any, around: _Around) -> Cell:
        properties = cell.find(W + "tcPr")
        merged = None if properties is None else properties.find(W + "vMerge")
        covered = merged is not None and merged.get(VAL) != "restart"
        ground = ground_of(properties) or around.ground
        inner = _Around(around.table, ground, "covered" if covered else around.hidden)
        blocks = list(self._blocks(cell, inner))
        return Cell(blocks, cell, tuple(block.key for block in blocks))


def _inside(element: Any, wanted: str) -> Iterator[Any]:
    """Give the rows of a table or the cells of a row, those in content controls too, not those of tables inside."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag not in _SILENT and child.tag not in (_P, _TBL, _TR, _TC):
            yield from _inside(child, wanted)


def lost(properties: Any, looks: Looks, style: str) -> str:
    """Say why nobody sees a paragraph: it is as low as a hair, or stands beside the paper; empty when one does."""
    for name, reason in (("spacing", "tiny"), ("ind", "away")):
        own = None if properties is None else properties.find(W + name)
        element = looks.paragraph_property(style, W + name) if own is None else own
        if element is None:
            continue
        if reason == "tiny" and element.get(W + "lineRule") == "exact":
            if half_points(element.get(W + "line", ""), 240) <= _LOW:
                return reason
        elif reason == "away":
            left = half_points(element.get(W + "left", element.get(W + "start", "0")), 0)
            if abs(left) > _FAR:
                return reason
    return ""


def shading_of(looks: Looks, style: str) -> str:
    """Give the colour that a paragraph style lays behind its words; empty when none."""
    element = looks.paragraph_property(style, W + "shd")
    if element is None:
        return ""
    fill = element.get(W + "fill", "auto").upper()
    return "" if fill == "AUTO" else str(fill)


def _as_word(paragraph: Any) -> Any:
    """Give a paragraph of a drawing as one of Word, so that it is read alike."""
    from lxml import etree

    made = etree.Element(_P)
    for text in paragraph.iter(A + "t", A + "br"):
        run = etree.SubElement(made, W + "r")
        etree.SubElement(run, W + ("t" if text.tag == A + "t" else "br")).text = text.text
    return made


def art_line(path: Any) -> Any:
    """Give letters that are a drawing (WordArt, a watermark) as a paragraph of Word."""
    from lxml import etree

    made = etree.Element(_P)
    etree.SubElement(etree.SubElement(made, W + "r"), W + "t").text = path.get("string", "")
    return made


def is_art(element: Any) -> bool:
    """Tell whether an element is letters that are a drawing."""
    return bool(element.tag == V + "textpath")


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(VAL, ""))
