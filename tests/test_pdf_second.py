"""The second opinion on doubtful line joints of a PDF."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pikepdf
import pytest

from pipeline.document import Paragraph, Table, paragraphs
from pipeline.library.load import load
from pipeline.readers import read
from pipeline.readers.pdf_second import second_opinion
from pipeline.resources import FORMS
from pipeline.values import FieldType
from tests.fill import fill
from tests.pdf_files import WordFile, printed

STRUCTURE = {"BDC", "BMC", "EMC", "DP", "MP"}


def unknown(chosen):
    """Give a word that stands nowhere else, so that no other word tells where it ends."""
    return "".join(chosen.choice("bdfghklmnprstvw") + chosen.choice("aeiou") for _ in range(chosen.randint(1, 8)))


def narrow():
    """Give the filled form, with a table of narrow cells, and what these say."""
    call = load("wijkverbeteringscontract")
    chosen = random.Random(5)
    field = call.form.field("kwetsbaarheidsindicatoren")
    answers = [
        {
            column.key: " ".join(["Er", *(unknown(chosen) for _ in range(7))])
            for column in field.columns
            if column.type is FieldType.TEXT
        }
        for _ in range(12)
    ]
    blank = (FORMS / "wijkverbeteringscontract" / "blanco" / "aanvraag.docx").read_bytes()
    return fill(blank, {field.key: answers}, call.form), [text for row in answers for text in row.values()]


def without_structure(data):
    """Give a tagged PDF as a print driver passes it on: the same page, the structure gone."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        del document.Root["/StructTreeRoot"]
        for page in document.pages:
            kept = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) not in STRUCTURE]
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        document.save(made)
    return made.getvalue()


def answers_of(data):
    """Give text and doubt of each cell that was filled in."""
    tables = [block for block in read(data, "formulier.pdf").blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row]
    return [(" ".join(cell.text.split()), cell.uncertain) for cell in cells if cell.text.startswith("Er ")]


@pytest.mark.requires_soffice
def test_a_space_that_is_printed_beyond_the_margin_settles_a_doubt(tmp_path):
    word, answers = narrow()
    unprinted = answers_of(printed(tmp_path, word, UseTaggedPDF=False))
    found = answers_of(without_structure(printed(tmp_path, word, UseTaggedPDF=True)))
    settled = [
        n for n, ((_one, doubt), (_other, left)) in enumerate(zip(unprinted, found, strict=True)) if doubt > left
    ]
    assert settled
    for answer, (text, doubt) in zip(answers, found, strict=True):
        assert doubt or text == answer


@pytest.mark.requires_soffice
def test_where_no_space_is_printed_the_doubt_stays(tmp_path):
    word, answers = narrow()
    found = answers_of(printed(tmp_path, word, UseTaggedPDF=False))
    assert len(found) == len(answers)
    assert any(doubt for _text, doubt in found)
    for answer, (text, doubt) in zip(answers, found, strict=True):
        assert doubt or text == answer


@pytest.fixture
def one_line(tmp_path):
    """Give a printed page and its one paragraph."""
    word = WordFile()
    word.line("Gevraagd wordt 851 euro voor het plein")
    data = printed(tmp_path, word.bytes())
    (paragraph,) = paragraphs(read(data, "brief.pdf").blocks)
    return data, paragraph


@pytest.mark.requires_soffice
def test_other_characters_than_the_first_reading_gave_are_a_doubt(one_line):
    data, paragraph = one_line
    wrong = replace(paragraph, text="Gevraagd wordt 857 euro voor het plein", lines=(paragraph.text.replace("1", "7"),))
    doubtful = replace(paragraph, location=replace(paragraph.location, paragraph=99))
    first, second = second_opinion((wrong, doubtful), {99}, data)
    assert isinstance(first, Paragraph)
    assert (first.text, first.uncertain) == (wrong.text, "een tweede lezing ziet hier andere tekens")
    assert second == doubtful


@pytest.mark.requires_soffice
def test_a_doubt_about_something_else_than_a_line_joint_stays(one_line):
    data, paragraph = one_line
    rows = replace(
        paragraph,
        lines=("Gevraagd wordt 851 euro", "voor het plein"),
        uncertain="misschien twee rijen",
        location=replace(paragraph.location, paragraph=2),
    )
    joint = replace(rows, uncertain="misschien afgebroken", location=replace(rows.location, paragraph=3))
    kept, settled = second_opinion((rows, joint), {3}, data)
    assert kept == rows
    assert isinstance(settled, Paragraph)
    assert (settled.text, settled.uncertain) == (paragraph.text, "")


@pytest.mark.requires_soffice
@pytest.mark.parametrize("rest", [b"", b"%PDF-1.7\nkapot", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>"])
def test_a_file_that_cannot_be_read_a_second_time_changes_nothing(one_line, rest):
    _data, paragraph = one_line
    assert second_opinion((paragraph,), {paragraph.location.paragraph}, rest) == (paragraph,)
