"""The rows of a grid, put back together where a page break cut one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.dossier import Answer, Row
from pipeline.extract.answers import Codelists, settle
from pipeline.extract.cut_rows import has_ended
from pipeline.extract.doubts import counts_in_thousands
from pipeline.extract.grids import Grid, grid_units, same_words
from pipeline.extract.names import key
from pipeline.extract.row_titles import again
from pipeline.extract.said import Said, struck_name, words
from pipeline.extract.shifts import beyond_header, doubt_misfits, doubt_shifted
from pipeline.extract.states import EMPTY, FILLED, GIVEN, doubted
from pipeline.extract.totals import opening
from pipeline.extract.units import Place, Unit
from pipeline.extract.withdrawn import numbered_remark, remark
from pipeline.language import _
from pipeline.values import FieldType

_AMOUNT = FieldType.AMOUNT
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONGTEXT, FieldType.CHOICES})
_NARROW = 4
_NUMBERINGS = frozenset({"", "nr", "nummer", "volgnr", "volgnummer", "rij"})
"""Headers of a column that only counts the rows."""
_LINES_ABOVE = 3
_LONGEST_TITLE = 160


@dataclass(slots=True)
class GridRows:
    """What was read from a grid."""

    rows: list[Row] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Words of cells that belong to no column."""
    torn: tuple[int, ...] = ()
    """The rows that may run on in the next one, over a page break without a sign of it: there may be a row too many."""
    unknown: bool = False
    """A row says something only in a column that is none of the question's, while one of those is missing."""


def read_rows(
    grid: Grid, units: Sequence[Unit], codelists: Codelists, totals: tuple[str, ...], first: int = 1
) -> GridRows:
    """Give the filled rows of a grid, numbered from `first`; `totals` are the words that open a row of totals."""
    read = GridRows()
    header = grid.layout.rows[grid.header]
    above: Sequence[Place] = header
    wanted = set(grid.columns.values())
    others = [place for place in header if place not in wanted]
    scales = _scales(grid, units)
    through = {name: struck_name(head.pieces) for name, head in grid.columns.items()}
    order = grid.order
    amounts = {name for name in grid.columns if grid.asked[name].type is _AMOUNT}
    for parts in _rows(grid, units, header):
        places = parts[0]
        begin = next(place for place in places if not place.empty)
        opened = opening(begin.text, totals)
        cells = {
            asked.key: settle(
                asked, _cell(asked.key, grid, parts, scales.get(asked.key, ""), through.get(asked.key, "")), codelists
            )
            for asked in grid.field.columns
        }
        cells, head = _with_head(grid, begin, cells, opened)
        cells = doubt_shifted(grid, begin, _doubt_doubled(cells, grid, places), opened)
        cells = doubt_misfits(grid, order, cells, opened)
        if _only_amounts(grid, amounts, cells):
            cells = {
                name: _unless_doubtful(cell, _("Deze rij heeft alleen bedragen; misschien is het een totaal."))
                for name, cell in cells.items()
            }
        cells = _doubt_remarked(grid, places[0].row, others, cells)
        number = first + len(read.rows)
        if number > 1 and _may_be_rest(grid, above, places, cells):
            read.torn = (*read.torn, number - 1)
        above = parts[-1]
        read.left.extend(_unasked(grid, places[0].row, others, head))
        for part in parts[1:]:
            read.left.extend(_unasked(grid, part[0].row, others, _again(parts, part)))
        for part in parts:
            read.left.extend(beyond_header(grid, part))
        if any(cell.state in FILLED for cell in cells.values()):
            read.rows.append(Row(first + len(read.rows), cells, places[0].cell.location))
        elif len(grid.columns) < len(grid.field.columns) and _unasked(grid, places[0].row, others):
            read.unknown = True
    return read


