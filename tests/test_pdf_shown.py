"""Fillable PDF of which a page shows something else than its fields hold: told as a doubt, and only then."""

from __future__ import annotations

import io
import logging

import pikepdf
import pytest

from pipeline import library
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.bench.variants.fields import leaves
from tests.fill_pdf import by_pdfium, by_pypdf
from tests.pdf_files import one_page
from tests.test_pdf_fields import FONT, box, controls, form, widget
from tests.test_read_fillable import answers_for, blank

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each letter that it cannot draw
CALL = library.load("wijkverbeteringscontract")
TEXT = b"/Encoding/WinAnsiEncoding"


def drawing(content: bytes, font: bytes = TEXT) -> bytes:
    """Give what a field shows, with its font."""
    resources = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>>>>>" % font
    return b"<</Type/XObject/Subtype/Form/BBox[0 0 240 20]%s/Length %d>>stream\n%s\nendstream" % (
        resources,
        len(content),
        content,
    )


def line(shown: bytes, operator: bytes = b"Tj") -> bytes:
    return b"/Tx BMC q BT /F 10 Tf 2 5 Td %s %s ET Q EMC" % (shown, operator)


def answer(
    key: str, value: bytes, content: bytes, *, details: bytes = b"/FT/Tx", font: bytes = TEXT, more: bytes = b""
):
    """Give the answer of a question whose field holds a value and shows a drawing."""
    place = widget(b"/T(%s)/V %s/AP<</N 6 0 R>>%s" % (key.encode(), value, details))
    return extract(read(form(place, drawing(content, font), more=more), "stuk.pdf"), CALL.form, CALL).answers[key]


def test_a_field_that_shows_another_text_than_it_holds_is_doubtful_with_both_texts():
    found = answer("gemeente", b"(Gent)", line(b"(Aalst)"))
    assert (found.state, found.text) == (State.DOUBTFUL, "Gent")
    assert found.problem == "Het veld zegt «Gent», maar op het blad staat «Aalst»; zie na wat bedoeld is."


@pytest.mark.parametrize(
    "shown", [b"(niet \\(Gent)", b"(Gent) Tj (brugge)", b"<41> Tj (Gent)", b"[(Oud-)] TJ (Gent)", b"(Aalst) ' (Gent)"]
)
def test_more_in_front_of_what_a_field_holds_or_behind_it_is_doubtful(shown):
    found = answer("gemeente", b"(Gent)", line(shown))
    assert (found.state, found.text) == (State.DOUBTFUL, "Gent")


@pytest.mark.parametrize("shown", [b"(Aalst)", b"<41616C7374>", b"<41616C> Tj (st)"])
def test_an_empty_field_that_shows_a_text_is_doubtful_and_not_empty(shown):
    found = answer("gemeente", b"()", line(shown))
    assert (found.state, found.value) == (State.DOUBTFUL, None)
    assert found.problem == "Het veld is leeg, maar op het blad staat «Aalst»; zie na wat bedoeld is."


def test_long_texts_are_told_from_where_they_part():
    same = b"Wij werken samen met de bewoners van de wijk aan een plein waar iedereen graag komt, "
    found = answer("samenvatting", b"(%sook in de winter.)" % same, line(b"(%sbehalve in juli.)" % same))
    assert found.state is State.DOUBTFUL
    assert "graag komt, ook in de winter.»" in found.problem
    assert "graag komt, behalve in juli.»" in found.problem


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("gevraagde_subsidie", b"(1234)", b"(\x80 1.234,00)"),
        ("gevraagde_subsidie", b"(1234,5)", b"(1.234,50)"),
        ("startdatum", b"(2021-05-03)", b"(3 mei 2021)"),
        ("startdatum", b"(03/05/2021)", b"(3/5/2021)"),
    ],
)
def test_an_amount_or_a_date_that_is_shown_in_another_way_is_the_same(key, value, shown):
    assert answer(key, value, line(shown)).state is State.GIVEN


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("gevraagde_subsidie", b"(1234)", b"(\x80 12.340,00)"),
        ("gevraagde_subsidie", b"(11000)", b"(1000)"),
        ("startdatum", b"(03/05/2021)", b"(05/03/2021)"),
        ("gemeente", b"(Gent)", b"(Gen)"),
        ("samenvatting", b"(De stad werkt niet mee.)", b"(De stad werkt)"),
    ],
)
def test_another_amount_date_or_name_is_doubtful_however_much_it_looks_alike(key, value, shown):
    found = answer(key, value, line(shown), details=b"/FT/Tx/Ff 4096")
    assert found.state is State.DOUBTFUL
    assert "op het blad" in found.problem


