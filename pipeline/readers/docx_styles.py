"""Resolve Word styles to what reading needs: heading level, hidden, struck or unseen text, prompts, symbol fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial, reduce
from typing import Any

from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import OFF, VAL, W
from pipeline.readers.docx_ink import GROUNDS, is_ground, is_pale, is_tiny
from pipeline.readers.numbers import whole
from pipeline.readers.symbols import is_symbol_font
from pipeline.records import record

_HEADING = re.compile(r"(?:heading|kop|titre|überschrift|berschrift|título|titolo)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "titel", "titre"})
_PLACEHOLDERS = frozenset(
    {"placeholder text", "placeholdertext", "tekst van tijdelijke aanduiding", "tekstvantijdelijkeaanduiding"}
)
_NUMBERED, _LIST, _LEVEL = W + "numPr", W + "numId", W + "ilvl"
_MOST = 5_000
"""Word knows 4,079 styles."""
_RUNNING = 9
"""The outline level of running text."""
_DEEPEST = 30
"""Word lets no more styles than this build on each other; a circle ends here too."""


_CONDITION, _DEFAULTS = W + "tblStylePr", f"{W}docDefaults/{W}rPrDefault/{W}rPr"


@record
class Look:
    """What the properties of a run, or a style, say that reading must know; None where they say nothing."""

    hidden: bool | None = None
    placeholder: bool = False
    font: str = ""
    """A font of signs."""
    struck: bool | None = None
    """Drawn with a line through it: withdrawn by hand, though it still stands there."""
    raised: bool | None = None
    """In superscript: the mark of a note, or a power."""
    white: bool | None = None
    """In letters that are seen on a shade only."""
    tiny: bool | None = None
    """Of a point or two."""
    marked: bool = False
    """Of a run: highlighted, underlined or coloured."""

    def over(self, under: Look) -> Look:
        """Give this look on top of another."""
        return Look(
            under.hidden if self.hidden is None else self.hidden,
            self.placeholder or under.placeholder,
            self.font or under.font,
            under.struck if self.struck is None else self.struck,
            under.raised if self.raised is None else self.raised,
            under.white if self.white is None else self.white,
            under.tiny if self.tiny is None else self.tiny,
            self.marked or under.marked,
        )


USUAL = Look()
"""Nothing special."""


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a document mean, by style identifier."""

    levels: dict[str, int]
    """Heading level of the paragraph styles that have one."""
    lists: dict[str, tuple[str, str]]
    """The list, and the level in it, of the styles that are in one."""
    shaded: frozenset[str]
    """Styles of text and of tables that shade something."""
    heads: frozenset[str]
    """Styles of tables that shade the first row, and no more."""
    white: frozenset[str]
    """Styles of tables with white letters."""
    looks: dict[str, Look]
    """How the styles show their text that say something of it."""
    base: Look
    """How a paragraph shows its text that has no style: by the style that the file gives it then."""
    whitens: bool
    """Whether a style makes letters white, so that it tells whether a run makes them of another colour."""
    shrinks: bool
    """The same of tiny ones."""

    def look(self, style: str) -> Look:
        """Give how a paragraph style shows its text."""
        return self.looks.get(style, self.base)

    def level(self, style: str) -> int:
        """Give the heading level of a paragraph style; a style that the file does not define goes by its name."""
        if style in self.levels:
            return self.levels[style]
        return _level_of_name(style)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    kind: str
    based_on: str
    outline: int | None
    look: Look
    list: tuple[str, str] | None
    shaded: bool
    heads: bool
    """Shades a first row."""
    default: bool


@lru_cache(maxsize=8)
def read_styles(data: bytes) -> Styles:
    """Read the styles part of a document."""
    raw: dict[str, _Style] = {}
    root = parse(data)
    for style in root.iterchildren(W + "style"):
        raw.setdefault(style.get(W + "styleId", ""), _read_style(style))  # Google Docs doubles some: the first counts
        if len(raw) == _MOST:
            break
    defaults = _look_of(root.find(_DEFAULTS))
    levels: dict[str, int] = {}
    lists: dict[str, tuple[str, str]] = {}
    looks: dict[str, Look] = {}
    shaded, heads, white = set(), set(), set()
    base = defaults
    for key, style in raw.items():
        chain = _chain(raw, key)
        levels[key] = _level(chain)
        within = next((each.list for each in chain if each.list is not None), None)
        if within is not None:
            lists[key] = within
        if any(each.shaded for each in chain):
            shaded.add(key)
        elif any(each.heads for each in chain):
            heads.add(key)
        look = _shown([each.look for each in chain])
        if style.kind == "table":
            if look.white:
                white.add(key)
            continue
        if style.kind != "character":
            look = _shown([look, defaults])
            if style.default:
                base = look
        looks[key] = look
    known = [*looks.values(), base]
    whitens = bool(white) or any(look.white for look in known)
    shrinks = any(look.tiny for look in known)
    told = partial(_told, whitens=whitens, shrinks=shrinks)
    return Styles(
        levels,
        lists,
        frozenset(shaded),
        frozenset(heads),
        frozenset(white),
        {key: told(look) for key, look in looks.items()},
        told(base),
        whitens,
        shrinks,
    )


_PROMPT = Look(placeholder=True)
NONE = Styles(
    {}, {}, frozenset(), frozenset(), frozenset(), {"PlaceholderText": _PROMPT}, USUAL, whitens=False, shrinks=False
)
"""For a file without styles."""


def _shown(looks: Iterable[Look]) -> Look:
    """Give what looks come to, the first before those on which it builds."""
    shown = reduce(Look.over, looks)
    return replace(shown, font=shown.font if is_symbol_font(shown.font) else "")


def _told(look: Look, *, whitens: bool, shrinks: bool) -> Look:
    """Give a look without what is so anyhow: where no style makes letters white or tiny, that they are not so."""
    told = replace(look, white=look.white if whitens else None, tiny=look.tiny if shrinks else None)
    return USUAL if told == USUAL else told


def _read_style(style: Any) -> _Style:
    name = style.find(W + "name")
    based_on = style.find(W + "basedOn")
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    called = "" if name is None else name.get(VAL, "")
    look = _look_of(style.find(W + "rPr"))
    first = [each for each in style.iterchildren(_CONDITION) if each.get(W + "type") == "firstRow"]
    in_first = {mark for each in first for mark in each.iter(*GROUNDS) if is_ground(mark)}
    return _Style(
        called,
        style.get(W + "type", "paragraph"),
        "" if based_on is None else based_on.get(VAL, ""),
        None if outline is None else outline_level(outline),
        replace(look, placeholder=called.casefold() in _PLACEHOLDERS),
        list_of(style.find(W + "pPr")),
        any(mark not in in_first and is_ground(mark) for mark in style.iter(*GROUNDS)),
        bool(in_first),
        style.get(W + "default", "0") not in OFF,
    )


def _look_of(looks: Any) -> Look:
    """Give what the properties of a style say of its text."""
    if looks is None:
        return USUAL
    vanish, fonts = looks.find(W + "vanish"), looks.find(W + "rFonts")
    colour, size = looks.find(W + "color"), looks.find(W + "sz")
    return Look(
        None if vanish is None else is_on(vanish),
        font="" if fonts is None else font_of(fonts),
        struck=is_struck(looks),
        raised=is_raised(looks),
        white=None if colour is None else is_pale(colour),
        tiny=None if size is None else is_tiny(size),
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
