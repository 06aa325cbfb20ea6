"""Read the structure tree of a tagged page: to which paragraph, cell and row each mark belongs."""

from __future__ import annotations

import ctypes
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_MOST = 50_000
_DEEPEST = 60
_HEADING = re.compile(r"H([1-6])")


class Tag(NamedTuple):
    """The place of a mark in the structure tree; a path is the same on every page that an element touches."""

    paragraph: tuple[int, ...]
    row: tuple[int, ...] | None
    """The table row around it."""
    level: int
    """Of a heading; 0 for other text."""
    header: bool
    """Stands in a header cell."""


def tags_of(page: Any) -> dict[int, Tag]:
    """Give the tag of each marked-content number of a page; empty when the file is not tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return _Walk().tree(tree)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Walk:
    """A walk over the tree that ends, whatever the tree."""

    def __init__(self) -> None:
        self.tags: dict[int, Tag] = {}
        self.left = _MOST
        self.name = ctypes.create_string_buffer(64)

    def tree(self, tree: Any) -> dict[int, Tag]:
        for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                self.element(child, (index,), Tag((), None, 0, header=False), 0)
        return self.tags

    def element(self, element: Any, path: tuple[int, ...], around: Tag, depth: int) -> None:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return
        length = pdfium.FPDF_StructElement_GetType(element, self.name, 64)
        kind = self.name.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        heading = _HEADING.fullmatch(kind)
        if kind == "TR":
            around = Tag(path, path, 0, header=False)
        elif kind in ("TD", "TH"):
            around = Tag(path, around.row, 0, header=kind == "TH")
        elif heading:
            around = Tag(path, around.row, int(heading.group(1)), around.header)
        elif kind not in ("Span", "Link", "Quote", "Reference", "Annot", "Form"):
            around = around._replace(paragraph=path)
        self.children(element, path, around, depth)

    def children(self, element: Any, path: tuple[int, ...], around: Tag, depth: int) -> None:
        for index in range(min(max(0, pdfium.FPDF_StructElement_CountChildren(element)), _MOST)):
            self.left -= 1
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mark >= 0:
                self.tags[mark] = around
                continue
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                self.element(child, (*path, index), around, depth + 1)
            if self.left < 0:
                return
