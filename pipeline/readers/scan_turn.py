"""Where a place on a straightened page lies on the page as it is in the file, and the other way round."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.document import Box


class Turn(NamedTuple):
    """A turn, a shift and a scale: (x, y) becomes (a·x + b·y + c, d·x + e·y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @staticmethod
    def scaled(scale: float) -> Turn:
        """Give one that only scales."""
        return Turn(a=scale, e=scale)

    @staticmethod
    def right(height: float) -> Turn:
        """Give a quarter turn to the right of a page so high."""
        return Turn(0.0, -1.0, height, 1.0, 0.0, 0.0)

    @staticmethod
    def round(width: float, height: float) -> Turn:
        """Give half a turn of a page so large."""
        return Turn(-1.0, 0.0, width, 0.0, -1.0, height)

    def then(self, other: Turn) -> Turn:
        """Give what this and then another do together."""
        return Turn(
            other.a * self.a + other.b * self.d,
            other.a * self.b + other.b * self.e,
            other.a * self.c + other.b * self.f + other.c,
            other.d * self.a + other.e * self.d,
            other.d * self.b + other.e * self.e,
            other.d * self.c + other.e * self.f + other.f,
        )

    def back(self) -> Turn:
        """Give what undoes this."""
        size = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / size, -self.b / size, -self.d / size, self.a / size
        return Turn(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def box(self, box: Box) -> Box:
        """Give the box around a box that was turned: left, top, right, bottom."""
        left, top, right, bottom = box
        corners = [
            (self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f)
            for x in (left, right)
            for y in (top, bottom)
        ]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)
