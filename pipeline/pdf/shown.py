"""Read what a form field shows on its page: the text that its own drawing prints, whatever the field holds."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pikepdf import PikepdfError

from pipeline.pdf import doc_encoding, glyph_names, plain, unicode_map
from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.same_text import coded, is_alone, is_plain, is_same, shows
from pipeline.pdf.written import DRAWINGS

_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_LONGEST = 200_000
"""Bytes of a drawing; a longer one is no text of a field."""
EMPTY = b"/Tx BMC EMC"  # the drawing of an empty field
_PLAINLY = re.compile(rb"(?:\(((?:[^()\\]++|\\[()\\])*+)\)|<([0-9A-Fa-f\s]*+)>)\s*+Tj\b")
"""A text as it stands, or in codes."""
_TYPED = re.compile(rb"/([!-$&'*-.0-;=?-Z\\^-z|~]++)\s++[\d.]++\s++Tf\b")
"""The choice of a font."""
_UNKNOWN = "\ufffd"
"""A letter of which the font does not say what it is; some programs draw anything for what their font lacks."""
_SIGNS = re.compile("Zapf|Symbol|Wingding|Webding|Dingbat", re.IGNORECASE)
_SYMBOLIC = 4
_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_CODES = bytes(range(256))
_APART = -200
"""Thousandths of the size of a letter; where the next one stands farther, a space is seen."""

_WRONG = (PikepdfError, ValueError, TypeError, AttributeError, LookupError, RuntimeError)
"""What a badly made drawing or font ends in: then it tells nothing."""


class _Texts(dict[int, str | int]):
    """The letter of each code of a font."""

    def __missing__(self, code: int) -> str:
        return _UNKNOWN


class _Font(NamedTuple):
    """How codes become letters."""

    texts: _Texts
    coding: str
    """In which the codes stand: of one byte, or of two."""

    def letters(self, codes: bytes) -> str:
        """Give the letters of some codes."""
        return codes.decode(self.coding, "replace").translate(self.texts)


class Drawings:
    """Reads the drawings of the fields of one file."""

    def __init__(self, objects: Objects, form: Mapping[str, Value]) -> None:
        """Prepare to read.

        Args:
            objects: gives what stands in the file.
            form: the dictionary of all fields.
        """
        self._objects = objects
        self._form = form
        self._fonts: dict[tuple[int, int], _Font | None] = {}

    def shows(self, shown: Value, text: str) -> bool:
        """Tell at first sight whether a place of a field shows the text that it holds.

        Args:
            shown: the drawings of the place.
            text: as it stands in the file.
        """
        known = DRAWINGS[shown] if type(shown) is str else None
        drawing = self._objects.stream(known) if known else None
        return drawing is not None and is_alone(drawing, text.encode("latin-1"))

    def other_text(self, shown: Value, flags: int, texts: tuple[str, ...]) -> str:
        """Give the text that a field shows, where it is another than what the field holds.

        Args:
            shown: the drawings of its place.
            flags: of the field.
            texts: what it holds, in each way that it may be shown.

        Returns:
            Empty when it shows the same or nothing, or when what it shows cannot be told.
        """
        if flags & _PASSWORD:
            return ""
        known = DRAWINGS[shown] if type(shown) is str else None
        drawing = self._objects.stream(known) if known else None
        if drawing is None:
            drawing = self._objects.content(self._objects.dictionary(shown).get("/N"))
        if drawing == EMPTY or len(drawing) > _LONGEST:
            return ""
        held = {text: coded(text) for text in texts}
        for codes in held.values():
            if codes is not None and is_alone(drawing, codes):
                return ""
        return self._other_text(drawing, shown, flags, held)

    def _other_text(self, drawing: bytes, shown: Value, flags: int, texts: Mapping[str, bytes | None]) -> str:
        """Look at a drawing that does not show plainly what the field holds: some texts, here with their codes."""
        cut = bool(flags & _MULTILINE)
        pieces = _PLAINLY.split(drawing)
        beside, plainly, in_digits = b" ".join(pieces[::3]), pieces[1::3], pieces[2::3]
        if not shows(beside):
            if not plainly:
                return ""
            if None not in plainly:
                for text, codes in texts.items():
                    if is_plain(plainly, text, codes, cut=cut):
                        return ""
        try:
            with warnings.catch_warnings(action="ignore"):  # pikepdf warns of a drawing that breaks off
                stream = self._objects.made(self._objects.dictionary(shown).get("/N"))
                seen = None if shows(beside) or None in in_digits else self._decoded(in_digits, beside, stream)
                if seen is None or not any(is_same(seen, text, cut=cut) for text in texts):
                    seen = self._text_of(stream)
        except _WRONG:
            return ""
        if seen is None or not seen.strip() or _UNKNOWN in seen:
            return ""
        if flags & _COMB:
            seen = "".join(seen.split())
        if any(is_same(seen, text, cut=cut) for text in texts):
            return ""
        return "\n".join(" ".join(line.split()) for line in seen.strip().splitlines())

    def _decoded(self, in_digits: list[bytes], beside: bytes, stream: Any) -> str | None:
        """Give the text of codes in one font; None when there are more of those, or it says nothing.

        Args:
            in_digits: the codes, hexadecimal.
            beside: the rest of the drawing.
            stream: the drawing.
        """
        fonts = _TYPED.findall(beside)
        font = self._font("/" + fonts[0].decode(), stream) if len(fonts) == 1 == beside.count(b"Tf") else None
        return font and font.letters(bytes.fromhex(b"".join(in_digits).decode()))

    def _text_of(self, stream: Any) -> str | None:
        """Give the text of a drawing, its lines apart; None when part of it cannot be told."""
        import pikepdf

        font: _Font | None = None
        base: Any = None
        parts: list[str] = []
        for instruction in pikepdf.parse_content_stream(stream):
            operands, sign = instruction.operands, str(instruction.operator)
            if sign == "Tf":
                font = self._font(str(operands[0]), stream)
            elif sign == "Do":
                return None
            elif sign in ("Tj", "TJ", "'", '"'):
                if font is None:
                    return None
                if sign in ("'", '"'):
                    parts.append("\n")
                parts += _pieces(operands[-1], font)
            elif sign in ("T*", "BT"):
                parts.append("\n")
            elif sign in ("Td", "TD"):
                parts.append("\n" if operands[1] else " ")
            elif sign == "Tm":
                parts.append(" " if operands[5] == base else "\n")
                base = operands[5]
        return "".join(parts)

    def _font(self, name: str, stream: Any) -> _Font | None:
        """Find a font by the name that a drawing gives it, among its own or those of the form."""
        import pikepdf

        own = stream.get("/Resources", {}).get("/Font", {}).get(name)
        shared = self._objects.dictionary(self._objects.dictionary(self._form.get("/DR")).get("/Font")).get(name)
        font = self._objects.made(shared) if own is None else own
        if not isinstance(font, pikepdf.Dictionary):
            return None
        known = font.objgen
        if not known[0]:
            return _read_font(font)
        if known not in self._fonts:
            self._fonts[known] = _read_font(font)
        return self._fonts[known]


def _pieces(shown: Any, font: _Font) -> Iterator[str]:
    for piece in shown if plain.kind(shown) is plain.ARRAY else [shown]:
        if plain.kind(piece) is plain.STRING:
            yield font.letters(bytes(piece))
        elif plain.kind(piece) is None and piece < _APART:
            yield " "


def _read_font(font: Any) -> _Font | None:
    """Read how a font encodes its letters; None when it does not say so, or draws signs."""
    table = plain.content(font.get("/ToUnicode"))
    if font.get("/Subtype") == "/Type0":
        return _Font(_Texts(unicode_map.parse(table)), "utf-16-be") if table else None
    if _SIGNS.search(str(font.get("/BaseFont", ""))):
        return None
    encoding = font.get("/Encoding")
    based = str(encoding.get("/BaseEncoding", "")) if plain.dictionary(encoding) else str(encoding)
    if not table and encoding is None and plain.number(font.get("/FontDescriptor", {}).get("/Flags")) & _SYMBOLIC:
        return None
    if based == "/PDFDocEncoding":
        texts = _Texts(enumerate(doc_encoding.decode(_CODES, "replace")))
    else:
        texts = _Texts(enumerate(_CODES.decode(_ENCODINGS.get(based, "cp1252"), "replace")))
    texts.update(glyph_names.named(font))
    texts.update(unicode_map.parse(table))
    return _Font(texts, "latin-1")
