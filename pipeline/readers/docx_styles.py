"""Resolve Word styles to what reading needs: heading level, hidden or struck text, placeholder text, symbol font."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import OFF, VAL, W
from pipeline.readers.numbers import whole
from pipeline.readers.symbols import is_symbol_font
from pipeline.records import record

_HEADING = re.compile(r"(?:heading|kop|titre|überschrift|berschrift|título|titolo)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "titel", "titre"})
_PLACEHOLDERS = frozenset(
    {"placeholder text", "placeholdertext", "tekst van tijdelijke aanduiding", "tekstvantijdelijkeaanduiding"}
)
_NUMBERED, _LIST, _LEVEL = W + "numPr", W + "numId", W + "ilvl"
UNSHADED = frozenset({"auto", "FFFFFF", "ffffff"})
UNMARKED = frozenset({"none", "white"})
"""Colours of a highlight that paper does not show."""
_MOST = 5_000
"""Word knows 4,079 styles."""
_RUNNING = 9
"""The outline level of running text."""
_DEEPEST = 30
"""Word lets no more styles than this build on each other; a circle ends here too."""


@record
class StyleLook:
    """How a paragraph style shows its text, as far as reading must know."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    font: str = ""
    """A font of signs."""


PLAIN = StyleLook()
"""How nearly all styles do."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a document mean, by style identifier."""

    levels: dict[str, int]
    """Heading level of the paragraph styles that have one."""
    hidden: dict[str, bool]
    """Styles that say whether text is hidden."""
    placeholders: frozenset[str]
    fonts: dict[str, str]
    """Font of the styles that name one."""
    struck: dict[str, bool]
    """Styles that say whether a line is drawn through the text."""
    raised: dict[str, bool]
    """Styles that say whether the text is in superscript."""
    lists: dict[str, tuple[str, str]]
    """The list, and the level in it, of the styles that are in one."""
    shaded: frozenset[str]
    """Styles of text and of tables that shade something, if only the first row."""
    looks: dict[str, StyleLook]
    """How the styles show their text that do so otherwise than most."""

    def look(self, style: str) -> StyleLook:
        """Give how a paragraph style shows its text."""
        return self.looks.get(style, PLAIN)

    def level(self, style: str) -> int:
        """Give the heading level of a paragraph style; a style that the file does not define goes by its name."""
        if style in self.levels:
            return self.levels[style]
        return _level_of_name(style)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: int | None
    vanish: bool | None
    font: str
    strike: bool | None
    raised: bool | None
    list: tuple[str, str] | None
    shaded: bool


@lru_cache(maxsize=8)
def read_styles(data: bytes) -> Styles:
    """Read the styles part of a document."""
    raw: dict[str, _Style] = {}
    for style in parse(data).iterchildren(W + "style"):
        raw.setdefault(style.get(W + "styleId", ""), _read_style(style))  # Google Docs doubles some: the first counts
        if len(raw) == _MOST:
            break
    levels: dict[str, int] = {}
    hidden: dict[str, bool] = {}
    placeholders = set()
    fonts: dict[str, str] = {}
    struck: dict[str, bool] = {}
    raised: dict[str, bool] = {}
    lists: dict[str, tuple[str, str]] = {}
    for key in raw:
        chain = _chain(raw, key)
        levels[key] = _level(chain)
        vanish = next((style.vanish for style in chain if style.vanish is not None), None)
        if vanish is not None:
            hidden[key] = vanish
        font = next((style.font for style in chain if style.font), "")
        if font:
            fonts[key] = font
        strike = next((style.strike for style in chain if style.strike is not None), None)
        if strike is not None:
            struck[key] = strike
        above = next((style.raised for style in chain if style.raised is not None), None)
        if above is not None:
            raised[key] = above
        within = next((style.list for style in chain if style.list is not None), None)
        if within is not None:
            lists[key] = within
        if any(style.name.casefold() in _PLACEHOLDERS for style in chain):
            placeholders.add(key)
    looks = {
        key: StyleLook(hidden.get(key, False), struck.get(key, False), raised.get(key, False), signs)
        for key in raw
        if (signs := font if is_symbol_font(font := fonts.get(key, "")) else "")
        or hidden.get(key)
        or struck.get(key)
        or raised.get(key)
    }
    shaded = frozenset(key for key in raw if any(style.shaded for style in _chain(raw, key)))
    return Styles(levels, hidden, frozenset(placeholders), fonts, struck, raised, lists, shaded, looks)


NONE = Styles({}, {}, frozenset({"PlaceholderText"}), {}, {}, {}, {}, frozenset(), {})
"""For a file without styles."""


def _read_style(style: Any) -> _Style:
    name = style.find(W + "name")
    based_on = style.find(W + "basedOn")
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    vanish = style.find(f"{W}rPr/{W}vanish")
    fonts = style.find(f"{W}rPr/{W}rFonts")
    looks = style.find(W + "rPr")
    return _Style(
        "" if name is None else name.get(VAL, ""),
        "" if based_on is None else based_on.get(VAL, ""),
        None if outline is None else outline_level(outline),
        None if vanish is None else is_on(vanish),
        "" if fonts is None else font_of(fonts),
        None if looks is None else is_struck(looks),
        None if looks is None else is_raised(looks),
        list_of(style.find(W + "pPr")),
        any(shade.get(W + "fill", "auto") not in UNSHADED for shade in style.iter(W + "shd")),
    )


def _chain(raw: dict[str, _Style], key: str) -> list[_Style]:
    chain: list[_Style] = []
    while key in raw and len(chain) < _DEEPEST:
        chain.append(raw[key])
        key = raw[key].based_on
    return chain


def _level(chain: list[_Style]) -> int:
    for style in chain:
        if style.outline is not None:
            return style.outline
        level = _level_of_name(style.name)
        if level:
            return level
    return 0


def _level_of_name(name: str) -> int:
    if name.casefold() in _TITLES:
        return 1
    found = _HEADING.fullmatch(name)
    return int(found[1]) if found else 0


def outline_level(outline: Any) -> int:
    """Give the heading level of an outline level: Word counts from 0, and 9 is running text."""
    value = whole(outline.get(VAL))
    return value + 1 if value is not None and value < _RUNNING else 0


def list_of(properties: Any) -> tuple[str, str] | None:
    """Give the list, and the level in it, that the properties of a paragraph or style name."""
    entries = [] if properties is None else [e for part in properties[:] if part.tag == _NUMBERED for e in part[:]]
    within = next((entry.get(VAL, "") for entry in entries if entry.tag == _LIST), None)
    if within is None:
        return None
    return within, next((entry.get(VAL, "0") for entry in entries if entry.tag == _LEVEL), "0")


def is_on(switch: Any) -> bool:
    """Tell whether a switch such as `w:vanish` is on; present without a value is on."""
    return switch.get(VAL, "true") not in OFF


def is_struck(looks: Any) -> bool | None:
    """Tell whether the properties of a run or style draw one line or two through it; None when they do not say."""
    switches = [switch for name in ("strike", "dstrike") for switch in looks.iterchildren(W + name)]
    return any(is_on(switch) for switch in switches) if switches else None


def is_raised(looks: Any) -> bool | None:
    """Tell whether the properties of a run or style put it in superscript; None when they do not say."""
    aligned = looks.find(W + "vertAlign")
    return None if aligned is None else aligned.get(VAL) == "superscript"


def font_of(fonts: Any) -> str:
    """Give the font that a run names for its letters."""
    return str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs") or "")
