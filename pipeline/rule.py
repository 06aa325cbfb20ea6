"""What the call demands: parameters, rules and their cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.finding import Severity


class Scope(StrEnum):
    """What a rule looks at."""

    DOSSIER = "dossier"
    CALL = "call"
    """All dossiers of the call together."""


class Moment(StrEnum):
    """When a rule is judged."""

    INTAKE = "intake"
    AWARD = "award"
    """Once a decision is recorded; the intake rules marked so run again with the amount granted."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, date or word of the call."""

    key: str
    value: Decimal | dt.date | dt.datetime | str | bool
    unit: str
    reference: str


@dataclass(frozen=True, slots=True)
class Case:
    """One check of a rule; the first of its cases that fails speaks."""

    severity: Severity
    check: str
    """Expression; holds when true."""
    message: str
    remedy: str
    reference: str
    stops_papers: bool = False
    attachments: str = ""
    """Expression that gives what the applicant has to send along: names of files, or words for them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the call."""

    code: str
    title: str
    cases: tuple[Case, ...]
    form: str = ""
    """Key of the form whose answers it judges; empty: the call's main form."""
    scope: Scope = Scope.DOSSIER
    moments: tuple[Moment, ...] = (Moment.INTAKE,)
    each: str = ""
    """Expression that gives rows: the rule is judged for each, as `row`."""
    when: str = ""
    """Expression; where false the rule does not apply."""
    field: str = ""
    """Key of the field at whose place a finding stands: `gevraagde_subsidie`, `acties.kost`."""
