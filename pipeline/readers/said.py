"""What a mail says in its own text."""

from __future__ import annotations

import unicodedata
from typing import Any

from pipeline.document import Document, Location, Paragraph, Source

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"address", "blockquote", "dd", "div", "dt", "hr", "li", "p", "pre", "table", "tr"}
_CELL = "\x1f"
"""Ends a cell, while a page is read: the character that ASCII has for it."""
_UNSEEN = frozenset({"head", "script", "style", "title", "template"})


def said(data: bytes, charset: str) -> str:
    """Give bytes as text: in the character set that the mail names, else in UTF-8, else as Windows wrote them."""
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            text = data.decode(encoding) if encoding else ""
        except (LookupError, ValueError):
            continue
        if text or not data:
            return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return data.decode("latin-1")


def text_of_html(html: str) -> str:
    """Give what a page says, with the addresses that it links to; nothing of it is run or fetched."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if not html.strip():
        return ""
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        _hear(event, element, pieces)
    lines = (_line(part) for part in "".join(pieces).replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def _line(part: str) -> str:
    """Give a line with single spaces, and a tab between the cells of a row, so that a label ends somewhere."""
    return "\t".join(" ".join(cell.split()) for cell in part.split(_CELL)).strip()


def message_text(plain: str, html: str) -> str:
    """Give what a mail says, of its plain and its formatted text the one that says most."""
    plain, rich = plain.replace("\r\n", "\n").strip(), text_of_html(html).strip()
    return plain if len(plain.split()) >= len(rich.split()) else rich


def _hear(event: str, element: Any, pieces: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if event == "start":
        if tag in _BLOCKS or tag == "br":
            pieces.append("\n")
        if tag and tag not in _UNSEEN and element.text:
            pieces.append(" ".join(element.text.split("\n")))
    else:
        if tag in ("td", "th"):
            pieces.append(_CELL)
        address = element.get("href", "") if tag == "a" else ""
        if address.startswith(("http://", "https://")) and address not in "".join(pieces[-3:]):
            pieces.append(f" <{address}>")
        if tag in _BLOCKS:
            pieces.append("\n")
        if element.tail and element.getparent() is not None and element.getparent().tag not in _UNSEEN:
            pieces.append(" ".join(element.tail.split("\n")))


def read_said(text: str, name: str) -> Document:
    """Give the text of a mail as a document, a paragraph for each line."""
    paragraphs = tuple(
        Paragraph(line.strip(), Location(name, paragraph=number))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    )
    return Document(Source(name, "", "text/plain"), paragraphs)
