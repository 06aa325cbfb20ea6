"""A sheet as a PDF drawn by reportlab, as a city's own form software prints it: without a structure tree."""

from __future__ import annotations

import io
import subprocess
from functools import cache, partial
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from tests.bench.variants.sheet import Break, Grid, Line, Look, Sheet

FONTS = ("Carlito", "Liberation Sans", "Liberation Serif", "DejaVu Sans")

_LONGEST_WHOLE = 1200
"""Characters in a cell that fit on a page together."""


def write(sheet: Sheet, look: Look) -> bytes:
    """Give the PDF."""
    from reportlab.lib.colors import HexColor, black
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    plain, bold = _register(look.font)
    _register("DejaVu Sans")
    body = ParagraphStyle("body", fontName=plain, fontSize=look.size, leading=look.size * 1.2)
    strong = ParagraphStyle("strong", parent=body, fontName=bold)
    heads = {
        level: ParagraphStyle(f"h{level}", parent=strong, fontSize=look.size + extra, leading=look.size * 1.2 + extra,
                              spaceBefore=6, spaceAfter=3)
        for level, extra in ((1, 8), (2, 4), (3, 1))
    }  # fmt: skip
    width = A4[0] - 2 * look.margin * cm - 12

    def table(grid: Grid) -> Any:
        styles: list[Any] = [("GRID", (0, 0), (-1, -1), look.rule, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        sides = ("LEFT", "RIGHT", "TOP", "BOTTOM")
        styles += [(f"{side}PADDING", (0, 0), (-1, -1), look.padding) for side in sides]
        cells = []
        for number, row in enumerate(grid.rows):
            made = []
            for place, text in enumerate(row):
                label = number == 0 if grid.header else place % 2 == 0
                made.append(Paragraph(_marked(text, look.font), strong if label else body))
                if label and look.shade:
                    styles.append(("BACKGROUND", (place, number), (place, number), HexColor(f"#{look.shade}")))
            cells.append(made)
            if number in grid.titled:
                styles.append(("SPAN", (0, number), (-1, number)))
        return Table(
            cells,
            colWidths=[width * share for share in grid.widths],
            repeatRows=1 if grid.header and look.repeat and len(grid.rows) > 1 else 0,
            style=TableStyle(styles),
            splitInRow=0 if look.whole and max(map(len, chain(*grid.rows))) < _LONGEST_WHOLE else 1,
        )

    story: list[Any] = []
    for block in sheet.blocks:
        match block:
            case Break():
                story.append(PageBreak())
            case Line(""):
                story.append(Spacer(1, look.size))
            case Line(text, level, is_bold):
                style = heads[level] if level else strong if is_bold else body
                story.append(Paragraph(_marked(text, look.font), style))
            case Grid():
                story.append(table(block))
    made = io.BytesIO()
    margin = look.margin * cm
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin,
        title=sheet.title, author="Fictief voorbeeld",
    )  # fmt: skip
    around = partial(_around, look=look, font=plain)
    document.build(story, onFirstPage=around, onLaterPages=around)
    return made.getvalue()


def _around(canvas: Any, document: Any, *, look: Look, font: str) -> None:
    """Draw the lines above and below a page."""
    canvas.saveState()
    canvas.setFont(font, 8)
    if look.header:
        canvas.drawString(document.leftMargin, document.pagesize[1] - 22, look.header)
    if look.footer:
        canvas.drawRightString(document.pagesize[0] - document.rightMargin, 20, f"Pagina {canvas.getPageNumber()}")
    canvas.restoreState()


def _marked(text: str, font: str) -> str:
    """Give the text in the markup of reportlab; signs that the font lacks in one that has them."""
    made = escape(text)
    known = _known(font)
    for sign in {sign for sign in made if ord(sign) not in known and not sign.isspace()}:
        made = made.replace(sign, f'<font name="DejaVu Sans">{sign}</font>')
    return made.replace("\n", "<br/>")


@cache
def _register(font: str) -> tuple[str, str]:
    """Register a font and its bold; give their names."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, style in ((font, "Regular"), (f"{font} Bold", "Bold")):
        pdfmetrics.registerFont(TTFont(name, _file(font, style)))
    pdfmetrics.registerFontFamily(font, font, f"{font} Bold", font, f"{font} Bold")
    return font, f"{font} Bold"


@cache
def _known(font: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    _register(font)
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph) & frozenset(
        pdfmetrics.getFont(f"{font} Bold").face.charToGlyph
    )


@cache
def _file(font: str, style: str) -> str:
    """Find a font's file as the system knows it."""
    wanted = f"{font}:style={style if font != 'DejaVu Sans' or style == 'Bold' else 'Book'}"
    found = subprocess.run(["fc-match", "-f", "%{file}", wanted], check=True, capture_output=True, text=True)
    return found.stdout
