"""Make a neutral document of pages, printed or scanned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from pipeline.document import Control, Document, Source
from pipeline.language import _
from pipeline.pdf import Filled
from pipeline.readers.pdf_blocks import Builder, all_lines, learn, margins
from pipeline.readers.pdf_counting import is_foot
from pipeline.readers.pdf_fields import controls_of, in_cells, not_read, spots_of, unseen
from pipeline.readers.pdf_follow import follow
from pipeline.readers.pdf_heads import without_heads
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_second import second_opinion, worth_asking
from pipeline.readers.pdf_tables import items_of
from pipeline.readers.places import by_page, moved

Wanted: TypeAlias = Callable[[Document], bool]
"""Told of the first pages of a scan, whether the rest is worth reading."""


def assemble(
    source: Source,
    pages: Sequence[Page],
    *,
    filled: Filled | None = None,
    document: Any = None,
    data: bytes = b"",
    omitted: Sequence[str] = (),
    lost: Sequence[int] = (),
    behind: Sequence[int] = (),
) -> Document:
    """Put the lines and cells of pages together.

    Args:
        source: the file as it came in.
        pages: in their order.
        filled: what was filled in and written on the file.
        document: the PDF as pdfium opened it; None for pictures.
        data: the whole PDF, for a second opinion.
        omitted: what was not read, in plain Dutch.
        lost: numbers of the pages that could not be read.
        behind: those of them behind the last page of a print.
    """
    producer, title = ("", "") if document is None else map(document.get_metadata_value, ("Producer", "Title"))
    told = without_heads(pages)
    laid = [(page, items_of(page)) for page in told]
    habits = learn(laid, producer)
    items = follow(laid, habits)
    pictures = {page.number: page.pictures for page in pages}
    builder = Builder(source.name, habits, margins(laid), all_lines(items), pictures)
    blocks = [*builder.body(items)]
    heads = [(line, is_foot(line, page)) for page in told for line in page.heads]
    blocks += builder.heads([line for line, foot in heads if not foot], "koptekst")
    blocks += builder.heads([line for line, foot in heads if foot], "voettekst")
    if document is not None:
        blocks = list(second_opinion(blocks, worth_asking(builder.joints, pages), data))
    if turns := {page.number: page.lies for page in pages if page.lies is not None}:
        blocks = moved(blocks, by_page(turns))
    count = sum(len(page.pictures) for page in pages)
    seen = [_("{count} afbeelding(en)").format(count=count)] if count else []
    aslant = dict.fromkeys(page.slanted for page in pages if page.slanted)
    over = [_("schuine tekst over een blad: «{text}»").format(text=text) for text in aslant]
    left_out = (*omitted, *seen, *over)
    exact = all(page.tagged or not page.characters for page in pages)
    controls: Sequence[Control] = ()
    if filled is not None:
        standing = ((field.page, field.box) for field in filled.fields)
        spots = spots_of(standing, [page.frame for page in pages], in_cells(blocks))
        controls = controls_of(filled, spots, source.name)
        blocks += unseen(filled, source.name)
        left_out = (*left_out, *not_read(filled))
    if turns := {page.number: page.turned for page in pages if page.turned is not None}:
        move = by_page(turns)
        blocks = moved(blocks, move)
        controls = [replace(control, location=move(control.location)) for control in controls]
    return Document(
        source,
        tuple(blocks),
        tuple(controls),
        len(pages),
        title,
        left_out,
        lost=tuple(lost),
        behind=tuple(behind),
        exact=exact,
    )
