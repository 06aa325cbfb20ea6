"""Characters of which a font draws nothing: a print may not lose them without a word."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from pipeline import library
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.test_pdf_fonts import composite, drawn, lines, table_of
from tests.test_roundtrip import answered

CALL = library.load("wijkverbeteringscontract")
FILES = Path(__file__).parent / "files"
UNSEEN = "maar op de bladzijde is dat niet te zien"


def emptied(data: bytes, *characters: str, simple: bool = True) -> bytes:
    """Take the outlines of characters out of the program of the font of a PDF, as a font without them has it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = [font for font in pdf.pages[0].Resources.Font.values() if "/ToUnicode" in font]
        descriptor = font.FontDescriptor if simple else font.DescendantFonts[0].FontDescriptor
        program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
        for character in characters:
            names = program["cmap"].getcmap(1, 0).cmap if simple else program.getBestCmap()
            outline = program["glyf"][names[ord(character)]]
            outline.numberOfContours = 0
            outline.__dict__ = {"numberOfContours": 0}
        program.save(made := io.BytesIO())
        descriptor.FontFile2 = pdf.make_stream(made.getvalue())
        pdf.save(made := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


def told(data: bytes) -> list[tuple[str, bool]]:
    return [(line.text, UNSEEN in line.uncertain) for line in lines(data)]


def approved(name: str) -> Any:
    """Give what a print of the minutes says of whether they were approved: somebody ticked Ja."""
    document = read((FILES / name).read_bytes(), name)
    return answered(extract(document, CALL.forms["vergadering"], CALL))["goedgekeurd"]


def test_an_empty_box_that_a_print_shows_as_white_is_an_empty_box():
    answer = approved("vergadering-vakje-wit.pdf")
    assert (answer.value, answer.state) == (True, State.GIVEN)
    assert "".join(answer.text.split()) == "☒Ja☐Nee"


def test_a_ticked_box_that_a_print_shows_as_white_is_what_the_file_says_and_doubtful():
    answer = approved("vergadering-vakjes-wit.pdf")
    assert (answer.value, answer.state) == (True, State.DOUBTFUL)
    assert "«☒» staat, " + UNSEEN in answer.problem


def test_boxes_that_a_print_neither_shows_nor_says_are_not_lost():
    answer = approved("vergadering-vakjes-weg.pdf")
    assert (answer.value, answer.state) == (None, State.DOUBTFUL)
    assert "".join(answer.text.split()) == "\ufffdJa\ufffdNee"


@pytest.mark.parametrize("simple", [True, False], ids=["of one byte", "numbers of glyphs"])
def test_a_sign_of_which_nothing_is_drawn_is_doubtful(simple: bool):
    text = "Saldo: -1.500"
    data = drawn(text) if simple else composite(text, table_of(text))
    assert told(emptied(data, simple=simple)) == [(text, False)]
    assert told(emptied(data, "-", simple=simple)) == [(text, True)]


@pytest.mark.parametrize("blank", ["-", ""])
def test_so_it_is_in_a_program_of_the_compact_format(blank: str):
    text = "Saldo: -1.500"
    assert told(compact(text, blank)) == [(text, bool(blank))]


def compact(text: str, blank: str) -> bytes:
    """Draw a line in a font in the Compact Font Format, with the numbers of its glyphs; of some it draws nothing."""
    letters = sorted(set(text))
    names = [".notdef", *(f"uni{ord(letter):04X}" for letter in letters)]
    glyphs = {}
    for letter, name in zip(["", *letters], names, strict=True):
        pen = T2CharStringPen(600, None)
        if letter not in ("", " ", *blank):
            pen.moveTo((50, 0))
            pen.lineTo((50, 700))
            pen.lineTo((500, 0))
            pen.closePath()
        glyphs[name] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCFF("Shapes", {}, glyphs, {})
    builder.font["CFF "].cff.compile(program := io.BytesIO(), TTFont(recalcBBoxes=False))
    codes = "".join(f"{letters.index(letter) + 1:04X}" for letter in text)
    table = "\n".join(f"<{number:04X}> <{ord(letter):04X}>" for number, letter in enumerate(letters, 1))
    with pikepdf.open(io.BytesIO(composite(text, ""))) as pdf:
        page = pdf.pages[0]
        font = page.Resources.Font.F
        inner = font.DescendantFonts[0]
        inner.Subtype = pikepdf.Name.CIDFontType0
        inner.W = [0, [600] * len(names)]
        del inner.FontDescriptor.FontFile2
        inner.FontDescriptor.FontFile3 = pdf.make_stream(program.getvalue(), Subtype=pikepdf.Name.CIDFontType0C)
        font.ToUnicode = pdf.make_stream(
            "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
            f"{len(letters)} beginbfchar\n{table}\nendbfchar endcmap".encode()
        )
        page.Contents = pdf.make_stream(f"BT /F 11 Tf 60 740 Td <{codes}> Tj ET".encode())
        pdf.save(made := io.BytesIO())
    return made.getvalue()
