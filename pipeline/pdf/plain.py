"""Values in a PDF as those of Python, whatever stands in the place of what."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, TypeAlias

from pikepdf import Object, ObjectType, Rectangle

from pipeline.pdf import doc_encoding

Plain: TypeAlias = Any
"""A number, a truth or None of Python; anything else is an object of pikepdf."""

_NUMBERS = frozenset({int, Decimal})
_LARGEST = 1_000_000_000_000
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED = re.compile("\x1b[^\x1b]{0,20}\x1b")
"""Marks of a language inside a text."""
_HARMLESS = "a common error handled correctly"
"""With these words qpdf tells what many programs do and what loses nothing: pypdf does when it adds to a file."""
STRING, NAME, ARRAY = ObjectType.string, ObjectType.name_, ObjectType.array
DICTIONARY, STREAM = ObjectType.dictionary, ObjectType.stream


def kind(value: Plain) -> ObjectType | None:
    """Tell what a value is; None for a number, a truth or nothing."""
    return value._type_code if type(value) is Object else None  # noqa: SLF001 - isinstance takes five times as long


def reference(value: Plain) -> tuple[int, int] | None:
    """Give the number under which the file keeps an object; None when it stands inside another."""
    if type(value) is not Object:
        return None
    number: tuple[int, int] = value.objgen
    return number if number[0] else None


def dictionary(value: Plain) -> dict[str, Plain]:
    """Give a dictionary, that of a stream included; an empty one when the value is something else."""
    return dict(value.items()) if kind(value) in (DICTIONARY, STREAM) else {}


def array(value: Plain) -> list[Plain]:
    """Give a list; an empty one when the value is something else."""
    return list(value) if kind(value) is ARRAY else []


def number(value: Plain) -> int:
    """Give a whole number; 0 when the value is something else."""
    return int(value) if type(value) in _NUMBERS and abs(value) < _LARGEST else 0


def text(value: Plain) -> str:
    """Give a text, also one kept as a stream; empty when the value is something else."""
    what = kind(value)
    if what is STRING:
        said = bytes(value).decode("latin-1")
        if said.isascii() and said.isprintable():  # in every encoding the same
            return said
        try:
            found = str(value)
        except UnicodeDecodeError:
            found = _decoded(bytes(value))
        return _ESCAPED.sub("", found) if "\x1b" in found else found
    return _decoded(content(value)) if what is STREAM else ""


def name(value: Plain) -> str:
    """Give a name without its slash; empty when the value is something else."""
    if kind(value) is not NAME:
        return ""
    try:
        return str(value)[1:]
    except UnicodeDecodeError:
        return _decoded(_HEX.sub(lambda code: bytes([int(code[1], 16)]), value.unparse()[1:]))


def names_in(value: Plain) -> list[str]:
    """Give the names, without slash, under which a dictionary keeps things; none when the value is something else."""
    return [_named(key) for key in dictionary(value)]


def content(value: Plain) -> bytes:
    """Give what a stream holds, unpacked; nothing when the value is something else."""
    return bytes(value.read_bytes()) if kind(value) is STREAM else b""


def is_stream(value: Plain) -> bool:
    """Tell whether a value is a stream."""
    return kind(value) is STREAM


def box(value: Plain) -> tuple[float, float, float, float] | None:
    """Give a rectangle: left, bottom, right, top; None when the value is none."""
    if kind(value) is not ARRAY:
        return None
    try:
        edges = Rectangle(value)
    except TypeError:
        return None
    a, b, c, d = edges.llx, edges.lly, edges.urx, edges.ury
    return (a, b, c, d) if a <= c and b <= d else (min(a, c), min(b, d), max(a, c), max(b, d))


def mends(pdf: Any) -> bool:
    """Tell whether pikepdf had to mend a file since it was last asked: it tells each thing once."""
    return any(_HARMLESS not in str(told) for told in pdf.get_warnings())


def _decoded(content: bytes) -> str:
    """Give the text of some bytes, by the mark that they begin with."""
    if content.startswith(b"\xfe\xff"):
        found = content[2:].decode("utf-16-be", "replace")
    elif content.startswith(b"\xff\xfe"):
        found = content[2:].decode("utf-16-le", "replace")
    elif content.startswith(b"\xef\xbb\xbf"):
        found = content[3:].decode("utf-8", "replace")
    else:
        found = doc_encoding.decode(content, "replace")
    return _ESCAPED.sub("", found)


def _named(key: str) -> str:
    try:
        key.encode()
    except UnicodeEncodeError:  # pikepdf keeps so the bytes that are no UTF-8
        return _decoded(key[1:].encode("utf-8", "surrogateescape"))
    return key[1:]
