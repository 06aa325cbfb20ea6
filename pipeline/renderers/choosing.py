"""What a paper needs beside the filters of rules: to choose rows, and to leave out what nobody had to answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.expression import Gap, show
from pipeline.visible import visible

_ABSENT = {"empty", "not_found"}


def is_absent(value: Any) -> bool:
    """Tell whether nothing was filled in; a doubtful answer is not absent."""
    return isinstance(value, Gap) and value.state in _ABSENT


def optional(value: Any, instead: str = "–") -> Any:
    """Give an answer, or another text where nobody had to answer and nothing was filled in."""
    return instead if is_absent(value) and value.optional else value


def paragraphs(text: Any) -> tuple[Any, ...]:
    """Give the paragraphs of a longer text: what blank lines divide; a gap is one paragraph."""
    if isinstance(text, Gap):
        text.meet()
        return (text,)
    return tuple(piece.strip("\n") for piece in re.split(r"\n[ \t]*\n", visible(str(text))) if piece.strip())


def distinct(rows: Iterable[Any], column: str) -> list[Any]:
    """Give the different values of a column, sorted; in a draft a gap comes last, once."""
    values: set[Any] = set()
    missing = None
    for row in rows:
        cell = getattr(row, column)
        if isinstance(cell, Gap):
            cell.meet()
            missing = missing or cell
        else:
            values.add(cell)
    return sorted(values) + ([] if missing is None else [missing])


def whose(rows: Iterable[Any], column: str, word: str) -> list[Any]:
    """Keep the rows whose column holds a word, capitals or not."""
    kept = []
    for row in rows:
        cell = getattr(row, column)
        if isinstance(cell, Gap):
            cell.meet()
        elif word.casefold() in show(cell).casefold():
            kept.append(row)
    return kept


def having(rows: Iterable[Any], text: str, said: str) -> list[Any]:
    """Keep the rows that have a text, or say that they have one: where it lacks, it must show as a gap."""
    kept = []
    for row in rows:
        claim = getattr(row, said)
        if not is_absent(getattr(row, text)) or (not is_absent(claim) and claim):
            kept.append(row)
    return kept


def pairs(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Give the rows two by two, the last alone when their number is odd: for signatures beside each other."""
    listed = list(rows)
    return [tuple(listed[place : place + 2]) for place in range(0, len(listed), 2)]


def inside(value: Any) -> Any:
    """Give a label, or each of several, as it stands inside a sentence: its first letter small; OCMW stays OCMW."""
    if isinstance(value, Gap):
        return value
    if isinstance(value, list | tuple):
        return tuple(inside(each) for each in value)
    text = show(value)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    "optional": optional,
    "paragraphs": paragraphs,
    "distinct": distinct,
    "whose": whose,
    "having": having,
    "pairs": pairs,
    "inside": inside,
}
TESTS: dict[str, Callable[..., bool]] = {"absent": is_absent}
