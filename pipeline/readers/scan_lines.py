"""Find the lines of text on a scanned page: the ink of each cell, and of what stands outside the cells, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.pdf_grid import Grid
from pipeline.readers.scan_erase import Pieces as Inks
from pipeline.readers.scan_ink import Inked
from pipeline.readers.scan_rows import Pieces, rows_of
from pipeline.readers.scan_straight import POINT
from pipeline.readers.scan_strip import MARGIN, OUTSIDE, Strip

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_DUST = 7
"""Dots of ink below which a spot says nothing."""
_LOWEST = 8
"""Dots that a row of letters is high at least."""
_TALL = 3.2
"""Times the usual height of a letter above which a piece of ink is no letter: a signature, a stamp, a brace."""
_RING = 1.4
"""Times the usual height of a letter that a circle by pen is high and wide at least."""
_HOLLOW = 0.35
"""Share of its place that the ink of a circle takes at most."""
_GAP = 3.2
"""Times the height of a row that lie between two pieces of text that are read apart."""


class Scrawl(NamedTuple):
    """Ink that is too large to be letters, or lies over them: in which place, and where."""

    place: tuple[int, int]
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a page holds."""

    strips: tuple[Strip, ...]
    scrawls: tuple[Scrawl, ...]


def find_lines(page: Inked, grids: Sequence[Grid], boxes: Sequence[tuple[float, float]] = ()) -> Found:
    """Find the lines of a page, each in the smallest cell that holds it.

    Args:
        page: its ink.
        grids: its cells, in points.
        boxes: the middles of its check boxes, in dots; they are no longer in its ink.
    """
    import numpy as np

    _labels, _corner, numbers, stats, centres = page.pieces
    wanted = stats[:, 4] >= _DUST
    stats = stats[wanted].astype(np.int64)
    pieces = Pieces(
        numbers[wanted],
        stats[:, 0],
        stats[:, 1],
        stats[:, 0] + stats[:, 2],
        stats[:, 1] + stats[:, 3],
        stats[:, 4],
        _places(centres[wanted], grids),
    )
    heights = pieces.bottom - pieces.top
    letters = heights[(heights >= _LOWEST) & (heights <= 120)]
    usual = float(np.median(letters)) if len(letters) else 25.0
    tall = (heights > max(_TALL * usual, 100)) | _rings(pieces, usual, boxes)
    large = np.zeros(int(numbers.max(initial=0)) + 1, bool)
    large[pieces.number[tall]] = True
    strips: list[Strip] = []
    scrawls: list[Scrawl] = []
    for place in np.unique(pieces.place):
        here = pieces.place == place
        inside, apart = pieces.pick(here), tall[here]
        where = OUTSIDE if place < 0 else divmod(int(place), 100_000)
        scrawls += [Scrawl(where, *_box(inside.pick([number]))) for number in np.nonzero(apart)[0]]
        rows = rows_of(inside.pick(~apart), usual)
        for row, held in enumerate(rows):
            strips += [_strip(where, row, part, page, large) for part in _parts(held, usual)]
    return Found(tuple(strips), tuple(scrawls))


def _rings(pieces: Pieces, usual: float, boxes: Sequence[tuple[float, float]]) -> Grey:
    """Tell which pieces are drawn around others or around a check box: a circle by pen."""
    import numpy as np

    wide, high = pieces.right - pieces.left, pieces.bottom - pieces.top
    rings: Grey = (np.minimum(wide, high) > _RING * usual) & (pieces.area < _HOLLOW * wide * high)
    letters = high >= usual / 2
    middles = np.stack([pieces.left + pieces.right, pieces.top + pieces.bottom], axis=1)[letters] / 2
    boxed = np.array(boxes, np.float64).reshape(-1, 2)
    for number in np.nonzero(rings)[0]:
        corner = np.array([pieces.left[number], pieces.top[number]]) + usual / 4
        other = np.array([pieces.right[number], pieces.bottom[number]]) - usual / 4
        held, ticks = (((corner < each) & (each < other)).all(axis=1).sum() for each in (middles, boxed))
        rings[number] = bool(held > 1 or ticks)  # it holds its own middle
    return rings


