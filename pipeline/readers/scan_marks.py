"""Say whether a check box on a scanned page is ticked, and take it out of the page with the mark in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.language import _
from pipeline.readers.symbols import TICKED, UNTICKED

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

FILLED = 0.8
"""Share of a box that is ink from which it is black all over."""
_EMPTY, _MARKED = 0.035, 0.085
"""Share of ink inside a box up to which it is empty, and from which it is ticked."""
_ACROSS = 0.5
"""Share of a box that a mark goes over in width or height; less is a slip of the pen."""
_ENDS = 0.9
"""Sizes of a box by which a mark may run out of it."""


class Tick(NamedTuple):
    """A check box: where it stands, in dots, what it says, and why that may be wrong."""

    left: int
    top: int
    right: int
    bottom: int
    text: str
    doubt: str


def judged(square: tuple[int, int, int, int], white: Grey, ink: Grey) -> Tick:
    """Say whether a box is ticked, and wipe it out."""
    import numpy as np

    left, top, right, bottom = square
    rim = _rim(ink, square)
    inner = ink[top + rim : bottom - rim, left + rim : right - rim]
    share = float((inner > 0).mean()) if inner.size else 1.0
    text, doubt = UNTICKED, ""
    if share >= _MARKED:
        text = TICKED
        rows, columns = np.nonzero(inner)
        spread = max((np.ptp(rows) + 1) / inner.shape[0], (np.ptp(columns) + 1) / inner.shape[1])
        if share > FILLED:
            doubt = _("een vakje is helemaal zwart gemaakt: aangekruist of doorgehaald")
        elif spread < _ACROSS:
            doubt = _half()
    elif share > _EMPTY:
        text, doubt = TICKED, _half()
    _wipe(square, white, ink)
    if text == TICKED:
        _wipe_ends(square, white, ink)
    return Tick(left, top, right, bottom, text, doubt)


def _wipe(square: tuple[int, int, int, int], white: Grey, ink: Grey) -> None:
    left, top, right, bottom = square
    place = (slice(max(0, top - 2), bottom + 2), slice(max(0, left - 2), right + 2))
    white[place], ink[place] = 255, 0


def _wipe_ends(square: tuple[int, int, int, int], white: Grey, ink: Grey) -> None:
    """Wipe out the ends of a mark that ran out of its box; a stroke that goes on far is left, to be told."""
    import cv2
    import numpy as np

    left, top, right, bottom = square
    reach = round(_ENDS * (right - left))
    place = (slice(max(0, top - reach), bottom + reach), slice(max(0, left - reach), right + reach))
    around = ink[place]
    near = np.zeros_like(around)
    y, x = top - place[0].start, left - place[1].start
    near[max(0, y - 4) : y + bottom - top + 4, max(0, x - 4) : x + right - left + 4] = 1
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(around, connectivity=8)
    for number in range(1, count):
        across, down, wide, high = (int(value) for value in stats[number][:4])
        within = across > 0 and down > 0 and across + wide < around.shape[1] and down + high < around.shape[0]
        end = labels == number
        if within and bool((end & (near > 0)).any()):
            around[end] = 0
            white[place][cv2.dilate(end.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = 255


def _rim(ink: Grey, square: tuple[int, int, int, int]) -> int:
    """Give how thick the sides of a box are, and a dot more."""
    import numpy as np

    left, top, right, bottom = square
    middle = ink[top:bottom, left + (right - left) // 3 : right - (right - left) // 3]
    shares = (middle > 0).mean(axis=1)
    thick = 0
    while thick < (bottom - top) // 4 and shares[thick] > 0.6:
        thick += 1
    return int(max(thick, np.ceil((right - left) / 12))) + 2


def _half() -> str:
    return _("een vakje is misschien aangekruist: er staat maar een klein teken in")
