"""Take objects out of the bytes of a PDF without opening it, which costs a fifth of reading one.

What is packed or hidden otherwise is not found; who asks must open the file then.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 20_000_000
"""Bytes of a stream, unpacked."""


class RawObjects:
    """The objects that stand plainly in the bytes of a file."""

    def __init__(self, data: bytes, unpacked: Mapping[int, bytes]) -> None:
        """Take a file.

        Args:
            data: the whole file.
            unpacked: what streams hold that were unpacked before, by the place behind `12 0 obj`.
        """
        self.data = data
        self._unpacked = unpacked

    def object(self, number: bytes, generation: bytes) -> bytes | None:
        """Give the bytes of an object, up to its end or that of its stream; None when it does not stand there."""
        start = self._start(number, generation)
        if start < 0:
            return None
        end, stream = self.data.find(b"endobj", start), self.data.find(b"endstream", start)
        return self.data[start : end if stream < 0 else min(end, stream)] if end >= 0 else None

    def stream(self, number: bytes, generation: bytes) -> bytes | None:
        """Give what a stream holds, or its first bytes; None when its bytes cannot be read as they are."""
        held = self._unpacked.get(self._start(number, generation))
        if held is not None:
            return held
        found = self.object(number, generation)
        stream = _STREAM.search(found) if found is not None else None
        if found is None or stream is None:
            return None
        head, content = found[: stream.start()], found[stream.end() :]
        if b"/FlateDecode" not in head:
            return None if b"/Filter" in head else content
        try:
            return zlib.decompressobj().decompress(content, _LARGEST)
        except zlib.error:
            return None

    def _start(self, number: bytes, generation: bytes) -> int:
        """Give the place behind `12 0 obj`, the last of them; -1 where it does not stand."""
        said = b"\n%b %b obj" % (number, generation)
        found = self.data.rfind(said)
        return found + len(said) if found >= 0 else -1
