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


def refuse_bad_streams(data: bytes) -> None:
    """Unpack every stream that may hold text, structure or a font; pictures are left alone.

    Raises:
        Unreadable: one is damaged, so that text would be missing without a word; or one unfolds without end.
    """
    if b"/Encrypt" in data:
        return
    for found in _STREAM.finditer(data):
        start = found.start()
        earliest = max(0, start - 600)
        described = data[max(earliest, data.rfind(b" obj", earliest, start)) : start]
        if b"/FlateDecode" not in described or (b"/Image" in described and _PICTURE.search(described)):
            continue
        end = data.find(b"endstream", found.end())
        _unpack(data[found.end() : end if end > 0 else len(data)])


def _unpack(packed: bytes) -> None:
    unpack = zlib.decompressobj()
    size = 0
    try:
        while packed and not unpack.eof:
            size += len(unpack.decompress(packed, _STEP))
            packed = unpack.unconsumed_tail
            if size > _LARGEST:
                raise Unreadable(Reason.BOMB, "een onderdeel van de pdf wordt bij het uitpakken abnormaal groot")
    except zlib.error as error:
        raise Unreadable(Reason.DAMAGED, "een onderdeel van de pdf is beschadigd") from error
