"""Text made comparable: what two hands write differently and mean the same."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_QUOTES = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u00b4\u0060\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"), '"'),
}
_NOTHING = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"), None
)
_AROUND = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069 \u00a0"
_PLAIN = {**_SPACES, **_DASHES, **_NOTHING}
_SAME = {chr(code): same or "" for code, same in {**_PLAIN, **_QUOTES}.items()}
_DIFFERENT = re.compile(f"[{''.join(_SAME)}]")
"""What `_SAME` changes: to look for it takes less than to translate a whole text that has little of it."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@functools.lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Give the text as it is compared: NFC, lower case, single spaces, plain dashes and quotes."""
    return _folded(text)


def _folded(text: str) -> str:
    if not text.isascii() or "`" in text:  # of all that is written in more than one way, only this is ASCII
        text = _DIFFERENT.sub(lambda found: _SAME[found.group()], unicodedata.normalize("NFC", text))
    return " ".join(text.split()).casefold()


@functools.lru_cache(maxsize=4096)
def fold_accents(text: str) -> str:
    """Give the folded text without accents: `Liège` as `liege`."""
    folded = _folded(text)
    if folded.isascii():
        return folded
    plain = unicodedata.normalize("NFD", folded)
    return "".join(itertools.filterfalse(unicodedata.combining, plain))


def normalise(text: str) -> str:
    """Give the text with NFC, single line feeds and nothing invisible around it; everything else stays.

    What is copied from a window or a web page has marks of the direction of writing around it, that nobody typed.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).strip().strip(_AROUND).strip()


def plain_spaces(text: str) -> str:
    """Give the text on one line: every space an ordinary one, minus signs as hyphens, invisible marks gone."""
    return " ".join((text if text.isascii() else text.translate(_PLAIN)).split())


def without_forbidden(text: str) -> str:
    """Give the text with U+FFFD for every character that XML forbids."""
    return text if text.isprintable() or text.replace("\n", "").isprintable() else _FORBIDDEN.sub("\ufffd", text)
