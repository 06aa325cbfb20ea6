"""A number that no line end breaks: LibreOffice ends lines at hyphens, and half a dossier's number finds nobody."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.sax.saxutils import escape

_SHOWN = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>[^<]*")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_HOLDS = "\N{NON-BREAKING HYPHEN}"
"""LibreOffice draws it as a hyphen, and writes one where the PDF says its text: what is searched for is found."""


def unbroken(docx: bytes, number: str) -> bytes:
    """Give a Word file to print in which no line ends within a number.

    Only for the print: in Word, searching for the number finds no such hyphens.

    Args:
        docx: a Word file; what cannot be opened comes back as it is.
        number: the dossier's number; without a hyphen nothing changes.
    """
    if "-" not in number:
        return docx
    plain = escape(number).encode()
    held = escape(number.replace("-", _HOLDS)).encode()
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as given, zipfile.ZipFile(made, "w") as copy:
            for member in given.infolist():
                data = given.read(member)
                if _SHOWN.fullmatch(member.filename):
                    data = _TEXT.sub(lambda text: text[0].replace(plain, held), data)
                copy.writestr(zipfile.ZipInfo(member.filename), data)
    except _DAMAGED:
        return docx  # LibreOffice tells that it does not open
    return made.getvalue()
