"""Tables whose header row names the columns of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.document import paragraphs
from pipeline.dossier import Row, State
from pipeline.extract.answers import Codelists, settle
from pipeline.extract.names import FormNames, Names, keys
from pipeline.extract.said import Said, words
from pipeline.extract.units import Layout, Place, Unit
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import FieldType

_HEADER_WITHIN = 3
_SHARE = 0.6
_CLOSE = 84.0
_MARGIN = 6.0
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONGTEXT, FieldType.CHOICES})
_NARROW = 4
_TOTALS = re.compile(r"(?:(?:algemeen )?totaal|totalen|subtotaal|eindtotaal|som)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table read as the rows of one question."""

    field: Field
    layout: Layout
    header: int
    columns: dict[str, Place]
    """Column key → its header cell."""
    score: float
    anchored: bool
    """Whether the label of the question stands above it."""


def find_grids(units: Sequence[Unit], fields: Sequence[Field], form: FormNames, section: Names) -> list[Grid]:
    """Give each table of a region to the question whose columns it shows, best first."""
    proposals: list[Grid] = []
    for layout, anchor in _tables(units, section):
        rows = {unit.row for unit in units if unit.layout is layout}
        for asked in fields:
            grid = _propose(layout, rows, asked, form.columns[asked.key], anchored=anchor == asked.key)
            if grid is not None:
                proposals.append(grid)
    proposals.sort(key=lambda grid: (not grid.anchored, -grid.score))
    taken: dict[int, Grid] = {}
    answered: set[str] = set()
    for grid in proposals:
        if id(grid.layout) not in taken and grid.field.key not in answered:
            taken[id(grid.layout)] = grid
            answered.add(grid.field.key)
    for grid in proposals:
        taken.setdefault(id(grid.layout), grid)
    order = {id(unit.layout): unit.number for unit in reversed(units)}
    return sorted(taken.values(), key=lambda grid: order[id(grid.layout)])


def _tables(units: Sequence[Unit], section: Names) -> list[tuple[Layout, str]]:
    """Give every table with the question whose label stood last above it."""
    found: list[tuple[Layout, str]] = []
    anchor = ""
    seen: set[int] = set()
    for unit in units:
        said = unit.said
        if said and (match := section.whole(said)):
            anchor = match.fields[0]
        elif unit.paragraph is not None and unit.paragraph.level:
            anchor = ""
        if unit.layout is not None and id(unit.layout) not in seen:
            seen.add(id(unit.layout))
            found.append((unit.layout, anchor))
    return found


def _propose(layout: Layout, rows: set[int], asked: Field, names: Names, *, anchored: bool) -> Grid | None:
    for number in sorted(rows)[:_HEADER_WITHIN]:
        places = [place for place in layout.rows[number] if not place.empty]
        columns = _columns(places, names)
        alone = len(layout.rows[number]) == len(columns) and (anchored or len(columns) == len(asked.columns))
        enough = len(columns) >= 2 or (len(columns) == 1 and alone)
        if not enough or len(columns) < _SHARE * len(places):
            continue
        beneath = layout.rows[number + 1] if number + 1 in rows else []
        if _is_label_row(beneath, names) and not _same(beneath, layout.rows[number]):
            continue
        return Grid(asked, layout, number, columns, len(columns) / len(asked.columns), anchored)
    return None


def _is_label_row(places: Sequence[Place], names: Names) -> bool:
    return bool(places) and names.whole(places[0].name) is not None


def _same(one: Sequence[Place], other: Sequence[Place]) -> bool:
    return [place.text for place in one] == [place.text for place in other]


def _columns(places: Sequence[Place], names: Names) -> dict[str, Place]:
    """Give the columns that a row names: exactly, then by likeness, each once."""
    columns: dict[str, Place] = {}
    rest: list[Place] = []
    for place in places:
        match = names.whole(place.name) or names.whole(place.text)
        free = next((name for name in match.fields if name not in columns), None) if match else None
        if free is None:
            rest.append(place)
        else:
            columns[free] = place
    if columns and rest and len(columns) < len(names.fields):
        columns.update(_likely(rest, names, columns))
    return columns


