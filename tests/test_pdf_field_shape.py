"""Copies of one form are read along the way that was gone before, and say each what stands in them."""

from __future__ import annotations

import pytest

from pipeline.pdf import OPEN, open_filled
from pipeline.pdf.field_shape import SHAPES
from tests.pdf_files import stream
from tests.test_pdf_fields import form, widget

NOTHING = stream(b"/Tx BMC EMC")
FONTS = b"/DR 11 0 R"


def drawn(text: bytes) -> bytes:
    return stream(b"/Tx BMC BT /H 10 Tf (%s) Tj ET EMC" % text)


def copy(first: bytes = b"", second: bytes = b"", drawing: bytes = NOTHING, above: bytes = b"", **more: bytes) -> bytes:
    """Give a form of two fields under one part, and one alone, with what was filled in."""
    return form(
        b"<</T(deel)/FT/Tx/Kids[6 0 R 7 0 R]%s>>" % above,
        widget(b"/Parent 5 0 R/T(een)/AP<</N 9 0 R>>%s" % first),
        widget(b"/Parent 5 0 R/T(twee)%s" % second, b"[60 560 300 580]"),
        widget(b"/FT/Tx/T(drie)/AP<</N 10 0 R>>", b"[60 520 300 540]"),
        NOTHING if not first else drawn(first[3:-1]),
        drawing,
        b"<</Font<</H 12 0 R>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        **({"fields": b"[5 0 R 8 0 R]", "annotations": b"[6 0 R 7 0 R 8 0 R]", "more": FONTS} | more),
    )


def said(data: bytes) -> list[tuple[str, str, str]]:
    return [(field.name, field.text, field.drawn) for field in open_filled(data).fields]


@pytest.fixture(autouse=True)
def _after_an_empty_copy():
    """Read an empty copy, which then is the one to follow; a second time, as it stands."""
    SHAPES.clear()
    for _again in range(3):
        assert said(copy()) == [("deel.een", "", ""), ("deel.twee", "", ""), ("drie", "", "")]
    assert len(SHAPES) == 1


@pytest.mark.parametrize("value", [b"(Gent)", b"<47656E74>", b"(Ge\\156t)", b"( Gent)", b"/Gent"])
def test_what_was_filled_in_is_read_in_each_copy_however_it_is_written(value):
    for _again in range(2):
        assert [text.strip() for _name, text, _drawn in said(copy(second=b"/V" + value))] == ["", "Gent", ""]
    assert [text for _name, text, _drawn in said(copy(second=b"/V(Aalst)"))] == ["", "Aalst", ""]
    assert [text for _name, text, _drawn in said(copy(b"/V(Lier)", b"/V(Mol)"))] == ["Lier", "Mol", ""]
    assert [text for _name, text, _drawn in said(copy())] == ["", "", ""]


def test_an_empty_field_whose_drawing_says_something_is_not_taken_for_that_of_the_copy_before():
    for _again in range(2):
        assert said(copy(drawing=drawn(b"Gent")))[2] == ("drie", "", "Gent")
    assert said(copy())[2] == ("drie", "", "")


def test_an_empty_field_with_another_drawing_than_in_the_copy_before_shows_that():
    other = copy(second=b"/AP<</N 10 0 R>>", drawing=drawn(b"Gent"))
    other = other.replace(b"/T(drie)/AP<</N 10 0 R>>", b"/T(drie)/AP<</N  9 0 R>>")
    for _again in range(2):
        assert said(other) == [("deel.een", "", ""), ("deel.twee", "", "Gent"), ("drie", "", "")]
    moved = copy().replace(b"/T(drie)/AP<</N 10 0 R>>", b"/T(drie)/AP<</N 13 0 R>>")
    assert open_filled(copy()).damaged is False
    assert open_filled(moved).damaged is True
    assert open_filled(copy()).damaged is False


def test_an_empty_field_whose_drawings_are_kept_elsewhere_shows_those_that_stand_there_in_its_own_copy():
    apart = [
        form(
            widget(b"/FT/Tx/T(een)/AP 6 0 R"),
            b"<</N %d 0 R>>" % number,
            NOTHING,
            drawn(b"Gent"),
            b"<</Font<</H 10 0 R>>>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            more=b"/DR 9 0 R",
        )
        for number in (7, 8)
    ]
    for _again in range(3):
        assert said(apart[0]) == [("een", "", "")]
    assert said(apart[1]) == [("een", "", "Gent")]


def test_a_value_above_a_field_that_stands_as_before_is_handed_down_to_it():
    for _again in range(2):
        assert [text for _name, text, _drawn in said(copy(above=b"/V(Gent)"))] == ["Gent", "Gent", ""]
    assert [text for _name, text, _drawn in said(copy())] == ["", "", ""]


