"""Follow tables over pages: drop repeated headers, join rows that a page break has split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.language import _
from pipeline.readers.pdf_habits import Habits
from pipeline.readers.pdf_join import continues, is_box, without_box
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_room import fits
from pipeline.readers.pdf_tables import DraftCell, DraftRow, DraftTable, Item

_SAME_PLACE = 2.5
_LEAST_COLUMNS = 3
"""Of a table that lists rows; one of labels and answers has two."""
_LINES_KEPT = 4.5
"""A row that is split fills its page but for the lines that must stay together; in font sizes."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a document shows of how its tables run over pages."""

    habits: Habits
    foot: float
    """How far down the pages are filled."""
    shaded_labels: bool
    """Tables of one column open with a shaded label, so an unshaded row is an answer."""
    leaves_open: bool
    """A row that a page break splits is left open there, so one that is closed is whole."""


def follow(pages: Sequence[tuple[Page, tuple[Item, ...]]], habits: Habits) -> tuple[Item, ...]:
    """Give the items of all pages in reading order, tables that run over pages joined where that is certain."""
    done: list[Item] = []
    header: tuple[DraftRow, ...] = ()
    signs = _signs(pages, habits)
    for _page, items in pages:
        for place, item in enumerate(items):
            if not isinstance(item, DraftTable):
                done.append(item)
                continue
            last = done[-1] if done else None
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
            done.append(table)
    return tuple(done)


def _same_columns(last: DraftTable, table: DraftTable) -> bool:
    if table.page != last.until + 1:
        return False
    if abs(last.box[0] - table.box[0]) > _SAME_PLACE or abs(last.box[2] - table.box[2]) > _SAME_PLACE:
        return False
    mine, theirs = _edges(last), _edges(table)
    fewer, more = sorted((mine, theirs), key=len)
    return all(any(abs(x - other) < _SAME_PLACE for other in more) for x in fewer)


def _is_another(last: DraftTable, table: DraftTable) -> bool:
    """Tell whether a table at the top of a page is not the one that ended the page before, though it is as wide.

    The structure tree says it, or its first row opens with a label (bold or shaded) where no row before it did.
    """
    mine, theirs = ({tag[:-1] for row in each.rows for tag in _row_tags(row)} for each in (last, table))
    if mine and theirs:
        return mine.isdisjoint(theirs)
    first, others = table.rows[0][0], [row[0] for row in last.rows[1:]]
    if last.cut or not others or first.empty:
        return False
    return any(look(first) and not any(map(look, others)) for look in (_is_bold, _is_shaded))


def _is_shaded(cell: DraftCell) -> bool:
    return cell.shaded


def _edges(table: DraftTable) -> list[float]:
    return sorted({cell.box[0] for row in table.rows for cell in row})


def _without_header(table: DraftTable, header: tuple[DraftRow, ...]) -> DraftTable:
    """Drop the rows at the top that repeat the header of the table that goes on."""
    count = 0
    for mine, theirs in zip(table.rows, header, strict=False):
        same = len(mine) == len(theirs) and [cell.text for cell in mine] == [cell.text for cell in theirs]
        marked = all(cell.shaded or cell.header or _is_bold(cell) for cell in mine)
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
    if len(first) != len(header) or not all(map(_is_bold, header)):
        return table
    shed = []
    for cell, head in zip(first, header, strict=True):
        count = len(head.lines)
        if [line.text for line in cell.lines[:count]] != [line.text for line in head.lines]:
            return table
        shed.append(replace(cell, lines=cell.lines[count:]))
    return replace(table, rows=(tuple(shed), *table.rows[1:]))


def _is_bold(cell: DraftCell) -> bool:
    return bool(cell.lines) and all(line.style.bold for line in cell.lines)


