"""Resolve OpenDocument styles to what reading needs: heading level, hidden, struck and unseen text, signs, pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pipeline.odf.names import FO, LOEXT, OFFICE, STYLE, SVG, TEXT
from pipeline.readers.colours import carries_white, is_white, named_stands_out
from pipeline.readers.numbers import whole
from pipeline.readers.symbols import bullet_box, is_symbol_font

_DEEPEST = 30
"""Longer chains of styles that build on each other were not made by a person; a circle ends here too."""
_TITLE = "Title"
_RAISED = re.compile(r"super|0*[1-9]")
"""How a text position begins that is above the line: `super 58%`, `33% 58%`, not `sub 58%` or `-33% 58%`."""
_NO_GROUND = frozenset({"transparent", "#ffffff"})
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_PLACEHOLDER = "Placeholder_20_Text"
_LIST = "list"
_TEXT_PROPERTIES = STYLE + "text-properties"
_GROUND = FO + "background-color"
_SIZE = re.compile(r"(\d*\.?\d+)(pt|mm|cm|in)")
_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
_TINY = 2.0
"""Points at most of letters that nobody reads."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style means for reading; None where it says nothing."""

    level: int | None = None
    """Heading level."""
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    """In superscript."""
    marked: bool | None = None
    """Highlighted, underlined or bold."""
    white: bool | None = None
    """In letters that are seen on a shade only; so are taken those that are seen through."""
    tiny: bool | None = None
    """Of a point or two."""
    shaded: bool = False
    """White letters are seen on what lies behind."""
    font: str | None = None
    """A symbol font; "" for another font."""
    placeholder: bool = False
    master: str = ""
    """The kind of page that begins here."""

    def over(self, under: Style) -> Style:
        """Give this style on top of another."""
        return Style(
            under.level if self.level is None else self.level,
            under.hidden if self.hidden is None else self.hidden,
            under.struck if self.struck is None else self.struck,
            under.raised if self.raised is None else self.raised,
            under.marked if self.marked is None else self.marked,
            under.white if self.white is None else self.white,
            under.tiny if self.tiny is None else self.tiny,
            self.shaded or under.shaded,
            under.font if self.font is None else self.font,
            self.placeholder or under.placeholder,
            self.master or under.master,
        )


USUAL = Style()


