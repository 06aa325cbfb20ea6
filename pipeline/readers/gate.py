"""Tell what kind of file some bytes are: by what they hold, never by their name."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.errors import Reason, Unreadable
from pipeline.odf import OpenDocument
from pipeline.odf.package import FLAT, ODT, declared, flat_kind, is_text, open_flat
from pipeline.ooxml import Package
from pipeline.readers.headers import is_mail, is_mailbox
from pipeline.readers.ole import opened, roots
from pipeline.readers.rtf import look_at_rtf
from pipeline.readers.word97 import look_at_word97
from pipeline.zips import Zip, open_zip

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PAGES = "application/vnd.apple.pages"
PDF = "application/pdf"
DOC = "application/msword"
RTF = "application/rtf"
RTF_MAGIC = b"{\\rtf"
SCANS = frozenset({"image/tiff", "image/png", "image/jpeg"})
"""Pictures that may be of paper."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST = 200_000_000
_BLANKS = b"\0 \t\r\n"
_GLANCE = 1024
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"MSCF", "application/vnd.ms-cab-compressed"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted"),
    (b"-----BEGIN PKCS7-----", "application/pkcs7-mime"),
)
_OUTLOOK = "__properties_version1.0"
_OLE_NAMES = {
    "EncryptedPackage": "application/encrypted",
    "WordDocument": DOC,
    "Workbook": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    _OUTLOOK: "application/vnd.ms-outlook",
}
"""What lies in the root of an OLE file → its kind; a mail of Outlook can hold the others in an attachment."""
_MAIN = {
    "wordprocessingml.document.main": DOCX,
    "wordprocessingml.template.main": DOCX,
    "spreadsheetml.": XLSX,
    "presentationml.": PPTX,
}
_HTML = re.compile(rb"\A\s*(<\?xml[^>]*\?>\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE)
_SEALED = re.compile(rb"\A\x30.{1,5}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02\x03]", re.DOTALL)
"""How a signed or encrypted message (S/MIME) begins."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file turned out to be."""

    media_type: str
    opened: Zip | None = None
    """The opened zip of a file that is one."""
    package: Package | None = None
    """The parts of an Office file."""
    main: str = ""
    """Name of the main one of them."""
    odf: OpenDocument | None = None
    """The parts of an OpenDocument text."""


def identify(data: bytes) -> Kind:
    """Give the kind of a file.

    Raises:
        Unreadable: empty, encrypted, damaged, with macros, a bomb.
    """
    if not (data[:_GLANCE].strip(_BLANKS) or data.strip(_BLANKS)):  # not to copy the whole of each file
        raise Unreadable(Reason.EMPTY, "het bestand bevat niets")
    if len(data) > LARGEST:
        raise Unreadable(Reason.TOO_LARGE, "het bestand is groter dan 200 MB")
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if data.startswith(b"PK"):
        raise Unreadable(Reason.DAMAGED, "het zipbestand is leeg of afgebroken")
    if data.startswith(OLE):
        return _ole(data)
    if b"%PDF-" in data[:1024]:
        return Kind(PDF)
    if data.startswith(RTF_MAGIC):
        look_at_rtf(data)
        return Kind(RTF)
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return Kind(media_type)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return Kind("image/heic")
    if _SEALED.match(data):
        return Kind("application/pkcs7-mime")
    if data[257:262] == b"ustar":
        return Kind("application/x-tar")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind("image/webp")
    flat = flat_kind(data)
    if is_text(flat):
        return Kind(FLAT, odf=open_flat(data))
    return Kind(flat or _text(data))


def _text(data: bytes) -> str:
    start = data[:4096]
    if _HTML.match(start):
        return "text/html"
    if b"<?mso-application" in start or b"schemas.microsoft.com/office/word/2003/wordml" in start:
        return "application/msword+xml"
    if start.lstrip().startswith(b"<?xml"):
        return "application/xml"
    if is_mailbox(data):
        return "application/mbox"
    if is_mail(data):
        return "message/rfc822"
    if b"\0" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "application/octet-stream"
    lines = [line for line in data[:20_000].splitlines() if line.strip()]
    for mark in (b";", b"\t", b","):
        counts = {line.count(mark) for line in lines[:-1] or lines}
        if len(counts) == 1 and counts.pop() > 0 and len(lines) > 1:
            return "text/csv"
    return "text/plain"


def _ole(data: bytes) -> Kind:
    names = roots(data)
    found = [name for name in _OLE_NAMES if (name in names if names else name.encode("utf-16-le") in data)]
    if "EncryptedPackage" in found:
        raise Unreadable(Reason.ENCRYPTED, "het Office-bestand is met een wachtwoord beveiligd")
    kind = _OLE_NAMES[found[0]] if found else ""
    if kind == DOC:
        look_at_word97(data)
    if kind and kind != _OLE_NAMES[_OUTLOOK]:
        return Kind(kind)
    with opened(data):  # what cannot be opened is damaged, and no kind of its own
        return Kind(kind or "application/x-ole-storage")


def _zip(data: bytes) -> Kind:
    opened = open_zip(data)
    kind = declared(opened)
    if is_text(kind):
        return Kind(ODT, opened, odf=OpenDocument(opened))
    if kind.startswith("application/"):
        return Kind(kind, opened)
    if "[Content_Types].xml" not in opened:
        if any(name.startswith("word/") for name in opened.names):
            raise Unreadable(Reason.DAMAGED, "onderdelen van het Word-bestand ontbreken")
        return Kind(PAGES if "Index/Document.iwa" in opened else "application/zip", opened)
    return _office(opened, Package(opened))


def _office(opened: Zip, package: Package) -> Kind:
    main = next((r.target for r in package.relations().values() if r.kind == "officeDocument" and not r.external), "")
    if main not in package:
        raise Unreadable(Reason.DAMAGED, "het hoofdonderdeel van het bestand ontbreekt")
    kinds = {package.kind_of(name) for name in package.names}
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds) or any(
        name.lower().endswith("vbaproject.bin") for name in package.names
    ):
        raise Unreadable(Reason.MACROS, "het bestand bevat macro's")
    kind = package.kind_of(main)
    for words, media_type in _MAIN.items():
        if words in kind:
            return Kind(media_type, opened, package, main)
    if kind.endswith("xml") and main.startswith("word/"):
        return Kind(DOCX, opened, package, main)
    return Kind("application/zip", opened, package)
