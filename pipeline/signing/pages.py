"""What the pages of a PDF show: their words, and their ink."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from pipeline import pdf
from pipeline.errors import Reason, Unreadable
from pipeline.values.folding import plain_spaces

_SCALE = 2
"""Pixels of a drawing for each point of the page."""
_OTHER = 128
"""How much a pixel differs, of 255, to be another one: more than smooth edges do."""
_MOST_OTHER = 12
"""Pixels that may differ: fewer than a point or a comma covers."""
_PICTURE_SHARE = 0.6
"""Share of the page that a picture of a page takes at least."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    lines: tuple[str, ...]
    """Its words, line by line, with single spaces."""
    pictured: bool
    """Whether a picture takes most of it, as of a scan."""


class Pages:
    """The pages of a PDF; close it when done.

    Args:
        data: the file.

    Raises:
        Unreadable: damaged, encrypted, cut off or a bomb.
    """

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfiumError

        pdf.refuse_at_sight(data)
        self._document = pdf.open_pages(data)
        self._last: tuple[int, float, Any] | None = None
        """The page that was drawn last, its height and the drawing: each is held against others several times."""
        self._document.init_forms()  # without it, what fields show is not drawn
        try:
            self.pages: tuple[Page, ...] = tuple(_page(page) for page in self._document)
            self.signing = signature_boxes(data)
        except PdfiumError as wrong:
            self.close()
            raise Unreadable(Reason.DAMAGED, "een bladzijde van de pdf is beschadigd") from wrong
        except Unreadable:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def words(self) -> str:
        """Everything it says."""
        return "\n".join(line for page in self.pages for line in page.lines)

    @property
    def scanned(self) -> bool:
        """Whether every page is a picture."""
        return all(page.pictured for page in self.pages)

    def drawn(self, index: int, without: Sequence[Box]) -> Any:
        """Draw a page in grey, what is written over it included, and some boxes left white.

        Args:
            index: from 0.
            without: boxes that are left white.
        """
        from PIL import ImageDraw

        if self._last is None or self._last[0] != index:
            page = self._document[index]
            grey = page.render(scale=_SCALE, grayscale=True, draw_annots=True).to_pil().convert("L")
            self._last = (index, page.get_height(), grey)
        _index, height, whole = self._last
        picture = whole.copy()
        pen = ImageDraw.Draw(picture)
        for left, bottom, right, top in without:
            box = (left * _SCALE - 2, (height - top) * _SCALE - 2, right * _SCALE + 2, (height - bottom) * _SCALE + 2)
            pen.rectangle(box, fill=255)
        return picture


def looks_other(before: Pages, after: Pages, index: int) -> bool:
    """Tell whether a page shows other ink than it did outside the signature fields of both, or less outside its own.

    What a signing service draws in a field of its own is expected; that this field hides what stood there is not.
    """
    fields = [*before.signing.get(index, ()), *after.signing.get(index, ())]
    return _other(before, after, index, fields) > _MOST_OTHER or is_covered(before, after, index)


def is_covered(before: Pages, after: Pages, index: int) -> bool:
    """Tell whether something lies over what a page said, outside the signature fields that it had."""
    from PIL import ImageChops

    own = before.signing.get(index, ())
    first, second = before.drawn(index, own), after.drawn(index, own)
    if first.size != second.size:
        return True
    gone = ImageChops.subtract(second, first)  # lighter than it was: ink that is no longer seen
    return sum(gone.histogram()[_OTHER:]) > _MOST_OTHER


def _other(before: Pages, after: Pages, index: int, without: Sequence[Box]) -> int:
    from PIL import ImageChops

    first, second = before.drawn(index, without), after.drawn(index, without)
    if first.size != second.size:
        return _MOST_OTHER + 1
    return int(sum(ImageChops.difference(first, second).histogram()[_OTHER:]))


def signature_boxes(data: bytes) -> Mapping[int, tuple[Box, ...]]:
    """Give where signature fields lie, by page from 0.

    Raises:
        Unreadable: it cannot be opened.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as opened:
            return {index: tuple(_boxes(page.obj)) for index, page in enumerate(opened.pages)}
    except pikepdf.PasswordError as locked:
        raise Unreadable(Reason.ENCRYPTED, "de pdf is met een wachtwoord beveiligd") from locked
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise Unreadable(Reason.DAMAGED, "de pdf kan niet geopend worden") from wrong


def _boxes(page: Any) -> list[Box]:
    import pikepdf

    found = []
    annotations = page.get("/Annots")
    for widget in annotations if isinstance(annotations, pikepdf.Array) else ():
        if not isinstance(widget, pikepdf.Dictionary):
            continue
        parent = widget.get("/Parent")
        kind = widget.get("/FT") or (parent.get("/FT") if isinstance(parent, pikepdf.Dictionary) else None)
        box = widget.get("/Rect")
        if kind == "/Sig" and isinstance(box, pikepdf.Array) and len(box) == 4:
            left, bottom, right, top = (float(number) for number in box)
            found.append((min(left, right), min(bottom, top), max(left, right), max(bottom, top)))
    return found


def _page(page: Any) -> Page:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    said = text.get_text_bounded()
    text.close()
    lines = tuple(line for line in (plain_spaces(line) for line in said.splitlines()) if line)
    area = page.get_width() * page.get_height()
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered = max(covered, (right - left) * (top - bottom))
    return Page(lines, pictured=covered >= _PICTURE_SHARE * area)
