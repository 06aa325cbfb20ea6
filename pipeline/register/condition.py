"""What can be wrong with the file of the register, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from pipeline.errors import WijkcontractError
from pipeline.language import _


class RegisterError(WijkcontractError):
    """The register cannot be read or written."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the database says into a sentence with its remedy.

    Args:
        path: the file.

    Raises:
        RegisterError: the disk is full, the file is damaged, or may not be written.
    """
    try:
        yield
    except DatabaseError as wrong:
        sentence = _sentence(str(wrong.orig))
        if not sentence:
            raise
        raise RegisterError(sentence.format(path=path)) from wrong


def _sentence(said: str) -> str:
    if "full" in said or "disk I/O" in said:
        return _("Het register «{path}» kan niet bijgewerkt worden: de schijf is vol. Maak plaats en probeer opnieuw.")
    if "not a database" in said or "malformed" in said:
        return _("Het register «{path}» is beschadigd. Zet het terug uit een reservekopie.")
    if "readonly" in said or "unable to open" in said:
        return _("Het register «{path}» mag niet geschreven worden. Kijk de rechten van het bestand en zijn map na.")
    if "locked" in said:
        return _("Het register «{path}» is in gebruik bij een ander programma. Sluit dat en probeer opnieuw.")
    return ""
