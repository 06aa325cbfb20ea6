"""Read what a Word file with tracked changes says when all are accepted, or all rejected: written for the tests alone.

It knows nothing of the program: it goes through the XML with ElementTree (ISO/IEC 29500-1, 17.13.5) and gives words.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GOES = {"accepted": (W + "del", W + "moveFrom"), "rejected": (W + "ins", W + "moveTo")}


def words(data: bytes, way: str) -> dict[str, list[list[str]]]:
    """Give the paragraphs with words of each part that has any, in words, headers and footers merged by kind."""
    said: dict[str, list[list[str]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        referred = set(_notes(ElementTree.fromstring(archive.read("word/document.xml")), GOES[way]))
        for name in sorted(archive.namelist()):
            kind = name.removeprefix("word/").rstrip("0123456789.xml")
            if name.endswith(".xml") and kind in ("document", "header", "footer", "footnotes"):
                root = ElementTree.fromstring(archive.read(name))
                if kind == "footnotes":
                    for note in root.findall(W + "footnote"):
                        if note.get(W + "id") not in referred:
                            root.remove(note)
                text = _part(root, GOES[way])
                said[kind] = [line.split() for line in text.split("¶") if line.strip()]
    return said


def _notes(element: ElementTree.Element, goes: tuple[str, ...]) -> Iterator[str]:
    """Give the notes to which the text refers."""
    if element.tag == W + "footnoteReference":
        yield element.get(W + "id", "")
    for child in element if element.tag not in goes else ():
        yield from _notes(child, goes)


def _part(element: ElementTree.Element, goes: tuple[str, ...]) -> str:
    if element.tag in goes or element.tag.endswith("}Fallback"):
        return ""
    if element.tag == W + "tr" and any(element.find(f"{W}trPr/{mark}") is not None for mark in goes):
        return ""
    if element.tag in (W + "t", W + "delText"):
        return element.text or ""
    if element.tag in (W + "tab", W + "br"):
        return " "
    if element.tag in (W + "pPr", W + "rPr", W + "tabs", W + "instrText", W + "delInstrText"):
        return ""
    inside = "".join(_part(child, goes) for child in element)
    if element.tag == W + "p":
        marks = [f"{W}pPr/{W}rPr/{mark}" for mark in goes]
        return inside + ("" if any(element.find(mark) is not None for mark in marks) else "¶")
    if element.tag in (W + "footnote", W + "tc", W + "tbl"):
        return inside + "¶"
    return inside
