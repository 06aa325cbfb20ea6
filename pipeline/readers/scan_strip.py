"""A line of text on a scanned page as a picture, and what its ink says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.readers.scan_outlines import places_of

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_Found = TypeVar("_Found")

OUTSIDE = (-1, -1)
"""The place of what stands in no cell."""
_INK = 150
"""Lightness below which a dot is ink."""
_EDGE = 3
"""Dots over which the edge of a letter is blurred."""
_UPPER = 0.4
"""Share of the height of a line above which its letters do not stand."""
MARGIN = 10
"""White dots around a line, as tesseract wants them."""


@dataclass(frozen=True)  # without slots, for what is asked of it again and again
class Strip:
    """A line of text, or a part of one before a wide gap: its picture, and where it stands, in dots."""

    place: tuple[int, int]
    """(number of the grid, number of the room), or `OUTSIDE`."""
    row: int
    """Number of the line in its place, top to bottom."""
    left: int
    top: int
    right: int
    bottom: int
    picture: Grey
    """With a white margin of `MARGIN` dots."""
    stroke: float
    """Mean thickness of its strokes, in dots."""
    crossed: tuple[tuple[int, int], ...] = ()
    """From where to where ink that is too large to be letters, as that of a stamp, runs through it."""
    _known: dict[tuple[object, float, float], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def ink_top(self) -> int:
        """Where its ink begins."""
        return self.top + MARGIN + 2

    @cached_property
    def ink(self) -> Grey:
        """1 where its picture is ink, 0 where it is paper."""
        import cv2

        return cv2.threshold(self.picture, _INK - 1, 1, cv2.THRESH_BINARY_INV)[1]

    @cached_property
    def spots(self) -> Grey:
        """Left, top, width and height of each piece of ink in its picture."""
        return places_of(self.ink)

    @cached_property
    def numbered(self) -> tuple[Grey, Grey]:
        """The picture with the number of the piece in each dot of ink, 0 for paper; by number where each ends below."""
        import cv2

        labels, stats = cv2.connectedComponentsWithStats(self.ink, connectivity=8)[1:3]
        return labels, stats[:, 1] + stats[:, 3]

    @cached_property
    def foot(self) -> float:
        """Where its letters stand, in dots from the top of the page: where its ink ends at once."""
        import numpy as np

        rows = self.ink[MARGIN:-MARGIN, MARGIN:-MARGIN].sum(axis=1)
        sums = np.convolve(np.pad(rows, _EDGE), np.ones(_EDGE), "valid")
        drops = sums[:-_EDGE] - sums[_EDGE:]
        drops[: int(_UPPER * len(rows))] = 0
        return float(self.top + MARGIN + int(np.argmax(drops)))


def once(look: Callable[[Strip, float, float], _Found]) -> Callable[[Strip, float, float], _Found]:
    """Have a line looked at once by where its letters stand and how large they are: these seldom change with its words.

    What is found is shared, and not to be changed.
    """

    @wraps(look)
    def looked(strip: Strip, base: float, size: float) -> _Found:
        key = looked, base, size
        if key not in strip._known:  # noqa: SLF001, it is for this alone
            strip._known[key] = look(strip, base, size)  # noqa: SLF001
        found: _Found = strip._known[key]  # noqa: SLF001
        return found

    return looked
