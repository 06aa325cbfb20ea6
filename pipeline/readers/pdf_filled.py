"""Read a fillable form of ours by its fields alone: its pages are as they were printed, so they hold no answer."""

from __future__ import annotations

from pipeline.document import Document, Location, Paragraph, Source
from pipeline.pdf import Filled
from pipeline.readers.pdf_fields import controls_of, is_line_through, is_typed, not_read, under_headings, unseen
from pipeline.readers.pdf_frame import frame_of_box


def suffices(filled: Filled) -> bool:
    """Tell whether the fields hold all that was filled in: nobody typed on the pages, or struck anything out there."""
    return filled.printed is not None and not any(is_typed(each) or is_line_through(each) for each in filled.remarks)


def document_of(source: Source, filled: Filled) -> Document:
    """Give the controls, under the headings of the form; the other words of its pages are left out."""
    frames = [frame_of_box(page.box, page.turn) for page in filled.pages]
    printed = [
        Paragraph(
            line.text,
            Location(source.name, page=line.page, box=(0.0, line.top, 0.0, line.top), paragraph=number),
            line.level,
        )
        for number, line in enumerate(filled.printed or (), start=1)
    ]
    headings = [paragraph for paragraph in printed if paragraph.level > 1]
    controls = controls_of(filled, frames, source.name, under_headings(headings))
    blocks = (*printed, *unseen(filled, source.name))
    return Document(source, blocks, controls, len(frames), filled.title, tuple(not_read(filled)), controls_suffice=True)
