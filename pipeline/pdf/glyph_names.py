"""Ask a font inside a PDF, by the names and tables of its glyphs, which characters its codes stand for."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

_PUT = re.compile(rb"dup\s+(\d{1,3})\s*/([^\s/<>\[\](){}]{1,64})\s+put")
_SYMBOLIC = 4
_IDENTITY = frozenset({"/Identity-H", "/Identity-V"})
_ZAPF = "ZapfDingbats"
_UNICODE_TABLES = frozenset({(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (3, 1), (3, 10)})
_CODE_TABLES = ((3, 0), (1, 0))
"""By these a font without an encoding finds its glyphs."""
_SIGNS = 0xF000
"""Where symbol fonts keep their codes."""


def said_by_glyphs(font: Any) -> dict[int, str] | None:
    """Give what the glyphs of a font without a table of text say that they are.

    Args:
        font: of pikepdf.

    Returns:
        The text of each code of which the encoding alone does not tell it, empty when nothing tells;
        None when the encoding tells all.
    """
    kind = font.get("/Subtype")
    if kind == "/Type0":
        return _composite(font)
    if kind == "/TrueType":
        return _truetype(font)
    if kind == "/Type3":
        return _texts(_differences(font))  # pdfium gives no text for any of them
    if kind in ("/Type1", "/MMType1"):
        return _doubtful_names(_type1_names(font) | _differences(font), zapf=_ZAPF in str(font.get("/BaseFont", "")))
    return None


def named(font: Any) -> dict[int, str]:
    """Give the texts of the codes that the PDF itself gives names of glyphs, as far as those say it."""
    return {code: text for code, text in _texts(_differences(font)).items() if text}


def program_of(font: Any) -> Any:
    """Give the font program of a TrueType font, simple or composite, as fontTools opens it; None when there is none."""
    import logging

    from fontTools.ttLib import TTFont, TTLibError

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # it would tell the user of the dates of fonts

    stream = descriptor_of(font).get("/FontFile2")
    if stream is None:
        return None
    try:
        program = TTFont(io.BytesIO(stream.read_bytes()), lazy=True)
        program.getGlyphOrder()
        glyphs = program.get("glyf")
    except (TTLibError, ArithmeticError, AssertionError, LookupError, TypeError, ValueError, OSError):
        return None
    return None if glyphs is None else program


def glyph_of(font: Any) -> Mapping[int, int] | None:
    """Give the number of the glyph for each code of a composite font; None when both are the same."""
    import pikepdf

    table = _descendant(font).get("/CIDToGIDMap")
    if not isinstance(table, pikepdf.Stream):
        return None
    data = table.read_bytes()
    return {code: int.from_bytes(data[2 * code : 2 * code + 2], "big") for code in range(len(data) // 2)}


def _descendant(font: Any) -> Any:
    inner = font.get("/DescendantFonts")
    return font if inner is None else inner[0]


def descriptor_of(font: Any) -> Any:
    """Give what the file says of the looks of a font, simple or composite, and where its program is."""
    return _descendant(font).get("/FontDescriptor", {})


def _composite(font: Any) -> dict[int, str] | None:
    """A composite font whose codes are numbers of glyphs; a known table of characters tells all."""
    if font.get("/Encoding") not in _IDENTITY or str(_ordering(font)) != "Identity":
        return None
    program = program_of(font)
    if program is None:
        return {}
    said = _by_glyph(program)
    glyphs = glyph_of(font)
    count = len(program.getGlyphOrder())
    pairs = ((code, code) for code in range(count)) if glyphs is None else glyphs.items()
    return {code: said.get(glyph, "") for code, glyph in pairs if glyph}


def _ordering(font: Any) -> Any:
    return _descendant(font).get("/CIDSystemInfo", {}).get("/Ordering", "Identity")


def _truetype(font: Any) -> dict[int, str] | None:
    import pikepdf

    encoding = font.get("/Encoding")
    named = _doubtful_names(_differences(font))
    symbolic = int(descriptor_of(font).get("/Flags", 0)) & _SYMBOLIC
    based = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    if based is not None or not symbolic or "/FontFile2" not in descriptor_of(font):
        return named
    program = program_of(font)
    codes = range(int(font.get("/FirstChar", 0)), int(font.get("/LastChar", 255)) + 1)
    if program is None:
        return dict.fromkeys(codes, "") | _texts(_differences(font))
    said, glyphs = _by_glyph(program), by_code(program)
    return {code: said.get(glyphs[code], "") for code in codes if code in glyphs} | _texts(_differences(font))


def by_code(program: Any) -> dict[int, int]:
    """Give the number of the glyph that each code of one byte draws."""
    tables = (
        {(table.platformID, table.platEncID): table.cmap for table in program["cmap"].tables}
        if "cmap" in program
        else {}
    )
    found: dict[int, int] = {}
    for place in _CODE_TABLES:
        for code, name in tables.get(place, {}).items():
            found.setdefault(code & 0xFF if code >= _SIGNS else code, program.getGlyphID(name))
    return found


def _by_glyph(program: Any) -> dict[int, str]:
    """Give the text of each glyph by its name and by the font's own table of characters."""
    found: dict[int, str] = {}
    if "post" in program and program["post"].formatType == 2:
        for number, name in enumerate(program.getGlyphOrder()):
            if text := _text(name):
                found[number] = text
    for table in program["cmap"].tables if "cmap" in program else ():
        if (table.platformID, table.platEncID) in _UNICODE_TABLES:
            for code, name in table.cmap.items():
                if not 0xE000 <= code < 0xF900:
                    found.setdefault(program.getGlyphID(name), chr(code))
    return found


