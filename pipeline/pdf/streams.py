"""Look at the packed streams of a PDF without opening it: is one damaged, does one unfold to far too much."""

from __future__ import annotations

import re
import zlib
from typing import Any

from pipeline.errors import Reason, Unreadable

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DEFLATED = re.compile(rb"/Filter\s*/FlateDecode\b")
_OBJECT = b" obj"
_FURTHEST = 600
"""Bytes between the number of a stream and what it holds."""
_LARGEST = 64_000_000
"""Bytes of one unpacked stream that is no picture."""
_STEP = 1_000_000
_KEPT = 20_000_000
"""Bytes that are kept of all of them together; who wants more unpacks it again."""


def unpack_streams(data: bytes) -> dict[int, bytes]:
    """Unpack every stream that may hold text, structure or a font; pictures are left alone.

    Returns:
        What those hold that are packed plainly and end where they should, by the place behind `12 0 obj`.

    Raises:
        Unreadable: one is damaged, so that text would be missing without a word; or one unfolds without end.
    """
    unpacked: dict[int, bytes] = {}
    if b"/Encrypt" in data:
        return unpacked
    room = _KEPT
    try:
        for found in _STREAM.finditer(data):
            start, begin = found.span()
            earliest = max(0, start - _FURTHEST)
            place = data.rfind(_OBJECT, earliest, start)
            described = data[max(earliest, place) : start]
            if b"/FlateDecode" not in described or (b"/Image" in described and _PICTURE.search(described)):
                continue
            end = data.find(b"endstream", begin)
            unpack = zlib.decompressobj()
            held = unpack.decompress(data[begin : end if end > 0 else len(data)], _STEP)
            if not unpack.eof:
                _unpack_on(unpack, len(held))
            elif place >= 0 and len(held) <= room and is_plain(described):
                unpacked[place + len(_OBJECT)] = held
                room -= len(held)
    except zlib.error as error:
        raise Unreadable(Reason.DAMAGED, "een onderdeel van de pdf is beschadigd") from error
    return unpacked


def is_plain(described: bytes) -> bool:
    """Tell whether a stream is packed in the one usual way, by what stands between its number and what it holds."""
    once = described.count(b"/Filter") == 1 and _DEFLATED.search(described) is not None
    return once and b"/DecodeParms" not in described and b"endobj" not in described


def _unpack_on(unpack: Any, size: int) -> None:
    """Unpack the rest of a large stream, or of one that does not end."""
    while not unpack.eof and (packed := unpack.unconsumed_tail):
        size += len(unpack.decompress(packed, _STEP))
        if size > _LARGEST:
            raise Unreadable(Reason.BOMB, "een onderdeel van de pdf wordt bij het uitpakken abnormaal groot")
