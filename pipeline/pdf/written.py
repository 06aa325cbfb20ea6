"""Read the values of a PDF from the bytes in which they are written, where that is done plainly.

What is asked in this room depends on nothing but those bytes, as text of one letter a byte, and is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.pdf.remembered import Remembered

_MOST = 500_000
"""Letters that are remembered of each kind: some hundreds of times what a form has that its copies share."""
_DEEP = 3
"""Lists and dictionaries inside each other."""
_NAME = r"/[^\s()<>\[\]{}/%\0]*+"
_STRING = r"\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f\s]*+>"
_SCALAR = rf"(?:{_NAME}|\d++ \d++ R\b|[-+]?[\d.]++|{_STRING}|true\b|false\b)"


def _nested(deep: int) -> str:
    if not deep:
        return _SCALAR
    inside = _nested(deep - 1)
    return rf"(?:{_SCALAR}|\[[-+.\d\s]*+\]|\[\s*+(?:{inside}\s*+)*+\]|<<\s*+(?:{_NAME}\s*+{inside}\s*+)*+>>)"


_ENTRY = re.compile(rf"(?:({_NAME})\s*+({_nested(_DEEP)})|.)\s*+", re.DOTALL | re.ASCII)
"""A key with its value; or a letter that is none, and then nothing of it is plain."""
_ITEM = re.compile(rf"({_nested(_DEEP)})\s*+", re.DOTALL | re.ASCII)
_FILLED_IN = re.compile(
    rf"(/(?:AP|I|M|V))\s*+({_STRING}|\[[\d\s]*+\]|<<\s*+/N\s++\d++ \d++ R\s*+>>)", re.DOTALL | re.ASCII
)
"""The entries of a field that are other ones in each copy of a form."""
_VARYING = frozenset({"/AP", "/I", "/M", "/V"})
_CODED = re.compile(r"/[^\s()<>\[\]{}/%]*#", re.ASCII)
_BLANKS = " \t\n\r\x0b\x0c"
_ODDLY = re.compile(r"\\(?![nrtbf\\]|[0-3][0-7]{0,2}|[4-7][0-7]?(?![0-7]))")
"""An escape that Python may read otherwise."""
_OTHERWISE = ("\xef\xbb\xbf", "\xff\xfe")
"""With these begins what is not in the encoding of PDF."""
_LATIN = re.compile(r"(?!\xef\xbb\xbf|\xff\xfe)[\n\r\t -~\xa1-\xac\xae-\xff]*+")
"""What says the same in the encoding of PDF."""


class Entries(dict[str, str]):
    """What a dictionary holds, by key with its slash, as far as it is the same in every copy of a form."""

    __slots__ = ("facts",)

    def __init__(self, found: Mapping[str, str]) -> None:
        """Take what was found."""
        super().__init__(found)
        self.facts: Any = None
        """What somebody who reads it makes of it, if that follows from it alone."""


def apart(said: str) -> tuple[Entries, Mapping[str, str]] | None:
    """Give what a dictionary holds that is the same in every copy of a form, and what is not.

    Returns:
        Each by key with its slash, no key in both; None when it is not plainly written.
    """
    parts = _FILLED_IN.split(said)
    same = _ENTRIES[tuple(parts[::3])]
    if same is not None:
        return same, dict(zip(parts[1::3], parts[2::3], strict=True))
    whole = _ENTRIES[said,] if len(parts) > 1 else None
    return None if whole is None else (whole, {})


def entries(said: str) -> Mapping[str, str] | None:
    """Give what a dictionary holds, by key with its slash; None when it is not plainly written."""
    found = apart(said)
    return found and {**found[0], **found[1]}


def _read_entries(pieces: tuple[str, ...]) -> Entries | None:
    """Read what stands around what was filled in: whole entries, or it was no entry that was taken out."""
    inside = [piece.strip(_BLANKS) for piece in pieces]
    if not (inside[0].startswith("<<") and inside[-1].endswith(">>")):
        return None
    inside[0] = inside[0][2:]
    inside[-1] = inside[-1][:-2]
    found: dict[str, str] = {}
    for piece in inside:
        if "#" in piece and _CODED.search(piece):
            return None
        found |= _ENTRY.findall(piece.lstrip(_BLANKS))
    return None if "" in found or (len(pieces) > 1 and not _VARYING.isdisjoint(found)) else Entries(found)


def _read_nested(said: str) -> Mapping[str, str]:
    return dict(_ENTRY.findall(said[2:-2].strip(_BLANKS)))


def _read_items(said: str) -> tuple[str, ...]:
    return tuple(_ITEM.findall(said[1:-1].strip(_BLANKS)))


def _read_reference(said: str) -> tuple[int, int] | None:
    if not said.endswith(" R"):
        return None
    number, generation, _r = said.split(" ")
    return int(number), int(generation)


def _read_text(said: str) -> str | None:
    content = said[1:-1]
    if said[0] == "<":
        try:
            content = bytes.fromhex(content).decode("latin-1")
        except ValueError:
            return None
    elif "\r" in content:
        return None
    elif "\\" in content:
        if "\\\\" not in content:
            content = content.replace("\\(", "\\050").replace("\\)", "\\051")
        if _ODDLY.search(content):
            return None
        content = content.encode("latin-1").decode("unicode_escape")
    if content.startswith("\xfe\xff"):
        try:
            text = content[2:].encode("latin-1").decode("utf-16-be")
        except UnicodeDecodeError:
            return None
        return None if "\x1b" in text else text
    if _LATIN.fullmatch(content):
        return content
    if content.startswith(_OTHERWISE):
        return None
    try:
        return content.encode("latin-1").decode("pdfdoc")
    except UnicodeDecodeError:
        return None


def _read_box(said: str) -> tuple[float, float, float, float] | None:
    try:
        a, b, c, d = map(float, said[1:-1].split())
    except ValueError:
        return None
    return (a, b, c, d) if a <= c and b <= d else (min(a, c), min(b, d), max(a, c), max(b, d))


_ENTRIES = Remembered(_read_entries, _MOST, lambda pieces, _found: sum(map(len, pieces)))
NESTED = Remembered(_read_nested, _MOST)
"""What a dictionary inside of another holds."""
ITEMS = Remembered(_read_items, _MOST)
"""What a list holds."""
REFERENCES = Remembered(_read_reference, _MOST)
"""The number and the generation of an object, by `12 0 R`; None of another value."""
TEXTS = Remembered(_read_text, _MOST)
"""The text of a string; None when it is not plainly written."""
BOXES = Remembered(_read_box, _MOST)
"""Left, bottom, right, top of a list of four numbers; None of another."""
