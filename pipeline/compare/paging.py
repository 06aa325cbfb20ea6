"""Find which paragraphs begin on a new page because the file says so, by whatever means it says it.

A break stands in a run (ISO/IEC 29500-1, 17.3.3.1), in the properties of a paragraph (17.3.1.23) or in those of the
section that follows (17.6.22). Programs write one as another when they save, and in a paragraph before or after the
one that it parts; so what counts is the paragraph with words that comes after it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pipeline.compare.looks import Looks
from pipeline.ooxml.names import OFF, VAL, W

_WORDS = frozenset({W + "t", W + "sym", W + "drawing", W + "pict", W + "object"})
_STAYING = frozenset({"continuous", "nextColumn"})
"""Kinds of sections that begin on the page where the one before ends."""


class Paging:
    """Walks along with the paragraphs of a body.

    Args:
        body: the body; its sections say themselves how they begin, where the one before ends.
        looks: the styles of the file.
    """

    def __init__(self, body: Any, looks: Looks) -> None:
        self._looks = looks
        sections = list(body.iter(W + "sectPr"))
        self._next = dict(pairwise(sections))
        self._first = True
        self._pending = False

    def begins(self, paragraph: Any, style: str, *, shown: bool) -> bool:
        """Tell whether a paragraph begins on a new page because the file says so; of the first one it is nothing new.

        Args:
            paragraph: the next one in the order of reading.
            style: identifier of its style.
            shown: whether it has words or a number, so that a reader sees where it begins.
        """
        properties = paragraph.find(W + "pPr")
        before = self._looks.paragraph_element(properties, style, W + "pageBreakBefore")
        asked = before is not None and before.get(VAL, "1") not in OFF
        leading, trailing = _broken(paragraph)
        if shown:
            begun = not self._first and (self._pending or asked or leading)
            self._first, self._pending = False, trailing
        else:
            begun = False
            self._pending = self._pending or asked or leading or trailing
        section = None if properties is None else self._next.get(properties.find(W + "sectPr"))
        if section is not None:
            kind = section.find(W + "type")
            self._pending = self._pending or kind is None or kind.get(VAL) not in _STAYING
        return begun


def _broken(paragraph: Any) -> tuple[bool, bool]:
    """Tell whether a page ends before the words of a paragraph, and whether one ends in or after them."""
    leading = trailing = words = False
    for element in paragraph.iter(*_WORDS, W + "br"):
        if element.tag != W + "br":
            words = words or element.tag != W + "t" or bool((element.text or "").strip())
        elif element.get(W + "type") == "page":
            leading, trailing = leading or not words, trailing or words
    return leading, trailing
