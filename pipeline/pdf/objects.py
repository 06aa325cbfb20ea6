"""Hand over the objects of an open PDF: read from its bytes where they are plainly written, else by pikepdf.

Having each parsed and handed over apart takes three times as long, and a form has hundreds. What is written in any
unusual way, packed or encrypted is left to pikepdf, and so is finding each: its table of objects is mended if need be.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pikepdf

from pipeline.pdf import plain
from pipeline.pdf.packs import Pack, open_pack
from pipeline.pdf.places import LARGEST, Places, Table, breaks_off
from pipeline.pdf.plain import Plain
from pipeline.pdf.streams import is_plain
from pipeline.pdf.written import BOXES, DRAWINGS, ITEMS, NESTED, REFERENCES, TEXTS, Mould, apart, mould, read_text

Value: TypeAlias = Any
"""A piece of the file, as text of one letter a byte; or what pikepdf makes of it."""

_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\d|\s+\d+\s+R)")
_LONG = 100
"""Letters of a text that hardly another copy says again."""
_ENDS = b"endobj"
_END = re.compile(rb"\s*endstream\s")


class Objects:
    """Gives the values in a PDF as those of Python, whatever stands in the place of what."""

    def __init__(self, pdf: Any, data: bytes, streams: Mapping[int, bytes], table: Table | None = None) -> None:
        """Prepare to read.

        Args:
            pdf: the file as pikepdf opened it.
            data: the whole file.
            streams: what of its streams was unpacked, by the place behind `12 0 obj`.
            table: its own table of objects, where that was read before.
        """
        self._pdf = pdf
        self._streams = streams
        self._packs: dict[int, Pack | None] = {}
        legible = data.startswith(b"%PDF-") and len(data) < LARGEST and not pdf.is_encrypted
        self.data = data if legible else b""
        """The whole file, where its bytes can be read as they stand."""
        self._mended = plain.mends(pdf) or breaks_off(data)
        self._places = Places(pdf, self.data, mended=self._mended, table=table)
        self._place = self._places.of
        self.row = self._places.row
        """Gives where in `data` an object begins, its number included."""
        self.rows = self._places.rows
        """Gives where in `data` each of some objects begins, its number included."""
        self.lacking = False
        """Something that was asked for is named in the file and not in it."""

    def reference(self, value: Value) -> tuple[int, int] | None:
        """Give the number under which the file keeps an object; None when it stands inside another."""
        return REFERENCES[value] if type(value) is str else plain.reference(value)

    def dictionary(self, value: Value) -> Mapping[str, Value]:
        """Give a dictionary, that of a stream included; an empty one when the value is something else."""
        if type(value) is str and value.startswith("<<"):
            return NESTED[value]
        known = self.reference(value)
        if known is not None:
            return self.at(known)
        return plain.dictionary(value)

    def array(self, value: Value) -> Sequence[Value]:
        """Give a list; an empty one when the value is something else."""
        if type(value) is not str:
            return plain.array(value)
        if value.startswith("["):
            return ITEMS[value]
        known = self.reference(value)
        if known is None or self._places.of(known) in self._streams:
            return []
        return plain.array(self._parsed(known))

    def is_list(self, value: Value) -> bool:
        """Tell whether a value is a list."""
        if type(value) is str and value.startswith(("(", "/", "<")):
            return False
        return bool(self.array(value))

    def lists_in(self, value: Value) -> list[Value]:
        """Give those of the values in a list that are lists themselves."""
        if type(value) is str and value.startswith("[") and value.find("[", 1) < 0 and value.find(" R") < 0:
            return []
        return [each for each in self.array(value) if self.is_list(each)]

    def number(self, value: Value) -> int:
        """Give a whole number; 0 when the value is something else."""
        if type(value) is str and value.isdecimal() and len(value) < 10:
            return int(value)
        return 0 if value is None else plain.number(self.made(value))

    def is_true(self, value: Value) -> bool:
        """Tell whether a value is the truth."""
        return self.made(value) is True

    def text(self, value: Value) -> str:
        """Give a text, also one kept as a stream; empty when the value is something else."""
        if value is None:
            return ""
        if type(value) is str and value[0] in "(<":
            if value[0] == "(" and value.isascii() and value.isprintable() and "\\" not in value:
                return value[1:-1]  # in every encoding the same
            said = TEXTS[value] if len(value) < _LONG else read_text(value)
            if said is not None:
                return said
        return plain.text(self.made(value))

    def name(self, value: Value) -> str:
        """Give a name without its slash; empty when the value is something else."""
        if value is None:
            return ""
        if type(value) is str and value[0] in "/([<":
            if value[0] != "/":
                return ""
            if value.isascii() and "#" not in value:
                return value[1:]
        return plain.name(self.made(value))

    def names_in(self, value: Value) -> list[str]:
        """Give the names, without slash, under which a dictionary keeps things; none when it is something else."""
        if type(value) is not str:
            return plain.names_in(value)
        return [self.name(key) for key in self.dictionary(value)]

    def content(self, value: Value) -> bytes:
        """Give what a stream holds, unpacked; nothing when the value is something else."""
        known = self.reference(value)
        held = self.stream(known) if known else None
        return plain.content(self.made(value)) if held is None else held

    def stream(self, known: tuple[int, int]) -> bytes | None:
        """Give what a stream holds, unpacked; None when it is not plainly written, or no stream."""
        start = self._place(known)
        held = self._streams.get(start)
        return self._unpacked(start) if held is None else held

    def drawing(self, shown: Value) -> tuple[int, int] | None:
        """Give the number of the one drawing of a place of a field; None where that is not plainly named."""
        return DRAWINGS[shown] if type(shown) is str else None

    def is_stream(self, value: Value) -> bool:
        """Tell whether a value is a stream."""
        if type(value) is str and value.startswith("<<"):
            return False
        return plain.is_stream(self.made(value))

    def box(self, value: Value) -> tuple[float, float, float, float] | None:
        """Give a rectangle: left, bottom, right, top; None when the value is none."""
        if type(value) is str and value.startswith("["):
            return BOXES[value]
        return plain.box(self.made(value))

    def at(self, known: tuple[int, int]) -> Mapping[str, Value]:
        """Give the dictionary that the file keeps under a number; an empty one when it keeps something else."""
        same, filled = self.apart(known)
        return {**same, **filled} if filled else same

    def raw(self, known: tuple[int, int]) -> bytes:
        """Give the bytes of an object that stands in the file, with its number and its end; none of another."""
        if not self._places.of(known):
            return b""
        start = self._places.row(known)
        return self.data[start : self.data.find(_ENDS, start) + len(_ENDS)]

    def mould(self, known: tuple[int, int]) -> Mould | None:
        """Give what stands around the values of an object that stands in the file; None when it has none."""
        start = self._places.of(known)
        said = self.data[start : self.data.find(_ENDS, start)].decode("latin-1")
        return mould(self.data[self._places.row(known) : start], said, _ENDS) if start else None

    def apart(self, known: tuple[int, int]) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
        """Give of what `at` gives apart what is the same in every copy of a form: as `Entries`, where that is known."""
        start = self._places.of(known)
        if start:
            found = apart(self.data[start : self.data.find(_ENDS, start)].decode("latin-1"))
        else:
            within = self._in_pack(known)
            found = apart(within) if within else None
        return found or (plain.dictionary(self._parsed(known)), {})

    def mended(self) -> bool:
        """Tell whether the file breaks off, or pikepdf had to mend it to open it or to read what was asked so far."""
        self._mended = self._mended or plain.mends(self._pdf)
        return self._mended

    def _in_pack(self, known: tuple[int, int]) -> str | None:
        """Give what an object says that is packed with others."""
        where = self._places.pack_of(known)
        if where is None:
            return None
        stream, index = where
        if stream not in self._packs:
            content = self._streams.get(self._places.of((stream, 0)))
            about = {} if content is None else plain.dictionary(self._parsed((stream, 0)))
            count, first = plain.number(about.get("/N")), plain.number(about.get("/First"))
            self._packs[stream] = None if content is None else open_pack(content, count, first)
        pack = self._packs[stream]
        span = pack and pack.span(index, known[0])
        return pack.said[slice(*span)] if pack and span else None

    def _unpacked(self, start: int) -> bytes | None:
        """Unpack the stream that begins in a place of the file; None when it is not plainly written."""
        end = self.data.find(b"stream", start)
        if not start or end < 0:
            return None
        about = self.data[start:end]
        packed = b"/Filter" in about
        if b"endobj" in about or (packed and not is_plain(about)) or (not packed and b"/DecodeParms" in about):
            return None
        begin = end + (8 if self.data[end + 6 : end + 8] == b"\r\n" else 7)
        length = _LENGTH.search(about)
        finish = begin + int(length[1]) if length else 0
        if self.data[begin - 1 : begin] != b"\n" or not _END.match(self.data, finish):
            return None
        held = self.data[begin:finish]
        try:
            return zlib.decompress(held) if packed else held
        except zlib.error:
            return None

    def _parsed(self, known: tuple[int, int]) -> Any:
        found = self._pdf.get_object(known)
        if found is None:
            self.lacking = True
        return found

    def made(self, value: Value) -> Plain:
        """Give what pikepdf makes of a value; None of a list or a dictionary that stands inside another."""
        if type(value) is not str:
            return value
        known = self.reference(value)
        if known is not None:
            return self._parsed(known)
        return None if value.startswith(("[", "<<")) else pikepdf.Object.parse(value.encode("latin-1"))
