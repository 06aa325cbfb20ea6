"""Blocks down the pages of a fillable PDF: paragraphs, and table rows whose cells hold words and fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.blank.pdf_fields import Widget
from pipeline.blank.pdf_font import bold, regular
from pipeline.blank.pdf_sheet import PAGE, Box, Node, Run, Sheet, wrap
from pipeline.blank.questions import WIDTH
from pipeline.blank.style import ACCENT, GREY, REQUIRED
from pipeline.pdf import Line as Printed

LEFT, TOP, FOOT = 56.7, 68.0, 58.0
"""Margins, in points; the running heads stand outside them."""
_WIDE = WIDTH / 20
_PAD = 5.0
"""Between the edge of a cell and its words."""
_LEADING = 1.22
_LINE = 17.0
"""Height of a field of one line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks."""

    size: float
    strong: bool = False
    colour: str = "000000"
    before: float = 0
    after: float = 0
    indent: float = 0

    def runs(self, text: str, *, star: bool = False) -> list[Run]:
        """Give a text in this style, with the mark of a required question when it has one."""
        face = bold() if self.strong else regular()
        said = [Run(text.replace("\u2011", "-"), face, self.size, self.colour)]
        return [*said, Run("\u00a0*", bold(), self.size, REQUIRED)] if star else said


TITLE = Style(22, strong=True, colour=ACCENT, after=3)
SUBTITLE = Style(13, colour=GREY, after=10)
HEADING = Style(15, strong=True, colour=ACCENT, before=16, after=10)
SUBHEADING = Style(11.5, strong=True, colour=ACCENT, before=8, after=3)
INTRO = Style(10.5, after=5)
INTRO_TITLE = Style(10.5, strong=True, colour=ACCENT, before=6, after=2)
ITEM = Style(10, after=2, indent=14)
HELP_ABOVE = Style(9.5, colour=GREY, after=5)
LABEL = Style(9.5, strong=True, before=1.5, after=1.5)
HELP = Style(8.5, colour=GREY, after=2)
CARD = Style(10, strong=True, colour=ACCENT, before=2, after=2)
GRID_HEAD = Style(8.2, strong=True, before=1.5, after=1.5)
CHOICE = Style(10)
RUNNING = Style(8.5, colour=GREY)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in a cell."""

    style: Style
    text: str
    star: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A field in a cell: its place is found when the row is put on a page."""

    widget: Widget
    height: float
    caption: str = ""
    """Of a box: the words behind it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row: words, then fields; boxes may stand side by side."""

    width: float
    texts: tuple[Text, ...] = ()
    entries: tuple[Entry, ...] = ()
    fill: str = ""
    span: int = 1
    heads: str = ""
    """Row or Column: it is the header of that."""
    beside: bool = False
    """Its boxes stand on one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, with whether it stays with the next."""

    cells: tuple[Cell, ...]
    keep: bool = False


@dataclass(slots=True)
class Flow:
    """Puts blocks one under the other and turns the page where one does not fit."""

    sheet: Sheet = field(default_factory=Sheet)
    document: Node = field(default_factory=lambda: Node("Document"))
    widgets: list[Widget] = field(default_factory=list)
    headings: list[tuple[int, str, int, float]] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    """What is written outside of the questions."""
    y: float = 0.0

    def turn(self) -> None:
        """Begin a page."""
        self.sheet.turn()
        self.y = PAGE[1] - TOP

    def need(self, height: float) -> None:
        """Begin a page when less room than this is left."""
        if self.y - height < FOOT:
            self.turn()

    def paragraph(self, node: Node, kind: str, text: str, style: Style, *, star: bool = False, keep: float = 0) -> Node:
        """Write a paragraph; `keep` is the room that what follows needs on the same page."""
        lines = wrap(style.runs(text, star=star), _WIDE - style.indent)
        self.need(style.before + len(lines) * style.size * _LEADING + style.after + keep)
        made = node.add(kind)
        self.y -= style.before
        self._tell(text, level=int(kind[1]) if kind.startswith("H") else 0)
        self.sheet.write(made, self._lines(lines, LEFT + style.indent, style))
        self.y -= style.after
        return made

    def heading(self, node: Node, level: int, text: str, style: Style, *, star: bool = False, keep: float = 0) -> None:
        """Write a heading and remember it for the bookmarks; the first level is underlined."""
        self.paragraph(node, f"H{level + 1}", text, style, star=star, keep=keep)
        page_top = self.y + style.size * _LEADING + style.after
        self.headings.append((level, text, self.sheet.page, page_top))
        if level == 1:
            at = self.y + style.after - 4
            self.sheet.rule(LEFT, at, LEFT + _WIDE, at, colour=ACCENT, width=1)

    def lead(self, node: Node, text: str, style: Style) -> None:
        """Write a line above a list, inside a box."""
        self.y -= style.before
        self._tell(text)
        self.sheet.write(node.add("P"), [(LEFT + _PAD + 2, self.y - style.size, style.runs(text))])
        self.y -= style.size * _LEADING + style.after

    def item(self, node: Node, text: str, style: Style) -> None:
        """Write an item of a list, with its mark."""
        item = node.add("LI")
        lines = wrap(style.runs(text), _WIDE - style.indent - 2 * _PAD)
        mark, body = item.add("Lbl"), item.add("LBody")
        self._tell(text)
        self.sheet.write(mark, [(LEFT + _PAD + 2, self.y - style.size, style.runs("•"))])
        self.sheet.write(body, self._lines(lines, LEFT + _PAD + style.indent, style))
        self.y -= style.after

    def height_of_item(self, text: str, style: Style) -> float:
        """Give the room that an item of a list takes."""
        return len(wrap(style.runs(text), _WIDE - style.indent - 2 * _PAD)) * style.size * _LEADING + style.after

    def table(self, node: Node, lines: Sequence[Line], *, title: str, header: Line | None = None) -> None:
        """Write a table; its header stands again at the top of each page that it runs over."""
        made = node.add("Table", title=title)
        if header is not None:
            self.need(_height(header) + (_height(lines[0]) if lines else 0))
            self._row(made.add("TR"), header)
        for index, line in enumerate(lines):
            together = _height(line)
            for follower in lines[index + 1 :]:
                if not lines[index].keep:
                    break
                together += _height(follower)
                if not follower.keep:
                    break
            if self.y - together < FOOT and self.y < PAGE[1] - TOP:
                self.turn()
                if header is not None:
                    self._row(None, header)
            self._row(made.add("TR"), line)

    def space(self, height: float) -> None:
        """Leave room."""
        self.y -= height

    def _tell(self, text: str, *, level: int = 0) -> None:
        self.printed.append(Printed(self.sheet.page + 1, PAGE[1] - self.y, level, text))

    def _row(self, row: Node | None, line: Line) -> None:
        """Draw a row; without a node it is one that comes again."""
        height = _height(line)
        left, bottom = LEFT, self.y - height
        for cell in line.cells:
            box = (left, bottom, left + cell.width, self.y)
            if cell.fill:
                self.sheet.fill(box, cell.fill)
            self.sheet.frame(box)
            node = None if row is None else row.add("TH" if cell.heads else "TD", scope=cell.heads, span=cell.span)
            self._cell(node, cell, box)
            left += cell.width
        self.y = bottom

    def _cell(self, node: Node | None, cell: Cell, box: Box) -> None:
        left, _bottom, right, top = box
        y = top - _PAD / 2
        for text in cell.texts:
            style = text.style
            y -= style.before
            lines = wrap(style.runs(text.text, star=text.star), cell.width - 2 * _PAD)
            placed = []
            for runs in lines:
                placed.append((left + _PAD, y - style.size, runs))
                y -= style.size * _LEADING
            y -= style.after
            if node is None:
                self.sheet.decorate(self.sheet.page, "/Artifact <</Type /Pagination>> BDC", placed)
            else:
                self.sheet.write(node.add("P"), placed)
        if node is not None and cell.entries:
            self._entries(node, cell, (left, box[1], right, y))

    def _entries(self, node: Node, cell: Cell, box: Box) -> None:
        """Put the fields of a cell: one that fills it, or boxes with their words."""
        left, bottom, right, top = box
        if cell.entries[0].widget.kind != "box":
            place = (left + 1.5, bottom + 1.5, right - 1.5, top + _PAD / 2 - 1.5)
            self._widget(node, cell.entries[0].widget, _one_line(place, cell.entries[0]))
            return
        x, y = left + _PAD, top - 3
        for entry in cell.entries:
            size = CHOICE.size
            part = node.add("P")
            self._widget(part, entry.widget, (x, y - size, x + size * 0.9, y))
            runs = CHOICE.runs(entry.caption)
            lines = wrap(runs, right - x - size - 3 - _PAD)
            placed = [(x + size + 3, y - size + 2 - at * size * _LEADING, words) for at, words in enumerate(lines)]
            self.sheet.write(part, placed)
            if cell.beside:
                x += size + 3 + sum(run.face.width(run.text, run.size) for run in runs) + 22
            else:
                y -= len(lines) * size * _LEADING + 3

    def _widget(self, node: Node, widget: Widget, box: Box) -> None:
        form = node.add("Form")
        form.widgets.append(len(self.widgets))
        self.widgets.append(replace(widget, page=self.sheet.page, box=box))

    def _lines(
        self, lines: Sequence[Sequence[Run]], left: float, style: Style
    ) -> list[tuple[float, float, Sequence[Run]]]:
        placed = []
        for runs in lines:
            placed.append((left, self.y - style.size, runs))
            self.y -= style.size * _LEADING
        return placed


def _one_line(box: Box, entry: Entry) -> Box:
    """Keep a field of one line low in a high cell: viewers make the text as large as the field."""
    left, bottom, right, top = box
    if entry.widget.kind == "lines" or top - bottom <= _LINE:
        return box
    middle = (top + bottom) / 2
    return left, middle - _LINE / 2, right, middle + _LINE / 2


def height_of(lines: Sequence[Line]) -> float:
    """Give the room that rows take."""
    return sum(_height(line) for line in lines)


def _height(line: Line) -> float:
    return max(_cell_height(cell) for cell in line.cells)


def _cell_height(cell: Cell) -> float:
    room = _PAD
    for text in cell.texts:
        style = text.style
        lines = wrap(style.runs(text.text, star=text.star), cell.width - 2 * _PAD)
        room += style.before + len(lines) * style.size * _LEADING + style.after
    if not cell.entries:
        return room
    if cell.entries[0].widget.kind != "box":
        return room - _PAD + max(entry.height for entry in cell.entries)
    heights = [_caption_height(entry, cell) for entry in cell.entries]
    return room + (max(heights) if cell.beside else sum(heights))


def _caption_height(entry: Entry, cell: Cell) -> float:
    if cell.beside:
        return CHOICE.size * _LEADING + 3
    lines = wrap(CHOICE.runs(entry.caption), cell.width - 2 * _PAD - CHOICE.size - 3)
    return len(lines) * CHOICE.size * _LEADING + 3
