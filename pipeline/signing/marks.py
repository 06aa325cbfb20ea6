"""Where on its pages a paper is signed: marks found by the structure that reads the paper aloud."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import printed

Box = tuple[float, float, float, float]
"""Left, bottom, right, top; points from the lower left corner of the page."""

_TEXT = 1
"""Of the objects of a page: text."""
_INLINE = {"/Span", "/Link", "/Em", "/Strong", "/Quote", "/Code", "/Reference", "/Lbl"}
_DEEPEST = 200
"""Elements within each other that are followed: no paper of ours has so many."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is drawn on a page."""

    box: Box
    text: str = ""
    """Empty when it is no text."""
    mark: int = -1
    """Number by which the structure names it; -1: it names it not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it stands on a page."""

    page: int
    """From 0."""
    box: Box
    element: tuple[int, int]
    """Number of its element of the structure in the file."""


def pieces(content: bytes) -> list[list[Piece]]:
    """Give what is drawn on each page, as pdfium sees it.

    Raises:
        ValueError: it is no PDF that can be opened.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(io.BytesIO(content))
    except pypdfium2.PdfiumError as wrong:
        raise ValueError(str(wrong)) from None
    try:
        return [list(_of_page(page)) for page in document]
    finally:
        document.close()


def _of_page(page: Any) -> Iterator[Piece]:
    import pypdfium2.raw as pdfium

    words = page.get_textpage()
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        edges = [ctypes.c_float() for _edge in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        text = ""
        if pdfium.FPDFPageObj_GetType(drawn) == _TEXT:
            size = pdfium.FPDFTextObj_GetText(drawn, words, None, 0)
            buffer = (ctypes.c_ushort * (size // 2 + 1))()
            pdfium.FPDFTextObj_GetText(drawn, words, buffer, size)
            text = bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace")
        yield Piece((left, bottom, right, top), text, pdfium.FPDFPageObj_GetMarkedContentID(drawn))


def find(pdf: Any, pages: Sequence[Sequence[Piece]], labels: Iterable[str]) -> dict[str, list[Mark]]:
    """Find the paragraphs that say nothing but a label.

    Args:
        pdf: the file, opened by pikepdf.
        pages: what is drawn on its pages, as `pieces` gives it.
        labels: what the marks say.

    Returns:
        Every label with each place where it stands; letters and digits count, however the lines are broken.
    """
    wanted = {printed.fold(label): label for label in labels}
    found: dict[str, list[Mark]] = {label: [] for label in wanted.values()}
    known = [_by_number(page) for page in pages]
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for element in _paragraphs(pdf):
        drawn = [(page, piece) for page, mark in _marks(element, None, numbers) for piece in known[page].get(mark, ())]
        label = wanted.get(printed.fold("".join(piece.text for _page, piece in drawn)))
        if label:
            page = drawn[-1][0]
            boxes = [piece.box for at, piece in drawn if at == page and piece.text]
            found[label].append(Mark(page, around(boxes), element.objgen))
    return found


def around(boxes: Sequence[Box]) -> Box:
    """Give the box around boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _by_number(page: Sequence[Piece]) -> dict[int, list[Piece]]:
    known: dict[int, list[Piece]] = {}
    for piece in page:
        if piece.mark >= 0:
            known.setdefault(piece.mark, []).append(piece)
    return known


def _paragraphs(pdf: Any) -> Iterator[Any]:
    """Give the elements that hold nothing but words: no other block stands in them."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    roles = {str(name): str(role) for name, role in (root.get("/RoleMap") or {}).items()}
    for kid in kids_of(root):
        yield from _blocks(kid, roles, 0)


def _blocks(element: Any, roles: Mapping[str, str], depth: int) -> Iterator[Any]:
    if not _is_element(element) or depth > _DEEPEST:
        return
    below = [kid for kid in kids_of(element) if _is_element(kid)]
    if all(_is_inline(kid, roles, depth) for kid in below):
        yield element
        return
    for kid in below:
        yield from _blocks(kid, roles, depth + 1)


def _is_inline(element: Any, roles: Mapping[str, str], depth: int) -> bool:
    kind = str(element.get("/S"))
    if roles.get(kind, kind) not in _INLINE or depth > _DEEPEST:
        return False
    return all(_is_inline(kid, roles, depth + 1) for kid in kids_of(element) if _is_element(kid))


def _marks(element: Any, page: Any, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """Give the page and the number of every marked piece of an element, in reading order."""
    import pikepdf

    page = element.get("/Pg", page)
    for kid in kids_of(element):
        if isinstance(kid, int):
            if page is not None:
                yield numbers[page.objgen], kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield numbers[kid.get("/Pg", page).objgen], int(kid.MCID)
        elif _is_element(kid):
            yield from _marks(kid, page, numbers)


def kids_of(element: Any) -> list[Any]:
    """Give what an element of the structure holds."""
    import pikepdf

    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid
