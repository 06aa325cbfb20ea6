"""Form fields of a PDF, however they were written: trees, kinds of values, boxes, choices, and the hostile."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline import library
from pipeline.blank import write_pdf
from pipeline.document import paragraphs
from pipeline.dossier import State
from pipeline.errors import Reason, Unreadable
from pipeline.extract import extract
from pipeline.readers import read
from tests.fill_pdf import by_pikepdf
from tests.pdf_files import one_page, stream

CALL = library.load("wijkverbeteringscontract")
LINE = b"BT /F 10 Tf 60 740 Td (Een gewone regel tekst) Tj ET"
FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def form(*objects_: bytes, fields: bytes = b"[5 0 R]", annotations: bytes = b"[5 0 R]", more: bytes = b"") -> bytes:
    """Give a page with these objects, from number 5 on, as its fields."""
    return one_page(
        LINE,
        *objects_,
        catalogue=b"/AcroForm<</Fields %s%s>>" % (fields, more),
        page=b"/Annots %s%s" % (annotations, FONT),
    )


def widget(details: bytes, place: bytes = b"[60 600 300 620]") -> bytes:
    return b"<</Type/Annot/Subtype/Widget/Rect%s%s>>" % (place, details)


def text_field(value: bytes, details: bytes = b"") -> bytes:
    return form(widget(b"/FT/Tx/T(gemeente)/V %s%s" % (value, details)), b"<<>>")


def controls(data: bytes):
    return read(data, "stuk.pdf").controls


def texts(data: bytes) -> list[tuple[str, str]]:
    return [(control.tag, control.text) for control in controls(data)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"(Gent)", "Gent"),
        (b"(\xa0 12)", "€ 12"),
        (b"<FEFF014100F3006401 7A>".replace(b" ", b""), "Łódź"),
        (b"<FFFE4101F3006400>", "Łód"),
        (b"<EFBBBFC581C3B364C5BA>", "Łódź"),
        (b"<FEFF001B006E006C001B00470065006E0074>", "Gent"),
        (b"(een\\rtwee\\r\\ndrie\\nvier)", "een\ntwee\ndrie\nvier"),
        (b"/Gent", "Gent"),
        (b"null", ""),
        (b"12", ""),
        (b"<</V(x)>>", ""),
        (b"[(Gent)]", ""),
    ],
    ids=lambda each: "" if isinstance(each, str) else each.decode("latin-1"),
)
def test_a_text_is_read_in_every_encoding_and_wrong_types_are_empty(value, text):
    assert texts(text_field(value)) == [("gemeente", text)]


def test_a_text_kept_as_a_stream_is_read():
    data = form(widget(b"/FT/Tx/T(gemeente)/V 6 0 R"), stream("Łódź".encode("utf-16")))
    assert texts(data) == [("gemeente", "Łódź")]


def test_where_only_rich_text_is_kept_its_words_are_read():
    rich = b"(<?xml version='1.0'?><body><p>Eerste <b>lijn</b> &amp; meer</p><p>Tweede<br/>derde</p></body>)"
    assert texts(text_field(b"()", b"/RV " + rich)) == [("gemeente", "Eerste lijn & meer\nTweede\nderde")]


def test_a_field_with_a_square_for_each_letter_that_is_full_is_an_answer():
    assert texts(text_field(b"(44021)", b"/Ff 16777216/MaxLen 5")) == [("gemeente", "44021")]


def test_the_name_of_a_field_is_that_of_all_above_it_dots_in_one_part_included():
    data = form(
        b"<</T(acties)/Kids[6 0 R]>>",
        b"<</T(1)/Parent 5 0 R/Kids[7 0 R]/FT/Tx/V(van boven)>>",
        widget(b"/T(titel)/Parent 6 0 R"),
        widget(b"/FT/Tx/T(acties.2.titel)/V(tweede)"),
        fields=b"[5 0 R 8 0 R]",
        annotations=b"[7 0 R 8 0 R]",
    )
    told = [(c.tag, c.item, c.text, c.location.control) for c in controls(data)]
    assert told == [
        ("acties.titel", 1, "van boven", "acties.1.titel"),
        ("acties.titel", 2, "tweede", "acties.2.titel"),
    ]


def test_a_field_that_stands_on_no_page_is_read_without_a_place():
    (control,) = controls(form(widget(b"/FT/Tx/T(gemeente)/V(Gent)"), annotations=b"[]"))
    assert (control.text, control.location.page, control.location.box is None) == ("Gent", None, True)


def test_a_field_that_only_a_page_knows_is_read():
    (control,) = controls(form(widget(b"/FT/Tx/T(gemeente)/V(Gent)"), fields=b"[]"))
    assert (control.text, control.location.page) == ("Gent", 1)


def test_an_empty_field_has_its_place_too():
    (control,) = controls(form(widget(b"/FT/Tx/T(gemeente)")))
    assert control.location.page == 1
    assert control.location.box == (60, 180, 300, 200)  # the page is 800 high


@pytest.mark.parametrize(
    ("details", "text"),
    [
        (b"/V(w)/Opt[[(w)(Werking)][(p)(Personeel)]]", "Werking"),
        (b"/V(Werking)/Opt[(Werking)(Personeel)]", "Werking"),
        (b"/V[(w)(p)]/Opt[[(w)(Werking)][(p)(Personeel)]]/Ff 2097152", "Werking; Personeel"),
        (b"/I[1]/Opt[(Werking)(Personeel)]", "Personeel"),
        (b"/I[7]/Opt[(Werking)]", ""),
        (b"/V(iets anders)/Ff 393216/Opt[(Werking)]", "iets anders"),
        (b"/Opt[(Werking)]", ""),
        (b"/V(w)/Opt 12", "w"),
    ],
    ids=["code", "plain", "several", "index", "bad index", "typed", "none", "no list"],
)
def test_a_choice_gives_the_words_that_it_shows(details, text):
    assert texts(form(widget(b"/FT/Ch/T(soort)" + details))) == [("soort", text)]


def box(state: bytes, shown: bytes, details: bytes = b"") -> bytes:
    drawn = b"/AP<</N<</%s 4 0 R/Off 4 0 R>>>>/AS/%s%s" % (state, shown, details)
    return widget(drawn)


@pytest.mark.parametrize("state", [b"Yes", b"On", b"1", b"Ja", b"vinkje", b"ja#20graag", b"caf#e9"])
def test_a_box_is_ticked_whatever_its_state_is_called(state):
    ticked = form(box(state, state, b"/FT/Btn/T(kaart)/V/" + state))
    assert [(c.tag, c.checked, c.uncertain) for c in controls(ticked)] == [("kaart", True, "")]
    open_ = form(box(state, b"Off", b"/FT/Btn/T(kaart)/V/Off"))
    assert [(c.tag, c.checked) for c in controls(open_)] == [("kaart", False)]


@pytest.mark.parametrize("flags", [b"", b"/Ff 32768"], ids=["boxes", "radio buttons"])
def test_boxes_that_share_a_name_are_told_apart_by_their_states(flags):
    data = form(
        b"<</FT/Btn/T(zone)%s/V/nee/Kids[6 0 R 7 0 R]>>" % flags,
        box(b"ja", b"Off", b"/Parent 5 0 R"),
        box(b"nee", b"nee", b"/Parent 5 0 R"),
        annotations=b"[6 0 R 7 0 R]",
    )
    assert [(c.tag, c.checked) for c in controls(data)] == [("zone=ja", False), ("zone=nee", True)]


def test_radio_buttons_that_count_their_states_go_by_what_they_stand_for():
    data = form(
        b"<</FT/Btn/T(zone)/Ff 32768/Opt[(ja)(nee)]/V/1/Kids[6 0 R 7 0 R]>>",
        box(b"0", b"Off", b"/Parent 5 0 R"),
        box(b"1", b"1", b"/Parent 5 0 R"),
        annotations=b"[6 0 R 7 0 R]",
    )
    assert [(c.tag, c.checked) for c in controls(data)] == [("zone=ja", False), ("zone=nee", True)]


@pytest.mark.parametrize(("value", "shown"), [(b"Yes", b"Off"), (b"Off", b"Yes")])
def test_a_box_that_is_ticked_in_its_value_and_open_on_its_page_or_the_other_way_round_is_doubtful(value, shown):
    (control,) = controls(form(box(b"Yes", shown, b"/FT/Btn/T(kaart)/V/" + value)))
    assert control.checked is True
    assert control.uncertain != ""
    (redrawn,) = controls(form(box(b"Yes", shown, b"/FT/Btn/T(kaart)/V/" + value), more=b"/NeedAppearances true"))
    assert (redrawn.checked, redrawn.uncertain) == (value == b"Yes", "")


@pytest.mark.parametrize("more", [b"", b"/NeedAppearances true"], ids=["as drawn", "drawn anew"])
def test_boxes_of_which_the_field_holds_a_value_that_none_of_them_has_are_doubtful(more):
    data = form(
        b"<</FT/Btn/T(zone)/V/Yes/Kids[6 0 R 7 0 R]>>",
        box(b"ja", b"Off", b"/Parent 5 0 R"),
        box(b"nee", b"Off", b"/Parent 5 0 R"),
        annotations=b"[6 0 R 7 0 R]",
        more=more,
    )
    assert [(c.tag, c.checked, bool(c.uncertain)) for c in controls(data)] == [
        ("zone=ja", False, True),
        ("zone=nee", False, True),
    ]


def test_two_fields_of_one_name_with_different_answers_are_doubtful():
    data = form(
        widget(b"/FT/Tx/T(gemeente)/V(Gent)"),
        widget(b"/FT/Tx/T(gemeente)/V(Aalst)", b"[60 500 300 520]"),
        fields=b"[5 0 R 6 0 R]",
        annotations=b"[5 0 R 6 0 R]",
    )
    answer = extract(read(data, "stuk.pdf"), CALL.form, CALL).answers["gemeente"]
    assert answer.state is State.DOUBTFUL


def test_fields_that_hold_something_and_show_it_nowhere_are_told_and_are_no_answers():
    data = form(widget(b"/FT/Tx/T(gemeente)/V(Gent)/F 2"))
    extraction = extract(read(data, "stuk.pdf"), CALL.form, CALL)
    assert extraction.answers["gemeente"].state is State.NOT_FOUND
    assert any("gemeente: Gent" in note for note in extraction.notes)


# ------------------------------------------------------------------- the hostile


@pytest.mark.parametrize(
    "objects_",
    [
        (b"<</T(a)/Kids[5 0 R]>>",),
        (b"<</T(a)/Kids[6 0 R]>>", b"<</T(b)/Kids[5 0 R 6 0 R]>>"),
        (b"<</T(a)/Kids[6 0 R 6 0 R 6 0 R]>>", widget(b"/FT/Tx/T(b)/V(x)/Parent 6 0 R")),
        (b"<</T(a)/Kids 12>>",),
        (b"<</T 12/Kids[12(x)null[]]>>",),
        (b"12",),
        (b"[5 0 R]",),
        (widget(b"/FT/Tx/T(a)/V(x)/Parent 5 0 R"),),
        (widget(b"/FT(x)/T/a/Ff(x)/F[1]/MaxLen/x"),),
        (b"<</Subtype/Widget/FT/Tx/T(a)/V(x)/Rect[(a)(b)1 2]>>",),
        (b"<</Subtype/Widget/FT/Btn/T(a)/AP 12/AS 12/V 12/Rect[1 2 3 4]>>",),
        (b"<</Subtype/Widget/FT/Btn/T(a)/AP<</N[1]>>/Kids[6 0 R 7 0 R]/Rect[1 2 3 4]>>", b"null", b"[]"),
        (b"<</Subtype/Widget/FT/Ch/T(a)/V<</x 1>>/Opt[[][(a)]12[(a)(b)(c)]]/I(x)/Rect[1 2 3 4]>>",),
    ],
)
def test_a_tangled_or_wrong_tree_of_fields_ends(objects_):
    assert read(form(*objects_), "stuk.pdf").pages == 1


@pytest.mark.parametrize("fields", [b"12", b"null", b"(x)", b"<<>>", b"[null 99 0 R]", b"99 0 R"])
def test_a_list_of_fields_that_is_none_holds_no_fields(fields):
    assert controls(form(b"<<>>", fields=fields, annotations=b"12")) == ()


def test_fields_nested_without_end_are_refused():
    chain = [b"<</T(a)/Kids[%d 0 R]>>" % (6 + step) for step in range(200)]
    with pytest.raises(Unreadable) as caught:
        read(form(*chain, widget(b"/FT/Tx/V(x)/T(b)")), "stuk.pdf")
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("where", ["fields", "annotations"])
def test_more_than_twenty_thousand_fields_are_refused(where):
    many = b"[" + b"".join(widget(b"/FT/Tx/T(f%d)" % number) for number in range(20_001)) + b"]"
    data = form(b"<<>>", **{"fields": b"[]", "annotations": b"[]", where: many})
    with pytest.raises(Unreadable) as caught:
        read(data, "stuk.pdf")
    assert caught.value.reason is Reason.TOO_LARGE


# ------------------------------------------------------------------- what is written beside the fields


def remark(kind: bytes, text: bytes, place: bytes = b"[60 600 300 620]") -> bytes:
    return b"<</Type/Annot/Subtype/%s/Contents(%s)/Rect%s>>" % (kind, text, place)


def noted(data: bytes):
    return one_page(LINE, data, page=b"/Annots[5 0 R]" + FONT)


def test_what_was_typed_on_a_page_with_the_tools_of_a_viewer_is_read_as_printed():
    document = read(noted(remark(b"FreeText", b"Naam lokaal bestuur: Gent")), "stuk.pdf")
    assert "Naam lokaal bestuur: Gent" in [paragraph.text for paragraph in paragraphs(document.blocks)]


def test_a_note_beside_the_text_is_told_and_is_no_answer():
    document = read(noted(remark(b"Text", b"Graag nakijken")), "stuk.pdf")
    assert "Graag nakijken" not in [paragraph.text for paragraph in paragraphs(document.blocks)]
    notes = extract(document, CALL.form, CALL).notes
    assert any("Graag nakijken" in note for note in notes)


def test_a_stamp_and_a_scrawl_are_said_not_to_be_read():
    assert read(noted(remark(b"Stamp", b"")), "stuk.pdf").omitted == ("een stempel op pagina 1",)
    assert read(noted(remark(b"Ink", b"")), "stuk.pdf").omitted == ("een tekening met de hand op pagina 1",)


def changed(change) -> bytes:
    """Give our form, filled in for Gent, with something done to it by another program."""
    data = by_pikepdf(write_pdf(CALL.form, CALL), CALL.form, {"gemeente": "Gent"}, drawn=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def quick(data: bytes):
    return read(data, "aanvraag.pdf", answers_only=True)


def test_the_pages_of_our_own_form_are_left_unread_while_they_are_as_printed():
    document = quick(changed(lambda pdf: None))
    assert document.controls_suffice
    assert extract(document, CALL.form, CALL).version == CALL.form.version
    assert extract(document, CALL.form, CALL).notes == ()


def test_the_fields_of_our_own_forms_stand_where_each_copy_has_them_though_there_are_as_many_in_another():
    def move(pdf):
        (field,) = [each for each in pdf.Root.AcroForm.Fields if each.T == "gemeente"]
        field.Rect[1], field.Rect[3] = 30, 50

    def top(document) -> float:
        (control,) = [each for each in document.controls if each.tag == "gemeente"]
        return control.location.box[1]

    as_printed, moved = changed(lambda pdf: None), changed(move)
    with pikepdf.open(io.BytesIO(moved)) as pdf:
        height = float(pdf.pages[0].mediabox[3])
    for _again in range(2):
        assert top(quick(as_printed)) < height / 2
        assert top(quick(moved)) == pytest.approx(height - 50)


def test_text_that_a_program_drew_on_a_page_of_our_form_is_read():
    def draw(pdf):
        page = pdf.pages[1]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources.Font["/H"] = font
        page.contents_add(b"BT /H 10 Tf 240 400 Td (Wij willen nog iets zeggen) Tj ET")

    document = quick(changed(draw))
    assert not document.controls_suffice
    assert any("Wij willen nog iets zeggen" in p.text for p in paragraphs(document.blocks))
    assert extract(document, CALL.form, CALL).answers["gemeente"].value == "Gent"


def test_text_typed_over_our_form_with_a_viewer_is_read_and_told():
    def type_over(pdf):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Contents=pikepdf.String("Zie ook bijlage 7"),
            Rect=pikepdf.Array([60, 60, 300, 75]),
        )
        pdf.pages[3].obj.Annots.append(pdf.make_indirect(note))

    document = quick(changed(type_over))
    assert not document.controls_suffice
    assert any("Zie ook bijlage 7" in note for note in extract(document, CALL.form, CALL).notes)


def test_a_field_that_somebody_added_to_our_form_is_told():
    def add(pdf):
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("opmerkingen"),
            V=pikepdf.String("Dank u"),
            Rect=pikepdf.Array([60, 60, 300, 75]),
        )
        field = pdf.make_indirect(field)
        pdf.pages[3].obj.Annots.append(field)
        pdf.Root.AcroForm.Fields.append(field)

    notes = extract(quick(changed(add)), CALL.form, CALL).notes
    assert notes == ("Het invulveld «opmerkingen» hoort bij geen vraag: «Dank u».",)


def test_a_page_taken_out_of_our_form_leaves_its_questions_unfound_or_empty_and_never_lost():
    data = changed(lambda pdf: pdf.pages.__delitem__(0))
    answer = extract(quick(data), CALL.form, CALL).answers["gemeente"]
    assert answer.value == "Gent"  # the field is still in the file
    assert answer.location.page is None


def test_an_answer_of_our_form_has_the_heading_page_and_box_of_its_field():
    answers = extract(quick(changed(lambda pdf: None)), CALL.form, CALL).answers
    filled, empty = answers["gemeente"], answers["gebied"]
    assert (filled.state, empty.state) == (State.GIVEN, State.EMPTY)
    assert str(filled.location) == "aanvraag.pdf, A. Indienend bestuur, pagina 1"
    assert empty.location.heading == "C. Wijk"
    for answer in (filled, empty):
        left, top, right, bottom = answer.location.box
        assert 50 < left < right < 540
        assert 60 < top < bottom < 790
