"""The structure of a fillable PDF: the tree that reads it aloud in order, and the bookmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.blank.pdf_sheet import Mark, Node


def attach(pdf: Any, document: Node, marks: Sequence[Sequence[Node]], widgets: Sequence[Any]) -> None:
    """Put the structure in a file whose pages and widgets are made.

    Args:
        pdf: the file.
        document: the root of the structure.
        marks: by page, the element of each marked piece.
        widgets: the objects of the form fields, by number.
    """
    from pikepdf import Array, Dictionary, Name

    made: dict[int, Any] = {}
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pages = [page.obj for page in pdf.pages]
    root.K = Array([_element(pdf, document, root, pages, widgets, made)])
    parents: Any = Array()
    for number, page in enumerate(pages):
        page.StructParents = number
        parents.extend([number, pdf.make_indirect(Array([made[id(node)] for node in marks[number]]))])
    owners = {number: made[id(node)] for node in walk(document) for number in node.widgets}
    first = len(pages)
    for number, widget in enumerate(widgets):
        widget.StructParent = first + number
        parents.extend([first + number, owners[number]])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
    root.ParentTreeNextKey = first + len(widgets)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def bookmark(pdf: Any, headings: Sequence[tuple[int, str, int, float]]) -> None:
    """Make the bookmarks.

    Args:
        pdf: the file.
        headings: of each its level (1 or 2), its words, its page and its top.
    """
    from pikepdf import Array, Dictionary, Name, String

    top = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    opened: list[Any] = [top]
    for level, words, page, height in headings:
        del opened[level:]
        above = opened[-1]
        place = Array([pdf.pages[page].obj, Name.XYZ, None, round(height, 2), None])
        made = pdf.make_indirect(Dictionary(Title=String(words), Parent=above, Dest=place))
        if "/Last" in above:
            above.Last.Next, made.Prev = made, above.Last
        else:
            above.First = made
        above.Last = made
        above.Count = int(above.get("/Count", 0)) + 1
        opened.append(made)
    for level, made in _levels(top):
        if level > 0 and "/Count" in made:
            made.Count = -int(made.Count)  # closed
    pdf.Root.Outlines = top


def _levels(node: Any, level: int = 0) -> Iterator[tuple[int, Any]]:
    yield level, node
    kid = node.get("/First")
    while kid is not None:
        yield from _levels(kid, level + 1)
        kid = kid.get("/Next")


def walk(node: Node) -> Iterator[Node]:
    """Give an element and all below it, in reading order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from walk(kid)


def _element(
    pdf: Any, node: Node, above: Any, pages: Sequence[Any], widgets: Sequence[Any], made: dict[int, Any]
) -> Any:
    from pikepdf import Array, Dictionary, Name, String

    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=above))
    made[id(node)] = element
    if node.title:
        element.T = String(node.title)
    if node.scope or node.span > 1:
        attributes: Any = Dictionary(O=Name.Table)
        if node.scope:
            attributes.Scope = Name(f"/{node.scope}")
        if node.span > 1:
            attributes.ColSpan = node.span
        element.A = attributes
    kids = Array()
    for kid in node.kids:
        if isinstance(kid, Mark):
            kids.append(Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.number))
        else:
            kids.append(_element(pdf, kid, element, pages, widgets, made))
    for number in node.widgets:
        widget = widgets[number]
        kids.append(Dictionary(Type=Name.OBJR, Pg=widget.P, Obj=widget))
    element.K = kids
    return element
