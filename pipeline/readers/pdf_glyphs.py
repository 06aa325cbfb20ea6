"""Ask pdfium where the characters of a page stand and how they look."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from itertools import repeat
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.document import Box
from pipeline.pdf import LIKELY, UNKNOWN, UNSEEN
from pipeline.readers import pdf_calls as calls
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_spaces import characters
from pipeline.records import record

_WIDEST_SPACE = 0.28
_SILENT = re.compile("[\0\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uefff\uf100-\uf8ff]")
"""What a glyph says that says nothing: no text, a control, a character of somebody's own."""
_SOFT = re.compile(r"\u00ad(?=\S)")
"""A soft hyphen inside a line: there it is printed as any other."""
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_SEEN = 0.1
"""Points that a space is wide, at least, and high, at most."""
_QUARTER = math.pi / 2
_SLANTED = math.radians(10)
"""From the nearest right angle; what a scanner's program put under a crooked picture is nearer."""
_SIDES = Struct("4f")
"""The fields of a rectangle of pdfium: left, top, right, bottom."""
_POINT = Struct("2d")
"""Those of a point."""
_LOOK, _COLOUR_AT, _MATRIX_AT = Struct("f4I4f"), 4, 20
"""Those of a look: a size, a colour (red, green, blue and how opaque), and of a matrix what does not say where; and
where the colour and the matrix begin."""


@record
class Style:
    """How a piece of text looks, and its mark in the structure tree."""

    size: float = 0.0
    bold: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    invisible: bool = False
    mark: int = -1
    """Marked-content number on the page; -1 when unmarked."""
    space: float = 0.0
    """Width of a space, or the most that it can be."""
    slanted: bool = False
    """It stands aslant, as a watermark over a page does."""


@dataclass(slots=True)
class Piece:
    """Text that was drawn in one go."""

    style: Style
    bottom: float = float("nan")
    """Where a character of it was seen to end; others that end there stand on the same baseline."""
    base: float = 0.0
    """That baseline."""


