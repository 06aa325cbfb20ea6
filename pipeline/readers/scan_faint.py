"""Tell whether a ruling goes on where it is so faint that it is lost in the noise, dot by dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.readers.scan_line import DOUBLE, Line

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

# Dots of 150 to the inch.
_FAINT = 2.5
"""How much darker than the paper the faintest ruling is that goes on from one that is seen."""
_WINDOW = 8
"""Dots of a faint ruling that are taken together: one by one they are lost in the noise."""
_FAINT_LONGEST = 900
_BESIDE = 6
"""Dots beside a faint ruling where the paper is measured."""
_ALL_ALONG = 0.8
"""Share of it that is darker."""
_FAINT_BESIDE, _ALONG_BESIDE = 1.25, 0.7
"""The same of one beside others that go on as far: where there was none, it was 0.8 at most, or 0.5 of it."""


def is_faint(small: Grey, line: Line, *, beside: bool = False) -> bool:
    """Tell whether a place is darker than the paper at both its sides nearly all along.

    Args:
        small: the page.
        line: level, where it is asked.
        beside: another is seen to go on beside it, from as far and as far.
    """
    import numpy as np

    at, start, end = round(line.at), int(line.start) + 3, int(line.end) - 2
    if not _BESIDE <= at < small.shape[0] - _BESIDE or end - start > _FAINT_LONGEST:
        return False
    if line.length <= DOUBLE:
        return True
    band = small[at - _BESIDE : at + _BESIDE + 1, start:end].astype(np.float32)
    window = min(_WINDOW, end - start)
    lanes = band[:, : (end - start) // window * window].reshape(len(band), -1, window).mean(axis=2)
    stroke = min(lanes[_BESIDE - 1 : _BESIDE + 2], key=lambda lane: float(lane.mean()))
    sides = (lanes[:_BESIDE], lanes[:_BESIDE:-1])  # letters may stand close by, with paper between
    far, near = ([side[rows].mean(axis=0) for side in sides] for rows in (slice(0, 2), slice(3, 5)))
    above, below = (np.where(one < stroke, other, one) for one, other in zip(far, near, strict=True))
    deep = np.minimum(above, below) - stroke
    usual = float(deep.mean())
    least, share = (_FAINT_BESIDE, _ALONG_BESIDE) if beside else (_FAINT, _ALL_ALONG)
    return usual >= least and bool(((deep > usual / 3) & (deep < 3 * usual + _FAINT)).mean() >= share)
