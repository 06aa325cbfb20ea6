"""A mark on every page of a Word file: at the top of each header."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from pipeline.ooxml.packing import Packing


def marked(data: bytes, words: str) -> bytes:
    """Give a copy of a Word file that says something on every page.

    Args:
        data: the bytes of the Word file.
        words: what it says.

    Returns:
        Its bytes; the same for the same file and words.
    """
    from docx import Document

    document: Any = Document(io.BytesIO(data))
    for header in _headers(document):
        line = header.add_paragraph()
        line.add_run(words).bold = True
        header._element.insert(0, line._p)  # noqa: SLF001 - python-docx has no other way to its element
    return saved(document)


def saved(document: Any) -> bytes:
    """Give the bytes of a Word file of python-docx, without the moment of saving."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        return Packing({name: archive.read(name) for name in archive.namelist()}, ()).write({})


def _headers(document: Any) -> Iterator[Any]:
    """Give every header that a page may show; a section without one of its own shows that of the section before."""
    even = document.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(document.sections):
        shown = [section.header]
        if section.different_first_page_header_footer:
            shown.append(section.first_page_header)
        if even:
            shown.append(section.even_page_header)
        yield from (header for header in shown if number == 0 or not header.is_linked_to_previous)