def test_what_each_copy_says_of_its_fields_beside_their_values_is_read_from_it():
    hidden = copy().replace(b"/T(twee)", b"/T(twee)/F 2")
    renamed = copy(second=b"/V(x)").replace(b"/T(twee)", b"/T(vier)")
    fewer = copy().replace(b"/Kids[6 0 R 7 0 R]", b"/Kids[7 0 R 6 0 R]")
    assert [name for name, _text, _drawn in said(hidden)] == ["deel.een", "drie"]
    assert [name for name, _text, _drawn in said(renamed)] == ["deel.een", "deel.vier", "drie"]
    assert [name for name, _text, _drawn in said(fewer)] == ["deel.twee", "deel.een", "drie"]
    assert [name for name, _text, _drawn in said(copy())] == ["deel.een", "deel.twee", "drie"]


def test_a_filled_field_shows_in_each_copy_what_is_drawn_there():
    def shown(value: bytes, drawing: bytes) -> tuple[str, str, str]:
        return said(copy(second=b"/V(%s)/AP<</N 10 0 R>>" % value, drawing=drawn(drawing)))[1]

    for _again in range(3):
        assert shown(b"Gent", b"Gent") == ("deel.twee", "Gent", "")
        assert shown(b"Gent", b"Aalst") == ("deel.twee", "Gent", "Aalst")
        assert shown(b"Aalst", b"Aalst") == ("deel.twee", "Aalst", "")
        assert shown(b"Aalst", b"") == ("deel.twee", "Aalst", "")


@pytest.mark.parametrize(
    ("drawing", "seen"),
    [
        (b"Een buurt ) Tj 0 -12 Td (en haven", ""),
        (b"Een buurt ) Tj 0 -12 Td (en ) Tj 0 -12 Td (haven", ""),
        (b"Een buurt ) Tj 0 -12 Td (en ) Tj 0 -12.5 Td (haven", ""),
        (b"Een buurt ) Tj 0 -12 Td (en ) Tj 0 -12 Td (markt", "Een buurt\nen\nmarkt"),
        (b"Een buurt en ) Tj 0 -12 Td (geen ) Tj 0 -12 Td (haven", "Een buurt en\ngeen\nhaven"),
        (b"Een buurt en haven) Tj 0 -12 Td (!", "Een buurt en haven\n!"),
        (b"Een buurt ) Tj (g) ' (en haven", "Een buurt\ngen haven"),
    ],
)
def test_a_filled_field_shows_in_each_copy_the_lines_that_are_drawn_there(drawing, seen):
    def shown(lines: bytes) -> tuple[str, str, str]:
        return said(copy(second=b"/V(Een buurt en haven)/AP<</N 10 0 R>>", drawing=drawn(lines)))[1]

    for _again in range(3):
        assert shown(b"Een buurt en haven") == ("deel.twee", "Een buurt en haven", "")
        assert shown(drawing) == ("deel.twee", "Een buurt en haven", seen)


def test_a_value_in_another_encoding_shows_in_each_copy_what_is_drawn_though_its_bytes_are_the_same():
    for _again in range(3):
        assert said(copy(b"/V(Gent)"))[0] == ("deel.een", "Gent", "")
        assert said(copy(b"/V(\xef\xbb\xbfGent)"))[0] == ("deel.een", "Gent", "ï»¿Gent")


def test_a_filled_field_stands_in_each_copy_where_its_pages_name_it():
    for _again in range(3):
        placed = copy(second=b"/V(Gent)")
        lone = copy(second=b"/V(Aalst)", annotations=b"[6 0 R 8 0 R]")
        assert [(field.text, field.page) for field in open_filled(placed).fields] == [("", 1), ("Gent", 1), ("", 1)]
        assert [(field.text, field.page) for field in open_filled(lone).fields] == [("", 1), ("Aalst", 0), ("", 1)]


def test_a_filled_field_is_called_in_each_copy_as_that_says():
    for _again in range(3):
        assert said(copy(second=b"/V(Gent)"))[1] == ("deel.twee", "Gent", "")
        other = copy(second=b"/V(Gent)").replace(b"/T(twee)", b"/TU(Ander)/T(twee)")
        assert [field.title for field in open_filled(other).fields] == ["", "Ander", ""]
        assert [field.title for field in open_filled(copy(second=b"/V(Gent)")).fields] == ["", "", ""]


def test_a_place_that_no_page_of_this_copy_names_stands_on_none():
    lone = copy(annotations=b"[6 0 R 7 0 R]")
    assert [field.page for field in open_filled(lone).fields] == [1, 1, 0]
    assert [field.page for field in open_filled(copy()).fields] == [1, 1, 1]


