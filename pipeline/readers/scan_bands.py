"""Turn dark bands of a scanned page round: white letters on black become black ones on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.readers.scan_tones import quantile

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_LARGER = 4
"""Dots of the page to one of the picture in which the bands are sought."""
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


def turn_bands(grey: Grey, small: Grey) -> Grey:
    """Give a level page with its dark bands turned round; the page itself when it has none.

    Args:
        grey: of 300 dots to the inch.
        small: the same at a quarter of the size: the bands are sought there, where letters are thin and bands are not.
    """
    import cv2
    import numpy as np

    dark = (small < _DARK * quantile(small, 0.9)).astype(np.uint8)
    square = (_MOSTLY, _MOSTLY)
    held = cv2.boxFilter(dark, -1, square, normalize=False, borderType=cv2.BORDER_REPLICATE)
    mostly = cv2.threshold(held, _MOSTLY**2 // 2, 1, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(mostly) < _FULL * _LOWEST * _NARROWEST:
        return grey
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(mostly, connectivity=4)
    turned = grey
    for left, top, wide, high, area in stats[1:count].tolist():
        if not (_LOWEST <= high <= _HIGHEST and wide >= _NARROWEST and area >= _FULL * wide * high):
            continue
        if turned is grey:
            turned = grey.copy()
        place = tuple(slice(_LARGER * start, _LARGER * end) for start, end in ((top, top + high), (left, left + wide)))
        turned[place] = 255 - turned[place]
    return turned
