"""Leave out the words that stand outside a page, where nobody sees them, and doubt those that its edge cuts off."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language import _
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_text import Word

_LEVEL = 0.5
"""Points by which the baselines of the words of a line differ at most."""


def on_page(words: list[Word], frame: Frame) -> list[Word]:
    """Give the words that stand on a page: who cuts a sheet in two, or its margins off, leaves the rest in the file.

    Args:
        words: in the order in which they were printed.
        frame: of the page.
    """
    width, height = frame.width, frame.height
    beyond = [
        word for word in words if word.left < 0 or word.right > width or word.base <= 0 or word.top >= height
    ]  # of nearly all pages: none
    if not beyond:
        return words
    outside = [word for word in beyond if word.right <= 0 or word.left >= width or word.base <= 0 or word.top >= height]
    gone = set(map(id, outside))
    kept = [word for word in words if id(word) not in gone]
    for word in kept:
        if word.left < 0 or word.right > width or any(_goes_on(word, other) for other in _level(word, outside)):
            word.doubt = word.doubt or _("de rand van de bladzijde snijdt deze tekst af")
    return kept


def _level(word: Word, others: Iterable[Word]) -> Iterable[Word]:
    return (other for other in others if abs(other.base - word.base) <= _LEVEL)


def _goes_on(word: Word, other: Word) -> bool:
    """Tell whether another word stands beside a word as in one text."""
    return max(other.left - word.right, word.left - other.right) < word.style.size
