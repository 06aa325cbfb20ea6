"""How sure an answer is: the chance that its value is what was written there.

The figures below were chosen by hand; `tests.bench.reading` prints per band how often they came true. Of what is
`given` that was always so in Word; what is doubtful was right more often than they say.

The confidence of an answer is the product of three chances, each 1 where nothing was ever seen to go wrong:

- that the question was recognised: 1 for a control with its tag, for a label in the form's own words in its own section
  and for a column under its header; less for a label in other words (the figures below);
- that the reader saw the words as they were typed (`Paragraph.confidence`): less for a scan and for joined lines;
- that the words mean this value: `DOUBTED` once anything makes the answer doubtful, and 0 when it has no value at all.

An empty answer has the first two: how sure it is that nothing was filled in. A question that was not found has 0. The
confidence of a table is that of its rows being all of its rows; each cell speaks for itself.

An answer is used only when it is `given`; the confidence orders what people look at first and is no second threshold,
but for `enough`: an amount, a date or a number has no neighbours that would betray a wrong digit, and an account or
enterprise number has check digits that do (`checked`).
"""

from __future__ import annotations

from pipeline.values import FieldType, valid_iban, valid_kbo

LIKENED = 0.99
"""A label that differs by a typing error, a plural or a small word, far from every other."""
REWORDED = 0.7
"""A label with other words, or nearly as much like another question."""
UNMARKED = 0.97
"""The words of a label in front of a value of its type, with no mark between them."""
UNLABELLED = 0.5
"""A text where the answer would stand, without a label."""
DOUBTED = 0.5
"""What anything doubtful is worth at most."""
SETTLED_BY_TYPE = 0.99
"""Lines of which the type left only one way to join them."""
ADDED_UP = 0.99
"""An amount that was read well enough, in a sum that holds: one wrong digit would break it."""

_EXACT = frozenset(
    {
        FieldType.AMOUNT,
        FieldType.DATE,
        FieldType.INTEGER,
        FieldType.PERCENTAGE,
        FieldType.YEAR,
    }
)
"""Types of which one wrong character makes another sound value."""
_CHECKS = {FieldType.IBAN: valid_iban, FieldType.KBO: valid_kbo}
"""Types with check digits of their own."""
_CHANCE_THAT_CHECKS_HOLD = 1 / 97
"""Of a number that was misread; so it is with both kinds, which count modulo 97."""
_MISTYPED = 0.02
"""How often, at a guess, the check digits of a number fail as it was typed."""
_ENOUGH_FOR_EXACT = 0.95
_ENOUGH_FOR_CHECKED = 0.6
_ENOUGH_FOR_LONG = 0.75
"""A long text has many words, of which each may be well read and all together less so."""
_ENOUGH = 0.85


def checked(kind: FieldType, value: object, confidence: float) -> float:
    """Give how sure the words of a number are, now that its check digits were looked at (Bayes' rule)."""
    if kind not in _CHECKS or not isinstance(value, str):
        return confidence
    holds = _CHECKS[kind](value)
    right = confidence if holds else confidence * _MISTYPED
    wrong = (1 - confidence) * (_CHANCE_THAT_CHECKS_HOLD if holds else 1)
    return right / (right + wrong)


def enough(kind: FieldType) -> float:
    """Give how sure the words of an answer must be for it to count as given."""
    if kind in _EXACT:
        return _ENOUGH_FOR_EXACT
    if kind in _CHECKS:
        return _ENOUGH_FOR_CHECKED
    return _ENOUGH_FOR_LONG if kind is FieldType.LONGTEXT else _ENOUGH
