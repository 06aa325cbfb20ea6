"""Controls, check boxes and fields of Word are read, and what is no answer is kept apart: one test a trap."""

from __future__ import annotations

import pytest

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.read_back import first, rows, said
from tests.word_files import (
    W14_BOX,
    code,
    field,
    form_field,
    p,
    r,
    saved_by,
    sdt,
    styles,
    tbl,
    tc,
    tr,
    word,
    zipped,
)

# Content controls ----------------------------------------------------------------------------------------------


def test_a_content_control_inside_a_line_is_read_with_its_tag_and_its_place() -> None:
    body = p("A. Bestuur", '<w:outlineLvl w:val="0"/>') + p(
        r("Gemeente: ") + sdt(r("Gent"), '<w:alias w:val="Naam"/><w:tag w:val="gemeente"/><w:text/>') + r(".")
    )
    document = read(word(body), "map/aanvraag.docx")
    (control,) = document.controls
    assert (control.tag, control.title, control.kind, control.text) == ("gemeente", "Naam", "text", "Gent")
    assert str(control.location) == "map/aanvraag.docx, A. Bestuur, alinea 2"
    assert control.location.control == "gemeente"
    assert [part.text for part in paragraphs(document.blocks)] == ["A. Bestuur", "Gemeente: Gent."]


def test_a_content_control_around_paragraphs_gives_their_text_on_lines() -> None:
    document = read(word(sdt(p("Eerste regel") + p("Tweede regel"), '<w:tag w:val="samenvatting"/>')), "a.docx")
    assert document.controls[0].text == "Eerste regel\nTweede regel"
    assert [part.text for part in paragraphs(document.blocks)] == ["Eerste regel", "Tweede regel"]
    assert first(document).location.control == "samenvatting"


def test_a_content_control_around_a_cell_does_not_shift_the_row() -> None:
    body = tbl(tr(tc("Titel"), sdt(tc("Warme wijk"), '<w:tag w:val="titel"/>'), tc("derde")))
    document = read(word(body), "a.docx")
    assert rows(word(body)) == [["Titel", "Warme wijk", "derde"]]
    assert document.controls[0].text == "Warme wijk"
    assert (document.controls[0].location.row, document.controls[0].location.column) == (1, 2)


def test_a_content_control_around_rows_keeps_the_rows() -> None:
    body = tbl(tr(tc("a"), tc("b")), sdt(tr(tc("c"), tc("d")) + tr(tc("e"), tc("f")), '<w:tag w:val="rijen"/>'))
    assert rows(word(body)) == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_controls_in_a_repeating_section_carry_its_tag_and_the_number_of_their_item() -> None:
    def item(number: int) -> str:
        cell = tc(p(sdt(r(f"Actie {number}"), '<w:tag w:val="acties.titel"/>')))
        return sdt(tr(cell), "<w15:repeatingSectionItem/>")

    body = tbl(tr(tc("Titel")), sdt(item(1) + item(2), '<w:tag w:val="acties"/><w15:repeatingSection/>'))
    titles = [control for control in read(word(body), "a.docx").controls if control.tag == "acties.titel"]
    assert [(control.group, control.item, control.text) for control in titles] == [
        ("acties", 1, "Actie 1"),
        ("acties", 2, "Actie 2"),
    ]
    assert rows(word(body)) == [["Titel"], ["Actie 1"], ["Actie 2"]]


def test_a_repeating_section_inside_an_item_counts_for_itself() -> None:
    def inner(tag: str) -> str:
        items = "".join(sdt(p(sdt(r(x), '<w:tag w:val="mijlpaal"/>')), "<w15:repeatingSectionItem/>") for x in "xy")
        return sdt(items, f'<w:tag w:val="{tag}"/><w15:repeatingSection/>')

    items = sdt(inner("een"), "<w15:repeatingSectionItem/>") + sdt(inner("twee"), "<w15:repeatingSectionItem/>")
    document = read(word(sdt(items, '<w:tag w:val="acties"/><w15:repeatingSection/>')), "a.docx")
    milestones = [control for control in document.controls if control.tag == "mijlpaal"]
    assert [(c.group, c.item, c.text) for c in milestones] == [
        ("een", 1, "x"), ("een", 2, "y"), ("twee", 1, "x"), ("twee", 2, "y"),
    ]  # fmt: skip


