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
from pipeline.errors import DefinitionError
from pipeline.library import load
from pipeline.lint import lint
from pipeline.renderers import template
from pipeline.renderers.insertions import objects_of
from tests.call_copies import copy_call, templates
from tests.docxtpl_building import png
from tests.inbox import proposal, put, receipts

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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


REPLACING = """
[[invoeging]]
key = "wapen"
file = "wapen.png"
replaces = "Wapen van de stad"
"""
OTHER = 'key = "zegel"\nfile = "logo.png"\nreplaces = "Beeld 1"\n\n[[invoeging]]\n'


def with_replacing(folder: Path, definitions: str = REPLACING) -> Path:
    """Give a copy of the second call of which a letter has a picture that another replaces, in its header."""
    call = with_insertions(folder, definitions, tags=())
    (templates(call) / "wapen.png").write_bytes(png(99))
    (templates(call) / "voorwaarden.docx").rename(templates(call) / "voorwaarden.pdf")
    path = templates(call) / "toekenning.docx"
    letter = Document(path)
    run = letter.sections[0].header.paragraphs[0].add_run()
    for shade, name, alt in ((7, "Beeld 1", "Wapen van de stad"), (8, "Beeld 2", "Een ander wapen")):
        shown = run.add_picture(io.BytesIO(png(shade)), Mm(9))._inline.docPr
        shown.set("name", name)
        shown.set("descr", alt)
    letter.save(path)
    return call


def pictured(paper: bytes) -> dict[str, bytes]:
    """Give the pictures of the header of a paper, by their alt text."""
    header = Document(io.BytesIO(paper)).sections[0].header
    return {
        drawn.get("descr"): header.part.related_parts[blip.embed].blob
        for drawn, blip in zip(header._element.iter(f"{_WP}docPr"), header._element.iter(f"{_A}blip"), strict=True)
    }


@pytest.mark.parametrize("name", ["Wapen van de stad", "Beeld 1"])
def test_a_picture_is_replaced_by_its_alt_text_or_name_in_word_and_another_stays(tmp_path, name):
    call = with_replacing(tmp_path / "call", REPLACING.replace("Wapen van de stad", name))
    assert told(call) == []
    for paper in preview(call, tmp_path / "made"):
        assert pictured(paper) == {"Wapen van de stad": png(99), "Een ander wapen": png(8)}


def test_another_picture_to_come_in_the_place_counts_at_once(tmp_path):
    call = with_replacing(tmp_path / "call")
    preview(call, tmp_path / "een")
    (templates(call) / "wapen.png").write_bytes(png(100) + b" ")
    (paper, *_others) = preview(call, tmp_path / "twee")
    assert pictured(paper)["Wapen van de stad"] == png(100) + b" "


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Wapen van de stad", "Wapen van de stat", "«Wapen van de stat». Bedoelde u «Wapen van de stad»?"),
        ('file = "wapen.png"', 'file = "wapn.png"', "«wapn.png» bestaat niet. Bedoelde u «wapen.png»?"),
        ('file = "wapen.png"\n', "", "welk bestand in de plaats komt"),
        ('file = "wapen.png"', 'file = "voorwaarden.pdf"', "een bestand .png in het sjabloon"),
        ('key = "wapen"', 'key = "wapen"\nwidth = 30', "houdt maat"),
        ('key = "wapen"', OTHER + 'key = "wapen"', "vervangt hetzelfde bestand als de invoeging «zegel»"),
    ],
)
def test_a_faulty_replacement_is_told_once_with_what_to_do(tmp_path, old, new, says):
    assert old in REPLACING
    (fault,) = told(with_replacing(tmp_path, REPLACING.replace(old, new)))
    assert "invoeging.wapen." in fault
    assert says in fault


def test_a_file_that_is_not_what_its_name_says_never_comes_in_the_place_of_a_picture(tmp_path):
    call = with_replacing(tmp_path)
    (templates(call) / "wapen.png").write_bytes(b"\xff\xd8\xff\xe0")
    (fault,) = told(call)
    assert "«wapen.png» is geen bestand .png" in fault


def test_a_name_of_two_pictures_that_differ_replaces_neither(tmp_path):
    call = with_replacing(tmp_path, REPLACING.replace("Wapen van de stad", "image.png"))
    (fault,) = told(call)
    assert "2 verschillende afbeeldingen" in fault


def test_what_replaces_a_picture_is_no_name_to_print(tmp_path):
    call = with_replacing(tmp_path)
    letter = Document(templates(call) / "toekenning.docx")
    letter.add_paragraph("{{ wapen }}")
    letter.save(templates(call) / "toekenning.docx")
    (fault,) = told(call)
    assert "wapen" in fault


def test_a_letter_with_a_picture_replaced_is_still_filled_by_its_compiled_template(tmp_path):
    call = load(with_replacing(tmp_path))
    assert template.read(call.templates / "toekenning.docx", objects_of(call)).by_docxtpl == frozenset()


def test_no_paper_is_made_when_what_is_to_be_replaced_is_gone(tmp_path):
    call = load(with_replacing(tmp_path, REPLACING.replace("Wapen van", "Zegel van")))
    with pytest.raises(DefinitionError, match="Geen enkel sjabloon"):
        objects_of(call)
