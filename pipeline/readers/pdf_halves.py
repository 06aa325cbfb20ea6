"""Tell whether the rows of a table on both sides of a page break are one row that the break has split, or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.readers.pdf_habits import Habits
from pipeline.readers.pdf_join import continues, is_box, without_box
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_room import fits
from pipeline.readers.pdf_tables import DraftCell, DraftRow, DraftTable, Item

_LEAST_COLUMNS = 3
"""Of a table that lists rows; one of labels and answers has two."""
_LINES_KEPT = 4.5
"""A row that is split fills its page but for the lines that must stay together; in font sizes."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a document shows of how its tables run over pages."""

    habits: Habits
    foot: float
    """How far down the pages are filled."""
    shaded_labels: bool
    """Tables of one column open with a shaded label, so an unshaded row is an answer."""
    leaves_open: bool
    """A row that a page break splits is left open there, so one that is closed is whole."""


def signs_of(pages: Sequence[tuple[Page, tuple[Item, ...]]], habits: Habits) -> Signs:
    """Give what all pages show of it."""
    tables = [item for _page, items in pages for item in items if isinstance(item, DraftTable)]
    lines = [item for _page, items in pages for item in items if isinstance(item, Line)]
    foot = max([table.box[3] for table in tables] + [line.bottom for line in lines], default=0.0)
    shaded = any(len(table.rows[0]) == 1 and table.rows[0][0].shaded for table in tables)
    leaves_open = any(grid.open_above or grid.open_below for page, _items in pages for grid in page.grids)
    return Signs(habits, foot, shaded, leaves_open)


def known_rows(last: DraftTable, above: DraftRow, below: DraftRow, signs: Signs) -> tuple[bool, bool] | None:
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
    going = any(one.lines[-1].space and goes_on(one, other, habits) for one, other in pairs)
    if rest.lines[-1].bottom - rest.lines[0].top + size < room:
        return False, going
    if going or (name.lines[0].style.bold and not rest.lines[0].style.bold):
        return True, False
    return False, True


def _begins_anew(name: DraftCell, below: DraftCell) -> bool:
    """Tell whether a bold name stands below one that had ended: another row, or a second line of its name."""
    return is_bold(name) and is_bold(below) and _had_room(name, below)


def _are_labels(name: DraftCell, below: DraftCell) -> bool:
    return all(cell.lines[-1].text.endswith(":") for cell in (name, below))


def _had_room(name: DraftCell, below: DraftCell) -> bool:
    """Tell whether the first word below would have stood on the last line above if it went on there."""
    return fits(name.lines[-1], below.lines[0], name.box[0] + name.padding, name.box[2] - name.padding)


def _names_another(above: DraftRow, below: DraftRow) -> bool:
    """Tell whether the first cell, which names a row, says more below than a wrapped line goes on with.

    Or it may go on, but the others say more: a page break does not fall between two paragraphs in all of them at once.
    Where none of them says anything, it may be the next paragraph of the name.
    """
    one, other = above[0], below[0]
    if len(above) < _LEAST_COLUMNS or not one.lines or not other.lines or _lists_on(one, other):
        return False
    if all(cell.empty for cell in below[1:]):
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


def split_row(above: DraftRow, below: DraftRow, signs: Signs) -> tuple[bool, bool]:
    """Tell whether two rows are certainly one, and whether they might be."""
    pairs = list(zip(above, below, strict=True))
    if any(one.shaded != other.shaded for one, other in pairs):
        return False, False
    both = [pair for pair in pairs if pair[0].lines and pair[1].lines]
    going = [one for one, other in both if goes_on(one, other, signs.habits)]
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


def goes_on(above: DraftCell, below: DraftCell, habits: Habits) -> bool:
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


def is_bold(cell: DraftCell) -> bool:
    """Tell whether all that a cell says is bold."""
    return bool(cell.lines) and all(line.style.bold for line in cell.lines)


def _tagged(above: DraftRow, below: DraftRow) -> bool | None:
    """Ask the structure tree whether two rows are one; None when it does not say."""
    mine, theirs = row_tags(above), row_tags(below)
    return mine == theirs if len(mine) == len(theirs) == 1 else None


def row_tags(row: DraftRow) -> set[tuple[int, ...]]:
    """Give the rows of the structure tree in which the words of a row stand."""
    return {line.tag.row for cell in row for line in cell.lines if line.tag and line.tag.row}
