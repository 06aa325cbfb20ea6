"""Tell what is read from a Word file, in the shapes that tests compare."""

from __future__ import annotations

from pipeline.document import Document, Paragraph, Table, paragraphs
from pipeline.readers import read


def said(data: bytes) -> list[str]:
    """Give the texts of all paragraphs that say something."""
    return [part.text for part in paragraphs(read(data, "aanvraag.docx").blocks) if part.text]


def rows(data: bytes) -> list[list[str]]:
    """Give the texts of the cells of the first table."""
    table = next(block for block in read(data, "aanvraag.docx").blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


def first(document: Document) -> Paragraph:
    """Give the first paragraph."""
    return next(paragraphs(document.blocks))
