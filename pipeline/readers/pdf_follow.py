"""Follow tables over pages: drop repeated headers, join the halves of rows that a page break has split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.language import _
from pipeline.readers.pdf_habits import Habits
from pipeline.readers.pdf_halves import Signs, goes_on, is_bold, known_rows, row_tags, signs_of, split_row
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_tables import DraftCell, DraftRow, DraftTable, Item

_SAME_PLACE = 2.5
_LARGER = 1.08
"""Times the size of a text, that of a heading at least."""


def follow(pages: Sequence[tuple[Page, tuple[Item, ...]]], habits: Habits) -> tuple[Item, ...]:
    """Give the items of all pages in reading order, tables that run over pages joined where that is certain."""
    done: list[Item] = []
    header: tuple[DraftRow, ...] = ()
    signs = signs_of(pages, habits)
    for page, found in pages:
        items = list(found)
        if done and items:
            _doubt_broken_off(done, items[0], page.number)
            done[-1], items[0] = _across_break(done[-1], items, header)
        for place, item in enumerate(items):
            last = done[-1] if done else None
            if not isinstance(item, DraftTable):
                if isinstance(last, DraftTable) and last.level_only and last.cut and last.until == page.number:
                    done[-1] = _doubted_below(last)  # what was taken for the foot of the page may be the rest of it
                done.append(item)
                continue
            table = item
            if place == 0 and isinstance(last, DraftTable) and _same_columns(last, table):
                if not (last.cut and header and _is_higher(table.rows[0], header[0])):
                    table = _without_header(table, header)
                if last.cut and header:
                    table = _without_header_inside(table, header[0])
                if _is_another(last, table):
                    header = item.rows[:2]
                    done.append(item)
                    continue
                joined, rest = _join(last, replace(table, continues=True), signs)
                done[-1] = joined
                if rest is None:
                    continue
                table = rest
            else:
                header = item.rows[:2]
                if place == 0 and isinstance(last, DraftTable) and item.opened and item.page == last.until + 1:
                    done[-1], table = _doubted(last, table)
            done.append(table)
    return tuple(done)


def _doubt_broken_off(done: list[Item], item: Item, number: int) -> None:
    """Doubt the last row before a page when it was left open there, and the page begins with something else.

    Args:
        done: the items before the page.
        item: the first of the page.
        number: of the page.
    """
    last = done[-1] if done else None
    if not isinstance(last, DraftTable) or not last.cut or last.until != number - 1:
        return
    if isinstance(item, DraftTable) and (item.opened or _same_columns(last, item)):
        return
    doubt = _("Deze rij loopt misschien door op de volgende bladzijde.")
    row = tuple(replace(cell, doubt=cell.doubt or doubt) for cell in last.rows[-1])
    done[-1] = replace(last, rows=(*last.rows[:-1], row))


def _same_columns(last: DraftTable, table: DraftTable) -> bool:
    if table.page != last.until + 1:
        return False
    if abs(last.box[0] - table.box[0]) > _SAME_PLACE or abs(last.box[2] - table.box[2]) > _SAME_PLACE:
        return False
    mine, theirs = _edges(last), _edges(table)
    fewer, more = sorted((mine, theirs), key=len)
    return all(any(abs(x - other) < _SAME_PLACE for other in more) for x in fewer)


def _across_break(last: Item, items: Sequence[Item], header: Sequence[DraftRow]) -> tuple[Item, Item]:
    """Doubt the rows of tables with level rulings only on both sides of a page break which may be one with the text.

    Args:
        last: what ends a page.
        items: those of the next.
        header: of the last table.
    """
    first, *rest = items
    if isinstance(last, DraftTable) and last.level_only:
        alone = rest and last.cut and isinstance(first, DraftTable) and _is_header(first, header)
        if _may_go_on(last, first) or (alone and _may_go_on(last, rest[0])):
            return _doubted_below(last), first
    if isinstance(first, DraftTable) and first.level_only and _may_end_above(last, first):
        return last, _doubted_above(first)
    return last, first


def _may_go_on(last: DraftTable, item: Item) -> bool:
    """Tell whether what opens the next page may be the rest of a row, though it is not seen to be in its table."""
    if isinstance(item, DraftTable):
        return not _same_columns(last, item) or (last.cut and not item.opened)
    sizes = [line.style.size for cell in last.rows[-1] for line in cell.lines]
    return item.style.size <= max(sizes, default=0.0) * _LARGER


def _is_header(table: DraftTable, header: Sequence[DraftRow]) -> bool:
    """Tell whether a table is no more than the header of another, again."""
    return len(table.rows) <= len(header) and all(
        [cell.text for cell in mine] == [cell.text for cell in theirs]
        for mine, theirs in zip(table.rows, header, strict=False)
    )


def _may_end_above(last: Item, table: DraftTable) -> bool:
    """Tell whether a row that opens a page may have begun on the page before, in text that was not seen to be rows."""
    sizes = [line.style.size for row in table.rows[:2] for cell in row for line in cell.lines]
    return isinstance(last, Line) and last.style.size <= max(sizes, default=0.0) * _LARGER


def _is_another(last: DraftTable, table: DraftTable) -> bool:
    """Tell whether a table at the top of a page is not the one that ended the page before, though it is as wide.

    The structure tree says it, or its first row opens with a label (bold or shaded) where no row before it did.
    """
    mine, theirs = ({tag[:-1] for row in each.rows for tag in row_tags(row)} for each in (last, table))
    if mine and theirs:
        return mine.isdisjoint(theirs)
    first, others = table.rows[0][0], [row[0] for row in last.rows[1:]]
    if last.cut or not others or first.empty:
        return False
    return any(look(first) and not any(map(look, others)) for look in (is_bold, _is_shaded))


def _is_shaded(cell: DraftCell) -> bool:
    return cell.shaded


def _edges(table: DraftTable) -> list[float]:
    return sorted({cell.box[0] for row in table.rows for cell in row})


def _without_header(table: DraftTable, header: tuple[DraftRow, ...]) -> DraftTable:
    """Drop the rows at the top that repeat the header of the table that goes on."""
    count = 0
    for mine, theirs in zip(table.rows, header, strict=False):
        same = len(mine) == len(theirs) and [cell.text for cell in mine] == [cell.text for cell in theirs]
        marked = all(cell.shaded or cell.header or is_bold(cell) for cell in mine)
        if not same or not marked or not any(cell.text for cell in mine):
            break
        count += 1
    if count == len(table.rows):
        return table
    return replace(table, rows=table.rows[count:])


def _is_higher(row: DraftRow, header: DraftRow) -> bool:
    """Tell whether a row that repeats the header has room below it: for the empty end of the row that was cut."""
    sizes = [line.style.size for cell in header for line in cell.lines]
    high, usual = (each[0].box[3] - each[0].box[1] for each in (row, header))
    return bool(sizes) and high > usual + max(sizes) / 2


def _without_header_inside(table: DraftTable, header: DraftRow) -> DraftTable:
    """Take a repeated header out of the first row, which goes on below it without a ruling between them."""
    first = table.rows[0]
    if len(first) != len(header) or not all(map(is_bold, header)):
        return table
    shed = []
    for cell, head in zip(first, header, strict=True):
        count = len(head.lines)
        if [line.text for line in cell.lines[:count]] != [line.text for line in head.lines]:
            return table
        shed.append(replace(cell, lines=cell.lines[count:]))
    return replace(table, rows=(tuple(shed), *table.rows[1:]))


def _join(last: DraftTable, table: DraftTable, signs: Signs) -> tuple[DraftTable, DraftTable | None]:
    """Join the first row of a table that goes on to the last row above, when the page break split that row."""
    above, below = last.rows[-1], table.rows[0]
    if not table.rows or [cell.column for cell in above] != [cell.column for cell in below]:
        return last, table
    repeated = _repeated_label(above[0], below[0]) if len(above) == 1 else 0
    if repeated:
        below = (replace(below[0], lines=below[0].lines[repeated:]),)
    known = known_rows(last, above, below, signs)
    sure, maybe = known or split_row(above, below, signs)
    if not sure and not maybe:
        return last, replace(table, whole=known is not None)
    if not sure or (repeated and not goes_on(above[0], below[0], signs.habits)):
        return _doubted(last, table)
    row = tuple(
        replace(one, page=one.page, lines=one.lines + other.lines, inner=one.inner + other.inner)
        for one, other in zip(above, below, strict=True)
    )
    whole = len(table.rows) == 1
    joined = replace(
        last,
        until=table.page if whole else last.until,
        rows=(*last.rows[:-1], row),
        cut=whole and table.cut,
    )
    rest = replace(table, rows=table.rows[1:], whole=True) if len(table.rows) > 1 else None
    return joined, rest


def _repeated_label(above: DraftCell, below: DraftCell) -> int:
    """Count the lines of the bold label that opens a box and, as a header row does, opens it again on the next page."""
    label = list(takewhile(_is_bold_line, above.lines))
    count = len(label)
    if not count < min(len(above.lines), len(below.lines)):
        return 0
    again = below.lines[:count]
    return (
        count
        if all(mine.text == theirs.text and _is_bold_line(theirs) for mine, theirs in zip(label, again, strict=True))
        else 0
    )


def _is_bold_line(line: Line) -> bool:
    return line.style.bold


def _doubted(last: DraftTable, table: DraftTable) -> tuple[DraftTable, DraftTable]:
    """Doubt the last row above a page break and the first below it, which may be one."""
    return _doubted_below(last), replace(table, rows=(_doubtful(table.rows[0]), *table.rows[1:]))


def _doubted_below(table: DraftTable) -> DraftTable:
    return replace(table, rows=(*table.rows[:-1], _doubtful(table.rows[-1])))


def _doubted_above(table: DraftTable) -> DraftTable:
    """Doubt the first row on a page, and the next where a header may stand above it."""
    count = 2 if len(table.rows[0]) > 2 else 1
    return replace(table, rows=(*map(_doubtful, table.rows[:count]), *table.rows[count:]))


def _doubtful(row: DraftRow) -> DraftRow:
    doubt = _("misschien één rij die over twee bladzijden loopt, misschien twee rijen")
    return tuple(replace(cell, doubt=cell.doubt or doubt) for cell in row)
