"""Forms made anew by a municipality: what is given is right, everything else is doubtful or not found.

The files are made with python-docx; what was typed at which question is known beforehand (`tests/retyped.py`).
"""

import functools
import random

import pytest

from pipeline.dossier import State
from pipeline.extract import extract
from pipeline.extract.pairing import pair
from pipeline.library.load import load
from pipeline.readers import read
from tests.random_answers import Maker
from tests.retyped import CHANGES, Retyper
from tests.test_roundtrip import CALM, as_read

SEEDS = range(3)
SEVERAL = range(10)


@functools.cache
def call():
    return load("wijkverbeteringscontract")


def outcomes(form, typed, extraction):
    """Judge each answer: right, doubtful, missing, rightly absent, or wrong though nothing says so."""
    for field in form.fields():
        answer = extraction.answers[field.key]
        if not field.columns:
            yield field.key, judged(answer, as_read(typed.get(field.key))), answer
        elif answer.state is State.DOUBTFUL:
            yield field.key, "doubtful", answer
        elif field.key not in typed or answer.state is State.NOT_FOUND:
            absent = answer.state is State.NOT_FOUND
            yield field.key, ("missing" if field.key in typed else "absent") if absent else "wrong", answer
        else:
            rows = [row for row in typed[field.key] if row]
            if len(rows) != len(answer.rows):
                yield field.key, "wrong", answer
                continue
            for row, wanted in zip(answer.rows, rows, strict=True):
                for column, cell in row.cells.items():
                    yield f"{field.key}.{row.number}.{column}", judged(cell, as_read(wanted.get(column))), cell


def judged(answer, wanted):
    match answer.state:
        case State.DOUBTFUL:
            return "doubtful"
        case State.NOT_FOUND:
            return "absent" if wanted is None else "missing"
        case State.EMPTY:
            return "absent" if wanted is None else "wrong"
        case State.GIVEN:
            return "right" if wanted is not None and answer.value == wanted else "wrong"


def retyped(seed, changes, key):
    """Type a form anew and read it; give what became of each answer."""
    form = call().forms[key]
    typist = Retyper(seed, changes)
    data = typist.type(form, Maker(seed, call(), pieces=CALM, longest=25).form(form))
    return list(outcomes(form, typist.typed, extract(read(data, "eigen.docx"), form, call())))


def wrong(found):
    return [(name, answer.state.value, answer.text) for name, outcome, answer in found if outcome == "wrong"]


@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_silently_wrong_in_a_form_made_anew_with(change, form):
    for seed in SEEDS:
        assert wrong(retyped(seed, (change,), form)) == [], seed


@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
def test_nothing_is_silently_wrong_in_a_form_made_anew_with_several_changes_at_once(form):
    for seed in SEVERAL:
        pick = random.Random(seed)
        changes = tuple(pick.sample(CHANGES, pick.randint(2, 5)))
        assert wrong(retyped(seed, changes, form)) == [], (seed, changes)


MET = [
    ("an answer that reads as a numbered label", 42, "aanvraag", ["no section titles"]),
    ("a card of which a value reads as a column", 44, "aanvraag", ["labels with a typing error"]),
    (
        "a card with a column of its own, of which a value reads as a column",
        263,
        "aanvraag",
        [
            "questions in other words",
            "columns of their own",
            "questions of their own",
            "questions in another order",
            "two sections in one",
        ],
    ),
    (
        "a choice with the name of another question",
        229,
        "aanvraag",
        ["labels with a typing error", "columns in another order", "columns of their own"],
    ),
    (
        "words behind a question mark, the answer beneath",
        281,
        "aanvraag",
        ["labels with a number", "labels with words around them"],
    ),
    (
        "words behind a question mark, in a heading",
        1091,
        "aanvraag",
        [
            "sections under other titles",
            "labels with words around them",
            "columns in another order",
            "questions of their own",
        ],
    ),
    (
        "a label of which the first half is an alias, with words behind it",
        2021,
        "aanvraag",
        [
            "labels with words around them",
            "labels with a typing error",
            "columns removed",
            "questions in other words",
            "sections in another order",
        ],
    ),
    (
        "questions with the names of columns, the table removed",
        2013,
        "aanvraag",
        [
            "sections under other titles",
            "columns of their own",
            "a column of remarks",
            "questions removed",
            "columns removed",
        ],
    ),
    (
        "a question by an alias that is a column elsewhere, and by its label",
        3139,
        "aanvraag",
        [
            "two sections in one",
            "sections in another order",
            "questions of their own",
            "columns of their own",
            "labels by an alias",
        ],
    ),
    (
        "a question of their own right under the title of a section",
        297,
        "aanvraag",
        ["columns of their own", "sections under other titles", "questions of their own", "questions removed"],
    ),
    (
        "a label of which the first half is an alias",
        300,
        "aanvraag",
        ["questions of their own", "sections in another order", "labels with a typing error", "questions removed"],
    ),
    (
        "a long label with a typing error within a long text",
        5070,
        "aanvraag",
        ["labels with a number", "no section titles", "labels with a typing error", "two sections in one"],
    ),
    (
        "a row of titles in other words, with none but empty rows beneath",
        11025,
        "aanvraag",
        ["columns of their own", "labels with words around them", "labels with a number", "columns removed"],
    ),
    (
        "a numbered label in other words within a long text",
        305,
        "aanvraag",
        ["columns of their own", "labels with a number", "labels with words around them"],
    ),
    (
        "a row with nothing but a label in other words",
        335,
        "vergadering",
        ["sections in another order", "columns removed", "labels with words around them"],
    ),
    (
        "questions with the names of columns, before the table",
        415,
        "aanvraag",
        ["labels with a typing error", "labels with words around them", "no section titles", "columns removed"],
    ),
    (
        "a question of their own under an empty one",
        418,
        "aanvraag",
        ["questions of their own", "no section titles", "questions in another order", "two sections in one"],
    ),
]
"""What once was silently wrong: why, and the file that showed it."""


@pytest.mark.parametrize(("seed", "form", "changes"), [each[1:] for each in MET], ids=[each[0] for each in MET])
def test_what_once_was_silently_wrong_is_so_no_more(seed, form, changes):
    assert wrong(retyped(seed, tuple(changes), form)) == []


def test_the_pairing_of_labels_is_the_best_for_all_together_and_not_for_the_first():
    scores = {("a", 1): 9.0, ("a", 2): 8.0, ("b", 1): 8.0, ("c", 3): 5.0}
    assert pair(scores) == {"a": (2, 7.0), "b": (1, 7.0), "c": (3, 5.0)}


def test_pairing_leaves_out_what_would_spoil_a_better_pair():
    assert set(pair({("a", 1): 25.0, ("a", 2): 1.0, ("b", 1): 1.0})) == {"a"}
