"""Put what the form fields of a PDF say at their place: as words on the page, and as controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.document import Block, Box, Control, Location, Paragraph, Table
from pipeline.pdf import Field, read_fields
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_glyphs import Style
from pipeline.readers.pdf_text import Word

_LINE = 14.0
"""Points; a field higher than two of these holds several lines."""


def fields_of(document: Any, data: bytes) -> tuple[Field, ...]:
    """Give the form fields of a document that pdfium opened; most printed documents have none."""
    kind = pdfium.FPDF_GetFormType(document)
    if kind == pdfium.FORMTYPE_NONE:
        return ()
    return read_fields(data, xfa=kind in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND))


def words_of_fields(fields: Iterable[Field], frame: Frame) -> list[Word]:
    """Give what fields say as words at their place on the page; an empty field says nothing."""
    words = []
    for field in fields:
        text = field.text.strip()
        if not text:
            continue
        left, top, right, bottom = frame.box(*field.box)
        height = bottom - top
        base = bottom - 0.22 * height if height < 2 * _LINE else top + _LINE
        size = min(height, _LINE) * 0.75
        letter = (right - left) / len(text)
        words.append(Word(text, left, right, top, bottom, base, Style(size=size), False, -1, letter))  # noqa: FBT003
    return words


def controls_of(
    fields: Sequence[Field], frames: Sequence[Frame], blocks: Sequence[Block], source: str
) -> tuple[Control, ...]:
    """Give a control for each field, placed in the cell that holds it."""
    cells = list(_cells(blocks)) if fields else []
    controls = []
    for field in fields:
        box = frames[field.page - 1].box(*field.box)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        around = [place for place in cells if place.page == field.page and _holds(place.box, x, y)]
        cell = around[-1] if around else Location()
        controls.append(
            Control(
                field.name,
                field.title,
                field.kind,
                field.text,
                Location(
                    source,
                    cell.heading,
                    page=field.page,
                    box=box,
                    table=cell.table,
                    row=cell.row,
                    column=cell.column,
                    control=field.name,
                ),
                field.checked,
            )
        )
    return tuple(controls)


def _cells(blocks: Iterable[Block]) -> Iterable[Location]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield cell.location
                    yield from _cells(each for each in cell.blocks if not isinstance(each, Paragraph))


def _holds(box: Box | None, x: float, y: float) -> bool:
    return box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]