class Styles:
    """The styles of one part of a document (its body, or its headers), by family and name."""

    def __init__(self, automatic: Any, common: Any) -> None:
        """Begin.

        Args:
            automatic: the root of the part, which has the styles that the program made itself.
            common: the root of the part with the styles that people know; may be the same, or None.
        """
        self._raw: dict[tuple[str, str], Any] = {}
        self._fonts: dict[str, str] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for root in (common, automatic):
            if root is not None:
                for face in root.iterfind(f"{OFFICE}font-face-decls/{STYLE}font-face"):
                    self._fonts[face.get(STYLE + "name", "")] = face.get(SVG + "font-family", "")
        if common is not None:
            self._add(common.find(OFFICE + "styles"))
        self._add(automatic.find(OFFICE + "automatic-styles"))

    def _add(self, container: Any) -> None:
        kinds = (STYLE + "style", STYLE + "default-style", TEXT + "list-style")
        for style in () if container is None else container.iterchildren(*kinds):
            self._raw[style.get(STYLE + "family", _LIST), style.get(STYLE + "name", "")] = style

    def get(self, family: str, name: str | None) -> Style:
        """Give what a style means, with all that it builds on; without one, what is so by itself."""
        key = family, name or ""
        if key not in self._known:
            self._known[key] = self._resolve(*key)
        return self._known[key]

    def counts(self, name: str, level: int) -> bool:
        """Tell whether a list of this style puts numbers before its items at this level, from 1, and no bullets."""
        style = self._raw.get((_LIST, name))
        numbers = () if style is None else style.iterchildren(TEXT + "list-level-style-number")
        return any(
            whole(number.get(TEXT + "level")) == level and bool(number.get(STYLE + "num-format")) for number in numbers
        )

    def box(self, name: str, level: int) -> str:
        """Give the box or tick that a list of this style has as its bullet at this level, from 1; empty for another."""
        style = self._raw.get((_LIST, name))
        for bullet in () if style is None else style.iterchildren(TEXT + "list-level-style-bullet"):
            if whole(bullet.get(TEXT + "level")) == level:
                looks = bullet.find(_TEXT_PROPERTIES)
                font = None if looks is None else self._font(looks)
                return bullet_box(bullet.get(TEXT + "bullet-char", ""), font or "")
        return ""

    def _resolve(self, family: str, name: str) -> Style:
        found = USUAL
        for _step in range(_DEEPEST):
            raw = self._raw.get((family, name))
            found = found.over(_named(family, name) if raw is None else self._read(raw, family, name))
            if not name:
                break
            name = "" if raw is None else raw.get(STYLE + "parent-style-name", "")
        return found if found != USUAL else USUAL

    def _read(self, raw: Any, family: str, name: str) -> Style:
        style = _named(family, name)
        outline = whole(raw.get(STYLE + "default-outline-level"))
        if outline is not None:
            style = replace(style, level=outline)
        properties = raw.find(_TEXT_PROPERTIES)
        if properties is not None:
            display = properties.get(TEXT + "display")
            style = replace(
                style,
                hidden=None if display is None else display == "none",
                struck=_is_struck(properties),
                raised=_is_raised(properties),
                marked=_is_marked(properties),
                white=_is_pale(properties),
                tiny=_is_tiny(properties),
                font=self._font(properties),
            )
        if any(carries_white(part.get(_GROUND, "")) for part in raw):
            style = replace(style, shaded=True)
        master = raw.get(STYLE + "master-page-name", "")
        return replace(style, master=master) if master else style

    def _font(self, properties: Any) -> str | None:
        name = properties.get(STYLE + "font-name")
        family = properties.get(FO + "font-family") if name is None else self._fonts.get(name, name)
        if family is None:
            return None
        font = str(family).strip("'\" ")
        return font if is_symbol_font(font) else ""


def _named(family: str, name: str) -> Style:
    if family == "paragraph" and name == _TITLE:
        return Style(level=1)
    return Style(placeholder=True) if family == "text" and name == _PLACEHOLDER else USUAL


def _is_struck(properties: Any) -> bool | None:
    drawn = properties.get(STYLE + "text-line-through-style") or properties.get(STYLE + "text-line-through-type")
    return None if drawn is None else drawn != "none"


def _is_raised(properties: Any) -> bool | None:
    position = properties.get(STYLE + "text-position")
    return None if position is None else _RAISED.match(position) is not None


def _is_marked(properties: Any) -> bool | None:
    ground, weight = properties.get(FO + "background-color"), properties.get(FO + "font-weight")
    line, colour = properties.get(STYLE + "text-underline-style"), properties.get(FO + "color")
    said = (
        None if ground is None else ground not in _NO_GROUND,
        None if weight is None else weight in _BOLD,
        None if line is None else line != "none",
        None if colour is None else named_stands_out(colour),
    )
    return None if said == (None,) * len(said) else any(said)


def _is_pale(properties: Any) -> bool | None:
    colour = properties.get(FO + "color")
    if properties.get(STYLE + "use-window-font-color") == "true":
        return False  # as dark as what lies behind asks; LibreOffice writes beside it that it is seen through
    if properties.get(LOEXT + "opacity") == "0%":
        return True
    return None if colour is None else is_white(colour)


def _is_tiny(properties: Any) -> bool | None:
    size = _SIZE.fullmatch(properties.get(FO + "font-size", ""))
    return None if size is None else float(size[1]) * _POINTS[size[2]] <= _TINY
