"""Read the structure tree of a tagged file: to which paragraph, cell and row each mark on a page belongs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.readers import pdf_calls as calls

_MOST = 50_000
_DEEPEST = 60
_LEVELS = {f"H{level}": level for level in range(1, 7)}
_CELLS = frozenset({"TR", "TD", "TH"})
_INSIDE = frozenset({"Span", "Link", "Quote", "Reference", "Annot", "Form"})
"""Kinds of elements that are part of a paragraph."""
_NAME = ctypes.sizeof(calls.Kind)
"""Bytes that are read of the name of a kind."""
_WIDE = 50
"""Elements with more children than this run over pages; the walk remembers where it left them."""


class Tag(NamedTuple):
    """The place of a mark in the structure tree; a path is the same on every page that an element touches."""

    paragraph: tuple[int, ...]
    row: tuple[int, ...] | None
    """The table row around it."""
    level: int
    """Of a heading; 0 for other text."""
    header: bool
    """Stands in a header cell."""


class Structure:
    """The structure tree of a document, walked page by page.

    The tree of a page names all children of an element, those of other pages too. So a walk ends when every mark
    on the page is found, and the next one starts where it ended: else 500 pages would take the square of their time.
    """

    def __init__(self) -> None:
        self._starts: dict[tuple[int, ...], int] = {}
        """Where to start among the children of a wide element, by its path."""
        self._tags: dict[int, Tag] = {}
        self._missing: set[int] = set()
        self._left = 0
        self._name = calls.Kind()

    def tags_of(self, page: Any, marks: Iterable[int]) -> dict[int, Tag]:
        """Give the tag of each of these marks on a page; empty when the file is not tagged."""
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return {}
        self._tags, self._missing, self._left = {}, set(marks), _MOST
        try:
            for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST)):
                child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
                if child:
                    self._element(child, (index,), Tag((), None, 0, header=False), 0)
            return self._tags
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _element(self, element: Any, path: tuple[int, ...], around: Tag, depth: int) -> None:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return
        length = calls.element_type(element, self._name, _NAME)
        kind = _kind(self._name.raw[: max(0, min(length, _NAME) - 2)])
        if kind not in _INSIDE:
            if kind in _CELLS:
                around = Tag(path, path if kind == "TR" else around.row, 0, kind == "TH")
            else:
                around = Tag(path, around.row, _LEVELS.get(kind, around.level), around.header)
        count = min(max(0, calls.count_children(element)), _MOST)
        start = self._starts.get(path, 0) if count > _WIDE else 0
        for index in (*range(start, count), *range(start)) if start else range(count):
            if self._left < 0 or not self._missing:
                return
            self._left -= 1
            mark = calls.child_mark(element, index)
            if mark >= 0:
                self._tags[mark] = around
                self._missing.discard(mark)
                continue
            child = calls.child_at(element, index)
            if child:
                self._element(child, (*path, index), around, depth + 1)
                if count > _WIDE:
                    self._starts[path] = index


@lru_cache(maxsize=256)
def _kind(name: bytes) -> str:
    """Give the kind of an element, of which a file has few."""
    return name.decode("utf-16-le", "replace")
