"""Give the pictures of scanned pages: of a PDF at the resolution of the scan, of image files as they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.errors import Reason, Unreadable
from pipeline.readers.scan_bare import Edges, bare_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey: TypeAlias = NDArray[Any]
    """A grey picture, or the places of ink in one."""

_POINTS = 72.0
_FINEST = 450.0
"""Dots per inch above which a page of a PDF is drawn at `_ENOUGH`."""
_ENOUGH = 300.0
_COARSEST = 150.0
"""Dots per inch below which small print cannot be read."""
_MOST_DOTS = 36_000_000
_MOST_PAGES = 500
_LONG = (11.0, 17.5)
"""Inches between which the long side of a page of paper lies: Letter, A4, A3."""
_A4_LONG = 11.69
_WHITE = 255
_RIM = 2
"""Dots at the edge of a picture on which the one beside it may be drawn too."""
_UNEQUAL = 0.02
"""Share by which the dots of a page may be higher than wide and still count as square."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it was scanned."""

    grey: Grey
    dpi: float


def of_page(page: Any, bare: Edges | None = None) -> Picture:
    """Draw a page of a PDF as finely as the scan on it.

    Args:
        page: as pdfium opened it.
        bare: its edges where it may be nothing but one plain picture.

    Raises:
        Unreadable: damaged, or too coarse to read.
    """
    width, height = page.get_size()
    dpi = _resolution(page)
    fine = 0 < dpi <= _FINEST
    if not fine:
        dpi = _ENOUGH
    dots = width * height * (dpi / _POINTS) ** 2
    if dots > _MOST_DOTS:
        fine = False
        dpi *= (_MOST_DOTS / dots) ** 0.5
    _take_off(page)
    if fine and bare is not None and (scanned := bare_picture(page, bare, dpi / _POINTS)) is not None:
        return Picture(scanned, _checked(dpi))
    bitmap = page.render(scale=dpi / _POINTS, grayscale=True, may_draw_forms=False)
    grey = _one_channel(bitmap.to_numpy()).copy()
    if _holds_damaged(page, bitmap, grey):
        raise Unreadable(Reason.DAMAGED, "de afbeelding kan niet geopend worden")
    return Picture(grey, _checked(dpi))


def _holds_damaged(page: Any, bitmap: Any, grey: Grey) -> bool:
    """Tell whether a large picture of a page cannot be decoded: it is drawn as nothing, as the back of a sheet is.

    A scanner may send a page in strips, of which one is damaged.

    Args:
        page: the page.
        bitmap: the page as it was drawn.
        grey: the same as a grey picture.
    """
    import pypdfium2 as pdfium

    places = bitmap.get_posconv(page)
    for picture in _large_pictures(page):
        left, bottom, right, top = picture.get_bounds()
        (x, y), (across, down) = places.to_bitmap(left, top), places.to_bitmap(right, bottom)
        rows = slice(max(min(y, down), 0) + _RIM, max(y, down) - _RIM)
        drawn = grey[rows, max(min(x, across), 0) + _RIM : max(x, across) - _RIM]
        if drawn.size and drawn.min() < _WHITE:
            continue
        try:
            picture.get_bitmap().close()
        except pdfium.PdfiumError:
            return True
    return False


def _take_off(page: Any) -> None:
    """Take the form fields and the typed remarks off a page: what they say is known, to the letter."""
    import pypdfium2.raw as pdfium

    known = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT)
    for number in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        remark = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(remark)
        pdfium.FPDFPage_CloseAnnot(remark)
        if kind in known:
            pdfium.FPDFPage_RemoveAnnot(page, number)


def _resolution(page: Any) -> float:
    """Give the dots per inch of the finest large picture on a page."""
    found = 0.0
    for picture in _large_pictures(page):
        left, bottom, right, top = picture.get_bounds()
        across, down = picture.get_px_size()
        found = max(found, (across * down / ((right - left) * (top - bottom))) ** 0.5 * _POINTS)
    return found


def _large_pictures(page: Any) -> Iterator[Any]:
    """Give the pictures that take more of a page than a stamp or a logo."""
    import pypdfium2.raw as pdfium

    area = page.get_width() * page.get_height()
    for piece in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = piece.get_bounds()
        if (right - left) * (top - bottom) > 0.02 * area:
            yield piece


def of_file(data: bytes) -> Iterator[Picture]:
    """Give the pages of an image file.

    Raises:
        Unreadable: damaged, too large, or too coarse to read.
    """
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("TIFF", "PNG", "JPEG")) as image:
            count = getattr(image, "n_frames", 1)
            if count > _MOST_PAGES:
                raise Unreadable(Reason.TOO_LARGE, "het bestand heeft {pages} bladzijden", pages=count)
            for number in range(count):
                image.seek(number)
                if image.width * image.height > 4 * _MOST_DOTS:
                    raise Unreadable(Reason.TOO_LARGE, "de afbeelding heeft te veel beeldpunten")
                squared, resolution = _squared(_on_white(image).convert("L"), image.info.get("dpi", (0, 0)))
                squared.getexif().update(image.getexif())
                grey = np.asarray(ImageOps.exif_transpose(squared))
                yield Picture(grey, _checked(_plausible(resolution, *grey.shape)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise Unreadable(Reason.DAMAGED, "de afbeelding kan niet geopend worden") from error


def _squared(page: Any, dpi: tuple[float, float]) -> tuple[Any, float]:
    """Give a page with dots as high as wide, and its dots per inch: a fax has fewer lines to the inch than dots."""
    across, down = (float(each) for each in dpi)
    if not across or not down or abs(across / down - 1) < _UNEQUAL:
        return page, across
    _checked(min(across, down))
    most = max(across, down)
    return page.resize((round(page.width * most / across), round(page.height * most / down))), most


def _on_white(image: Any) -> Any:
    """Put what is transparent on white paper."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image
    filled = image.convert("RGBA")
    paper = Image.new("RGBA", filled.size, "white")
    return Image.alpha_composite(paper, filled)


def _plausible(dpi: float, height: int, width: int) -> float:
    """Give the dots per inch of a page of paper: what the file says where that makes a page, else those of A4."""
    long = max(height, width)
    return dpi if dpi and _LONG[0] <= long / dpi <= _LONG[1] else long / _A4_LONG


def _checked(dpi: float) -> float:
    if dpi < _COARSEST - 1:
        raise Unreadable(Reason.COARSE, "{dpi} dpi; minstens {least} is nodig", dpi=round(dpi), least=round(_COARSEST))
    return dpi


def _one_channel(pixels: Any) -> Grey:
    grey: Grey = pixels[:, :, 0] if pixels.ndim == 3 else pixels
    return grey
