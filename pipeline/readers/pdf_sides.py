"""Close the tables whose outer border is not drawn: their rulings end where it would be.

Table styles of Word leave out the sides («Plain Table»), form software draws only what lies between cells.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeAlias

from pipeline.readers.pdf_rulings import Ruling

_TOUCH = 2.2
"""Points by which rulings that meet may miss each other."""
_NEAR = 3.0
"""Points by which what is seen on a scan may miss where it was drawn."""
_LEAST_WIDE = 100.0
_LEAST_HIGH = 16.0
"""Points that a table without sides is wide and high at least."""


class _Span(NamedTuple):
    """From where to where the rulings of one direction run, and at which of its ends none stands across."""

    start: float
    end: float
    lacks: tuple[float, ...]


Rulings: TypeAlias = tuple[list[Ruling], list[Ruling]]
"""The level ones and the upright ones."""


def closed(level: Sequence[Ruling], upright: Sequence[Ruling], cuts: Sequence[Ruling]) -> Rulings | None:
    """Add to rulings that touch each other the sides that are not drawn; None when none is known to lack.

    A side lacks where several rulings end at one place beyond the last that crosses them; so they end in no drawing
    but a table. Above and below it is then closed where its upright rulings end.

    Args:
        level: the level ones, cuts among them.
        upright: the upright ones.
        cuts: those that are not drawn, and close what a page break left open.
    """
    drawn = [row for row in level if row not in cuts] if cuts else level
    if not drawn or not upright:
        return None
    wide = _span(drawn, upright)
    if wide is None or not wide.lacks:
        return None
    high = _span(upright, drawn)
    if high is None or wide.end - wide.start < _LEAST_WIDE or high.end - high.start < _LEAST_HIGH:
        return None
    if len(drawn) > 1 and any(sum(_ends(row, x) for row in drawn) == 1 for x in wide.lacks):
        return None
    return (
        sorted([*drawn, *(Ruling(y, wide.start, wide.end) for y in high.lacks)]),
        sorted([*upright, *(Ruling(x, high.start, high.end) for x in wide.lacks)]),
    )


def closed_as_seen(level: Sequence[Ruling], upright: Sequence[Ruling], cuts: Sequence[Ruling]) -> Rulings | None:
    """Do the same for rulings seen on a scan: they end nearly where they were drawn.

    A side is seen where it is the edge of a shade: of the labels, or of a header. So it lacks where a ruling between
    rows ends loose, or where it does not go on as far down as those between the cells; it is then closed from top to
    bottom.

    Args:
        level: the level ones, cuts among them.
        upright: the upright ones.
        cuts: those that are not drawn, and close what a page break left open.
    """
    drawn = [row for row in level if row not in cuts] if cuts else level
    if not drawn or not upright:
        return None
    left, right = min(row.start for row in drawn), max(row.end for row in drawn)
    top, bottom = min(column.start for column in upright), max(column.end for column in upright)
    first, last = drawn[0].at, drawn[-1].at
    outside = [column.at for column in upright if column.start < first - _NEAR or column.end > last + _NEAR]
    lacks = []
    for side, places in ((left, [row.start for row in drawn]), (right, [row.end for row in drawn])):
        loose = [(row.at, x) for row, x in zip(drawn, places, strict=True) if not _is_met(x, row.at, upright)]
        if any(abs(x - side) > _NEAR for _at, x in loose):
            return None
        agree = sum(abs(x - side) <= _NEAR for x in places) > 1 or any(
            top + _NEAR < at < bottom - _NEAR for at, _x in loose
        )
        goes_on = not outside or any(abs(at - side) <= _NEAR for at in outside)
        if agree and (loose or not goes_on):
            lacks.append(side)
    if not lacks or right - left < _LEAST_WIDE or bottom - top < _LEAST_HIGH:
        return None
    top, bottom = first if first < top + _NEAR else top, last if last > bottom - _NEAR else bottom
    return (
        sorted([*drawn, *(Ruling(y, left, right) for y in (top, bottom))]),
        sorted([*upright, *(Ruling(_onto(x, upright), top, bottom) for x in lacks)]),
    )


def _is_met(x: float, y: float, upright: Sequence[Ruling]) -> bool:
    return any(abs(column.at - x) <= _NEAR and column.start - _NEAR <= y <= column.end + _NEAR for column in upright)


def _onto(x: float, upright: Sequence[Ruling]) -> float:
    """Give the place of the ruling of which a side is a part, or its own."""
    return min((column.at for column in upright if abs(column.at - x) <= _NEAR), default=x)


def is_alone(level: Sequence[Ruling], upright: Sequence[Ruling], cuts: Sequence[Ruling]) -> bool:
    """Tell whether upright rulings as high as each other touch no level one: those in a single row perhaps."""
    if not upright or any(row not in cuts for row in level):
        return False
    top, bottom = upright[0].start, upright[0].end
    return all(abs(column.start - top) < _TOUCH and abs(column.end - bottom) < _TOUCH for column in upright)


def closed_alike(upright: Sequence[Ruling], tables: Collection[tuple[float, ...]]) -> Rulings | None:
    """Close a single row, which has only the rulings between its cells, at the sides of other tables without border.

    Args:
        upright: the rulings, as high as each other.
        tables: where the upright rulings of those stand, from their left side to their right side.
    """
    places = [column.at for column in upright]
    alike = [xs for xs in tables if _near(xs[1:-1], places)] or tables
    sides = {(xs[0], xs[-1]) for xs in alike}
    if not sides or any(not _near(one, other) for one in sides for other in sides):
        return None
    left, right = min(sides)
    if places[0] < left + _LEAST_HIGH or places[-1] > right - _LEAST_HIGH:
        return None
    top, bottom = upright[0].start, upright[0].end
    rows = [Ruling(y, left, right) for y in (top, bottom)]
    return rows, [Ruling(left, top, bottom), *upright, Ruling(right, top, bottom)]


def _span(rulings: Sequence[Ruling], across: Sequence[Ruling]) -> _Span | None:
    """Give how far rulings run; None when those that stick out beyond all across do not end at one place."""
    first, last = min(ruling.at for ruling in across), max(ruling.at for ruling in across)
    start, end = min(ruling.start for ruling in rulings), max(ruling.end for ruling in rulings)
    lacks = []
    if start < first - _TOUCH:
        if any(start + _TOUCH < ruling.start < first - _TOUCH for ruling in rulings):
            return None
        lacks.append(start)
    if end > last + _TOUCH:
        if any(last + _TOUCH < ruling.end < end - _TOUCH for ruling in rulings):
            return None
        lacks.append(end)
    return _Span(start, end, tuple(lacks))


def _ends(ruling: Ruling, place: float) -> bool:
    return min(abs(ruling.start - place), abs(ruling.end - place)) < _TOUCH


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(x - y) < _TOUCH for x, y in zip(one, other, strict=True))
