"""What stands in every copy of a form is read once for all, and each copy still says what stands in it."""

from __future__ import annotations

import pytest

from pipeline.document import Document
from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from pipeline.readers.docx_copies import parse_copy
from pipeline.readers.docx_styles import NONE
from tests.read_back import said
from tests.word_files import p, r, sdt, styles, tbl, tc, tr, word, zipped
from tests.word_files import parts as parts_of

TAG = '<w:alias w:val="Naam"/><w:tag w:val="naam"/>'
PROMPT = r("Geef de naam van de wijk.", '<w:rStyle w:val="PlaceholderText"/>')


def form(answer: str, more: str = "") -> str:
    """Fill a form of one question, with something behind it."""
    return p("Vul dit in") + tbl(tr(tc("Naam van de wijk"), tc(p(sdt(answer, f"{TAG}<w:text/>"))))) + p("Dank u") + more


def read_copies(**others: str) -> None:
    """Read copies of the form, until all that they have in common was met."""
    for name in ("Muide", "Rabot", "Dampoort"):
        read(word(form(r(name)), **others), "kopie.docx")


def in_control(document: Document) -> list[tuple[str, str, bool, str]]:
    """Tell what the controls of a document hold."""
    return [(each.tag, each.text, each.placeholder, each.prompt) for each in document.controls]


def test_of_a_third_copy_nothing_is_parsed_but_the_answer_and_where_all_stands() -> None:
    def parsed(answer: str) -> tuple[int, list[str]]:
        made = str(parts_of(form(r(answer)))["word/document.xml"])
        opened = made.replace("<w:document ", '<w:document mc:Ignorable="w15" ')  # no other test has this
        root, left_out = parse_copy(opened.encode(), b"", NONE)
        return left_out.waiting, list(root.itertext())

    assert parsed("Muide") == (0, ["Vul dit in", "Naam van de wijk", "Muide", "Dank u"])
    assert parsed("Rabot") == (0, ["Vul dit in", "Naam van de wijk", "Rabot", "Dank u"])
    assert parsed("Dampoort") == (4, ["Dampoort"])


@pytest.mark.parametrize(
    "answer", ["Gent &amp; &lt;Aalst&gt;", "Zoë’s wijk", "5 &#8364;", "[ ] ja", "KNOWN", "a \u00ad\nb"]
)
def test_each_copy_has_its_own_answer_at_its_own_place(answer: str) -> None:
    read_copies()
    document = read(word(form(r(answer))), "aanvraag.docx")
    expected = {
        "Gent &amp; &lt;Aalst&gt;": "Gent & <Aalst>",
        "5 &#8364;": "5 €",
        "a \u00ad\nb": "a \nb",
    }.get(answer, answer)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Vul dit in",
        "Naam van de wijk",
        expected,
        "Dank u",
    ]
    assert in_control(document) == [("naam", expected, False, "")]
    (control,) = document.controls
    place = control.location
    assert (place.source, place.table, place.row, place.column, place.paragraph) == ("aanvraag.docx", 1, 1, 2, 3)
    assert (place.control, document.paragraphs[2].location.control) == ("naam", "")


def test_a_control_that_nobody_filled_in_shows_its_prompt_and_one_that_was_typed_over_does_not() -> None:
    body = p("Wijk") + p(sdt(PROMPT, f"{TAG}<w:showingPlcHdr/><w:text/>"))
    for _copy in range(4):
        document = read(word(body), "a.docx")
        assert in_control(document) == [("naam", "", True, "Geef de naam van de wijk.")]
        assert [(each.text, each.placeholder) for each in document.paragraphs][1] == ("", "Geef de naam van de wijk.")
    read_copies()
    assert in_control(read(word(form(r("Klik of tik om tekst in te voeren."))), "a.docx")) == [
        ("naam", "", True, "Klik of tik om tekst in te voeren.")
    ]


def test_the_chosen_item_of_a_list_keeps_its_value() -> None:
    items = '<w:listItem w:displayText="Ja, zeker" w:value="ja"/><w:listItem w:value="nee"/>'
    for chosen, value in (("nee", "nee"), ("Ja, zeker", "ja"), ("nee", "nee"), ("Ja, zeker", "ja"), ("anders", "")):
        body = p(sdt(r(chosen), f"{TAG}<w:dropDownList>{items}</w:dropDownList>"))
        (control,) = read(word(body), "a.docx").controls
        assert (control.kind, control.text, control.value) == ("choice", chosen, value)


