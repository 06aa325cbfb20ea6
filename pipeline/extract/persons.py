"""One name where one person is asked: two people in one place, or one for another, are for a person to look at."""

from __future__ import annotations

import re

from pipeline.language import _

_PARTICLE = r"(?:(?:[Vv]an|[Dd]e[nr]?|[Hh]et|[Tt]e[nr]?|von|du|[Ll][ae]|[Ee]l|[Aa]l|ben|'t)\s+|d['’])"
_NAME = rf"{_PARTICLE}*+[^\W\d_a-zà-ÿ][\w.'’-]*"
_BETWEEN = rf"(?:\s(?i:en|et|und|and|of)\s|(?<!\b\w)[&+/;\n]|(?:,|\s[–-])(?=\s*{_NAME}\s+{_NAME}))"
"""What parts two names; a sign behind a single letter parts none («R&D»)."""
_SEVERAL = re.compile(rf"{_NAME}\b.*{_BETWEEN}\s*{_NAME}.*", re.DOTALL)
_MAY_BE_SEVERAL = re.compile(r"[&+/;\n,–-]|\s(?:en|et|und|and|of)\s", re.IGNORECASE)
"""What stands between any two names; most answers are one, and to look for this takes a fifth of the time."""
_FOR_ANOTHER = re.compile(
    r"\b(?:namens|in (?:opdracht|naam|de plaats) van|bij (?:afwezigheid|delegatie|volmacht|machtiging)|"
    r"ter vervanging van|(?:plaats)?vervang(?:er|ster|t|end)?|[ip]/o)\b|(?<!\w)(?:i\.o\.|p\.o\.|b\.d\.)",
    re.IGNORECASE,
)
_FUNCTION = (
    r"(?:(?:onder|ere)?voorzitt(?:er|ster)|(?:\w+)?(?:directeur|directrice|secretaris|hoofd|medewerk(?:er|ster))|"
    r"burgemeester|schepen|coördinator|penningmeester|gemeenteraadslid|projectleid(?:er|ster))"
)
_FUNCTIONS = re.compile(rf"\b{_FUNCTION}\b", re.IGNORECASE)
_OFFICE_OF = re.compile(
    rf"\b({_FUNCTION}\s(?:(?:van|voor)\s)?{_NAME}(?:\s{_NAME})*)\s*(?:\sen\s|[&/])\s*{_NAME}(?=$|[,;\n)])"
)
"""An office with two subjects: «schepen van Ruimtelijke Ordening en Mobiliteit»."""
_LONGEST = 300


def not_one_person(text: str) -> str:
    """Say why a text does not name one person; empty when it may."""
    if len(text) > _LONGEST:
        return ""
    if _FOR_ANOTHER.search(text):
        return _("«{text}» noemt iemand die voor een ander optreedt; zie na wie bedoeld is.").format(text=text)
    if _MAY_BE_SEVERAL.search(text) and _SEVERAL.fullmatch(_without_offices(text.strip())):
        return _("«{text}» noemt misschien meer dan één persoon; er is er één gevraagd.").format(text=text)
    return ""


def _without_offices(text: str) -> str:
    """Give a text with capitals for names alone: a function is none, however it is written."""
    cased = text.title() if text.isupper() else text
    return _OFFICE_OF.sub(r"\1", _FUNCTIONS.sub(lambda office: office[0].lower(), cased))
