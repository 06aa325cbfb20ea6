"""Colours in Word: what a run, an effect or a shading asks, and whether anybody sees one on the other."""

from __future__ import annotations

from typing import Any

from pipeline.ooxml.names import VAL, W14, W

HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "green": "00FF00", "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF",
    "yellow": "FFFF00",
}  # fmt: skip
"""The colours of markers (17.18.40)."""
_PAPER = frozenset({"background1", "light1"})
"""Colours of a theme that are the paper's."""
_CLEAR = 95_000
"""Thousandths of a percent of transparency."""


def colour_of(element: Any) -> str:
    """Give the colour of letters; that of the theme goes before the one written beside it."""
    theme = element.get(W + "themeColor", "")
    if theme in _PAPER:
        return "FFFFFF"
    value = str(element.get(VAL, "auto")).upper()
    return "" if value in ("AUTO", "000000") else value


def fill_of(element: Any) -> dict[str, Any]:
    """Give what an effect of newer Word fills letters with."""
    if element.find(W14 + "noFill") is not None:
        return {"unfilled": True}
    solid = element.find(W14 + "solidFill")
    if solid is None:
        return {}
    alpha = next(solid.iter(W14 + "alpha"), None)
    if alpha is not None and half_points(alpha.get(W14 + "val", "0"), 0) >= _CLEAR:
        return {"unfilled": True}
    plain, theme = solid.find(W14 + "srgbClr"), solid.find(W14 + "schemeClr")
    if plain is not None:
        return {"colour": plain.get(W14 + "val", "").upper()}
    if theme is not None and theme.get(W14 + "val", "") in ("bg1", "lt1"):
        return {"colour": "FFFFFF"}
    return {}


def half_points(text: str, otherwise: int) -> int:
    """Read a measure that should be a whole number and may have a fraction."""
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return otherwise


def shading(element: Any) -> str:
    """Give the colour of a shading; empty when it has none."""
    fill = "" if element is None else element.get(W + "fill", "auto").upper()
    return "" if fill in ("AUTO", "") else fill


def contrast(one: str, other: str) -> float:
    """Give the contrast between two colours (WCAG 2.2): 1 is the same colour, 21 black on white."""
    try:
        lights = sorted((_light(one), _light(other)))
    except ValueError:
        return 21.0
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
