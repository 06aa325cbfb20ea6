"""What an OLE file holds, by the names in its root: old Office files, encrypted ones, mails of Outlook."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.readers.contents import LARGEST


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open an OLE file.

    Raises:
        Unreadable: it is damaged, or says that it holds more than it can.
    """
    from olefile import OleFileIO

    try:
        with warnings.catch_warnings(), OleFileIO(io.BytesIO(data)) as ole:
            warnings.simplefilter("ignore")
            if sum(entry.size for entry in ole.direntries if entry is not None) > LARGEST:
                raise Unreadable(Reason.BOMB, "het bestand zegt meer te bevatten dan erin kan")
            yield ole
    except (OSError, ValueError, LookupError, AttributeError, TypeError, struct.error, RecursionError) as error:
        raise Unreadable(Reason.DAMAGED, "het bestand is afgebroken of beschadigd") from error


def roots(data: bytes) -> frozenset[str]:
    """Give the names of what lies in the root; none when the file is too damaged to say."""
    try:
        with opened(data) as ole:
            return frozenset(kid.name for kid in ole.root.kids)
    except Unreadable:
        return frozenset()
