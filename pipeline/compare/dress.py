"""What surrounds words in Word: fonts, space between lines and around paragraphs, borders, shading, the sheet.

Everything is resolved to what a reader sees, for each program writes it at another level: Word in a style, LibreOffice
in the paragraph or the cell itself. Sources: ISO/IEC 29500-1, 17.3.1 (paragraphs), 17.4 (tables), 17.6 (sections).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.compare.colours import half_points
from pipeline.compare.looks import Looks
from pipeline.compare.version import Cell, Dress, Grid, Row, Sheet
from pipeline.ooxml.names import VAL, A, W

_SIDES = ("top", "left", "bottom", "right")
_OTHER_NAMES = {"start": "left", "end": "right"}
_NONE = frozenset({"nil", "none", ""})
_SINGLE = 240
"""The usual distance of lines, in the unit of `w:line` that counts in lines."""


def dress_of(properties: Any, looks: Looks, style: str, table: str, *, labelled: bool) -> Dress:
    """Give what surrounds the words of a paragraph.

    Args:
        properties: its `w:pPr`, or None.
        looks: the styles of the file.
        style: identifier of its style.
        table: style of the table around it, or empty.
        labelled: whether a number or sign stands before it: then its list says how far it stands from the margin.
    """
    spacing = looks.paragraph_attributes(properties, style, table, W + "spacing")
    indent = {} if labelled else looks.paragraph_attributes(properties, style, table, W + "ind")
    rule = spacing.get("lineRule", "auto")
    shade = looks.paragraph_element(properties, style, W + "shd")
    borders = looks.paragraph_element(properties, style, W + "pBdr")
    return Dress(
        rule,
        half_points(spacing.get("line", ""), _SINGLE),
        half_points(spacing.get("before", ""), 0),
        half_points(spacing.get("after", ""), 0),
        half_points(indent.get("left", indent.get("start", "")), 0),
        half_points(indent.get("right", indent.get("end", "")), 0),
        frozenset(_drawn(borders)),
        _fill(shade),
    )


def cell_fill(cell: Any) -> str:
    """Give the colour behind a cell, as the cell itself says; empty when none."""
    properties = cell.find(W + "tcPr")
    return "" if properties is None else _fill(properties.find(W + "shd"))


def _fill(element: Any) -> str:
    fill = "" if element is None else str(element.get(W + "fill", "auto")).upper()
    return "" if fill in ("AUTO", "", "FFFFFF") else fill


def _drawn(borders: Any) -> list[str]:
    """Give the sides that have a line."""
    return [] if borders is None else [side for side, drawn in _sides(borders).items() if drawn]


def _sides(borders: Any) -> dict[str, bool]:
    found = {}
    for child in borders:
        name = child.tag.removeprefix(W)
        found[_OTHER_NAMES.get(name, name)] = child.get(VAL, "") not in _NONE
    return found


def borders_of(grid: Grid, looks: Looks) -> tuple[tuple[frozenset[str], ...], ...] | None:
    """Give for each cell of a table, row by row, the sides that have a line; None where its style draws by place."""
    properties = grid.element.find(W + "tblPr")
    named = None if properties is None else properties.find(W + "tblStyle")
    style = "" if named is None else named.get(VAL, "")
    if looks.draws_by_place(style):
        return None
    whole: dict[str, bool] = {}
    own = None if properties is None else properties.find(W + "tblBorders")
    for borders in (*looks.table_borders(style), *([] if own is None else [own])):
        whole |= _sides(borders)
    drawn = [
        [_of_cell(cell, whole, number, len(grid.rows), place, len(row.cells)) for place, cell in enumerate(row.cells)]
        for number, row in enumerate(grid.rows)
    ]
    return tuple(
        tuple(frozenset(_with_neighbours(drawn, row, place)) for place in range(len(drawn[row])))
        for row in range(len(drawn))
    )


def _of_cell(cell: Cell, whole: Mapping[str, bool], row: int, rows: int, place: int, cells: int) -> set[str]:
    inner_across, inner_down = whole.get("insideH", False), whole.get("insideV", False)
    sides = {
        "top": whole.get("top", False) if row == 0 else inner_across,
        "bottom": whole.get("bottom", False) if row == rows - 1 else inner_across,
        "left": whole.get("left", False) if place == 0 else inner_down,
        "right": whole.get("right", False) if place == cells - 1 else inner_down,
    }
    own = cell.element.find(f"{W}tcPr/{W}tcBorders")
    sides |= {} if own is None else _sides(own)
    return {side for side in _SIDES if sides[side]}


def _with_neighbours(drawn: Sequence[Sequence[set[str]]], row: int, place: int) -> set[str]:
    """Add the lines that the cells beside draw at a side of this one."""
    sides = set(drawn[row][place])
    cells = drawn[row]
    for other, side, facing in ((place - 1, "left", "right"), (place + 1, "right", "left")):
        if 0 <= other < len(cells) and facing in cells[other]:
            sides.add(side)
    for other, side, facing in ((row - 1, "top", "bottom"), (row + 1, "bottom", "top")):
        if 0 <= other < len(drawn) and len(drawn[other]) == len(cells) and facing in drawn[other][place]:
            sides.add(side)
    return sides


def sheets(root: Any) -> tuple[Sheet, ...]:
    """Give the sheet of each section of a body, sections on the same sheet as one."""
    found: list[Sheet] = []
    for section in root.iter(W + "sectPr"):
        size, margins, columns = (section.find(W + name) for name in ("pgSz", "pgMar", "cols"))
        made = Sheet(
            _measure(size, "w"),
            _measure(size, "h"),
            () if margins is None else tuple(abs(_measure(margins, side)) for side in _SIDES),
            max(1, _measure(columns, "num")),
        )
        if not found or made != found[-1]:
            found.append(made)
    return tuple(found)


def theme_fonts(root: Any) -> dict[str, str]:
    """Give the fonts of a theme by their kind: minor for running text, major for headings."""
    found = ((kind, next(root.iter(f"{A}{kind}Font"), None)) for kind in ("minor", "major"))
    latin = ((kind, fonts.find(A + "latin")) for kind, fonts in found if fonts is not None)
    return {kind: font.get("typeface", "") for kind, font in latin if font is not None}


def _measure(element: Any, name: str) -> int:
    return 0 if element is None else half_points(element.get(W + name, ""), 0)


def rows_beside(pairs: Sequence[Any]) -> bool:
    """Tell whether every row of a table has its counterpart, cell for cell."""

    def whole(old: Row | None, new: Row | None) -> bool:
        return old is not None and new is not None and len(old.cells) == len(new.cells)

    return all(whole(pair.old, pair.new) for pair in pairs)
