"""Tell where Word puts a number of its own before a paragraph."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import VAL, W
from pipeline.readers.docx_styles import list_of

_NOWHERE = frozenset({"", "0"})
"""The list of a paragraph that was taken out of the list of its style."""
_SIGNS = frozenset({"bullet", "none"})
_ABSTRACT, _LEVEL, _LIST = W + "abstractNumId", W + "ilvl", W + "numId"


class Numbering:
    """The lists of a document; they are read when the first paragraph asks for them, which few do."""

    def __init__(self, part: Callable[[], bytes]) -> None:
        """Begin.

        Args:
            part: gives the part that defines the lists; empty when there is none.
        """
        self._part = part

    def counts(self, properties: Any, by_style: tuple[str, str] | None) -> bool:
        """Tell whether a paragraph stands in a list that counts, not one with bullets.

        Args:
            properties: of the paragraph; the list that they name goes before that of its style.
            by_style: the list of its style, and the level in it.
        """
        within = list_of(properties) or by_style
        return within is not None and within[0] not in _NOWHERE and within not in self._signs

    @cached_property
    def _signs(self) -> frozenset[tuple[str, str]]:
        """The lists and levels that show a bullet, or nothing."""
        data = self._part()
        if not data:
            return frozenset()
        root = parse(data)
        levels = {
            one.get(_ABSTRACT): [
                level.get(_LEVEL, "0")
                for level in one.iterchildren(W + "lvl")
                if (kind := level.find(W + "numFmt")) is not None and kind.get(VAL) in _SIGNS
            ]
            for one in root.iterchildren(W + "abstractNum")
        }
        return frozenset(
            (one.get(_LIST, ""), level)
            for one in root.iterchildren(W + "num")
            if (based := one.find(_ABSTRACT)) is not None
            for level in levels.get(based.get(VAL), ())
        )