LONG = b"Een tekst van enkele lijnen, die onderaan niet meer in het vak past en dus wordt afgesneden."


@pytest.mark.parametrize(
    ("value", "content", "details", "font"),
    [
        (b"(Sint-Niklaas)", line(b"(Sint-Niklaas)"), b"", TEXT),
        (b"(Sint-Niklaas)", line(b"[(Sint) -30 (-Nik) 12 (laas)]", b"TJ"), b"", TEXT),
        (b"(De Haan)", line(b"[(De) -300 (Haan)]", b"TJ"), b"", TEXT),
        (b"(Heist \\(a\\))", line(b"(Heist \\(a\\))"), b"", TEXT),
        (b"(Gent)", line(b"<47656E74>"), b"", TEXT),
        (b"(Gent)", line(b"<47656E> Tj (t)"), b"", TEXT),
        (b'(De "Kring" in)', line(b'(De "Kring" in)'), b"", TEXT),
        (b"(Gent)", b"/Tx BMC BT /F 9 Tf 2 5 Td (G) Tj 20 0 Td (e) Tj 20 0 Td (n) Tj 20 0 Td (t) Tj ET EMC", b"", TEXT),
        (b"(een\\rtwee)", b"BT /F 9 Tf 2 30 Td (een) Tj 0 -11 Td (twee) Tj ET", b"/Ff 4096", TEXT),
        (b"(een twee)", b"BT /F 9 Tf 9 TL 2 30 Td (een) Tj (twee) ' ET", b"/Ff 4096", TEXT),
        (b"(%s)" % LONG, line(b"(%s)" % LONG[:60]), b"/Ff 4096", TEXT),
        (b"<FEFF014100F30064017A>", line(b"(?\xf3d?)"), b"", TEXT),
        (b"<FEFF201C007A006F201D>", line(b'("zo")'), b"", TEXT),
        (b"(geheim)", line(b"(******)"), b"/Ff 8192", TEXT),
        (b"(Gent)", line(b"(\\001\\002\\003\\004)"), b"", b"/Subtype/Type0/Encoding/Identity-H"),
        (b"(Gent)", line(b"(\\001\\002\\003)"), b"", b"/BaseFont/ZapfDingbats"),
        (b"(Gent)", line(b"(Xyz)"), b"", b"/Encoding<</Differences[88/G 121/e/nt]>>/BaseFont/Wingdings"),
        (b"(Gent)", line(b"(XYZ[)"), b"", b"/Encoding<</Differences[88/G/e/n/t]>>"),
        (b"(Gent)", b"/Tx BMC EMC", b"", TEXT),
        (b"(Gent)", b"/Tx BMC q 0 0 240 20 re f Q EMC", b"", TEXT),
        (b"(Gent)", b"BT /G 9 Tf (iets) Tj ET", b"", TEXT),
        (b"(Gent)", b"BT /F 9 Tf (iets Tj [ ET", b"", TEXT),
        (b"(Gent)", b"BT (iets) Tj /F Tf ET", b"", TEXT),
    ],
    ids=lambda each: each.decode("latin-1")[:24],
)
def test_what_shows_the_same_or_cannot_be_told_is_no_doubt(value, content, details, font):
    place = widget(b"/FT/Tx/T(adres)/V %s/AP<</N 6 0 R>>%s" % (value, details))
    (control,) = controls(form(place, drawing(content, font)))
    assert control.drawn == ""


def test_what_viewers_will_draw_anew_is_not_looked_at():
    assert answer("gemeente", b"(Gent)", line(b"(Aalst)"), more=b"/NeedAppearances true").state is State.GIVEN


def test_a_choice_may_show_its_words_or_its_code_and_a_list_shows_all_that_it_offers():
    listed = b"/FT/Ch/Ff %d/Opt[[(w)(Werking)][(p)(Personeel)]]"
    for flags, shown, doubtful in (
        (131072, b"Werking", False),
        (131072, b"w", False),
        (0, b"Werking Personeel", False),
    ):
        place = widget(b"/T(soort)/V(w)/AP<</N 6 0 R>>" + listed % flags)
        (control,) = controls(form(place, drawing(line(b"(%s)" % shown))))
        assert (control.text, bool(control.drawn)) == ("Werking", doubtful)
    place = widget(b"/T(soort)/V(w)/AP<</N 6 0 R>>" + listed % 131072)
    (control,) = controls(form(place, drawing(line(b"(Personeel)"))))
    assert control.drawn == "Personeel"


