"""The reading benchmark keeps working: a few documents of the kinds that need no other program."""

import pytest

from tests.bench import accuracy
from tests.bench.aims import upper_bound
from tests.bench.scoring import Outcome, score
from tests.bench.variants.notations import ABSENT, EMPTY, Written
from tests.bench.variants.questions import load


def test_two_documents_a_kind_of_word_are_made_read_and_judged(capsys):
    aims = accuracy.measure(["word-ours", "word-retyped"], number=2, seed="test", jobs=1, keep=None)
    assert [aim.what for aim in aims] == [
        "exact, Word",
        "silently wrong amounts and dates, Word, ODT and PDF",
    ]
    assert aims[0].holds
    assert "our blank form, filled" in capsys.readouterr().out


def test_a_form_of_which_nothing_was_read_has_everything_missing():
    form = load("vergadering")
    truth = {question.key: [] if question.columns else EMPTY for question in form.questions}
    truth |= {"datum": Written("1 mei 2022", "2022-05-01"), "uur": ABSENT}
    judged = {result.field: result.outcome for result in score("vergadering", truth, {})}
    assert judged["datum"] is Outcome.MISSING
    assert judged["plaats"] is Outcome.MISSING
    assert judged["uur"] is Outcome.RIGHT


@pytest.mark.parametrize(
    ("wrong", "of", "bound"),
    [(0, 3000, 0.000998), (1, 100, 0.04656), (0, 0, 1.0)],  # 1 − 0.05^(1/3000); the tables of Clopper and Pearson
)
def test_the_upper_bound_is_that_of_clopper_and_pearson(wrong, of, bound):
    assert upper_bound(wrong, of) == pytest.approx(bound, rel=0.001)
