"""Find the runs of a Word document that are not plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pipeline.ooxml.markup import value
from pipeline.ooxml.names import VAL, W
from pipeline.readers.colours import named_stands_out
from pipeline.readers.docx_ink import UNMARKED, UNSHADED, is_pale, is_tiny
from pipeline.readers.docx_styles import USUAL, Look, Styles, font_of, is_on, is_raised, is_struck
from pipeline.readers.symbols import is_symbol_font

_STYLE, _FONTS, _VANISH = W + "rStyle", W + "rFonts", W + "vanish"
_ALIGNED, _MARKED, _BOLD, _UNDERLINED, _SHADED, _COLOUR, _SIZE = (
    W + name for name in ("vertAlign", "highlight", "b", "u", "shd", "color", "sz")
)
_STRIKES = (W + "strike", W + "dstrike")
_PROPERTIES, _RUN, _PARAGRAPH = W + "rPr", W + "r", W + "p"
_TABLE_STYLE, _PARAGRAPH_STYLE = W + "tblStyle", f"{W}pPr/{W}pStyle"
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


_STANDS_OUT, _TINY, _WHITE = Look(marked=True), Look(tiny=True), Look(white=True)
_READABLE, _DARK, _COLOURED = Look(tiny=False), Look(white=False), Look(white=False, marked=True)
"""What a run says only where a style makes others of its like small or white."""


def find_looks(root: Any, styles: Styles) -> dict[Any, Look]:
    """Find the runs that are not plain text, in one pass over the tree outside Python."""
    found = _in_white_tables(root, styles) if styles.white else {}
    for entry in root.iter(_STYLE, _FONTS, _VANISH, _ALIGNED, _SIZE, *_OUTSTANDING, *_STRIKES):
        tag = entry.tag
        if tag == _FONTS:
            font = font_of(entry) if any(map(is_symbol_font, entry.values())) else ""
            look = Look(font=font) if is_symbol_font(font) else USUAL
        elif tag == _STYLE:
            look = styles.looks.get(value(entry), USUAL)
        elif tag == _ALIGNED:
            look = Look(raised=is_raised(entry.getparent()))
        elif tag == _SIZE:
            look = _TINY if is_tiny(entry) else _READABLE if styles.shrinks else USUAL
        elif tag == _COLOUR:
            look = _in_colour(entry, styles)
        elif tag in _OUTSTANDING:
            look = _STANDS_OUT if _OUTSTANDING[tag](entry) else USUAL
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
            found[owner] = look if known is None else look.over(known)  # a style stands first, what the run says wins
    return found


def _in_colour(colour: Any, styles: Styles) -> Look:
    """Give what a colour comes to: letters that stand out, white ones, or others where a style makes them white."""
    if _OUTSTANDING[_COLOUR](colour):
        return _COLOURED if styles.whitens else _STANDS_OUT
    return _WHITE if is_pale(colour) else _DARK if styles.whitens else USUAL


def _in_white_tables(root: Any, styles: Styles) -> dict[Any, Look]:
    """Give the runs of tables with white letters, unless the style of their paragraph gives them another colour."""
    return {
        run: _WHITE
        for style in root.iter(_TABLE_STYLE)
        if value(style) in styles.white
        for paragraph in style.getparent().getparent().iter(_PARAGRAPH)
        if styles.look(_style_of(paragraph)).white is None
        for run in paragraph.iter(_RUN)
    }


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(_PARAGRAPH_STYLE)
    return "" if style is None else value(style)


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
