"""Learn from lines that surely belong together how far apart the lines of a paragraph stand in a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_room import fits

_LEAST = 0.8
"""Sizes of the text; lines nearer than this are not one below the other."""
_WIDE = 1.35
"""So much further apart, lines are not of one paragraph."""
_LARGEST = 1.5
"""Sizes of the text that lines of a paragraph stand apart at most, where nothing else tells."""
_GOES_ON_AFTER = ",-–—/"
"""Beside letters and digits: after these a sentence goes on."""
_LEAST_WORDS = 2
"""A single word, though without a capital, may be a label."""


class Leading(NamedTuple):
    """How far apart lines stand that surely belong together, in sizes of the text."""

    least: float
    usual: float

    def holds(self, step: float) -> bool:
        """Tell whether lines so far apart may belong together."""
        return step <= _WIDE * self.least

    def parts(self, step: float) -> bool:
        """Tell whether lines so far apart surely do not belong together."""
        return step > _WIDE * self.usual


def leading_of(steps: Iterable[float]) -> Leading | None:
    """Give the leading that steps show; None when there are none."""
    found = sorted(steps)
    return Leading(found[0], median(found)) if found else None


def is_wide(step: float) -> bool:
    """Tell whether lines stand further apart than those of a paragraph do, for all that is known of printing."""
    return step > _LARGEST


def step_of(before: Line, after: Line) -> float | None:
    """Give how far a line stands below another, in sizes of the text; None when it stands on another page."""
    size = max(before.style.size, after.style.size)
    return (after.base - before.base) / size if before.page == after.page and size else None


def sure_steps(lines: Sequence[Line], left: float, right: float) -> Iterator[float]:
    """Give the steps between lines of which spaces, the structure tree or the words tell that they belong together."""
    for before, after in pairwise(lines):
        step = step_of(before, after)
        if step is not None and step > _LEAST and goes_on(before, after, left, right):
            yield step


def goes_on(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether a line surely goes on in the next: it was wrapped, and the next is no beginning."""
    if abs(before.style.size - after.style.size) > 0.6 or fits(before, after, left, right):
        return False
    if before.space or (before.tag is not None and before.tag == after.tag):
        return True
    last = before.text[-1]
    middle = (last.isalnum() or last in _GOES_ON_AFTER) and after.text[0].islower()
    return middle and after.words >= _LEAST_WORDS and ":" not in after.text
