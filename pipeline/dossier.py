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
    """As read, with the corrections of officials applied."""
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()

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