def test_a_control_in_a_control_is_given_with_its_depth() -> None:
    body = sdt(p(sdt(r("binnen"), '<w:tag w:val="b"/>')), '<w:tag w:val="a"/>')
    assert [(c.tag, c.level, c.text) for c in read(word(body), "a.docx").controls] == [
        ("a", 0, "binnen"),
        ("b", 1, "binnen"),
    ]


def test_a_date_and_a_choice_keep_what_they_store_beside_what_they_show() -> None:
    date = sdt(r("1 januari 2022"), '<w:tag w:val="start"/><w:date w:fullDate="2022-01-01T00:00:00Z"/>')
    items = (
        '<w:listItem w:displayText="Personeel" w:value="personeel"/><w:listItem w:displayText="Werking" w:value="w"/>'
    )
    choice = sdt(r("Werking"), f'<w:tag w:val="soort"/><w:dropDownList>{items}</w:dropDownList>')
    controls = read(word(p(date) + p(choice)), "a.docx").controls
    assert [(c.kind, c.text, c.value) for c in controls] == [
        ("date", "1 januari 2022", "2022-01-01"),
        ("choice", "Werking", "w"),
    ]


def test_placeholder_text_is_kept_apart_and_is_no_answer() -> None:
    body = p(r("Naam: ") + sdt(r("Typ hier de naam"), '<w:tag w:val="naam"/><w:showingPlcHdr/><w:text/>'))
    document = read(word(body), "a.docx")
    assert (first(document).text, first(document).placeholder) == ("Naam:", "Typ hier de naam")
    (control,) = document.controls
    assert (control.text, control.placeholder, control.prompt) == ("", True, "Typ hier de naam")


def test_a_placeholder_that_is_switched_off_is_text() -> None:
    document = read(word(p(sdt(r("Gent"), '<w:showingPlcHdr w:val="0"/>'))), "a.docx")
    assert (first(document).text, document.controls[0].placeholder) == ("Gent", False)


def test_the_prompt_of_word_is_a_placeholder_even_when_the_mark_is_lost() -> None:
    prompt = "Klik of tik om tekst in te voeren."
    document = read(word(p(sdt(r(prompt), "<w:text/>"))), "a.docx")
    assert (first(document).text, first(document).placeholder) == ("", prompt)
    assert document.controls[0].placeholder


def test_text_typed_over_a_placeholder_in_libreoffice_is_text_though_the_mark_stays() -> None:
    shown = sdt(r("Onze samenvatting"), "<w:showingPlcHdr/>") + sdt(r("Kies een item."), "<w:showingPlcHdr/>")
    document = read(zipped(saved_by("LibreOffice/7.4.7.2$Linux_X86_64", p(shown))), "a.docx")
    assert (first(document).text, first(document).placeholder) == ("Onze samenvatting", "Kies een item.")
    assert [(c.text, c.placeholder, c.prompt) for c in document.controls] == [
        ("Onze samenvatting", False, "Onze samenvatting"),
        ("", True, "Kies een item."),
    ]
    by_word = read(zipped(saved_by("Microsoft Office Word", p(shown))), "a.docx")
    assert [c.placeholder for c in by_word.controls] == [True, True]


@pytest.mark.parametrize("program", ["Collabora Office/24.04", "ONLYOFFICE/8.1.0", "WPS Office"])
def test_only_word_is_believed_when_it_says_that_a_placeholder_is_shown(program: str) -> None:
    shown = sdt(r("Onze samenvatting"), "<w:showingPlcHdr/>")
    assert first(read(zipped(saved_by(program, p(shown))), "a.docx")).text == "Onze samenvatting"
    for believed in ("Microsoft Word for the web", "wijkcontract"):
        assert first(read(zipped(saved_by(believed, p(shown))), "a.docx")).placeholder == "Onze samenvatting"


def test_placeholders_that_share_a_line_stay_apart() -> None:
    two = sdt(r("Voornaam"), "<w:showingPlcHdr/>") + sdt(r("Familienaam"), "<w:showingPlcHdr/>")
    assert first(read(word(p(two)), "a.docx")).placeholder == "Voornaam\nFamilienaam"


def test_the_style_of_placeholders_makes_only_a_prompt_a_placeholder() -> None:
    style = styles('<w:style w:type="character" w:styleId="Tijdelijk"><w:name w:val="Placeholder Text"/></w:style>')
    mark = '<w:rStyle w:val="Tijdelijk"/>'
    split = p(r("Kies een ", mark) + r("item.", mark))
    typed = p(r("Stad Gent", mark))
    found = list(paragraphs(read(word(split + typed, styles=style), "a.docx").blocks))
    assert [(part.text, part.placeholder) for part in found] == [("", "Kies een item."), ("Stad Gent", "")]


