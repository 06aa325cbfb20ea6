"""Resolve how words look in Word: the styles under them, and what the run itself says (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from pipeline.compare.colours import HIGHLIGHTS, colour_of, contrast, fill_of, half_points, shading
from pipeline.ooxml.names import OFF, VAL, W14, W
from pipeline.records import record

_TOGGLES = {
    W + "b": "bold",
    W + "i": "italic",
    W + "strike": "struck",
    W + "dstrike": "struck",
    W + "caps": "capitals",
    W + "smallCaps": "small_capitals",
    W + "vanish": "hidden",
}
"""Switches of which a style turns round what the style under it says."""
_DEEPEST = 30
_TINY = 4
"""Half points: no eye reads letters of two points."""
_NARROW = 10
"""Percent: letters squeezed more than this are a line."""
_LEAST = 1.15
"""Below this contrast (WCAG 2.2: 1 is the same colour, 21 black on white) letters cannot be seen."""


@record
class Look:
    """How words look, as far as it is compared."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    capitals: bool = False
    small_capitals: bool = False
    hidden: bool = False
    underlined: bool = False
    raised: str = ""
    """superscript, subscript, or empty."""
    colour: str = ""
    """Six hexadecimal digits; empty for the usual black."""
    size: int = 20
    """In half points."""
    marked: str = ""
    """Colour of a marker behind the words."""
    ground: str = ""
    """Colour of the shading behind the words; empty when they have none of their own."""
    width: int = 100
    """Percent to which letters are stretched or squeezed."""
    unfilled: bool = False
    """Its letters have no colour at all."""
    backwards: bool = False
    """Written from right to left."""
    font: str = ""
    """Name of the font; empty where the file names none."""

    def unseen(self, ground: str) -> str:
        """Say why nobody sees the words; empty when they can be seen.

        Args:
            ground: colour of what lies behind them, when they have no shading of their own.
        """
        if self.hidden:
            return "hidden"
        if self.size <= _TINY or self.width < _NARROW:
            return "tiny"
        if self.unfilled:
            return "colour"
        behind = HIGHLIGHTS.get(self.marked) or self.ground or ground
        if behind != "?" and contrast(self.colour or "000000", behind or "FFFFFF") < _LEAST:
            return "colour"
        return ""


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str
    run: Any
    paragraph: Any
    whole: Any