def test_one_of_two_places_of_a_field_that_shows_something_else_is_enough():
    place = b"/Parent 5 0 R/AP<</N %d 0 R>>"
    data = form(
        b"<</FT/Tx/T(gemeente)/V(Gent)/Kids[6 0 R 7 0 R]>>",
        widget(place % 8),
        widget(place % 9, b"[60 500 300 520]"),
        drawing(line(b"(Gent)")),
        drawing(line(b"(Aalst)")),
        annotations=b"[6 0 R 7 0 R]",
    )
    found = extract(read(data, "stuk.pdf"), CALL.form, CALL).answers["gemeente"]
    assert (found.state, "«Aalst»" in found.problem) == (State.DOUBTFUL, True)


def test_a_field_with_a_name_of_its_own_is_doubtful_too_where_its_page_shows_something_else():
    data = one_page(
        b"BT /F 10 Tf 60 606 Td (Naam lokaal bestuur:) Tj ET",
        widget(b"/FT/Tx/T(veld7)/V(Gent)/AP<</N 6 0 R>>", b"[170 600 400 620]"),
        drawing(line(b"(Aalst)")),
        catalogue=b"/AcroForm<</Fields[5 0 R]>>",
        page=b"/Annots[5 0 R]" + FONT,
    )
    found = extract(read(data, "stuk.pdf"), CALL.form, CALL).answers["gemeente"]
    assert (found.text, found.state) == ("Gent", State.DOUBTFUL)
    assert "«Aalst»" in found.problem


@pytest.mark.parametrize(
    ("value", "shown", "says"),
    [
        (b"Yes", b"Off", "aangekruist is, maar op het blad is het leeg"),
        (b"Off", b"Yes", "leeg is, maar op het blad is het aangekruist"),
        (b"Ja", b"Ja", "aangekruist is, maar op het blad is het leeg"),
    ],
)
def test_a_box_says_how_its_page_differs_from_its_value(value, shown, says):
    (control,) = controls(form(box(b"Yes", shown, b"/FT/Btn/T(kaart)/V/" + value)))
    assert (control.checked, says in control.uncertain) == (True, True)


def test_two_boxes_for_one_value_of_which_one_is_ticked_are_doubtful():
    data = form(
        b"<</FT/Btn/T(regelluwe_zone)/V/ja/Kids[7 0 R 8 0 R]>>",
        b"<</FT/Btn/T(regelluwe_zone)/V/Off/Kids[9 0 R 10 0 R]>>",
        box(b"ja", b"ja", b"/Parent 5 0 R"),
        box(b"nee", b"Off", b"/Parent 5 0 R"),
        box(b"ja", b"Off", b"/Parent 6 0 R"),
        box(b"nee", b"Off", b"/Parent 6 0 R"),
        fields=b"[5 0 R 6 0 R]",
        annotations=b"[7 0 R 8 0 R 9 0 R 10 0 R]",
    )
    found = extract(read(data, "stuk.pdf"), CALL.form, CALL).answers["regelluwe_zone"]
    assert found.state is State.DOUBTFUL


@pytest.mark.parametrize("program", [by_pypdf, by_pdfium])
def test_a_value_that_another_program_changed_without_drawing_it_is_doubtful_and_the_rest_is_not(program):
    filled = program(blank("vergadering"), CALL.forms["vergadering"], answers_for("vergadering", 302))
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        known = dict(leaves(pdf))
        drawn = str(known["datum"].V)
        known["datum"].V = pikepdf.String("09/02/2024")
        made = io.BytesIO()
        pdf.save(made)
    before, after = (
        extract(read(data, "v.pdf", answers_only=True), CALL.forms["vergadering"], CALL).answers
        for data in (filled, made.getvalue())
    )
    assert drawn == "08/02/2024"
    assert after["datum"].state is State.DOUBTFUL
    assert "«09/02/2024»" in after["datum"].problem
    assert "«08/02/2024»" in after["datum"].problem
    assert {key: answer for key, answer in after.items() if key != "datum"} == {
        key: answer for key, answer in before.items() if key != "datum"
    }
