"""Open a PDF safely: what cannot be read is told by its reason, whatever the bytes."""

from __future__ import annotations

import re
from typing import Any

from pipeline.errors import Reason, Unreadable

MOST_PAGES = 500
_TAIL = 2_048
_XREF_SIZE = re.compile(rb"/Size\s+(\d{1,20})")
_XREF_INDEX = re.compile(rb"/Index\s*\[([^\]]{0,2000})\]")


def open_pages(data: bytes) -> Any:
    """Open a PDF with pdfium, for its pages.

    Raises:
        Unreadable: empty, damaged, encrypted, too many pages, or a form of the XFA kind only.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    _look_at_bytes(data)
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(Reason.ENCRYPTED, "de pdf is met een wachtwoord beveiligd") from error
        raise Unreadable(Reason.DAMAGED, "de pdf kan niet geopend worden") from error
    if count < 1:
        raise Unreadable(Reason.DAMAGED, "de pdf heeft geen bladzijden")
    if count > MOST_PAGES:
        raise Unreadable(Reason.TOO_LARGE, f"de pdf heeft {count} bladzijden; hoogstens {MOST_PAGES} worden gelezen")
    return document


def _look_at_bytes(data: bytes) -> None:
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable(Reason.EMPTY, "het bestand bevat niets")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(Reason.DAMAGED, "het begin van de pdf ontbreekt")
    if b"%%EOF" not in data[-_TAIL:]:
        raise Unreadable(Reason.DAMAGED, "het einde van de pdf ontbreekt: het bestand is afgebroken")
    _count_objects(data)


def _count_objects(data: bytes) -> None:
    """Refuse a file that promises far more objects than its bytes can hold: readers would make room for them all."""
    most = 10 * len(data) + 10_000
    promised = [int(found) for found in _XREF_SIZE.findall(data)]
    for found in _XREF_INDEX.findall(data):
        promised += [int(number) for number in re.findall(rb"\d{1,20}", found)]
    if any(number > most for number in promised):
        raise Unreadable(Reason.BOMB, "de pdf belooft meer onderdelen dan er in het bestand passen")