def _likely(places: Sequence[Place], names: Names, known: dict[str, Place]) -> dict[str, Place]:
    from rapidfuzz import fuzz

    scores = sorted(
        (
            (max(fuzz.ratio(text, name) for text in keys(place.name)), number, owner)
            for number, place in enumerate(places)
            for name, owners in names.exact.items()
            for owner in owners
            if owner not in known and place.name
        ),
        reverse=True,
    )
    found: dict[str, Place] = {}
    used: set[int] = set()
    for score, number, owner in scores:
        if score < _CLOSE or number in used or owner in found:
            continue
        rival = max(
            (s for s, n, o in scores if (n == number) != (o == owner) and n not in used - {number}), default=0.0
        )
        if score - rival >= _MARGIN:
            found[owner] = places[number]
            used.add(number)
    return found


def grid_units(grid: Grid, units: Sequence[Unit]) -> list[Unit]:
    """Give the units that the grid takes."""
    return [unit for unit in units if unit.layout is grid.layout and unit.row >= grid.header]


def read_grid(grid: Grid, units: Sequence[Unit], codelists: Codelists, first: int = 1) -> tuple[list[Row], list[str]]:
    """Give the filled rows of a grid, and the words of cells that belong to no column."""
    rows: list[Row] = []
    left: list[str] = []
    header = grid.layout.rows[grid.header]
    wanted = set(grid.columns.values())
    others = [place for place in header if place not in wanted]
    for parts in _rows(grid, units, header):
        places = parts[0]
        if _TOTALS.match(places[0].name) and _is_total(places):
            left.append(" ".join(place.text for place in places if not place.empty))
            continue
        cells = {
            asked.key: settle(asked, _cell(grid.columns.get(asked.key), grid, parts), codelists)
            for asked in grid.field.columns
        }
        left.extend(text for part in parts for text in _unasked(grid, part[0].row, others))
        if any(cell.state in {State.GIVEN, State.DOUBTFUL} for cell in cells.values()):
            rows.append(Row(first + len(rows), cells, places[0].cell.location))
    return rows, left


def _rows(grid: Grid, units: Sequence[Unit], header: Sequence[Place]) -> list[list[list[Place]]]:
    """Give the filled rows, each as the parts into which page breaks cut it."""
    rows: list[list[list[Place]]] = []
    for unit in grid_units(grid, units):
        places = grid.layout.rows[unit.row]
        if unit.row == grid.header or _same(places, header) or all(place.empty for place in places):
            continue
        if rows and _is_rest(grid, rows[-1], places):
            rows[-1].append(places)
        else:
            rows.append([places])
    return rows


def _is_rest(grid: Grid, parts: Sequence[Sequence[Place]], places: Sequence[Place]) -> bool:
    """Tell whether the first row of a page is what was left of the last row before: only text that was there already.

    Amounts, dates and choices fit on their line, and the first column names the row, so a row that has either
    is a row of its own; one cell alone in a wide table is not.
    """
    before, page = parts[-1][0].cell.location.page, places[0].cell.location.page
    if before is None or page is None or page <= before:
        return False
    free = {head.column for name, head in grid.columns.items() if grid.field.column(name).type in _TEXTS}
    above = {place.column for part in parts for place in part if not place.empty}
    filled = [place for place in places if not place.empty]
    if len(filled) > 1 or len(grid.columns) < _NARROW:
        free -= {places[0].column}
    return all(place.column in free and place.column in above for place in filled)


def _cell(head: Place | None, grid: Grid, parts: Sequence[Sequence[Place]]) -> Said | None:
    """Give what was said in a column of a row; None when the table does not have the column."""
    if head is None:
        return None
    places = [place for part in parts if (place := grid.layout.at(part[0].row, head.column)) is not None]
    if not places:
        return None
    filled = [place for place in places if not place.empty] or places[:1]
    pieces = [paragraph for place in filled for paragraph in paragraphs(place.cell.blocks)]
    said = words(pieces, "\n".join(place.text for place in filled), filled[0].cell.location, "grid", 1.0, "")
    if len(filled) > 1:
        return replace(said, uncertain=_("Deze rij loopt misschien door op de volgende bladzijde."))
    return said


def _is_total(places: Sequence[Place]) -> bool:
    """Tell whether a row that begins with «totaal» only adds up."""
    return all(place.empty or any(c.isdigit() for c in place.text) for place in places[1:])


def _unasked(grid: Grid, row: int, others: Sequence[Place]) -> list[str]:
    said: list[str] = []
    for head in others:
        place = grid.layout.at(row, head.column)
        if place is None or place.empty or place.text.strip(" .").isdigit():
            continue
        said.append(f"{head.name}: {place.text}" if head.name else place.text)
    return said
