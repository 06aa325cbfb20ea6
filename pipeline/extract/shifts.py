"""Doubt the rows of a grid whose cells do not stand under one header each: somebody deleted, merged or added cells."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier import Answer, State
from pipeline.extract.grids import Grid
from pipeline.extract.states import doubted
from pipeline.extract.totals import opening
from pipeline.extract.units import Layout, Place
from pipeline.language import _


def doubt_shifted(
    grid: Grid, places: Sequence[Place], cells: dict[str, Answer], totals: tuple[str, ...]
) -> dict[str, Answer]:
    """Doubt what stands in a cell under several columns, and all of a row that ends before or after its header.

    Word moves the rest of a row when a cell is deleted, so that an amount stands under another column. On a page cells
    have the place where they are drawn, and do not move. The words of a row of totals often run over some columns.
    """
    first = next((place for place in places if not place.empty), None)
    if first is None or opening(first.text, totals) is not None:
        return cells
    printed = first.cell.location.page is not None
    if not printed and _end(grid.layout, first.row) != _end(grid.layout, grid.header):
        problem = _("Deze rij heeft niet evenveel cellen als de titels; zie na wat onder welke kolom hoort.")
        return {name: _unless_doubtful(cell, problem) for name, cell in cells.items()}
    under: dict[int, list[str]] = {}
    for name, head in grid.columns.items():
        place = grid.layout.at(first.row, head.column)
        if place is not None and not place.empty:
            under.setdefault(id(place), []).append(name)
    shared = {name for names in under.values() if len(names) > 1 for name in names}
    problem = _("Eén cel staat onder meer dan één kolom; zie na onder welke ze hoort.")
    return {name: _unless_doubtful(cell, problem) if name in shared else cell for name, cell in cells.items()}


def beyond_header(grid: Grid, places: Sequence[Place]) -> list[str]:
    """Give what stands behind the last header."""
    end = _end(grid.layout, grid.header)
    return [place.text for place in places if place.column >= end and not place.empty]


def _end(layout: Layout, row: int) -> int:
    """Give how many columns a row takes, cells that reach down into it included."""
    column = 0
    while (place := layout.at(row, column)) is not None:
        column = place.column + place.cell.columns
    return column


def _unless_doubtful(cell: Answer, problem: str) -> Answer:
    return doubted(cell, problem) if cell.state is State.GIVEN else cell
