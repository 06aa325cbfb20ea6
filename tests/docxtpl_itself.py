"""What docxtpl itself makes of a template, part by part, to hold our papers against; shares nothing with our rendering.

Left out is what our papers do otherwise on purpose: the moments in the core properties, which differ each time, and
the properties of which docxtpl adds empty ones and escapes what they hold twice.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

CORE = "docProps/core.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Make = Callable[[DocxTemplate, Mapping[str, Any]], Mapping[str, Any]]


def rendered(template: bytes, facts: Mapping[str, Any], environment: Environment, make: Make | None = None) -> bytes:
    """Render as the manual of docxtpl says, with what an answer may hold escaped."""
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    facts = {**facts, **(make(document, facts) if make else {})}
    document.render(facts, environment, autoescape=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def parts(paper: bytes, *, ended: bool = False) -> dict[str, bytes]:
    """Give every part of a package but the core properties: markup as canonical XML, the rest as it is.

    `ended`: with a paragraph at the end of each cell that has none, where docxtpl leaves a file that Word refuses.
    """
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        assert archive.testzip() is None
        members = {name: archive.read(name) for name in archive.namelist() if name != CORE}
    return {
        name: canonical(data, ended=ended) if name.endswith((".xml", ".rels")) else data
        for name, data in members.items()
    }


def canonical(data: bytes, *, ended: bool) -> bytes:
    """Give markup as canonical XML; etree.XMLSyntaxError when it is ill-formed."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    for cell in root.iter(f"{W}tc") if ended else ():
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    return etree.tostring(root, method="c14n")


def properties(paper: bytes) -> dict[str, str]:
    """Give the properties that docxtpl fills, as python-docx reads them."""
    read = docx.Document(io.BytesIO(paper)).core_properties
    return {name: getattr(read, name) for name in ("author", "comments", "identifier", "language", "subject", "title")}


def texts(paper: bytes) -> list[str]:
    """Give the text of each paragraph of the body, line breaks and tabs included."""
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(huge_tree=True))
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return [
        "".join(signs.get(node.tag) or (node.text or "") for node in paragraph.iter(f"{W}t", *signs))
        for paragraph in root.iter(f"{W}p")
    ]
