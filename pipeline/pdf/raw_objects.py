"""Take an object out of the bytes of a PDF without opening it, which costs a fifth of reading one.

What is packed or hidden otherwise is not found; who asks must open the file then.
"""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 20_000_000
"""Bytes of a stream, unpacked."""


def object_of(data: bytes, number: bytes, generation: bytes) -> bytes | None:
    """Give the bytes of an object, up to its end or that of its stream; None when it does not stand there."""
    start = data.rfind(b"\n%b %b obj" % (number, generation))
    if start < 0:
        return None
    end, stream = data.find(b"endobj", start), data.find(b"endstream", start)
    return data[start : end if stream < 0 else min(end, stream)] if end >= 0 else None


def stream_of(data: bytes, number: bytes, generation: bytes, most: int = _LARGEST) -> bytes | None:
    """Give what a stream holds, or its first bytes; None when its bytes cannot be read as they are."""
    found = object_of(data, number, generation)
    stream = _STREAM.search(found) if found is not None else None
    if found is None or stream is None:
        return None
    head, content = found[: stream.start()], found[stream.end() :]
    if b"/FlateDecode" not in head:
        return None if b"/Filter" in head else content
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return None
