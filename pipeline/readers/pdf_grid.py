"""Make grids of cells out of the rulings of a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import Box
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_ruled_rows import ruled_rows
from pipeline.readers.pdf_ruled_table import Ruled, Surroundings
from pipeline.readers.pdf_rulings import Drawing, Ruling
from pipeline.readers.pdf_sides import closed, closed_alike, closed_as_seen, is_alone
from pipeline.readers.pdf_text import Word

_SNAP = 1.6
"""Rulings nearer to each other than this are one."""
_TOUCH = 2.2
_MOST_PAIRS = 400_000
_MOST_CELLS = 40_000
_INK = 0.6
"""Share of a cell that a shaded area must cover."""


class Room(NamedTuple):
    """A cell of a grid: where it stands and which rows and columns it takes."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int
    shaded: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rooms: tuple[Room, ...]
    index: tuple[tuple[int, ...], ...]
    """For each row and column of rulings the number of its room, or -1."""
    open_above: bool = False
    """Its sides begin without a ruling across: what stands in the first row began on the page before."""
    open_below: bool = False
    """Its sides end without a ruling across: what stands in the last row goes on on the next page."""
    borderless: bool = False
    """One of its sides, or both, are not drawn."""
    level_only: bool = False
    """No upright ruling is drawn: what goes on on the next page may not be seen to."""

    def room_at(self, x: float, y: float) -> int:
        """Give the number of the room that holds a point, or -1."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if not (0 <= row < len(self.index) and 0 <= column < len(self.index[0])):
            return -1
        return self.index[row][column]


def grids_of(
    drawing: Drawing,
    before: Sequence[Grid] = (),
    levels: Levels | None = None,
    high: float = 0.0,
    *,
    exact: bool = True,
) -> tuple[Grid, ...]:
    """Give the grids of a page, top to bottom; a drawing with very many lines gives none.

    Args:
        drawing: what is drawn on it.
        before: the grids of the page before.
        levels: the words of the page, which tell the columns of a table that has level rulings only.
        high: how high the page is.
        exact: its rulings end where they were drawn, as those of a scan do not.
    """
    level, upright = _merged(drawing.level), _merged(drawing.upright)
    if len(level) * len(upright) > _MOST_PAIRS:
        return ()
    cuts = _cuts(level, upright)
    grids: list[Grid | None] = []
    alone = []
    bare: list[Ruling] = []
    for rows, columns in _together(sorted([*level, *cuts]), upright):
        if not columns:
            bare += rows
            continue
        whole = (closed if exact else closed_as_seen)(rows, columns, cuts)
        if whole is not None:
            grids.append(_borderless(*whole, drawing.shades))
        elif exact and is_alone(rows, columns, cuts):
            alone.append((rows, columns))
        else:
            grids.append(_opened(_grid(rows, columns, drawing.shades), cuts))
    if levels is not None and bare:
        page = Surroundings(high, {grid.xs for grid in before if grid.level_only and grid.open_below})
        grids += [_level_only(ruled, drawing.shades) for ruled in ruled_rows(bare, drawing.level, levels, page)]
    known = {grid.xs for grid in (*grids, *before) if grid is not None and grid.borderless} if alone else set()
    for rows, columns in alone:
        whole = closed_alike(columns, known)
        if whole is not None:
            grids.append(_borderless(*whole, drawing.shades))
        else:
            grids.append(_opened(_grid(rows, columns, drawing.shades), cuts))
    return tuple(sorted((grid for grid in grids if grid is not None), key=lambda grid: (grid.box[1], grid.box[0])))


def known_to_end(grids: tuple[Grid, ...], words: Sequence[Word]) -> tuple[Grid, ...]:
    """Leave out the upright rulings of tables without any other when words stand in columns beside them."""
    if not any(grid.open_above and grid.open_below and len(grid.ys) == 2 for grid in grids):
        return grids
    return tuple(
        grid
        for number, grid in enumerate(grids)
        if not (grid.open_above and grid.open_below and len(grid.ys) == 2 and _stand_beside(number, grids, words))
    )


def _stand_beside(number: int, grids: Sequence[Grid], words: Sequence[Word]) -> bool:
    left, top, right, bottom = grids[number].box
    others = [grid.box for place, grid in enumerate(grids) if place != number]
    return any(
        top < word.base < bottom
        and not left - _TOUCH < (word.left + word.right) / 2 < right + _TOUCH
        and not any(box[0] <= word.left <= box[2] and box[1] <= word.base <= box[3] for box in others)
        for word in words
    )


def _borderless(level: list[Ruling], upright: list[Ruling], shades: list[Box]) -> Grid | None:
    """Give the grid of rulings to which sides were added; that it ends in none drawn says nothing of a page break."""
    grid = _grid(level, upright, shades)
    return grid and replace(grid, borderless=True)


def _level_only(ruled: Ruled, shades: list[Box]) -> Grid | None:
    grid = _borderless(ruled.level, ruled.upright, shades)
    return grid and replace(grid, open_above=ruled.open_above, open_below=ruled.open_below, level_only=True)


def _opened(grid: Grid | None, cuts: list[Ruling]) -> Grid | None:
    """Tell of a grid whether a page break left it open."""
    if grid is None or not cuts:
        return grid
    above, below = (any(abs(cut.at - y) < _SNAP for cut in cuts) for y in (grid.ys[0], grid.ys[-1]))
    return replace(grid, open_above=above, open_below=below)


def _merged(rulings: list[Ruling]) -> list[Ruling]:
    """Join the pieces of rulings that lie in one line."""
    lanes: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if lanes and ruling.at - lanes[-1][0].at < _SNAP:
            lanes[-1].append(ruling)
        else:
            lanes.append([ruling])
    joined = []
    for lane in lanes:
        at = sum(ruling.at for ruling in lane) / len(lane)
        start, end = None, 0.0
        for ruling in sorted(lane, key=lambda each: each.start):
            if start is None:
                start, end = ruling.start, ruling.end
            elif ruling.start <= end + _TOUCH:
                end = max(end, ruling.end)
            else:
                joined.append(Ruling(at, start, end))
                start, end = ruling.start, ruling.end
        if start is not None:
            joined.append(Ruling(at, start, end))
    return joined


def _cuts(level: list[Ruling], upright: list[Ruling]) -> list[Ruling]:
    """Give the rulings that close cells left open by a page break: where several sides end and nothing crosses."""
    loose = sorted(
        (y, column.at)
        for column in upright
        for y in (column.start, column.end)
        if not any(
            abs(row.at - y) < _TOUCH and row.start - _TOUCH <= column.at <= row.end + _TOUCH
            for row in level[bisect_left(level, (y - _TOUCH,)) : bisect_right(level, (y + _TOUCH,))]
        )
    )
    lanes: list[list[tuple[float, float]]] = []
    for end in loose:
        if lanes and end[0] - lanes[-1][0][0] < _SNAP:
            lanes[-1].append(end)
        else:
            lanes.append([end])
    return [Ruling(lane[0][0], min(x for _y, x in lane), max(x for _y, x in lane)) for lane in lanes if len(lane) > 1]


def _together(level: list[Ruling], upright: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Group rulings that touch each other; both kinds come in the order of their places."""
    leader = list(range(len(level) + len(upright)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    places = [column.at for column in upright]
    for i, row in enumerate(level):
        for j in range(bisect_left(places, row.start - _TOUCH), bisect_right(places, row.end + _TOUCH)):
            if upright[j].start - _TOUCH <= row.at <= upright[j].end + _TOUCH:
                leader[find(len(level) + j)] = find(i)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, row in enumerate(level):
        groups.setdefault(find(i), ([], []))[0].append(row)
    for j, column in enumerate(upright):
        groups.setdefault(find(len(level) + j), ([], []))[1].append(column)
    return list(groups.values())


def _lanes(rulings: list[Ruling]) -> tuple[float, ...]:
    places: list[float] = []
    for at in sorted(ruling.at for ruling in rulings):
        if not places or at - places[-1] >= _SNAP:
            places.append(at)
    return tuple(places)


def _walls(rulings: list[Ruling], lanes: tuple[float, ...], across: tuple[float, ...]) -> list[list[bool]]:
    """For each lane and each step across it: is there a ruling."""
    walls = [[False] * (len(across) - 1) for _ in lanes]
    middles = [(before + after) / 2 for before, after in pairwise(across)]
    for ruling in rulings:
        lane = walls[max(0, bisect_right(lanes, ruling.at + 0.01) - 1)]
        start, end = ruling.start - _TOUCH, ruling.end + _TOUCH
        for step, middle in enumerate(middles):
            if start <= middle <= end:
                lane[step] = True
    return walls


def _grid(level: list[Ruling], upright: list[Ruling], shades: list[Box]) -> Grid | None:
    xs, ys = _lanes(upright), _lanes(level)
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height * width > _MOST_CELLS:
        return None
    floors, sides = _walls(level, ys, xs), _walls(upright, xs, ys)
    index = [[-1] * width for _ in range(height)]
    rooms: list[Room] = []
    for row in range(height):
        for column in range(width):
            if index[row][column] == -1:
                steps, closed = _reach(row, column, floors, sides, height, width)
                number = len(rooms) if closed else -2
                for i, j in steps:
                    index[i][j] = number
                if closed:
                    rooms.append(_room(steps, xs, ys, shades))
    if not rooms:
        return None
    box = (xs[0], ys[0], xs[-1], ys[-1])
    return Grid(box, xs, ys, tuple(rooms), tuple(tuple(max(-1, number) for number in row) for row in index))


def _reach(
    row: int, column: int, floors: list[list[bool]], sides: list[list[bool]], height: int, width: int
) -> tuple[list[tuple[int, int]], bool]:
    """Give the squares that are not walled off from this one, and whether they are closed on all sides."""
    if floors[row][column] and floors[row + 1][column] and sides[column][row] and sides[column + 1][row]:
        return [(row, column)], True  # as most are
    seen = {(row, column)}
    steps = [(row, column)]
    closed = True
    for i, j in steps:
        for wall, there in (
            (floors[i][j], (i - 1, j)),
            (floors[i + 1][j], (i + 1, j)),
            (sides[j][i], (i, j - 1)),
            (sides[j + 1][i], (i, j + 1)),
        ):
            if wall or there in seen:
                continue
            if not (0 <= there[0] < height and 0 <= there[1] < width):
                closed = False
                continue
            seen.add(there)
            steps.append(there)
    return steps, closed


def _room(steps: list[tuple[int, int]], xs: tuple[float, ...], ys: tuple[float, ...], shades: list[Box]) -> Room:
    if len(steps) == 1:  # as most have
        top, left = bottom, right = steps[0]
    else:
        rows, columns = zip(*steps, strict=True)
        top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
    return Room(box, top, left, bottom - top + 1, right - left + 1, _is_shaded(box, shades))


def _is_shaded(box: Box, shades: list[Box]) -> bool:
    left, top, right, bottom = box
    least = _INK * (right - left) * (bottom - top)
    for x1, y1, x2, y2 in shades:  # a page may have as many shades as cells: asked of each pair, in the quickest way
        if (
            x1 < right
            and x2 > left
            and y1 < bottom
            and y2 > top
            and (min(right, x2) - max(left, x1)) * (min(bottom, y2) - max(top, y1)) > least
        ):
            return True
    return False