def test_a_heading_stands_above_what_follows_in_each_copy() -> None:
    part = styles('<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>')
    for name in ("Muide", "Rabot", "Dampoort", "Brugse Poort"):
        document = read(word(p("Financieel", '<w:pStyle w:val="Kop1"/>') + p(r(name)), styles=part), "a.docx")
        assert [(each.level, each.location.heading) for each in document.paragraphs] == [
            (1, "Financieel"),
            (0, "Financieel"),
        ]


def test_the_same_words_are_hidden_where_the_style_of_another_file_hides_them() -> None:
    body = p("Vul dit in", '<w:pStyle w:val="Uitleg"/>') + p("Naam")
    plain = styles('<w:style w:styleId="Uitleg"><w:name w:val="Uitleg"/></w:style>')
    hides = plain.replace("</w:style>", "<w:rPr><w:vanish/></w:rPr></w:style>")
    for _copy in range(3):
        assert said(word(body, styles=plain)) == ["Vul dit in", "Naam"]
        assert said(word(body, styles=hides)) == ["Naam"]


def test_the_same_words_do_not_count_in_a_row_that_a_tracked_change_took_out() -> None:
    read_copies()
    gone = tbl(tr(tc("Naam van de wijk"), properties='<w:del w:id="1"/>'), tr(tc("Dank u")))
    document = read(word(form(r("Muide"), gone)), "a.docx")
    assert [(each.text, each.deleted) for each in document.paragraphs][-2:] == [
        ("Dank u", ""),
        ("", "Naam van de wijk"),
    ]


def test_the_same_paragraph_is_joined_to_one_whose_mark_a_tracked_change_took_out() -> None:
    read_copies()
    body = p("Eerst. ", '<w:rPr><w:del w:id="1"/></w:rPr>') + p("Vul dit in") + p("Dank u")
    for _copy in range(3):
        assert said(word(body)) == ["Eerst. Vul dit in", "Dank u"]


RAW = "<w:p><w:r><w:t>Dank u</w:t></w:r></w:p>"
RUBY = f"<w:r><w:ruby><w:rubyBase>{p('Dank u')}</w:rubyBase></w:ruby></w:r>"
SHAPE = f"<v:shape><v:textbox><w:txbxContent>{p('Dank u')}</w:txbxContent></v:textbox></v:shape>"
BOX = f"<w:r><w:pict>{SHAPE}</w:pict></w:r>"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (p(f"<w:r><w:t><![CDATA[{RAW}]]></w:t></w:r>"), [RAW]),
        (f"<!--{p('Dank u')}-->", []),
        (p(RUBY), ["Dank u"]),
        (f'<x:y xmlns:x="urn:x" xmlns:w="urn:w">{p("Dank u")}</x:y>', []),
        (p(BOX), ["Dank u"]),
        ('<w:p KNOWN="1"/><w:p KNOWN="2">verzonnen</w:p>', []),
    ],
)
def test_the_same_bytes_say_what_they_do_where_they_mean_something_else(more: str, expected: list[str]) -> None:
    read_copies()
    for _copy in range(3):
        assert said(word(form(r("Muide"), more))) == ["Vul dit in", "Naam van de wijk", "Muide", "Dank u", *expected]


def test_a_control_with_properties_of_another_behind_its_own_has_both() -> None:
    read_copies()
    twice = sdt(r("ja"), f"{TAG}<w:text/>").replace(
        "<w:sdtContent>",
        '<w:sdtPr><w:dropDownList><w:listItem w:displayText="ja" w:value="1"/></w:dropDownList></w:sdtPr>'
        "<w:sdtContent>",
    )
    for _copy in range(3):
        (control,) = read(word(p(twice)), "a.docx").controls
        assert (control.tag, control.kind, control.text, control.value) == ("naam", "choice", "ja", "1")


@pytest.mark.parametrize(
    ("whole", "broken"), [("</w:t></w:r></w:p>", "</w:t></w:p></w:r>"), ("</w:p>", ""), ("<w:p>", "")]
)
def test_a_damaged_copy_is_refused_each_time_it_comes(whole: str, broken: str) -> None:
    read_copies()
    damaged = parts_of(form(r("Muide")))
    text = str(damaged["word/document.xml"])
    at = text.rindex(whole)
    damaged["word/document.xml"] = text[:at] + broken + text[at + len(whole) :]
    for _copy in range(3):
        with pytest.raises(Unreadable) as refused:
            read(zipped(damaged), "a.docx")
        assert refused.value.reason is Reason.DAMAGED
    assert said(word(form(r("Rabot")))) == ["Vul dit in", "Naam van de wijk", "Rabot", "Dank u"]
