"""Take the rulings out of a scanned page, and leave what is written close to them, on them and through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_line import HALF, Line
from pipeline.readers.scan_numbers import numbered

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

AROUND = 8
"""Dots of paper around all ink in the picture of the pieces."""
_NEAR = 8
"""Dots above and below the middle of a ruling within which it and its blurred edges lie."""
_AT_ONCE = 64
"""Rows of dots that are looked up at once."""
_EDGE = 3
"""Dots of the blurred edge of a ruling."""
_WINDOW = 128
"""Dots of a ruling over which it is as dark: it may lean."""
_THROUGH = 11
"""Dots between what is above a ruling and what is below it when it may be one stroke."""
_LETTER = 55
"""How much darker than the ruling a dot is that belongs to a letter."""
_WIDE = 12
"""Dots that a low line is wide at least."""
_CORNER = 17
"""Dots around the corner of a cell in which a shade leaves crumbs."""
_DOT, _FILLED, _BLACK = 4, 0.6, 200
"""Dots that one of the dots of «Ö» is wide and high at least, the share of these that it fills, and how dark it gets.

Of 58 crumbs of eight scans (`tests.bench.reading`, `--seed dev-scan-1`) six were so, and all six were such dots."""
_TWINS = 4
"""Times as wide as one is that they stand apart at most."""
_LEVEL = 2
"""Dots by which one may stand higher than the other."""
_VARIES = 25
"""How much darker a ruling may be in one place than as a whole."""


class Pieces(NamedTuple):
    """The connected pieces of ink of a page."""

    labels: Grey
    """The picture that holds their numbers: the part of the page where there is ink, and `AROUND` dots around it."""
    corner: tuple[int, int]
    """Left and top of that part."""
    numbers: Grey
    stats: Grey
    """Left, top, width, height and area of each, on the page."""
    centres: Grey


def erase(white: Grey, ink: Grey, rows: Sequence[Line], columns: Sequence[Line], labels: Sequence[Grey]) -> Pieces:
    """Take rulings out of a page, but for letters that touch them and strokes that go on at both sides.

    Args:
        white: the page, which is changed.
        ink: where there is ink on it, which is changed.
        rows: the level rulings.
        columns: the upright ones.
        labels: the pictures that hold their numbers, at half the size; the second lies on its side, as `columns` do.

    Returns:
        The connected pieces of the ink that is left.
    """
    import cv2

    level = _place(rows, labels[0], ink.shape)
    lying = _place(columns, labels[1], ink.T.shape)
    upright = cv2.transpose(lying)
    place = cv2.bitwise_or(level, upright)
    for band, lines in _bands(rows, level):
        _erase(white[band], ink[band], lines, level[band], upright[band])
        around = slice(max(0, band.start - _CORNER), band.stop + _CORNER)
        _mark_corners(place[around], level[around], upright[around])
    for band, lines in _bands(columns, lying):
        turned, inked, across = (cv2.transpose(each[:, band]) for each in (white, ink, level))
        _erase(turned, inked, lines, lying[band], across)
        white[:, band], ink[:, band] = turned.T, inked.T
    return _sweep(white, ink, place)


def _mark_corners(place: Grey, level: Grey, upright: Grey) -> None:
    """Add to the place of rulings what lies around their corners; all of these lie in a band of level ones."""
    import cv2
    import numpy as np

    corner = np.ones((_CORNER, _CORNER), np.uint8)
    corners = cv2.bitwise_and(cv2.dilate(level, corner), cv2.dilate(upright, corner))
    cv2.bitwise_or(place, corners, dst=place)


def _sweep(white: Grey, ink: Grey, place: Grey) -> Pieces:
    """Take out the crumbs that are left where rulings lay.

    What is written there goes on beside them, is wide, or is a dot: «Özdemir» right under one came as «Ozdemir».
    """
    import cv2
    import numpy as np

    left, top, wide, high = cv2.boundingRect(ink)
    x, y = max(0, left - AROUND), max(0, top - AROUND)
    part = slice(y, top + high + AROUND), slice(x, left + wide + AROUND)
    white, ink = white[part], ink[part]
    count, labels, stats, centres = numbered(ink)
    there = cv2.findNonZero(cv2.bitwise_and(place[part], ink))
    across, down = (there if there is not None else np.zeros((0, 2), np.int32)).reshape(-1, 2).T
    numbers = labels[down, across]
    crumbs = (np.bincount(numbers, minlength=count) == stats[:, 4]) & (stats[:, 2] < _WIDE)
    crumbs[0] = False
    crumbs &= ~_dots(white, numbers, (across, down), stats)
    swept = down[crumbs[numbers]], across[crumbs[numbers]]
    ink[swept] = labels[swept] = 0
    white[swept] = 255
    kept = np.nonzero(~crumbs)[0][1:]
    return Pieces(labels, (x, y), kept, stats[kept] + np.array([x, y, 0, 0, 0], np.int32), centres[kept] + (x, y))


def _dots(white: Grey, numbers: Grey, places: tuple[Grey, Grey], stats: Grey) -> Grey:
    """Tell which pieces are the two dots of a letter, by the numbers of the pieces of ink in some places.

    What is left of a ruling is paler, longer than it is high, or stands alone.
    """
    import numpy as np

    across, down = places
    darkest = np.zeros(len(stats), np.uint8)
    np.maximum.at(darkest, numbers, 255 - white[down, across])
    left, top, wide, high, area = stats.T
    round_ = (np.minimum(wide, high) >= _DOT) & (area >= _FILLED * wide * high) & (darkest >= _BLACK) & (wide < _WIDE)
    found = np.flatnonzero(round_)
    apart = abs(left[found][:, None] - left[found])
    twins = (apart > 0) & (apart <= _TWINS * wide[found]) & (abs(top[found][:, None] - top[found]) <= _LEVEL)
    dots = np.zeros(len(stats), bool)
    dots[found[twins.any(axis=1)]] = True
    return dots


def _place(lines: Sequence[Line], labels: Grey, shape: tuple[int, ...]) -> Grey:
    """Give where rulings lie, with their blurred edges; of a ruling that was cut short nothing may be left."""
    import cv2
    import numpy as np

    numbers = [line.number for line in lines]
    kept = np.zeros(max([int(labels.max()), *numbers]) + 1, np.uint8)
    kept[numbers] = 255
    small = np.empty(labels.shape, np.uint8)
    for first in range(0, len(labels), _AT_ONCE):  # numpy makes eight bytes of each number
        small[first : first + _AT_ONCE] = kept[labels[first : first + _AT_ONCE]]
    rows = np.arange(shape[0]) * len(small) // shape[0]
    near = np.convolve(small.max(axis=1)[rows], np.ones(2 * _EDGE + 1), "same") > 0
    place = np.zeros(shape, np.uint8)
    for first, last in _runs(near):
        whole = cv2.resize(small[rows[first:last]], (shape[1], last - first), interpolation=cv2.INTER_NEAREST)
        place[first:last] = cv2.dilate(whole, np.ones((2 * _EDGE + 1, 3), np.uint8))
    return place


def _runs(taken: Grey) -> Iterator[tuple[int, int]]:
    """Give where each run of what is taken starts and ends."""
    import numpy as np

    edges = np.flatnonzero(np.diff(taken, prepend=False, append=False)).tolist()
    yield from zip(edges[::2], edges[1::2], strict=True)


def _bands(lines: Sequence[Line], place: Grey) -> Iterator[tuple[slice, list[Line]]]:
    """Give the rows of a page that level rulings and what is close to them take, and which rulings lie in each.

    The rulings of a page take few of its rows: only those have to be looked at. The place of each is given from the
    first row of its band.
    """
    import numpy as np

    high = place.shape[0]
    taken = place.max(axis=1) > 0
    middles = [_middle(line) for line in lines]
    for middle in middles:
        taken[max(0, middle - _NEAR) : middle + _NEAR + 1] = True
    taken = np.convolve(taken, np.ones(2 * _THROUGH + 1), "same") > 0
    for first, last in _runs(taken):
        here = [line for line, middle in zip(lines, middles, strict=True) if first <= middle < last]
        yield slice(first, min(last, high)), [line._replace(at=line.at - first / HALF) for line in here]


def _middle(line: Line) -> int:
    return round((line.at + 0.5) * HALF)


def _erase(white: Grey, ink: Grey, lines: Sequence[Line], place: Grey, across: Grey) -> None:
    """Take out level rulings, which lie in a place; others lie across."""
    import cv2
    import numpy as np

    letters = np.zeros_like(ink)
    rest = np.full_like(white, 255)
    for line in lines:
        there, left = _left(white, line)
        rest[there] = 255 - left
        letters[there] = np.where(left > _LETTER, ink[there], 0)
    alone = cv2.bitwise_and(place, cv2.bitwise_not(across))
    letters = cv2.bitwise_and(letters, alone)
    around = cv2.bitwise_or(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.bitwise_or(place, across))), letters)
    joined = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((_THROUGH, 1), np.uint8))
    through = cv2.bitwise_and(joined, cv2.bitwise_and(ink, alone))
    gone = cv2.bitwise_and(place, cv2.bitwise_not(through))
    cv2.bitwise_and(ink, cv2.bitwise_not(gone), dst=ink)
    cv2.bitwise_or(white, gone, dst=white)
    cv2.copyTo(rest, letters, white)


def _left(white: Grey, line: Line) -> tuple[tuple[slice, slice], Grey]:
    """Give the place of a ruling, and how much darker than the ruling each of its dots is."""
    import numpy as np

    middle = _middle(line)
    rows = slice(max(0, middle - _NEAR), middle + _NEAR + 1)
    start, end = max(0, round(line.start * HALF)), min(white.shape[1], round(line.end * HALF))
    dark = 255 - white[rows, start:end]
    if not dark.size:
        return (rows, slice(start, start)), dark
    whole = _median(dark)
    edged = np.pad(whole, 1, mode="edge")
    most = np.maximum(np.maximum(edged[:-2], edged[2:]), whole) + _VARIES
    high, wide = dark.shape
    windows = wide // _WINDOW
    parted = dark[:, : windows * _WINDOW].reshape(high, windows, _WINDOW), dark[:, windows * _WINDOW :]
    middles = [_median(parted[0]), _median(parted[1])[:, None]] if parted[1].size else [_median(parted[0])]
    rulings = np.minimum(np.concatenate(middles, axis=1), most[:, None])
    ruling = np.repeat(rulings, _WINDOW, axis=1)[:, :wide]
    return (rows, slice(start, start + wide)), np.clip(dark - ruling, 0, 255).astype(np.uint8)


def _median(dark: Grey) -> Grey:
    """Give the middle darkness of each row."""
    import numpy as np

    last = dark.shape[-1] - 1
    low, high = last // 2, (last + 1) // 2
    parted = np.partition(dark, (low, high), axis=-1)  # of bytes, it takes a tenth of the time of sorting
    middle: Grey = (parted[..., low].astype(np.float64) + parted[..., high]) / 2
    return middle
