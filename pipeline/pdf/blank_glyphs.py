"""Find the characters of a PDF that its fonts draw as nothing, and let them be seen by whoever reads its text.

Where a program finds no font that has a character, it draws what a font has for what it lacks (.notdef), and in some
fonts that is nothing. So LibreOffice prints ☐ and ☒ where the fonts of Ghostscript are those that are left. The file
may still say which character it is, but pdfium gives no text of a piece of which nothing is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from struct import error, unpack_from
from typing import Any

from pipeline.pdf import blank_programs, glyph_names
from pipeline.pdf.marks import UNKNOWN, UNSEEN
from pipeline.pdf.raw_objects import RawObjects
from pipeline.pdf.said_texts import SaidTexts

_OTHER_PROGRAMS = re.compile(rb"/FontFile(?:3\b|\s)")
_FONT = re.compile(rb"/Subtype\s*/(TrueType|Type0)\b")
_TABLE, _INNER, _DESCRIPTOR, _PROGRAM = (
    re.compile(rb"/" + name + rb"\s*\[?\s*(\d+)\s+(\d+)\s+R")
    for name in (b"ToUnicode", b"DescendantFonts", b"FontDescriptor", b"FontFile2")
)
_EMPTY_BOX = "☐"
"""Says as little as the white that is seen in its place."""


def may_draw_nothing(objects: RawObjects, texts: SaidTexts) -> bool:
    """Tell from the bytes of a PDF whether a font of it may draw a character other than a space as nothing."""
    data = objects.data
    if _OTHER_PROGRAMS.search(data):
        return True
    for font in _FONT.finditer(data):
        said = data[data.rfind(b" obj", 0, font.start()) : data.find(b"endobj", font.start())]
        table = _TABLE.search(said)
        if table is None:
            continue  # whether it says its characters is looked at elsewhere
        inner = _INNER.search(said)
        descriptor = _DESCRIPTOR.search(said if inner is None else _object(objects, inner))
        program = _PROGRAM.search(_object(objects, descriptor)) if descriptor else None
        told = texts.table(*table.groups()) or {}
        if program and _leaves_out(_stream(objects, program), told, simple=inner is None):
            return True
    return False


def _object(objects: RawObjects, reference: re.Match[bytes]) -> bytes:
    return objects.object(reference[1], reference[2]) or b""


def _stream(objects: RawObjects, reference: re.Match[bytes]) -> bytes:
    return objects.stream(reference[1], reference[2]) or b""


def _leaves_out(program: bytes, texts: Mapping[int, str], *, simple: bool) -> bool:
    """Tell whether a TrueType program may draw nothing for a code that stands for more than a space."""
    try:
        ends = _ends(program)
    except (error, KeyError):
        return True
    empty = {glyph for glyph, (start, end) in enumerate(pairwise(ends)) if start == end}
    if simple:  # the codes are not numbers of glyphs, but no more of them than the spaces may be empty
        return len(empty - {0}) > sum(not text.strip() for text in texts.values())
    return any(text.strip() and code in empty for code, text in texts.items())


def _ends(program: bytes) -> tuple[int, ...]:
    """Give where the outlines of a TrueType program start and end."""
    (count,) = unpack_from(">H", program, 4)
    tables = {program[12 + 16 * n : 16 + 16 * n]: unpack_from(">I", program, 20 + 16 * n)[0] for n in range(count)}
    (long,) = unpack_from(">h", program, tables[b"head"] + 50)
    (glyphs,) = unpack_from(">H", program, tables[b"maxp"] + 4)
    return unpack_from(f">{glyphs + 1}{'I' if long else 'H'}", program, tables[b"loca"])


def let_be_seen(pdf: Any, font: Any, texts: Mapping[int, str]) -> dict[int, str]:
    """Draw something where a font draws nothing for more than a space.

    Args:
        pdf: of pikepdf; the font in it is changed.
        font: of it.
        texts: what its codes stand for, as far as the file says it.

    Returns:
        The text of each code that is now seen; what the page does not show, except an empty box, is marked UNSEEN.
    """
    if font.get("/Subtype") == "/Type0":
        said = dict(texts)
    else:
        names = glyph_names.names_of(font)
        used = [code for code in range(0x100) if glyph_names.is_wide(font, code)]
        said = {code: texts.get(code) or glyph_names.text_of(names.get(code, "")) for code in used}
    wanted = {code: text for code, text in said.items() if text.strip() or not text}
    return {code: _marked(wanted[code]) for code in blank_programs.draw_squares(pdf, font, wanted)}


def _marked(text: str) -> str:
    if not text:
        return UNKNOWN
    return text if text == _EMPTY_BOX else text + UNSEEN
