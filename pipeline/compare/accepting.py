"""Accept all tracked changes of a Word file: what a redline becomes once a person has accepted it."""

from __future__ import annotations

from lxml import etree

from pipeline.compare.tracked import resolve
from pipeline.ooxml.markup import parse
from pipeline.ooxml.packing import Packing
from pipeline.zips import open_zip

_MARKS = (b"<w:ins ", b"<w:del ", b"<w:rPrChange ", b"<w:pPrChange ")


def accepted(content: bytes) -> bytes:
    """Give a redline of ours with all its changes accepted, without a trace of them.

    Args:
        content: what `redline` wrote.

    Returns:
        Its bytes; the same for the same redline.
    """
    opened = open_zip(content)
    members = {name: opened.read(name) for name in opened.names}
    for name, data in members.items():
        if name.endswith(".xml") and any(mark in data for mark in _MARKS):
            root = parse(data)
            resolve(root)
            members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Packing(members, ()).write({})
