"""Read a PDF into a neutral document: characters and rulings to cells, form fields at their place."""

from __future__ import annotations

import ctypes
from typing import Any

from pipeline.document import Document, Source
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.pdf import Filled, open_filled, open_pages, refuse_at_sight
from pipeline.readers.pdf_blocks import Builder, all_lines, learn, margins
from pipeline.readers.pdf_fields import controls_of, in_cells, not_read, unseen
from pipeline.readers.pdf_filled import document_of, suffices
from pipeline.readers.pdf_pages import Page, is_foot, read_page, without_heads
from pipeline.readers.pdf_second import second_opinion, worth_asking
from pipeline.readers.pdf_tables import follow, items_of
from pipeline.readers.pdf_tags import Structure

_MAY_BE_FILLED = (b"/AcroForm", b"/Annots", b"/ObjStm")
"""One of these stands in the bytes of every file with form fields or remarks; the last packs others."""
_LEAST = 12
"""Characters; a page with a picture and fewer is a scan."""


def read_pdf(source: Source, data: bytes, *, answers_only: bool = False) -> Document:
    """Read a PDF, printed or filled in.

    Args:
        source: the file as it came in.
        data: the whole file.
        answers_only: of a fillable form that nobody wrote on outside of its fields, those are enough.

    Raises:
        Unreadable: with one reason of the closed list.
    """
    refuse_at_sight(data)
    filled = _filled(data)
    if answers_only and filled is not None and suffices(filled):
        return document_of(source, filled)
    document = open_pages(data)
    try:
        return _read(source, document, data, filled)
    except (RuntimeError, ValueError, OverflowError, MemoryError, ctypes.ArgumentError) as error:
        raise Unreadable(Reason.DAMAGED, "een bladzijde van de pdf kan niet gelezen worden") from error
    finally:
        document.close()


def _filled(data: bytes) -> Filled | None:
    """Give what was filled in and written on a file; None when no part of it can hold that."""
    if not any(mark in data for mark in _MAY_BE_FILLED):
        return None
    try:
        return open_filled(data)
    except Unreadable as unreadable:
        if unreadable.reason is Reason.DAMAGED:
            open_pages(data).close()  # it may know better why: a password
        raise


def _read(source: Source, document: Any, data: bytes, filled: Filled | None) -> Document:
    structure = Structure()
    pages = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        pages.append(read_page(page, number, structure, filled))
        page.close()
    if filled is None or not filled.fields:
        _refuse_scan(pages)
    told = without_heads(pages)
    laid = [(page, items_of(page)) for page in told]
    about = document.get_metadata_dict()
    habits = learn(laid, about.get("Producer", ""))
    items = follow(laid, habits)
    builder = Builder(source.name, habits, margins(laid), all_lines(items))
    blocks = [*builder.body(items)]
    heads = [(line, is_foot(line, page)) for page in told for line in page.heads]
    blocks += builder.heads([line for line, foot in heads if not foot], "koptekst")
    blocks += builder.heads([line for line, foot in heads if foot], "voettekst")
    blocks = list(second_opinion(blocks, worth_asking(builder.joints, document), data))
    pictures = sum(len(page.pictures) for page in pages)
    omitted = (_("{count} afbeelding(en)").format(count=pictures),) if pictures else ()
    if filled is None:
        return Document(source, tuple(blocks), (), len(pages), about.get("Title", ""), omitted)
    frames = [page.frame for page in pages]
    controls = controls_of(filled.fields, frames, source.name, in_cells(blocks))
    blocks += unseen(filled, source.name)
    omitted = (*omitted, *not_read(filled))
    return Document(source, tuple(blocks), controls, len(pages), about.get("Title", ""), omitted)


def _refuse_scan(pages: list[Page]) -> None:
    """Refuse when no page has text and one has a picture: a document that is only scanned says nothing."""
    bare = [page for page in pages if page.characters < _LEAST and page.pictures]
    if bare and all(page.characters < _LEAST for page in pages):
        raise Unreadable(Reason.SCAN, "de bladzijden zijn ingescand: ze bevatten beelden en geen tekst")
    if all(page.characters == 0 for page in pages):
        raise Unreadable(Reason.EMPTY, "de bladzijden van de pdf zijn leeg")
