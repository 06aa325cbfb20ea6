"""Titles of rows that are a sentence in an answer, and rows that go on under their number again."""

import pytest

from tests.test_extract import DOUBTFUL, GIVEN, Typed, rows

ONE = "Actie 1", "Titel: Wijkpunt", "Omschrijving: Een."
TWO = "Actie 2", "Titel: Regisseurs", "Omschrijving: Twee."
SENTENCE = "Actie 2: Regisseurs, sluit aan."


def actions(*lines):
    return Typed().head("E. Maatregelen en acties").head("Acties", 2).say(*lines).extract().answers["acties"].rows


def tables(*made):
    typed = Typed().head("E. Maatregelen en acties").head("Acties", 2)
    for table in made:
        typed.table(*table).say("")
    return typed.extract()


@pytest.mark.parametrize("after", [(), TWO])
def test_a_sentence_that_names_a_row_cuts_no_answer_and_opens_no_row(after):
    """The answer ended before it, given."""
    first, *others = actions(*ONE, SENTENCE, "Nog meer.", *after)
    cell = first.cells["omschrijving"]
    assert (cell.text, cell.state) == (f"Een.\n{SENTENCE}\nNog meer.", DOUBTFUL)
    assert [row.cells["titel"].value for row in others] == ["Regisseurs"] * bool(after)


def test_two_sentences_that_name_rows_cut_no_answer():
    (first,) = actions(*ONE, SENTENCE, "Actie 3: Plein, ook.", "Nog meer.")
    cell = first.cells["omschrijving"]
    assert (cell.text, cell.state) == (f"Een.\n{SENTENCE}\nActie 3: Plein, ook.\nNog meer.", DOUBTFUL)


def test_the_questions_after_a_sentence_that_names_a_row_are_those_of_its_own_row():
    first, second = actions(*ONE, SENTENCE, "Trekker: Jan", *TWO)
    assert (first.cells["trekker"].value, first.cells["trekker"].state) == ("Jan", GIVEN)
    assert (second.cells["titel"].value, second.cells["titel"].state) == ("Regisseurs", GIVEN)


def test_what_may_be_a_sentence_or_a_row_is_both_doubtful():
    first, second = actions(*ONE, "Actie 2: Regisseurs sluiten", "hierop aan.")
    cell = first.cells["omschrijving"]
    assert (cell.text, cell.state) == ("Een.\nActie 2: Regisseurs sluiten\nhierop aan.", DOUBTFUL)
    assert {cell.state for cell in second.cells.values()} & {GIVEN} == set()


def test_a_sentence_that_names_a_row_in_the_answer_to_another_question_cuts_it_not():
    typed = Typed().head("E. Maatregelen en acties").head("Verantwoording maatwerk", 2)
    typed.say("Een zin.", SENTENCE, "Nog een.").head("Acties", 2).say(*ONE, *TWO)
    extraction = typed.extract()
    answer = extraction.answers["maatwerk"]
    assert (answer.text, answer.state) == (f"Een zin.\n{SENTENCE}\nNog een.", DOUBTFUL)
    assert rows(extraction, "acties") == [
        {"titel": "Wijkpunt", "omschrijving": "Een."},
        {"titel": "Regisseurs", "omschrijving": "Twee."},
    ]


def test_rows_with_nothing_but_a_title_stay_rows():
    first, second = actions("Actie 1: Wijkpunt.", "Actie 2: Regisseurs.")
    assert [row.cells["id"].state for row in (first, second)] == [DOUBTFUL, DOUBTFUL]


@pytest.mark.parametrize("title", ["Actie 1 (vervolg)", "Actie 1 - vervolg", "Actie 1", "Actie 1 (vervolg van blad 1)"])
def test_a_row_that_goes_on_under_its_number_is_one_row(title):
    extraction = tables([["Actie 1"], ["Titel", "Wijkpunt"], ["Omschrijving", "Een."]], [[title], ["Trekker", "Jan"]])
    assert rows(extraction, "acties") == [{"titel": "Wijkpunt", "omschrijving": "Een.", "trekker": "Jan"}]


