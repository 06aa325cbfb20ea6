"""Write a Word file of which most members never change: those are deflated once, for all files to come."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterator, Mapping

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UNIX = 3 << 8
_UTF8 = 0x800
_DEFLATED = 8
_DAY = 0x21
"""1 January 1980: the first day that a zip can tell, so that the same members give the same bytes."""
_RIGHTS = 0o644 << 16
_SMALLEST, _QUICK = 9, 3
"""How hard to deflate: what is done once as small as can be; what each file brings in a third of the time that zlib
takes of itself, for a seventh more bytes."""

_SMALL = 4096
"""Up to so many bytes a smaller window holds all, and takes a third of the time to set up."""


class Packing:
    """The zip of a Word file, ready but for the members that differ in each file (APPNOTE 6.3, without zip64).

    Args:
        members: every member in order.
        changing: names of those whose bytes are given with each file.
    """

    def __init__(self, members: Mapping[str, bytes], changing: Collection[str]) -> None:
        self._names = tuple(members)
        self._ready = {name: _pack(name, data, _SMALLEST) for name, data in members.items() if name not in changing}

    def write(self, changed: Mapping[str, bytes]) -> bytes:
        """Give the zip with these bytes for the members that change."""
        locals_, centrals = [], []
        offset = 0
        for name, (local, central) in self._members(changed):
            locals_.append(local)
            centrals.append(central + struct.pack("<L", offset) + _encoded(name)[0])
            offset += len(local)
        directory = b"".join(centrals)
        count = len(centrals)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
        return b"".join((*locals_, directory, end))

    def _members(self, changed: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[bytes, bytes]]]:
        for name in self._names:
            yield name, self._ready[name] if name in self._ready else _pack(name, changed[name], _QUICK)


def _pack(name: str, data: bytes, level: int) -> tuple[bytes, bytes]:
    """Give a member as it stands in the zip, and its line of the directory up to the offset."""
    window, memory = (12, 5) if len(data) <= _SMALL else (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    deflate = zlib.compressobj(level, zlib.DEFLATED, -window, memory)
    packed = deflate.compress(data) + deflate.flush()
    encoded, flags = _encoded(name)
    sizes = (zlib.crc32(data), len(packed), len(data), len(encoded), 0)
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, flags, _DEFLATED, 0, _DAY, *sizes) + encoded + packed
    central = _CENTRAL.pack(
        b"PK\x01\x02", _UNIX | _VERSION, _VERSION, flags, _DEFLATED, 0, _DAY, *sizes, 0, 0, 0, _RIGHTS, 0
    )
    return local, central[:-4]


def _encoded(name: str) -> tuple[bytes, int]:
    encoded = name.encode()
    return encoded, 0 if name.isascii() else _UTF8
