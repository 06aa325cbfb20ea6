"""Take the picture out of a page of a PDF that is nothing else, dot for dot as pdfium draws it, in half of the time.

A page of 1654 dots is drawn as one of 1655, each mixed of two. Read without that, its sharper noise was doubted more:
of 2,275 answers of 30 scans 2,218 came out right, against 2,235.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

Edges: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top of a page, in points."""
_AT_ONCE = 64
"""Rows of dots that are mixed at once."""
_PLAIN = frozenset(
    {
        "/Type",
        "/Subtype",
        "/Name",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BitsPerComponent",
        "/Filter",
        "/DecodeParms",
        "/Length",
        "/Interpolate",
        "/Intent",
        "/Metadata",
    }
)
"""What a picture may say of itself that is drawn as its dots are: no mask, no layer, no change of its tones."""


def may_be_bare(data: bytes) -> dict[int, Edges]:
    """Give the edges of the pages of a PDF that have one plain picture and no effects, by their numbers.

    Args:
        data: the whole file; empty is given of one that cannot be told.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            edges = {number: _edges(page) for number, page in enumerate(pdf.pages, start=1)}
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}
    return {number: found for number, found in edges.items() if found is not None}


def _edges(page: Any) -> Edges | None:
    import pikepdf

    resources = page.resources
    pictures = [thing for _name, thing in resources.get("/XObject", pikepdf.Dictionary()).items()]
    if len(pictures) != 1 or "/ExtGState" in resources or "/UserUnit" in page:
        return None
    if pictures[0].get("/Subtype") != "/Image" or not set(pictures[0].keys()) <= _PLAIN:
        return None
    media, crop = ([float(edge) for edge in box] for box in (page.mediabox, page.cropbox))
    if page.obj.get("/Rotate", 0) or media != crop:
        return None
    left, bottom, right, top = media
    return left, bottom, right, top


def bare_picture(page: Any, edges: Edges, scale: float) -> Grey | None:
    """Give the picture that a page is: upright, filling it, its dots square; None when it is not that.

    Args:
        page: as pdfium opened it, its form fields and typed remarks taken off.
        edges: of the page.
        scale: dots to the point.
    """
    import cv2
    import pypdfium2.raw as pdfium
    from pypdfium2 import PdfiumError

    if pdfium.FPDFPage_CountObjects(page) != 1 or pdfium.FPDFPage_GetAnnotCount(page):
        return None
    (piece,) = page.get_objects(max_depth=1)
    if piece.type != pdfium.FPDF_PAGEOBJ_IMAGE or not _is_plain(piece) or not _fills(piece, edges):
        return None
    try:
        bitmap = piece.get_bitmap()
    except PdfiumError:
        return None
    pixels: Grey = bitmap.to_numpy()
    if bitmap.format == pdfium.FPDFBitmap_BGR:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    elif bitmap.format != pdfium.FPDFBitmap_Gray:
        return None
    return _stretched(pixels.reshape(pixels.shape[:2]), piece.get_matrix(), page.get_size(), edges, scale)


def _stretched(grey: Grey, matrix: Any, size: tuple[float, float], edges: Edges, scale: float) -> Grey | None:
    """Give a picture over the dots of a page that it touches; None when it leaves some bare."""
    wide, high = (math.ceil(side * scale) for side in size)
    left, right = _touched(matrix.e - edges[0], matrix.a, size[0], wide)
    lower, upper = _touched(matrix.f - edges[1], matrix.d, size[1], high)
    if left > 0 or right < wide or lower > 0 or upper < high:
        return None
    whole = _mixed(_mixed(grey, right - left, 1), upper - lower, 0)
    return whole[upper - high : upper, -left : wide - left].copy()


def _touched(start: float, length: float, side: float, dots: int) -> tuple[int, int]:
    """Give the first dot that a picture touches, and that past its last: in 32 bits it may be more than it fills."""
    import numpy as np

    scale = np.float32(dots) / np.float32(side)
    first = np.float32(start) * scale
    return math.floor(first), math.ceil(first + np.float32(length) * scale)


def _mixed(grey: Grey, size: int, axis: int) -> Grey:
    """Give a picture as pdfium stretches it along one side: each dot mixed of the two around it, in 65,536 parts."""
    import numpy as np

    there = grey.shape[axis]
    if there == size:
        return grey
    at = (np.arange(size) + 0.5) * there / size - 0.5
    before, after = (np.clip(np.floor(at + step).astype(np.intp), 0, there - 1) for step in (0, 1))
    parts = np.rint(np.where(before == after, 0, at - before) * 65536).astype(np.int32)
    made = np.empty((size, grey.shape[1]) if axis == 0 else (len(grey), size), np.uint8)
    for first in range(0, len(made), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        if axis == 0:
            one, other, share = grey[before[rows]], grey[after[rows]], parts[rows, None]
        else:
            one, other, share = np.take(grey[rows], before, 1), np.take(grey[rows], after, 1), parts
        made[rows] = one + ((np.subtract(other, one, dtype=np.int32) * share) >> 16)
    return made


def _is_plain(piece: Any) -> bool:
    """Tell whether all of a piece is drawn, and nothing shines through it."""
    import pypdfium2.raw as pdfium

    clipped = pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(piece)) > 0
    return not clipped and not pdfium.FPDFPageObj_CountMarks(piece) and not pdfium.FPDFPageObj_HasTransparency(piece)


def _fills(piece: Any, edges: Edges) -> bool:
    """Tell whether a picture lies upright on all of a page, to the dot, its dots as high as wide."""
    across, down = piece.get_px_size()
    wide, lean, slant, high, left, bottom = piece.get_matrix().get()
    if lean or slant or min(wide, high, across, down) <= 0:
        return False
    dot = wide / across
    lies = (left, bottom, left + wide, bottom + high)
    return abs(high / down - dot) * max(across, down) < dot and all(
        abs(here - there) < dot for here, there in zip(lies, edges, strict=True)
    )
