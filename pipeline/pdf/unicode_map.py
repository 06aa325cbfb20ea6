"""Read and write the table of a font that says which text each of its codes stands for (ToUnicode)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHARACTER = re.compile(rb"<\s*([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f\s]+)>\s*<\s*([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_TEXT = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MOST = 65_536
_AT_ONCE = 100
"""Entries of one section at most."""
_ONE = 4
"""Digits of one character."""


def parse(table: bytes) -> dict[int, str]:
    """Give the text of each code; an ill-formed entry is left out."""
    found: dict[int, str] = {}
    for kind, section in _SECTION.findall(table):
        entries = _characters(section) if kind == b"bfchar" else _ranges(section)
        for code, text in entries:
            found[code] = text
            if len(found) > _MOST:
                return found
    return found


def make(texts: Mapping[int, str], width: int) -> bytes:
    """Make the table.

    Args:
        texts: of each code.
        width: bytes of a code, 1 or 2.
    """
    digits = 2 * width
    lines = [f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())]
    parts = [lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE)]
    sections = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /Said def\n"
        f"1 begincodespacerange <{'00' * width}> <{'FF' * width}> endcodespacerange\n{sections}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


def _characters(section: bytes) -> Iterator[tuple[int, str]]:
    for code, text in _CHARACTER.findall(section):
        yield _number(code), _text(text)


def _ranges(section: bytes) -> Iterator[tuple[int, str]]:
    for first, last, start, listed in _RANGE.findall(section):
        codes = range(_number(first), min(_number(last), _number(first) + _MOST) + 1)
        if listed:
            yield from zip(codes, map(_text, _TEXT.findall(listed)), strict=False)
            continue
        text = _text(start)
        for step, code in enumerate(codes if text else ()):
            end = ord(text[-1]) + step
            if end < 0x110000:
                yield code, text[:-1] + chr(end)


def _number(digits: bytes) -> int:
    return int(_bare(digits)[:8] or b"0", 16)


def _text(digits: bytes) -> str:
    bare = _bare(digits)
    if len(bare) == _ONE:  # as nearly all are, of the thousands in a file
        return chr(int(bare, 16))
    return bytes.fromhex(bare.decode("ascii") if len(bare) % 2 == 0 else "").decode("utf-16-be", "surrogatepass")


def _bare(digits: bytes) -> bytes:
    return digits if digits.isalnum() else b"".join(digits.split())
