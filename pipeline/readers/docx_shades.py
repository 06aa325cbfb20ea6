"""Tell whether anything is shaded behind the letters of a Word file: white ones are seen only there."""

from __future__ import annotations

from typing import Any

from pipeline.ooxml.names import VAL, A, W
from pipeline.readers.docx_ink import GROUNDS, is_ground
from pipeline.readers.docx_styles import Styles

_RUN, _PARAGRAPH, _CELL, _ROW, _TABLE = W + "r", W + "p", W + "tc", W + "tr", W + "tbl"
_PROPERTIES = {_RUN: W + "rPr", _PARAGRAPH: W + "pPr", _CELL: W + "tcPr", _ROW: W + "tblPrEx", _TABLE: W + "tblPr"}
"""Where an element says how it is shaded."""
_STYLES = (W + "rStyle", W + "pStyle", W + "tblStyle")
_BOXES = frozenset({W + "txbxContent", A + "txBody"})
_BACKGROUND = W + "background"
_ROWS = (_ROW, W + "sdt")


def is_on_shade(run: Any, styles: Styles) -> bool:
    """Tell whether something is, or may be, shaded behind a run.

    A box has the colour of its shape, which is not looked up: white letters in one are taken to be seen.
    """
    inner = run
    for around in (run, *run.iterancestors()):
        if around.tag in _BOXES or around.find(_BACKGROUND) is not None or _is_shaded(around, inner, styles):
            return True
        inner = around
    return False


def _is_shaded(element: Any, inner: Any, styles: Styles) -> bool:
    """Tell whether an element is shaded, or may be by its style, where it holds another."""
    name = _PROPERTIES.get(element.tag)
    for properties in element.iterchildren(name) if name else ():
        for entry in properties:
            if entry.tag in GROUNDS and is_ground(entry):
                return True
            if entry.tag in _STYLES:
                style = entry.get(VAL, "")
                if style in styles.shaded or (style in styles.heads and _is_first_row(inner)):
                    return True
    return False


def _is_first_row(row: Any) -> bool:
    return next(row.itersiblings(*_ROWS, preceding=True), None) is None
