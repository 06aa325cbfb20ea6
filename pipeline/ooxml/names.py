"""The names of Word's XML that the program knows."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
DC = "{http://purl.org/dc/elements/1.1/}"
EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

VAL = W + "val"

STRICT: dict[bytes, bytes] = {
    b"wordprocessingml/main": W[1:-1].encode(),
    b"officeDocument/relationships": R[1:-1].encode(),
    b"officeDocument/math": M[1:-1].encode(),
    b"drawingml/main": A[1:-1].encode(),
    b"drawingml/chart": CHART[1:-1].encode(),
    b"drawingml/diagram": DIAGRAM[1:-1].encode(),
    b"officeDocument/extendedProperties": EXTENDED[1:-1].encode(),
}
"""Namespaces of Strict Office Open XML after `http://purl.oclc.org/ooxml/`, and what all others call the same."""

OFF = frozenset({"0", "false", "off", "none"})
"""How Word writes that a switch is off; anything else, nothing included, is on."""