def _join(last: DraftTable, table: DraftTable, signs: _Signs) -> tuple[DraftTable, DraftTable | None]:
    """Join the first row of a table that goes on to the last row above, when the page break split that row."""
    above, below = last.rows[-1], table.rows[0]
    if not table.rows or [cell.column for cell in above] != [cell.column for cell in below]:
        return last, table
    known = _known(last, above, below, signs)
    sure, maybe = known or _split(above, below, signs)
    if not sure and not maybe:
        return last, replace(table, whole=known is not None)
    doubt = "" if sure else _("misschien één rij die over twee bladzijden loopt, misschien twee rijen")
    if not sure:
        rows = (tuple(replace(cell, doubt=cell.doubt or doubt) for cell in below), *table.rows[1:])
        marked = tuple(replace(cell, doubt=cell.doubt or doubt) for cell in above)
        return replace(last, rows=(*last.rows[:-1], marked)), replace(table, rows=rows)
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


def _known(last: DraftTable, above: DraftRow, below: DraftRow, signs: _Signs) -> tuple[bool, bool] | None:
    """Tell whether two rows are certainly one, and whether they might be; None when only their words may tell."""
    tagged = _tagged(above, below)
    if tagged is not None:
        return tagged, False
    if last.cut:
        return _cut_through(above, below, signs.habits)
    return (False, False) if signs.leaves_open or _names_another(above, below) else None


def _cut_through(above: DraftRow, below: DraftRow, habits: Habits) -> tuple[bool, bool]:
    """Tell of a row that is open at the foot of a page whether it certainly goes on below, and whether it might.

    Chromium draws no line between two rows where a page ends between them. Where there was room left under the name for
    what stands below, that is another name; unless a paragraph that a page may not break found too little of it.
    """
    name, rest = above[0], below[0]
    if name.empty or rest.empty:
        return True, False
    size = name.lines[-1].style.size
    room = name.box[3] - name.lines[-1].bottom
    if room <= _LINES_KEPT * size:
        return (False, not _are_labels(name, rest)) if _begins_anew(name, rest) else (True, False)
    pairs = [(one, other) for one, other in zip(above[1:], below[1:], strict=True) if one.lines and other.lines]
    going = any(one.lines[-1].space and _goes_on(one, other, habits) for one, other in pairs)
    if rest.lines[-1].bottom - rest.lines[0].top + size < room:
        return False, going
    if going or (name.lines[0].style.bold and not rest.lines[0].style.bold):
        return True, False
    return False, True


def _begins_anew(name: DraftCell, below: DraftCell) -> bool:
    """Tell whether a bold name stands below one that had ended: another row, or a second line of its name."""
    return _is_bold(name) and _is_bold(below) and _had_room(name, below)


def _are_labels(name: DraftCell, below: DraftCell) -> bool:
    return all(cell.lines[-1].text.endswith(":") for cell in (name, below))


def _had_room(name: DraftCell, below: DraftCell) -> bool:
    """Tell whether the first word below would have stood on the last line above if it went on there."""
    return fits(name.lines[-1], below.lines[0], name.box[0] + name.padding, name.box[2] - name.padding)


def _names_another(above: DraftRow, below: DraftRow) -> bool:
    """Tell whether the first cell, which names a row, says more below than a wrapped line goes on with.

    Or it may go on, but the others say more: a page break does not fall between two paragraphs in all of them at once.
    """
    one, other = above[0], below[0]
    if len(above) < _LEAST_COLUMNS or not one.lines or not other.lines or _lists_on(one, other):
        return False
    beside = zip(above[1:], below[1:], strict=True)
    return _had_room(one, other) or sum(_is_another_text(*pair) for pair in beside) >= _LEAST_COLUMNS


def _is_another_text(cell: DraftCell, below: DraftCell) -> bool:
    """Tell whether a cell had ended, in the middle of a line, above one that says something, and lists nothing."""
    if not cell.lines or not below.lines or is_box(below.lines[0]):
        return False
    return _had_room(cell, below) and not any(
        fits(line, after, cell.box[0] + cell.padding, cell.box[2] - cell.padding)
        for line, after in pairwise(cell.lines)
    )


