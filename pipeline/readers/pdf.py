"""Read a PDF into a neutral document: characters and rulings to cells, form fields at their place."""

from __future__ import annotations

import ctypes
from typing import Any

from pipeline.document import Document, Source
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.pdf import open_pages
from pipeline.readers.pdf_blocks import Builder, all_lines, learn, margins
from pipeline.readers.pdf_fields import controls_of, fields_of
from pipeline.readers.pdf_pages import Page, is_foot, read_page, without_heads
from pipeline.readers.pdf_second import second_opinion, worth_asking
from pipeline.readers.pdf_tables import follow, items_of
from pipeline.readers.pdf_tags import Structure

_LEAST = 12
"""Characters; a page with a picture and fewer is a scan."""


def read_pdf(source: Source, data: bytes) -> Document:
    """Read a PDF, printed or filled in.

    Args:
        source: the file as it came in.
        data: the whole file.

    Raises:
        Unreadable: with one reason of the closed list.
    """
    document = open_pages(data)
    try:
        return _read(source, document, data)
    except (RuntimeError, ValueError, OverflowError, MemoryError, ctypes.ArgumentError) as error:
        raise Unreadable(Reason.DAMAGED, "een bladzijde van de pdf kan niet gelezen worden") from error
    finally:
        document.close()


def _read(source: Source, document: Any, data: bytes) -> Document:
    fields = fields_of(document, data)
    structure = Structure()
    pages = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        pages.append(read_page(page, number, structure, [field for field in fields if field.page == number]))
        page.close()
    if not fields:
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
    controls = controls_of(fields, [page.frame for page in pages], blocks, source.name)
    return Document(source, tuple(blocks), controls, len(pages), about.get("Title", ""), omitted)


def _refuse_scan(pages: list[Page]) -> None:
    """Refuse when no page has text and one has a picture: a document that is only scanned says nothing."""
    bare = [page for page in pages if page.characters < _LEAST and page.pictures]
    if bare and all(page.characters < _LEAST for page in pages):
        raise Unreadable(Reason.SCAN, "de bladzijden zijn ingescand: ze bevatten beelden en geen tekst")
    if all(page.characters == 0 for page in pages):
        raise Unreadable(Reason.EMPTY, "de bladzijden van de pdf zijn leeg")
