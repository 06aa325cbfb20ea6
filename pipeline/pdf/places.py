"""Tell where in the bytes of a PDF its objects stand: by its own table where that is plainly written.

Of a file that was added to, is packed or had to be mended only pikepdf knows, and handing over its whole table takes
longer than looking up the objects of a form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

_STARTS = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_TAIL = 200
_TABLE = re.compile(rb"xref\s+")
_SECTION = re.compile(rb"(\d{1,9}) (\d{1,9}) ?[\r\n]{1,2}(?=\d)")
_WIDTH = 20
"""Bytes of an entry."""
_USED = " 00000 n"
"""What stands in the entry of an object behind its place."""
_PACKED = re.compile(rb"/Prev|/XRefStm|#")
"""In the words behind a table that is not the only one; or that may be written otherwise."""
_IN_PLACE, _PACKED_TOGETHER = 1, 2
"""Kinds of entries of pikepdf."""


class Places:
    """Finds objects in the bytes of a file."""

    def __init__(self, pdf: Any, data: bytes, *, mended: bool) -> None:
        """Prepare to find.

        Args:
            pdf: the file as pikepdf opened it.
            data: the whole file.
            mended: pikepdf had to mend it to open it; then its own table says nothing.
        """
        self._data = data
        self.said = data.decode("latin-1")
        """The whole file, as text of one letter a byte."""
        self._firsts: list[int] = []
        self._sections: list[tuple[int, int, int]] = []
        """First number, the number behind the last, and where its entries begin."""
        self._first = self._end = self._entries = 0
        """The section in which was looked last."""
        self._table: dict[tuple[int, int], Any] = {}
        if data and (mended or not self._read_sections()):
            self._sections = []
            self._table = pdf.get_xref_table()

    def of(self, known: tuple[int, int]) -> int:
        """Give where what an object says begins in the file; 0 when it is not there."""
        number, generation = known
        if self._sections:
            if not self._first <= number < self._end:
                self._first, self._end, self._entries = self._sections[bisect_right(self._firsts, number) - 1]
                if not self._first <= number < self._end:
                    return 0
            at = self._entries + _WIDTH * (number - self._first)
            told = self.said[at : at + 18]
            if generation or not told.endswith(_USED):
                return 0
            start = int(told[:10])
        else:
            entry = self._table.get(known)
            if entry is None or entry.type != _IN_PLACE:
                return 0
            start = entry.offset
        head = f"{number} {generation} obj"
        return start + len(head) if self.said.startswith(head, start) else 0

    def pack_of(self, known: tuple[int, int]) -> tuple[int, int] | None:
        """Give the number of the stream that an object is packed in, and which of its objects it is."""
        entry = self._table.get(known)
        if entry is None or entry.type != _PACKED_TOGETHER:
            return None
        return entry.obj_stream_number, entry.obj_stream_index

    def _read_sections(self) -> bool:
        """Read which numbers stand where in the table; tell whether it is the only one, and plainly written."""
        data = self._data
        starts = _STARTS.search(data, max(0, len(data) - _TAIL))
        begins = _TABLE.match(data, int(starts[1])) if starts else None
        if starts is None or begins is None:
            return False
        at = begins.end()
        while section := _SECTION.match(data, at):
            first, count = int(section[1]), int(section[2])
            if self._sections and first < self._sections[-1][1]:
                return False
            self._firsts.append(first)
            self._sections.append((first, first + count, section.end()))
            at = section.end() + _WIDTH * count
        return data.startswith(b"trailer", at) and not _PACKED.search(data, at, starts.start())
