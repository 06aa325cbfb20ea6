"""Controls and tables of OpenDocument are read with their places: one test a trap."""

from __future__ import annotations

import pytest

from pipeline.document import Table, paragraphs
from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from tests.odt_files import COVERED, control, h, odt, p, span, table, td, tr
from tests.read_back import first, rows, said

# Content controls ----------------------------------------------------------------------------------------------


def test_a_content_control_is_read_with_its_tag_and_its_place() -> None:
    body = h("A. Bestuur") + table(
        tr(td("Gemeente"), td(p(control("Gent", 'loext:alias="Naam" loext:tag="gemeente" loext:plain-text="true"'))))
    )
    document = read(odt(body), "map/aanvraag.odt")
    (one,) = document.controls
    assert (one.tag, one.title, one.kind, one.text) == ("gemeente", "Naam", "text", "Gent")
    assert str(one.location) == "map/aanvraag.odt, A. Bestuur, tabel 1, rij 1"
    assert (one.location.column, one.location.control) == (2, "gemeente")


def test_text_that_replaced_a_placeholder_is_text_though_the_mark_stays() -> None:
    mark = 'loext:showing-place-holder="true"'
    body = p(control("Onze samenvatting", mark) + control(span("Kies een item.", "Placeholder_20_Text"), mark))
    document = read(odt(body), "a.odt")
    assert (first(document).text, first(document).placeholder) == ("Onze samenvatting", "Kies een item.")
    assert [(c.text, c.placeholder, c.prompt) for c in document.controls] == [
        ("Onze samenvatting", False, "Onze samenvatting"),
        ("", True, "Kies een item."),
    ]


def test_check_boxes_tell_their_state_and_go_by_what_they_show() -> None:
    box = 'loext:checkbox="true" loext:checked-state="☒" loext:unchecked-state="☐"'
    body = p(control("☒", box + ' loext:checked="true"') + " ja " + control("☐", box) + " nee")
    document = read(odt(body), "a.odt")
    assert first(document).text == "☒ ja ☐ nee"
    assert [c.checked for c in document.controls] == [True, False]
    other = read(odt(p(control("☒", box))), "a.odt")
    assert other.controls[0].checked is True
    assert "aankruisvakje" in first(other).uncertain


def test_a_date_and_a_choice_keep_what_they_store_beside_what_they_show() -> None:
    date = control("1 januari 2022", 'loext:date="true" loext:current-date="2022-01-01T00:00:00Z"')
    items = (
        '<loext:list-item loext:display-text="Personeel" loext:value="personeel"/>'
        '<loext:list-item loext:display-text="Werking" loext:value="w"/>'
    )
    choice = control(f"{items}Werking", 'loext:dropdown="true"')
    assert [(c.kind, c.text, c.value) for c in read(odt(p(date) + p(choice)), "a.odt").controls] == [
        ("date", "1 januari 2022", "2022-01-01"),
        ("choice", "Werking", "w"),
    ]


# Fields of Writer itself ---------------------------------------------------------------------------------------


def test_input_fields_and_lists_of_writer_are_controls() -> None:
    body = p('<text:text-input text:description="Naam">Stad  Gent\nLedeberg</text:text-input>') + p(
        '<text:drop-down text:name="Soort"><text:label text:value="Personeel"/>'
        '<text:label text:value="Werking" text:current-selected="true"/>Werking</text:drop-down>'
    )
    document = read(odt(body), "a.odt")
    assert [part.text for part in paragraphs(document.blocks)] == ["Stad  Gent\nLedeberg", "Werking"]
    assert [(c.tag, c.title, c.kind, c.text) for c in document.controls] == [
        ("", "Naam", "text", "Stad  Gent\nLedeberg"),
        ("Soort", "", "choice", "Werking"),
    ]


def test_a_placeholder_is_no_answer_and_neither_is_a_prompt_in_an_input_field() -> None:
    body = p("Naam: <text:placeholder text:placeholder-type='text'>&lt;vul in&gt;</text:placeholder>") + p(
        "<text:text-input>Klik of tik om tekst in te voeren.</text:text-input>"
    )
    document = read(odt(body), "a.odt")
    assert [(part.text, part.placeholder) for part in paragraphs(document.blocks)] == [
        ("Naam:", "<vul in>"),
        ("", "Klik of tik om tekst in te voeren."),
    ]
    assert [(c.text, c.placeholder) for c in document.controls] == [("", True), ("", True)]


