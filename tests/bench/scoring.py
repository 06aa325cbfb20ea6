"""What was read held against what was written, answer by answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tests.bench.variants.notations import EMPTY, Written
from tests.bench.variants.questions import Question, load

FREE = frozenset({"text", "longtext"})
COUNTED = frozenset({"amount", "date"})
_SHAPES = str.maketrans({**dict.fromkeys("‘’`´‚", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("–—", "-")})
"""Signs that look the same on paper."""
_NO_TEXT = frozenset({"empty", "not_found"})


class Outcome(StrEnum):
    """How one answer came back."""

    RIGHT = "right"
    """Given with its value; empty read as empty; what can mean two things read as doubtful."""
    DOUBTFUL = "doubtful"
    """Said to be doubtful, though it could be known."""
    MISSING = "missing"
    """Filled in, and read as empty or not found; or a question that stands there and was not found."""
    SPURIOUS = "spurious"
    """A text where none was written."""
    WRONG = "wrong"
    """Given, and not what was written: silently wrong."""


@dataclass(frozen=True)
class Result:
    """One answer: what was written, what was read."""

    field: str
    kind: str
    written: Written
    state: str
    text: str
    value: Any
    confidence: float
    method: str
    problem: str
    outcome: Outcome

    @property
    def silent(self) -> bool:
        """Tell whether a wrong value is given as a fact."""
        return self.state == "given" and self.outcome in {Outcome.WRONG, Outcome.SPURIOUS}

    @property
    def counts(self) -> bool:
        """Tell whether it counts in the shares: every answer that was filled in, and the empty ones read wrongly."""
        return bool(self.written.text) or self.outcome is not Outcome.RIGHT


@dataclass(frozen=True)
class Read:
    """An answer as it came back, in plain terms."""

    state: str
    text: str = ""
    value: Any = None
    confidence: float = 0.0
    method: str = ""
    problem: str = ""


NOTHING = Read("not_found")


def score(form: str, truth: Mapping[str, Any], answers: Mapping[str, Any], *, paper: bool = False) -> list[Result]:
    """Judge every answer of a document.

    Args:
        form: its key.
        truth: what was written.
        answers: those of the extraction.
        paper: it was scanned, so that the shapes of quotes and dashes cannot be told apart.
    """
    if paper:
        truth = {key: _as_on_paper(written) for key, written in truth.items()}
    made: list[Result] = []
    for question in load(form).questions:
        written = truth[question.key]
        answer = answers.get(question.key)
        if not question.columns:
            made.append(_judge(question.key, question, written, _plain(answer, paper=paper)))
            continue
        made.extend(_score_rows(question, written, answer, paper=paper))
    return made


def _as_on_paper(written: Any) -> Any:
    if isinstance(written, list):
        return [{key: _as_on_paper(cell) for key, cell in row.items()} for row in written]
    meaning = written.meaning.translate(_SHAPES) if isinstance(written.meaning, str) else written.meaning
    return replace(written, meaning=meaning)


def unread(form: str, truth: Mapping[str, Any], reason: str) -> list[Result]:
    """Judge a document that was refused: all that was written is missing."""
    made = score(form, truth, {})
    return [Result(**{**vars(result), "problem": reason}) for result in made]


def _score_rows(
    question: Question, written: Sequence[Mapping[str, Written]], answer: Any, *, paper: bool
) -> Iterator[Result]:
    rows = [
        {key: _plain(cell, paper=paper) for key, cell in row.cells.items()} for row in (answer.rows if answer else ())
    ]
    rows = [row for row in rows if any(cell.state not in _NO_TEXT for cell in row.values())]
    doubted = str(answer.problem) if answer is not None and answer.state == "doubtful" else ""
    for number, (wanted, found) in enumerate(_pairs(question, written, rows), start=1):
        for column in question.columns:
            cell = (found or {}).get(column.key, NOTHING)
            if doubted and (cell.state == "given" or found is None):
                cell = Read("doubtful", cell.text, cell.value, cell.confidence, cell.method, doubted)
            expected = wanted[column.key] if wanted else EMPTY
            if found is None and not expected.text:
                continue  # the empty cells of a lost row: the row is counted in its filled ones
            if wanted is None and cell.state in _NO_TEXT:
                continue
            yield _judge(f"{question.key}.{number}.{column.key}", column, expected, cell)
    if not written and doubted and answer.text and not rows:
        yield _judge(question.key, question, EMPTY, _plain(answer, paper=paper))


def _pairs(
    question: Question, written: Sequence[Mapping[str, Written]], rows: Sequence[Mapping[str, Read]]
) -> Iterator[tuple[Mapping[str, Written] | None, Mapping[str, Read] | None]]:
    """Line up the rows so that most cells agree; one row lost or split in two costs no other its place."""
    same = [[1 + 4 * _agreeing(question, wanted, row) for row in rows] for wanted in written]
    best = [[0] * (len(rows) + 1) for _ in range(len(written) + 1)]
    for place in range(len(written) - 1, -1, -1):
        for other in range(len(rows) - 1, -1, -1):
            best[place][other] = max(
                same[place][other] + best[place + 1][other + 1], best[place + 1][other], best[place][other + 1]
            )
    place = other = 0
    while place < len(written) or other < len(rows):
        if (
            place < len(written)
            and other < len(rows)
            and best[place][other] == same[place][other] + best[place + 1][other + 1]
        ):
            yield written[place], rows[other]
            place, other = place + 1, other + 1
        elif place < len(written) and (other == len(rows) or best[place][other] == best[place + 1][other]):
            yield written[place], None
            place += 1
        else:
            yield None, rows[other]
            other += 1


def _agreeing(question: Question, wanted: Mapping[str, Written], row: Mapping[str, Read]) -> int:
    return sum(
        bool(wanted[column.key].text) and _equal(column, wanted[column.key], row.get(column.key, NOTHING))
        for column in question.columns
    )


def _judge(name: str, question: Question, written: Written, read: Read) -> Result:
    return Result(
        name,
        question.kind,
        written,
        read.state,
        read.text,
        read.value,
        read.confidence,
        read.method,
        read.problem,
        _outcome(question, written, read),
    )


def _outcome(question: Question, written: Written, read: Read) -> Outcome:
    if not written.text:
        if read.state == "empty" or (read.state == "not_found" and not written.asked):
            return Outcome.RIGHT
        return Outcome.MISSING if read.state == "not_found" else Outcome.SPURIOUS
    if read.state in _NO_TEXT:
        return Outcome.MISSING
    if not written.sure:
        return Outcome.RIGHT if read.state == "doubtful" else Outcome.WRONG
    if read.state == "doubtful":
        return Outcome.DOUBTFUL
    return Outcome.RIGHT if _equal(question, written, read) else Outcome.WRONG


def _equal(question: Question, written: Written, read: Read) -> bool:
    value = read.value if question.kind not in FREE or isinstance(read.value, str) else read.text
    if question.kind in FREE or question.kind in {"email", "phone"}:
        return " ".join(str(value).split()) == " ".join(written.meaning.split())
    return value == written.meaning


def right_value(result: Result) -> bool:
    """Tell whether the value is right, whatever its state."""
    question = Question("", "", result.kind)
    return bool(result.written.text) and _equal(question, result.written, Read(result.state, result.text, result.value))


def _plain(answer: Any, *, paper: bool) -> Read:
    if answer is None:
        return NOTHING
    text, value = answer.text, _value(answer.value)
    if paper:
        text, value = text.translate(_SHAPES), value.translate(_SHAPES) if isinstance(value, str) else value
    return Read(str(answer.state), text, value, answer.confidence, answer.method, answer.problem)


def _value(value: Any) -> Any:
    """Give a value in the terms of the truth: amounts with two decimals, ISO dates, keys, text."""
    match value:
        case bool() | tuple() | None:
            return value
        case Decimal():
            return f"{value:.2f}" if round(value, 2) == value else str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)
