"""Read the values of a PDF from the bytes in which they are written, where that is done plainly.

What is asked in this room depends on nothing but those bytes, as text of one letter a byte, and is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.pdf import doc_encoding
from pipeline.pdf.remembered import Remembered

_MOST = 2_000_000
"""Letters that are remembered of each kind: those of some forms, as several programs write them."""
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
    rf"(/(?:AP|AS|I|M|V))\s*+({_STRING}|\[[\d\s]*+\]|<<\s*+/N\s++\d++ \d++ R\s*+>>|{_NAME})", re.DOTALL | re.ASCII
)
"""The entries of a field that are other ones in each copy of a form."""
_LEAST = 3
"""Letters of a string that holds something, its brackets included."""
_TWO = 7
"""Pieces of a dictionary that is split at two of them."""
_VALUE = re.compile(
    rf"\s*+({_STRING}|\[[\d\s]*+\]|<<\s*+/N\s++\d++ \d++ R\s*+>>|{_NAME})".encode(), re.DOTALL | re.ASCII
)
"""What one of them holds."""
_SHORT = 40
"""Letters of what names a drawing, at most."""
_VARYING = frozenset({"/AP", "/AS", "/I", "/M", "/V"})
_CODED = re.compile(r"/[^\s()<>\[\]{}/%]*#", re.ASCII)
_BLANKS = " \t\n\r\x0b\x0c"
_ODDLY = re.compile(r"\\(?![nrtbf\\]|[0-3][0-7]{0,2}|[4-7][0-7]?(?![0-7]))")
"""An escape that Python may read otherwise."""
_OTHERWISE = ("\xef\xbb\xbf", "\xff\xfe")
"""With these begins what is not in the encoding of PDF."""
_MARKED = ("(\xfe\xff", "(\xff\xfe", "(\xef\xbb\xbf")
"""With these begins a string in another encoding."""
_LATIN = bytes([*b"\n\r\t", *range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)])
"""What says the same in the encoding of PDF."""


class Entries(dict[str, str]):
    """What a dictionary holds, by key with its slash, as far as it is the same in every copy of a form."""

    __slots__ = ("facts", "varying")

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        """Take what was found."""
        super().__init__(found)
        self.varying = _VARYING.intersection(self)
        """What of it is another one in each copy of most forms."""
        self.facts: Any = None
        """What somebody who reads it makes of it, if that follows from it alone."""


def apart(said: str) -> tuple[Entries, Mapping[str, str]] | None:
    """Give what a dictionary holds that is the same in every copy of a form, and what is not.

    Returns:
        Each by key with its slash, no key in both; None when it is not plainly written.
    """
    return _read_apart(said) if "/V" in said else _APART[said]  # hardly another copy holds the same value


def _read_apart(said: str) -> tuple[Entries, Mapping[str, str]] | None:
    parts = _FILLED_IN.split(said)
    if len(parts) == _TWO:  # as in most fields that are filled in: the drawing and the value
        same = _ENTRIES[parts[0], parts[3], parts[6]]
        filled = {parts[1]: parts[2], parts[4]: parts[5]}
    else:
        same = _ENTRIES[tuple(parts[::3])]
        filled = dict(zip(parts[1::3], parts[2::3], strict=True))
    if same is not None and (not same.varying or same.varying.isdisjoint(filled)):
        return same, filled
    whole = _ENTRIES[said,] if len(parts) > 1 else None
    return None if whole is None else (whole, {})


class Mould:
    """What stands around the values of a dictionary, to take those of the next copy out without looking for them."""

    __slots__ = ("_last", "_pieces", "keys", "same")

    def __init__(self, same: Entries, keys: tuple[str, ...], around: tuple[bytes, ...], last: bytes) -> None:
        """Make one of a dictionary that was taken apart.

        Args:
            same: what of it is the same in every copy of a form.
            keys: those of what is not.
            around: what stands before each of their values; before the first with its number.
            last: what stands behind, up to its end.
        """
        self.same = same
        self.keys = keys
        self._pieces = tuple((key, before, len(before)) for key, before in zip(keys, around, strict=True))
        self._last = last

    def values(self, data: bytes, start: int) -> dict[str, str] | None:
        """Give the values of a dictionary, by key with its slash; None when other things stand around them.

        Args:
            data: the whole file.
            start: where the number of the dictionary stands.
        """
        found = {}
        for key, before, length in self._pieces:
            if not data.startswith(before, start):
                return None
            start += length
            if key == "/AP":  # the same few stand in every copy
                end = data.find(b">>", start, start + _SHORT) + 2
                if end > start and (drawing := _SHOWN[data[start:end]]) is not None:
                    found[key] = drawing
                    start = end
                    continue
            value = _VALUE.match(data, start)
            if value is None:
                return None
            found[key] = value[1].decode("latin-1")
            start = value.end()
        return found if data.startswith(self._last, start) else None


def mould(head: bytes, said: str, end: bytes) -> Mould | None:
    """Give what stands around the values of a dictionary; None when it is not plainly written, or has none.

    Args:
        head: its number.
        said: the whole of it.
        end: what ends it.
    """
    parts = _FILLED_IN.split(said)
    found = _read_apart(said)
    keys = tuple(parts[1::3])
    if found is None or not keys or len(found[1]) != len(keys):
        return None
    before = [(piece + key).encode("latin-1") for piece, key in zip(parts[:-1:3], keys, strict=True)]
    return Mould(found[0], keys, (head + before[0], *before[1:]), parts[-1].encode("latin-1") + end)


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
        if (some := _PIECES[piece]) is None:
            return None
        found |= some
    return _SAME[tuple(found.items())]


def _read_piece(piece: str) -> Mapping[str, str] | None:
    """Read whole entries; None when they are not plainly written."""
    if "#" in piece and _CODED.search(piece):
        return None
    found = dict(_ENTRY.findall(piece.lstrip(_BLANKS)))
    return None if "" in found else found


def _read_same(found: tuple[tuple[str, str], ...]) -> Entries:
    return Entries(found)


def _read_nested(said: str) -> Mapping[str, str]:
    return dict(_ENTRY.findall(said[2:-2].strip(_BLANKS)))


def _read_items(said: str) -> tuple[str, ...]:
    return tuple(_ITEM.findall(said[1:-1].strip(_BLANKS)))


def _read_reference(said: str) -> tuple[int, int] | None:
    if not said.endswith(" R"):
        return None
    number, generation, _r = said.split(" ")
    return int(number), int(generation)


def _read_drawing(said: str) -> tuple[int, int] | None:
    return _read_reference(NESTED[said].get("/N", "")) if said.startswith("<<") else None


def read_text(said: str) -> str | None:
    """Give the text of a string; None when it is not plainly written."""
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
    if content.startswith(_OTHERWISE):
        return None
    codes = content.encode("latin-1")
    if not codes.translate(None, _LATIN):
        return content
    try:
        return doc_encoding.decode(codes)
    except UnicodeDecodeError:
        return None


def is_literal(said: str) -> bool:
    """Tell whether a string holds just the letters that stand in its brackets, and some."""
    if len(said) < _LEAST or said[0] != "(" or "\\" in said or not said.isprintable():
        return False
    return said.isascii() or not said.startswith(_MARKED)


def _read_shown(said: bytes) -> str | None:
    """Give as text what names the drawing of a field; None when it is anything else."""
    value = _VALUE.fullmatch(said)
    return value[1].decode("latin-1") if value else None


def _read_box(said: str) -> tuple[float, float, float, float] | None:
    try:
        a, b, c, d = map(float, said[1:-1].split())
    except ValueError:
        return None
    return (a, b, c, d) if a <= c and b <= d else (min(a, c), min(b, d), max(a, c), max(b, d))


_ENTRIES = Remembered(_read_entries, _MOST, lambda pieces, _found: sum(map(len, pieces)))
_PIECES = Remembered(_read_piece, _MOST)
"""The entries between two that were filled in; those of a field stand so whether something was or not."""
_SAME = Remembered(_read_same, _MOST, lambda found, _entries: sum(len(key) + len(value) for key, value in found))
"""One for all fields that say the same, whether something was filled in between or not."""
_APART = Remembered(_read_apart, _MOST)
_SHOWN = Remembered(_read_shown, _MOST)
"""What names the drawing of a field, as text."""
NESTED = Remembered(_read_nested, _MOST)
"""What a dictionary inside of another holds."""
ITEMS = Remembered(_read_items, _MOST)
"""What a list holds."""
DRAWINGS = Remembered(_read_drawing, _MOST)
"""Where that stands which a place of a field shows, by `<</N 12 0 R>>`; None of another value."""
REFERENCES = Remembered(_read_reference, _MOST)
"""The number and the generation of an object, by `12 0 R`; None of another value."""
TEXTS = Remembered(read_text, _MOST)
"""The text of a string that stands in more than one copy."""
BOXES = Remembered(_read_box, _MOST)
"""Left, bottom, right, top of a list of four numbers; None of another."""