def _with_head(
    grid: Grid, head: Place, cells: dict[str, Answer], opened: str | None
) -> tuple[dict[str, Answer], Place | None]:
    """Let the words of a total in a column of its own (`Nr.`) count as said in the first of the question, if empty.

    Args:
        grid: the table.
        head: the first filled cell of the row.
        cells: what the row answers.
        opened: what the row says after the words that open a row of totals; None when it is none.

    Returns:
        The cells, and the place of those words if they were taken over.
    """
    if opened != "":
        return cells, None
    first = next((column for column in grid.field.columns if column.key in grid.columns), None)
    own = {column.column for column in grid.columns.values()}
    covered = range(head.column, head.column + head.cell.columns)
    if first is None or first.type not in _TEXTS or cells[first.key].state is not EMPTY:
        return cells, None
    if not own.isdisjoint(covered):
        return cells, None
    said = words(head.pieces, head.text, head.cell.location, "grid", 1.0, "")
    return {**cells, first.key: settle(first, said, {})}, head


def _doubt_doubled(cells: dict[str, Answer], grid: Grid, places: Sequence[Place]) -> dict[str, Answer]:
    """Doubt the cells of a column whose header stands twice in the table, and whose other cell says something."""
    for name, heads in grid.twice.items():
        others = [grid.layout.at(places[0].row, head.column) for head in heads]
        if any(other is not None and not other.empty for other in others):
            problem = _("De tabel heeft twee kolommen «{name}».").format(name=grid.columns[name].name)
            cells = {**cells, name: cells[name] if cells[name].problem else doubted(cells[name], problem)}
    return cells


def _only_amounts(grid: Grid, amounts: Collection[str], cells: Mapping[str, Answer]) -> bool:
    """Tell whether a row says amounts, which stand in some of its columns, and nothing of what they are for."""
    if not amounts or len(grid.columns) <= len(amounts):
        return False
    filled = [name for name, cell in cells.items() if cell.state in FILLED]
    return bool(filled) and all(name in amounts for name in filled)


def _doubt_remarked(grid: Grid, row: int, others: Sequence[Place], cells: dict[str, Answer]) -> dict[str, Answer]:
    """Doubt a row beside whose number, in a column of its own, a remark stands."""
    for head in others:
        place = grid.layout.at(row, head.column)
        if place is not None and not place.empty and (beside := numbered_remark(place.text)):
            why = remark(beside, [cell.text for cell in cells.values()])
            return {name: _unless_doubtful(cell, why) for name, cell in cells.items()} if why else cells
    return cells


def _unless_doubtful(cell: Answer, problem: str) -> Answer:
    """Doubt a cell that nothing makes doubtful yet."""
    return doubted(cell, problem) if cell.state is GIVEN else cell


def _scales(grid: Grid, units: Sequence[Unit]) -> dict[str, str]:
    """Give the columns of amounts that may count in thousands, by what a header or a line above says."""
    rows = grid_units(grid, units)
    first = rows[0].number if rows else 0
    above = [place.text for place in grid.layout.rows[grid.header]]
    above += [unit.text for unit in units if first - _LINES_ABOVE <= unit.number < first]
    common = next((why for text in above if len(text) <= _LONGEST_TITLE and (why := counts_in_thousands(text))), "")
    return {
        name: counts_in_thousands(head.text) or common
        for name, head in grid.columns.items()
        if grid.asked[name].type is _AMOUNT
    }


def _may_be_rest(grid: Grid, above: Sequence[Place], places: Sequence[Place], cells: Mapping[str, Answer]) -> bool:
    """Tell whether the first row of a page has nothing that a row cut in two could not have."""
    if not _begins_page(grid, above, places):
        return False
    typed = [name for name in grid.columns if grid.asked[name].type not in _TEXTS]
    said = {place.column for place in above if not place.empty}
    whole = any(cells[name].state is GIVEN for name in typed)
    fresh = any(place.column not in said for place in places if not place.empty)
    return any(grid.columns[name].column in said for name in typed) and not whole and not fresh