# Check boxes ---------------------------------------------------------------------------------------------------


def test_content_control_check_boxes_tell_their_state() -> None:
    ticked = sdt(r("☒"), W14_BOX.format(tag="zone=ja", state="1"))
    empty = sdt(r("☐"), W14_BOX.format(tag="zone=nee", state="0"))
    document = read(word(p(ticked + r(" ja  ") + empty + r(" nee"))), "a.docx")
    assert first(document).text == "☒ ja  ☐ nee"
    assert [(c.tag, c.kind, c.checked) for c in document.controls] == [
        ("zone=ja", "checkbox", True), ("zone=nee", "checkbox", False),
    ]  # fmt: skip


def test_a_check_box_inside_another_control_is_told_once() -> None:
    box = sdt(r("☐"), W14_BOX.format(tag="", state="0"))
    document = read(word(sdt(p(box + r(" Andere grond")), '<w:alias w:val="Grond"/>')), "a.docx")
    assert document.controls[0].text == "☐ Andere grond"


def test_a_check_box_drawn_with_wingdings_is_a_check_box() -> None:
    states = (
        '<w14:checkbox><w14:checked w14:val="true"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/>'
        '<w14:uncheckedState w14:val="00A8" w14:font="Wingdings"/></w14:checkbox>'
    )
    box = sdt('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', states)
    document = read(word(p(box + r(" ja"))), "a.docx")
    assert (first(document).text, document.controls[0].checked, first(document).uncertain) == ("☒ ja", True, "")


def test_a_check_box_that_shows_something_else_than_it_stores_goes_by_what_it_shows_and_says_so() -> None:
    document = read(word(p(sdt(r("☒"), W14_BOX.format(tag="ja", state="0")))), "a.docx")
    assert document.controls[0].checked is True
    assert "aankruisvakje" in first(document).uncertain


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒ ja"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐ ja"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒ ja"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐ ja"),
        ("<w:checkBox><w:sizeAuto/></w:checkBox>", "☐ ja"),
    ],
)
def test_an_older_check_box_tells_its_state(inside: str, shown: str) -> None:
    begin = form_field("Vak1", inside)
    document = read(word(p(begin + code("FORMCHECKBOX") + field("separate") + field("end") + r(" ja"))), "a.docx")
    assert first(document).text == shown
    assert (document.controls[0].tag, document.controls[0].checked) == ("Vak1", shown.startswith("☒"))


