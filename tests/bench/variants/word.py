"""A sheet as a Word file, by python-docx."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.bench.variants.sheet import Break, Grid, Line, Look, Sheet

FONTS = ("Carlito", "Caladea", "Liberation Sans", "Liberation Serif", "DejaVu Sans")


def write(sheet: Sheet, look: Look) -> bytes:
    """Give the Word file."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = look.font, Pt(look.size)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(look.margin)
    if look.header:
        page.header.paragraphs[0].text = look.header
    if look.footer:
        _page_number(page.footer.paragraphs[0])
    for block in sheet.blocks:
        match block:
            case Break():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Line(text, level) if level:
                document.add_heading(text, level - 1)
            case Line(text, _level, bold):
                document.add_paragraph().add_run(text).bold = bold or None
            case Grid():
                _table(document, block, look, 21 - 2 * look.margin)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Any, grid: Grid, look: Look, width: float) -> None:
    table = document.add_table(len(grid.rows), len(grid.widths), style="Table Grid")
    table.autofit = False
    for number, (row, texts) in enumerate(zip(table.rows, grid.rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        if look.whole:
            properties.append(OxmlElement("w:cantSplit"))
        if grid.header and number == 0 and look.repeat:
            properties.append(OxmlElement("w:tblHeader"))
        cells = row.cells
        for place, (cell, text, share) in enumerate(zip(cells, texts, grid.widths, strict=True)):
            cell.width = Cm(width * share)
            label = number == 0 if grid.header else place % 2 == 0
            _cell(cell, text, label=label, shade=look.shade if label else "")
        if number in grid.titled:
            cells[0].merge(cells[-1])


def _cell(cell: Any, text: str, *, label: bool, shade: str) -> None:
    first, *more = text.split("\n")
    cell.paragraphs[0].add_run(first).bold = label or None
    for line in more:
        cell.add_paragraph(line)
    if shade:
        fill = OxmlElement("w:shd")
        fill.set(qn("w:val"), "clear")
        fill.set(qn("w:fill"), shade)
        cell._tc.get_or_add_tcPr().append(fill)


def _page_number(paragraph: Any) -> None:
    paragraph.add_run("Pagina ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        paragraph.add_run()._r.append(element)
