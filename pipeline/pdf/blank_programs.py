"""Put a square in the program of a font for each of some codes of which it draws nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from struct import error
from typing import Any

from pipeline.pdf import glyph_names

_KEY, _PROGRAM_KEY = 4330, 55665
"""With which the glyphs of a Type 1 font are encrypted, and the part of it that holds them."""
_GLYPH = re.compile(rb"/([^\s/<>\[\](){}]{1,64})\s+(\d{1,5})\s+(?:RD|-\|) ")
_SKIPPED = re.compile(rb"/lenIV\s+(\d)\b")
_MOVES = frozenset({"hsbw", "sbw", "endchar"})
"""What a glyph of such a font does that draws nothing."""
_LONGEST = 40
"""Bytes of a glyph that draws nothing, at most."""
_SQUARE = ((0.0, 0.0), (0.0, 0.6), (0.6, 0.6), (0.6, 0.0))
"""Its corners, in sizes of the font."""
_LACKING = ".notdef"
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, OSError, error)
"""What the libraries raise on a program that is not well-formed."""


def draw_squares(pdf: Any, font: Any, codes: Iterable[int]) -> set[int]:
    """Change the program of a font so that it draws something for each of these codes.

    Args:
        pdf: of pikepdf.
        font: of it.
        codes: of the font that are more than spaces.

    Returns:
        The codes of which it drew nothing. A program that cannot be read is left as it is.
    """
    from fontTools.misc.psCharStrings import CharStringCompileError
    from fontTools.ttLib import TTLibError

    descriptor = glyph_names.descriptor_of(font)
    for key, draw in (("/FontFile2", _truetype), ("/FontFile3", _compact), ("/FontFile", _type1)):
        if key in descriptor:
            try:
                return draw(pdf, font, descriptor, codes)
            except (*_FAULTS, CharStringCompileError, TTLibError):
                return set()
    return set()


def _truetype(pdf: Any, font: Any, descriptor: Any, codes: Iterable[int]) -> set[int]:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    program = glyph_names.program_of(font)
    if program is None:
        return set()
    if font.get("/Subtype") == "/Type0":
        glyphs = glyph_names.glyph_of(font) or {code: code for code in codes}
    elif "/Encoding" in font:
        return set()  # it goes by names that this font has, or it would not have been chosen
    else:
        glyphs = glyph_names.by_code(program)
    outlines, order = program["glyf"], program.getGlyphOrder()
    names = {code: order[glyph] for code in codes if (glyph := glyphs.get(code, 0)) < len(order)}
    blank = {code: name for code, name in names.items() if not outlines[name].numberOfContours}
    for name in set(blank.values()):
        pen = TTGlyphPen(None)
        _draw(pen, program["head"].unitsPerEm)
        outlines[name] = pen.glyph()
    if blank:
        program.save(made := io.BytesIO())
        descriptor.FontFile2 = pdf.make_stream(made.getvalue())
    return set(blank)


def _compact(pdf: Any, font: Any, descriptor: Any, codes: Iterable[int]) -> set[int]:
    """In a program of the Compact Font Format."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.boundsPen import ControlBoundsPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    stream = descriptor.FontFile3
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(stream.read_bytes()), None)
    glyphs = fonts[0].CharStrings
    simple = font.get("/Subtype") != "/Type0"
    if simple:
        names = glyph_names.names_of(font)
    elif hasattr(fonts[0], "ROS"):
        names = {code: f"cid{code:05d}" for code in codes}
    else:
        names = dict(enumerate(fonts[0].charset))
    blank: dict[int, str] = {}
    for code in codes:
        name = names.get(code, _LACKING)
        name = name if name in glyphs else _LACKING
        glyphs[name].draw(pen := ControlBoundsPen(None))
        if pen.bounds is None:
            blank[code] = name
    if simple:
        return _leave_out(pdf, font, "/FontFile3", set(blank))
    for name in set(blank.values()):
        square = T2CharStringPen(None, None)
        _draw(square, 1000)
        glyphs[name].setProgram(square.getCharString().program)
    if blank:
        fonts.compile(made := io.BytesIO(), TTFont(recalcBBoxes=False))
        descriptor.FontFile3 = pdf.make_stream(made.getvalue(), Subtype=stream.Subtype)
    return set(blank)


def _type1(pdf: Any, font: Any, descriptor: Any, codes: Iterable[int]) -> set[int]:
    drawn = _drawn_by(descriptor.FontFile.read_bytes())
    names = glyph_names.names_of(font)
    blank = {code for code in codes if not drawn.get(names.get(code, _LACKING), drawn.get(_LACKING, True))}
    return _leave_out(pdf, font, "/FontFile", blank)


def _leave_out(pdf: Any, font: Any, program: str, blank: set[int]) -> set[int]:
    """Leave the program of a simple font out: any other has its glyphs by their names, and as good as a square in H."""
    from pikepdf import Array, Dictionary, Name

    names = glyph_names.names_of(font)
    if blank:
        listed: list[Any] = []
        for code in range(0x100):
            listed += [code, Name("/H" if code in blank else f"/{names.get(code, _LACKING)}")]
        font.Encoding = pdf.make_indirect(Dictionary(Type=Name.Encoding, Differences=Array(listed)))
        del glyph_names.descriptor_of(font)[program]
    return blank


def _drawn_by(program: bytes) -> dict[str, bool]:
    """Tell of each glyph of a Type 1 program, by its name, whether it draws anything."""
    from fontTools.misc import eexec
    from fontTools.misc.psCharStrings import T1CharString

    start = re.search(rb"eexec[\r\n ]{1,2}", program)
    if start is None:
        return {}
    secret = program[start.end() :]
    if re.match(rb"[0-9A-Fa-f\s]{8}", secret):
        digits = re.sub(rb"\s", b"", secret)
        secret = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    plain, _rest = eexec.decrypt(secret, _PROGRAM_KEY)
    skipped = int(found[1]) if (found := _SKIPPED.search(plain)) else 4
    drawn: dict[str, bool] = {}
    for glyph in _GLYPH.finditer(plain):
        length = int(glyph[2])
        name = glyph[1].decode("latin-1")
        drawn[name] = True
        if length <= _LONGEST:
            code, _rest = eexec.decrypt(plain[glyph.end() : glyph.end() + length], _KEY)
            outline = T1CharString(code[skipped:], subrs=[])
            outline.decompile()
            drawn[name] = any(isinstance(word, str) and word not in _MOVES for word in outline.program)
    return drawn


def _draw(pen: Any, size: int) -> None:
    first, *others = [(round(x * size), round(y * size)) for x, y in _SQUARE]
    pen.moveTo(first)
    for corner in others:
        pen.lineTo(corner)
    pen.closePath()