@pytest.mark.parametrize(
    ("font", "char", "sign"),
    [
        ("Wingdings", "F0FE", "☒"),
        ("Wingdings", "F0FD", "☒"),
        ("Wingdings", "F078", "☒"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "F06F", "☐"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F0E0", "→"),
        ("Wingdings 2", "F052", "☒"),
        ("Wingdings 2", "F0A3", "☐"),
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F0A0", "€"),
        ("Symbol", "F061", "α"),
        ("MS Gothic", "2612", "☒"),
    ],
)
def test_a_sign_of_a_symbol_font_is_the_character_that_people_see(font: str, char: str, sign: str) -> None:
    assert said(word(p(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>' + r(" ja")))) == [f"{sign} ja"]


def test_a_sign_of_an_emoji_font_is_read_from_the_branch_that_word_shows() -> None:
    box = (
        '<mc:AlternateContent><mc:Choice Requires="w16se" '
        'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex">'
        '<w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F5F9"/></mc:Choice>'
        "<mc:Fallback><w:t>\U0001f5f9</w:t></mc:Fallback></mc:AlternateContent>"
    )
    assert said(word(p(f"<w:r>{box}</w:r>" + r(" ja")))) == ["\U0001f5f9 ja"]


def test_letters_in_a_symbol_font_are_signs_too() -> None:
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert said(word(p(r("þ", font) + r(" ja ") + r("o", font) + r(" nee ") + r("\uf0fe") + r(" misschien")))) == [
        "☒ ja ☐ nee ☒ misschien"
    ]


def test_check_boxes_typed_as_characters_stay_as_they_are() -> None:
    assert said(word(p("☒ ja ☐ nee ☑ ook [x] zo"))) == ["☒ ja ☐ nee ☑ ook [x] zo"]


# Older form fields and other fields ----------------------------------------------------------------------------


def test_an_older_text_field_gives_its_result_and_not_its_code() -> None:
    begin = form_field("Naam", "<w:textInput/>")
    body = p(r("Naam: ") + begin + code(" FORMTEXT ") + field("separate") + r("Stad ") + r("Gent") + field("end"))
    document = read(word(body), "a.docx")
    assert first(document).text == "Naam: Stad Gent"
    assert (document.controls[0].tag, document.controls[0].text) == ("Naam", "Stad Gent")


def test_an_older_text_field_that_nobody_filled_is_empty() -> None:
    begin = form_field("Naam", "<w:textInput/>")
    body = p(r("Naam: ") + begin + code("FORMTEXT") + field("separate") + r("\u2002" * 5) + field("end"))
    document = read(word(body), "a.docx")
    assert (first(document).text, document.controls[0].text, document.controls[0].placeholder) == ("Naam:", "", True)


def test_an_older_text_field_that_ends_inside_a_check_box_ends_there() -> None:
    box = sdt(r("☒") + field("end"), '<w:tag w:val="ja"/><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    begin = form_field("Naam", "<w:textInput/>")
    body = p(begin + code(" FORMTEXT ") + field("separate") + r("Stad Gent ") + box + r(" later"))
    document = read(word(body), "a.docx")
    assert first(document).text == "Stad Gent ☒ later"
    assert {control.tag: control.text for control in document.controls if control.tag == "Naam"} == {
        "Naam": "Stad Gent "
    }


def test_an_older_list_shows_the_chosen_entry_though_it_stands_nowhere_as_text() -> None:
    choices = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Personeel"/><w:listEntry w:val="Werking"/></w:ddList>'
    begin = form_field("L", choices)
    document = read(word(p(r("Soort: ") + begin + code("FORMDROPDOWN") + field("end"))), "a.docx")
    assert (first(document).text, document.controls[0].text) == ("Soort: Werking", "Werking")


def test_the_code_of_a_field_is_not_text_not_even_with_a_field_in_it() -> None:
    inner = field("begin") + code("MERGEFIELD x") + field("separate") + r("geheim") + field("end")
    body = field("begin") + code("IF ") + inner + code(' = "1"') + field("separate") + r("zichtbaar") + field("end")
    assert said(word(p(r("a ") + body + r(" b")))) == ["a zichtbaar b"]


def test_a_field_that_never_ends_does_not_swallow_the_rest() -> None:
    assert said(word(p(field("begin") + code("PAGE") + r("Gent")) + p("Ledeberg"))) == ["Gent", "Ledeberg"]


@pytest.mark.parametrize("drawn", ['SYMBOL 254 \\f "Wingdings" \\s 12', "EQ \\f(800.000;2)"])
def test_a_field_that_draws_what_its_code_says_is_named_as_not_read(drawn: str) -> None:
    document = read(word(p(field("begin") + code(drawn) + field("end"))), "a.docx")
    assert (first(document).text, document.omitted) == ("", ("1 ingesloten object is niet gelezen",))
    assert "geen tekst" in first(document).unread


def test_a_field_over_several_paragraphs_gives_its_result() -> None:
    body = p(field("begin") + code("TOC") + field("separate") + r("Deel A")) + p(r("Deel B") + field("end"))
    assert said(word(body)) == ["Deel A", "Deel B"]


def test_a_simple_field_gives_its_result() -> None:
    assert said(word(p('<w:fldSimple w:instr="DATE">' + r("19/07/2021") + "</w:fldSimple>"))) == ["19/07/2021"]


def test_a_date_that_changes_by_itself_is_doubted_with_its_control_and_a_locked_one_is_not() -> None:
    def date(mark: str) -> str:
        inside = code(' DATE \\@ "dd/MM/yyyy" ') + field("separate") + r("19/07/2021") + field("end")
        return p(sdt(mark + inside, '<w:tag w:val="start"/><w:text/>'))

    locked = '<w:r><w:fldChar w:fldCharType="begin" w:fldLock="true"/></w:r>'
    simple = p(f'<w:fldSimple w:instr=" TIME ">{r("12:00")}</w:fldSimple>')
    saved = p(f'<w:fldSimple w:instr="SAVEDATE">{r("19/07/2021")}</w:fldSimple>')
    document = read(word(date(field("begin")) + date(locked) + simple + saved), "a.docx")
    assert [part.text for part in paragraphs(document.blocks)] == ["19/07/2021", "19/07/2021", "12:00", "19/07/2021"]
    assert [bool(part.uncertain) for part in paragraphs(document.blocks)] == [True, False, True, False]
    assert ["vanzelf" in control.uncertain for control in document.controls] == [True, False]
