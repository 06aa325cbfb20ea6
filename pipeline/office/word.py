"""Let LibreOffice save an older file as Word does now, so that it can be read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.errors import Reason, Unreadable
from pipeline.office.program import find, start

SECONDS = 50.0
"""Less than a task may take, so that a file that takes too long says so itself."""
MEMORY = 2 * 1024**3
"""Bytes of address space; a form of eighteen pages takes a quarter of this."""
_TARGET = "docx:MS Word 2007 XML"


def to_docx(data: bytes, extension: str, *, seconds: float = SECONDS) -> bytes:
    """Give a file as docx: converted by a process of its own, without macros, links or anything fetched.

    Args:
        data: the file.
        extension: what kind of file it is, as its name would say (`doc`, `rtf`).
        seconds: how long it may take.

    Raises:
        Unreadable: LibreOffice is missing, cannot read it, or takes too long.
    """
    program = find()
    if program is None:
        raise Unreadable(Reason.NO_OFFICE)
    with tempfile.TemporaryDirectory(prefix="wijkcontract-") as folder:
        place = Path(folder)
        file = place / f"document.{extension}"
        file.write_bytes(data)
        in_time = start(program, place, [file], _TARGET, seconds, MEMORY)
        made = place / "out" / "document.docx"
        if in_time and made.is_file():
            return made.read_bytes()
    if in_time:
        raise Unreadable(Reason.DAMAGED, "LibreOffice kan het niet openen")
    raise Unreadable(Reason.TIMEOUT, "LibreOffice deed er langer dan {seconds} seconden over", seconds=f"{seconds:g}")
