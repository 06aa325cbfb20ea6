"""Find the runs of a Word document that are not plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.ooxml.names import VAL, W
from pipeline.readers.docx_styles import Styles, font_of, is_on
from pipeline.readers.symbols import is_symbol_font


@dataclass(frozen=True, slots=True)
class Look:
    """What the properties of a run say that reading must know."""

    hidden: bool | None = None
    placeholder: bool = False
    font: str = ""


USUAL = Look()
"""A run without anything special."""


def find_looks(root: Any, styles: Styles) -> dict[Any, Look]:
    """Find the runs that are not plain text, in one pass over the tree outside Python."""
    found: dict[Any, Look] = {}
    for entry in root.iter(W + "vanish", W + "rStyle", W + "rFonts"):
        properties = entry.getparent()
        run = None if properties is None or properties.tag != W + "rPr" else properties.getparent()
        if run is None or run.tag != W + "r":
            continue
        look = found.get(run, USUAL)
        if entry.tag == W + "vanish":
            found[run] = Look(is_on(entry), look.placeholder, look.font)
        elif entry.tag == W + "rFonts":
            font = font_of(entry)
            if is_symbol_font(font):
                found[run] = Look(look.hidden, look.placeholder, font)
        else:
            style = entry.get(VAL, "")
            hidden = styles.hidden.get(style) if look.hidden is None else look.hidden
            font = styles.fonts.get(style, "")
            font = look.font or (font if is_symbol_font(font) else "")
            if hidden is not None or font or style in styles.placeholders:
                found[run] = Look(hidden, look.placeholder or style in styles.placeholders, font)
    return found
