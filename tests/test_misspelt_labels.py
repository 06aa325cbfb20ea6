"""Labels with a typing error, next to answers that have the words of a label."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.test_extract import DOUBTFUL, EMPTY, LOST, Typed, given, rows, values


def test_a_row_of_misspelt_labels_is_no_answer_to_the_labels_above_it():
    extraction = (
        Typed("Verslag van de stuurgroep")
        .head("Financiën en vervolg")
        .table(
            ["Waarvan besteed aan kleinschalige infrastructuur", "73.848,99", "Datum van de volgende vergadering", ""],
            ["Is dit versalg goedgekeurd?", "", "Goedgekeuurd op", "18/02/2021"],
        )
        .extract("vergadering")
    )
    assert values(extraction) == {
        "besteed_infrastructuur": Decimal("73848.99"),
        "goedgekeurd_op": dt.date(2021, 2, 18),
    }
    assert {extraction.answers[name].state for name in ("volgende_vergadering", "goedgekeurd")} == {EMPTY}


def test_a_choice_beside_a_misspelt_label_is_no_label_though_another_question_has_its_words():
    extraction = (
        Typed()
        .head("J. Partners")
        .head("Stakeholders en hun engagement", 2)
        .table(
            ["Stakeholder 1"],
            ["Naam", "Buurthuis"],
            ["Type", "Bewoners"],
            ["Rol", "Verhalen"],
            ["Engagement", ""],
            ["Staatus van het engagement", "gewenst engagement"],
        )
        .extract()
    )
    (row,) = extraction.answers["stakeholders"].rows
    assert rows(extraction, "stakeholders")[0]["status"] == "gewenst"
    assert row.cells["engagement"].state is EMPTY


def test_an_answer_that_is_like_a_label_that_is_nowhere_is_not_silently_that_label():
    extraction = Typed().head("B. Voorstel").table(["Titel", "Einddatun", "Startdatum", "1/1/2022"]).extract()
    assert extraction.answers["titel"].state is DOUBTFUL
    assert extraction.answers["einddatum"].state is LOST


@pytest.mark.parametrize(
    ("sentence", "label", "sure"),
    [
        ("Er kwamen cijfers bij: zie de tabel. Een oude wijk: dat is het.", "Statistische sectoren", True),
        ("Een oude wijk: dat is het.", "statistische sectoren", False),  # a file without capitals
        ("Een oude buurt. Wijk: Dok.", "Statistische sectoren", False),
        ("wijk: Dok.", "Statistische sectoren", False),
    ],
)
def test_a_word_inside_a_sentence_is_no_label_where_each_label_has_a_capital(sentence: str, label: str, sure: bool):
    typed = Typed().head("C. Wijk")
    for other in ("Kaart", "Andere grond: welke?", "Verschillen met aangrenzende wijken"):
        typed.table([other if sure or label[0].isupper() else other.lower(), "Zie bijlage"])
    extraction = typed.table([label, sentence]).extract()
    assert given(extraction, "statistische_sectoren") is sure
    assert extraction.answers["wijk_naam"].state is LOST


def test_a_misspelt_label_that_looks_like_the_title_of_a_section_begins_no_other_section():
    extraction = (
        Typed()
        .head("K. Planning, monitoring en evaluatie", 2)
        .head("Indicaoren :", 2)
        .table(["Indicator", "Bron"], ["Leegstand", "Eigen telling"])
        .extract()
    )
    (row,) = rows(extraction, "indicatoren")
    assert (row["indicator"], row["bron"]) == ("Leegstand", "Eigen telling")


def test_a_misspelt_title_of_a_table_that_is_there_is_no_doubtful_label_of_a_question_that_was_taken_out():
    extraction = (
        Typed()
        .head("K. Financieel")
        .head("Anddere subsidies (verplicht)", 2)
        .table(
            ["Programma", "Instantie", "Nummer actie", "Kostensoort", "Jaar", "Bedrag", "Status"],
            ["Buurtfonds", "Provincie", "A1", "Andere kosten", "2022", "€ 2.000", "Aangevraagd"],
        )
        .extract()
    )
    assert extraction.answers["andere_subsidies_aanwezig"].state is LOST
    assert rows(extraction, "andere_subsidies")[0]["programma"] == "Buurtfonds"


def test_a_title_in_other_words_over_an_answer_stays_a_doubtful_label():
    extraction = (
        Typed().head("K. Financieel").head("Andere subsidies voor deze acties aanwezig", 2).say("nee").extract()
    )
    assert extraction.answers["andere_subsidies_aanwezig"].state is DOUBTFUL


def test_a_question_left_open_is_no_first_half_of_the_label_beneath_it():
    extraction = (
        Typed()
        .head("I. Stakeholders en draagvlak")
        .head("Stakeholders", 2)
        .table(
            ["Stakeholder 1"],
            ["Naam :", "Buurthuis"],
            ["Functie :", ""],
            ["Vertegenwoordiger :", "Leen De Smet"],  # with the word above it this would be «Functie vertegenwoordiger»
        )
        .extract()
    )
    (row,) = extraction.answers["stakeholders"].rows
    assert rows(extraction, "stakeholders")[0]["vertegenwoordiger"] == "Leen De Smet"
    assert row.cells["vertegenwoordiger_functie"].state is EMPTY


def test_a_table_of_one_column_under_a_misspelt_title_belongs_to_that_title():
    typed = Typed().head("I. Stakeholders en draagvlak").head("Gevraaggde Vlaamse engagementen", 2)
    extraction = typed.table(["Beleidsdomein"], ["Zorg"], ["Sport"]).extract()
    assert [row["beleidsdomein"] for row in rows(extraction, "vlaamse_engagementen")] == ["Zorg", "Sport"]


def test_a_table_of_one_column_under_another_title_belongs_to_no_question():
    typed = Typed().head("I. Stakeholders en draagvlak").head("Gevolgen voor Vlaanderen", 2)
    extraction = typed.table(["Beleidsdomein"], ["Zorg"], ["Sport"]).extract()
    assert extraction.answers["vlaamse_engagementen"].state is LOST


def test_a_misspelt_question_in_the_table_of_a_card_is_that_question():
    """A print may show two tables as one: the question stood among the rows of the action, and was not found."""
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2).say("Actie 1")
    extraction = typed.table(
        ["Titel", "Plein"], ["Omschrijving", "Groen"], ["Kost", "100,00"], ["Verantwooring maatwerk", "Past"]
    ).extract()
    assert values(extraction, "maatwerk") == {"maatwerk": "Past"}
    assert [row["titel"] for row in rows(extraction, "acties")] == ["Plein"]
