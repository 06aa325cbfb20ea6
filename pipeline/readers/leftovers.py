"""Files that no person submits, known by their names: what programs and systems leave behind."""

from __future__ import annotations

from pipeline.language import _

_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"})
_LOCKS = ("~$", ".~lock.")
UNFINISHED = (".part", ".crdownload", ".partial", ".download", ".opdownload", ".filepart", ".tmp")
"""Endings of what a browser or a copy is still fetching."""


def leftover(name: str) -> str:
    """Say what a file is that no person submitted; empty for any other.

    Args:
        name: the last part of its path.

    Example:
        >>> leftover("~$Aanvraag.docx")
        'slotbestand van een tekstverwerker'
    """
    if name.startswith(_LOCKS):
        return _("slotbestand van een tekstverwerker")
    if name.startswith(".") or name.lower() in _OF_SYSTEMS:
        return _("verborgen bestand")
    return ""
