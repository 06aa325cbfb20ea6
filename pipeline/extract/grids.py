"""Tables whose header row names the columns of a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.likeness import named
from pipeline.extract.matching import Matched
from pipeline.extract.matching import match as match_all
from pipeline.extract.names import FormNames, Names
from pipeline.extract.units import Layout, Place, Unit
from pipeline.form import Field

_HEADER_WITHIN = 3
_SHARE = 0.6
_LABELS = 2
"""So many rows that begin with the name of another column make no grid."""


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
    twice: Mapping[str, Sequence[Place]]
    """Column key → other headers with its name."""
    doubtful: Mapping[str, Matched]
    """Column key → why its header may be that of another column."""
    asked: Mapping[str, Field]
    """Column key → that column of the question, also of those that the table does not have."""

    @property
    def order(self) -> list[str]:
        """The columns of the question that the table has, from left to right."""
        return sorted(self.columns, key=lambda name: self.columns[name].column)


def find_grids(units: Sequence[Unit], fields: Sequence[Field], form: FormNames, section: Names) -> list[Grid]:
    """Give each table of a region to the question whose columns it shows, best first."""
    proposals: list[Grid] = []
    rows_of: dict[int, set[int]] = defaultdict(set)
    for unit in units:
        rows_of[id(unit.layout)].add(unit.row)
    for layout, anchor in _tables(units, section):
        rows = sorted(rows_of[id(layout)])
        for asked in fields:
            grid = _propose(layout, rows, asked, form.columns[asked.key], anchored=anchor == asked.key)
            if grid is not None:
                proposals.append(grid)
    proposals.sort(key=lambda grid: (not grid.anchored, -grid.score))
    best: dict[int, float] = {}
    for grid in proposals:
        best[id(grid.layout)] = max(best.get(id(grid.layout), 0.0), grid.score)
    taken: dict[int, Grid] = {}
    answered: set[str] = set()
    for grid in proposals:
        if not grid.anchored and grid.score < best[id(grid.layout)]:
            continue
        if id(grid.layout) not in taken and grid.field.key not in answered:
            taken[id(grid.layout)] = grid
            answered.add(grid.field.key)
    first = {grid.field.key: grid.columns.keys() for grid in taken.values()}
    for grid in proposals:
        if grid.anchored or first.get(grid.field.key, grid.columns.keys()) == grid.columns.keys():
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
            anchor = named(said, section) or ""
        if unit.layout is not None and id(unit.layout) not in seen:
            seen.add(id(unit.layout))
            found.append((unit.layout, anchor))
    return found


def _propose(layout: Layout, rows: Sequence[int], asked: Field, names: Names, *, anchored: bool) -> Grid | None:
    for after, number in enumerate(rows[:_HEADER_WITHIN], start=1):
        beneath = layout.rows[number + 1] if rows[after : after + 1] == [number + 1] else []
        if _is_label_row(beneath, names) and not same_words(beneath, layout.rows[number]):
            continue
        places = [place for place in layout.rows[number] if not place.empty]
        columns, twice, doubtful = _columns(places, names, anchored=anchored)
        sure = len(columns) - len(doubtful)
        alone = len(layout.rows[number]) == sure and (anchored or sure == len(asked.columns))
        enough = sure >= 2 or (sure == 1 and alone)
        if not enough or sure < _SHARE * len(places):
            continue
        if _is_card([layout.rows[row] for row in rows if row != number], names):
            continue
        return Grid(asked, layout, number, columns, sure / len(asked.columns), anchored, twice, doubtful, names.fields)
    return None


def _is_label_row(places: Sequence[Place], names: Names) -> bool:
    return bool(places) and names.whole(places[0].name) is not None


def _is_card(rows: Sequence[Sequence[Place]], names: Names) -> bool:
    """Tell whether the rows beside a header begin with labels themselves, so that it is the first line of a card."""
    said = [places[0].name for places in rows if places and places[0].name]
    columns: set[str] = set()
    others = 0
    for text in said:
        if field := named(text, names):
            columns.add(field)
        else:
            others += 1
        if 2 * others > len(said):
            return False
    return len(columns) >= _LABELS and 2 * len(columns) >= len(said)


def same_words(one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Tell whether two rows say the same."""
    return len(one) == len(other) and all(place.text == same.text for place, same in zip(one, other, strict=True))


def _columns(
    places: Sequence[Place], names: Names, *, anchored: bool
) -> tuple[dict[str, Place], dict[str, list[Place]], dict[str, Matched]]:
    """Give the columns that a row names, exactly or nearly; those that it names again; those that it may name."""
    columns: dict[str, Place] = {}
    twice: dict[str, list[Place]] = {}
    rest: list[Place] = []
    for place in places:
        match = names.whole(place.name) or (names.whole(place.text) if place.text != place.name else None)
        free = next((name for name in match.fields if name not in columns), None) if match else None
        if match and free is None:
            twice.setdefault(match.fields[0], []).append(place)
        elif free is None:
            rest.append(place)
        else:
            columns[free] = place
    doubtful: dict[str, Matched] = {}
    if rest and (columns or anchored) and len(columns) < len(names.fields):
        texts = {place: (place.name,) for place in rest if place.name}
        missing = [name for name in names.fields if name not in columns]
        for name, (place, matched) in match_all(texts, names, missing).items():
            columns[name] = place
            if matched.problem:
                doubtful[name] = matched
    return columns, twice, doubtful


def grid_units(grid: Grid, units: Sequence[Unit]) -> list[Unit]:
    """Give the units that the grid takes."""
    return [unit for unit in units if unit.layout is grid.layout and unit.row >= grid.header]
