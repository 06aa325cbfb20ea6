"""Fillable forms whose fields a program made a part of their pages: each answer is read once, wherever it stands."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pikepdf
import pypdf
import pytest

from pipeline import library
from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.readers import read
from tests.bench.variants import fields
from tests.bench.variants.fields import Deed
from tests.fill_pdf import flattened
from tests.test_read_fillable import blank
from tests.test_roundtrip import answered

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each letter that it cannot draw
CALL = library.load("wijkverbeteringscontract")
TYPED = {
    "dossiernummer": "WVC-2021-0007",
    "datum": "08/02/2024",
    "uur": "14.00-16.00 uur",
    "plaats": "Stadhuis, zaal 2",
    "voorzitter": "Anna Peeters",
    "leden.1.naam": "Bram Claes",
    "leden.1.functie": "schepen",
    "agendapunten.1.titel": "Goedkeuring verslag",
    "agendapunten.1.bespreking": "Het verslag van de vorige vergadering wordt overlopen. "
    "Er zijn geen opmerkingen van de aanwezigen, de stuurgroep keurt het goed.",
    "agendapunten.1.besluit": "Het verslag is goedgekeurd voor 12.500,50 euro.",
}


def by_pypdf(typed: dict[str, str], *, kept: bool) -> bytes:
    """Let pypdf draw the values on the pages; it leaves the fields there, unless they are taken out."""
    writer = pypdf.PdfWriter(io.BytesIO(blank("vergadering")))
    for page in writer.pages:
        writer.update_page_form_field_values(page, typed, auto_regenerate=False, flatten=True)
    if not kept:
        writer.remove_annotations(subtypes="/Widget")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def filled() -> bytes:
    return fields.by_pypdf(blank("vergadering"), [Deed(name, text) for name, text in TYPED.items()])


def by_qpdf() -> bytes:
    with pikepdf.open(io.BytesIO(filled())) as pdf:
        pdf.flatten_annotations()
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def by_pdf_lib() -> bytes:
    return (Path(__file__).parent / "files" / "vergadering-pdf-lib-plat.pdf").read_bytes()


WAYS = {
    "pypdf, fields kept": lambda: by_pypdf(TYPED, kept=True),
    "pypdf, fields taken out": lambda: by_pypdf(TYPED, kept=False),
    "qpdf": by_qpdf,
    "pdfium": lambda: flattened(filled()),
    "pdf-lib": by_pdf_lib,
}


def answers(data: bytes):
    return answered(extract(read(data, "plat.pdf", answers_only=True), CALL.forms["vergadering"], CALL))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_each_answer_of_a_flattened_form_is_read_once(way):
    found = answers(way())
    assert {key: " ".join(found[key].text.split()) for key in TYPED} == TYPED
    unsure = {key for key in TYPED if found[key].state is not State.GIVEN}
    assert unsure <= {"agendapunten.1.bespreking"}  # pdf-lib and pypdf draw it to the rim
    assert all("tot de rand" in found[key].problem for key in unsure)


def test_where_the_fields_are_kept_a_text_drawn_to_the_rim_is_that_of_its_field():
    found = answers(by_pypdf(TYPED, kept=True))
    assert {found[key].state for key in TYPED} == {State.GIVEN}


def test_a_page_that_was_printed_with_another_value_than_its_field_holds_is_doubtful():
    with pikepdf.open(io.BytesIO(by_pypdf(TYPED, kept=True))) as pdf:
        dict(fields.leaves(pdf))["plaats"].V = pikepdf.String("Stadhuis, zaal 3")
        made = io.BytesIO()
        pdf.save(made)
    found = answers(made.getvalue())["plaats"]
    assert found.state is State.DOUBTFUL
    assert "zaal 2" in found.problem


def test_a_word_that_a_program_draws_on_into_the_next_cell_makes_its_answer_doubtful():
    long = {"leden.1.organisatie": "Stad, dienst wijkontwikkelingsmaatschappij"}
    found = answers(by_pypdf(TYPED | long, kept=False))["leden.1.organisatie"]
    assert (found.state, "tot de rand" in found.problem) == (State.DOUBTFUL, True)