def place_of(x: float, y: float, grids: Sequence[Grid]) -> tuple[int, int]:
    """Give the smallest room of a grid that holds a point, as (number of the grid, number of the room)."""
    best, smallest = OUTSIDE, float("inf")
    for number, grid in enumerate(grids):
        room = grid.room_at(x, y)
        if room >= 0:
            left, top, right, bottom = grid.rooms[room].box
            if (right - left) * (bottom - top) < smallest:
                best, smallest = (number, room), (right - left) * (bottom - top)
    return best


def _places(centres: Grey, grids: Sequence[Grid]) -> Grey:
    """Give the smallest room of a grid in which each centre lies."""
    import numpy as np

    places = np.full(len(centres), -1, np.int64)
    smallest = np.full(len(centres), np.inf)
    x, y = centres[:, 0] * POINT, centres[:, 1] * POINT
    for number, grid in enumerate(grids):
        column = np.searchsorted(grid.xs, x, "right") - 1
        row = np.searchsorted(grid.ys, y, "right") - 1
        index = np.array(grid.index)
        inside = (row >= 0) & (row < index.shape[0]) & (column >= 0) & (column < index.shape[1])
        rooms = np.where(inside, index[np.where(inside, row, 0), np.where(inside, column, 0)], -1)
        areas = np.array([(r.box[2] - r.box[0]) * (r.box[3] - r.box[1]) for r in grid.rooms])
        better = (rooms >= 0) & (areas[rooms] < smallest)
        places[better] = number * 100_000 + rooms[better]
        smallest[better] = areas[rooms[better]]
    return places


def _parts(row: Pieces, usual: float) -> Iterator[Pieces]:
    """Part a row at its wide gaps."""
    import numpy as np

    order = np.argsort(row.left, kind="stable")
    row = row.pick(order)
    reached = np.maximum.accumulate(row.right)
    gaps = np.nonzero(row.left[1:] - reached[:-1] > _GAP * max(usual, 20.0))[0] + 1
    for part in np.split(np.arange(len(row.left)), gaps):
        held = row.pick(part)
        if int((held.bottom - held.top).max()) >= _LOWEST or int(held.area.sum()) > 4 * _DUST:
            yield held


def _box(pieces: Pieces) -> tuple[int, int, int, int]:
    return int(pieces.left.min()), int(pieces.top.min()), int(pieces.right.max()), int(pieces.bottom.max())


def _strip(
    place: tuple[int, int],
    row: int,
    pieces: Pieces,
    page: Inked,
    large: Grey,
) -> Strip:
    import cv2
    import numpy as np

    left, top, right, bottom = box = _box(pieces)
    around = (slice(max(0, top - 2), bottom + 2), slice(max(0, left - 3), right + 3))
    x, y = page.pieces.corner
    numbered = (slice(around[0].start - y, bottom + 2 - y), slice(around[1].start - x, right + 3 - x))
    white, own = page.white[around], page.pieces.labels[numbered]
    picture = white
    held = np.zeros(int(max(own.max(), pieces.number.max())) + 1, bool)
    held[pieces.number] = True
    mine = held[own]
    others = ((own > 0) & ~mine).astype(np.uint8)
    if others.any():
        picture = np.where(cv2.dilate(others, np.ones((3, 3), np.uint8)) > 0, np.uint8(255), picture)
        picture = np.where(mine, white, picture)
    darkness = float((255 - picture[mine].astype(np.int32)).sum()) / 255
    strokes = int((mine[:, 1:] & ~mine[:, :-1]).sum()) + 1
    picture = cv2.copyMakeBorder(picture, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255)
    return Strip(
        place,
        row,
        around[1].start - MARGIN,
        around[0].start - MARGIN,
        right,
        bottom,
        picture,
        darkness / strokes,
        tuple(_crossed(box, page.pieces, large)) if large.any() else (),
    )


def _crossed(box: tuple[int, int, int, int], pieces: Inks, large: Grey) -> Iterator[tuple[int, int]]:
    """Give from where to where large ink runs through a line or beside it, as near as half of its height."""
    import numpy as np

    left, top, right, bottom = box
    x, y = pieces.corner
    first = max(0, left - (bottom - top) // 2 - x)
    place = pieces.labels[top - y : bottom - y, first : right + (bottom - top) // 2 - x]
    edges = np.flatnonzero(np.diff(large[place].any(axis=0), prepend=False, append=False)) + first + x
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
