"""Tell whether the letters of a Word file are seen: white ones only on a shade, those of a point or two never."""

from __future__ import annotations

from typing import Any

from pipeline.ooxml.markup import value
from pipeline.ooxml.names import VAL, A, W
from pipeline.readers.colours import is_white
from pipeline.readers.docx_styles import UNMARKED, UNSHADED, Styles

_TINY = frozenset("01234")
"""Sizes in half points that nobody reads; Word writes the number without noughts before it."""
_RUN, _PARAGRAPH, _CELL, _ROW, _TABLE = W + "r", W + "p", W + "tc", W + "tr", W + "tbl"
_PROPERTIES = {_RUN: W + "rPr", _PARAGRAPH: W + "pPr", _CELL: W + "tcPr", _ROW: W + "tblPrEx", _TABLE: W + "tblPr"}
"""Where an element says how it is shaded."""
_STYLES = (W + "rStyle", W + "pStyle", W + "tblStyle")
_BOXES = frozenset({W + "txbxContent", A + "txBody"})
_SHADED, _MARKED, _BACKGROUND = W + "shd", W + "highlight", W + "background"


def is_tiny(size: Any) -> bool:
    """Tell whether letters of this `w:sz` are too small to be seen."""
    return value(size) in _TINY


def is_lost(colour: Any, styles: Styles) -> bool:
    """Tell whether letters of this `w:color` are white where nothing is known to be shaded behind them.

    A box has the colour of its shape, which is not looked up: white letters in one are taken to be seen.
    """
    return is_white(colour.get(VAL, "")) and not any(
        around.tag in _BOXES or around.find(_BACKGROUND) is not None or _is_shaded(around, styles)
        for around in colour.iterancestors()
    )


def _is_shaded(element: Any, styles: Styles) -> bool:
    """Tell whether an element is shaded, or may be by its style."""
    name = _PROPERTIES.get(element.tag)
    for properties in element.iterchildren(name) if name else ():
        for entry in properties:
            if entry.tag == _SHADED and entry.get(W + "fill", "auto") not in UNSHADED:
                return True
            if entry.tag == _MARKED and entry.get(VAL, "none") not in UNMARKED:
                return True
            if entry.tag in _STYLES and entry.get(VAL, "") in styles.shaded:
                return True
    return False
