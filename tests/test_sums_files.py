"""Sums through the whole work: real prints and scans, what an official corrects, what a supplement says."""

import json

import pytest

from pipeline import commands
from pipeline.dossier import State
from pipeline.extract import extract, hold_sums
from pipeline.library import load
from pipeline.readers import read
from tests.inbox import proposal
from tests.pdf_files import WordFile, printed
from tests.scan_files import Scanner, as_pdf
from tests.supplements import NUMBER, Desk
from tests.test_sums import with_sum

COST = {"ingrepen.1.raming", "ingrepen.2.raming", "bijdrage", "eigen_deel"}
"""All amounts of the sum: 40.000 + 20.000 = 42.000 + 18.000."""


@pytest.fixture
def desk(tmp_path, capsys):
    made = Desk(tmp_path, capsys, str(with_sum(tmp_path / "call")))
    made.inbox.mkdir()
    return made


def print_of(folder, **changes):
    """Give a proposal as LibreOffice prints it: no fields, no tags."""
    return printed(folder, proposal(**changes), UseTaggedPDF=False, ExportFormFields=False)


def doubtful(desk):
    """Give the doubtful answers of the dossier and their reasons."""
    answers = desk.dossier()["answers"]
    cells = {
        f"{name}.{number}.{key}": cell
        for name, answer in answers.items()
        for number, row in enumerate(answer.get("rows", ()), 1)
        for key, cell in row.items()
    }
    return {name: each["problem"] for name, each in {**answers, **cells}.items() if each["state"] == "doubtful"}


def test_a_print_in_which_the_sum_holds_is_complete(desk, tmp_path):
    desk.receive("gent.pdf", print_of(tmp_path), "2022-03-01T09:00:00+01:00")
    desk.run()
    assert doubtful(desk) == {}


def test_a_print_in_which_the_sum_fails_by_a_cent_is_settled_by_one_correction(desk, tmp_path):
    desk.receive("gent.pdf", print_of(tmp_path, bijdrage="42.000,01"), "2022-03-01T09:00:00+01:00")
    code, _out, _err = desk.run()
    assert doubtful(desk).keys() == COST
    assert "€\u00a060.000,00 tegenover €\u00a060.000,01" in doubtful(desk)["bijdrage"]
    code, out, err = desk.act("correct", NUMBER, "bijdrage", "42.000,00")
    assert code == 0, out + err
    assert doubtful(desk) == {}
    desk.run("2022-04-11")
    assert doubtful(desk) == {}


def test_one_answer_of_the_applicant_settles_the_others_too(desk, tmp_path):
    desk.receive("gent.pdf", print_of(tmp_path, bijdrage="42.000,01"), "2022-03-01T09:00:00+01:00")
    desk.run("2022-04-01")
    code, out, err = desk.ask()
    assert code == 0, out + err
    desk.receive("aanvulling.docx", desk.filled({"bijdrage": "42.000"}), "2022-04-04T09:00:00+02:00")
    desk.run("2022-04-05")
    assert doubtful(desk) == {}
    assert desk.dossier()["answers"]["bijdrage"]["value"] == "42000.00"


def test_a_word_file_in_which_the_sum_fails_has_no_doubtful_amount(desk):
    desk.receive("gent.docx", proposal(bijdrage="42.000,01"), "2022-03-01T09:00:00+01:00")
    desk.run()
    assert doubtful(desk) == {}


def test_check_and_extract_hold_sums_as_a_run_does(desk, tmp_path, capsys):
    file = tmp_path / "gent.pdf"
    file.write_bytes(print_of(tmp_path, bijdrage="42.000,01"))
    assert commands.run(["extract", str(file), "--call", desk.call]) == 0
    assert "tegenover €\u00a060.000,01; zie na" in capsys.readouterr().out
    assert commands.run(["check", str(file), "--call", desk.call, "--date", "2022-04-01", "--format", "json"]) == 3
    findings = json.loads(capsys.readouterr().out)["submissions"][0]["findings"]
    assert [each["outcome"] for each in findings if each["code"] == "GELD-1"] == ["not_judged"]


@pytest.mark.requires_tesseract
def test_a_scan_of_a_budget_that_does_not_add_up_doubts_what_nothing_confirms(tmp_path):
    word = WordFile()
    word.line("M. Financieel", "Heading 1")
    word.line("Begroting", "Heading 2")
    budget = [
        ["A1", "2022", "Personeel", "75.000,00", "60.000,00"],
        ["A2", "2022", "Werking", "25.000,00", "20.000,00"],
    ]
    head = ["Actie", "Jaar", "Kostensoort", "Bedrag", "Waarvan subsidie"]
    word.table([head, *budget], [3.0, 2.0, 4.0, 4.0, 4.0], header=True)
    word.line("Financieringsbronnen", "Heading 2")
    sources = [
        ["Vlaanderen", "Gevraagde subsidie", "80.000,00", "Aangevraagd"],
        ["Stad", "Eigen bestuur", "20.000,01", "Verworven"],
    ]
    word.table([["Bron", "Type bron", "Bedrag", "Status"], *sources], [4.0, 5.0, 4.0, 4.0], header=True)
    call = load("wijkverbeteringscontract")
    scan = as_pdf(Scanner().scan(printed(tmp_path, word.bytes())))
    extraction = extract(read(scan, "scan.pdf"), call.form, call)
    assert extraction.inexact == ("scan.pdf",)
    held = hold_sums(call.form, extraction.answers, extraction.inexact)
    for name, column in (("begroting", "bedrag"), ("financieringsbronnen", "bedrag")):
        assert [row.cells[column].state for row in extraction.answers[name].rows] == [State.GIVEN] * 2
        for row in held[name].rows:
            assert row.cells[column].state is State.DOUBTFUL
            assert "€\u00a0100.000,01 tegenover €\u00a0100.000,00" in row.cells[column].problem
