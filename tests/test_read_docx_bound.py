"""A control of Word that is bound to a part of XML shows what that says, so what the document keeps is held to it."""

from __future__ import annotations

import subprocess

import pytest

from pipeline.document import paragraphs
from pipeline.dossier import State
from pipeline.extract.controls import read_controls
from pipeline.form import Field, Form, Section
from pipeline.readers import read
from pipeline.values import FieldType
from tests.word_files import p, parts, r, sdt, tbl, tc, tr, zipped

STORE = "{0F1C2D3E-0000-4000-8000-000000000001}"
SPACE = "urn:fictief:aanvraag"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
SAID = f'<a:aanvraag xmlns:a="{SPACE}"><a:gemeente>Gent</a:gemeente><a:dag>2021-07-19T00:00:00</a:dag></a:aanvraag>'
MESSAGE = "Het veld zegt «Aalst», maar op het blad staat «Gent»; zie na wat bedoeld is."


def bound(tag: str, text: str, path: str, kind: str = "<w:text/>", store: str = STORE) -> str:
    """Write a paragraph with a control that is bound to a place in a part of XML."""
    binding = f'<w:dataBinding w:prefixMappings="xmlns:a=\'{SPACE}\'" w:xpath="{path}" w:storeItemID="{store}"/>'
    return p(sdt(r(text) if text else "", f'<w:tag w:val="{tag}"/>{binding}{kind}'))


def file(body: str, said: str = SAID) -> bytes:
    """Give a Word file with a part of XML."""
    made = parts(body)
    relation = '<Relationship Id="rId1" Type="{}relationships/{}" Target="{}"/>'
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    props = (
        f'<ds:datastoreItem xmlns:ds="{OFFICE}customXml" ds:itemID="{STORE.lower()}"><ds:schemaRefs/>'
        "</ds:datastoreItem>"
    )
    return zipped(
        made
        | {
            "word/_rels/document.xml.rels": relations.format(
                relation.format(OFFICE, "customXml", "../customXml/item1.xml")
            ),
            "customXml/item1.xml": said,
            "customXml/_rels/item1.xml.rels": relations.format(
                relation.format(OFFICE, "customXmlProps", "itemProps1.xml")
            ),
            "customXml/itemProps1.xml": props,
        }
    )


GEMEENTE = "/a:aanvraag[1]/a:gemeente[1]"
DAG = "/a:aanvraag[1]/a:dag[1]"


def answer(body: str, said: str = SAID, kind: FieldType = FieldType.TEXT):
    asked = Form(
        "aanvraag", "Aanvraag", "1", "nl", (), (Section("A", "Bestuur", (Field("gemeente", "Gemeente", kind),)),)
    )
    return read_controls(read(file(body, said), "a.docx"), asked, {})["gemeente"]


def test_what_a_control_keeps_is_doubtful_where_the_file_shows_something_else():
    found = answer(bound("gemeente", "Aalst", GEMEENTE))
    assert (found.state, found.text, found.problem) == (State.DOUBTFUL, "Aalst", MESSAGE)


def test_an_empty_control_that_shows_something_is_doubtful_with_that():
    found = answer(bound("gemeente", "", GEMEENTE))
    assert (found.state, found.text) == (State.DOUBTFUL, "Gent")


def test_a_control_that_shows_nothing_of_what_it_keeps_is_doubtful():
    found = answer(bound("gemeente", "Aalst", GEMEENTE), SAID.replace("Gent", ""))
    assert (found.state, found.text) == (State.DOUBTFUL, "Aalst")


@pytest.mark.parametrize(
    "body",
    [
        bound("gemeente", "Gent", GEMEENTE),
        bound("gemeente", "Gent", "/a:aanvraag/a:gemeente/text()"),
        bound("gemeente", "Gent", "/a:aanvraag[1]/a:anders[1]"),
        bound("gemeente", "Gent", "/b:aanvraag[1]/b:gemeente[1]"),
        bound("gemeente", "Gent", DAG, store="{0F1C2D3E-0000-4000-8000-000000000002}"),
        bound("gemeente", "Gent", "//*[count(//*) > 0]"),
    ],
    ids=["the same", "its text", "no such place", "a prefix of nothing", "another part", "a path that nobody writes"],
)
def test_what_is_bound_to_the_same_or_to_nothing_is_given(body):
    found = answer(body)
    assert (found.state, found.text) == (State.GIVEN, "Gent")


def test_a_damaged_part_shows_nothing():
    assert answer(bound("gemeente", "Aalst", GEMEENTE), "<a:aanvraag").state is State.GIVEN


@pytest.mark.parametrize(("kept", "state"), [("19 juli 2021", State.GIVEN), ("20 juli 2021", State.DOUBTFUL)])
def test_a_day_is_the_same_however_it_is_written(kept, state):
    assert answer(bound("gemeente", kept, DAG, "<w:date/>"), kind=FieldType.DATE).state is state


@pytest.mark.parametrize(
    ("said", "state"), [("true", State.GIVEN), ("1", State.GIVEN), ("false", State.DOUBTFUL), ("Gent", State.GIVEN)]
)
def test_a_box_that_shows_another_state_than_it_keeps_is_doubtful(said, state):
    box = bound("gemeente=ja", "☒", GEMEENTE, '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    assert answer(box, SAID.replace("Gent", said)).state is state


def around(content: str, kind: str = "<w:text/>", more: str = "") -> str:
    """Write a control without a tag that is bound to the name of the municipality."""
    binding = f'<w:dataBinding w:prefixMappings="xmlns:a=\'{SPACE}\'" w:xpath="{GEMEENTE}" w:storeItemID="{STORE}"/>'
    return sdt(content, f"{binding}{more}{kind}")


PLACEHOLDER = "<w:showingPlcHdr/>"
EMPTY = "Het veld is leeg, maar op het blad staat «Gent»; zie na wat bedoeld is."


@pytest.mark.parametrize(
    ("body", "doubt", "unread"),
    [
        (p(around(r("Aalst"))), MESSAGE, ""),
        (around(p("Aalst")), MESSAGE, ""),
        (tbl(tr(around(tc("Aalst")))), MESSAGE, ""),
        (tbl(tr(tc(around(p("Aalst"))))), MESSAGE, ""),
        (p(around("")), EMPTY, EMPTY),
        (tbl(tr(around(tc(p(r("Klik hier")), ""), more=PLACEHOLDER))), EMPTY, EMPTY),
        (p(around(r("Gent"))), "", ""),
        (tbl(tr(around(tc("Gent")))), "", ""),
        (p(around(r("Gent") + "<w:del><w:r><w:delText>!</w:delText></w:r></w:del>")), "", ""),
    ],
    ids=["in a paragraph", "around one", "around a cell", "in a cell", "empty", "a cell with its placeholder",
         "the same", "the same around a cell", "the same after a change"],
)  # fmt: skip
def test_what_stands_in_a_control_without_our_tag_is_held_to_what_it_shows_too(body, doubt, unread):
    found = [*paragraphs(read(file(body), "a.docx").blocks)]
    assert [(part.uncertain, part.unread) for part in found] == [(doubt, unread)]


@pytest.mark.requires_soffice
def test_libreoffice_too_shows_what_a_control_is_bound_to(tmp_path):
    (tmp_path / "a.docx").write_bytes(file(bound("gemeente", "Aalst", GEMEENTE)))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "txt:Text",
            "a.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "a.txt").read_text(encoding="utf-8-sig").strip() == "Gent"
