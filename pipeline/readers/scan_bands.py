"""Turn dark bands of a scanned page round: white letters on black become black ones on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_SMALLER = 0.25
"""The bands are sought at 75 dots to the inch: letters are thin there, and bands are not."""
_DARK = 0.6
"""Lightness of a band against that of the paper, at most."""
_MOSTLY = 9
"""Dots of a square most of which is dark in a band; in a line of text most is paper."""
_LOWEST, _NARROWEST = 8, 40
"""Dots that a band is high and wide at least."""
_HIGHEST = 150
"""Dots that a band is high at most; more is a picture."""
_FULL = 0.85
"""Share of its place that a band takes."""


def turn_bands(grey: Grey) -> Grey:
    """Give a level page of 300 dots to the inch with its dark bands turned round."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=_SMALLER, fy=_SMALLER, interpolation=cv2.INTER_AREA)
    dark = (small < _DARK * np.percentile(small, 90)).astype(np.uint8)
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(cv2.medianBlur(dark, _MOSTLY), connectivity=4)
    turned = grey
    for left, top, wide, high, area in stats[1:count].tolist():
        if not (_LOWEST <= high <= _HIGHEST and wide >= _NARROWEST and area >= _FULL * wide * high):
            continue
        if turned is grey:
            turned = grey.copy()
        place = tuple(
            slice(round(start / _SMALLER), round(end / _SMALLER))
            for start, end in ((top, top + high), (left, left + wide))
        )
        turned[place] = 255 - turned[place]
    return turned
