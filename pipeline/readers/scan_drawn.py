"""Tell a ruling, drawn in one stroke with paper beside it, from a row of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_line import SHORT, STEM, Line
from pipeline.readers.scan_tones import quantile_of_few

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

# Dots of 150 to the inch.
BLUR = 11
"""Dots over which a page was blurred along its lines when they were found: they seem longer by half of that."""
STEADY = 0.45
"""How dark the palest part of a ruling is against the whole; between letters there is paper."""
_PALEST = 0.08
"""Share of a ruling that may be paler."""
CROWDED = 0.3
"""Share of ink right beside a line above which it is a row of letters."""
_INK = 95
"""How dark the ink beside it is."""
_STROKE, _STRETCH = 3, 60
"""Dots high within which a ruling is drawn, and dots of it over which it leans no further.

Over 2,276 that were found of 140 dots or more on 126 pages (`tests.bench.reading`, `--seed dev-scan-1`), the darkest
such rows were paler in 4 % at most of what was a ruling, and in 11 % at least of what were letters."""


class Looked(NamedTuple):
    """A line that was looked at."""

    bare: Line
    """Without the letters at its ends, which the paper before them tells; the line itself when it has none."""
    drawn: Line | None
    """From where its stroke starts to where that ends; None for a row of letters."""


def look(small: Grey, line: Line, top: int, bottom: int) -> Looked:
    """Look at a line.

    Args:
        small: the page.
        line: level, as it was found.
        top: where its ink begins.
        bottom: where that ends.
    """
    import numpy as np

    first, start = max(0, top - 4), int(line.start)
    band = 255 - small[first : bottom + 4, start : int(line.end)]
    whole = band[top - first : bottom - first].max(axis=0)
    bare = line
    while True:
        here = slice(int(bare.start) - start, int(bare.end) - start)
        dark = whole[here]
        usual = quantile_of_few(dark, 0.5) if dark.size else 0.0  # two lines across may lie less than a dot apart
        within = dark[BLUR // 2 : -BLUR // 2]
        if within.size and not _is_paler(within, STEADY * usual):
            break
        inner = _between_gaps(bare, dark, STEADY * usual)
        if inner is None:
            return Looked(bare, None)
        bare = inner
    sides = (band[: max(0, top - 2 - first), here], band[bottom + 2 - first :, here])
    shares = [np.count_nonzero(side.max(axis=0) > _INK) / side.shape[1] for side in sides if side.size]
    if shares and sum(shares) / len(shares) >= CROWDED:
        return Looked(bare, None)
    if not _is_stroke(band[top - first : bottom - first, here][:, BLUR // 2 : -BLUR // 2], STEADY * usual):
        return Looked(bare, None)
    stroke = np.nonzero(dark > usual / 2)[0]
    ends = bare.start + float(stroke[0]), bare.start + float(stroke[-1]) + 1
    return Looked(bare, bare._replace(start=ends[0], end=ends[1]))


def _is_paler(dark: Grey, than: float) -> bool:
    """Tell whether more than a little of a line is paler; nearly always it need not be sorted for that."""
    import numpy as np

    pale, few = int(np.count_nonzero(dark < than)), int(_PALEST * (len(dark) - 1))
    return pale > few and (pale > few + 1 or quantile_of_few(dark, _PALEST) < than)


def _is_stroke(dark: Grey, than: float) -> bool:
    """Tell whether all but a little of what is dark lies within a few rows: small letters in a row fill no such.

    Where serifs of letters all but touch, each column of dots of a row of them has some ink at its height.
    """
    import numpy as np

    high, wide = dark.shape
    if high <= _STROKE or not wide:
        return True
    rows = np.lib.stride_tricks.sliding_window_view(dark >= than, _STROKE, axis=0).any(axis=-1)
    filled = np.add.reduceat(rows, range(0, wide, _STRETCH), axis=1, dtype=np.intp).max(axis=0)
    return bool(filled.sum() >= (1 - _PALEST) * wide)


def _between_gaps(line: Line, dark: Grey, paper: float) -> Line | None:
    """Give a line without the letters that stand at its ends, told by the paper between; None without those."""
    import numpy as np

    if line.length < 2 * STEM + SHORT:
        return None
    before, after = np.nonzero(dark[:STEM] < paper)[0], np.nonzero(dark[-STEM:] < paper)[0]
    if not (len(before) or len(after)):
        return None
    start = int(line.start) + (int(before[-1]) + 1 if len(before) else 0)
    end = int(line.end) - (STEM - int(after[0]) if len(after) else 0)
    return line._replace(start=start, end=end)
