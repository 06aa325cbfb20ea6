"""A ruling of a scanned page: where it lies, and what it meets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.pdf_rulings import Ruling
from pipeline.readers.scan_straight import POINT

# Rulings are sought at half the size, where noise counts less: these are dots of 150 to the inch.
HALF = 2
SHORT = 20
"""Dots that a ruling is long at least: as a row of small print is high."""
TOUCH = 5
STEM = 40
"""Dots that a capital over the end of a ruling takes at most: its stem looks like more of the ruling."""
DOUBLE = 8
"""Dots between two rulings that are one; rows of text are higher."""


class Line(NamedTuple):
    """A ruling, level or upright: where it lies, and where it starts and ends, in dots of 150 to the inch."""

    at: float
    start: float
    end: float
    number: int
    """In the picture of the lines."""

    @property
    def length(self) -> float:
        """Give how long it is."""
        return self.end - self.start

    @property
    def ruling(self) -> Ruling:
        """Give it in points."""
        scale = POINT * HALF
        return Ruling((self.at + 0.5) * scale, self.start * scale, self.end * scale)

    def span(self, others: Sequence[Line]) -> tuple[float, float] | None:
        """Give the places of the lines across that its ends meet; None unless one does, and the other nearly."""
        start, end = self._nearest(self.start, others), self._nearest(self.end, others)
        if (start is None) != (end is None):
            first, last = self.inner(others)
            start, end = first if start is None else start, last if end is None else end
        return None if start is None or end is None or end - start < SHORT / 2 else (start, end)

    def inner(self, others: Sequence[Line]) -> tuple[float | None, float | None]:
        """Give the first and the last line across where it goes on a little past them, no more than a letter."""
        crossed = [
            other.at
            for other in others
            if other.start - TOUCH <= self.at <= other.end + TOUCH and self.start < other.at < self.end
        ]
        first, last = min(crossed, default=self.end), max(crossed, default=self.start)
        before, after = first - self.start, self.end - last
        return first if TOUCH < before <= STEM else None, last if TOUCH < after <= STEM else None

    def onward(self, others: Sequence[Line], along: Sequence[Line]) -> Iterator[Line]:
        """Give what would take it to the next lines across it, at its one end and at its other.

        Where it is broken, as by the letters that touch it, only to where it goes on.

        Args:
            others: the lines across.
            along: those that lie as it does.
        """
        across = [other.at for other in others if other.start - TOUCH <= self.at <= other.end + TOUCH]
        near = [other for other in along if other is not self and abs(other.at - self.at) <= TOUCH / 2]
        befores = (*across, *(other.end for other in near))
        afters = (*across, *(other.start for other in near))
        before = max((at for at in befores if at < self.start - TOUCH), default=None)
        after = min((at for at in afters if at > self.end + TOUCH), default=None)
        if before is not None:
            yield self._replace(start=before, end=self.start)
        if after is not None:
            yield self._replace(start=self.end, end=after)

    def meets(self, others: Sequence[Line]) -> tuple[bool, bool]:
        """Tell whether it starts, and whether it ends, on a line across."""
        return self._nearest(self.start, others) is not None, self._nearest(self.end, others) is not None

    def steps(self, others: Sequence[Line]) -> list[float]:
        """Give where it starts, where lines cross it, and where it ends."""
        crossed = {
            other.at
            for other in others
            if other.start - TOUCH <= self.at <= other.end + TOUCH and self.start + TOUCH < other.at < self.end - TOUCH
        }
        return [self.start, *sorted(crossed), self.end]

    def covered_by(self, other: Line, reach: float) -> bool:
        """Tell whether most of it lies on another line."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return abs(self.at - other.at) <= reach and shared > self.length / 2

    def is_near(self, other: Line) -> bool:
        """Tell whether it lies in one line with another."""
        return abs(self.at - other.at) <= DOUBLE

    def without(self, others: Sequence[Line]) -> Iterator[Line]:
        """Give its parts that others leave bare, but for what is too short to tell."""
        start = self.start
        for other in sorted(others, key=lambda each: each.start):
            if other.start - start > 2 * TOUCH:
                yield self._replace(start=start, end=min(other.start, self.end))
            start = max(start, other.end)
            if start >= self.end:
                return
        if self.end - start > 2 * TOUCH:
            yield self._replace(start=start)

    def beyond(self, known: Sequence[Line]) -> Iterator[Line]:
        """Give its parts that lines near it leave bare, each in one line with what it goes on from."""
        for part in self.without(known):
            met = (other.at for other in known if other.end == part.start or other.start == part.end)
            yield part._replace(at=next(met, part.at))

    def is_beside(self, other: Line) -> bool:
        """Tell whether its middle lies beside another line."""
        return abs(self.at - other.at) > DOUBLE and other.start <= (self.start + self.end) / 2 <= other.end

    def runs_along(self, other: Line) -> bool:
        """Tell whether it lies beside another line from as far and as far."""
        ends = max(abs(self.start - other.start), abs(self.end - other.end))
        return abs(self.at - other.at) > DOUBLE and ends <= TOUCH

    def snapped(self, others: Sequence[Line]) -> Line:
        """Give it with its ends on the lines across that they meet."""
        start, end = self._nearest(self.start, others), self._nearest(self.end, others)
        return self._replace(start=self.start if start is None else start, end=self.end if end is None else end)

    def _nearest(self, end: float, others: Sequence[Line]) -> float | None:
        met = (
            other.at
            for other in others
            if abs(other.at - end) <= TOUCH and other.start - TOUCH <= self.at <= other.end + TOUCH
        )
        return min(met, key=lambda at: abs(at - end), default=None)


def ends_beside(line: Line, known: Sequence[Line], others: Sequence[Line]) -> bool:
    """Tell whether a line across, beside a line, ends as far down with nothing to meet."""
    ends = [
        other.at
        for other in others
        if min(abs(other.start - line.at), abs(other.end - line.at)) <= TOUCH
        and not line.start - TOUCH <= other.at <= line.end + TOUCH
    ]
    rows = [row for row in known if abs(row.at - line.at) <= TOUCH]
    return any(not any(row.start - TOUCH <= at <= row.end + TOUCH for row in rows) for at in ends)
