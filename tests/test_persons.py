"""Where a form asks the name of one person, two names or one for another are doubtful."""

import pytest

from pipeline.extract.persons import not_one_person
from tests.test_extract import DOUBTFUL, GIVEN, Typed, call


@pytest.mark.parametrize(
    "text",
    [
        "Jan Fictief en An Voorbeeld",
        "Jan en An Voorbeeld",
        "Jan Fictief, burgemeester en An Voorbeeld, algemeen directeur",
        "Jan Fictief, An Voorbeeld",
        "Jan Fictief\nAn Voorbeeld",
        "J. Fictief / A. Voorbeeld",
        "Jan van den Broeck & An D'hondt",
        "Élodie Maes of Jan Fictief",
        "Jan Fictief namens An Voorbeeld",
        "Jan Fictief (i.o. An Voorbeeld)",
        "Jan Fictief, plaatsvervanger",
        "JAN FICTIEF EN AN VOORBEELD",
        "Jan Fictief - An Voorbeeld",
        "Jan Fictief – An De Smet",
        "Jan Fictief, schepen van Wonen en An Voorbeeld",
        "Jan Fictief p/o An Voorbeeld",
    ],
)
def test_two_people_in_one_place_are_doubtful(text):
    typed = Typed().head("N. Engagement en validatie").head("Ondertekenaars", 2)
    extraction = typed.table(["Voornaam en familienaam", "Functie"], [text, "burgemeester"]).extract()
    (row,) = extraction.answers["ondertekenaars"].rows
    assert (row.cells["naam"].state, row.cells["functie"].state) == (DOUBTFUL, GIVEN)
    assert row.cells["naam"].text == text


@pytest.mark.parametrize(
    "text",
    [
        "Jan Fictief",
        "Fictief, Jan",
        "Jan Fictief, burgemeester",
        "Jan van den Broeck",
        "An Maes-Peeters",
        "Jean-Pierre D'hondt",
        "Fatima El Ouali",
        "A.B. Peeters",
        "Ursula von der Beispiel",
        "Marie-Ange de 't Serclaes",
        "An Peeters - De Smet",
        "Van den Ende, Jan",
        "FICTIEF, JAN",
        "Jan Fictief, Algemeen Directeur",
        "Jan Fictief / Burgemeester",
        "Jan Fictief, Burgemeester en Voorzitter",
        "Jan Fictief, schepen van Ruimtelijke Ordening en Mobiliteit",
        "Jan Fictief (dienst R&D)",
    ],
)
def test_one_name_is_given(text):
    assert not_one_person(text) == ""


def test_a_question_that_asks_no_person_takes_two_names():
    typed = Typed().head("B. Voorstel").table(["Titel", "Jan en An aan Zee"])
    assert typed.extract().answers["titel"].state is GIVEN


def test_every_column_of_signatories_asks_one_person():
    (signatories,) = [field for field in call().form.fields() if field.key == "ondertekenaars"]
    assert signatories.column("naam").person
