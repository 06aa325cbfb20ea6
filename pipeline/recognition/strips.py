"""Make the picture of a line ready for the network, as tesseract does: cut to its ink, of one height, even in light."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey: TypeAlias = NDArray[Any]
    """A grey picture, or numbers of one."""

_AROUND = 4
"""Dots around the ink that are taken along."""
_DUST = 4
"""Dots of ink below which a spot is none."""
_FEW = 1 << 16
"""Dots of which the pieces of ink can be numbered in sixteen bits, which takes half the time."""
_LETTER = 0.35
"""Share of the height of the line that letters are high, marks being less."""
_ALIKE = 0.12
"""Share of their height by which figures or capitals differ."""
_TAIL_OF_LIKE, _TAIL = 1 / 3, 0.24
"""How far letters may hang below the line, as a share of the height above it: where all are as high, and otherwise.

It is what tesseract makes of it where no letter does; 452 lines were cut as it cut them, within a dot or two."""
_SHRUNK = 0.7
"""How much smaller a line may become; below that tesseract makes it smaller in another way."""
_SHARPER = 1.4
"""How much larger a line becomes from which on it is made no sharper."""
_SHARP, _BLURRED = 0.4, 5
"""Share of the difference with its surroundings, of so many dots, that is added to a dot."""
_DARK, _LIGHT = 0.25, 0.75
"""Which of the darkest dots along the middle of a line, and of the lightest, say what is black and white."""


class Prepared(NamedTuple):
    """A line that is ready."""

    picture: Grey
    """From -1 (black) to 1 (white)."""
    left: int
    """Where it begins in the picture that it was cut from, in dots."""
    across: float
    """Dots of that picture to one of its own."""
    pieces: Grey
    """The pieces of ink in that picture: left, top, width, height, area."""


def prepare(picture: Grey, height: int) -> Prepared | None:
    """Make a line ready; None where it holds no ink, or is too large or too narrow to be read here.

    Args:
        picture: grey, dark on white.
        height: in dots, that the network wants.
    """
    import cv2

    _threshold, ink = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    kind = cv2.CV_16U if ink.size < _FEW else cv2.CV_32S
    _count, _labels, pieces, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)
    pieces = pieces[1:]
    pieces = pieces[pieces[:, cv2.CC_STAT_AREA] >= _DUST]
    if not len(pieces):
        return None
    left, top, right, bottom = _room(pieces, picture.shape)
    scale = height / (bottom - top)
    across = round(scale * (right - left))
    if scale < _SHRUNK or across < _BLURRED:
        return None
    scaled = _scaled(picture[top:bottom, left:right], across, height)
    return Prepared(_evened(scaled), left, (right - left) / across, pieces)


def _room(pieces: Grey, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Give what is cut out: the ink, and as far below the line as letters may hang."""
    import numpy as np

    tops, bottoms = pieces[:, 1], pieces[:, 1] + pieces[:, 3]
    top, bottom = int(tops.min()), int(bottoms.max())
    letters = pieces[:, 3] >= min(_LETTER * (bottom - top), pieces[:, 3].max())
    base = float(np.median(bottoms[letters]))
    heights = base - tops[letters]
    tail = _TAIL_OF_LIKE if np.ptp(heights) < _ALIKE * (base - top) else _TAIL
    bottom = max(bottom, int(base + tail * (base - top)))
    left, right = int(pieces[:, 0].min()), int((pieces[:, 0] + pieces[:, 2]).max())
    height, width = shape
    return (
        max(0, left - _AROUND),
        max(0, top - _AROUND),
        min(width, right + _AROUND),
        min(height, bottom + _AROUND),
    )


def _scaled(picture: Grey, width: int, height: int) -> Grey:
    """Scale a line, by the dots at the upper left as tesseract does, and sharpen it where it grows little."""
    import cv2
    import numpy as np

    rows, columns = picture.shape
    if (rows, columns) == (height, width):
        return picture
    turn = np.array([[columns / width, 0, 0], [0, rows / height, 0]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    scaled = cv2.warpAffine(picture, turn, (width, height), flags=how, borderMode=cv2.BORDER_REPLICATE)
    if height >= _SHARPER * rows:
        return scaled
    exact = scaled.astype(np.float32)
    blurred = cv2.boxFilter(exact, -1, (_BLURRED, _BLURRED))
    sharp = np.clip(np.floor(exact + _SHARP * (exact - blurred) + 0.5), 0, 255).astype(np.uint8)
    inner = (slice(_BLURRED // 2, -(_BLURRED // 2)),) * 2
    scaled[inner] = sharp[inner]
    return scaled


def _evened(picture: Grey) -> Grey:
    """Give a line with its black at -1 and its white at 1, both as they are along its middle."""
    import cv2
    import numpy as np

    row = picture[len(picture) // 2].astype(np.int16)
    rises = np.diff(row)
    into, out = rises[:-1], rises[1:]
    darkest = row[1:-1][((into < 0) & (out >= 0)) | ((into <= 0) & (out > 0))]
    lightest = row[1:-1][((into > 0) & (out <= 0)) | ((into >= 0) & (out < 0))]
    black = _share(darkest.tolist(), _DARK) if len(darkest) else 1.0
    white = _share(lightest.tolist(), _LIGHT) if len(lightest) else 256.0
    half = (white - black) / 2
    half = half if half > 0 else 1.0
    greys = np.arange(256, dtype=np.float32)
    evened: Grey = cv2.LUT(picture, np.clip((greys - np.float32(black)) / np.float32(half) - 1, -1, 1))
    return evened


def _share(values: list[int], share: float) -> float:
    """Give below which value such a share of them lies, counted in parts of one."""
    ordered = sorted(values)
    wanted = min(max(share * len(ordered), 1.0), float(len(ordered)))
    at = ordered[math.ceil(wanted) - 1]
    below, reached = bisect_left(ordered, at), bisect_right(ordered, at)
    return at + 1 - (reached - wanted) / (reached - below)