def test_a_field_behind_a_line_break_that_slid_out_of_it_is_doubted() -> None:
    broken = "<text:line-break/><text:text-input>500250</text:text-input>"
    document = read(odt(p(broken) + p("<text:text-input>500250</text:text-input>")), "a.odt")
    assert ["regeleinde" in part.uncertain for part in paragraphs(document.blocks)] == [True, False]
    assert ["regeleinde" in control.uncertain for control in document.controls] == [True, False]


# Older form fields of Word, as LibreOffice keeps them ----------------------------------------------------------

MARK = "vnd.oasis.opendocument.field."


def test_older_form_fields_of_word_are_controls() -> None:
    text = (
        f'<field:fieldmark-start text:name="Naam" field:type="{MARK}FORMTEXT"/>code<field:fieldmark-separator/>'
        "Stad Gent<field:fieldmark-end/>"
    )
    empty = (
        f'<field:fieldmark-start text:name="Wijk" field:type="{MARK}FORMTEXT"/><field:fieldmark-separator/>'
        + "\u2002" * 5
        + "<field:fieldmark-end/>"
    )
    box = (
        f'<field:fieldmark text:name="Vak" field:type="{MARK}FORMCHECKBOX">'
        '<field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> ja'
    )
    choice = (
        f'<field:fieldmark text:name="Soort" field:type="{MARK}FORMDROPDOWN">'
        '<field:param field:name="Dropdown_ListEntry" field:value="Personeel"/>'
        '<field:param field:name="Dropdown_ListEntry" field:value="Werking"/>'
        '<field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark>'
    )
    document = read(odt(p(text) + p("Wijk: " + empty) + p(box) + p(choice)), "a.odt")
    assert [part.text for part in paragraphs(document.blocks)] == ["Stad Gent", "Wijk:", "☒ ja", "Werking"]
    assert [(c.tag, c.kind, c.text, c.checked, c.placeholder) for c in document.controls] == [
        ("Naam", "text", "Stad Gent", None, False),
        ("Wijk", "text", "", None, True),
        ("Vak", "checkbox", "☒", True, False),
        ("Soort", "choice", "Werking", None, False),
    ]


def test_an_older_field_that_never_ends_does_not_swallow_the_rest() -> None:
    begun = f'<field:fieldmark-start text:name="Naam" field:type="{MARK}FORMTEXT"/>Gent<field:fieldmark-separator/>'
    assert said(odt(p(begun) + p("Ledeberg"))) == ["Gent", "Ledeberg"]


# Controls of a form --------------------------------------------------------------------------------------------


def form(*controls: str) -> str:
    """Write a form with these controls, and a paragraph that shows each."""
    made = "".join(
        control.replace(" ", f' xml:id="c{number}" ', 1) if " " in control else control
        for number, control in enumerate(controls)
    )
    shown = "".join(p(f'<draw:control draw:control="c{number}"/>') for number in range(len(controls)))
    return f"<office:forms><form:form>{made}</form:form></office:forms>{shown}"


def test_controls_of_a_form_say_what_they_hold_where_they_stand() -> None:
    body = form(
        '<form:text form:name="gemeente" form:value="Aalst" form:current-value="Gent"/>',
        '<form:textarea form:name="tekst" form:current-value="een&#10;twee"/>',
        '<form:checkbox form:name="ja" form:label="Ja" form:current-state="checked"/>',
        '<form:checkbox form:name="nee" form:label="Nee" form:state="unchecked"/>',
        '<form:radio form:name="zone" form:label="Zone" form:current-selected="true"/>',
        '<form:listbox form:name="soort"><form:option form:label="Personeel"/>'
        '<form:option form:label="Werking" form:current-selected="true"/></form:listbox>',
        '<form:fixed-text form:label="Naam van de wijk"/>',
        '<form:password form:name="sleutel" form:value="geheim"/>',
        '<form:date form:name="start" form:current-value="2022-01-01"/>',
        '<form:combobox form:name="rol" form:current-value="trekker"/>',
    )
    document = read(odt(body), "a.odt")
    assert [part.text for part in paragraphs(document.blocks)] == [
        "Gent", "een\ntwee", "☒ Ja", "☐ Nee", "☒ Zone", "Werking", "Naam van de wijk", "", "2022-01-01", "trekker",
    ]  # fmt: skip
    assert [(c.tag, c.text, c.checked) for c in document.controls] == [
        ("gemeente", "Gent", None), ("tekst", "een\ntwee", None), ("ja", "☒", True), ("nee", "☐", False),
        ("zone", "☒", True), ("soort", "Werking", None), ("start", "2022-01-01", None), ("rol", "trekker", None),
    ]  # fmt: skip


