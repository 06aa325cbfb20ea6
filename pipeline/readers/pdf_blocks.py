"""Make the blocks of the neutral document out of the lines and tables of a PDF, numbered and placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import prod

from pipeline.document import Block, Box, Cell, Location, Paragraph, Table
from pipeline.language import _
from pipeline.readers.lines import pictured
from pipeline.readers.pdf_habits import Habits, Lines, habits_of
from pipeline.readers.pdf_join import Passage, is_box, passages
from pipeline.readers.pdf_lines import Line, between_columns
from pipeline.readers.pdf_marked import is_set_apart
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_tables import DraftCell, DraftRow, DraftTable, Item
from pipeline.readers.symbols import TICKED, UNTICKED

_LARGER = 1.08
_LONGEST_HEADING = 200
_SMALLEST_PICTURE = 6.0
"""Points that a picture is wide and high at least to show a text."""


def learn(pages: Sequence[tuple[Page, tuple[Item, ...]]], producer: str) -> Habits:
    """Learn from all lines of a document, and from what made it, how it was printed."""
    return habits_of(
        _blocks(pages),
        prints_all=any(page.prints_all_spaces for page, _items in pages),
        producer=producer,
    )


def _blocks(pages: Sequence[tuple[Page, tuple[Item, ...]]]) -> Iterator[Lines]:
    left, right = margins(pages)
    for _page, items in pages:
        for running, group in groupby(items, key=lambda item: isinstance(item, Line)):
            if running:
                yield Lines([item for item in group if isinstance(item, Line)], left, right, running=True)
            else:
                for table in group:
                    if isinstance(table, DraftTable):
                        yield from _cells(table)


def _cells(table: DraftTable) -> Iterator[Lines]:
    for row in table.rows:
        for cell in row:
            yield _in_cell(cell)
            for inner in cell.inner:
                yield from _cells(inner)


def _in_cell(cell: DraftCell) -> Lines:
    return Lines(cell.lines, cell.box[0] + cell.padding, cell.box[2] - cell.padding)


def margins(pages: Sequence[tuple[Page, tuple[Item, ...]]]) -> tuple[float, float]:
    """Give the left and right edge of the running text of a document.

    Where no line is seen to be wrapped, the right margin is taken to be as wide as the left.
    """
    lines = [line for page, _items in pages for line in page.sorted.running]
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    if not any(line.space for line in lines):
        right = max([right, *(page.frame.width - left for page, _items in pages)])
    return left, right


class Builder:
    """Builds blocks in reading order and counts tables and paragraphs."""

    def __init__(
        self,
        source: str,
        habits: Habits,
        edges: tuple[float, float],
        lines: Iterable[Line],
        pictures: Mapping[int, Sequence[Box]],
    ) -> None:
        self._pictures = pictures
        self._source = source
        self._habits = habits
        self._edges = edges
        self._heading = ""
        self._tables = 0
        self._paragraphs = 0
        self._levels = _levels(lines)
        self.joints: dict[int, tuple[Line, ...]] = {}
        """The lines of the paragraphs, by number, of which only the joining of lines is doubtful."""

    def body(self, items: Sequence[Item]) -> Iterator[Block]:
        """Give the blocks of the body."""
        for running, group in groupby(items, key=lambda item: isinstance(item, Line)):
            if running:
                lines = [item for item in group if isinstance(item, Line)]
                for passage in passages(Lines(lines, *self._edges, running=True), self._habits):
                    level = self._level(passage)
                    if level:
                        self._heading = passage.text
                    yield _doubt_openings(self._paragraph(passage, level=level), passage)
            else:
                yield from (self._table(item) for item in group if isinstance(item, DraftTable))

    def heads(self, lines: Sequence[Line], part: str) -> Iterator[Block]:
        """Give running heads or feet, each text once."""
        told = set()
        for line in lines:
            if line.text not in told:
                told.add(line.text)
                yield self._paragraph(Passage(line.text, (line,)), part=part)

    def _paragraph(
        self,
        passage: Passage,
        *,
        level: int = 0,
        part: str = "",
        place: tuple[int, int, int] | None = None,
        doubt: str = "",
    ) -> Paragraph:
        self._paragraphs += 1
        lines = passage.lines
        first = lines[0].page
        table, row, column = place or (None, None, None)
        box = _around([line.box for line in lines if line.page == first]) if len(lines) > 1 else lines[0].box
        if (
            passage.uncertain
            and not doubt
            and not passage.apart
            and not any(line.style.invisible or line.scanned or line.page != first for line in lines)
        ):
            self.joints[self._paragraphs] = lines
        return Paragraph(
            passage.text,
            Location(
                self._source,
                "" if part or level else self._heading,
                part,
                first,
                box,
                table,
                row,
                column,
                self._paragraphs,
            ),
            level,
            lines=() if passage.apart or any(line.doubt for line in lines) else tuple([line.text for line in lines]),
            uncertain=passage.uncertain or doubt,
            confidence=prod([line.sure for line in lines]),
            marked="\n".join([line.marked or line.text for line in lines if line.marked or _stands_out(line)]),
            left=box[0],
        )

    def _table(self, draft: DraftTable) -> Table:
        self._tables += 1
        number = self._tables
        rows = tuple(
            tuple(self._cell(cell, number, place) for cell in row) for place, row in enumerate(draft.rows, start=1)
        )
        location = Location(self._source, self._heading, "", draft.page, draft.box, number)
        return Table(rows, location, draft.continues, (0,) if draft.whole else ())

    def _cell(self, cell: DraftCell, table: int, row: int) -> Cell:
        place = (table, row, cell.column + 1)
        blocks: list[Block] = [
            self._paragraph(passage, place=place, doubt=_cut_off() if cell.full else cell.doubt)
            for passage in passages(_in_cell(cell), self._habits)
        ]
        if cell.full:
            # without lines, no type of answer and no second look can settle the doubt
            blocks = [replace(b, lines=(), uncertain=_cut_off()) for b in blocks if isinstance(b, Paragraph)]
        elif cell.doubt and any(map(is_box, cell.lines)):  # the other boxes of its list may stand in the other row
            blocks = [replace(b, lines=()) for b in blocks if isinstance(b, Paragraph)]
        blocks += [self._table(inner) for inner in cell.inner]
        location = Location(self._source, self._heading, "", cell.page, cell.box, table, row, cell.column + 1)
        if not blocks and any(_holds(cell.box, picture) for picture in self._pictures.get(cell.page, ())):
            blocks.append(Paragraph("", location, unread=pictured()))
        elif not blocks and cell.doubt:  # the other row may say what stands here
            blocks.append(Paragraph("", location, unread=cell.doubt))
        return Cell(tuple(blocks), location, cell.columns, cell.rows, cell.header)

    def _level(self, passage: Passage) -> int:
        first = passage.lines[0]
        if first.tag is not None and first.tag.level:
            return first.tag.level
        if len(passage.text) > _LONGEST_HEADING or first.text[0] in (TICKED, UNTICKED):
            return 0
        if first.style.size in self._levels:
            return self._levels[first.style.size]
        bold = all(map(_is_bold, passage.lines))
        return len(self._levels) + 1 if bold else 0


def _is_bold(line: Line) -> bool:
    return line.style.bold and line.end.bold


def _stands_out(line: Line) -> bool:
    return is_set_apart(line.style) and is_set_apart(line.end)


def _doubt_openings(paragraph: Paragraph, passage: Passage) -> Paragraph:
    """Doubt running text with a wide opening in a line: it may be two columns, and no type can settle that."""
    opening = next((line.opening for line in passage.lines if line.opening), "")
    if not opening or passage.lines[0].tag is not None:
        return paragraph
    return replace(paragraph, lines=(), uncertain=between_columns(opening))


def _holds(room: Box, picture: Box) -> bool:
    """Tell whether a picture stands in a cell: most of it, and large enough to show something."""
    wide = min(room[2], picture[2]) - max(room[0], picture[0])
    high = min(room[3], picture[3]) - max(room[1], picture[1])
    area = (picture[2] - picture[0]) * (picture[3] - picture[1])
    return min(wide, high) > _SMALLEST_PICTURE and wide * high > area / 2


def _cut_off() -> str:
    return _("het vak is tot de rand gevuld; er is misschien tekst afgesneden")


def all_lines(items: Iterable[Item]) -> Iterator[Line]:
    """Give every line, those in tables included."""
    for item in items:
        if isinstance(item, Line):
            yield item
        else:
            for row in item.rows:
                yield from _row_lines(row)


def _row_lines(row: DraftRow) -> Iterator[Line]:
    for cell in row:
        yield from cell.lines
        yield from all_lines(cell.inner)


def _levels(lines: Iterable[Line]) -> dict[float, int]:
    """Give the level of each size that is larger than that of running text."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.style.size] += len(line.text)
    size = max(weights, key=lambda each: (weights[each], each), default=0.0)
    larger = sorted((each for each in weights if each > size * _LARGER), reverse=True)
    return {each: level for level, each in enumerate(larger, start=1)}


def _around(boxes: Sequence[Box]) -> Box:
    if len(boxes) == 1:
        return boxes[0]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
