"""What was read from a form: answers, each with its place and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import Location, Source
from pipeline.records import record
from pipeline.values import Value


class State(StrEnum):
    """How an answer stands; the last three are gaps, and three different things."""

    GIVEN = "given"
    EMPTY = "empty"
    """The question was found and nothing was filled in."""
    NOT_FOUND = "not_found"
    """The question itself was not found in the file."""
    DOUBTFUL = "doubtful"
    """Something was filled in, but what it means is not certain; `problem` says why."""

    __hash__ = str.__hash__  # that of Enum is a call of Python for each look in a set


@record
class Row:
    """One row of a table answer."""

    number: int
    cells: Mapping[str, Answer]
    location: Location | None = None


@record
class Answer:
    """One answer: the text as written, its typed value, its place and how sure we are."""

    field: str
    state: State
    text: str = ""
    """As written, NFC, line ends as \\n; raw otherwise (control characters stay)."""
    value: Value = None
    rows: tuple[Row, ...] = ()
    location: Location | None = None
    """Of an empty answer too; None only when not found."""
    method: str = ""
    """control, label, heading, grid, cards, correction."""
    confidence: float = 1.0
    problem: str = ""
    """Why it is doubtful or cannot be read, in plain Dutch."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one file."""

    form: str
    version: str
    """Version that the copy itself says; empty when it says none."""
    source: Source
    answers: Mapping[str, Answer]
    """One for every field of the form, in the form's order."""
    notes: tuple[str, ...] = ()
    """What moved, vanished or was left over, in plain Dutch."""
    inexact: tuple[str, ...] = ()
    """Names of the files, of those it was read from, whose words were put together from what the reader saw."""
