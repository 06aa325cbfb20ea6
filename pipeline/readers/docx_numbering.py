"""Tell what Word puts of its own before a paragraph: a number, or a box that someone may have ticked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import VAL, W
from pipeline.readers.docx_styles import list_of
from pipeline.readers.symbols import bullet_box

_NOWHERE = frozenset({"", "0"})
"""The list of a paragraph that was taken out of the list of its style."""
_SIGNS = frozenset({"bullet", "none"})
_ABSTRACT, _LEVEL, _LIST, _LEVELS = W + "abstractNumId", W + "ilvl", W + "numId", W + "lvl"
_FONTS = (W + "ascii", W + "hAnsi")
_NUMBER = None
"""What a level shows that is no sign."""


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

    def box(self, properties: Any, by_style: tuple[str, str] | None) -> str:
        """Give the box or tick that a paragraph has as its bullet; empty when it has another one, or none.

        Args:
            properties: of the paragraph; the list that they name goes before that of its style.
            by_style: the list of its style, and the level in it.
        """
        within = list_of(properties) or by_style
        return "" if within is None else self._signs.get(within, "")

    @cached_property
    def _signs(self) -> Mapping[tuple[str, str], str]:
        return _read(self._part())


@lru_cache(maxsize=8)
def _read(data: bytes) -> Mapping[tuple[str, str], str]:
    """Give of each list and level that shows a bullet, or nothing, the box that this is; empty when it is none."""
    if not data:
        return {}
    root = parse(data)
    levels = {
        one.get(_ABSTRACT): dict(map(_shown, one.iterchildren(_LEVELS))) for one in root.iterchildren(W + "abstractNum")
    }
    signs = {}
    for one in root.iterchildren(W + "num"):
        based = one.find(_ABSTRACT)
        own = map(_shown, one.iterfind(f"{W}lvlOverride/{_LEVELS}"))
        shown = levels.get(None if based is None else based.get(VAL), {}) | dict(own)
        signs.update({(one.get(_LIST, ""), level): sign for level, sign in shown.items() if sign is not _NUMBER})
    return signs


def _shown(level: Any) -> tuple[str, str | None]:
    """Give a level, and what it shows: a box, another sign (empty), or a number (None)."""
    kind = level.find(W + "numFmt")
    if kind is None or kind.get(VAL) not in _SIGNS:
        return level.get(_LEVEL, "0"), _NUMBER
    text, fonts = level.find(W + "lvlText"), level.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else next(filter(None, map(fonts.get, _FONTS)), "")
    return level.get(_LEVEL, "0"), "" if text is None else bullet_box(text.get(VAL, ""), font)
