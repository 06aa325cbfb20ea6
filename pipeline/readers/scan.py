"""Read scans: pages that are pictures, in a PDF or in files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from pipeline import ocr
from pipeline.document import Document, Source
from pipeline.errors import Reason, Unreadable
from pipeline.pdf import Filled
from pipeline.readers.pdf_document import Wanted, assemble
from pipeline.readers.pdf_fields import words_on
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_text import Word
from pipeline.readers.scan_missed import Missed, is_of_a_page, lost_among, refuse_mostly, tell_missed

if TYPE_CHECKING:
    from pipeline.readers.scan_bare import Edges
    from pipeline.readers.scan_page import Laid, Scanned

_GLIMPSE = 2
"""Pages after which it is asked whether the rest is worth reading; a form may lie under a letter."""
_TOGETHER = 4
"""Pages that are read together: more gain no time, and each takes some 15 MB until then."""


@contextmanager
def _told_memory() -> Iterator[None]:
    """Tell a want of memory as that, whichever library meets it: the file is not damaged.

    Raises:
        Unreadable: CRASHED.
    """
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        import cv2

        too_little = isinstance(error, MemoryError) or (
            isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem
        )
        if not too_little:
            raise
        raise Unreadable(Reason.CRASHED, "te veel geheugen nodig") from error


def require() -> None:
    """Refuse where scans cannot be read.

    Raises:
        Unreadable: NO_OCR, with what is missing.
    """
    if find_spec("cv2") is None or find_spec("numpy") is None:
        raise Unreadable(Reason.NO_OCR, "de bibliotheken numpy en opencv ontbreken")
    ocr.require()


@_told_memory()
def read_images(source: Source, data: bytes, wanted: Wanted | None = None) -> Document:
    """Read an image file of scanned pages: TIFF, PNG or JPEG.

    A page that cannot be read is told, and the others are read, where they are at least as many.

    Args:
        source: the file as it came in.
        data: the whole file.
        wanted: told of the first pages, whether the rest is worth reading; None reads all.

    Raises:
        Unreadable: with one reason of the closed list.
    """
    require()
    from pipeline.readers.scan_page import blank, lay_out, read_laid, settle
    from pipeline.readers.scan_picture import of_file

    read: list[Scanned] = []
    laid: list[Laid] = []
    missed: dict[int, Unreadable] = {}
    for number, picture in enumerate(of_file(data), start=1):
        if wanted and number == _GLIMPSE + 1:
            read, laid = [*read, *read_laid(laid)], []
            _ask(wanted, source, read, missed)
        try:
            laid.append(lay_out(picture, number))
        except Unreadable as unreadable:
            if not is_of_a_page(unreadable):
                raise
            missed[number] = unreadable
        if len(laid) == _TOGETHER:
            read, laid = [*read, *read_laid(laid)], []
    read += read_laid(laid)
    refuse_mostly(missed, len(read))
    seen = settle(read)
    pages = sorted([*seen, *(blank(number, seen[0]) for number in missed)], key=lambda page: page.number)
    _refuse_silent(pages)
    return assemble(source, pages, omitted=tell_missed(missed), lost=lost_among(missed, pages, scans=True))


@_told_memory()
def read_scanned(
    source: Source,
    document: Any,
    pages: Sequence[Page],
    numbers: Sequence[int],
    data: bytes,
    filled: Filled | None,
    wanted: Wanted | None,
) -> tuple[list[Page], Missed]:
    """Read the scanned pages of a PDF.

    A picture that cannot be read is left out; a file of scans only is refused where less than half of it can be read.

    Args:
        source: the file as it came in.
        document: as pdfium opened it.
        pages: all its pages, read as print.
        numbers: those that are scans.
        data: the whole file.
        filled: what was filled in and written on the file.
        wanted: told of the first pages of a file of scans only, whether the rest is worth reading; None reads all.

    Returns:
        All its pages, and those of them that were not read.

    Raises:
        Unreadable: with one reason of the closed list.
    """
    from pipeline.readers.scan_bare import may_be_bare
    from pipeline.readers.scan_page import read_laid, settle

    bare = may_be_bare(data)
    alone = len(numbers) == len(pages)
    read: list[Scanned] = []
    laid: list[Laid] = []
    typed: dict[int, list[Word]] = {}
    missed: dict[int, Unreadable] = {}
    for place, number in enumerate(numbers):
        if alone and wanted and place == _GLIMPSE:
            read, laid = [*read, *read_laid(laid)], []
            _ask(wanted, source, read, missed)
        try:
            page, typed[number] = _lay_out(document[number - 1], number, bare.get(number))
            if alone:
                laid.append(page)
            else:
                read += read_laid([page])
        except Unreadable as unreadable:
            if alone and not is_of_a_page(unreadable):
                raise
            missed[number] = unreadable
        if len(laid) == _TOGETHER:
            read, laid = [*read, *read_laid(laid)], []
    read += read_laid(laid)
    if alone:
        refuse_mostly(missed, len(read))
    if not read:
        return list(pages), missed
    if filled is not None:
        for number in typed:
            typed[number] += words_on(number, filled, pages[number - 1].frame)
    scanned = {page.number: page for page in settle(read, typed)}
    done = [replace(scanned[page.number], turned=page.turned) if page.number in scanned else page for page in pages]
    if alone:
        _refuse_silent(done)
    return done, missed


def _lay_out(page: Any, number: int, bare: Edges | None) -> tuple[Laid, list[Word]]:
    """Give what stands where on the picture of a page, and what is typed over that, to the letter."""
    require()
    from pipeline.readers.scan_page import lay_out
    from pipeline.readers.scan_picture import of_page
    from pipeline.readers.scan_typed import take_typed

    try:
        typed = take_typed(page)
        return lay_out(of_page(page, bare), number), typed
    finally:
        page.close()


def _ask(wanted: Wanted, source: Source, read: Sequence[Scanned], missed: Missed) -> None:
    """Refuse a file of which the first pages are not worth reading on, or cannot be read."""
    from pipeline.readers.scan_page import settle

    refuse_mostly(missed, len(read))
    if not wanted(assemble(source, settle(read))):
        if missed:
            raise missed[min(missed)]
        raise Unreadable(Reason.NOT_A_FORM, "de eerste bladzijden van de scan zijn niet die van een formulier")


def _refuse_silent(pages: Sequence[Page]) -> None:
    if not any(page.characters for page in pages):
        raise Unreadable(Reason.SCAN, "op de ingescande bladzijden is geen tekst gevonden")
