"""Find the spaces at line ends that pdfium swallows, and the hyphens that nobody typed."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.readers import pdf_calls as calls
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_rulings import TextPiece


def characters(text_page: Any, count: int) -> str:
    """Give the characters of a page, one for each index of pdfium."""
    units = bytearray(4 * count + 4)  # no array of ctypes: for each length that makes another class
    written = pdfium.FPDFText_GetText(text_page, 0, count, ctypes.c_ushort.from_buffer(units))
    text = units[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(chr(min(pdfium.FPDFText_GetUnicode(text_page, index), 0x10FFFF)) for index in range(count))


def unseen_spaces(texts: Sequence[TextPiece], frame: Frame) -> list[tuple[float, float]]:
    """Give the places, left and baseline, of spaces that are printed and that pdfium does not give.

    A tagged print of LibreOffice draws the space that no longer fits on a line as a piece of text of its own.
    """
    holes = []
    matrix = pdfium.FS_MATRIX()
    for handle, (left, bottom, right, top) in texts:
        if right - left < 0.01 and top - bottom < 0.01:
            calls.matrix_of(handle, ctypes.byref(matrix))
            holes.append(frame.box(matrix.e, matrix.f, matrix.e, matrix.f)[:2])
    return holes


def same_piece(text_page: Any, one: int, other: int) -> bool:
    """Tell whether two characters were drawn in one piece."""
    pieces = (pdfium.FPDFText_GetTextObject(text_page, index) for index in (one, other))
    return len({ctypes.cast(piece, ctypes.c_void_p).value for piece in pieces}) == 1


def space_after_hyphen(page: Any, text_page: Any, texts: Sequence[TextPiece], index: int) -> bool:
    """Tell whether a space was printed after a hyphen at the end of a line.

    pdfium removes it; with the other lines switched off it stands there again.
    """
    hyphen = pdfium.FPDFText_GetTextObject(text_page, index)
    if not hyphen:
        return False
    _left, low, _right, high = _bounds(hyphen)
    off = [
        handle
        for handle, (_left, bottom, _right, top) in texts
        if min(top, high) - max(bottom, low) < 0.5 * min(high - low, top - bottom)
    ]
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    for piece in off:
        calls.set_active(piece, 0)
    alone = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(alone)
        text = characters(alone, count)
        x_, y_ = ctypes.c_double(), ctypes.c_double()
        for match in re.finditer("[-\ufffe\u0002]", text):
            pdfium.FPDFText_GetCharOrigin(alone, match.start(), x_, y_)
            if abs(x.value - x_.value) < 0.1 and abs(y.value - y_.value) < 0.1:
                after = match.end()
                return text[after : after + 1] == " " and not pdfium.FPDFText_IsGenerated(alone, after)
        return False
    finally:
        pdfium.FPDFText_ClosePage(alone)
        for piece in off:
            calls.set_active(piece, 1)


def _bounds(piece: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
