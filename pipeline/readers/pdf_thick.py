"""Take the thick borders of tables for rulings: thinner ones end at an edge of these, not in their middle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

THICKEST = 6.2
"""Points; the widest border that Word draws is 6 points wide."""
_NEAR = 1.0
"""Points by which what ends at the edge of a bar may miss it."""
_LONG = 2.0
"""Times its thickness that a piece of a border is long at least; where two of them cross, a square is drawn."""
_LEAST = 12.0
"""Points that a border is long at least: the side of a row of one line."""
_MOST_PAIRS = 400_000


class Ruling(NamedTuple):
    """A straight line: at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


class Bar(NamedTuple):
    """A ruling as thick as a border may be, and half of its thickness."""

    ruling: Ruling
    half: float


Rulings: TypeAlias = list[Ruling]


def bar_of(along: tuple[float, float], across: tuple[float, float]) -> Bar | None:
    """Give the bar that a filled area may be, by where it lies in its own direction and across it; None for another."""
    thick, long = across[1] - across[0], along[1] - along[0]
    if thick > THICKEST or long < _LONG * thick:
        return None
    return Bar(Ruling((across[0] + across[1]) / 2, *along), thick / 2)


class Bars:
    """The thick strokes and the bars of a page, the level ones and the upright ones."""

    def __init__(self) -> None:
        self.strokes: tuple[list[Bar], list[Bar]] = ([], [])
        self.areas: tuple[list[Bar], list[Bar]] = ([], [])

    def add_to(self, level: Rulings, upright: Rulings) -> None:
        """Add to the rulings of a page the bars that bound cells, and have all rulings end in the middle of a bar.

        Args:
            level: its level rulings, the thick strokes among them.
            upright: its upright rulings.
        """
        bars = sum(map(len, (*self.strokes, *self.areas)))
        if not bars or bars * (len(level) + len(upright) + bars) > _MOST_PAIRS:
            return
        rows, columns = _joined(self.areas[0]), _joined(self.areas[1])
        bounds = (
            [row for row in rows if _bounds(row, level, upright, [*columns, *self.strokes[1]])],
            [column for column in columns if _bounds(column, upright, level, [*rows, *self.strokes[0]])],
        )
        bounds[1].extend(
            [column for column in columns if column not in bounds[1] and _hangs(column, columns, bounds[0])]
        )
        level += [bar.ruling for bar in bounds[0]]
        upright += [bar.ruling for bar in bounds[1]]
        level[:] = [_to_middle(row, [*bounds[1], *self.strokes[1]]) for row in level]
        upright[:] = [_to_middle(column, [*bounds[0], *self.strokes[0]]) for column in upright]


def _joined(pieces: Sequence[Bar]) -> list[Bar]:
    """Join pieces of borders between which no more than another border lies."""
    joined: list[Bar] = []
    for piece in sorted(pieces):
        for number, (lane, half) in enumerate(joined):
            at, start, end = piece.ruling
            apart = max(start - lane.end, lane.start - end)
            if abs(lane.at - at) < _NEAR and apart <= THICKEST + _NEAR:
                whole = Ruling(lane.at, min(lane.start, start), max(lane.end, end))
                joined[number] = Bar(whole, max(half, piece.half))
                break
        else:
            joined.append(piece)
    return [bar for bar in joined if bar.ruling.end - bar.ruling.start >= _LEAST]


def _bounds(bar: Bar, beside: Sequence[Ruling], across: Sequence[Ruling], bars: Sequence[Bar]) -> bool:
    """Tell whether a bar is the border of a cell: others meet it at both ends, or between these.

    A bar of a chart stands on an axis at one end; a line under words or through them, or a rule under a title, meets
    none. One so near to a ruling that no line of text fits between them fills a narrow row, or adorns that ruling.
    """
    ruling, half = bar
    if any(
        abs(other.at - ruling.at) < half + THICKEST and other.start < ruling.end and other.end > ruling.start
        for other in beside
    ):
        return False
    met = [
        other.at
        for other, thick in [*((each, 0.0) for each in across), *bars]
        if ruling.start - thick - _NEAR <= other.at - thick <= ruling.end + _NEAR + thick
        and other.start - half - _NEAR <= ruling.at <= other.end + half + _NEAR
    ]
    inner = any(ruling.start + THICKEST < at < ruling.end - THICKEST for at in met)
    return inner or (bool(met) and max(met) - min(met) > ruling.end - ruling.start - THICKEST)


def _hangs(bar: Bar, columns: Sequence[Bar], rows: Sequence[Bar]) -> bool:
    """Tell whether a bar is a side of a row that a page break left open: it meets a border that others as high meet.

    A bar of a chart has none as high as itself at both ends of the axis.
    """
    top, bottom = bar.ruling.start, bar.ruling.end
    alike = [
        ruling.at for ruling, _half in columns if abs(ruling.start - top) < _NEAR and abs(ruling.end - bottom) < _NEAR
    ]
    return any(
        min(abs(top - row.at), abs(bottom - row.at)) <= half + _NEAR
        and abs(min(alike) - row.start) < THICKEST
        and abs(max(alike) - row.end) < THICKEST
        for row, half in rows
    )


def _to_middle(ruling: Ruling, bars: Sequence[Bar]) -> Ruling:
    """Give a ruling that ends in the middle of a bar where it ended at an edge of that, or in it."""
    at, start, end = ruling
    for bar, half in bars:
        if bar.start - half - _NEAR <= at <= bar.end + half + _NEAR:
            if abs(bar.at - start) <= half + _NEAR:
                start = bar.at
            if abs(bar.at - end) <= half + _NEAR:
                end = bar.at
    return Ruling(at, start, end)
