"""Reading PDF files whose fonts do not say, or say wrongly, which characters they draw."""

from __future__ import annotations

import io
import subprocess
import warnings
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as Face
from reportlab.pdfgen import canvas

from pipeline.document import Paragraph, paragraphs
from pipeline.readers import read
from tests.pdf_files import one_page

VERA = Path(str(files("reportlab") / "fonts" / "Vera.ttf"))
WARNING = "de pdf zegt niet zeker welk teken hier staat"


def lines(data: bytes) -> list[Paragraph]:
    """Give the paragraphs of a file."""
    return [paragraph for paragraph in paragraphs(read(data, "stuk.pdf").blocks) if paragraph.text]


def told(data: bytes) -> list[tuple[str, bool]]:
    """Give the text of each paragraph, and whether it is said to be uncertain which characters stand there."""
    return [(line.text, WARNING in line.uncertain) for line in lines(data)]


def drawn(*texts: str, changed: Mapping[str, str] | None = None) -> bytes:
    """Draw lines of text with reportlab; `changed` says what the file says of a character."""
    pdfmetrics.registerFont(Face("Vera", str(VERA)))
    made = io.BytesIO()
    page = canvas.Canvas(made, invariant=1)
    page.setFont("Vera", 11)
    for number, text in enumerate(texts):
        page.drawString(60, 750 - 40 * number, text)
    page.save()
    if changed is None:
        return made.getvalue()
    with pikepdf.open(made) as pdf:
        (font,) = [font for font in pdf.pages[0].Resources.Font.values() if "/ToUnicode" in font]
        table = font.ToUnicode.read_bytes().decode()
        for character, said in changed.items():
            code = f"<{ord(character):02X}>"
            line = f"{code} <{ord(character):04X}>\n"
            assert line in table
            table = table.replace(line, f"{code} <{said.encode('utf-16-be').hex()}>\n")
        font.ToUnicode = pdf.make_stream(table.encode())
        pdf.save(made := io.BytesIO())
    return made.getvalue()


def composite(text: str, table: str | None) -> bytes:
    """Draw a line with the numbers of glyphs, as browsers do; `table` holds the sections of the table of text."""
    program = TTFont(VERA)
    names = program.getBestCmap()
    codes = "".join(f"{program.getGlyphID(names[ord(character)]):04X}" for character in text)
    widths = [program["hmtx"][name][0] * 1000 // 2048 for name in program.getGlyphOrder()]
    with pikepdf.new() as pdf:
        embedded = pdf.make_stream(VERA.read_bytes())
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/AAAAAA+Vera"), Flags=4,
            FontBBox=[-183, -236, 1288, 928], ItalicAngle=0, Ascent=928, Descent=-236, CapHeight=729, StemV=80,
            FontFile2=embedded,
        )  # fmt: skip
        inner = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name("/AAAAAA+Vera"),
            CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor), W=[0, widths], CIDToGIDMap=pikepdf.Name.Identity,
        )  # fmt: skip
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/AAAAAA+Vera"),
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(inner)],
        )  # fmt: skip
        if table is not None:
            head = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange"
            font.ToUnicode = pdf.make_stream(
                f"/CIDInit /ProcSet findresource begin 12 dict begin {head}\n{table}\nendcmap end end".encode()
            )
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(f"BT /F 11 Tf 60 740 Td <{codes}> Tj ET".encode())
        pdf.save(made := io.BytesIO())
    return made.getvalue()


def table_of(text: str, ranges: Mapping[str, str] | None = None, ligatures: Mapping[str, str] | None = None) -> str:
    """Make the sections of a table: a character at a time, neighbours in `ranges`, glyphs of more letters."""
    program = TTFont(VERA)
    names = program.getBestCmap()
    ranges, ligatures = ranges or {}, ligatures or {}

    def glyph(character: str) -> str:
        return f"<{program.getGlyphID(names[ord(character)]):04X}>"

    alone = sorted(set(text) - set("".join(first + last for first, last in ranges.items())) - set(ligatures))
    single = [f"{glyph(character)} <{ord(character):04X}>" for character in alone]
    single += [f"{glyph(one)} <{said.encode('utf-16-be').hex()}>" for one, said in ligatures.items()]
    made = f"{len(single)} beginbfchar\n" + "\n".join(single) + "\nendbfchar"
    pairs = [f"{glyph(first)} {glyph(last)} <{ord(first):04X}>" for first, last in ranges.items()]
    return made + (f"\n{len(pairs)} beginbfrange\n" + "\n".join(pairs) + "\nendbfrange" if pairs else "")


