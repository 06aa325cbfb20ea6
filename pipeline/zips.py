"""Open a zip that a stranger made, from memory, whatever is in it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from pipeline.errors import Reason, Unreadable

UNPACKED = 100_000_000
MEMBERS = 2_000
RATIO = 200
SUSPECT = 10_000_000
"""Below this size a part that packs well (a long answer of one letter) is harmless."""
_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<4s5H3L2H")


@dataclass(frozen=True, slots=True)
class _Member:
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


class Zip:
    """The members of a zip. Sizes are checked while inflating; nothing touches the disk."""

    def __init__(self, data: bytes, members: dict[str, _Member]) -> None:
        self._data = data
        self._members = members
        self._inflated: dict[str, bytes] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, as the zip lists them."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Give the content of a member.

        Raises:
            Unreadable: it is damaged, or larger than it says.
        """
        if name not in self._inflated:
            if name not in self._members:
                raise Unreadable(Reason.DAMAGED, "het onderdeel {name} ontbreekt", name=name)
            self._inflated[name] = _inflate(self._data, self._members[name])
        return self._inflated[name]


def open_zip(data: bytes) -> Zip:
    """Open a zip and check everything about it that can be checked before reading.

    Raises:
        Unreadable: damaged, encrypted, doubled or overlapping members, a zip bomb.
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
    return Zip(data, members)


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
