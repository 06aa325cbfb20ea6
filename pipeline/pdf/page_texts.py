"""Where a text stands on the pages of a PDF, however lines are broken there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pipeline.pdf.guard import open_pages, refuse_at_sight

_HYPHENS = "-\u2010\u2011\u00ad\u0002\ufffe"
"""pdfium gives the same sign for a hyphen that ends a line, typed or not."""
_NOTHING = "\0\u0002\u00ad\u200b\ufffe\uffff"

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points from the top left corner of the page."""


class PageText:
    """The text of a page, without what only its lines need: white space, and hyphens at their ends."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._text_page = page.get_textpage()
        self._box = page.get_cropbox()
        count = self._text_page.count_chars()
        text = self._text_page.get_text_range(0, count) if count else ""
        kept = list(_kept(text))
        self.text = "".join(character for _place, character in kept)
        self._places = [place for place, _character in kept] if len(text) == count else []
        """Which character of pdfium each one is; none where pdfium counts them otherwise than Python."""

    def box(self, start: int, length: int) -> Box | None:
        """Give the box around a piece of the text; None where it is not certain."""
        if not self._places:
            return None
        edges = [self._text_page.get_charbox(place) for place in self._places[start : start + length]]
        left, _bottom, _right, top = self._box
        return (
            round(min(edge[0] for edge in edges) - left, 1),
            round(top - max(edge[3] for edge in edges), 1),
            round(max(edge[2] for edge in edges) - left, 1),
            round(top - min(edge[1] for edge in edges), 1),
        )


@contextmanager
def page_texts(data: bytes) -> Iterator[Sequence[PageText]]:
    """Open a PDF for the texts of its pages.

    Raises:
        Unreadable: it is damaged, encrypted or a bomb.
    """
    refuse_at_sight(data)
    document = open_pages(data)
    try:
        yield [PageText(page) for page in document]
    finally:
        document.close()


def bare(text: str) -> str:
    """Give what two copies of a text share however their lines break.

    White space, hyphens after a word and drawn signs such as ☒ do not count: another font draws those, in its turn.
    """
    return "".join(character for _place, character in _kept(text))


def _kept(text: str) -> Iterator[tuple[int, str]]:
    """Give each character that counts, decomposed, with its place."""
    before = ""
    for place, character in enumerate(text):
        if character in _HYPHENS and before.isalnum():
            continue
        before = character
        for each in unicodedata.normalize("NFKD", character):
            if not each.isspace() and each not in _NOTHING and unicodedata.category(each) != "So":
                yield place, each
