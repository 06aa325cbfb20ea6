"""Find the sides of table cells that the end of a page cuts off: they are short, and no ruling closes them there."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.scan_line import TOUCH, Line

_LEVEL = 4
"""Dots of 150 to the inch that such sides of one row may differ in where they are cut off."""
_MARGIN = 0.15
"""Share of the page, at its top and at its bottom, in which rows are cut off."""


def cut_off(loose: Sequence[Line], known: Sequence[Line], rows: Sequence[Line], height: int) -> list[Line]:
    """Give the upright lines that are sides of cells cut off by the end of a page.

    They hang on a level ruling or stand on it, one at each of its ends, and are cut off at one height.

    Args:
        loose: what may be such lines, each meeting one level ruling.
        known: the upright rulings.
        rows: the level rulings.
        height: of the page, in the same dots.
    """
    found = []
    for row in rows:
        for above in (True, False):
            sides = [side for side in loose if _meets(side, row, above=above)]
            if sides and (at := _cut_at(row, [*sides, *known], above=above)) is not None:
                near = (at if above else height - at) <= _MARGIN * height
                found += [side for side in sides if near and abs(_end(side, above=above) - at) <= _LEVEL]
    return found


def _cut_at(row: Line, sides: Sequence[Line], *, above: bool) -> float | None:
    """Give how far the sides at both ends of a level ruling go away from it; None when they do not go equally far."""
    left, right = (
        [_end(side, above=above) for side in sides if abs(side.at - corner) <= TOUCH and _meets(side, row, above=above)]
        for corner in (row.start, row.end)
    )
    return next((one for one in left for other in right if abs(one - other) <= _LEVEL), None)


def _meets(side: Line, row: Line, *, above: bool) -> bool:
    on = row.start - TOUCH <= side.at <= row.end + TOUCH
    return on and abs((side.end if above else side.start) - row.at) <= TOUCH


def _end(side: Line, *, above: bool) -> float:
    return side.start if above else side.end