def names_of(font: Any) -> dict[int, str]:
    """Give the name of the glyph that each code of a simple font draws, as far as font and file say it."""
    import pikepdf

    encoding = font.get("/Encoding")
    based = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    named = _based_on(str(based)) | _type1_names(font) | _differences(font)
    return {code: name.removeprefix("/") for code, name in named.items()}


def text_of(name: str) -> str:
    """Give the text that the name of a glyph stands for; empty when it says none."""
    return _text(name)


def is_wide(font: Any, code: int) -> bool:
    """Tell whether a code of a simple font has a width, as one that is used has."""
    widths, place = font.get("/Widths", ()), code - int(font.get("/FirstChar", 0))
    return 0 <= place < len(widths) and float(widths[place]) > 0


@cache
def _based_on(encoding: str) -> dict[int, str]:
    """Give the names of an encoding that every PDF may build on."""
    from fontTools.agl import UV2AGL

    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(encoding)
    if codec is None:
        return {}
    letters = {code: bytes([code]).decode(codec, "replace") for code in range(0x20, 0x100)}
    return {code: UV2AGL[ord(letter)] for code, letter in letters.items() if ord(letter) in UV2AGL}


def _type1_names(font: Any) -> dict[int, str]:
    """Give the names by which an embedded font encodes its glyphs itself, unless the PDF gives another encoding."""
    import pikepdf

    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Name) or (isinstance(encoding, pikepdf.Dictionary) and "/BaseEncoding" in encoding):
        return {}
    descriptor = descriptor_of(font)
    if (program := descriptor.get("/FontFile")) is not None:
        return {int(code): f"/{name.decode('latin-1')}" for code, name in _PUT.findall(program.read_bytes())}
    if (program := descriptor.get("/FontFile3")) is not None and program.get("/Subtype") == "/Type1C":
        return _compact_names(program.read_bytes())
    return {}


def _compact_names(data: bytes) -> dict[int, str]:
    from fontTools.cffLib import CFFFontSet

    try:
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(data), None)
        encoding = fonts[0].Encoding
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
        return {}
    if isinstance(encoding, str):
        return {}
    return {code: f"/{name}" for code, name in enumerate(encoding) if name != ".notdef"}


def _differences(font: Any) -> dict[int, str]:
    """Give the names of the glyphs that the PDF itself gives to codes."""
    import pikepdf

    encoding = font.get("/Encoding")
    found: dict[int, str] = {}
    code = 0
    listed = encoding.get("/Differences", ()) if isinstance(encoding, pikepdf.Dictionary) else ()
    for each in listed:
        if isinstance(each, pikepdf.Name):
            found[code] = str(each)
            code += 1
        else:
            code = int(each)
    return found


def _texts(names: Mapping[int, str]) -> dict[int, str]:
    return {code: _text(name.removeprefix("/")) for code, name in names.items()}


def _doubtful_names(names: Mapping[int, str], *, zapf: bool = False) -> dict[int, str] | None:
    """Give the codes whose names say nothing; None when all names do."""
    silent = {
        code: "" for code, name in names.items() if name != "/.notdef" and not _text(name.removeprefix("/"), zapf=zapf)
    }
    return silent or None


@cache
def _text(name: str, *, zapf: bool = False) -> str:
    """Give the text that the name of a glyph stands for; empty when it is a name of somebody's own."""
    from fontTools.agl import toUnicode

    said = toUnicode(name, isZapfDingbats=zapf)
    return "" if any(0xE000 <= ord(letter) < 0xF900 for letter in said) else said
