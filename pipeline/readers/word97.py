"""What an older Word file (.doc) says of itself before anything opens it: a password, macros, what is cut off."""

from __future__ import annotations

import struct
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.readers.ole import opened

_TEXT = "WordDocument"
_MAGICS = frozenset({0xA5EC, 0xA5DC, 0xA5DB})
"""How the text of Word 97 and later, of Word 6 and 95, and of Word for other systems begins."""
_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_OLDEST_WITH_TABLE = 0x00C1
"""Word 97; earlier ones keep their tables with the text."""
_MACROS = frozenset({"vba", "_vba_project", "_vba_project_cur"})


def look_at_word97(data: bytes) -> None:
    """Look whether LibreOffice may be given an older Word file.

    Raises:
        Unreadable: it needs a password, has macros, or a part is missing or cut off.
    """
    with opened(data) as ole:
        text = _read(ole, _TEXT)
        if len(text) < 12 or struct.unpack_from("<H", text)[0] not in _MAGICS:
            raise Unreadable(Reason.DAMAGED, "de tekst van het document is niet te vinden")
        version, flags = struct.unpack_from("<H", text, 2)[0], struct.unpack_from("<H", text, 10)[0]
        if flags & _ENCRYPTED:
            raise Unreadable(Reason.ENCRYPTED, "het document is met een wachtwoord beveiligd")
        if any(name.casefold() in _MACROS for path in ole.listdir(streams=True, storages=True) for name in path):
            raise Unreadable(Reason.MACROS, "het bestand bevat macro's")
        if version >= _OLDEST_WITH_TABLE:
            _read(ole, "1Table" if flags & _SECOND_TABLE else "0Table")


def _read(ole: Any, name: str) -> bytes:
    """Give a whole stream of the root."""
    if not ole.exists(name):
        raise Unreadable(Reason.DAMAGED, "het onderdeel {name} ontbreekt", name=name)
    content: bytes = ole.openstream(name).read()
    if len(content) < ole.get_size(name):
        raise Unreadable(Reason.DAMAGED, "het bestand is afgebroken")
    return content
