"""Previews: a template filled with made-up short, long and empty answers, from the definitions alone."""

from __future__ import annotations

import io

import pytest
from docx import Document

from pipeline import commands
from pipeline.library import load
from pipeline.lint.preview import previews
from pipeline.renderers.marking import marked
from tests.call_copies import SECOND_CALL, change, copy_call, templates
from tests.template_files import part, rows, template
from tests.word_files import p

MARK = "Fictief voorbeeld: verzonnen antwoorden, geen echt dossier."


@pytest.fixture
def call(tmp_path):
    made = copy_call(tmp_path)
    body = p("Buurt: {{ buurt }}") + p("{{ aanleiding }}") + p("{{ bijdrage|euro }}")
    table = rows(["Wat"], ["{%tr for i in ingrepen %}"], ["{{ i.wat }}"], ["{%tr endfor %}"])
    signing = rows(["{{ handtekening.stad }}"], ["{{ handtekening.diensthoofd }}"])
    (templates(made) / "toekenning.docx").write_bytes(template(body + table + signing))
    return made


def preview(call, key):
    loaded = load(call)
    return previews(loaded, next(paper for paper in loaded.papers if paper.key == key))


def test_short_long_and_empty_answers_fill_the_template(call):
    short, long, empty = (Document(io.BytesIO(made.content)) for made in preview(call, "toekenning"))
    assert [paragraph.text for paragraph in short.paragraphs] == ["Buurt: Voorbeeld", "Voorbeeld", "€\u00a01,00"]
    assert [len(document.tables[0].rows) for document in (short, long, empty)] == [2, 13, 2]
    assert empty.tables[0].rows[1].cells[0].text == "[ontbreekt: Ingrepen: Wat gebeurt er]"
    neighbourhood, reason, amount = (paragraph.text for paragraph in long.paragraphs)
    assert "«Naam van de buurt»" in neighbourhood
    assert len(neighbourhood) == len("Buurt: ") + 80, "as long as the form allows"
    assert reason.count("\n") > 4
    assert amount == "€\u00a0123.456.789,99"
    assert [paragraph.text for paragraph in empty.paragraphs] == [
        "Buurt: [ontbreekt: Naam van de buurt]",
        "[ontbreekt: Waarom deze buurt]",
        "[ontbreekt: Gevraagde bijdrage]",
    ]


PAPERS = [(call, paper.key) for call in ("wijkverbeteringscontract", SECOND_CALL) for paper in load(call).papers]


@pytest.mark.parametrize(("call", "key"), PAPERS, ids=[key for _call, key in PAPERS])
def test_every_paper_of_every_call_has_three_previews_marked_in_every_header(call, key):
    made = preview(call, key)
    assert [each.name for each in made] == [f"{key} ({size})" for size in ("kort", "lang", "leeg")]
    for each in made:
        for section in Document(io.BytesIO(each.content)).sections:
            assert section.header.paragraphs[0].text == MARK, each.name


def test_a_paper_for_rows_that_no_made_up_answer_has_is_made_for_a_row_of_its_table(call):
    change(call, "templates/documenten.toml", 'each = "metingen"', "each = \"metingen|where('wie', 'niemand')\"")
    assert len(preview(call, "meetafspraak")) == 3


def test_a_paper_that_no_dossier_gets_has_a_preview_too(call):
    change(call, "templates/documenten.toml", 'key = "toekenning"', 'key = "toekenning"\nwhen = "false"')
    assert len(preview(call, "toekenning")) == 3


def test_the_same_template_gives_the_same_bytes(call):
    assert preview(call, "toekenning") == preview(call, "toekenning")


def test_a_first_page_with_a_header_of_its_own_is_marked_too():
    document = Document(io.BytesIO(template(p("Een."), header1=part("hdr", p("Kop")))))
    document.sections[0].different_first_page_header_footer = True
    made = io.BytesIO()
    document.save(made)
    (section,) = Document(io.BytesIO(marked(made.getvalue(), MARK))).sections
    assert section.first_page_header.paragraphs[0].text == MARK
    assert section.header.paragraphs[0].text == MARK


def test_the_verb_writes_the_three_files(call, tmp_path, capfd):
    code = commands.run(["render", "--preview", "toekenning", "--call", str(call), "--to", str(tmp_path / "proef")])
    assert code == 0
    names = ["toekenning (kort).docx", "toekenning (lang).docx", "toekenning (leeg).docx"]
    assert capfd.readouterr().out.splitlines() == [str(tmp_path / "proef" / name) for name in names]
    assert sorted(path.name for path in (tmp_path / "proef").iterdir()) == names


@pytest.mark.requires_soffice
def test_a_preview_that_cannot_be_printed_is_told_and_the_others_are_made(call, tmp_path, capfd):
    document = Document(io.BytesIO((templates(call) / "toekenning.docx").read_bytes()))
    document.core_properties.title = "{% if buurt is given %}Toekenning{% endif %}"
    document.save(str(templates(call) / "toekenning.docx"))
    to = tmp_path / "proef"
    arguments = ["--preview", "toekenning", "--call", str(call), "--to", str(to), "--format", "pdf"]
    assert commands.run(["render", *arguments]) == 3
    assert sorted(path.name for path in to.iterdir()) == ["toekenning (kort).pdf", "toekenning (lang).pdf"]
    assert "toekenning (leeg): niet gemaakt. De pdf heeft geen titel." in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--preview", "toekening"], "Bedoelde u «toekenning»?"),
        (["--preview", "KLIMA-001-22", "toekenning"], "geef alleen het document"),
        (["KLIMA-001-22"], "Geef na het dossier ook het document"),
        (["--preview"], "Geef een dossier en een document, of --preview en een document."),
    ],
)
def test_what_cannot_be_previewed_is_told_with_what_to_type(call, capfd, arguments, said):
    assert commands.run(["render", *arguments, "--call", str(call)]) == 2
    assert said in capfd.readouterr().err


def test_a_fault_in_the_template_is_told_with_its_place(call, capfd):
    (templates(call) / "toekenning.docx").write_bytes(template(p("{% if stad %}") + p("{{ burt }}")))
    assert commands.run(["render", "--preview", "toekenning", "--call", str(call)]) == 5
    said = capfd.readouterr().err
    assert "toekenning.docx: word/document.xml: «{% if stad %}» (alinea 1): SJB-03" in said
    assert "toekenning.docx: word/document.xml: «{{ burt }}» (alinea 2): SJB-01" in said
