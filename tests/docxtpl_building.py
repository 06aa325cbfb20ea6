"""Word templates built piece by piece, and what docxtpl's own objects put in them, as its manual describes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from docx.shared import Mm
from docxtpl import RP, InlineImage, Listing, R

Build = Callable[[Any], None]


def png(shade: int) -> bytes:
    """Make a picture of four pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade] * 2) for _ in range(2))
    header = chunk(b"IHDR", struct.pack(">2I5B", 2, 2, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def paragraphs(*texts: str) -> Build:
    """Build paragraphs; a tuple is a paragraph of several runs, the odd ones bold."""

    def build(document: Any) -> None:
        for text in texts:
            paragraph = document.add_paragraph()
            for number, run in enumerate(text.split("¦")):
                paragraph.add_run(run).bold = bool(number % 2) or None

    return build


def table(*rows: tuple[str, ...], columns: int = 0) -> Build:
    """Build a table; a row with less cells than columns keeps the others empty."""

    def build(document: Any) -> None:
        made = document.add_table(len(rows), columns or max(map(len, rows)))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text

    return build


def several(*builds: Build) -> Build:
    """Build one after the other."""

    def build(document: Any) -> None:
        for each in builds:
            each(document)

    return build


def around(document: Any) -> None:
    """Build tags in headers, in a footer and in the core properties."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Dossier {{ gemeente }}"
    section.first_page_header.paragraphs[0].text = "{% if waar %}Eerste{% endif %} {{ regels }}"
    section.footer.add_table(1, 2, Mm(100)).rows[0].cells[0].text = "{{ getal }}"
    section.footer.add_paragraph("{{ gemeente }}")
    document.core_properties.title = "Kader {{ getal }}"
    document.core_properties.subject = "{{ kleur }}"
    document.add_paragraph("{{ gemeente }}")


def footnotes(kind: str, properties: str = "") -> Build:
    """Build a note with a tag in it, of a kind: footnotes or endnotes; `properties` are those of its paragraph."""

    def build(document: Any) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        note = kind.removesuffix("s")
        data = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{kind} xmlns:w="{ns}">\n  <w:{note} w:id="1">'
            f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>Noot {{{{ gemeente }}}}</w:t></w:r></w:p></w:{note}>\n"
            f"</w:{kind}>"
        )
        type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        part = Part(PackURI(f"/word/{kind}.xml"), type_, data.encode(), document.part.package)
        document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
        document.add_paragraph("Tekst {{ getal }}")

    return build


def pictures(*texts: str) -> Build:
    """Build a picture, paragraphs and another picture."""

    def build(document: Any) -> None:
        document.add_picture(io.BytesIO(png(10)), Mm(10))
        paragraphs(*texts)(document)
        document.add_picture(io.BytesIO(png(200)), Mm(10))

    return build


def described(document: Any) -> None:
    """Build two pictures of which the alt text of the second says what it shows, and one in the header."""
    pictures("{{ gemeente }}")(document)
    document.inline_shapes[1]._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("descr", "Wapen van «de» stad")
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png(30)), Mm(5))


def embedded(document: Any) -> None:
    """Build a document with two files embedded."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for number in (1, 2):
        part = Part(PackURI(f"/word/embeddings/blad{number}.xlsx"), kind, b"%d" % number * 99, document.part.package)
        document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package")
    document.add_paragraph("{{ gemeente }}")


def around_drawn(document: Any) -> None:
    """Build a header with a picture and a table of other cells in each row, and a picture in the body."""
    header = document.sections[0].header
    header.paragraphs[0].add_run().add_picture(io.BytesIO(png(30)), Mm(5))
    rows = header.add_table(2, 2, Mm(100)).rows
    rows[0].cells[0].merge(rows[0].cells[1]).text = "{{ gemeente }}"
    rows[1].cells[1].text = "{{ getal }}"
    header.add_paragraph()
    pictures("{{ gemeente }}")(document)


def nested(document: Any) -> None:
    """Build a table in a table, both with rows that are repeated."""
    made = document.add_table(2, 2)
    made.rows[0].cells[0].text = "{{ gemeente }}"
    inner = made.rows[1].cells[0].add_table(4, 2)
    for row, text in zip(
        inner.rows, ("Naam", "{%tr for rij in rijen %}", "{{ rij.naam }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = text


def rows_left_out(*, merged: bool) -> Build:
    """Build a first row of one cell, over both columns or over one, and a row of two that is left out."""

    def build(document: Any) -> None:
        rows = document.add_table(4, 2).rows
        if merged:
            rows[0].cells[0].merge(rows[0].cells[1]).text = "{{ gemeente }}"
        else:
            rows[0]._tr.remove(rows[0].cells[1]._tc)
        for row, texts in zip(
            list(rows)[1:], (("{%tr if leeg %}",), ("{{ getal }}", "x"), ("{%tr endif %}",)), strict=False
        ):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text

    return build


def drawn_twice(document: Any) -> None:
    """Build a picture in a loop."""
    document.add_paragraph("{%p for rij in rijen %}")
    document.add_picture(io.BytesIO(png(10)), Mm(10))
    document.add_paragraph("{%p endfor %}")


def subdocument(filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make a subdocument, as the manual does."""
    made = filling.new_subdoc()
    made.add_paragraph("Een deel & meer")
    made.add_table(1, 2).rows[0].cells[0].text = "in een tabel"
    return {"deel": made}


def subdocument_of_file(filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Put another Word file in."""
    other, saved = docx.Document(), io.BytesIO()
    other.add_paragraph("Uit een ander bestand", style="Heading 2")
    other.add_paragraph("Punt", style="List Bullet")
    other.add_picture(io.BytesIO(png(99)), Mm(5))
    other.save(saved)
    saved.seek(0)
    return {"deel": filling.new_subdoc(saved)}


def rich(filling: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make rich text with all that it can, a link among it."""
    text = R("Vet & ", bold=True, color="#FF0000", size=40)
    text.add("schuin\nen verder\t<hier>", italic=True, underline="double", font="Calibri", highlight="#FFFF00")
    text.add(facts["gemeente"], url_id=filling.build_url_id("https://example.org/?a=1&b=2"), style="Strong")
    return {"rijk": text}


def rich_paragraphs(_filling: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make whole paragraphs of rich text."""
    made = RP(facts["gemeente"], parastyle="Heading 2")
    made.add(R("daarna", strike=True), parastyle="List Bullet")
    return {"rijk": made}


def listing(_filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make a listing with line ends, paragraphs, tabs and a page break."""
    return {"lijst": Listing("een\ntwee & <drie>\avier\tvijf\fzes")}


def images(filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Make pictures, one with a link."""
    return {
        "beeld": InlineImage(filling, io.BytesIO(png(50)), width=Mm(20)),
        "ander": InlineImage(filling, io.BytesIO(png(60)), height=Mm(9), anchor="https://example.org"),
    }


SHEET = b"PK" + bytes(90)
"""Bytes of another embedded file, as far as its kind can be told."""


def replaced_picture(filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Have docxtpl replace a picture by its alt text."""
    filling.replace_pic("Wapen van «de» stad", io.BytesIO(png(77)))
    return {}


def replaced_media(filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Have docxtpl replace a picture by its bytes, and print another."""
    filling.replace_media(io.BytesIO(png(10)), io.BytesIO(png(78)))
    return images(filling, _facts)


def replaced_files(filling: Any, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Have docxtpl replace one embedded file by its bytes and another by its name."""
    with TemporaryDirectory() as folder:
        source, other = Path(folder) / "blad.xlsx", Path(folder) / "ander.xlsx"
        source.write_bytes(b"1" * 99)
        other.write_bytes(SHEET)
        filling.replace_embedded(str(source), str(other))
        filling.replace_zipname("word/embeddings/blad2.xlsx", str(other))
    return {}
