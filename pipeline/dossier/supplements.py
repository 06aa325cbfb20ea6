"""What an applicant is asked for later, and what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import Source
from pipeline.dossier.submission import Receipt

SUPPLEMENT = "aanvulling"
"""Key of the form of a supplement; the folders of those that came back begin with it."""


class Ask(StrEnum):
    """What a question of a supplement asks for."""

    ANSWER = "answer"
    """One answer: of a question, or of one cell of a row."""
    ROWS = "rows"
    """All rows of a table that has none, or of which it is not certain what its rows are."""
    MORE_ROWS = "more_rows"
    """Rows after those that a table has."""
    FILE = "file"
    """A file to send along."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a supplement asks."""

    ask: Ask
    target: str
    """The field (`startdatum`, `acties`), the cell (`acties.2.kost`), or the name of the file."""
    label: str
    """As the form prints it."""
    help: str = ""
    """What the form says beneath: what was read, and why it is not certain."""
    needed: bool = False
    """Whether its lack is a finding, so that the form prints its star."""
    about: str = ""
    """Cells: what the row said when it was asked, so that the answer never goes to another row."""
    filled: str = ""
    """A longer text that is not certain: what was read, for the applicant to look over."""
    rows: tuple[Mapping[str, str], ...] = ()
    """The same for a table of which the rows are not certain."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of the heading of a supplement, filled in for the applicant."""

    label: str
    value: str
    identifies: bool = False
    """Whether a form that says something else here belongs to another dossier."""


@dataclass(frozen=True, slots=True)
class Request:
    """A supplement that an applicant is asked for."""

    sequence: int
    """Numbers the requests of a dossier from 1."""
    on: dt.date
    until: dt.date | None
    """Last day to answer, where the call sets one."""
    head: tuple[HeadLine, ...]
    questions: tuple[Question, ...]
    intro: str = ""
    """What the form says above its questions."""
    kinds: tuple[str, ...] = ("docx",)
    """Kinds of file in which the form is made: docx, pdf."""


def folder_of_supplement(number: int) -> str:
    """Give the folder in which a supplement lies, in that of its dossier."""
    return f"{SUPPLEMENT}-{number:02d}"


@dataclass(frozen=True, slots=True)
class Supplement:
    """A supplement that came back, and what became of it."""

    number: int
    """Numbers the supplements of a dossier in the order in which they came."""
    receipt: Receipt
    source: Source
    registered: dt.date
    request: int | None
    """The request that it answers; None when the form does not say which."""
    closed: tuple[str, ...] = ()
    """Labels of what it answered."""
    files: tuple[str, ...] = ()
    """Names of files that it says are sent along."""
    told: tuple[str, ...] = ()
    """What was left out, still lacks or is not clear, in plain Dutch."""
    applied: bool = True
    """False when nothing of it counts: it came after the decision, or belongs to another dossier."""

    @property
    def file(self) -> str:
        """Where it lies in the folder of its dossier."""
        return f"{folder_of_supplement(self.number)}/{self.source.name}"

    @property
    def on(self) -> dt.date:
        """The day it came in; when nothing proves it, the day on which it was registered."""
        from pipeline.expression import day

        return day(self.receipt.received) if self.receipt.received else self.registered
