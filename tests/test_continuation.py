"""Continuation sheets: a submission with more rows than the form has room for, as one form."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import library
from pipeline.blank import write_continuation, write_pdf
from pipeline.dossier import Role, State
from pipeline.errors import Reason, Unreadable
from pipeline.intake import ToRead, choose
from pipeline.write import sha256
from tests.fill_pdf import by_pdfium, by_pikepdf, by_pypdf
from tests.mail_files import mail

CALL = library.load("wijkverbeteringscontract")
FORM = CALL.form


def sheet(rows, first, filler=by_pikepdf, **others):
    """Fill the continuation sheet with rows of the budget, from its first row."""
    numbered = [{}] * (first - 1) + rows
    return filler(write_continuation(FORM, CALL), FORM, {"begroting": numbered, **others})


def form(rows, filler=by_pikepdf, **others):
    return filler(write_pdf(FORM, CALL), FORM, {"begroting": rows, **others})


def budget(*amounts):
    return [{"actie": "A1", "jaar": 2022, "bedrag": Decimal(amount)} for amount in amounts]


def chosen(folder: Path, **files: bytes):
    made = []
    for name, data in files.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        made.append(ToRead(path.name, path, sha256(data)))
    return choose(CALL, made)


def amounts(extraction):
    return [row.cells["bedrag"].value for row in extraction.answers["begroting"].rows]


@pytest.mark.parametrize("filler", [by_pikepdf, by_pypdf, by_pdfium])
def test_the_rows_of_a_continuation_sheet_follow_those_of_the_form(tmp_path, filler):
    rows = budget("1", "2", "3", "4", "5", "6", "7", "8")
    more = sheet(budget("9", "10"), 9, filler, gemeente="Gent")
    got = chosen(tmp_path, aanvraag=form(rows, filler, gemeente="Gent"), vervolg=more)
    answer = got.extraction.answers["begroting"]
    assert answer.state is State.GIVEN
    assert amounts(got.extraction) == [Decimal(number) for number in range(1, 11)]
    assert [row.number for row in answer.rows] == list(range(1, 11))
    assert answer.rows[8].cells["bedrag"].location.source == "vervolg.pdf"
    assert answer.rows[8].cells["bedrag"].location.control == "begroting.9.bedrag"
    assert got.extraction.source.name == "aanvraag.pdf"
    assert [(a.name, a.role) for a in got.attachments] == [("vervolg.pdf", Role.CONTINUATION)]
    assert "Rijen uit het vervolgblad «vervolg.pdf»: 2 in «Begroting»." in got.extraction.notes


def test_two_copies_of_the_sheet_follow_in_the_order_of_their_names(tmp_path):
    files = {
        "vervolg-1": sheet(budget("9"), 9),
        "vervolg-2": sheet(budget("10"), 9),
        "wvc": form(budget("1")),
    }
    assert amounts(chosen(tmp_path, **files).extraction) == [Decimal(1), Decimal(9), Decimal(10)]


def test_the_rows_of_a_sheet_of_another_applicant_are_doubtful(tmp_path):
    got = chosen(tmp_path, a=form(budget("1"), gemeente="Gent"), b=sheet(budget("9"), 9, gemeente="Aalst")).extraction
    answer = got.answers["begroting"]
    assert answer.state is State.DOUBTFUL
    assert answer.problem == "Het vervolgblad «b.pdf» noemt «Aalst» bij «Naam lokaal bestuur», het formulier niet."
    assert got.answers["gemeente"].value == "Gent"


def test_an_empty_sheet_adds_nothing_and_says_so(tmp_path):
    got = chosen(tmp_path, a=form(budget("1")), b=write_continuation(FORM, CALL)).extraction
    assert amounts(got) == [Decimal(1)]
    assert "Rijen uit het vervolgblad «b.pdf»: geen." in got.notes


def test_a_sheet_fills_a_table_that_the_form_left_empty(tmp_path):
    got = chosen(tmp_path, a=form([]), b=sheet(budget("9"), 9)).extraction
    assert got.answers["begroting"].state is State.GIVEN
    assert amounts(got) == [Decimal(9)]


def test_a_sheet_without_its_form_is_no_dossier(tmp_path):
    with pytest.raises(Unreadable) as caught:
        chosen(tmp_path, b=sheet(budget("9"), 9))
    assert caught.value.reason is Reason.NOT_A_FORM
    assert "vervolgblad" in caught.value.detail


def test_a_sheet_that_was_made_a_part_of_its_pages_is_known_by_its_title(tmp_path):
    flat = by_pdfium(write_continuation(FORM, CALL), FORM, {"begroting": [{}] * 8 + budget("9")}, flat=True)
    got = chosen(tmp_path, a=form(budget("1")), b=flat).extraction
    assert amounts(got) == [Decimal(1), Decimal(9)]


def test_a_sheet_that_came_twice_under_two_names_adds_its_rows_once(tmp_path):
    more = sheet(budget("9"), 9)
    got = chosen(tmp_path, a=form(budget("1")), b=more, c=more)
    assert amounts(got.extraction) == [Decimal(1), Decimal(9)]
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(("aanvraag.pdf", form(budget("1"))), ("vervolg.pdf", more)).as_bytes())
    saved = ToRead("vervolgblad.pdf", tmp_path / "b.pdf", sha256(more))
    got = choose(CALL, (ToRead(path.name, path, sha256(path.read_bytes())), saved))
    assert amounts(got.extraction) == [Decimal(1), Decimal(9)]
    assert got.extraction.answers["begroting"].rows[1].cells["bedrag"].location.source == "mail.eml/vervolg.pdf"
