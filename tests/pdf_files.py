"""PDF files for the tests: printed by LibreOffice, drawn with reportlab, or written byte by byte."""

from __future__ import annotations

import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Cm, Pt
from reportlab.pdfgen import canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def printed(folder: Path, docx: bytes, **choices: bool) -> bytes:
    """Print a Word file with LibreOffice; `choices` are those of its PDF export."""
    (folder / "stuk.docx").write_bytes(docx)
    options = {name: {"type": "boolean", "value": str(value).lower()} for name, value in choices.items()}
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(options)}" if options else "pdf:writer_pdf_Export",
            "--outdir",
            str(folder / "made"),
            str(folder / "stuk.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(folder)},
    )
    return (folder / "made" / "stuk.pdf").read_bytes()


class WordFile:
    """A Word file in the making, with shaded labels as in the blank forms."""

    def __init__(self, font: str = "Carlito", size: float = 10) -> None:
        self.document = Document()
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = font, Pt(size)
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)

    def line(self, text: str, style: str | None = None) -> None:
        self.document.add_paragraph(text, style)

    def table(
        self,
        rows: list[list[str]],
        widths: list[float],
        *,
        labels: bool = True,
        header: bool = False,
        whole: bool = False,
    ) -> Any:
        """Add a table; `labels` shades the first column (with a header: the first row), `whole` keeps rows together."""
        table = self.document.add_table(len(rows), len(widths), style="Table Grid")
        table.autofit = False
        for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            properties = row._tr.get_or_add_trPr()
            if whole:
                properties.append(parse_xml(f"<w:cantSplit {W}/>"))
            if header and number == 0:
                properties.append(parse_xml(f"<w:tblHeader {W}/>"))
            for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
                cell.width = Cm(width)
                first, *more = text.split("\n")
                cell.paragraphs[0].text = first
                for paragraph in more:
                    cell.add_paragraph(paragraph)
                if labels and (number == 0 if header or len(widths) == 1 else place == 0):
                    shade = f'<w:shd {W} w:val="clear" w:color="auto" w:fill="E7E6E6"/>'
                    cell._tc.get_or_add_tcPr().append(parse_xml(shade))
        self.document.add_paragraph("")
        return table

    def footer(self, text: str) -> None:
        """Write a footer that ends in the number of the page and of the pages."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.add_run(text + " pagina ")
        for name, between in (("PAGE", " van "), ("NUMPAGES", "")):
            for kind in ("begin", "", "end"):
                run = paragraph.add_run()
                run._r.append(
                    parse_xml(
                        f'<w:fldChar {W} w:fldCharType="{kind}"/>'
                        if kind
                        else f"<w:instrText {W}> {name} </w:instrText>"
                    )
                )
            paragraph.add_run(between)

    def bytes(self) -> bytes:
        made = io.BytesIO()
        self.document.save(made)
        return made.getvalue()


class Drawn:
    """A PDF drawn by hand: no spaces at line ends, no tags; lines of text and rulings where they are put."""

    def __init__(self, height: float = 800) -> None:
        self.made = io.BytesIO()
        self.height = height
        self.canvas = canvas.Canvas(self.made, pagesize=(600, height), invariant=1)

    def text(self, x: float, y: float, words: str, *, size: float = 10, font: str = "Helvetica") -> Drawn:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, words)
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Drawn:
        for y in ys:
            self.canvas.line(xs[0], self.height - y, xs[-1], self.height - y)
        for x in xs:
            self.canvas.line(x, self.height - ys[0], x, self.height - ys[-1])
        return self

    def page(self) -> Drawn:
        self.canvas.showPage()
        return self

    def bytes(self) -> bytes:
        self.canvas.save()
        return self.made.getvalue()


def objects(*contents: bytes) -> bytes:
    """Give a PDF of these objects; the first is its catalogue."""
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(contents, start=1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, content)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(contents) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(contents) + 1, table)


def stream(content: bytes, described: bytes = b"") -> bytes:
    """Give a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream " % (described, len(content), content)


def one_page(content: bytes, *more: bytes, catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """Give a PDF of one page that draws this; `more` are objects from number 5 on."""
    return objects(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s>>" % (page or b"/Resources " + FONT),
        stream(content),
        *more,
    )