def _split(above: DraftRow, below: DraftRow, signs: _Signs) -> tuple[bool, bool]:
    """Tell whether two rows are certainly one, and whether they might be."""
    pairs = list(zip(above, below, strict=True))
    if any(one.shaded != other.shaded for one, other in pairs):
        return False, False
    both = [pair for pair in pairs if pair[0].lines and pair[1].lines]
    going = [one for one, other in both if _goes_on(one, other, signs.habits)]
    if going:
        sure = len(going) == len(both) or any(cell.lines[-1].space for cell in going)
        return sure, not sure
    if all(cell.empty for cell in below):
        return True, False
    if all(cell.shaded for cell in below):
        return False, False
    if len(pairs) == 1:
        return signs.shaded_labels, not signs.shaded_labels
    if len(pairs) == 2:
        if below[0].empty:
            return not below[1].empty, False
        return _help_of(above[0], below[0])
    lowest = max(cell.box[3] for cell in above)
    if signs.foot - lowest > _LINES_KEPT * max(line.style.size for cell in below for line in cell.lines):
        return False, False
    gaps = any(other.empty and not one.empty for one, other in pairs)
    fresh = any(one.empty and not other.empty for one, other in pairs)
    rest = gaps and not fresh and (below[0].empty or _lists_on(above[0], below[0]))
    listed = rest and any(_lists_on(one, other) for one, other in pairs)
    return listed, rest and not listed


def _goes_on(above: DraftCell, below: DraftCell, habits: Habits) -> bool:
    """Tell whether the last line of a cell is the middle of a paragraph: by the space at its end, or a broken word.

    A word that fills its line and ends there looks like one that was broken, so that alone is not certain.
    """
    left, right = above.box[0] + above.padding, above.box[2] - above.padding
    return continues(above.lines[-1], below.lines[0], left, right, habits)


def _lists_on(above: DraftCell, below: DraftCell) -> bool:
    """Tell whether a cell goes on with a list of boxes to tick, and does not begin it again."""
    if not below.lines or not is_box(below.lines[0]) or not any(map(is_box, above.lines)):
        return False
    return _listed(below)[0] not in _listed(above)


def _listed(cell: DraftCell) -> list[str]:
    """Give how each choice of a list begins; its box may stand on a line of its own, in a narrow column."""
    beneath = [*(line.text for line in cell.lines[1:]), ""]
    lines = zip(cell.lines, beneath, strict=True)
    return [without_box(line) or following for line, following in lines if is_box(line)]


def _help_of(label: DraftCell, below: DraftCell) -> tuple[bool, bool]:
    """Tell whether the text in a label's place is certainly the help of the label above, and whether it might be."""
    if not label.lines or below.lines[0].style.bold:
        return False, False
    bold = label.lines[0].style.bold
    smaller = below.lines[0].style.size < label.lines[0].style.size
    return bold and smaller, bold != smaller


def _signs(pages: Sequence[tuple[Page, tuple[Item, ...]]], habits: Habits) -> _Signs:
    tables = [item for _page, items in pages for item in items if isinstance(item, DraftTable)]
    lines = [item for _page, items in pages for item in items if isinstance(item, Line)]
    foot = max([table.box[3] for table in tables] + [line.bottom for line in lines], default=0.0)
    shaded = any(len(table.rows[0]) == 1 and table.rows[0][0].shaded for table in tables)
    leaves_open = any(grid.open_above or grid.open_below for page, _items in pages for grid in page.grids)
    return _Signs(habits, foot, shaded, leaves_open)


def _tagged(above: DraftRow, below: DraftRow) -> bool | None:
    """Ask the structure tree whether two rows are one; None when it does not say."""
    mine, theirs = _row_tags(above), _row_tags(below)
    return mine == theirs if len(mine) == len(theirs) == 1 else None


def _row_tags(row: DraftRow) -> set[tuple[int, ...]]:
    return {line.tag.row for cell in row for line in cell.lines if line.tag and line.tag.row}
