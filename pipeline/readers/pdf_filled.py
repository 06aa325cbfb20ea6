"""Read a fillable form of ours by its fields alone: its pages are as they were printed, so they hold no answer."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.document import Box, Document, Location, Paragraph, Source
from pipeline.pdf import Filled, Line, PageBox
from pipeline.readers.pdf_fields import (
    controls_of,
    is_line_through,
    is_typed,
    not_read,
    spots_of,
    under_headings,
    unseen,
)
from pipeline.readers.pdf_frame import frame_of_box

_MOST = 16
"""Forms of which is remembered where their fields stand."""


class _Layout(NamedTuple):
    """All that tells where the fields of a form stand: the same in each of its copies."""

    pages: tuple[PageBox, ...]
    printed: tuple[Line, ...]
    numbers: tuple[int, ...]
    """Of the page of each field."""
    boxes: tuple[Box | None, ...]
    """Of each field on its page."""


def _read_spots(layout: _Layout) -> tuple[Location, ...]:
    frames = [frame_of_box(page.box, page.turn) for page in layout.pages]
    headings = [line for line in layout.printed if line.level > 1]
    return tuple(spots_of(zip(layout.numbers, layout.boxes, strict=True), frames, under_headings(headings)))


_SPOTS: dict[int, tuple[_Layout, tuple[Location, ...]]] = {}
"""Of the last form with so many fields: to tell that one is the same takes a tenth of what its hash would."""


def _spots(layout: _Layout) -> tuple[Location, ...]:
    """Give where the fields of a form stand, as it was found in the copy before."""
    known, spots = _SPOTS.get(len(layout.boxes), (None, ()))
    if known != layout:
        if len(_SPOTS) >= _MOST:
            _SPOTS.clear()
        spots = _read_spots(layout)
        _SPOTS[len(layout.boxes)] = layout, spots
    return spots


def suffices(filled: Filled) -> bool:
    """Tell whether the fields hold all that was filled in: nobody typed on the pages, or struck anything out there."""
    return filled.printed is not None and not any(is_typed(each) or is_line_through(each) for each in filled.remarks)


def document_of(source: Source, filled: Filled) -> Document:
    """Give the controls, under the headings of the form; the other words of its pages are left out."""
    lines = filled.printed or ()
    printed = [
        Paragraph(
            line.text,
            Location(source.name, page=line.page, box=(0.0, line.top, 0.0, line.top), paragraph=number),
            line.level,
        )
        for number, line in enumerate(lines, start=1)
    ]
    *_what, numbers, boxes, _drawn, _formatted = zip(*filled.fields, strict=True)  # each of hundreds of fields
    controls = controls_of(filled, _spots(_Layout(filled.pages, lines, numbers, boxes)), source.name)
    blocks = (*printed, *unseen(filled, source.name))
    return Document(
        source, blocks, controls, len(filled.pages), filled.title, tuple(not_read(filled)), controls_suffice=True
    )
