"""Tell sheets on which two or four pages were printed, and lay each of these pages on its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pipeline.document import Location
from pipeline.errors import Reason, Unreadable
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_heads import number_on
from pipeline.readers.pdf_pages import Page
from pipeline.readers.scan_turn import Turn

_LARGE = 530.0
"""Points; a part of a sheet as wide as this holds a page that was not reduced."""
_FOUR = 4
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

    def agrees(self, pages: Sequence[Page], parts: Sequence[Page]) -> bool:
        """Tell whether its pages, as they were read, are what the sheets hold: on some all show to be pages.

        Each has a ruled table, or a page number of its own.

        Args:
            pages: the sheets.
            parts: their halves or quarters.

        Raises:
            Unreadable: they are, and letters were lost or come twice.
        """
        of_sheet: list[list[Page]] = [[] for _page in pages]
        for part, sheet in zip(parts, self.sheets, strict=True):
            of_sheet[sheet - 1].append(part)
        sheets = list(zip(pages, of_sheet, strict=True))
        if not any(
            page.parts > 1 and (all(part.grids for part in held) or _are_numbered(held)) for page, held in sheets
        ):
            return False
        if any(sum(part.characters for part in held) != page.characters for page, held in sheets):
            raise Unreadable(Reason.SHEETS)
        return True


def laid_apart(data: bytes, pages: Sequence[Page]) -> Apart | None:
    """Give a file in which the halves of sheets that may hold two pages are pages, or the quarters where all hold four.

    None when no sheet may, or only pdfium can make something of the file.

    Args:
        data: the whole PDF.
        pages: its pages, as they were read.
    """
    parts = [page.parts for page in pages]
    if set(parts) != {_FOUR}:  # a narrow page with nothing on its middle is rather a page with little on it
        parts = [1 if count == _FOUR else count for count in parts]
    if max(parts) == 1:
        return None
    import pikepdf

    sheets: list[int] = []
    turns: list[Turn | None] = []
    made = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if len(pdf.pages) != len(pages):
                return None
            for page, count in zip(pages, parts, strict=True):
                sheets += [page.number] * count
                if count == 1:
                    turns.append(None)
                    continue
                for _part in range(count - 1):
                    pdf.pages.insert(len(turns), pdf.pages[len(turns)])
                turns += [_lay(pdf.pages[len(turns) + part], page, part, count) for part in range(count)]
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
    if count % 4 or count != 2 * len(set(apart.sheets)) or None in apart.turns or any(map(number_on, halves)):
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


def _lay(laid: Any, page: Page, part: int, count: int) -> Turn:
    """Make a page of a half (0: left, 1: right) or a quarter (0 to 3, in the order of reading) of a sheet.

    It becomes as large as it was before it was reduced.
    """
    frame = page.frame
    wide, high = frame.width / 2, frame.height / (2 if count == _FOUR else 1)
    unreduced = frame.width if count == _FOUR else frame.height
    scale = 1.0 if wide >= _LARGE else unreduced / wide
    to_part = Turn(c=-(part % 2) * wide, f=-(part // 2) * high).then(Turn.scaled(scale))
    width, height = wide * scale, high * scale
    upside = Turn(e=-1.0, f=height)
    move = _as_shown(frame).then(to_part).then(upside)
    for key in _OF_A_SHEET:
        if key in laid:
            del laid[key]
    laid.MediaBox = [0, 0, width, height]
    laid.Rotate = 0
    laid.contents_add(b"q %f %f %f %f %f %f cm " % (move.a, move.d, move.b, move.e, move.c, move.f), prepend=True)
    laid.contents_add(b" Q")
    on_sheet = to_part.back()
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


def _are_numbered(parts: Sequence[Page]) -> bool:
    """Tell whether the pages of a sheet bear each a number of their own, of as many pages."""
    numbers = [number for part in parts if (number := number_on(part)) is not None]
    return len({number for number, _count in numbers}) == len(parts) and len({count for _number, count in numbers}) == 1
