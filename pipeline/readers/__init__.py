"""Read a file, whatever it is called, into a neutral document."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.document import Document, Source
from pipeline.errors import Reason, Unreadable
from pipeline.readers.gate import DOC, DOCX, PDF, RTF, SCANS, identify
from pipeline.readers.reasons import is_closed, name_kind

if TYPE_CHECKING:
    from pipeline.readers.pdf_document import Wanted


def read(data: bytes, name: str, *, answers_only: bool = False, wanted: Wanted | None = None) -> Document:
    """Read a Word document, an OpenDocument text, a PDF or a scan, told apart by what the bytes are.

    Args:
        data: the whole file.
        name: its path inside the submission; for the places of what is read, never for its kind.
        answers_only: the words that a form prints may be left out where they cannot hold an answer, which is faster.
        wanted: told of the first pages of a scan, whether the rest is worth reading; None reads all.

    Raises:
        Unreadable: with one reason of the closed list.
    """
    try:
        return _read(data, name, answers_only=answers_only, wanted=wanted)
    except MemoryError as error:  # the file is not damaged: there is nothing to ask for again
        raise Unreadable(Reason.CRASHED, "te veel geheugen nodig") from error


def _read(data: bytes, name: str, *, answers_only: bool, wanted: Wanted | None) -> Document:
    kind = identify(data)
    source = Source(name, hashlib.sha256(data).hexdigest(), kind.media_type)
    if kind.media_type == DOCX and kind.package is not None:
        from pipeline.readers.docx import read_docx

        return read_docx(source, kind.package, kind.main)
    if kind.odf is not None:
        from pipeline.readers.odt import read_odt

        return read_odt(source, kind.odf)
    if kind.media_type in (DOC, RTF):
        from pipeline.readers.converted import read_converted

        return read_converted(source, data)
    if kind.media_type == PDF:
        from pipeline.readers.pdf import read_pdf

        return read_pdf(source, data, answers_only=answers_only, wanted=wanted)
    if kind.media_type in SCANS:
        from pipeline.readers.scan import read_images

        return read_images(source, data, wanted)
    raise Unreadable(Reason.CLOSED if is_closed(kind.media_type) else Reason.WRONG_KIND, name_kind(kind.media_type))


def inspect(data: bytes, name: str) -> tuple[str, str]:
    """Give the media type of an attachment, and what is wrong with it ("" when it opens).

    Args:
        data: the whole file.
        name: its path inside the submission.
    """
    from pipeline.readers.attachments import look

    return look(data, name)
