"""Open the zip of an Office file safely, from memory, whatever is in it."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import Reason, Unreadable
from pipeline.ooxml.markup import parse, plain
from pipeline.ooxml.names import RELATIONS, TYPES

UNPACKED = 100_000_000
MEMBERS = 2_000
RATIO = 200
SUSPECT = 10_000_000
"""Below this size a part that packs well (a long answer of one letter) is harmless."""
_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<4s5H3L2H")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says about another."""

    kind: str
    """Last word of the relation's type: officeDocument, styles, footnotes, header…"""
    target: str
    """Name of the part in the package, or an address outside."""
    external: bool


@dataclass(frozen=True, slots=True)
class _Member:
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


class Package:
    """The parts of an Office file. Sizes are checked while inflating; nothing touches the disk."""

    def __init__(self, data: bytes, members: dict[str, _Member]) -> None:
        self._data = data
        self._members = members
        self._inflated: dict[str, bytes] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, as the zip lists them."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Give the content of a part.

        Raises:
            Unreadable: it is damaged, or larger than it says.
        """
        if name not in self._inflated:
            if name not in self._members:
                raise Unreadable(Reason.DAMAGED, f"het onderdeel {name} ontbreekt")
            self._inflated[name] = _inflate(self._data, self._members[name])
        return self._inflated[name]

    @cached_property
    def types(self) -> dict[str, str]:
        """Content type by part name (`/word/document.xml`) or extension (`.xml`), in lower case."""
        found = {}
        for entry in parse(self.read("[Content_Types].xml")):
            kind = entry.get("ContentType", "")
            if entry.tag == TYPES + "Default":
                found["." + entry.get("Extension", "").lower()] = kind
            elif entry.tag == TYPES + "Override":
                found[entry.get("PartName", "").lower()] = kind
        return found

    def kind_of(self, name: str) -> str:
        """Give the content type of a part."""
        extension = "." + name.rpartition(".")[2].lower()
        return self.types.get("/" + name.lower(), self.types.get(extension, ""))

    def relations(self, name: str = "") -> dict[str, Relation]:
        """Give what a part (by default the package) refers to, by identifier."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", base + ".rels")
        if part not in self._members:
            return {}
        found = {}
        for entry in parse(self.read(part)).iterchildren(RELATIONS + "Relationship"):
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[entry.get("Id", "")] = Relation(entry.get("Type", "").rpartition("/")[2], target, external)
        return found


def open_package(data: bytes) -> Package:
    """Open an Office file and check everything about its zip that can be checked before reading.

    Raises:
        Unreadable: damaged, encrypted, doubled or overlapping parts, a zip bomb, a DTD in any XML part.
    """
    end = data.rfind(_END)
    if end >= 0 and len(data) >= end + 12 and struct.unpack_from("<H", data, end + 10)[0] > MEMBERS:
        raise Unreadable(Reason.BOMB, "het bestand bevat duizenden onderdelen")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            directory = archive.start_dir
    except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, EOFError) as error:
        raise Unreadable(Reason.DAMAGED, "het bestand is afgebroken of beschadigd") from error
    if len(listed) > MEMBERS:
        raise Unreadable(Reason.BOMB, "het bestand bevat duizenden onderdelen")
    members = {info.filename: _locate(data, info) for info in listed if not info.is_dir()}
    _check_names([info.filename for info in listed])
    _check_sizes(list(members.values()))
    _check_overlap(listed, data, directory)
    package = Package(data, members)
    for name in package.names:
        if name.lower().endswith((".xml", ".rels")):
            _refuse_dtd(package.read(name))
    return package


def _refuse_dtd(content: bytes) -> None:
    """Look for a DTD; other faults of a part count only when it is read."""
    try:
        plain(content)
    except Unreadable as error:
        if error.reason is Reason.DTD:
            raise


def _locate(data: bytes, info: zipfile.ZipInfo) -> _Member:
    if info.flag_bits & 0x1:
        raise Unreadable(Reason.ENCRYPTED, "het zipbestand is met een wachtwoord beveiligd")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(Reason.DAMAGED, "een onderdeel is op een onbekende manier ingepakt")
    start = _content(data, info)
    if start + info.compress_size > len(data):
        raise Unreadable(Reason.DAMAGED, "het bestand is afgebroken")
    return _Member(start, info.compress_size, info.file_size, info.CRC, info.compress_type == zipfile.ZIP_DEFLATED)


def _content(data: bytes, info: zipfile.ZipInfo) -> int:
    """Give where the content of a member starts, after checking its own header against the directory's."""
    if not 0 <= info.header_offset <= len(data) - _LOCAL.size:
        raise Unreadable(Reason.DAMAGED, "het bestand is afgebroken")
    header = _LOCAL.unpack_from(data, info.header_offset)
    name_at = info.header_offset + _LOCAL.size
    name = data[name_at : name_at + header[9]]
    encoding = "utf-8" if header[2] & 0x800 else "cp437"
    if header[0] != b"PK\x03\x04" or name.decode(encoding, "replace") != info.orig_filename:
        raise Unreadable(Reason.DAMAGED, "de inhoudstafel van het bestand klopt niet met de inhoud")
    return int(name_at + header[9] + header[10])


def _check_names(names: list[str]) -> None:
    for name in names:
        if name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/"):
            raise Unreadable(Reason.DAMAGED, "een onderdeel heeft een verdachte naam")
    if len({name.casefold() for name in names}) < len(names):
        raise Unreadable(Reason.DUPLICATE_PARTS, "een onderdeel staat er tweemaal in")


def _check_sizes(members: list[_Member]) -> None:
    total = sum(member.size for member in members)
    packed = sum(member.packed for member in members)
    for size, small in [(total, packed), *((member.size, member.packed) for member in members)]:
        if size > SUSPECT and size > RATIO * max(small, 1):
            raise Unreadable(Reason.BOMB, "het bestand pakt uit tot een veelvoud van zijn grootte")
    if total > UNPACKED:
        raise Unreadable(Reason.TOO_LARGE, "het bestand is uitgepakt groter dan 100 MB")


def _check_overlap(listed: list[zipfile.ZipInfo], data: bytes, directory: int) -> None:
    reached = 0
    for info in sorted(listed, key=lambda info: info.header_offset):
        if info.header_offset < reached:
            raise Unreadable(Reason.BOMB, "onderdelen van het bestand overlappen elkaar")
        reached = _content(data, info) + info.compress_size
    if reached > directory:
        raise Unreadable(Reason.BOMB, "onderdelen van het bestand overlappen elkaar")


def _inflate(data: bytes, member: _Member) -> bytes:
    content = data[member.start : member.start + member.packed]
    if member.deflated:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(content, member.size + 1)
        except zlib.error as error:
            raise Unreadable(Reason.DAMAGED, "een onderdeel is beschadigd") from error
    if len(content) > member.size:
        raise Unreadable(Reason.BOMB, "een onderdeel is groter dan het zegt te zijn")
    if len(content) < member.size or zlib.crc32(content) != member.crc:
        raise Unreadable(Reason.DAMAGED, "een onderdeel is beschadigd")
    return content
