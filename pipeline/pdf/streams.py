"""Look at the packed streams of a PDF without opening it: is one damaged, does one unfold to far too much."""

from __future__ import annotations

import re
import zlib

from pipeline.errors import Reason, Unreadable

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_LARGEST = 64_000_000
"""Bytes of one unpacked stream that is no picture."""
_STEP = 1_000_000
_KEPT = 20_000_000
"""Bytes that are kept of all of them together; who wants more unpacks it again."""


def unpack_streams(data: bytes) -> dict[int, bytes]:
    """Unpack every stream that may hold text, structure or a font; pictures are left alone.

    Returns:
        What those hold that ended where they should, by the place in the file where each begins.

    Raises:
        Unreadable: one is damaged, so that text would be missing without a word; or one unfolds without end.
    """
    unpacked: dict[int, bytes] = {}
    if b"/Encrypt" in data:
        return unpacked
    room = _KEPT
    for found in _STREAM.finditer(data):
        start = found.start()
        earliest = max(0, start - 600)
        described = data[max(earliest, data.rfind(b" obj", earliest, start)) : start]
        if b"/FlateDecode" not in described or (b"/Image" in described and _PICTURE.search(described)):
            continue
        begin = found.end()
        end = data.find(b"endstream", begin)
        held = _unpack(data[begin : end if end > 0 else len(data)])
        if held is not None and len(held) <= room:
            unpacked[begin] = held
            room -= len(held)
    return unpacked


def _unpack(packed: bytes) -> bytes | None:
    """Unpack a stream; None when it is large or does not end."""
    unpack = zlib.decompressobj()
    try:
        held = unpack.decompress(packed, _STEP)
        if unpack.eof:
            return held
        size = len(held)
        packed = unpack.unconsumed_tail
        while packed and not unpack.eof:
            size += len(unpack.decompress(packed, _STEP))
            packed = unpack.unconsumed_tail
            if size > _LARGEST:
                raise Unreadable(Reason.BOMB, "een onderdeel van de pdf wordt bij het uitpakken abnormaal groot")
    except zlib.error as error:
        raise Unreadable(Reason.DAMAGED, "een onderdeel van de pdf is beschadigd") from error
    return None
