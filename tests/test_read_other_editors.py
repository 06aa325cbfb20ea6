"""Forms that came through other editors give the same answers; `tests/editors.py` says what is known of each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline.document import paragraphs
from pipeline.readers import read
from tests.editors import W, as_google_docs, as_newer_libreoffice, as_strict, as_word_for_the_web, rewritten
from tests.fill import fill
from tests.random_answers import Maker
from tests.read_back import first, said
from tests.test_roundtrip import blank, call, convert, differences
from tests.word_files import SPACES, p, r, sdt, styles, word

FORMS = ("aanvraag", "vergadering")
ROOT = Path(__file__).parent.parent
WORD_FILES = sorted(
    path for path in [*ROOT.glob("forms/*/blanco/*.docx"), *ROOT.glob("templates/**/*.docx")] if path.is_file()
)


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.stem)
def test_a_file_saved_as_strict_open_xml_says_exactly_the_same(path: Path) -> None:
    usual, strict = read(path.read_bytes(), path.name), read(as_strict(path.read_bytes()), path.name)
    assert strict.blocks == usual.blocks
    assert strict.controls == usual.controls
    assert (strict.title, strict.omitted) == (usual.title, usual.omitted)
    assert len(list(paragraphs(strict.blocks))) > 5


@pytest.mark.parametrize("form", FORMS)
def test_random_answers_come_back_from_strict_open_xml(form: str) -> None:
    asked = call().forms[form]
    for seed in range(600, 606):
        answers = Maker(seed, call()).form(asked)
        assert differences(asked, answers, as_strict(fill(blank(form), answers, asked)), "s.docx") == ([], 0), seed


def test_the_charts_and_the_maker_of_a_strict_file_are_known() -> None:
    chart = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/'
        'chart"><c:chart r:id="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    assert read(as_strict(word(p(chart))), "a.docx").omitted == ("1 grafiek is niet gelezen",)


@pytest.mark.parametrize("form", FORMS)
def test_random_answers_come_back_from_google_docs(form: str) -> None:
    asked = call().forms[form]
    for seed in range(620, 632):
        answers = Maker(seed, call()).form(asked)
        filled = fill(blank(form), answers, asked, keep_blank_rows=seed % 2 == 0)
        assert differences(asked, answers, as_google_docs(filled, seed), "g.docx") == ([], 0), seed


def test_a_part_for_comments_without_any_is_not_told() -> None:
    empty = f"<w:comments {SPACES}/>"
    assert read(word(p("Gent"), comments=empty), "a.docx").omitted == ()


def test_of_two_styles_with_one_name_the_first_counts() -> None:
    def style(inside: str) -> str:
        return f'<w:style w:type="paragraph" w:styleId="Kop"><w:name w:val="Kop"/>{inside}</w:style>'

    both = style('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>') + style("<w:rPr><w:vanish/></w:rPr>")
    document = read(word(p("A. Bestuur", '<w:pStyle w:val="Kop"/>'), styles=styles(both)), "a")
    assert (first(document).text, first(document).level) == ("A. Bestuur", 1)


@pytest.mark.parametrize("form", FORMS)
def test_random_answers_come_back_from_word_for_the_web(form: str) -> None:
    asked = call().forms[form]
    for seed in range(640, 652):
        answers = Maker(seed, call()).form(asked)
        filled = fill(blank(form), answers, asked, keep_blank_rows=seed % 2 == 0)
        assert differences(asked, answers, as_word_for_the_web(filled, seed), "w.docx") == ([], 0), seed


def test_a_control_in_a_control_without_a_paragraph_between_is_one_line() -> None:
    body = sdt(sdt(r("Stad ") + r("Gent"), '<w:tag w:val="binnen"/>'), '<w:tag w:val="buiten"/>')
    assert said(word(body)) == ["Stad Gent"]
    assert [(c.tag, c.text) for c in read(word(body), "a.docx").controls] == [
        ("buiten", "Stad Gent"),
        ("binnen", "Stad Gent"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_random_answers_come_back_from_a_newer_libreoffice(form: str) -> None:
    asked = call().forms[form]
    for seed in range(660, 672):
        answers = Maker(seed, call()).form(asked)
        filled = fill(blank(form), answers, asked, keep_blank_rows=seed % 2 == 0)
        assert differences(asked, answers, as_newer_libreoffice(filled, seed), "n.docx") == ([], 0), seed


@pytest.mark.requires_soffice
def test_tags_that_opendocument_keeps_give_the_same_answers(tmp_path: Path) -> None:
    """LibreOffice 7.4 writes content controls without their tags; here they get the tags that 7.5 would give them."""
    asked = call().form
    answers = {f"t{seed}": Maker(seed, call()).form(asked) for seed in range(680, 683)}
    filled = {f"{name}.docx": fill(blank("aanvraag"), given, asked) for name, given in answers.items()}
    files = {name: without_plain_text(data) for name, data in filled.items()}
    for name, data in convert(tmp_path, files, "odt:writer8").items():
        tagged = rewritten(data, tagging(tags_in(files[f"{name}.docx"])))
        controls = read(tagged, "t.odt").controls
        assert sum(bool(control.tag) for control in controls) > 100
        assert differences(asked, answers[name], tagged, "t.odt") == ([], 0), name


def without_plain_text(data: bytes) -> bytes:
    """Give the same form with controls of rich text only: 7.4 makes an input field of a control of plain text."""
    return rewritten(data, lambda _name, content: re.sub(rb"<w:text( w:multiLine=\"1\")?/>", b"", content))


def tags_in(data: bytes) -> list[str]:
    """Give the tags of all controls in a line of text, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    inside = [sdt for sdt in root.iter(f"{W}sdt") if sdt.getparent().tag == f"{W}p"]
    return [sdt.find(f"{W}sdtPr/{W}tag").get(f"{W}val") for sdt in inside]


def tagging(tags: list[str]) -> Callable[[str, bytes], bytes]:
    """Give what writes these tags into the controls of an OpenDocument."""

    def change(name: str, content: bytes) -> bytes:
        if name != "content.xml":
            return content
        assert content.count(b"<loext:content-control") == len(tags)
        waiting = iter(tags)
        return re.sub(
            rb"<loext:content-control\b",
            lambda mark: mark[0] + b' loext:tag="' + next(waiting).encode() + b'"',
            content,
        )

    return change
