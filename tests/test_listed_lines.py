"""Choices that a narrow column of a print breaks inside their words are those of the form, letter by letter."""

from pipeline.document import Location
from pipeline.dossier import State
from pipeline.extract.answers import settle
from pipeline.extract.said import Said
from tests.test_extract import call

COST = next(column for column in call().form.field("andere_subsidies").columns if column.key == "kostensoort")
LINES = (
    ("☐ Personeel",),
    ("☐ Werking",),
    ("☐ Studies", "en onderzoek"),
    ("☑", "Kleinschali", "ge", "investering", "in publieke", "infrastructu", "ur"),
    ("☐ Andere", "kosten"),
)


def settled(lines, text):
    return settle(COST, Said(text, Location("a.pdf", page=1), "grid", uncertain="afgebroken?", lines=lines), {})


def test_a_choice_broken_inside_its_words_is_given():
    text = "\n".join(" ".join(line) for line in LINES)
    answer = settled(LINES, text)
    assert (answer.state, answer.value) == (State.GIVEN, "infrastructuur")


def test_other_words_beside_a_ticked_box_are_doubtful():
    lines = (*LINES[:3], ("☑", "Speeltoe", "stellen", "en banken", "voor het", "plein"), *LINES[4:])
    assert settled(lines, "\n".join(" ".join(line) for line in lines)).state is State.DOUBTFUL
