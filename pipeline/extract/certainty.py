"""How sure an answer is: the chance that its value is what was written there.

The figures below were measured on documents of development seeds: `tests.bench.reading --seed cal-dev` (50 a kind of
Word typed over and of untagged prints of LibreOffice and reportlab) and 300 forms of `tests.retyped` with one to four
changes at once. Each is (right + 1) / (all + 2), the rule of succession, rounded down, and stands with its counts;
where too few were met it says so. `tests.bench.reading` prints per band how often they came true on another seed.

The confidence of an answer is the product of three chances, each 1 where nothing was ever seen to go wrong:

- that the question was recognised: 1 for a control with its tag, for a label in the form's own words in its own section
  and for a column under its header; less for a label in other words (the figures below);
- that the reader saw the words as they were typed (`Paragraph.confidence`): less for a scan and for joined lines;
- that the words are this answer and mean this value: less once anything makes the answer doubtful (`doubtful`), and 0
  when it has no value at all.

An empty answer has the first two: how sure it is that nothing was filled in. A question that was not found has 0. The
confidence of a table is that of its rows being all of its rows; each cell speaks for itself.

An answer is used only when it is `given`; the confidence orders what people look at first and is no second threshold,
but for `enough`: an amount, a date or a number has no neighbours that would betray a wrong digit, and an account or
enterprise number has check digits that do (`checked`).
"""

from __future__ import annotations

from pipeline.values import FieldType, valid_iban, valid_kbo

LIKENED = 0.999
"""A label that differs by a typing error, a plural or a small word, far from every other: 1032 of 1032 right."""
REWORDED = 0.9
"""A label with other words, or nearly as much like another question: 197 of 217."""
UNMARKED = 0.998
"""The words of a label in front of a value of its type, with no mark between them: 751 of 751 in 120 forms so typed."""
UNLABELLED = 0.5
"""A text where the answer would stand, without a label: not met in those files, so a guess."""
SETTLED_BY_TYPE = 0.989
"""Lines of which the type left only one way to join them: 93 of 93."""
MISPLACED = 0.18
"""Words of which some may belong to another question, or that have more beside or beneath them: 19 of 108."""
JOINED = 0.69
"""A word that a line end may have cut, or text that may have been cut at the rim of its box: 35 of 50."""
RESTATED = 0.92
"""A value with more words around it than the type has: 11 of 11."""
DOUBTED = 0.37
"""What else is doubtful: 2 of 6 right, too few to be sure of the figure."""
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


def doubtful(*, misplaced: bool, restated: bool, joined: bool) -> float:
    """Give what a doubtful answer is worth at most, by what is doubted; 1 when its own confidence says it all."""
    worth = {MISPLACED: misplaced, RESTATED: restated, JOINED: joined}
    return min([chance for chance, doubted in worth.items() if doubted], default=1.0)


def enough(kind: FieldType) -> float:
    """Give how sure the words of an answer must be for it to count as given."""
    if kind in _EXACT:
        return _ENOUGH_FOR_EXACT
    if kind in _CHECKS:
        return _ENOUGH_FOR_CHECKED
    return _ENOUGH_FOR_LONG if kind is FieldType.LONGTEXT else _ENOUGH
