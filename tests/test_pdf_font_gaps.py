"""Tables of text of fonts that leave a code out, or give two glyphs one character."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from tests.test_pdf_fonts import composite, drawn, table_of, told


def changed(data: bytes, *, left_out: str = "", encoding: str = "", packed: bool = False) -> bytes:
    """Leave characters out of the table of text of a simple font, and name its encoding."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = [font for font in pdf.pages[0].Resources.Font.values() if "/ToUnicode" in font]
        table = font.ToUnicode.read_bytes().decode()
        for character in left_out:
            entry = f"<{ord(character):02X}> <{ord(character):04X}>\n"
            assert entry in table
            table = table.replace(entry, "")
        font.ToUnicode = pdf.make_stream(table.encode())
        if encoding:
            font.Encoding = pikepdf.Name(encoding)
        mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        for other in list(pdf.pages[0].Resources.Font):
            if "/ToUnicode" not in pdf.pages[0].Resources.Font[other]:
                del pdf.pages[0].Resources.Font[other]
        pdf.save(made := io.BytesIO(), object_stream_mode=mode)
    return made.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_code_of_a_simple_font_that_its_table_leaves_out_is_doubtful(packed: bool):
    data = changed(drawn("Naam: Pot in Gent", "Adres: Markt 1"), left_out="P", packed=packed)
    assert told(data) == [("Naam: \ufffdot in Gent", True), ("Adres: Markt 1", False)]


def test_a_code_left_out_that_a_known_encoding_tells_is_not():
    data = changed(drawn("Naam: Pot in Gent"), left_out="P", encoding="/WinAnsiEncoding")
    assert told(data) == [("Naam: Pot in Gent", False)]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("glyph", "sure"), [("o", True), ("7", False)])
def test_of_two_glyphs_for_one_character_only_one_that_is_clearly_drawn_like_it_is_certain(
    glyph: str, sure: bool, packed: bool
):
    data = changed(drawn("Kusten: 1.500", f"Subsidie: {glyph}.500", changed={glyph: "1"}), packed=packed)
    assert told(data) == [("Kusten: 1.500", not sure), ("Subsidie: 1.500", True)]


def test_two_glyphs_for_one_character_are_held_against_their_shapes_where_codes_are_numbers_of_glyphs():
    text = "Subsidie 7.500 en 1.250"
    data = composite(text, table_of(text, ligatures={"7": "1"}))
    assert told(data) == [("Subsidie 1.500 en 1.250", True)]
    assert told(composite(text, table_of(text))) == [(text, False)]


@pytest.mark.parametrize(("left_out", "refused"), [("Nam:Gent", True), ("Na", False)])
def test_a_file_that_tells_hardly_any_of_its_letters_is_refused_with_what_to_ask(left_out: str, *, refused: bool):
    """It was «geen formulier», with the advice to use the blank form."""
    data = changed(drawn("Naam: Gent"), left_out=left_out)
    if not refused:
        assert told(data)
        return
    with pytest.raises(Unreadable) as caught:
        read(data, "a.pdf")
    assert caught.value.reason is Reason.LETTERS
