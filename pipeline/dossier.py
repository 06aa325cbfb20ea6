"""What is known of one submission: its files, its answers, what officials did with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class Receipt:
    """When and how a submission came in."""

    received: dt.datetime | None = None
    """With its UTC offset; None when nothing proves it."""
    channel: str = ""
    sender: str = ""
    proof: str = ""
    """Where the moment stands: `ontvangst.csv, rij 3`, `aanvraag.eml, bovenste kop Received`."""


class Role(StrEnum):
    """What a file beside the form is there for."""

    ATTACHMENT = "attachment"
    MESSAGE = "message"
    """What the sender wrote in the mail itself."""
    INLINE = "inline"
    """A picture inside that message: a logo, most often."""
    SIGNATURE = "signature"
    """Proof of who sent the mail, made by a program."""
    COPY = "copy"
    """The form once more, in another file: a signed print, most often."""
    BUNDLE = "bundle"
    """A mail or zip; what was in it is listed too."""
    CONTINUATION = "continuation"
    """A sheet with more rows of the form, which are read with it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the form."""

    name: str
    """Inside the submission; of a file out of a mail or zip with the name of that before it."""
    sha256: str
    media_type: str
    size: int
    problem: str = ""
    """Why it cannot be opened; empty when it can."""
    role: Role = Role.ATTACHMENT


class ActKind(StrEnum):
    """What an official can do with a dossier."""

    DECIDE = "decide"
    ACCEPT = "accept"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of an official; acts are kept in order and never changed."""

    kind: ActKind
    target: str = ""
    """accept: the finding's code; correct: the field (`subsidie`, `acties.2.kost`)."""
    value: str = ""
    """correct: the new text; decide: the amount granted, as `800000.00`; accept: the message accepted."""
    on: dt.date | None = None
    reference: str = ""
    """decide: the reference of the decision."""
    why: str = ""
    by: str = ""


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


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of the Flemish Government on one dossier."""

    granted: Decimal
    on: dt.date
    reference: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One submission of one form."""

    number: str
    call: str
    form: str
    receipt: Receipt = Receipt()
    source: Source | None = None
    attachments: tuple[Attachment, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    """As read, with what supplements answered and then the corrections of officials."""
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    requests: tuple[Request, ...] = ()
    supplements: tuple[Supplement, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The last decision recorded, if any."""
        for act in reversed(self.acts):
            if act.kind is ActKind.DECIDE and act.on is not None:
                return Decision(Decimal(act.value), act.on, act.reference)
        return None

    @property
    def withdrawn(self) -> Act | None:
        """The act that withdrew it, if any."""
        return next((act for act in self.acts if act.kind is ActKind.WITHDRAW), None)
