"""Open a PDF with pikepdf only once something of it cannot be read from its bytes: of most forms all can."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pipeline.pdf.places import LARGEST, Table, breaks_off, plain_table
from pipeline.pdf.plain import mends


class NeedsMending(Exception):
    """The table of a file looked sound, and pikepdf had to mend it: what was read by it does not count."""


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a file with pikepdf as long as the block lasts.

    Raises:
        pikepdf.PikepdfError: it cannot be opened.
    """
    import pikepdf

    with tempfile.TemporaryFile() as file:  # qpdf asks for a few bytes at a time: Python need not hand them over
        file.write(data)
        file.flush()
        with pikepdf.open(
            file,
            access_mode=pikepdf.AccessMode.mmap_only,
            suppress_warnings=True,
            inherit_page_attributes=False,
        ) as pdf:
            yield pdf


class Late:
    """A file that is opened when it must, and then says what pikepdf says of it."""

    is_encrypted = False

    def __init__(self, data: bytes, table: Table, stack: ExitStack) -> None:
        """Prepare to open.

        Args:
            data: the whole file.
            table: where its objects stand.
            stack: closes what was opened.
        """
        self.table = table
        self.trailer = table.trailer
        self._data = data
        self._stack = stack
        self._pdf: Any = None

    def get_warnings(self) -> list[Any]:
        """Give what pikepdf had to say of it since it was last asked."""
        return [] if self._pdf is None else list(self._pdf.get_warnings())

    def get_object(self, known: tuple[int, int]) -> Any:
        """Give an object by its number and generation.

        Raises:
            NeedsMending: the table of the file is not sound.
        """
        return self._opened().get_object(known)

    def get_xref_table(self) -> Any:
        """Give the table of all objects.

        Raises:
            NeedsMending: that of the file is not sound.
        """
        return self._opened().get_xref_table()

    def _opened(self) -> Any:
        if self._pdf is None:
            pdf = self._stack.enter_context(opened(self._data))
            if mends(pdf):
                raise NeedsMending
            self._pdf = pdf
        return self._pdf


@contextmanager
def opened_late(data: bytes) -> Iterator[Late]:
    """Give a file as long as the block lasts; it is opened when it must.

    Raises:
        NeedsMending: it must be opened first, to tell what stands where.
    """
    table = plain_table(data) if data.startswith(b"%PDF-") and len(data) < LARGEST else None
    if table is None or breaks_off(data) or "/Encrypt" in table.trailer:
        raise NeedsMending
    if table.trailer.get("/Size") != str(table.sections[-1][1]):
        raise NeedsMending
    with ExitStack() as stack:
        yield Late(data, table, stack)
