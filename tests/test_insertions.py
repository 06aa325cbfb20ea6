"""Pictures, Word files and links that documenten.toml names and templates print: made by docxtpl, held by lint."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.shared import Mm

from pipeline import commands, office, pdf
from pipeline.library import load
from pipeline.lint import lint
from pipeline.renderers import template
from pipeline.renderers.insertions import objects_of
from tests.call_copies import copy_call, templates
from tests.docxtpl_building import png
from tests.inbox import proposal, put, receipts

INSERTIONS = """
[[invoeging]]
key = "logo"
file = "logo.png"
alt = "Logo van de dienst & «co»"
width = 30

[[invoeging]]
key = "voorwaarden"
file = "voorwaarden.docx"

[[invoeging]]
key = "website"
link = "https://klimaat.example/wijken?a=1&b=2"
text = "klimaat.example"
"""
TAGS = ("Wij: {{ logo }}", "{{p voorwaarden }}", "Lees meer op {{r website }}.")


def with_insertions(folder: Path, definitions: str = INSERTIONS, tags=TAGS, header: str = "") -> Path:
    """Give a copy of the second call of which a letter prints insertions."""
    call = copy_call(folder)
    papers = templates(call) / "documenten.toml"
    papers.write_text(papers.read_text(encoding="utf-8") + definitions, encoding="utf-8")
    (templates(call) / "logo.png").write_bytes(png(40))
    conditions = Document()
    conditions.add_paragraph("De algemene voorwaarden gelden voor iedereen.")
    conditions.save(templates(call) / "voorwaarden.docx")
    path = templates(call) / "toekenning.docx"
    letter = Document(path)
    for words in tags:
        letter.add_paragraph(words)
    if header:
        letter.sections[0].header.paragraphs[0].text = header
    letter.save(path)
    return call


def told(call: Path) -> list[str]:
    return [str(fault) for fault in lint(call)]


def preview(call: Path, folder: Path) -> list[bytes]:
    code = commands.run(["render", "--preview", "toekenning", "--call", str(call), "--to", str(folder)])
    assert code == 0
    return [path.read_bytes() for path in sorted(folder.glob("*.docx"))]


def test_a_letter_with_a_picture_a_file_and_a_link_is_sound(tmp_path):
    assert told(with_insertions(tmp_path)) == []


def test_it_is_decided_when_compiling_that_docxtpl_fills_that_letter_and_no_other(tmp_path):
    call = load(with_insertions(tmp_path))
    objects = objects_of(call)
    why = {path.name: template.read(path, objects).by_docxtpl for path in call.templates.glob("*.docx")}
    assert template.Why.OBJECTS in why["toekenning.docx"]
    assert why["meetafspraak.docx"] == why["antwoordbrief.docx"] == frozenset()


def test_each_answer_long_short_or_empty_comes_with_the_picture_its_words_the_file_and_the_link(tmp_path):
    made = preview(with_insertions(tmp_path / "call"), tmp_path / "made")
    assert len(made) == 3
    for content in made:
        paper = Document(io.BytesIO(content))
        (shape,) = paper.inline_shapes
        assert shape._inline.docPr.get("descr") == "Logo van de dienst & «co»"
        assert abs(shape.width - Mm(30)) < Mm(1)
        assert "De algemene voorwaarden gelden voor iedereen." in [each.text for each in paper.paragraphs]
        (link,) = [link for each in paper.paragraphs for link in each.hyperlinks]
        assert (link.text, link.address) == ("klimaat.example", "https://klimaat.example/wijken?a=1&b=2")


def test_the_same_letter_is_the_same_bytes(tmp_path):
    call = with_insertions(tmp_path / "call")
    assert preview(call, tmp_path / "een") == preview(call, tmp_path / "twee")


@pytest.mark.requires_soffice
def test_the_print_reads_the_words_of_the_picture_aloud(tmp_path):
    made = preview(with_insertions(tmp_path / "call"), tmp_path / "made")
    printed = office.convert({"x": made[0]})["x"]
    assert isinstance(printed, bytes), printed
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert "Logo van de dienst & «co»" in [str(each.get("/Alt", "")) for each in opened.objects if _is_figure(each)]
    assert pdf.faults(printed, archive=pdf.Archive.LETTER) == ()


def _is_figure(each) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('file = "logo.png"', 'file = "lgo.png"', "«lgo.png» bestaat niet. Bedoelde u «logo.png»?"),
        ('alt = "Logo van de dienst & «co»"\n', "", "wat de afbeelding toont (alt)"),
        ("width = 30\n", "", "hoe breed de afbeelding is"),
        ('file = "logo.png"', 'file = "logo.svg"', "Voeg een afbeelding (.png, .jpg) of een Word-bestand"),
        ('link = "https://', 'link = "javascript:', "Een adres begint met https://"),
        ('text = "klimaat.example"\n', "", "welke woorden naar het adres leiden"),
        ('key = "website"', 'key = "logo"', "«logo»"),
        ('key = "website"', 'key = "stad"', "al de naam van iets anders"),
    ],
)
def test_a_faulty_insertion_is_told_with_what_to_do(tmp_path, old, new, says):
    assert old in INSERTIONS
    found = told(with_insertions(tmp_path, INSERTIONS.replace(old, new), tags=()))
    assert any(says in each for each in found), found


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("{{ website }}", "{{r website }}"),
        ("{{ voorwaarden }}", "{{p voorwaarden }}"),
        ("{{p logo }}", "{{ logo }}"),
        ("{{ logo|upper }}", "{{ logo }}"),
        ("{{ stad ~ logo }}", "{{ logo }}"),
    ],
)
def test_an_insertion_that_is_not_alone_in_its_tag_is_told_with_how_it_should_be(tmp_path, tag, meant):
    (fault,) = told(with_insertions(tmp_path, tags=(tag,)))
    assert "SJB-07" in fault
    assert f"Bedoelde u «{meant}»?" in fault


def test_a_link_in_a_header_is_told_for_docxtpl_puts_it_elsewhere(tmp_path):
    (fault,) = told(with_insertions(tmp_path, header="{{r website }}"))
    assert "word/header" in fault
    assert "niet in een koptekst" in fault


def test_a_picture_in_a_header_is_printed_there(tmp_path):
    made = preview(with_insertions(tmp_path / "call", header="{{ logo }}"), tmp_path / "made")
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        headers = [archive.read(name) for name in archive.namelist() if name.startswith("word/header")]
    assert any(b"<w:drawing>" in each for each in headers)


def test_raw_text_of_an_answer_stays_a_fault(tmp_path):
    (fault,) = told(with_insertions(tmp_path, tags=("{{r stad }}",)))
    assert "SJB-07" in fault


def test_a_run_makes_that_letter_and_where_still_knows_its_values(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    call = with_insertions(tmp_path / "call")
    put(tmp_path / "inbox", gent=proposal())
    receipts(tmp_path / "inbox", "gent.docx;2022-03-01T09:00:00+01:00;;")
    options = ("--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    assert commands.run(["run", "inbox", "--call", str(call), *options]) == 0
    (letter,) = (tmp_path / "output").glob("KLIMA-001-22*/toekenning*.docx")
    assert len(Document(str(letter)).inline_shapes) == 1
    capsys.readouterr()
    assert commands.run(["where", "KLIMA-001-22", "toekenning", "Gent"]) == 0
    assert "gent.docx" in capsys.readouterr().out