class Looks:
    """The styles of a file, resolved when they are asked for.

    Args:
        root: the root element of the styles part; None for a file without styles.
        theme: the fonts of the theme by their kind: minor, major.
    """

    def __init__(self, root: Any, theme: Mapping[str, str] | None = None) -> None:
        self._theme = theme or {}
        self._paragraphs: Any = None
        self._styles: dict[str, _Style] = {}
        self._usual = ""
        self._base = Look()
        self._known: dict[tuple[str, str], Look] = {}
        self._runs: dict[tuple[str, str, bytes], Look] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for style in root.iterchildren(W + "style"):
            key = style.get(W + "styleId", "")
            kind = style.get(W + "type")
            if key in self._styles:
                continue  # Google Docs writes some twice: the first counts
            self._styles[key] = _Style(
                _value(style.find(W + "name")),
                _value(style.find(W + "basedOn")),
                style.find(W + "rPr"),
                style.find(W + "pPr"),
                style,
            )
            if kind == "paragraph" and style.get(W + "default", "0") not in OFF:
                self._usual = key
        self._paragraphs = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self._base = self._change(Look(), defaults)

    def name(self, style: str) -> str:
        """Give the name of a style, as Word shows it."""
        return self._styles[style].name if style in self._styles else style

    def keys(self, name: str) -> Iterable[str]:
        """Give the identifiers of the styles with this name."""
        return (key for key, style in self._styles.items() if style.name.casefold() == name.casefold())

    def of_paragraph(self, style: str, table: str = "") -> Look:
        """Give the look of words in a paragraph of this style, in a table of that style."""
        asked = (style or self._usual, table)
        if asked not in self._known:
            look = self._base
            for key in (table, asked[0]):
                look = self._add(look, self._own(key))
            self._known[asked] = look
        return self._known[asked]

    def of_run(self, properties: Any, style: str, table: str = "") -> Look:
        """Give the look of a run.

        Args:
            properties: its `w:rPr`, or None.
            style: the style of its paragraph.
            table: the style of the table around it.
        """
        if properties is None or not len(properties):
            return self.of_paragraph(style, table)
        asked = (style, table, _signature(properties))
        if asked not in self._runs:
            look = self.of_paragraph(style, table)
            named = _value(properties.find(W + "rStyle"))
            if named:
                look = self._add(look, self._own(named))
            self._runs[asked] = self._change(look, properties)
        return self._runs[asked]

    def usual_font(self) -> str:
        """Give the font of words of which nothing says another."""
        return self.of_paragraph("").font

    def _add(self, look: Look, styles: list[Any]) -> Look:
        """Add a line of styles: within it the last word counts; against what lies under it a switch turns round."""
        own = Look(size=look.size)
        for run in styles:
            own = self._change(own, run)
        said = {name for run in styles for tag, name in _TOGGLES.items() if run.find(tag) is not None}
        plain = look
        for run in styles:
            plain = self._change(plain, run, toggles=False)
        turned = {name: getattr(look, name) != getattr(own, name) for name in said}
        return replace(plain, **turned)

    def _change(self, look: Look, properties: Any, *, toggles: bool = True) -> Look:
        """Give a look after what these properties say."""
        fonts = properties.find(W + "rFonts")
        font = "" if fonts is None else self._font(fonts)
        changed = _change(look, properties, toggles=toggles)
        return replace(changed, font=font) if font else changed

    def _font(self, fonts: Any) -> str:
        theme = fonts.get(W + "asciiTheme", fonts.get(W + "hAnsiTheme", ""))
        named = self._theme.get(theme[:5], "") or fonts.get(W + "ascii", fonts.get(W + "hAnsi", ""))
        return " ".join(named.split())

    def paragraph_attributes(self, properties: Any, style: str, table: str, name: str) -> dict[str, str]:
        """Give the attributes of a property of a paragraph, each as the nearest that says it."""
        levels = [self._paragraphs, *self._paragraph_levels(table), *self._paragraph_levels(style or self._usual)]
        said: dict[str, str] = {}
        for level in (*levels, properties):
            found = None if level is None else level.find(name)
            if found is not None:
                said |= {str(key).removeprefix(W): value for key, value in found.attrib.items()}
        return said

    def paragraph_element(self, properties: Any, style: str, name: str) -> Any:
        """Give a property of a paragraph, its own or that of its style; None when none says it."""
        own = None if properties is None else properties.find(name)
        return self.paragraph_property(style, name) if own is None else own

    def _paragraph_levels(self, style: str) -> list[Any]:
        return [one.paragraph for one in reversed(self._chain(style))]

    def table_borders(self, style: str) -> list[Any]:
        """Give the borders that a table style and those under it ask, the deepest first."""
        found = (one.whole.find(f"{W}tblPr/{W}tblBorders") for one in reversed(self._chain(style)))
        return [borders for borders in found if borders is not None]

    def draws_by_place(self, style: str) -> bool:
        """Tell whether a table style draws other lines in some rows or columns."""
        borders = (f"{W}tblStylePr//{W}tcBorders", f"{W}tblStylePr//{W}tblBorders")
        return any(one.whole.find(each) is not None for one in self._chain(style) for each in borders)

    def paragraph_property(self, style: str, name: str) -> Any:
        """Give a property of a paragraph style or of those under it; None when none says it."""
        for one in self._chain(style or self._usual):
            found = None if one.paragraph is None else one.paragraph.find(name)
            if found is not None:
                return found
        return None

    def shades(self, table: str) -> bool:
        """Tell whether a table style, or one under it, colours cells: then what is behind words is not known."""
        return any(one.whole.find(f".//{W}shd") is not None for one in self._chain(table))

    def _line(self, key: str) -> list[str]:
        line: list[str] = []
        while key in self._styles and len(line) < _DEEPEST:
            line.append(key)
            key = self._styles[key].based_on
        return line

    def _chain(self, key: str) -> list[_Style]:
        return [self._styles[each] for each in self._line(key)]

    def _own(self, key: str) -> list[Any]:
        """Give what a style and those under it say of words, the deepest first."""
        return [one.run for one in reversed(self._chain(key)) if one.run is not None]


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(VAL, ""))


def _signature(properties: Any) -> bytes:
    return b"|".join(
        etree.tostring(child) if len(child) else f"{child.tag}={sorted(child.attrib.items())}".encode()
        for child in properties
    )


def _change(look: Look, properties: Any, *, toggles: bool = True) -> Look:
    """Give a look after what these properties say."""
    changed: dict[str, Any] = {}
    for child in properties:
        tag = child.tag
        if tag in _TOGGLES:
            if toggles:
                changed[_TOGGLES[tag]] = child.get(VAL, "1") not in OFF
        elif tag == W + "u":
            changed["underlined"] = child.get(VAL, "single") != "none"
        elif tag == W + "color":
            changed["colour"] = colour_of(child)
        elif tag == W14 + "textFill":
            changed |= fill_of(child)
        elif tag == W + "w":
            changed["width"] = half_points(child.get(VAL, "").rstrip("%"), 100)
        elif tag == W + "rtl":
            changed["backwards"] = child.get(VAL, "1") not in OFF
        elif tag == W + "sz":
            changed["size"] = half_points(child.get(VAL, ""), look.size)
        elif tag == W + "vertAlign":
            changed["raised"] = "" if child.get(VAL) == "baseline" else child.get(VAL, "")
        elif tag == W + "highlight":
            changed["marked"] = "" if child.get(VAL) == "none" else child.get(VAL, "")
        elif tag == W + "shd":
            changed["ground"] = shading(child)
    return replace(look, **changed) if changed else look
