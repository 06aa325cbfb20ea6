"""Faults as Word comments in a copy of the template: where python-docx, and so Word, finds them again."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from lxml import etree

from pipeline import commands
from pipeline.lint import commented, lint
from pipeline.renderers.remarks import BY, Remark, with_remarks
from tests.call_copies import copy_call, templates
from tests.template_files import box, note, part, rows, template
from tests.word_files import p, r

DAY = dt.date(2021, 12, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FAULTY = template(
    p("Geachte")
    + p("De stad {{ staad }} krijgt {{ bijdrage|euro }}.")
    + rows(["Wat"], ["{%tr for i in ingrepen %}"], ["{{ i.waat }}"], ["{%tr endfor %}"])
    + rows(["{{ handtekening.stad }}"], ["{{ handtekening.diensthoofd }}"]),
    header1=part("hdr", p("{{ burt }}")),
)


@pytest.fixture
def call(tmp_path):
    made = copy_call(tmp_path)
    (templates(made) / "toekenning.docx").write_bytes(FAULTY)
    return made


def lint_with_comments(call, folder):
    return commands.run(["lint", str(call), "--comments", str(folder)])


def anchored(content):
    """Give each comment of a Word file: the words between its marks, and its text."""
    document = Document(io.BytesIO(content))
    texts = {str(comment.comment_id): comment for comment in document.comments}
    found = []
    for paragraph in document.element.iter(f"{W}p"):
        open_marks = [mark.get(f"{W}id") for mark in paragraph.iter(f"{W}commentRangeStart")]
        words = "".join(paragraph.itertext(f"{W}t"))
        assert set(open_marks) == {mark.get(f"{W}id") for mark in paragraph.iter(f"{W}commentRangeEnd")}
        found += [(words, texts[mark].text, texts[mark].author) for mark in open_marks]
    assert len(found) == len(texts)
    return found


def test_every_fault_stands_as_a_comment_at_its_paragraph(call, tmp_path, capfd):
    assert lint_with_comments(call, tmp_path / "kopie") == 5
    (copy,) = (tmp_path / "kopie").iterdir()
    assert copy.name == "toekenning (opmerkingen).docx"
    assert str(copy) in capfd.readouterr().err
    found = anchored(copy.read_bytes())
    assert [(words, text.splitlines()[1:3]) for words, text, _by in found] == [
        ("Geachte", ["Bedoelde u «buurt»?", "De tag: {{ burt }}"]),
        ("De stad {{ staad }} krijgt {{ bijdrage|euro }}.", ["Bedoelde u «stad»?", "De tag: {{ staad }}"]),
        ("{{ i.waat }}", ["Bedoelde u «wat»?", "De tag: {{ i.waat }}"]),
    ]
    assert "Niet hier, maar in: een koptekst die op geen bladzijde staat, alinea 1" in found[0][1]
    assert {by for _words, _text, by in found} == {"wijkcontract lint"}


def test_the_template_itself_stays_as_it_was(call, tmp_path):
    lint_with_comments(call, tmp_path / "kopie")
    assert (templates(call) / "toekenning.docx").read_bytes() == FAULTY


def test_a_commented_copy_used_as_the_template_has_the_same_faults_and_no_others(call, tmp_path):
    before = [str(fault) for fault in lint(call)]
    lint_with_comments(call, tmp_path / "kopie")
    copy = (tmp_path / "kopie" / "toekenning (opmerkingen).docx").read_bytes()
    (templates(call) / "toekenning.docx").write_bytes(copy)
    assert [str(fault) for fault in lint(call)] == before
    lint_with_comments(call, tmp_path / "nog eens")
    again = (tmp_path / "nog eens" / "toekenning (opmerkingen).docx").read_bytes()
    assert anchored(again) == anchored(copy)


def test_a_sound_template_gets_no_copy(tmp_path):
    assert lint_with_comments(copy_call(tmp_path), tmp_path / "kopie") == 0
    assert not (tmp_path / "kopie").exists()


def test_the_same_faults_give_the_same_bytes(call, tmp_path):
    for name in ("een", "twee"):
        lint_with_comments(call, tmp_path / name)
    one, two = ((tmp_path / name / "toekenning (opmerkingen).docx").read_bytes() for name in ("een", "twee"))
    with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(two)) as second:
        assert {name: first.read(name) for name in first.namelist()} == {
            name: second.read(name) for name in second.namelist()
        }


def test_a_remark_in_a_text_box_stands_at_the_paragraph_that_holds_the_box():
    data = template(p("Een.") + p(box(p("{{ staad }}"))))
    (found,) = anchored(with_remarks(data, [Remark("word/document.xml", 2, "fout")], DAY))
    assert found == ("{{ staad }}", "fout", BY)
    with zipfile.ZipFile(io.BytesIO(with_remarks(data, [Remark("word/document.xml", 2, "fout")], DAY))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    (inside,) = body.iter(f"{W}txbxContent")
    assert not list(inside.iter(f"{W}commentRangeStart"))


def test_a_remark_says_of_which_section_the_header_is_and_stands_at_its_first_paragraph():
    document = Document()
    document.add_paragraph("Eerste bladzijde")
    document.add_paragraph("Nog een")
    second = document.add_section()
    document.add_paragraph("Bijlage")
    second.header.is_linked_to_previous = second.first_page_header.is_linked_to_previous = False
    second.header.paragraphs[0].text = second.first_page_header.paragraphs[0].text = "{{ x }}"
    made = io.BytesIO()
    document.save(made)
    parts = [str(each.part.partname).lstrip("/") for each in (second.header, second.first_page_header)]
    copy = with_remarks(made.getvalue(), [Remark(each, 0, "fout", "alinea 1") for each in parts], DAY)
    said = "fout\nNiet hier, maar in: {}, sectie 2, alinea 1. Word neemt daar geen opmerking op."
    assert sorted(anchored(copy)) == [
        ("Bijlage", said.format("koptekst van de eerste bladzijde"), BY),
        ("Bijlage", said.format("koptekst"), BY),
    ]


@pytest.mark.parametrize(("kind", "named"), [("footnote", "voetnoot 1"), ("endnote", "eindnoot 1")])
def test_a_remark_on_a_note_stands_at_the_words_that_have_the_note(kind, named):
    reference = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    data = template(p("Een.") + p(r("Twee.") + reference), **{f"{kind}s": note(kind, p("{{ staad }}"))})
    ((words, text, _by),) = anchored(with_remarks(data, [Remark(f"word/{kind}s.xml", 0, "fout", "alinea 1")], DAY))
    assert words == "Twee."
    assert f"Niet hier, maar in: {named}, alinea 1." in text


def test_a_comment_bears_the_day(call):
    document = Document(io.BytesIO(with_remarks(template(p("Een.")), [Remark("word/document.xml", 0, "fout")], DAY)))
    assert [comment.timestamp.date() for comment in document.comments] == [DAY]


def test_the_comment_of_a_person_stays(call):
    document = Document(io.BytesIO(template(p("Een."))))
    document.add_comment(document.paragraphs[0].runs, text="Nog bespreken", author="Noor Fictief")
    made = io.BytesIO()
    document.save(made)
    copy = with_remarks(made.getvalue(), [Remark("word/document.xml", 0, "fout")], DAY)
    assert [(text, by) for _words, text, by in anchored(with_remarks(copy, [], DAY))] == [
        ("Nog bespreken", "Noor Fictief")
    ]
    assert len(anchored(copy)) == 2


def test_a_template_that_cannot_be_read_gets_no_copy_and_is_told(call, tmp_path, capfd):
    (templates(call) / "toekenning.docx").write_bytes(b"geen Word")
    assert lint_with_comments(call, tmp_path / "kopie") == 5
    assert "toekenning.docx: sjabloon: SJB-15" in capfd.readouterr().out
    assert not (tmp_path / "kopie").exists()


def test_every_comment_bears_the_day_that_it_was_made_for(call):
    (copy,) = commented(call, DAY).values()
    assert [comment.timestamp for comment in Document(io.BytesIO(copy)).comments] == [
        dt.datetime(2021, 12, 20, tzinfo=dt.UTC)
    ] * 3


def test_a_comment_on_a_header_stands_where_the_pages_with_that_header_begin_and_says_so(tmp_path):
    made = copy_call(tmp_path)
    letter = Document()
    letter.add_paragraph("Geachte")
    letter.add_paragraph("Met groeten")
    letter.add_section().header.is_linked_to_previous = False
    letter.sections[1].header.paragraphs[0].text = "{{ burt }}"
    letter.add_paragraph("Bijlage")
    letter.save(templates(made) / "toekenning.docx")
    (copy,) = commented(made, DAY).values()
    said = "Niet hier, maar in: koptekst, sectie 2, alinea 1. Word neemt daar geen opmerking op."
    placed = [(words, text.splitlines()[-1]) for words, text, _by in anchored(copy) if "{{ burt }}" in text]
    assert placed == [("Bijlage", said)]