class Glyphs:
    """The characters of a page, by their index. Asking pdfium is most of the work, so nothing is asked twice."""

    def __init__(self, text_page: Any, frame: Frame, *, by_number: bool = True) -> None:
        """Take the text of a page.

        Args:
            text_page: of pdfium.
            frame: of the page.
            by_number: codes may be numbers of glyphs, which pdfium takes for characters where the file says no text.
        """
        self.upright = frame.turn == 0
        self._frame = frame
        count = pdfium.FPDFText_CountChars(text_page)
        self._text_page = text_page
        text = characters(text_page, count) if count > 0 else ""
        if by_number:
            lacking = [*map(calls.lacks_text, repeat(text_page, count), range(count))]
            if 1 in lacking:  # which is rare, and nearly all files of browsers and of Word have to be asked
                text = "".join("\0" if lacks == 1 else sign for sign, lacks in zip(text, lacking, strict=True))
        if not text.isprintable() and _SILENT.search(text):
            text = _SILENT.sub(self._unknown, text)
        self.text = _SOFT.sub("-", text) if "\u00ad" in text else text
        """One character for each index."""
        self.corner = frame.left, frame.top
        """Of the page, as the file counts."""
        self._rect = calls.Sides()
        self._into = ctypes.byref(self._rect)
        self._point = calls.Point()
        self._into_point = ctypes.byref(self._point), ctypes.byref(self._point, _POINT.size // 2)
        self._looks = _Looks()
        self.pieces: dict[int, Piece] = {}
        """Those that were asked for, by where pdfium keeps them."""

    def _unknown(self, silent: re.Match[str]) -> str:
        """Give what stands for a glyph that says nothing: a space when nothing of it is seen."""
        if silent.group() in (LIKELY, UNSEEN):
            return silent.group()
        sides = [ctypes.c_double() for _side in range(4)]  # left, right, bottom, top
        found = pdfium.FPDFText_GetCharBox(self._text_page, silent.start(), *sides)
        left, right, bottom, top = (side.value for side in sides)
        blank = found and right - left > _SEEN and top - bottom < _SEEN
        return " " if blank else UNKNOWN

    def box(self, index: int) -> Box:
        """Give the room that a character takes on its line, whatever its shape."""
        calls.loose_char_box(self._text_page, index, self._into)
        left, top, right, bottom = _SIDES.unpack(self._rect)
        if self.upright:  # as nearly all are; a call less for each character
            x, y = self.corner
            return left - x, y - top, right - x, y - bottom
        return self._frame.box(left, bottom, right, top)

    def origin(self, index: int) -> tuple[float, float]:
        """Give where the pen stood to draw a character: left, on the baseline."""
        calls.char_origin(self._text_page, index, *self._into_point)
        x, y = _POINT.unpack(self._point)
        if self.upright:
            return x - self.corner[0], self.corner[1] - y
        return self._frame.box(x, y, x, y)[:2]

    def pen(self, piece: Piece, index: int, left: float, bottom: float) -> tuple[float, float]:
        """Give where the pen stood to draw a character of a piece of upright text, asking pdfium where need be.

        Args:
            piece: of which it is.
            index: of the character.
            left: of the room that it takes on its line.
            bottom: of that room.
        """
        if bottom == piece.bottom:
            return left, piece.base
        at, base = self.origin(index)
        if at == left:  # then so will the next characters of this piece
            piece.bottom, piece.base = bottom, base
        return at, base

    def piece(self, index: int) -> Piece:
        """Give the piece of text in which a character was drawn."""
        address = calls.text_object(self._text_page, index)
        piece = self.pieces.get(address)
        if piece is None:
            slanted = _SLANTED < calls.char_angle(self._text_page, index) % _QUARTER < _QUARTER - _SLANTED
            if not address:
                return Piece(Style(slanted=slanted))
            piece = self.pieces[address] = Piece(self._looks.style(address, slanted=slanted))
        return piece

    def has_space(self, index: int) -> bool:
        """Tell whether a space was printed at an index; pdfium makes some of gaps."""
        return self.text.startswith(" ", index) and not calls.is_generated(self._text_page, index)


class _Looks:
    """Tells how pieces of text look; each look, and each font, is looked at once."""

    def __init__(self) -> None:
        self._fonts: dict[int | None, tuple[bool, float]] = {}
        self._known: dict[tuple[bytes, int | None, int, bool], Style] = {}
        look = calls.Look()
        self._size, self._matrix = ctypes.byref(look), ctypes.byref(look, _MATRIX_AT)
        self._channels = [ctypes.byref(look, _COLOUR_AT + 4 * number) for number in range(4)]
        self._look = memoryview(look).cast("B")[: _LOOK.size]

    def style(self, address: int, *, slanted: bool) -> Style:
        piece = ctypes.c_void_p(address)
        calls.font_size(piece, self._size)
        calls.fill_colour(piece, *self._channels)
        calls.matrix_of(piece, self._matrix)
        key = self._look.tobytes(), calls.font_of(piece), calls.render_mode(piece), slanted
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._style(*key)
        mark = calls.mark_of(piece)
        if mark == known.mark:
            return known
        return Style(known.size, known.bold, known.colour, known.invisible, mark, known.space, slanted)

    def _style(self, look: bytes, font: int | None, mode: int, slanted: bool) -> Style:
        """Give the style of unmarked text."""
        size, red, green, blue, _alpha, _a, _b, c, d = _LOOK.unpack(look)
        size *= (c**2 + d**2) ** 0.5
        bold, space = self._font(font)
        return Style(round(size, 1), bold, (red, green, blue), mode == _INVISIBLE, -1, space * size, slanted)

    def _font(self, address: int | None) -> tuple[bool, float]:
        """Tell whether a font is bold, and give the width of its space as a share of the size."""
        if address not in self._fonts:
            font = ctypes.cast(address or 0, pdfium.FPDF_FONT)
            name = calls.Name()
            length = pdfium.FPDFFont_GetBaseFontName(font, name, 256) if address else 0
            said = name.raw[: max(0, min(length, 256) - 1)].decode("latin-1").lower()
            width = ctypes.c_float()
            known = pdfium.FPDFFont_GetGlyphWidth(font, ord(" "), 1000.0, width) and 150 < width.value < 400
            self._fonts[address] = (
                "bold" in said or "black" in said or "heavy" in said,
                width.value / 1000 if known else _WIDEST_SPACE,
            )
        return self._fonts[address]