def test_a_row_that_goes_on_with_a_question_that_it_has_answered_is_doubtful_there():
    made = (
        [["Actie 1"], ["Titel", "Wijkpunt"], ["Omschrijving", "Een."]],
        [["Actie 1 (vervolg)"], ["Omschrijving", "Twee."]],
    )
    extraction = tables(*made)
    (row,) = extraction.answers["acties"].rows
    assert (row.cells["titel"].state, row.cells["omschrijving"].state) == (GIVEN, DOUBTFUL)
    assert any("«Twee.»" in note for note in extraction.notes)


def test_two_rows_with_one_number_and_the_same_questions_stay_two():
    extraction = tables([["Actie 1"], ["Titel", "Wijkpunt"]], [["Actie 1"], ["Titel", "Regisseurs"]])
    assert rows(extraction, "acties") == [{"titel": "Wijkpunt"}, {"titel": "Regisseurs"}]


def test_a_row_that_goes_on_under_another_number_is_doubtful():
    extraction = tables([["Actie 1"], ["Titel", "Wijkpunt"]], [["Actie 2 (vervolg)"], ["Omschrijving", "Twee."]])
    second = extraction.answers["acties"].rows[1]
    assert second.cells["omschrijving"].state is DOUBTFUL


@pytest.mark.parametrize("number", ["1 (vervolg)", "1. vervolg", "(vervolg)"])
def test_a_row_of_a_grid_that_goes_on_under_its_number_is_one_row(number):
    header, one = ["Nr.", "Titel", "Omschrijving", "Trekker"], ["1", "Wijkpunt", "Een.", ""]
    extraction = tables([header, one, [number, "", "", "Jan"]])
    assert rows(extraction, "acties") == [{"titel": "Wijkpunt", "omschrijving": "Een.", "trekker": "Jan"}]
    assert not any("vervolg" in note for note in extraction.notes)


def test_a_row_of_a_grid_that_goes_on_in_a_filled_cell_is_doubtful_there_with_the_whole_text():
    header, one = ["Nummer actie", "Titel", "Omschrijving"], ["A1", "Wijkpunt", "Een."]
    (row,) = tables([header, one, ["A1 (vervolg)", "", "Twee."]]).answers["acties"].rows
    assert (row.cells["id"].text, row.cells["id"].state, row.cells["titel"].state) == ("A1", GIVEN, GIVEN)
    assert (row.cells["omschrijving"].text, row.cells["omschrijving"].state) == ("Een.\nTwee.", DOUBTFUL)


def test_two_rows_of_which_the_second_is_called_a_sequel_stay_two():
    header, one = ["Nr.", "Titel", "Omschrijving"], ["1", "Wijkpunt", "Een."]
    extraction = tables([header, one, ["2", "Wijkpunt (vervolg)", "Twee."]])
    assert [row["titel"] for row in rows(extraction, "acties")] == ["Wijkpunt", "Wijkpunt (vervolg)"]


def test_a_row_within_the_last_cell_of_the_row_above_makes_its_answer_doubtful():
    """The rest of the table was given as the answer to its last question."""
    first = "Titel: Wijkpunt", "Omschrijving: Een."
    extraction = tables([["Actie 1"], [(*first, "Actie 2", "Titel: Regisseurs", "Omschrijving: Twee.")]])
    (row,) = extraction.answers["acties"].rows
    cell = row.cells["omschrijving"]
    assert (row.cells["titel"].state, row.cells["titel"].value) == (GIVEN, "Wijkpunt")
    assert (cell.text, cell.state) == ("Een.\nActie 2\nTitel: Regisseurs\nOmschrijving: Twee.", DOUBTFUL)


def test_a_misspelt_question_within_a_cell_makes_the_answer_above_it_doubtful():
    """Its label and answer were given with the one above."""
    (row,) = tables([["Actie 1"], [("Titel: Wijkpunt", "Tekker: Jan", "Omschrijving: Een.")]]).answers["acties"].rows
    assert (row.cells["titel"].text, row.cells["titel"].state) == ("Wijkpunt\nTekker: Jan", DOUBTFUL)
    assert (row.cells["omschrijving"].value, row.cells["omschrijving"].state) == ("Een.", GIVEN)
