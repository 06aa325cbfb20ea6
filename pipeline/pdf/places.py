"""Tell where in the bytes of a PDF its objects stand: by its own table where that is plainly written.

Of a file that was added to, is packed or had to be mended only pikepdf knows, and handing over its whole table takes
longer than looking up the objects of a form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.pdf.written import entries

_STARTS = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_ADDITION = re.compile(rb"%%EOF\s*\d")
"""An addition that has no end, where it stands last: what was filled in lately is lost, and what was before it read."""
LARGEST = 50_000_000
"""Bytes of a file of which anything is read from the bytes."""
_TAIL = 200
_TABLE = re.compile(rb"xref\s+")
_SECTION = re.compile(rb"(\d{1,9}) (\d{1,9}) ?[\r\n]{1,2}(?=\d)")
_WIDTH = 20
"""Bytes of an entry."""
_ENTRY = b"0000000000 00000 n"
"""One, its digits all made the same, and those of objects that are no longer used."""
_ALIKE = bytes.maketrans(b"123456789f", b"000000000n")
_ENDS = (b" \n", b" \r", b"\r\n")
"""With which each ends."""
_USED = b" 00000 n"
"""What stands in the entry of an object behind its place."""
_PACKED = re.compile(rb"/Prev|/XRefStm|#")
"""In the words behind a table that is not the only one; or that may be written otherwise."""
_IN_PLACE, _PACKED_TOGETHER = 1, 2
"""Kinds of entries of pikepdf."""


class Places:
    """Finds objects in the bytes of a file."""

    def __init__(self, pdf: Any, data: bytes, *, mended: bool, table: Table | None = None) -> None:
        """Prepare to find.

        Args:
            pdf: the file as pikepdf opened it.
            data: the whole file.
            mended: pikepdf had to mend it to open it; then its own table says nothing.
            table: its own table, where that was read before.
        """
        self._data = data
        self._firsts: list[int] = []
        self._sections: list[tuple[int, int, int]] = []
        """First number, the number behind the last, and where its entries begin."""
        self._first = self._end = self._entries = 0
        """The section in which was looked last."""
        self._table: dict[tuple[int, int], Any] = {}
        if data:
            table = None if mended else table or plain_table(data)
            self._sections = table.sections if table else []
            self._firsts = [first for first, _end, _entries in self._sections]
            self._table = {} if table else pdf.get_xref_table()

    def of(self, known: tuple[int, int]) -> int:
        """Give where what an object says begins in the file; 0 when it is not there."""
        number, generation = known
        if self._first <= number < self._end:  # as `row`, without asking it
            at = self._entries + _WIDTH * (number - self._first)
            used = not generation and self._data.startswith(_USED, at + 10)
            start = int(self._data[at : at + 10]) if used else 0
        else:
            start = self.row(known)
        head = _head(known)
        return start + len(head) if start and self._data.startswith(head, start) else 0

    def row(self, known: tuple[int, int]) -> int:
        """Give where the table of the file says that an object begins, its number included; 0 when it does not."""
        number, generation = known
        if self._sections:
            if not self._first <= number < self._end:
                self._first, self._end, self._entries = self._sections[bisect_right(self._firsts, number) - 1]
                if not self._first <= number < self._end:
                    return 0
            at = self._entries + _WIDTH * (number - self._first)
            if generation or not self._data.startswith(_USED, at + 10):
                return 0
            return int(self._data[at : at + 10])
        entry = self._table.get(known)
        return 0 if entry is None or entry.type != _IN_PLACE else int(entry.offset)

    def rows(self, known: Sequence[tuple[int, int]]) -> list[int]:
        """Give of each object what `row` gives."""
        if not self._sections:
            return list(map(self.row, known))
        data, first, end, begin = self._data, 0, 0, 0
        found = []
        for number, generation in known:  # without a call for each: a form has hundreds
            if not first <= number < end:
                first, end, entries = self._sections[bisect_right(self._firsts, number) - 1]
                begin = entries - _WIDTH * first
            at = begin + _WIDTH * number
            used = first <= number < end and not generation and data.startswith(_USED, at + 10)
            found.append(int(data[at : at + 10]) if used else 0)
        return found

    def pack_of(self, known: tuple[int, int]) -> tuple[int, int] | None:
        """Give the number of the stream that an object is packed in, and which of its objects it is."""
        entry = self._table.get(known)
        if entry is None or entry.type != _PACKED_TOGETHER:
            return None
        return entry.obj_stream_number, entry.obj_stream_index


def _are_rows(said: bytes, count: int) -> bool:
    """Tell whether a section of a table has so many entries, each of `0000000017 00000 n` and the end of a line."""
    end = said[len(_ENTRY) : _WIDTH]
    alike = said.translate(_ALIKE)
    return not count or (end in _ENDS and len(alike) == count * _WIDTH and alike == count * (_ENTRY + end))


@lru_cache(maxsize=16384)
def _head(known: tuple[int, int]) -> bytes:
    """Give with what an object begins."""
    return b"%d %d obj" % known


class Table(NamedTuple):
    """The one table of a file, plainly written."""

    sections: list[tuple[int, int, int]]
    """First number, the number behind the last, and where its entries begin."""
    trailer: Mapping[str, str]
    """What stands behind it."""


def plain_table(data: bytes) -> Table | None:
    """Read the table of a file; None when it is not the only one, or not plainly written.

    Args:
        data: the whole file.
    """
    starts = _STARTS.search(data, max(0, len(data) - _TAIL))
    begins = _TABLE.match(data, int(starts[1])) if starts else None
    if starts is None or begins is None:
        return None
    sections: list[tuple[int, int, int]] = []
    at = begins.end()
    while section := _SECTION.match(data, at):
        first, count = int(section[1]), int(section[2])
        if sections and first < sections[-1][1]:
            return None
        sections.append((first, first + count, section.end()))
        at = section.end() + _WIDTH * count
        if not _are_rows(data[section.end() : at], count):
            return None
    if not data.startswith(b"trailer", at) or _PACKED.search(data, at, starts.start()) or not sections:
        return None
    trailer = entries(data[at + len(b"trailer") : starts.start()].decode("latin-1"))
    return None if trailer is None else Table(sections, trailer)


def breaks_off(data: bytes) -> bool:
    """Tell whether a file ends in the midst of what was added to it."""
    return _ADDITION.match(data, data.rfind(b"%%EOF")) is not None
