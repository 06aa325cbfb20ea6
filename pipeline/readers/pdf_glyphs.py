"""Ask pdfium where the characters of a page stand and how they look."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.document import Box
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_spaces import characters

_WIDEST_SPACE = 0.28
_NOWHERE = bytes(ctypes.sizeof(ctypes.c_void_p))
"""How an object looks that is not there."""


class Style(NamedTuple):
    """How a piece of text looks, and its mark in the structure tree."""

    size: float = 0.0
    bold: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    invisible: bool = False
    mark: int = -1
    """Marked-content number on the page; -1 when unmarked."""
    space: float = 0.0
    """Width of a space, or the most that it can be."""


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

    def __init__(self, text_page: Any, frame: Frame) -> None:
        self.frame = frame
        count = pdfium.FPDFText_CountChars(text_page)
        self.text = characters(text_page, count) if count > 0 else ""
        """One character for each index."""
        self._text_page = text_page
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._looks = _Looks()
        self._pieces: dict[bytes, Piece] = {}

    def box(self, index: int) -> Box:
        """Give the room that a character takes on its line, whatever its shape."""
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._text_page, index, rect)
        return self.frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def origin(self, index: int) -> tuple[float, float]:
        """Give where the pen stood to draw a character: left, on the baseline."""
        pdfium.FPDFText_GetCharOrigin(self._text_page, index, self._x, self._y)
        x, y = self._x.value, self._y.value
        return self.frame.box(x, y, x, y)[:2]

    def piece(self, index: int) -> Piece:
        """Give the piece of text in which a character was drawn."""
        drawn = pdfium.FPDFText_GetTextObject(self._text_page, index)
        key = bytes(drawn)
        if key == _NOWHERE:
            return Piece(Style())
        piece = self._pieces.get(key)
        if piece is None:
            piece = self._pieces[key] = Piece(self._looks.style(drawn))
        return piece

    def is_printed(self, index: int) -> bool:
        """Tell whether a character was printed; pdfium makes spaces of gaps."""
        return not pdfium.FPDFText_IsGenerated(self._text_page, index)


class _Looks:
    """Tells how pieces of text look; each font is looked at once."""

    def __init__(self) -> None:
        self._bold: dict[bytes, bool] = {_NOWHERE: False}
        self._spaces: dict[bytes, float] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._size = ctypes.c_float()
        self._channels = [ctypes.c_uint() for _ in range(4)]

    def style(self, piece: Any) -> Style:
        matrix, size, channels = self._matrix, self._size, self._channels
        pdfium.FPDFTextObj_GetFontSize(piece, size)
        pdfium.FPDFPageObj_GetMatrix(piece, matrix)
        scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        pdfium.FPDFPageObj_GetFillColor(piece, *channels)
        font = pdfium.FPDFTextObj_GetFont(piece)
        return Style(
            round(size.value * scale, 1),
            self._is_bold(font),
            (channels[0].value, channels[1].value, channels[2].value),
            pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            pdfium.FPDFPageObj_GetMarkedContentID(piece),
            self._space(font) * size.value * scale,
        )

    def _space(self, font: Any) -> float:
        """Give the width of a space as a share of the size."""
        key = bytes(font)
        if key not in self._spaces:
            width = ctypes.c_float()
            known = pdfium.FPDFFont_GetGlyphWidth(font, ord(" "), 1000.0, width) and 150 < width.value < 400
            self._spaces[key] = width.value / 1000 if known else _WIDEST_SPACE
        return self._spaces[key]

    def _is_bold(self, font: Any) -> bool:
        key = bytes(font)
        if key not in self._bold:
            name = ctypes.create_string_buffer(256)
            length = pdfium.FPDFFont_GetBaseFontName(font, name, 256)
            said = name.raw[: max(0, min(length, 256) - 1)].decode("latin-1").lower()
            self._bold[key] = "bold" in said or "black" in said or "heavy" in said
        return self._bold[key]
