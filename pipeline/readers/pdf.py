"""Read a PDF into a neutral document: its printed pages, its form fields, and those of its pages that are scans."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.document import Document, Location, Source
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.pdf import Filled, legible, open_filled, open_pages, refuse_at_sight
from pipeline.readers.pdf_border import without_borders
from pipeline.readers.pdf_document import Wanted, assemble
from pipeline.readers.pdf_filled import document_of, suffices
from pipeline.readers.pdf_letters import says_no_letters
from pipeline.readers.pdf_order import laid_in_order, missing, order_of
from pipeline.readers.pdf_pages import Page, read_page
from pipeline.readers.pdf_sheets import folded, laid_apart
from pipeline.readers.pdf_tags import Structure
from pipeline.readers.places import moved
from pipeline.readers.scan_missed import Missed, lost_among, tell_missed

_MAY_BE_FILLED = (b"/AcroForm", b"/Annots", b"/Collection", b"/ObjStm")
"""One of these stands in the bytes of every file with form fields, remarks or a portfolio; the last packs others."""
_MAY_BE_NUMBERS = (b"/Identity-", b"/ObjStm")
"""One of these stands in the bytes of every file that may write text in numbers of glyphs."""
_LEAST = 12
"""Characters in sight; a page with a picture and fewer is a scan; with more it depends on what they are of the page."""
_LARGE = 0.3
"""Share of the page that the pictures of a scan take at least."""
_WHOLE = 0.5
"""Share of the page that they take where more is typed."""


def read_pdf(source: Source, data: bytes, *, answers_only: bool = False, wanted: Wanted | None = None) -> Document:
    """Read a PDF, printed, filled in or scanned.

    Args:
        source: the file as it came in.
        data: the whole file.
        answers_only: of a fillable form that nobody wrote on outside of its fields, those are enough.
        wanted: told of the first pages of a scan, whether the rest is worth reading; None reads all.

    Raises:
        Unreadable: with one reason of the closed list.
    """
    streams = refuse_at_sight(data)
    filled = _filled(data, streams)
    if answers_only and filled is not None and suffices(filled):
        return document_of(source, filled)
    data = legible(data, streams)
    document = open_pages(data)
    try:
        read = _read(source, document, data, filled, wanted)
    except (RuntimeError, ValueError, OverflowError, ctypes.ArgumentError) as error:
        raise Unreadable(Reason.DAMAGED, "een bladzijde van de pdf kan niet gelezen worden") from error
    finally:
        document.close()
    return _told_damaged(read) if filled is not None and filled.damaged else read


def _filled(data: bytes, streams: Mapping[int, bytes]) -> Filled | None:
    """Give what was filled in and written on a file; None when no part of it can hold that."""
    if not any(mark in data for mark in _MAY_BE_FILLED):
        return None
    try:
        return open_filled(data, streams)
    except Unreadable as unreadable:
        if unreadable.reason is Reason.DAMAGED:
            open_pages(data).close()  # it may know better why: a password
        raise


def _read(source: Source, document: Any, data: bytes, filled: Filled | None, wanted: Wanted | None) -> Document:
    structure = Structure()
    by_number = any(mark in data for mark in _MAY_BE_NUMBERS)
    pages: list[Page] = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        pages.append(read_page(page, number, structure, filled, pages[-1] if pages else None, by_number=by_number))
        page.close()
    missed: Missed = {}
    scanned = [page.number for page in pages if _is_scanned(page, document)]
    if scanned:
        from pipeline.readers.scan import read_scanned
        from pipeline.readers.scan_sheets import holds_pages

        pages, missed = read_scanned(source, document, pages, scanned, data, filled, wanted)
        if len(scanned) == len(pages) and any(holds_pages(page, document[page.number - 1]) for page in pages):
            raise Unreadable(Reason.SHEETS)
    elif (filled is None or not filled.fields) and says_no_letters(pages):
        raise Unreadable(Reason.LETTERS)
    pages = without_borders(pages)
    if not scanned and not (filled and (filled.fields or filled.remarks)):
        if read := _read_apart(source, data, pages):
            return read
        if order := order_of(pages):
            return _read_in_order(source, laid_in_order(document, order), order, pages)
    if (filled is None or not filled.fields) and all(page.characters == 0 for page in pages):
        raise Unreadable(Reason.EMPTY, "de bladzijden van de pdf zijn leeg")
    lost = lost_among(missed, pages, scans=len(scanned) == len(pages))
    read = assemble(
        source,
        pages,
        filled=filled,
        document=document,
        data=data,
        omitted=tell_missed(missed),
        lost=lost,
        behind=sorted(missed.keys() - set(lost)),
    )
    return _with_missing(read, pages)


def _read_apart(source: Source, data: bytes, sheets: Sequence[Page]) -> Document | None:
    """Read the halves or quarters of the sheets of a printed file as pages; None when they are none.

    Args:
        source: the file as it came in.
        data: the whole of it.
        sheets: its pages, as they were read.
    """
    apart = laid_apart(data, sheets)
    if apart is None:
        return None
    document = open_pages(apart.data)
    try:
        halves = without_borders(_laid(document, len(document), part=True))
        if not apart.agrees(sheets, halves):
            return None
        if order := order_of(halves):
            read = _read_in_order(source, laid_in_order(document, order), order, halves, part=True)
        elif order := folded(apart, halves):
            read = _read_in_order(source, laid_in_order(document, order), order, halves, part=True, why=_booklet())
        else:
            read = _with_missing(assemble(source, halves, document=document, data=apart.data), halves)
    finally:
        document.close()
    if len(halves) > 2 * len(sheets):
        why = _("Op een blad staan vier bladzijden; elk vierde is als een bladzijde gelezen, van links naar rechts.")
    else:
        why = _("Op een blad staan twee bladzijden naast elkaar; elke helft is als een bladzijde gelezen.")
    blocks = moved(read.blocks, apart.on_sheet)
    return replace(read, blocks=tuple(blocks), pages=len(sheets), notes=(*read.notes, why))


def _read_in_order(
    source: Source, data: bytes, order: Sequence[int], lying: Sequence[Page], *, part: bool = False, why: str = ""
) -> Document:
    """Read the pages of a printed file that were laid in order: that of their numbers, unless another reason is given.

    Args:
        source: the file as it came in.
        data: with its pages laid in order, and turned as they were read.
        order: where each of its pages lies in the file, from 0.
        lying: the pages as they were read there.
        part: they are parts of sheets.
        why: what is told of it.
    """
    document = open_pages(data)
    try:
        laid = _laid(document, len(order), part=part)
        pages = without_borders(
            [replace(page, turned=lying[lies].turned) for page, lies in zip(laid, order, strict=True)]
        )
        read = assemble(source, pages, document=document, data=data)
    finally:
        document.close()
    why = why or _("De pagina's lagen niet in de volgorde van hun nummers; ze zijn in die volgorde gelezen.")
    blocks = moved(read.blocks, partial(_in_file, order=order))
    return _with_missing(replace(read, blocks=tuple(blocks), notes=(*read.notes, why)), pages)


def _laid(document: Any, count: int, *, part: bool) -> list[Page]:
    """Read the first pages of a file that was laid in order or apart.

    Args:
        document: the file.
        count: how many.
        part: they are parts of sheets.
    """
    structure = Structure()
    pages: list[Page] = []
    for place in range(count):
        pages.append(read_page(document[place], place + 1, structure, None, pages[-1] if pages else None, part=part))
    return pages


def _booklet() -> str:
    return _("De bladzijden liggen zoals in een boekje dat nog te vouwen is; ze zijn in die volgorde gelezen.")


def _in_file(location: Location, *, order: Sequence[int]) -> Location:
    """Give a place on pages laid in order by the number that its page has in the file."""
    return location if location.page is None else replace(location, page=order[location.page - 1] + 1)


def _with_missing(read: Document, pages: Sequence[Page]) -> Document:
    lost = missing(pages)
    return replace(read, notes=(*read.notes, *lost)) if lost else read


def _told_damaged(read: Document) -> Document:
    why = _(
        "Het bestand is beschadigd en werd zo goed mogelijk hersteld: er kunnen invulvelden ontbreken, of wat erin "
        "stond. Vraag de indiener om het opnieuw te bezorgen."
    )
    return replace(read, notes=(*read.notes, why), damaged=True)


def _is_scanned(page: Page, document: Any) -> bool:
    """Tell whether what a page says is a picture, whatever is typed over it or hidden under it."""
    area = page.frame.width * page.frame.height
    covered = sum((right - left) * (bottom - top) for left, top, right, bottom in page.pictures)
    if page.visible < _LEAST or covered <= _WHOLE * area:
        return page.visible < _LEAST and covered > _LARGE * area
    from pipeline.readers.scan_typed import is_mostly_picture

    seen = document[page.number - 1]
    try:
        return is_mostly_picture(seen)
    finally:
        seen.close()
