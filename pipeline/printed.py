"""Whether a print holds every word of its Word file: LibreOffice can lose table rows at a page end."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHUNK = 40
"""Characters that are looked for at a time where a paragraph does not stand in the print as one."""
_LEAST = 4
"""Characters that a piece of a broken paragraph has at least."""
_TAKEN = "\n"
"""Stands in the print for a paragraph that was found there; no folded text holds it."""


def lost(docx: bytes, printed: str) -> str:
    """Give the first paragraph of a Word file that a print lacks, or an empty text.

    White space, hyphens and characters without a glyph do not count: a print breaks lines where it likes.

    Args:
        docx: a Word file of our own making.
        printed: all text of its print, folded.
    """
    rest = printed
    for paragraph in sorted(paragraphs(docx), key=len, reverse=True):  # a short one may stand inside a longer one
        folded = fold(paragraph)
        if folded in rest:
            rest = rest.replace(folded, _TAKEN, 1)
        elif not (_in_words(paragraph, rest) if _is_drawn(paragraph) else _in_parts(folded, rest)):
            return paragraph
    return ""


def fold(text: str) -> str:
    """Give what two copies of a text share, however they break their lines: letters, digits and signs of money.

    Letters written from right to left are left out: a print holds them in the order in which it draws them.
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        char for char in plain if (char.isalnum() and not _is_drawn(char)) or unicodedata.category(char) == "Sc"
    )


def _is_drawn(text: str) -> bool:
    """Tell whether letters in it run from right to left: then what stands beside them is drawn in another order."""
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def _in_words(paragraph: str, rest: str) -> bool:
    return all(fold(word) in rest for word in paragraph.split())


def _in_parts(folded: str, rest: str) -> bool:
    """Tell whether a paragraph stands in the print in pieces, as one that runs over a page does."""
    if len(folded) < 2 * _CHUNK:
        cuts = range(_LEAST, len(folded) - _LEAST + 1)
        return any(folded[:cut] in rest and folded[cut:] in rest for cut in cuts)
    missing = sum(folded[start : start + _CHUNK] not in rest for start in range(0, len(folded), _CHUNK))
    return missing * _CHUNK * 10 <= len(folded) + 10 * _CHUNK


def paragraphs(docx: bytes) -> list[str]:
    """Give the text of every paragraph of the body of a Word file, cells and text boxes included."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(huge_tree=True))
    return [
        "".join(run.text or "" for run in paragraph.iter(f"{_W}t") if _paragraph_of(run) is paragraph)
        for paragraph in body.iter(f"{_W}p")
    ]


def _paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(f"{_W}p"))
