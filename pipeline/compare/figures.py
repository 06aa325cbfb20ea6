"""Find the amounts, numbers and dates that a change touches: a lawyer reads those first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.compare.change import Value
from pipeline.compare.plan import Hunk
from pipeline.compare.version import Token, said
from pipeline.compare.words import TURNING

_MONTH = "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_UNIT = "(?:euro|EUR|percent|procent|%|jaren|jaar|maanden|maand|weken|week|werkdagen|dagen|dag)"
_MANY = (
    "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien"
    "|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|miljoen"
)
_WORDED = rf"(?:{_MANY}|een(?:en|ën))(?:(?:en|ën)?(?:{_MANY}|een))*(?:maal|de|ste)?"
_VALUE = re.compile(
    rf"(?<!\w)\d{{1,2}} {_MONTH}(?: \d{{4}})?"
    rf"|(?:€ ?)?(?<!\w)[{TURNING}]*(?:\d{{1,3}}(?: \d{{3}})+(?:,\d+)?|\d(?:[^\s\w]*\w)*)[{TURNING}]*(?: ?{_UNIT}\b)?"
    rf"|\b{_WORDED}\b(?: {_UNIT}\b)?",
    re.IGNORECASE,
)


def values(old: Sequence[Token], new: Sequence[Token], hunk: Hunk) -> tuple[Value, ...]:
    """Give the values that a changed stretch of words touches, each with what it became.

    Args:
        old: the words of the paragraph as they were.
        new: as they are.
        hunk: what changed.
    """
    before = list(dict.fromkeys(_touched(old, hunk.first, hunk.last)))
    after = list(dict.fromkeys(_touched(new, hunk.start, hunk.end)))
    if before == after:
        return ()
    if len(before) == len(after):
        return tuple(Value(*pair) for pair in zip(before, after, strict=True) if pair[0] != pair[1])
    return tuple(Value(one, "") for one in before if one not in after) + tuple(
        Value("", one) for one in after if one not in before
    )


def values_in(text: str) -> tuple[str, ...]:
    """Give the values in a text, each once."""
    return tuple(dict.fromkeys(found.group() for found in _VALUE.finditer(text)))


def changed_values(before: str, after: str) -> tuple[Value, ...]:
    """Give the values of a text that is gone and of one that is new."""
    return tuple(Value(one, "") for one in values_in(before)) + tuple(Value("", one) for one in values_in(after))


def _touched(tokens: Sequence[Token], first: int, last: int) -> Iterator[str]:
    """Give the values of which a stretch of words is a part."""
    if first == last:
        return
    start = len(said(tokens[:first])) + (1 if first and tokens[first].space else 0)
    end = len(said(tokens[:last]))
    for found in _VALUE.finditer(said(tokens)):
        if found.start() < end and found.end() > start:
            yield found.group()
