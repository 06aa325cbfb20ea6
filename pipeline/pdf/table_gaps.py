"""See from the bytes of a PDF, without opening it, whether the tables of text of its fonts may have gaps or doubles.

Opening a tagged print takes a fifth of the time of reading it, and hardly any has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from pipeline.pdf.said_texts import SaidTexts

_SIMPLE = re.compile(rb"/Subtype\s*/(?:TrueType|Type1|MMType1)\b")
_TABLE = re.compile(rb"/ToUnicode\s+(\d+)\s+(\d+)\s+R")
_ENCODED = re.compile(rb"/Encoding\s*/\w")
_FIRST = re.compile(rb"/FirstChar\s+(\d+)")
_WIDTHS = re.compile(rb"/Widths\s*\[([\d.\s]*)\]")
_SHARED = frozenset("\0 \u00a0-\u00ad\u2010\u2011\ufffd")
"""What several glyphs may well stand for: spaces and hyphens of several kinds."""


def may_have_gaps(data: bytes, texts: SaidTexts) -> bool:
    """Tell whether a font may use a code of which its table says nothing, or several codes for one character."""
    for reference in set(_TABLE.findall(data)):
        table = texts.table(*reference)
        if table is None or doubles(table):
            return True
    for font in _SIMPLE.finditer(data):
        said = data[data.rfind(b" obj", 0, font.start()) : data.find(b"endobj", font.start())]
        own = _TABLE.search(said)
        if own is None or _ENCODED.search(said):
            continue
        told, first, widths = texts.table(*own.groups()) or {}, _FIRST.search(said), _WIDTHS.search(said)
        if first is None or widths is None:
            return True
        used = (code for code, width in enumerate(widths[1].split(), int(first[1])) if width.strip(b"0."))
        if any(code not in told for code in used):
            return True
    return False


def doubles(table: Mapping[int, str]) -> dict[str, list[int]]:
    """Give the characters that more than one code of a table stands for, with these codes."""
    counts = Counter(table.values())
    found: dict[str, list[int]] = {text: [] for text, count in counts.items() if count > 1 and len(text) == 1}
    for code, text in table.items() if found else ():
        if text in found and text not in _SHARED:
            found[text].append(code)
    return {text: codes for text, codes in found.items() if codes}
