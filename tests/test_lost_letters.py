"""A question mark in the place of a letter makes a text doubtful; one that somebody typed does not."""

import pytest

from pipeline.extract import extract
from pipeline.extract.lost_letters import lost_letter
from pipeline.readers import read
from tests.pdf_files import Drawn
from tests.test_extract import DOUBTFUL, GIVEN, Typed, call


def printed(text):
    made = Drawn().text(45, 80, "B. Voorstel", size=14, font="Helvetica-Bold").grid([40, 200, 560], [100, 130])
    made.text(45, 120, "Titel").text(205, 120, text)
    return extract(read(made.bytes(), "a.pdf"), call().form, call()).answers["titel"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Buurtcomit?", "Buurtcomit?"),
        ("Buurtcomit? Muide", "Buurtcomit?"),
        ("Het Buurtcomit? van de Muide", "Buurtcomit?"),
        ("Co?rdinatie van de wijk", "Co?rdinatie"),
    ],
)
def test_in_a_print(text, word):
    answer = printed(text)
    assert (answer.state, answer.text) == (DOUBTFUL, text)
    assert f"«{word}»" in answer.problem


@pytest.mark.parametrize("text", ["Budget? nog te bepalen", "Wat na de renovatie? dat volgt", "Werken? in 2026 wel"])
def test_a_question_with_its_answer_behind_it_is_given(text):
    """The word before the mark is whole, so that it stands for no letter."""
    assert printed(text).state is GIVEN


@pytest.mark.parametrize("text", ["De Caf? van de wijk", "Met Ren? en de buurt", "Naar Kovačevi? in de wijk"])
def test_a_word_that_may_go_on_is_doubtful(text):
    assert lost_letter(text, printed=True, short=False)


@pytest.mark.parametrize("text", ["Wat wil de wijk?", "Wie? Wij!", "Leeft de Muide in 2025 nog?", "Muide (?)"])
def test_a_title_that_asks_something_is_given(text):
    assert printed(text).state is GIVEN


def test_in_word_only_inside_a_word():
    for text, state in (("Co?rdinatie van de wijk", DOUBTFUL), ("Muide?", GIVEN)):
        extraction = Typed().head("B. Voorstel").table(["Titel", text]).extract()
        assert extraction.answers["titel"].state is state


@pytest.mark.parametrize(
    "text",
    [
        "Zie https://www.voorbeeld.example/wijk?jaar=2022 voor meer.",
        "Werkt dat? Ja, want iedereen doet mee.",
        "Is 1?2 goed",
        "Wanneer? (nog te bepalen)",
    ],
)
def test_a_text_with_a_question_or_an_address_is_given(text):
    assert lost_letter(text, printed=True, short=False) == ""
