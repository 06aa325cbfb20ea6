"""Look at the packed streams of a PDF without opening it: is one damaged, does one unfold to far too much."""

from __future__ import annotations

import re
import zlib
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.pdf.remembered import Remembered

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DEFLATED = re.compile(rb"/Filter\s*/FlateDecode\b")
_OBJECT = b" obj"
_END = b"endstream"
_FURTHEST = 600
"""Bytes between the number of a stream and what it holds."""
_LARGEST = 64_000_000
"""Bytes of one unpacked stream that is no picture."""
_STEP = 1_000_000
_TINY = 40
"""Bytes of a packed stream that says next to nothing, and so the same in every copy: the drawing of an empty field."""
_ANY_DIGIT = bytes.maketrans(b"123456789", b"000000000")
"""The drawings of the fields of a form differ in length and size, and in nothing that says how they are kept."""
_SMALL = 900
"""Bytes of a packed stream that becomes less than a step, for none becomes more than 1,032 times as long."""
_LEFT_ALONE, _PLAIN, _ODD = "a picture, or packed otherwise", "packed in the one usual way", "packed in another"
_REMEMBERED = 4_000_000
"""Bytes that are remembered: those of the pages of some forms, for their next copies."""
_KEPT = 20_000_000
"""Bytes that are kept of all of them together; who wants more unpacks it again."""


def unpack_streams(data: bytes) -> dict[int, bytes]:
    """Unpack every stream of a file that is not encrypted and that may hold text, structure or a font.

    Pictures are left alone.

    Returns:
        What those hold that are packed plainly and end where they should, by the place behind `12 0 obj`.

    Raises:
        Unreadable: one is damaged, so that text would be missing without a word; or one unfolds without end.
    """
    unpacked: dict[int, bytes] = {}
    room = _KEPT
    try:
        for found in _STREAM.finditer(data):
            start, begin = found.span()
            earliest = start - _FURTHEST if start > _FURTHEST else 0
            place = data.rfind(_OBJECT, earliest, start)
            described = data[place if place >= 0 else earliest : start]
            how = _DESCRIBED[described.translate(_ANY_DIGIT)]
            if how is _LEFT_ALONE:
                continue
            end = data.find(_END, begin)
            packed = data[begin : end if end > 0 else len(data)]
            held = _unpack_small(packed) if _TINY < end - begin <= _SMALL else _UNPACKED[packed]
            if held is not None and place >= 0 and how is _PLAIN and len(held) <= room:
                unpacked[place + len(_OBJECT)] = held
                room -= len(held)
    except zlib.error as error:
        raise Unreadable(Reason.DAMAGED, "een onderdeel van de pdf is beschadigd") from error
    return unpacked


def is_plain(described: bytes) -> bool:
    """Tell whether a stream is packed in the one usual way, by what stands between its number and what it holds."""
    once = described.count(b"/Filter") == 1 and _DEFLATED.search(described) is not None
    return once and described.find(b"/DecodeParms") < 0 and described.find(b"endobj") < 0


def _how(described: bytes) -> str:
    """Tell how a stream is kept, by what stands between its number and what it holds, whatever the numbers in it."""
    if described.find(b"/FlateDecode") < 0 or (described.find(b"/Image") >= 0 and _PICTURE.search(described)):
        return _LEFT_ALONE
    return _PLAIN if is_plain(described) else _ODD


def _unpack(packed: bytes) -> bytes | None:
    """Unpack a stream; None of a large one, or one that does not end."""
    unpack = zlib.decompressobj()
    held = unpack.decompress(packed, _STEP)
    if unpack.eof:
        return held
    _unpack_on(unpack, len(held))
    return None


def _unpack_small(packed: bytes) -> bytes | None:
    """Unpack a stream that cannot become large, in less time than it takes to remember it; None of one that breaks off.

    What was filled in is shown by as many small streams, hardly two of which are the same.
    """
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return _unpack(packed)


def _unpack_on(unpack: Any, size: int) -> None:
    """Unpack the rest of a large stream, or of one that does not end.

    Raises:
        Unreadable: it becomes far too much.
    """
    while not unpack.eof and (packed := unpack.unconsumed_tail):
        size += len(unpack.decompress(packed, _STEP))
        if size > _LARGEST:
            raise Unreadable(Reason.BOMB, "een onderdeel van de pdf wordt bij het uitpakken abnormaal groot")


_DESCRIBED = Remembered(_how, _REMEMBERED)
_UNPACKED = Remembered(_unpack, _REMEMBERED, lambda packed, held: len(packed) + len(held or b""))
