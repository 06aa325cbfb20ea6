"""What officials do with a dossier, and what became of it when its files were read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.dossier.answers import State


class ActKind(StrEnum):
    """What an official can do with a dossier."""

    DECIDE = "decide"
    ACCEPT = "accept"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    ISSUE = "issue"
    ASSIGN = "assign"
    ADMIT = "admit"
    ACCEPT_CHANGES = "accept_changes"


@dataclass(frozen=True, slots=True)
class Read:
    """What the files say at one place, before anybody corrected it."""

    state: State
    text: str = ""
    row: tuple[tuple[str, str], ...] = ()
    """Of a cell: what its row says, column by column; empty when the files have no such row."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act of an official; acts are kept in order and never changed."""

    kind: ActKind
    target: str = ""
    """accept: the finding's code; correct: the field (`subsidie`, `acties.2.kost`);
    issue, accept_changes: the title of the paper;
    assign, admit: the copy, and of a signature its field (`signing.target_of`)."""
    value: str = ""
    """correct: the new text; decide: the amount granted, as `800000.00`; accept: the message accepted;
    issue: its PDF; assign: the field of the paper for which the signature counts; admit: the file of the copy;
    accept_changes: each change that was accepted, on a line of its own."""
    on: dt.date | None = None
    reference: str = ""
    """decide: the reference of the decision; assign: the file of the copy;
    accept_changes: the hashes of the issued and of the returned Word file."""
    why: str = ""
    by: str = ""
    was: Read | None = None
    """correct: what was read there when it was corrected; None in a register that did not keep that yet."""


class Fate(StrEnum):
    """What became of a correction when the files were read again."""

    APPLIED = "applied"
    OTHER_ROW = "other_row"
    """Its row says something else than when it was corrected, so that the cell is doubtful."""
    GONE = "gone"
    """Its question or its row is no longer there, so that it holds nowhere."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of the last correction of one answer."""

    target: str
    """As the act names it."""
    fate: Fate
    read: Read
    """What the files say there now."""
    problem: str = ""
    """Why it holds nowhere, in plain Dutch."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A dossier of which this one may be a later version; nothing that was done with it goes along."""

    number: str
    paths: tuple[str, ...]
    """Where in the inbox the one lay before the other; empty when only what it proposes is the same."""
    same_proposal: bool
    other_applicant: bool
    """Whether both say who applies, and not the same."""
    acts: tuple[Act, ...] = ()
    requests: int = 0
    """How many supplements were asked for it."""
