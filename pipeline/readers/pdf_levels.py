"""Find the words of a page by the height at which they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from pipeline.readers.pdf_text import Word

_BY_BASE = attrgetter("base")


class Levels:
    """The words of a page by their baselines, sorted once for all who look for those near something."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = sorted(words, key=_BY_BASE)
        self._bases = [word.base for word in self._words]

    def between(self, top: float, bottom: float) -> Sequence[Word]:
        """Give the words whose baseline lies between two heights, in points from the top of the page.

        Args:
            top: of the words above which none is given.
            bottom: from which on none is given.
        """
        first = bisect_left(self._bases, top)
        return self._words[first : bisect_left(self._bases, bottom, first)]

    def mark_spaces(self, places: Iterable[tuple[float, float]]) -> None:
        """Mark the words after which a space stands at one of these places: left, and baseline."""
        for x, y in places:
            for word in self.between(y - 1, y + 1):
                if abs(x - word.right) < 1 and abs(y - word.base) < 1:
                    word.space = True
