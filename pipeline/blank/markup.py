"""Elements of WordprocessingML: the few that a form needs, by short names."""

from __future__ import annotations

from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = {"w": W, "w14": W14, "w15": W15, "r": R, "mc": MC}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

LINE = "BFC5CA"
LABEL_FILL = "EEF1F3"
TITLE_FILL = "DCE6EC"
HINT = "6B6B6B"
"""The grey of placeholders, still readable on white (contrast 5.3)."""


def element(name: str, *children: Any, **attributes: str | int) -> Any:
    """Make an element: `element("w:p", child, val="x")` has its attributes in its own namespace."""
    prefix, local = name.split(":")
    space = NAMESPACES[prefix]
    made = etree.Element(f"{{{space}}}{local}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        made.set(f"{{{space}}}{key}", str(value))
    made.extend(children)
    return made


def root(name: str, *children: Any) -> Any:
    """Make the root of a part; Word may ignore the newer namespaces."""
    made = element(name, *children)
    made.set(f"{{{MC}}}Ignorable", "w14 w15")
    return made


def serialise(tree: Any) -> bytes:
    """Write a part as bytes, each namespace declared once."""
    etree.cleanup_namespaces(tree, top_nsmap=NAMESPACES, keep_ns_prefixes=list(NAMESPACES))
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def run(text: str, style: str = "", *, colour: str = "") -> Any:
    """Make a run of text; `style` is a character style."""
    properties = []
    if style:
        properties.append(element("w:rStyle", val=style))
    if colour:
        properties.append(element("w:color", val=colour))
    content = element("w:t")
    content.text = text
    content.set(_SPACE, "preserve")
    return element("w:r", *([element("w:rPr", *properties)] if properties else []), content)


def paragraph(style: str, *children: Any, keep_next: bool = False, align: str = "") -> Any:
    """Make a paragraph; a text is put in a run of its own."""
    properties = [element("w:pStyle", val=style)]
    if keep_next:
        properties.append(element("w:keepNext"))
    if align:
        properties.append(element("w:jc", val=align))
    pieces = [run(child) if isinstance(child, str) else child for child in children]
    return element("w:p", element("w:pPr", *properties), *pieces)


def cell(width: int, *blocks: Any, fill: str = "", span: int = 1) -> Any:
    """Make a table cell of a width in twentieths of a point."""
    properties = [element("w:tcW", w=width, type="dxa")]
    if span > 1:
        properties.append(element("w:gridSpan", val=span))
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    return element("w:tc", element("w:tcPr", *properties), *blocks)


def row(*cells: Any, header: bool = False, height: int = 0) -> Any:
    """Make a table row, at least so high; a header comes again on each page."""
    properties = []
    if height:
        properties.append(element("w:trHeight", val=height, hRule="atLeast"))
    if header:
        properties.append(element("w:tblHeader"))
    return element("w:tr", *([element("w:trPr", *properties)] if properties else []), *cells)


def table(widths: list[int], *rows: Any, caption: str = "") -> Any:
    """Make a table with fixed columns; rows may stand inside content controls."""
    properties = [
        element("w:tblStyle", val="Formulier"),
        element("w:tblW", w=sum(widths), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0000"),
    ]
    if caption:
        properties.append(element("w:tblCaption", val=caption))
    grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))
    return element("w:tbl", element("w:tblPr", *properties), grid, *rows)


def field_code(code: str, shown: str) -> list[Any]:
    """Make the runs of a field such as PAGE, with what it shows until Word counts."""
    instruction = element("w:instrText")
    instruction.text = f" {code} "
    instruction.set(_SPACE, "preserve")
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", instruction),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        run(shown),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]
