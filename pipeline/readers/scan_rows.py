"""Sort the pieces of ink of a place on a scanned page into rows, its dots and accents with their letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.readers.scan_tones import quantile_of_few

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_DOT = 0.4
"""Times the usual height of a letter that the dots over one are high and wide at most."""
_OVER = 0.5
"""Times that height that they stand above their letter at most."""


@dataclass(slots=True)
class Pieces:
    """The connected pieces of ink of a page, one place in each array."""

    number: Grey
    left: Grey
    top: Grey
    right: Grey
    bottom: Grey
    area: Grey
    place: Grey
    """Place of each, as grid * 100_000 + room; -1 outside."""

    def pick(self, which: Any) -> Pieces:
        """Give some of them."""
        return Pieces(*(getattr(self, name)[which] for name in self.__slots__))


def rows_of(pieces: Pieces, usual: float) -> list[Pieces]:
    """Sort the pieces of a place into rows, top to bottom."""
    import numpy as np

    if not len(pieces.top):
        return []
    first = int(pieces.top.min())
    height = int(pieces.bottom.max()) - first
    steps = np.zeros(height + 1)
    weights = pieces.area / (pieces.bottom - pieces.top)
    np.add.at(steps, pieces.top - first, weights)
    np.add.at(steps, pieces.bottom - first, -weights)
    profile = np.convolve(np.cumsum(steps)[:height], np.ones(3) / 3, "same")
    bands = _joined([band for run in _runs(profile > 0.5) for band in _cut(profile, *run, usual)], usual)
    edges = [(upper[1] + lower[0]) / 2 for upper, lower in pairwise(bands)]
    rows = _with_dots(pieces, np.searchsorted(edges, (pieces.top + pieces.bottom) / 2 - first), usual)
    held = [pieces.pick(rows == row) for row in range(len(bands))]
    return [row for row in held if len(row.top)]


def _with_dots(pieces: Pieces, rows: Grey, usual: float) -> Grey:
    """Give the rows of pieces, the dots of a letter such as «Ü» in its own: they may hang among the tails above it."""
    import numpy as np

    small = (pieces.bottom - pieces.top <= _DOT * usual) & (pieces.right - pieces.left <= _DOT * usual)
    for row in range(int(rows.max())):
        dots = (rows == row) & small
        above, below = (rows == row) & ~small, (rows == row + 1) & ~small
        if not dots.any() or not above.any() or not below.any():
            continue
        foot = quantile_of_few(pieces.bottom[above], 0.2)  # where letters without tails stand
        for number in np.nonzero(dots & (pieces.top > foot))[0]:
            middle = (pieces.left[number] + pieces.right[number]) / 2
            away = np.maximum(pieces.left[below] - middle, middle - pieces.right[below])
            over = pieces.top[below][away <= 0] - pieces.bottom[number]
            if ((over >= 0) & (over <= _OVER * usual)).any():
                rows[number] = row + 1
    return rows


def _runs(inked: Grey) -> Iterator[tuple[int, int]]:
    import numpy as np

    changes = np.nonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))[0]
    for start, end in zip(changes[::2], changes[1::2], strict=True):
        yield int(start), int(end)


def _cut(profile: Grey, start: int, end: int, usual: float) -> list[tuple[int, int]]:
    """Cut a band of ink where two rows touch: at the thinnest place between two thick ones."""
    import numpy as np

    if end - start < 2.1 * usual:
        return [(start, end)]
    reach = max(3, int(0.6 * usual))
    inner = profile[start + reach : end - reach]
    if not len(inner):
        return [(start, end)]
    at = start + reach + int(np.argmin(inner))
    above, below = profile[start:at].max(), profile[at:end].max()
    if profile[at] > 0.4 * min(above, below):
        return [(start, end)]
    return [*_cut(profile, start, at, usual), *_cut(profile, at, end, usual)]


def _joined(bands: list[tuple[int, int]], usual: float) -> list[tuple[int, int]]:
    """Give dots and accents back to the row that they belong to."""
    done = list(bands)
    number = 0
    while number < len(done):
        start, end = done[number]
        if end - start >= 0.55 * usual or len(done) == 1:
            number += 1
            continue
        above = start - done[number - 1][1] if number else 10**6
        below = done[number + 1][0] - end if number + 1 < len(done) else 10**6
        if min(above, below) > 0.45 * usual:
            number += 1
        elif below <= above:
            done[number : number + 2] = [(start, done[number + 1][1])]
        else:
            done[number - 1 : number + 1] = [(done[number - 1][0], end)]
            number -= 1
    return done
