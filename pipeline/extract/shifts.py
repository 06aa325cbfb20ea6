"""Doubt the rows of a grid whose cells do not stand each under its own header: deleted, merged, added or lost cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.dossier import Answer
from pipeline.extract.grids import Grid
from pipeline.extract.states import DOUBTFUL, GIVEN, doubted
from pipeline.extract.units import Place
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import FieldType, parse

_TYPED = frozenset(FieldType) - {FieldType.TEXT, FieldType.LONGTEXT, FieldType.TABLE, FieldType.MUNICIPALITY}
"""Types that have no meaning for just any text."""
_COUNTED = frozenset({FieldType.AMOUNT, FieldType.INTEGER, FieldType.PERCENTAGE})
_FIGURES = re.compile(r"(?:€|eur) ?\d[\d.,]*|\d[\d.,]* ?(?:€|eur|euro)?", re.IGNORECASE)
"""One number, though it may mean two: «95,104» stands in its own column."""
_SEVERAL = 2


def doubt_shifted(grid: Grid, first: Place, cells: dict[str, Answer], opened: str | None) -> dict[str, Answer]:
    """Doubt a cell under several columns, what counts beside several rows, and all of a row that is not even.

    A row that ends before or after its header is: Word moves the rest of a row when a cell is deleted. On a page cells
    have the place where they are drawn, and do not move. The words of a row of totals often run over some columns.

    Args:
        grid: the table.
        first: the first filled cell of the row.
        cells: what the row answers.
        opened: what the row says after the words that open a row of totals; None when it is none.
    """
    if opened is not None:
        return cells
    printed = first.cell.location.page is not None
    if not printed and grid.layout.end(first.row) != grid.layout.end(grid.header):
        problem = _("Deze rij heeft niet evenveel cellen als de titels; zie na wat onder welke kolom hoort.")
        return {name: _unless_doubtful(cell, problem) for name, cell in cells.items()}
    under: dict[int, list[str]] = {}
    reaching: set[str] = set()
    for name, head in grid.columns.items():
        place = grid.layout.at(first.row, head.column)
        if place is not None and not place.empty:
            under.setdefault(id(place), []).append(name)
            if place.cell.rows > 1 and grid.asked[name].type in _COUNTED and _holds_rows(place):
                reaching.add(name)
    if reaching:
        problem = _("De rijen van deze tabel staan niet tussen lijnen; zie na wat bij welke rij en kolom hoort.")
        cells = {name: _unless_doubtful(cell, problem) if name in reaching else cell for name, cell in cells.items()}
    shared = {name for names in under.values() if len(names) > 1 for name in names}
    if not shared:
        return cells
    problem = _("Eén cel staat onder meer dan één kolom; zie na onder welke ze hoort.")
    return {name: _unless_doubtful(cell, problem) if name in shared else cell for name, cell in cells.items()}


def _holds_rows(place: Place) -> bool:
    """Tell whether a cell stands beside more than one filled row: what it counts is that of all together."""
    below = place.layout.rows[place.row + 1 : place.row + place.cell.rows]
    return any(not beside.empty for row in below for beside in row)


def doubt_misfits(grid: Grid, order: Sequence[str], cells: dict[str, Answer], opened: str | None) -> dict[str, Answer]:
    """Doubt all of a row in which a cell is of the type of the column beside its own, or two are of neither.

    A ruling that a scan lost, or somebody who typed in the wrong column, moves answers of which those of any text show
    nothing. The one word of a row of totals may stand under any column, or run over several.

    Args:
        grid: the table.
        order: its columns from left to right.
        cells: what the row answers.
        opened: what the row says after the words that open a row of totals; None when it is none.
    """
    strange = [number for number, name in enumerate(order) if _is_strange(grid.asked[name], cells[name])]
    if not strange or opened == "":
        return cells
    beside = any(
        _fits(grid.asked[order[near]], cells[order[number]].text)
        for number in strange
        for near in (number - 1, number + 1)
        if 0 <= near < len(order)
    )
    if not beside and len(strange) < _SEVERAL:
        return cells
    problem = _("In deze rij staan antwoorden die bij een andere kolom passen; zie na wat onder welke kolom hoort.")
    return {name: _unless_doubtful(cell, problem) for name, cell in cells.items()}


def _is_strange(asked: Field, cell: Answer) -> bool:
    """Tell whether a cell says something that its type has no meaning for."""
    if cell.state is not DOUBTFUL or cell.value is not None or asked.type not in _TYPED or not cell.text.strip():
        return False
    return asked.type not in _COUNTED or _FIGURES.fullmatch(cell.text) is None


def _fits(asked: Field, text: str) -> bool:
    if asked.type not in _TYPED:
        return False
    parsed = parse(text, asked.type, choices=asked.choices)
    return parsed.value is not None and not parsed.problem


def beyond_header(grid: Grid, places: Sequence[Place]) -> list[str]:
    """Give what stands behind the last header."""
    end = grid.layout.end(grid.header)
    return [place.text for place in places if place.column >= end and not place.empty]


def _unless_doubtful(cell: Answer, problem: str) -> Answer:
    return doubted(cell, problem) if cell.state is GIVEN else cell
