"""Tell of single properties of a Word file whether letters that have them are seen on paper, or on what lies behind."""

from __future__ import annotations

from typing import Any

from pipeline.ooxml.markup import value
from pipeline.ooxml.names import VAL, W
from pipeline.readers.colours import carries_white, is_white

_TINY = frozenset("01234")
"""Sizes in half points that nobody reads; Word writes the number without noughts before it."""
_PAPER, _INK = frozenset({"background1", "light1"}), frozenset({"text1", "dark1"})
"""Colours of a theme: of the paper, and of letters on it."""
_WHITE_SHADE, _WHITE_TINT = 0xF0, 0x0F
"""The paper made no darker than this, and the ink made lighter until no more than this is left, are still white."""
_SHADED, _MARKED = W + "shd", W + "highlight"
GROUNDS = (_SHADED, _MARKED)
"""What may lie behind letters."""
UNSHADED = frozenset({"auto", "FFFFFF", "ffffff"})
UNMARKED = frozenset({"none", "white"})
"""Colours of a highlight that paper does not show."""
_PALE_MARKS = UNMARKED | {"yellow", "cyan", "green"}
"""Those on which white letters are not seen."""
_PLAIN = frozenset({"", "clear", "nil"})
"""A shade of its fill alone; another is a pattern over it."""


def is_tiny(size: Any) -> bool:
    """Tell whether letters of this `w:sz` are too small to be seen."""
    return value(size) in _TINY


def is_pale(colour: Any) -> bool:
    """Tell whether letters of this `w:color` are white; the colour of a theme goes before the one written beside it."""
    if len(colour.values()) == 1:
        return is_white(value(colour))
    theme = colour.get(W + "themeColor", "")
    if theme in _PAPER:
        return _amount(colour, "themeShade") >= _WHITE_SHADE
    if theme in _INK and colour.get(W + "themeTint"):
        return _amount(colour, "themeTint") <= _WHITE_TINT
    return is_white(colour.get(VAL, ""))


def _amount(colour: Any, name: str) -> int:
    try:
        return int(colour.get(W + name, "FF"), 16)
    except ValueError:
        return 0xFF


def is_ground(mark: Any) -> bool:
    """Tell whether white letters are seen on a `w:shd` or `w:highlight`."""
    if mark.tag == _MARKED:
        return mark.get(VAL, "none") not in _PALE_MARKS
    fill, pattern = mark.get(W + "fill", "auto"), mark.get(VAL, "")
    if carries_white(fill) or (fill == "auto" and mark.get(W + "themeFill", "") not in _PAPER | {""}):
        return True
    return pattern not in _PLAIN and not is_white(mark.get(W + "color", "auto"))
