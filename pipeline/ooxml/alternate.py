"""Choose the branch of alternative content that Word shows."""

from __future__ import annotations

from typing import Any

from pipeline.ooxml.names import MC

_KNOWN_SPACES = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
)


def choose(alternate: Any) -> Any:
    """Give the one branch of alternative content that Word shows."""
    for choice in alternate.iterchildren(MC + "Choice"):
        spaces = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
        if all(space.startswith(_KNOWN_SPACES) for space in spaces):
            return choice
    return alternate.find(MC + "Fallback")
