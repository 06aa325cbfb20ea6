"""What a run tells people: one line a dossier, what needs a look, what could not be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pipeline import expression
from pipeline.dossier import Act, ActKind, Dossier, Request, Role, Supplement
from pipeline.facts import Facts
from pipeline.finding import Finding, Outcome, Severity
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.report.correcting import LookAgain, corrections, earlier_versions
from pipeline.report.reviewing import Review, reviews
from pipeline.rule import Scope


class Completeness(StrEnum):
    """What the blocking findings make of a dossier."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """A paper that was made, or refused."""

    key: str
    title: str
    file: str
    """Word file in the dossier's folder; empty when refused."""
    draft: bool
    reasons: tuple[str, ...]
    """Why it is a draft, or why it was refused."""
    pdf: str = ""
    """PDF file beside it; empty when there is none."""
    pdf_problem: str = ""
    issued: str = ""
    """Of a paper that was issued: when and by whom; its files are those that were issued then."""
    differs: str = ""
    """What the dossier no longer says as an issued paper does; empty while they agree."""
    to_sign: bool = False
    """Whether parties sign it."""
    signed: bool = False
    """Whether every signature that it asks holds."""
    signing: tuple[str, ...] = ()
    """Of an issued paper: who signed, who does not yet, what to do."""

    @property
    def refused(self) -> bool:
        """Whether it should have been final and could not be made."""
        return not self.file

    @property
    def kind(self) -> str:
        """What became of it, as people read it."""
        if self.issued:
            return self.issued
        return _("niet gemaakt") if self.refused else _("ontwerp") if self.draft else _("definitief")


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier, or one form that joined a dossier."""

    key: str
    number: str
    form: str
    title: str
    """Of the form."""
    folder: str
    applicant: str
    subject: str
    requested: Decimal | None
    granted: Decimal | None
    received: dt.datetime | None
    values: tuple[Any, ...]
    """One for each column of the overview; None where the answer is a gap."""
    findings: tuple[Finding, ...]
    """Those that fail or are not judged, accepted ones too."""
    review: tuple[Review, ...]
    notes: tuple[str, ...]
    acts: tuple[Act, ...]
    papers: tuple[ToldPaper, ...]
    call_facts: dict[str, Any]
    """What the rules over all dossiers ask of this one."""
    requests: tuple[Request, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    award_facts: dict[str, Any] | None = None
    """The same, with the amount granted; None while it is not decided."""
    source: str = ""
    """Name of the form, with the mail or zip that it lay in."""
    attachments: tuple[str, ...] = ()
    """Names of what came with it: not the mail or zip itself, nor what is only a part of its message."""
    proof: str = ""
    """Where the moment of receipt stands; empty when nothing proves it."""
    look_again: tuple[LookAgain, ...] = ()
    """Corrections that met something else than before, and what was done with earlier versions."""
    earlier: tuple[str, ...] = ()
    """Numbers of the dossiers of which this one may be a later version."""

    @property
    def name(self) -> str:
        """What people call the dossier: applicant and subject, else the file that says neither."""
        return " – ".join(word for word in (self.applicant, self.subject) if word) or self.source

    @property
    def completeness(self) -> Completeness:
        """Whether it is complete; an unjudged blocking rule leaves that open."""
        blocking = [finding for finding in self.findings if finding.blocks]
        if any(finding.outcome is Outcome.FAILS for finding in blocking):
            return Completeness.INCOMPLETE
        return Completeness.NOT_JUDGED if blocking else Completeness.COMPLETE

    @property
    def withdrawn(self) -> bool:
        """Whether it was withdrawn."""
        return any(act.kind is ActKind.WITHDRAW for act in self.acts)

    @property
    def signed(self) -> bool:
        """Whether every paper that parties sign was issued, and all its signatures hold."""
        to_sign = [paper for paper in self.papers if paper.to_sign]
        return bool(to_sign) and all(paper.signed for paper in to_sign)

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.withdrawn:
            return _("ingetrokken")
        if self.signed:
            return _("ondertekend")
        if self.granted is not None:
            return _("toegekend")
        return {
            Completeness.COMPLETE: _("volledig"),
            Completeness.INCOMPLETE: _("onvolledig"),
            Completeness.NOT_JUDGED: _("niet te beoordelen"),
        }[self.completeness]

    def count(self, severity: Severity) -> int:
        """Count the findings of this severity that still ask for something."""
        return sum(1 for finding in self.findings if finding.counts and finding.severity is severity)


@dataclass(frozen=True, slots=True)
class ToldRefusal:
    """A submission that became no dossier."""

    path: str
    reason: str
    what: str
    remedy: str
    folder: str
    """Where its copy lies."""


@dataclass(frozen=True, slots=True)
class ToldLeft:
    """Something in the inbox that was left alone."""

    path: str
    why: str
    serious: bool
    """Whether it may be a submission that nobody has read yet."""


@dataclass(frozen=True, slots=True)
class Telling:
    """All that a report tells of a run."""

    call: Call
    today: dt.date
    version: str
    available: Decimal | None
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    """Of the call as a whole."""
    refused: tuple[ToldRefusal, ...] = ()
    left: tuple[ToldLeft, ...] = ()
    remarks: tuple[str, ...] = ()
    """Faults in `ontvangst.csv`, files delivered twice, papers changed by hand, missing programs."""

    @property
    def dossiers(self) -> tuple[Line, ...]:
        """The dossiers themselves, without what joined them."""
        return tuple(line for line in self.lines if line.form == self.call.main_form)


def summarise(
    call: Call,
    dossier: Dossier,
    *,
    key: str,
    folder: str,
    facts: Facts,
    findings: Sequence[Finding],
    papers: Sequence[ToldPaper],
    main: Facts | None = None,
    award: Facts | None = None,
) -> Line:
    """Give the line of a dossier.

    Args:
        call: the call that it answers.
        dossier: the dossier.
        key: its key in the register.
        folder: relative to the output folder.
        facts: its facts, gathered for judging.
        findings: all of them.
        papers: what was made of it.
        main: facts of the dossier that it joined.
        award: its facts with the amount granted, once it is decided.
    """
    form = call.forms[dossier.form]
    overview = call.overview
    about = main or facts
    decision = dossier.decision
    requested = _value(overview.requested, about)
    return Line(
        key=key,
        number=dossier.number,
        form=dossier.form,
        title=form.title,
        folder=folder,
        applicant=_shown(overview.applicant, about),
        subject=_shown(overview.subject, about),
        requested=requested if isinstance(requested, Decimal) else None,
        granted=decision.granted if decision else None,
        received=dossier.receipt.received,
        proof=dossier.receipt.proof if dossier.receipt.received else "",
        source=dossier.source.name if dossier.source else "",
        attachments=tuple(a.name for a in dossier.attachments if a.role in (Role.ATTACHMENT, Role.COPY)),
        values=tuple(_value(column.value, about) for column in overview.columns) if main is None else (),
        findings=tuple(finding for finding in findings if finding.outcome is not Outcome.HOLDS),
        review=tuple(reviews(form, dossier)),
        notes=dossier.notes,
        acts=dossier.acts,
        papers=tuple(papers),
        call_facts=_of_call_rules(call, facts),
        requests=dossier.requests,
        supplements=dossier.supplements,
        award_facts=None if award is None else _of_call_rules(call, award),
        look_again=(*corrections(form, dossier, key), *earlier_versions(form, dossier, key)),
        earlier=tuple(earlier.number for earlier in dossier.earlier),
    )


def _of_call_rules(call: Call, facts: Facts) -> dict[str, Any]:
    """Keep the facts that the rules over all dossiers can use: those whose name stands in one of them."""
    sources = [
        source
        for rule in call.rules
        if rule.scope is Scope.CALL
        for source in (rule.each, rule.when, *(part for c in rule.cases for part in (c.check, c.message, c.remedy)))
    ]
    words = {word for source in sources for word in re.findall(r"\w+", source)}
    return {name: value for name, value in facts.items() if name in words or name == "number"}


def amount_available(call: Call, facts: Facts) -> Decimal | None:
    """Give the amount that the call has for all dossiers together."""
    available = _value(call.overview.available, facts)
    return available if isinstance(available, Decimal) else None


def _value(source: str, facts: Facts) -> Any:
    """Evaluate an expression; None where it is a gap."""
    try:
        value = expression.evaluate(source, facts)
    except expression.NotJudged:
        return None
    return None if isinstance(value, expression.Gap) else value


def _shown(source: str, facts: Facts) -> str:
    value = _value(source, facts)
    return "" if value is None else expression.show(value)
