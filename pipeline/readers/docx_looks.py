"""Find the runs of a Word document that are not plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pipeline.ooxml.markup import value
from pipeline.ooxml.names import VAL, W
from pipeline.readers.colours import named_stands_out
from pipeline.readers.docx_shades import is_lost, is_tiny
from pipeline.readers.docx_styles import UNMARKED, UNSHADED, Styles, font_of, is_on, is_raised, is_struck
from pipeline.readers.symbols import is_symbol_font
from pipeline.records import record

_STYLE, _FONTS, _VANISH = W + "rStyle", W + "rFonts", W + "vanish"
_ALIGNED, _MARKED, _BOLD, _UNDERLINED, _SHADED, _COLOUR, _SIZE = (
    W + name for name in ("vertAlign", "highlight", "b", "u", "shd", "color", "sz")
)
_STRIKES = (W + "strike", W + "dstrike")
_PROPERTIES, _RUN = W + "rPr", W + "r"
_OUTSTANDING: dict[str, Callable[[Any], bool]] = {
    _MARKED: lambda entry: entry.get(VAL, "none") not in UNMARKED,
    _UNDERLINED: lambda entry: entry.get(VAL, "none") != "none",
    _COLOUR: lambda entry: named_stands_out(entry.get(VAL, "auto")),
}
"""What makes words stand out anywhere, and whether it does."""
_BESIDE_BOXES: dict[str, Callable[[Any], bool]] = {
    **_OUTSTANDING,
    _BOLD: is_on,
    _SHADED: lambda entry: entry.get(W + "fill", "auto") not in UNSHADED,
}
"""The same beside boxes: labels and header rows are bold too, and so many that looking at all of them takes time."""


@record
class Look:
    """What the properties of a run say that reading must know."""

    hidden: bool | None = None
    placeholder: bool = False
    font: str = ""
    struck: bool | None = None
    """Drawn with a line through it: withdrawn by hand, though it still stands there; None as its paragraph's style."""
    raised: bool | None = None
    """In superscript: the mark of a note, or a power; None as its paragraph's style."""
    marked: bool = False
    """Highlighted, underlined or coloured."""
    unseen: bool = False
    """White on white, or of a point or two."""


USUAL = Look()
"""A run without anything special."""
_STANDS_OUT = Look(marked=True)
_UNSEEN = Look(unseen=True)


def find_looks(root: Any, styles: Styles) -> dict[Any, Look]:
    """Find the runs that are not plain text, in one pass over the tree outside Python."""
    found: dict[Any, Look] = {}
    by_style: dict[str, Look] = {}
    for entry in root.iter(_STYLE, _FONTS, _VANISH, _ALIGNED, _SIZE, *_OUTSTANDING, *_STRIKES):
        tag = entry.tag
        if tag == _FONTS:
            font = font_of(entry) if any(map(is_symbol_font, entry.values())) else ""
            look = Look(font=font) if is_symbol_font(font) else USUAL
        elif tag == _STYLE:
            style = value(entry)
            if style not in by_style:
                by_style[style] = _of_style(styles, style)
            look = by_style[style]
        elif tag == _ALIGNED:
            look = Look(raised=is_raised(entry.getparent()))
        elif tag == _SIZE:
            look = _UNSEEN if is_tiny(entry) else USUAL
        elif tag in _OUTSTANDING:
            look = _STANDS_OUT if _OUTSTANDING[tag](entry) else USUAL
            if tag == _COLOUR and look is USUAL and is_lost(entry, styles):
                look = _UNSEEN
        elif tag in _STRIKES:
            look = Look(struck=is_struck(entry.getparent()))
        else:
            look = Look(is_on(entry))
        if look is USUAL:
            continue
        properties = entry.getparent()
        if properties is not None and properties.tag == _PROPERTIES:
            owner = properties.getparent()  # a run, or what nobody asks for: the mark of a paragraph
            known = found.get(owner)
            found[owner] = look if known is None else _add(known, look)
    return found


def outstanding(pieces: Iterable[Any]) -> list[str]:
    """Give the words of a paragraph with boxes that stand out, with a line end where others stand between them.

    Args:
        pieces: what the paragraph holds; runs that stand in none are one too.
    """
    said: list[str] = []
    for run in (run for piece in pieces for run in piece.iter(_RUN)):
        looks = run.find(_PROPERTIES)
        marked = looks is not None and any(_BESIDE_BOXES[look.tag](look) for look in looks.iterchildren(*_BESIDE_BOXES))
        said += [text.text or "" for text in run.iterchildren(W + "t")] if marked else ["\n"]
    return said


def _of_style(styles: Styles, name: str) -> Look:
    font = styles.fonts.get(name, "")
    shown = font if is_symbol_font(font) else ""
    struck, raised = styles.struck.get(name), styles.raised.get(name)
    look = Look(styles.hidden.get(name), name in styles.placeholders, shown, struck, raised)
    return USUAL if look == USUAL else look


def _add(look: Look, more: Look) -> Look:
    """Add what a later property says; a style stands first, so what the run itself says wins."""
    hidden = look.hidden if more.hidden is None else more.hidden
    struck = look.struck if more.struck is None else more.struck
    placeholder, font = look.placeholder or more.placeholder, more.font or look.font
    raised = look.raised if more.raised is None else more.raised
    return Look(hidden, placeholder, font, struck, raised, look.marked or more.marked, look.unseen or more.unseen)