def rewritten(data: bytes, folder: Path) -> bytes:
    """Have Ghostscript write a file anew, as a PDF printer does."""
    (folder / "stuk.pdf").write_bytes(data)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={folder / 'anew.pdf'}"]
    subprocess.run([*command, str(folder / "stuk.pdf")], check=True, capture_output=True)
    return (folder / "anew.pdf").read_bytes()


@pytest.mark.parametrize("said", ["\ufffd", "\ue001", "\x07"])
def test_a_glyph_of_which_the_file_does_not_say_what_it_is_is_shown_and_doubtful(said: str):
    data = drawn("Naam: Pot in Gent", "Adres: Markt 1", changed={"P": said})
    assert told(data) == [("Naam: \ufffdot in Gent", True), ("Adres: Markt 1", False)]


def test_a_glyph_that_lacks_in_the_table_of_text_is_not_lost():
    data = composite("Kosten € 2.500,-", table_of("Kosten  2.500,-"))
    assert told(data) == [("Kosten \ufffd 2.500,-", True)]


def test_a_ligature_reads_as_its_letters():
    data = drawn("de #nanciële #che", changed={"#": "ﬁ"})
    assert told(data) == [("de financiële fiche", False)]


def test_a_soft_hyphen_that_is_printed_inside_a_line_is_a_hyphen():
    assert told(drawn("Sint-Niklaas en Gent", changed={"-": "\u00ad"})) == [("Sint-Niklaas en Gent", False)]


def test_a_font_without_a_table_of_text_is_read_by_the_table_of_its_own_program():
    assert told(composite("Crèche «Één» € 12", None)) == [("Crèche «Één» € 12", False)]


def test_a_field_that_the_form_does_not_have_gives_no_warning_while_fonts_are_read():
    """Every warning fails a test here; a person would have read it in English."""
    with pikepdf.open(io.BytesIO(composite("Gent", None))) as pdf:
        stray = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (los) /Rect [60 60 200 80] >>"
        pdf.pages[0].Annots = [pdf.make_indirect(pikepdf.Object.parse(stray))]
        with warnings.catch_warnings(action="ignore"):
            pdf.save(made := io.BytesIO())
    assert told(made.getvalue()) == [("Gent", False)]


