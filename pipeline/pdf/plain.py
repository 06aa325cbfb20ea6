"""Objects of a PDF as plain values: each looked up once, whatever refers to whatever."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

Plain: TypeAlias = Any
"""A dictionary, list, number, truth, None, or a text by its mark: `u:` text, `b:` bytes, `/` name, `4 0 R` object."""

_decode = json.JSONDecoder().raw_decode
_NUMBERS = frozenset({int, float})
_LARGEST = 1e12
_EDGES = 4
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED = re.compile("\x1b[^\x1b]{0,20}\x1b")
"""Marks of a language inside a text."""


class Objects:
    """The objects of an opened file."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf

    def root(self, pikepdf_object: Any) -> Plain:
        """Give an object of pikepdf as plain values; what it refers to stays a reference."""
        return _decode(pikepdf_object.to_json(dereference=True, schema_version=2).decode())[0]

    def get(self, value: Plain) -> Plain:
        """Give what a value refers to; another value as it is."""
        number = self.reference(value)
        return value if number is None else self.at(number)

    def at(self, number: tuple[int, int]) -> Plain:
        """Give the object with a number."""
        found = self._pdf.get_object(number)
        return self.root(found) if hasattr(found, "to_json") else found  # pikepdf gives numbers as they are

    def reference(self, value: Plain) -> tuple[int, int] | None:
        """Give the number of the object that a value refers to; None when it is no reference."""
        if type(value) is not str or not value[:1].isdigit():
            return None
        number, generation, _mark = value.split()
        return int(number), int(generation)

    def dictionary(self, value: Plain) -> dict[str, Plain]:
        """Give a dictionary, that of a stream included; an empty one when the value is something else."""
        if type(value) is str:
            value = self.get(value)
        return value if type(value) is dict else {}

    def array(self, value: Plain) -> list[Plain]:
        """Give a list; an empty one when the value is something else."""
        if type(value) is str:
            value = self.get(value)
        return value if type(value) is list else []

    def number(self, value: Plain) -> int:
        """Give a whole number; 0 when the value is something else."""
        if type(value) is str:
            value = self.get(value)
        return int(value) if type(value) in _NUMBERS and abs(value) < _LARGEST else 0

    def text(self, value: Plain) -> str:
        """Give a text, also one kept as a stream; empty when the value is something else."""
        found = value if type(value) is str and value[:2] == "u:" else self.get(value)
        if type(found) is not str:
            return _decoded(self.content(value)) if type(found) is dict else ""
        if found.startswith("u:"):
            return _ESCAPED.sub("", found[2:]) if "\x1b" in found else found[2:]
        return _decoded(bytes.fromhex(found[2:])) if found.startswith("b:") else ""

    def content(self, value: Plain) -> bytes:
        """Give what a stream holds, unpacked; nothing when the value is something else."""
        import pikepdf

        number = self.reference(value)
        found = None if number is None else self._pdf.get_object(number)
        return bytes(found.read_bytes()) if isinstance(found, pikepdf.Stream) else b""

    def is_stream(self, value: Plain) -> bool:
        """Tell whether a value refers to a stream."""
        import pikepdf

        number = self.reference(value)
        return number is not None and isinstance(self._pdf.get_object(number), pikepdf.Stream)

    def name(self, value: Plain) -> str:
        """Give a name without its slash; empty when the value is something else."""
        found = value if type(value) is str and value[:1] == "/" else self.get(value)
        if type(found) is not str:
            return ""
        if found.startswith("n:/"):
            return _decoded(_HEX.sub(lambda code: bytes([int(code[1], 16)]), found[3:].encode()))
        return found[1:] if found.startswith("/") else ""

    def box(self, value: Plain) -> tuple[float, float, float, float] | None:
        """Give a rectangle: left, bottom, right, top; None when the value is none."""
        edges = self.array(value)
        if len(edges) != _EDGES:
            return None
        a, b, c, d = edges
        if not (type(a) in _NUMBERS and type(b) in _NUMBERS and type(c) in _NUMBERS and type(d) in _NUMBERS):
            a, b, c, d = map(self.get, edges)
            if not all(type(edge) in _NUMBERS for edge in (a, b, c, d)):
                return None
        return (a, b, c, d) if a <= c and b <= d else (min(a, c), min(b, d), max(a, c), max(b, d))


def _decoded(content: bytes) -> str:
    """Give the text of some bytes, by the mark that they begin with."""
    if content.startswith(b"\xfe\xff"):
        text = content[2:].decode("utf-16-be", "replace")
    elif content.startswith(b"\xff\xfe"):
        text = content[2:].decode("utf-16-le", "replace")
    elif content.startswith(b"\xef\xbb\xbf"):
        text = content[3:].decode("utf-8", "replace")
    else:
        import pikepdf  # noqa: F401 - it brings the encoding

        text = content.decode("pdfdoc", "replace")
    return _ESCAPED.sub("", text)
