"""Find the columns of a table of which only the rulings between rows are drawn.

Browsers and Word draw such a ruling in pieces, one for each cell: these tell where columns end. Where it is drawn
whole, the free room between columns tells it, if texts of several rows begin at one place beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from pipeline.readers.pdf_rulings import Ruling
from pipeline.readers.pdf_text import Word

WordLine: TypeAlias = "Sequence[Word]"
"""The words on one line, from left to right."""
Row: TypeAlias = "Sequence[WordLine]"
"""The lines of one row of a table, across all of its columns."""

_ASIDE = 1.0
"""Points by which texts that begin at one place may miss each other, and pieces of a ruling that meet."""
_SHORT = 4.0
"""Points; nearer to the end of a ruling no column begins."""
_GUTTER = 0.5
"""Sizes of the text that stay free between two columns at least; a space takes half of it."""
_SURE = 1.0
"""The same where one row alone tells of a column: the header."""
_OPENING = 0.45
"""Sizes of the text by which a text that ends in a column stands apart from what is beside it."""
_WIDER = 1.35
"""Times a space of its line, beyond which an opening inside a column may be one between two columns."""
_INDENT = 2.5
"""Sizes of the text by which a line of a column is indented at most."""
_BULLET = 3
"""Letters that a bullet or number before a text has at most."""
_BOXES = "☐☒☑□■["


def joints_of(ruling: Ruling, pieces: Sequence[Ruling]) -> tuple[float, ...]:
    """Give the places where the pieces of a ruling meet.

    Args:
        ruling: the whole of it.
        pieces: the rulings as they were drawn, sorted, those beside it among them or not.
    """
    places: list[float] = []
    reach = ruling.start
    for piece in sorted(pieces, key=lambda each: each.start):
        x = piece.start
        if abs(x - reach) <= _ASIDE and ruling.start + _SHORT < x < ruling.end - _SHORT:
            places.append((x + reach) / 2)
        reach = max(reach, piece.end)
    return tuple(places)


def same_places(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether columns end at the same places."""
    return len(one) == len(other) and all(abs(x - y) <= _ASIDE for x, y in zip(one, other, strict=True))


def are_clear(rows: Sequence[Row], places: Sequence[float]) -> bool:
    """Tell whether no word stands across a place where a column ends."""
    return not any(
        word.left < x - _ASIDE and word.right > x + _ASIDE
        for row in rows
        for line in row
        for word in line
        for x in places
    )


def gutters_of(rows: Sequence[Row], start: float) -> tuple[float, ...] | None:
    """Give the places where columns end, as the free room between their texts tells; None when it does not for certain.

    Args:
        rows: of the table, each with its lines.
        start: the left side of the table.
    """
    words = [word for row in rows for line in row for word in line]
    if not words:
        return None
    size = median(word.style.size for word in words)
    padding = min(word.left for word in words) - start
    if padding < -_ASIDE:
        return None
    places = []
    for left, right in _free(words, _GUTTER * size):
        lefts = [_lefts(row, left, right) for row in rows]
        shared = sum(any(abs(x - right) <= _ASIDE for x in own) for own in lefts)
        named = bool(lefts[0]) and not any(lefts[1:])
        if shared < 2 and not (right - left >= _SURE * size and (named or _ends_shared(rows, right))):
            return None
        places.append(right - min(max(padding, 0.0), (right - left) / 2))
    columns = _columns(rows, places)
    if not places or not _stand_beside(rows, places) or any(map(_is_list, columns[:-1])) or any(map(_is_open, columns)):
        return None
    return tuple(places)


def parts_of(line: WordLine, places: Sequence[float]) -> list[list[Word]]:
    """Part a line at the places where columns end."""
    parts: list[list[Word]] = [[] for _ in range(len(places) + 1)]
    for word in line:
        middle = (word.left + word.right) / 2
        parts[sum(x < middle for x in places)].append(word)
    return parts


def _free(words: Sequence[Word], least: float) -> Iterator[tuple[float, float]]:
    """Give the gaps between words that no word of any row reaches into."""
    reach = None
    for word in sorted(words, key=lambda each: each.left):
        if reach is not None and word.left - reach >= least:
            yield reach, word.left
        reach = word.right if reach is None else max(reach, word.right)


def _lefts(row: Row, left: float, right: float) -> list[float]:
    """Give where the texts of a row begin that stand first to the right of a gap."""
    found = []
    for line in row:
        beyond = [word.left for word in line if word.left > left]
        if beyond:
            found.append(beyond[0])
    return [x for x in found if x >= right - _ASIDE]


def _ends_shared(rows: Sequence[Row], right: float) -> bool:
    """Tell whether texts right of a gap end at one place in several rows, as amounts do."""
    ends: list[list[float]] = []
    for row in rows:
        own = []
        for line in row:
            beyond = [word for word in line if word.left >= right - _ASIDE]
            reach = 0.0
            for word in beyond:
                if reach and word.left - reach > _OPENING * word.style.size:
                    break
                reach = word.right
            if reach:
                own.append(reach)
        ends.append(own)
    flat = [x for own in ends for x in own]
    return bool(flat) and sum(any(abs(x - max(flat)) <= _ASIDE for x in own) for own in ends) > 1


def _stand_beside(rows: Sequence[Row], places: Sequence[float]) -> bool:
    """Tell whether each two columns beside each other are filled in some row; else they may be one."""
    filled = [{n for line in row for n, part in enumerate(parts_of(line, places)) if part} for row in rows]
    return all(any({number, number + 1} <= own for own in filled) for number in range(len(places)))


def _columns(rows: Sequence[Row], places: Sequence[float]) -> list[list[list[list[Word]]]]:
    """Give of each column the cells that say something, each with its lines."""
    columns: list[list[list[list[Word]]]] = [[] for _ in range(len(places) + 1)]
    for row in rows:
        parted = [parts_of(line, places) for line in row]
        for number, cells in enumerate(columns):
            if lines := [parts[number] for parts in parted if parts[number]]:
                cells.append(lines)
    return columns


def _is_list(cells: Sequence[Sequence[Sequence[Word]]]) -> bool:
    """Tell whether a column may be no more than bullets before the texts of the next; «Nr.» names one of numbers."""
    first = cells[0][0] if cells else []
    named = len(first) == 1 and len(first[0].text) > 1 and first[0].text[0].isalpha()
    return not named and all(len(line) == 1 and len(line[0].text) <= _BULLET for lines in cells for line in lines)


def _is_open(cells: Sequence[Sequence[Sequence[Word]]]) -> bool:
    """Tell whether a column may be two: an opening wider than a space stands in a line, or a line far aside of most."""
    lines = [line for cell in cells for line in cell]
    left = min((line[0].left for line in lines), default=0.0)
    aside = [line[0].left - left for line in lines]
    strays = 2 * sum(off <= _ASIDE for off in aside) >= len(lines) and any(
        off > _INDENT * line[0].style.size for off, line in zip(aside, lines, strict=True)
    )
    return strays or any(map(_opens, lines))


def _opens(line: WordLine) -> bool:
    gaps = [after.left - before.right for before, after in pairwise(line)]
    least = min(gaps, default=0.0) if len(gaps) > 1 else 0.0
    return any(
        gap > _WIDER * max(before.style.space, least)
        and after.text[0] not in _BOXES
        and before.text[-1] not in f"{_BOXES}]"
        for gap, (before, after) in zip(gaps, pairwise(line), strict=True)
    )