def test_a_control_that_cannot_be_read_is_named() -> None:
    body = form('<form:grid form:name="x"/>') + p('<draw:control draw:control="onbekend"/>')
    assert read(odt(body), "a.odt").omitted == ("2 ingesloten objecten zijn niet gelezen",)


# Tables --------------------------------------------------------------------------------------------------------


def test_merged_cells_are_given_once_with_their_spans_and_what_lies_beneath_is_hidden() -> None:
    top = tr(td("kop", 'table:number-columns-spanned="2"'), COVERED, td("apart"))
    body = table(
        f"<table:table-column/><table:table-header-rows>{top}</table:table-header-rows>",
        tr(td("hoog", 'table:number-rows-spanned="2"'), td("een"), td("twee")),
        tr(f"<table:covered-table-cell>{p('onder')}</table:covered-table-cell>", td("drie"), td("vier")),
    )
    (made,) = (block for block in read(odt(body), "a.odt").blocks if isinstance(block, Table))
    assert [[(c.text, c.columns, c.rows, c.header, c.location.column) for c in row] for row in made.rows] == [
        [("kop", 2, 1, True, 1), ("apart", 1, 1, True, 3)],
        [("hoog", 1, 2, False, 1), ("een", 1, 1, False, 2), ("twee", 1, 1, False, 3)],
        [("drie", 1, 1, False, 2), ("vier", 1, 1, False, 3)],
    ]
    assert [part.hidden for part in paragraphs(read(odt(body), "a.odt").blocks) if part.hidden] == ["onder"]


def test_rows_and_cells_that_stand_for_several_stand_there_so_many_times() -> None:
    body = table(tr(td("a", 'table:number-columns-repeated="2"'), td("b"), more='table:number-rows-repeated="2"'))
    assert rows(odt(body)) == [["a", "a", "b"], ["a", "a", "b"]]


def test_rows_in_groups_are_rows_and_nested_tables_stand_in_their_cell() -> None:
    inner = table(tr(td("diep")))
    body = table(f"<table:table-rows>{tr(td(p('voor') + inner + p('na')), td('naast'))}</table:table-rows>") + p("x")
    assert rows(odt(body)) == [["voor\ndiep\nna", "naast"]]
    found = {part.text: part.location for part in paragraphs(read(odt(body), "a.odt").blocks)}
    assert (found["diep"].table, found["naast"].table, found["x"].table) == (2, 1, None)
    assert (found["na"].row, found["naast"].column) == (1, 2)


def test_a_hidden_row_is_no_row() -> None:
    body = table(tr(td("a")), tr(td("weg"), more='table:visibility="collapse"'))
    document = read(odt(body), "a.odt")
    assert rows(odt(body)) == [["a"]]
    assert [part.hidden for part in paragraphs(document.blocks) if part.hidden] == ["weg"]


def nested(depth: int) -> str:
    """Write tables in tables, each row of which stands there a hundred times."""
    inside = "a" if not depth else nested(depth - 1)
    return table(tr(td(inside), more='table:number-rows-repeated="100"'))


def circle(count: int) -> str:
    """Write deletions of which each holds the next one twice."""
    marks = [f'<text:change text:change-id="d{number}"/>' for number in range(count + 1)]
    regions = "".join(
        f'<text:changed-region text:id="d{number}"><text:deletion>{p(marks[number + 1] * 2 + "x")}</text:deletion>'
        "</text:changed-region>"
        for number in range(count)
    )
    return f"<text:tracked-changes>{regions}</text:tracked-changes>{p(marks[0])}"


def test_deletions_that_hold_each_other_are_read_once() -> None:
    assert first(read(odt(circle(60)), "a.odt")).deleted.count("x") == 60


MANY_COLUMNS, MANY_ROWS = "number-columns-repeated", "number-rows-repeated"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (table(tr(td("a", f'table:{MANY_COLUMNS}="1000"'), more=f'table:{MANY_ROWS}="1000"')), Reason.BOMB),
        (nested(4), Reason.BOMB),
        (p('<text:s text:c="900000"/>' * 6), Reason.BOMB),
        (table(tr(td("a"), more=f'table:{MANY_ROWS}="1000000"')), Reason.DAMAGED),
        (table(tr(td("a", 'table:number-columns-spanned="99999999999999999999"'))), Reason.DAMAGED),
    ],
)
def test_a_table_or_white_space_without_end_is_refused(body: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        read(odt(body), "a.odt")
    assert refused.value.reason is reason
