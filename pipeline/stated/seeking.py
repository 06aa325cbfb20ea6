"""A value found among what a paper states: as printed, in another usual spelling, or as a part of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline import language
from pipeline.stated.statement import Stated
from pipeline.values import FieldType, fold, parse

_MOST_NEAR = 3
_NEAR_ENOUGH = 60
_LONGEST_NEAR = 120
_SHORTEST_CODE = 6
"""Letters and digits from which signs between them count for nothing: numbers of accounts and enterprises."""


class Fit(StrEnum):
    """How a value stands in what is printed."""

    WHOLE = "whole"
    """It is all of it."""
    PART = "part"
    """It is a part of it."""
    AROUND = "around"
    """What is printed is a part of the value: words of the template stand around it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a paper states of a value."""

    stated: tuple[Stated, ...]
    fit: Fit
    near: tuple[str, ...] = ()
    """When there is nothing: texts that come close, the closest first."""


def seek(stated: Sequence[Stated], value: str, paper: str) -> Found:
    """Find a value among what a paper states.

    Args:
        stated: what it states.
        value: as a person typed it.
        paper: all text of the paper; words of the template around a value count only as they stand there.
    """
    wanted = fold(value)
    if not wanted:
        return Found((), Fit.WHOLE)
    means, code = _meanings(value), _code(value)
    same = tuple(
        each
        for each in stated
        if fold(each.text) == wanted
        or means & _meanings(each.text)
        or (len(code) >= _SHORTEST_CODE and any(map(str.isdigit, code)) and _code(each.text) == code)
    )
    if same:
        return Found(same, Fit.WHOLE)
    spellings = [_as_words(spelling) for spelling in dict.fromkeys((wanted, *_spellings(means)))]
    part = tuple(each for each in stated if any(spelling.search(fold(each.text)) for spelling in spellings))
    if not part and len(wanted) > 2 and not any(map(str.isdigit, wanted)):
        part = tuple(each for each in stated if wanted in fold(each.text))
    if part:
        return Found(part, Fit.PART)
    if wanted in fold(paper):
        around = tuple(each for each in stated if _as_words(fold(each.text)).search(wanted))
        return Found(around, Fit.AROUND)
    return Found((), Fit.WHOLE, _near(stated, wanted))


def _meanings(text: str) -> set[Decimal | dt.date]:
    """Give the amount or day that a text certainly says."""
    found: set[Decimal | dt.date] = set()
    for kind in (FieldType.AMOUNT, FieldType.DATE):
        parsed = parse(text, kind)
        if not parsed.problem and isinstance(parsed.value, Decimal | dt.date):
            found.add(parsed.value)
    percent = parse(text, FieldType.PERCENTAGE)
    if not percent.problem and isinstance(percent.value, Decimal):
        found.add(percent.value)
    return found


def _spellings(meanings: Iterable[Decimal | dt.date]) -> Iterator[str]:
    """Give how papers write an amount or a day, folded."""
    for meaning in meanings:
        if isinstance(meaning, dt.date):
            written = (language.date_long(meaning, language.DEFAULT), language.date_short(meaning), meaning.isoformat())
        else:
            written = (language.euro(meaning), language.amount_in_words(meaning), language.number(meaning))
        yield from map(fold, written)


def _as_words(folded: str) -> re.Pattern[str]:
    """Give the pattern of a text that no letter or digit touches, and that is no piece of a larger number."""
    return re.compile(rf"(?<!\w)(?<!\d[.,]){re.escape(folded)}(?!\w)(?![.,]\d)")


def _code(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _near(stated: Sequence[Stated], wanted: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    texts = list(dict.fromkeys(each.text for each in stated if len(each.text) <= _LONGEST_NEAR))
    close = process.extract(
        wanted, texts, scorer=fuzz.ratio, processor=fold, score_cutoff=_NEAR_ENOUGH, limit=_MOST_NEAR
    )
    return tuple(text for text, _score, _place in close)
