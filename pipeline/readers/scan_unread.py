"""Find the ink of a line that its words do not explain: small handwriting, a stamp, a line through the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.readers.scan_lines import Scrawl
from pipeline.readers.scan_strip import MARGIN
from pipeline.readers.scan_words import Row

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_LEAST = 13
"""Dots that writing is high and wide at least, about a millimetre; less is dust, a dot, a dash or the rest of one."""
_LEAST_AREA = 45
_BESIDE = 0.35
"""Share of the height of a line by which a word may reach past the place that tesseract gives it."""
_THIN = 6
"""Dots that what is left of a ruling is thick at most."""
_DASH = 60
"""Dots that a line through words is long at least: more than a dash."""
_AROUND = 0.2
"""Share of the height of a line of text that lies above and below what goes through it, at least."""
_LETTERS = 0.3
"""Share of the length of such a line at which there is ink above it, and below."""
_APART = 24
"""White dots between two pieces of writing."""


def unread(row: Row) -> Iterator[Scrawl]:
    """Give what is written in a line, or a part of one, and is in none of its words; or what goes through them."""
    import numpy as np

    strip = row.strip
    ink = strip.ink[MARGIN:-MARGIN, MARGIN:-MARGIN] > 0
    left, top = strip.left + MARGIN, strip.top + MARGIN
    if _is_struck(ink):
        yield Scrawl(strip.place, left, top, left + ink.shape[1], top + ink.shape[0])
        return
    reach = round(_BESIDE * ink.shape[0])
    for word in row.words:
        ink[:, max(0, word.left - left - reach) : max(0, word.right - left + reach)] = False
    columns = np.nonzero(ink.any(axis=0))[0]
    if not len(columns):
        return
    for piece in np.split(columns, np.nonzero(np.diff(columns) > _APART)[0] + 1):
        start, end = int(piece[0]), int(piece[-1]) + 1
        rows = np.nonzero(ink[:, start:end].any(axis=1))[0]
        first, last = int(rows[0]), int(rows[-1]) + 1
        if _is_written(ink[first:last, start:end]):
            yield Scrawl(strip.place, left + start, top + first, left + end, top + last)


def _is_struck(ink: Grey) -> bool:
    """Tell whether a line goes through letters: longer than a dash, with ink above and below it."""
    import cv2
    import numpy as np

    height, width = ink.shape
    long = max(_DASH, round(1.5 * height))
    if width < long:
        return False
    runs = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    rows, columns = np.nonzero(runs)
    if not len(rows):
        return False
    first, last = int(rows.min()), int(rows.max()) + 1
    across = slice(int(columns.min()), int(columns.max()) + 1)
    above, below = ink[: max(0, first - 2), across], ink[last + 2 :, across]
    if min(above.shape[0], below.shape[0]) < _AROUND * height:
        return False
    return min(float(part.any(axis=0).mean()) for part in (above, below)) > _LETTERS


def _is_written(ink: Grey) -> bool:
    """Tell writing from dust, dots, dashes and what is left of a ruling."""
    high, wide = ink.shape
    if high < _LEAST or wide < _THIN or ink.sum() < _LEAST_AREA:
        return False
    thin = wide <= 2 * _THIN and high > 3 * wide and bool((ink.sum(axis=1) <= _THIN).all())
    return not thin
