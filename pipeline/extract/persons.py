"""One name where one person is asked: two people in one place, or one for another, are for a person to look at."""

from __future__ import annotations

import re

from pipeline.language import _

_NAME = r"(?:(?:van|de|den|der|het|ten|ter|te|von|du|la|le|d'|'t|el|al|ben)\s*)*[^\W\d_a-zà-ÿ][\w.'’-]*"
_SEVERAL = re.compile(
    rf"{_NAME}\b.*(?:\s(?:en|et|und|and|of)\s|[&+/;\n]|,(?=\s*{_NAME}\s+{_NAME}))\s*{_NAME}.*", re.DOTALL
)
_FOR_ANOTHER = re.compile(
    r"\b(?:namens|in (?:opdracht|naam|de plaats) van|bij (?:delegatie|volmacht|machtiging)|ter vervanging van|"
    r"(?:plaats)?vervang(?:er|ster|t|end)?)\b|(?<!\w)(?:i\.o\.|p\.o\.|b\.d\.)",
    re.IGNORECASE,
)
_LONGEST = 300


def not_one_person(text: str) -> str:
    """Say why a text does not name one person; empty when it may."""
    if len(text) > _LONGEST:
        return ""
    if _FOR_ANOTHER.search(text):
        return _("«{text}» noemt iemand die voor een ander optreedt; zie na wie bedoeld is.").format(text=text)
    if _SEVERAL.fullmatch(text.strip()):
        return _("«{text}» noemt misschien meer dan één persoon; er is er één gevraagd.").format(text=text)
    return ""
