"""Where the side of a shaded cell is a ruling, be it as pale as the shade, and where it is only the end of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.readers.scan_line import TOUCH, Line, ends_beside

if TYPE_CHECKING:
    from pipeline.readers.scan_shades import Side

_PER_SHADE = 2
"""Dots of 150 to the inch in one of the picture of the paper."""


def bare_sides(sides: Sequence[Side], known: Sequence[Line], cut: Sequence[Line]) -> Iterator[Line]:
    """Give the sides of shades where no ruling is known.

    Args:
        sides: those that lie as these lines do.
        known: the rulings that do.
        cut: the rulings across that the end of the page may have cut: a cell that goes on has no ruling there.
    """
    for line in map(_as_line, sides):
        for part in line.beyond([one for one in known if line.is_near(one)]):
            if not ends_beside(part, known, cut):
                yield part


def without_sides(sides: Sequence[Side], known: Sequence[Line], cut: Sequence[Line]) -> list[Line]:
    """Leave out what is only the side of a shade that ends with a cell at the end of the page."""
    edges = [_as_line(side) for side in sides]
    return [
        line
        for line in known
        if not (any(line.covered_by(edge, TOUCH) for edge in edges) and ends_beside(line, known, cut))
    ]


def _as_line(side: Side) -> Line:
    return Line(_PER_SHADE * side.at, _PER_SHADE * side.start, _PER_SHADE * side.end, 0)
