"""Open a zip that somebody packed: its files, with the names that they had."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib

from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.readers.contents import MOST, Contents, Item
from pipeline.readers.leftovers import leftover

ZIP = "application/zip"
_END = b"PK\x05\x06"
_RATIO = 200
_SUSPECT = 10_000_000
"""Below this size a file that packs well is harmless."""
_FORMATS = ("mimetype", "[Content_Types].xml", "META-INF/MANIFEST.MF", "doc.kml")
"""What a zip holds that is a file of its own kind: OpenDocument, Office, Java, a map."""
_FOLDERS = ("word/", "xl/", "ppt/", "Index/Document.iwa")
_LINE = re.compile(r"[\r\n\t\v\f]+")
_WINDOWS = 0
_UNIX = 3
_UTF_8 = 0x800
_ENCRYPTED = 0x1


def is_bundle(data: bytes) -> bool:
    """Say whether these are the bytes of a zip that somebody packed, and not of an Office file or another format."""
    if not data.startswith(b"PK") or _says_too_many(data):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, EOFError):
        return False
    return not any(name in _FORMATS or name.startswith(_FOLDERS) for name in names)


def open_zip(data: bytes, largest: int) -> Contents:
    """Open a zip; nothing touches the disk.

    Args:
        data: the whole file.
        largest: bytes that its files may have together.

    Raises:
        Unreadable: it is empty, encrypted as a whole, or opens into more than a person packs.
    """
    notes: list[str] = []
    taken: list[tuple[zipfile.ZipInfo, str]] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = archive.infolist()
        if len(listed) > MOST:
            raise Unreadable(Reason.BOMB, "het zipbestand bevat duizenden bestanden")
        for info in listed:
            name = _named(info)
            if name.endswith("/"):
                continue
            safe = "/".join(part for part in name.split("/") if part not in ("", ".", "..")) or _("bestand")
            why = _left_alone(info, safe)
            if why:
                notes.append(_("«{name}»: {why}").format(name=name, why=why))
                continue
            if safe != name.removeprefix("./"):
                text = _("«{name}» wijst buiten het zipbestand; het bestand is gelezen als «{safe}»")
                notes.append(text.format(name=name, safe=safe))
            taken.append((info, safe))
        _check([info for info, _name in taken], largest)
        items = tuple(_item(archive, info, name) for info, name in taken)
    if not items:
        raise Unreadable(Reason.EMPTY, "het zipbestand bevat geen bestanden")
    return Contents(ZIP, items, tuple(notes))


def _says_too_many(data: bytes) -> bool:
    """Say whether a zip lists more files than a person packs; to list them all would fill the memory."""
    end = data.rfind(_END)
    return end >= 0 and len(data) >= end + 12 and struct.unpack_from("<H", data, end + 10)[0] > MOST


def _left_alone(info: zipfile.ZipInfo, name: str) -> str:
    """Say why a file is not read; empty when it is."""
    if info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16):
        return _("snelkoppeling; vraag het bestand zelf")
    return next((why for part in name.split("/") if (why := leftover(part))), "")


def _named(info: zipfile.ZipInfo) -> str:
    """Give a name as it was typed: zips of Windows use the letters of DOS, others often UTF-8 without saying so."""
    name = info.orig_filename
    if not name.isascii() and not info.flag_bits & _UTF_8:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            name = raw.decode("cp850" if info.create_system == _WINDOWS else "cp1252", "replace")
    drive, colon, rest = name.replace("\\", "/").partition(":")
    name = f"/{rest}" if colon and len(drive) == 1 else name.replace("\\", "/")
    return unicodedata.normalize("NFC", _LINE.sub(" ", name))


def _check(listed: list[zipfile.ZipInfo], largest: int) -> None:
    if listed and all(info.flag_bits & _ENCRYPTED for info in listed):
        raise Unreadable(Reason.ENCRYPTED, "het zipbestand is met een wachtwoord beveiligd")
    sizes = [(info.file_size, info.compress_size) for info in listed]
    total, packed = sum(size for size, _packed in sizes), sum(packed for _size, packed in sizes)
    for size, small in [(total, packed), *sizes]:
        if size > _SUSPECT and size > _RATIO * max(small, 1):
            raise Unreadable(Reason.BOMB, "het zipbestand pakt uit tot een veelvoud van zijn grootte")
    if total > largest:
        raise Unreadable(Reason.TOO_LARGE, "het zipbestand is uitgepakt groter dan 300 MB")


def _item(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Item:
    if info.flag_bits & _ENCRYPTED:
        return Item(name, b"", fault=Unreadable(Reason.ENCRYPTED, "met een wachtwoord in het zipbestand"))
    try:
        with archive.open(info) as handle:
            return Item(name, handle.read())
    except NotImplementedError:
        fault = Unreadable(Reason.DAMAGED, "het is op een onbekende manier ingepakt")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error):
        fault = Unreadable(Reason.DAMAGED, "het bestand in het zipbestand is beschadigd")
    return Item(name, b"", fault=fault)