def _begins_page(grid: Grid, above: Sequence[Place], places: Sequence[Place]) -> bool:
    """Tell whether a row is the first on its page, and may be what is left of the row before."""
    first, row = above[0].row, places[0].row
    if grid.layout.begins.isdisjoint(range(first + 1, row + 1)):
        return False
    return row not in grid.layout.table.whole and not has_ended(above, places)


def _rows(grid: Grid, units: Sequence[Unit], header: Sequence[Place]) -> list[list[list[Place]]]:
    """Give the filled rows, each as the parts into which page breaks cut it."""
    rows: list[list[list[Place]]] = []
    for unit in grid_units(grid, units):
        places = grid.layout.rows[unit.row]
        if unit.empty or unit.row == grid.header or same_words(places, header):
            continue
        if rows and (_is_rest(grid, rows[-1], places) or _again(rows[-1], places)):
            rows[-1].append(places)
        else:
            rows.append([places])
    return rows


def _again(parts: Sequence[Sequence[Place]], places: Sequence[Place]) -> Place | None:
    """Give the cell in which a row says that it goes on with the row before: its number, with «(vervolg)» beside it."""
    head = next(place for place in places if not place.empty)
    number = again(head.text)
    if number is None:
        return None
    above = next((place for place in parts[0] if place.column == head.column), None)
    return head if above is not None and number in ("", above.text.strip(" .:")) else None


def _is_rest(grid: Grid, parts: Sequence[Sequence[Place]], places: Sequence[Place]) -> bool:
    """Tell whether the first row of a page is what was left of the last row before: only text that was there already.

    Amounts, dates and choices fit on their line, and the first column names the row, so a row that has either
    is a row of its own; one cell alone in a wide table is not.
    """
    if not _begins_page(grid, parts[-1], places):
        return False
    free = {head.column for name, head in grid.columns.items() if grid.asked[name].type in _TEXTS}
    above = {place.column for part in parts for place in part if not place.empty}
    filled = [place for place in places if not place.empty]
    if len(filled) > 1 or len(grid.columns) < _NARROW:
        free -= {places[0].column}
    return all(place.column in free and place.column in above for place in filled)


def _cell(name: str, grid: Grid, parts: Sequence[Sequence[Place]], problem: str, through: str) -> Said | None:
    """Give what was said in a column of a row; None when the table does not have the column.

    `through` is why its header may not count.
    """
    head = grid.columns.get(name)
    if head is None:
        return None
    first = grid.layout.at(parts[0][0].row, head.column)
    filled = [first] if first is not None else []
    if len(parts) > 1:
        places = [place for part in parts if (place := grid.layout.at(part[0].row, head.column)) is not None]
        numbers = [_again(parts, part) for part in parts[1:]]
        filled = [place for place in places if not place.empty and place not in numbers] or places[:1]
    if not filled:
        return None
    pieces, text = filled[0].pieces, filled[0].text
    if len(filled) > 1:
        pieces = [paragraph for place in filled for paragraph in place.pieces]
        text = "\n".join([place.text for place in filled])
    doubt = grid.doubtful.get(name)
    confidence, problem = (doubt.confidence, doubt.problem) if doubt else (1.0, problem)
    said = words(pieces, text, filled[0].cell.location, "grid", confidence, problem, misplaced=doubt is None)
    if through:
        said = replace(said, uncertain=said.uncertain or through)
    if len(filled) > 1:
        return replace(said, uncertain=_("Deze rij loopt misschien door op de volgende bladzijde."))
    return said


def _unasked(grid: Grid, row: int, others: Sequence[Place], taken: Place | None = None) -> list[str]:
    said: list[str] = []
    for head in others:
        place = grid.layout.at(row, head.column)
        if (
            place is None
            or place is taken
            or place.empty
            or (key(head.name) in _NUMBERINGS and place.text.strip(" .").isdigit())
        ):
            continue
        said.append(f"{head.name}: {place.text}" if head.name else place.text)
    return said
