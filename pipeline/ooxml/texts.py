"""All text that a Word file of ours prints: body, headers, footers and notes."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from pipeline.ooxml.names import W

_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def all_text(docx: bytes) -> str:
    """Give the text of a Word file that we made, a line for each paragraph."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            if _PRINTED.fullmatch(name):
                root = etree.fromstring(package.read(name), etree.XMLParser(huge_tree=True, resolve_entities=False))
                for paragraph in root.iter(f"{W}p"):
                    texts = paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
                    lines.append("".join(each.text or "" if each.tag == f"{W}t" else " " for each in texts))
    return "\n".join(lines)