def test_a_copy_that_asks_to_be_drawn_anew_shows_what_it_holds_whatever_its_drawings_say():
    anew = copy(drawing=drawn(b"Gent"), more=FONTS + b"/NeedAppearances true")
    assert said(anew)[2] == ("drie", "", "")
    assert said(copy(drawing=drawn(b"Gent")))[2] == ("drie", "", "Gent")


def test_copies_after_a_filled_one_say_what_stands_in_them():
    SHAPES.clear()
    first = copy(b"/V(Gent)", b"/V(Aalst)/AP<</N 10 0 R>>", drawing=drawn(b"Aalst"))
    for _again in range(2):
        assert said(first) == [("deel.een", "Gent", ""), ("deel.twee", "Aalst", ""), ("drie", "", "Aalst")]
        assert said(copy()) == [("deel.een", "", ""), ("deel.twee", "", ""), ("drie", "", "")]
        other = copy(b"/V(Lier)", b"/V(Mol)/AP<</N 10 0 R>>", drawing=drawn(b"Halle"))
        assert said(other) == [("deel.een", "Lier", ""), ("deel.twee", "Mol", "Halle"), ("drie", "", "Halle")]


def test_copies_after_one_in_which_something_was_filled_in_above_the_fields_hold_their_own():
    SHAPES.clear()
    for _again in range(2):
        assert [text for _name, text, _drawn in said(copy(above=b"/V(Gent)"))] == ["Gent", "Gent", ""]
        assert [text for _name, text, _drawn in said(copy())] == ["", "", ""]
        assert [text for _name, text, _drawn in said(copy(second=b"/V(Mol)", above=b"/V(Lier)"))] == ["Lier", "Mol", ""]


def test_copies_after_one_that_asks_to_be_drawn_anew_show_what_is_drawn_in_them():
    SHAPES.clear()
    shown = copy(second=b"/V(Gent)/AP<</N 10 0 R>>", drawing=drawn(b"Aalst"))
    anew = copy(second=b"/V(Gent)/AP<</N 10 0 R>>", drawing=drawn(b"Aalst"), more=FONTS + b"/NeedAppearances true")
    for _again in range(3):
        assert said(anew) == [("deel.een", "", ""), ("deel.twee", "Gent", ""), ("drie", "", "")]
        assert said(shown) == [("deel.een", "", ""), ("deel.twee", "Gent", "Aalst"), ("drie", "", "Aalst")]
        assert said(copy())[2] == ("drie", "", "")


def test_two_fields_under_one_number_are_those_of_their_own_file():
    other = form(b"<</T(ander)/FT/Tx/V(x)>>", b"<<>>", b"<<>>", b"<</T(vijf)>>", fields=b"[5 0 R 8 0 R]")
    for _again in range(2):
        assert [name for name, _text, _drawn in said(other)] == ["ander"]
        assert [name for name, _text, _drawn in said(copy())] == ["deel.een", "deel.twee", "drie"]


def boxes(state: bytes, value: bytes) -> bytes:
    states = b"/AP<</N<</ja 8 0 R/Off 9 0 R>>>>"
    return form(
        b"<</T(keuze)/FT/Btn/V/%s/Kids[6 0 R 7 0 R]>>" % value,
        widget(b"/Parent 5 0 R/AS/%s%s" % (state, states)),
        widget(b"/Parent 5 0 R/AS/Off" + states.replace(b"ja", b"nee"), b"[60 560 300 580]"),
        NOTHING,
        NOTHING,
        annotations=b"[6 0 R 7 0 R]",
    )


def test_the_boxes_of_each_copy_stand_as_it_says():
    for _again in range(3):
        shown = {
            (state, value): [(each.name, each.checked, each.drawn) for each in open_filled(boxes(state, value)).fields]
            for state, value in ((b"Off", b"Off"), (b"ja", b"ja"), (b"Off", b"ja"))
        }
        assert shown == {
            (b"Off", b"Off"): [("keuze=ja", False, ""), ("keuze=nee", False, "")],
            (b"ja", b"ja"): [("keuze=ja", True, ""), ("keuze=nee", False, "")],
            (b"Off", b"ja"): [("keuze=ja", True, OPEN), ("keuze=nee", False, "")],
        }


def test_no_more_trees_are_kept_than_was_said():
    for number in range(400):
        open_filled(copy(fields=b"[5 0 R 8 0 R %d 0 R]" % (100 + number)))
        open_filled(copy(fields=b"[8 0 R 5 0 R%s]" % (b" " * number)))
    kept = sum(3_000 * len(shape.steps) for shape in SHAPES.values())
    assert 0 < kept <= 20_000_000
