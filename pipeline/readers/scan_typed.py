"""Tell what is typed on a page from the picture under it: a stamp, the header of a copier, its reading of a scan."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

from pipeline.readers.pdf_frame import frame_of
from pipeline.readers.pdf_glyphs import Glyphs
from pipeline.readers.pdf_rulings import drawing_of
from pipeline.readers.pdf_text import Word, words_of

_COARSE = 36.0
"""Dots per inch at which the ink of a page is weighed."""
_FINE = 100.0
"""Dots per inch at which a typed word is looked for on its page."""
_POINTS = 72.0
_MOST = 0.5
"""Share of the ink of a page that is typed or drawn, below which it is a scan with something over it."""
_DARKNESS = bytes(255 - light if light < 200 else 0 for light in range(256))
_SEEN = 40
"""How much a page must change where a word stands when that is taken off: less is hidden or white."""


def is_mostly_picture(page: Any) -> bool:
    """Tell whether little of the ink of a page is typed or drawn: what is under a picture, or invisible, is no ink."""
    whole = _ink(page)
    _take_off(page, _pieces(page, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH))
    return whole - _ink(page) < _MOST * whole


def take_typed(page: Any) -> list[Word]:
    """Take the characters in sight off a page, and give their words."""
    import numpy as np

    pieces = _pieces(page, pdfium.FPDF_PAGEOBJ_TEXT)
    if not pieces:
        return []
    frame = frame_of(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        glyphs = Glyphs(text_page, frame)
        words = words_of(page, text_page, glyphs, drawing_of(page, frame).texts)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    words = [word for word in words if not word.style.invisible]
    if not words:
        return []
    before = _seen(page, _FINE)
    _take_off(page, pieces)
    changed = np.abs(before.astype(np.int16) - _seen(page, _FINE)) > _SEEN
    scale = _FINE / _POINTS
    found = []
    for word in words:
        left, top = max(0, int(word.left * scale)), max(0, int(word.top * scale))
        if changed[top : int(word.bottom * scale) + 1, left : int(word.right * scale) + 1].any():
            word.first = -1  # its characters are no longer on the page
            found.append(word)
    return found


def _pieces(page: Any, *kinds: int) -> list[Any]:
    """Give the pieces of some kinds that stand on the page itself."""
    pieces = (pdfium.FPDFPage_GetObject(page, number) for number in range(pdfium.FPDFPage_CountObjects(page)))
    return [piece for piece in pieces if pdfium.FPDFPageObj_GetType(piece) in kinds]


def _take_off(page: Any, pieces: list[Any]) -> None:
    for piece in pieces:
        if pdfium.FPDFPage_RemoveObject(page, piece):
            pdfium.FPDFPageObj_Destroy(piece)


def _ink(page: Any) -> int:
    bitmap = page.render(scale=_COARSE / _POINTS, grayscale=True, may_draw_forms=False)
    return sum(bytes(bitmap.buffer).translate(_DARKNESS))


def _seen(page: Any, dpi: float) -> Any:
    pixels = page.render(scale=dpi / _POINTS, grayscale=True, may_draw_forms=False).to_numpy()
    return pixels[:, :, 0] if pixels.ndim == 3 else pixels
