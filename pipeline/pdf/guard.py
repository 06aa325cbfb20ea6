"""Open a PDF safely: what cannot be read is told by its reason, whatever the bytes."""

from __future__ import annotations

from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.pdf.bombs import refuse_drawings, refuse_promises
from pipeline.pdf.streams import unpack_streams

MOST_PAGES = 500
_TAIL = 2_048
_BLANKS = b"\0 \t\r\n"
_GLANCE = 1024


def refuse_at_sight(data: bytes) -> dict[int, bytes]:
    """Refuse a PDF of which the bytes show that it is cut off, damaged or a bomb.

    Returns:
        What its plainly packed streams hold, by the place behind `12 0 obj`.

    Raises:
        Unreadable: it is.
    """
    _look_at_bytes(data)
    return {} if refuse_promises(data) else unpack_streams(data)


def open_pages(data: bytes) -> Any:
    """Open a PDF that was looked at, with pdfium, for its pages.

    Raises:
        Unreadable: damaged, encrypted, a bomb once drawn, or too many pages.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    refuse_drawings(data)
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise Unreadable(Reason.ENCRYPTED, "de pdf is met een wachtwoord beveiligd") from error
        raise Unreadable(Reason.DAMAGED, "de pdf kan niet geopend worden") from error
    if count < 1:
        raise Unreadable(Reason.DAMAGED, "de pdf heeft geen bladzijden")
    if count > MOST_PAGES:
        raise Unreadable(
            Reason.TOO_LARGE,
            "de pdf heeft {pages} bladzijden; hoogstens {most} worden gelezen",
            pages=count,
            most=MOST_PAGES,
        )
    return document


def _look_at_bytes(data: bytes) -> None:
    if not (data[:_GLANCE].strip(_BLANKS) or data.strip(_BLANKS)):  # not to copy the whole of each file
        raise Unreadable(Reason.EMPTY, "het bestand bevat niets")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(Reason.DAMAGED, "het begin van de pdf ontbreekt")
    if b"%%EOF" not in data[-_TAIL:]:
        raise Unreadable(Reason.DAMAGED, "het einde van de pdf ontbreekt: het bestand is afgebroken")
