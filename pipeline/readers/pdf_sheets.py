"""Tell sheets on which two pages were printed beside each other, and lay each of these pages on its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pipeline.document import Location
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_pages import Page, number_on
from pipeline.readers.scan_turn import Turn

_LARGE = 530.0
"""Points; half a sheet as wide as this holds a page that was not reduced."""
_OF_A_SHEET = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Rotate", "/Annots", "/StructParents", "/UserUnit")
"""What a page has that tells of the whole sheet."""


class Apart(NamedTuple):
    """A file in which each page lies on its own."""

    data: bytes
    sheets: tuple[int, ...]
    """For each of its pages the number of its sheet, from 1."""
    turns: tuple[Turn | None, ...]
    """For each what takes a place on it to that on its sheet; None for one that has a sheet to itself."""

    def on_sheet(self, location: Location) -> Location:
        """Give a place on one of its pages as that on the sheet, in points."""
        if location.page is None:
            return location
        turn = self.turns[location.page - 1]
        box = location.box if turn is None or location.box is None else turn.box(location.box)
        return replace(location, page=self.sheets[location.page - 1], box=box)

    def agrees(self, pages: Sequence[Page], halves: Sequence[Page]) -> bool:
        """Tell whether its pages, as they were read, are what the sheets hold.

        No letter may be lost, and on some sheet both halves have a ruled table, or a page number of their own.
        """
        of_sheet: list[list[Page]] = [[] for _page in pages]
        for half, sheet in zip(halves, self.sheets, strict=True):
            of_sheet[sheet - 1].append(half)
        if any(
            sum(half.characters for half in held) != page.characters for page, held in zip(pages, of_sheet, strict=True)
        ):
            return False
        return any(
            page.parted and (all(half.grids for half in held) or _are_numbered(held))
            for page, held in zip(pages, of_sheet, strict=True)
        )


def laid_apart(data: bytes, pages: Sequence[Page]) -> Apart | None:
    """Give a file in which the halves of sheets that may hold two pages are pages.

    None when no sheet may, or only pdfium can make something of the file.

    Args:
        data: the whole PDF.
        pages: its pages, as they were read.
    """
    if not any(page.parted for page in pages):
        return None
    import pikepdf

    sheets: list[int] = []
    turns: list[Turn | None] = []
    made = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if len(pdf.pages) != len(pages):
                return None
            for page in pages:
                sheets += [page.number] * (1 + page.parted)
                if page.parted:
                    pdf.pages.insert(len(turns), pdf.pages[len(turns)])
                    turns += [_lay(pdf.pages[len(turns) + half], page, half) for half in range(2)]
                else:
                    turns.append(None)
            if "/StructTreeRoot" in pdf.Root:
                del pdf.Root.StructTreeRoot
            pdf.save(made)
    except pikepdf.PdfError:
        return None
    return Apart(made.getvalue(), tuple(sheets), tuple(turns))


def folded(apart: Apart, halves: Sequence[Page]) -> list[int]:
    """Give the places, from 0, of the halves of sheets that are to be folded into a booklet, in the order of reading.

    Empty when they are none. Of such sheets the last page and the first stand beside each other, then the second and
    the last but one. What is known by numbers is not judged here: without those, that the first half says nothing, or
    that the title stands on the second, tells it.
    """
    count = len(halves)
    if count % 4 or None in apart.turns or any(map(number_on, halves)):
        return []
    first, second, *rest = map(_largest, halves)
    if first >= second or (first and second <= max(rest)):
        return []
    numbers = [(count - 1 - place // 2, place // 2)[(place + place // 2) % 2] for place in range(count)]
    order = sorted(range(count), key=numbers.__getitem__)
    said = [halves[place].characters > 0 for place in order]
    return order if said == sorted(said, reverse=True) else []


def _largest(page: Page) -> float:
    """Give the size of the largest line of running text on a page."""
    return max((line.style.size for line in page.sorted.running), default=0.0)


def _lay(laid: Any, page: Page, half: int) -> Turn:
    """Make a page of the left (0) or right (1) half of a sheet, as large as it was before it was reduced."""
    frame = page.frame
    wide = frame.width / 2
    scale = 1.0 if wide >= _LARGE else frame.height / wide
    to_half = Turn(c=-half * wide).then(Turn.scaled(scale))
    width, height = wide * scale, frame.height * scale
    upside = Turn(e=-1.0, f=height)
    move = _as_shown(frame).then(to_half).then(upside)
    for key in _OF_A_SHEET:
        if key in laid:
            del laid[key]
    laid.MediaBox = [0, 0, width, height]
    laid.Rotate = 0
    laid.contents_add(b"q %f %f %f %f %f %f cm " % (move.a, move.d, move.b, move.e, move.c, move.f), prepend=True)
    laid.contents_add(b" Q")
    on_sheet = to_half.back()
    return on_sheet if page.turned is None else on_sheet.then(page.turned)


def _as_shown(frame: Frame) -> Turn:
    """Give what takes the coordinates of a page to points from its top left corner, as it is shown."""
    left, bottom, right, top = frame[3:]
    return (
        Turn(1.0, 0.0, -left, 0.0, -1.0, top),
        Turn(0.0, 1.0, -bottom, 1.0, 0.0, -left),
        Turn(-1.0, 0.0, right, 0.0, 1.0, -bottom),
        Turn(0.0, -1.0, top, -1.0, 0.0, right),
    )[frame.turn]


def _are_numbered(halves: Sequence[Page]) -> bool:
    """Tell whether two pages bear each a number of their own, of as many pages."""
    numbers = [number_on(half) for half in halves]
    left, right = numbers[0], numbers[-1]
    return left is not None and right is not None and left[0] != right[0] and left[1] == right[1]
