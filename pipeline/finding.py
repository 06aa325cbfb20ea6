"""What a check says: one finding with its place, its source in the call and its remedy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.document import Location


class Severity(StrEnum):
    """How heavy a finding weighs."""

    BLOCKING = "blocking"
    """Not admissible by a quoted sentence of the call."""
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """What became of a rule."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Waiver:
    """An official accepts a finding, with a reason."""

    why: str
    by: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one rule, or of one row of a rule that goes over a table."""

    code: str
    title: str
    outcome: Outcome
    severity: Severity
    message: str = ""
    """What was found against what is needed."""
    remedy: str = ""
    """What the applicant should do."""
    reference: str = ""
    """Place in the call with the quoted sentence."""
    field: str = ""
    """Key of the field it is about: `acties`, `acties.kost`."""
    row: int | None = None
    location: Location | None = None
    stops_papers: bool = False
    missing: tuple[str, ...] = ()
    """Not judged: labels of the answers that are missing or doubtful."""
    waiver: Waiver | None = None
    case: int = 0
    """Number of the rule's case that speaks, from 1; 0 when all hold, or when the rows themselves cannot be told."""

    @property
    def counts(self) -> bool:
        """Whether it still asks for something: fails or not judged, and not accepted."""
        return self.outcome is not Outcome.HOLDS and self.waiver is None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the dossier from being complete."""
        return self.counts and self.severity is Severity.BLOCKING
