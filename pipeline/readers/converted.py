"""Read older Word files: LibreOffice saves them as Word does now, and the reader of Word reads that."""

from __future__ import annotations

from dataclasses import replace

from pipeline import office
from pipeline.document import Document, Source
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.readers.docx import read_docx
from pipeline.readers.gate import DOC, RTF, identify

EXTENSIONS = {DOC: "doc", RTF: "rtf"}
"""Media type → the extension under which LibreOffice gets the file."""


def read_converted(source: Source, data: bytes) -> Document:
    """Read an older Word file.

    Args:
        source: the file as it came in; the places of what is read name this one.
        data: the whole file, which the gate has let through.

    Raises:
        Unreadable: LibreOffice is missing or cannot convert it, or what it made cannot be read.
    """
    kind = identify(office.to_docx(data, EXTENSIONS[source.media_type]))
    if kind.package is None:
        raise Unreadable(Reason.DAMAGED, "LibreOffice kan het niet omzetten")
    document = read_docx(source, kind.package, kind.main, converted=True)
    return replace(document, notes=(_("Het bestand is met LibreOffice omgezet naar .docx om het te lezen."),))
