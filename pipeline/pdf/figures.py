"""Give pictures their place among the tags: LibreOffice 7.4 draws them as decoration, and their words lead nowhere."""

from __future__ import annotations

import io
from typing import Any

from pipeline.pdf.memory import at_path

_FIGURE = b"/S/Figure"
"""How LibreOffice writes the tag of a picture, outside any packed stream."""


def place_figures(data: bytes) -> bytes:
    """Put every picture of a print inside its tag.

    Args:
        data: a PDF as LibreOffice makes it.

    Returns:
        The same bytes where there are no pictures. Where it is not clear which drawing belongs to which tag, the tag
        stays empty, and the gate says so.
    """
    import pikepdf

    if _FIGURE not in data:
        return data
    with at_path(data) as path, pikepdf.open(path) as pdf:
        empty = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure" and "/K" not in each
        ]
        for page in pdf.pages:
            here = [each for each in empty if "/Pg" in each and each.Pg.objgen == page.obj.objgen]
            if here:
                _place(pdf, page, here)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def _place(pdf: Any, page: Any, figures: list[Any]) -> None:
    import pikepdf

    content = list(pikepdf.parse_content_stream(page))
    drawings = _drawings(page, content)
    if len(drawings) != len(figures):
        return
    placed = _of_page(pdf, page)
    for start, figure in zip(drawings, figures, strict=True):
        number = len(placed)
        marks = [pikepdf.Name.Figure, pikepdf.Dictionary(MCID=number)]
        content[start] = pikepdf.ContentStreamInstruction(marks, pikepdf.Operator("BDC"))
        figure.K = number
        placed.append(figure)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))


def _drawings(page: Any, content: list[Any]) -> list[int]:
    """Give where the decorations begin that draw a picture."""
    pictures = [name for name, each in page.resources.get("/XObject", {}).items() if each.get("/Subtype") == "/Image"]
    found = []
    start, draws = -1, False
    for number, instruction in enumerate(content):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BMC" and operands[0] == "/Artifact":
            start, draws = number, False
        elif operator == "Do" and str(operands[0]) in pictures:
            draws = True
        elif operator == "EMC":
            if start >= 0 and draws:
                found.append(start)
            start = -1
    return found


def _of_page(pdf: Any, page: Any) -> Any:
    """Give the list of the tags that are on a page, by number; a page without gets one."""
    import pikepdf

    tree = pdf.Root.StructTreeRoot
    numbers = tree.ParentTree.Nums
    if "/StructParents" not in page.obj:
        keys = [int(numbers[place]) for place in range(0, len(numbers), 2)]
        page.obj.StructParents = max(keys, default=-1) + 1
        numbers.extend([page.obj.StructParents, pdf.make_indirect(pikepdf.Array())])
        tree.ParentTreeNextKey = int(page.obj.StructParents) + 1
    for place in range(0, len(numbers), 2):
        if numbers[place] == page.obj.StructParents:
            return numbers[place + 1]
    raise ValueError("a page names a list of tags that is not there")
