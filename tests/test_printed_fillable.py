"""A fillable form that somebody printed: what was filled in is a part of the pages, and the fields are gone."""

from __future__ import annotations

import functools
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import library
from pipeline.blank import write_pdf
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.fill_pdf import by_pdfium, by_pypdf, flattened
from tests.random_answers import PRINTABLE, Maker
from tests.test_roundtrip import collapsed, differences, expected

CALL = library.load("wijkverbeteringscontract")
MOST_DOUBTFUL = 0.05


@functools.cache
def blank(key: str) -> bytes:
    return write_pdf(CALL.forms[key], CALL)


def by_poppler(data: bytes, folder: Path) -> bytes:
    (folder / "vol.pdf").write_bytes(data)
    subprocess.run(["pdftocairo", "-pdf", folder / "vol.pdf", folder / "plat.pdf"], check=True, capture_output=True)
    return (folder / "plat.pdf").read_bytes()


def by_ghostscript(data: bytes, folder: Path) -> bytes:
    (folder / "vol.pdf").write_bytes(data)
    options = ["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", folder / "plat.pdf"]
    subprocess.run(["gs", *options, folder / "vol.pdf"], check=True, capture_output=True)
    return (folder / "plat.pdf").read_bytes()


PRINTERS = [
    pytest.param(lambda data, _folder: flattened(data), id="pdfium"),
    pytest.param(by_poppler, id="poppler", marks=pytest.mark.requires_poppler),
    pytest.param(by_ghostscript, id="Ghostscript", marks=pytest.mark.requires_ghostscript),
]


def answers_for(key, seed):
    form = CALL.forms[key]
    made = Maker(seed, CALL, pieces=PRINTABLE, longest=40).form(form)
    tables = {field.key: max(field.blank_rows, field.min_rows) for field in form.fields() if field.columns}
    return {name: value[: tables[name]] if name in tables else value for name, value in made.items()}


def same(one, other):
    return collapsed(one) == collapsed(other)


@pytest.mark.parametrize("printer", PRINTERS)
def test_random_answers_come_back_from_a_print_or_are_said_to_be_doubtful(printer, tmp_path):
    asked = doubtful = 0
    for key, seeds in (("aanvraag", (400,)), ("vergadering", (403, 404))):
        for seed in seeds:
            answers = answers_for(key, seed)
            data = printer(by_pdfium(blank(key), CALL.forms[key], answers), tmp_path)
            wrong, unsure = differences(CALL.forms[key], answers, data, "f.pdf", same)
            assert [each for each in wrong if each[1] is not None] == [], (key, seed)
            doubtful += unsure
            asked += sum(value is not None for value in expected(CALL.forms[key], answers).values())
    assert doubtful <= MOST_DOUBTFUL * asked


@pytest.mark.parametrize("filler", [by_pypdf, by_pdfium])
@pytest.mark.parametrize("printer", PRINTERS)
def test_an_answer_that_fills_its_field_to_the_rim_is_doubtful(filler, printer, tmp_path):
    long = "Begin " + " ".join(f"woord{number}" for number in range(60)) + " einde"
    given = {"adres": long, "gevraagde_subsidie": Decimal("1125000.00"), "titel": "Een titel"}
    answers = extract(
        read(printer(filler(blank("aanvraag"), CALL.form, given), tmp_path), "f.pdf"), CALL.form, CALL
    ).answers
    assert answers["adres"].state is State.DOUBTFUL
    assert "afgesneden" in answers["adres"].problem
    assert answers["titel"].state is State.GIVEN
    assert answers["gevraagde_subsidie"].value == Decimal("1125000.00")


@pytest.mark.parametrize("filler", [by_pypdf, by_pdfium])
@pytest.mark.parametrize("printer", PRINTERS)
def test_lines_that_do_not_fit_are_missed_and_never_silently(filler, printer, tmp_path):
    lines = "\n".join(f"Regel {number} van een lang antwoord." for number in range(60))
    given = {"kwantitatieve_analyse": lines}
    answers = extract(
        read(printer(filler(blank("aanvraag"), CALL.form, given), tmp_path), "f.pdf"), CALL.form, CALL
    ).answers
    assert answers["kwantitatieve_analyse"].state is State.DOUBTFUL
    assert "afgesneden" in answers["kwantitatieve_analyse"].problem
