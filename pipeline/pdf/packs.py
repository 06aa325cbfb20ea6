"""Read the objects that a PDF packs together in streams, as most programs do that save a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Pack(NamedTuple):
    """Objects behind one another, as text of one letter a byte."""

    said: str
    numbers: Sequence[int]
    starts: Sequence[int]
    """Where each begins; at last, where all end."""

    def span(self, index: int, number: int) -> tuple[int, int] | None:
        """Give where an object begins and ends; None when it does not stand in that place."""
        if not 0 <= index < len(self.numbers) or self.numbers[index] != number:
            return None
        start, end = self.starts[index : index + 2]
        return (start, end) if start < end else None


def open_pack(content: bytes, count: int, first: int) -> Pack | None:
    """Open a stream of objects.

    Args:
        content: what it holds, unpacked.
        count: how many objects.
        first: where they begin, behind their numbers and places.

    Returns:
        None when it is not as it should be.
    """
    figures = content[:first].split()
    if len(figures) != 2 * count or not all(map(bytes.isdigit, figures)):
        return None
    numbers = [int(each) for each in figures]
    return Pack(content.decode("latin-1"), numbers[::2], [*(first + start for start in numbers[1::2]), len(content)])