def beside_standard(data: bytes, encoding: str) -> bytes:
    """Put a line in Helvetica, which every viewer has, on the page of a file as well."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.Resources.Font.S = pdf.make_indirect(
            pikepdf.Object.parse(f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {encoding} >>".encode())
        )
        page.contents_add(pdf.make_stream(b"BT /S 11 Tf 60 640 Td (Saldo: 125) Tj ET"))
        pdf.save(made := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


@pytest.mark.parametrize(
    ("encoding", "doubtful"),
    [
        ("", False),
        ("/Encoding /WinAnsiEncoding", False),
        ("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [ 49 /g12 ] >>", True),
    ],
)
def test_a_font_that_every_viewer_has_says_its_letters_unless_the_file_names_its_glyphs_anew(
    encoding: str, doubtful: bool
):
    above, below = told(beside_standard(composite("Saldo", table_of("Saldo")), encoding))
    assert above == ("Saldo", False)
    assert below == ("Saldo: 125", doubtful)


def test_a_font_that_says_nothing_is_no_more_certain_beside_one_that_every_viewer_has():
    alone = told(composite("Saldo: 125", None))
    beside = told(beside_standard(composite("Saldo: 125", None), "/Encoding /WinAnsiEncoding"))
    assert beside == [*alone, ("Saldo: 125", False)]


@pytest.mark.requires_ghostscript
def test_neighbours_beyond_latin_1_survive_ghostscript(tmp_path):
    text = "2022–2025 — ‘zo’ 3489 Œuvre œ RS"
    table = table_of(text, ranges={"–": "—", "‘": "’", "Œ": "œ"})
    assert told(composite(text, table)) == [(text, False)]
    assert told(rewritten(composite(text, table), tmp_path)) == [(text, False)]


@pytest.mark.requires_ghostscript
def test_ligatures_survive_ghostscript(tmp_path):
    text = "de # of % en &ciële kant"
    data = composite(text, table_of(text, ligatures={"#": "fi", "%": "tti", "&": "ffi"}))
    assert told(rewritten(data, tmp_path)) == [("de fi of tti en fficiële kant", False)]


@pytest.mark.requires_ghostscript
def test_letters_that_ghostscript_loses_are_doubtful_and_those_that_it_keeps_are_not(tmp_path):
    data = drawn("Café in Gent, 12.500 EUR", "Het Pajottenland bouwt voor 1.250 gezinnen", "€ 2.500")
    first, second, third = told(rewritten(data, tmp_path))
    assert first in [("Caf\ufffd in Gent, 12.500 EUR", True), ("Café in Gent, 12.500 EUR", False)]
    assert second == ("Het Pajottenland bouwt voor 1.250 gezinnen", False)
    assert third in [("\ufffd 2.500", True), ("€ 2.500", False)]


def test_boxes_of_a_font_that_says_nothing_are_known_by_their_shape():
    def square(pen: TTGlyphPen, low: int, high: int, *, inside: bool = False) -> None:
        corners = [(low, low), (low, high), (high, high), (high, low)]
        start, *others = reversed(corners) if inside else corners
        pen.moveTo(start)
        for corner in others:
            pen.lineTo(corner)
        pen.closePath()

    shapes = {}
    for name in (".notdef", "leeg", "vol", "blok"):
        pen = TTGlyphPen(None)
        if name != ".notdef":
            square(pen, 50, 750)
        if name in ("leeg", "vol"):
            square(pen, 100, 700, inside=True)
        if name == "vol":
            square(pen, 250, 550)
        shapes[name] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(shapes))
    builder.setupCharacterMap({0xF001: "leeg", 0xF002: "vol", 0xF003: "blok"})
    builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics(dict.fromkeys(shapes, (800, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost(keepGlyphNames=False)
    (table,) = [table for table in builder.font["cmap"].tables if table.platEncID == 1]
    table.platEncID = 0  # a symbol font
    builder.font["cmap"].tables = [table]
    builder.save(made := io.BytesIO())
    page = (
        b"BT /F 11 Tf 60 740 Td (Ja) Tj /B 11 Tf 30 0 Td (%c) Tj /F 11 Tf 12 0 Td (Nee) Tj /B 11 Tf 60 0 Td (%c) Tj ET"
    )
    with pikepdf.open(io.BytesIO(one_page(page % (2, 1)))) as pdf:
        symbols = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/AAAAAA+Hokjes"),
            FirstChar=1, LastChar=3, Widths=[800, 800, 800],
            FontDescriptor=pdf.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/AAAAAA+Hokjes"), Flags=4,
                FontBBox=[0, 0, 800, 800], ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80,
                FontFile2=pdf.make_stream(made.getvalue()),
            )),
        )  # fmt: skip
        plain = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=plain, B=pdf.make_indirect(symbols)))
        pdf.save(saved := io.BytesIO())
        pdf.pages[0].obj.Contents = pdf.make_stream(page % (3, 1))
        pdf.save(other := io.BytesIO())
    assert [(line.text, line.uncertain) for line in lines(saved.getvalue())] == [("Ja ☒ Nee ☐", "")]
    assert told(other.getvalue()) == [("Ja \ufffd Nee ☐", True)]


@pytest.mark.parametrize(("name", "known"), [("A", True), ("g12", False)])
def test_drawn_letters_are_known_by_their_names_and_doubtful_without(name: str, known: bool):
    glyph = b"<</Length 36>>stream\n700 0 0 0 600 700 d1 0 0 600 700 re f\nendstream"
    font = (
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/T<</Type/Font/Subtype/Type3/FontBBox[0 0 700 700]"
        b"/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</%s 5 0 R>>/Encoding<</Type/Encoding/Differences[65/%s]>>"
        b"/FirstChar 65/LastChar 65/Widths[700]/Resources<<>>>>>>>>"
    )
    data = one_page(
        b"BT /F 11 Tf 60 740 Td (Zone) Tj /T 11 Tf 40 0 Td (A) Tj ET",
        glyph,
        page=b"/Resources" + font % (name.encode(), name.encode()),
    )
    ((text, doubtful),) = told(data)
    assert text == "Zone A" or not known
    assert doubtful is not known
