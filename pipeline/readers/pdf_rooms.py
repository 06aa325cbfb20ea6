"""Find the room of a page's grids in which a word stands."""

from __future__ import annotations

from typing import TypeAlias

from pipeline.document import Box
from pipeline.readers.pdf_grid import Grid
from pipeline.readers.pdf_text import Word

Place: TypeAlias = tuple[int, int]
"""The number of a grid, and of a room in it."""
NOWHERE = (0.0, 0.0, 0.0, 0.0)


class Rooms:
    """Finds the room in which a word stands."""

    def __init__(self, grids: tuple[Grid, ...]) -> None:
        self._grids = grids
        self._apart = {
            number
            for number, grid in enumerate(grids)
            if not any(other is not grid and _overlap(grid.box, other.box) for other in grids)
        }

    def place(self, x: float, y: float) -> Place | None:
        """Give the smallest room that holds a point."""
        best = None
        smallest = float("inf")
        for number, grid in enumerate(self._grids):
            left, top, right, bottom = grid.box
            if not (top <= y <= bottom and left <= x <= right):
                continue
            room = grid.room_at(x, y)
            if room < 0:
                continue
            box = grid.rooms[room].box
            area = (box[2] - box[0]) * (box[3] - box[1])
            if area < smallest:
                smallest, best = area, (number, room)
        return best

    def holds(self, place: Place, word: Word) -> bool:
        """Tell whether a word stands in a room without running over its sides."""
        left, _top, right, _bottom = self._grids[place[0]].rooms[place[1]].box
        return left - 1 <= word.left and word.right <= right + 1

    def own(self, place: Place) -> Box:
        """Give the box in which a room alone holds what stands there; an empty one when others reach into it."""
        grid, index = self._grids[place[0]], place[1]
        room = grid.rooms[index]
        if place[0] not in self._apart:
            return NOWHERE
        rows = grid.index[room.row : room.row + room.rows]
        squares = sum(row[room.column : room.column + room.columns].count(index) for row in rows)
        return room.box if squares == room.rows * room.columns else NOWHERE


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
