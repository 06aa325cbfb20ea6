"""The rules of a call against the facts of a dossier: findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from jinja2 import TemplateError

from pipeline.document import Location
from pipeline.dossier import Act, ActKind, Dossier
from pipeline.dossier.quoting import at_question
from pipeline.errors import DefinitionError, Fault
from pipeline.expression import Gap, NotJudged, Record, evaluate, fill, holds, missing, names_row, sketch
from pipeline.facts import Facts, gather_call
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.form import Form
from pipeline.language import _, date_long
from pipeline.library.call import Call
from pipeline.rule import Case, Moment, Rule, Scope

_FAULTY = (TemplateError, TypeError, AttributeError, LookupError)
"""What only a faulty definition raises."""
_IMPOSSIBLE = (ArithmeticError, ValueError)
"""What an answer can raise in a sound definition: a division by zero, a year beyond the calendar."""
_WEIGHT = (Severity.INFO, Severity.WARNING, Severity.BLOCKING)


def check(call: Call, dossier: Dossier, facts: Facts, moment: Moment = Moment.INTAKE) -> tuple[Finding, ...]:
    """Judge a dossier by every rule for its form at this moment.

    Args:
        call: the call that it answers.
        dossier: the submission, for the places of its answers.
        facts: its facts, gathered for `Use.JUDGE`.
        moment: when; at `AWARD` only the rules that are judged again.

    Returns:
        One finding a rule, in the order of the rules; a rule over rows gives one for each row that fails or
        cannot be judged, or one when all hold.

    Raises:
        DefinitionError: a rule is faulty; `lint` finds such faults beforehand.
    """
    form = call.forms[dossier.form]
    return tuple(
        finding
        for rule in call.rules
        if rule.scope is Scope.DOSSIER and (rule.form or call.main_form) == form.key and moment in rule.moments
        for finding in _judge(rule, facts, _Places(form, dossier))
    )


def check_call(
    call: Call, dossiers: Sequence[Facts], *, today: dt.date, moment: Moment = Moment.INTAKE
) -> tuple[Finding, ...]:
    """Judge all dossiers together; `dossiers` are their facts, gathered for `Use.JUDGE`."""
    facts = gather_call(call, dossiers, today=today)
    return tuple(
        finding
        for rule in call.rules
        if rule.scope is Scope.CALL and moment in rule.moments
        for finding in _judge(rule, facts, _Places())
    )


def accept(findings: Iterable[Finding], acts: Iterable[Act]) -> tuple[Finding, ...]:
    """Set the waiver of every finding that an official accepted.

    An acceptance holds for the message that was accepted. When the finding now says something else it lapses,
    and the finding says so.
    """
    findings = tuple(findings)
    accepted = [act for act in acts if act.kind is ActKind.ACCEPT and act.on is not None]
    return tuple(_accept(finding, findings, [a for a in accepted if a.target == finding.code]) for finding in findings)


def _accept(finding: Finding, findings: Sequence[Finding], acts: Sequence[Act]) -> Finding:
    if finding.outcome is Outcome.HOLDS or not acts:
        return finding
    lapses = [_lapse(act) for act in acts]
    for act in reversed(acts):
        if _fits(act, finding, lapses) and act.on is not None:
            return replace(finding, waiver=Waiver(act.why, act.by, act.on))
    same = [other for other in findings if other.code == finding.code and other.outcome is not Outcome.HOLDS]
    for act, lapse in zip(reversed(acts), reversed(lapses), strict=True):
        if not any(_fits(act, other, lapses) for other in same):
            return replace(finding, message=f"{finding.message} {lapse}")
    return finding


def _fits(act: Act, finding: Finding, lapses: Sequence[str]) -> bool:
    """Tell whether the message accepted is what the finding says, a sentence on an older acceptance left out."""
    return act.value == finding.message or any(act.value == f"{finding.message} {lapse}" for lapse in lapses)


def _lapse(act: Act) -> str:
    return _("De aanvaarding van {day} door {by} past hier niet meer bij; beoordeel dit opnieuw.").format(
        day=date_long(act.on) if act.on else "", by=act.by
    )


class _Places:
    """Where the answers of a dossier stand, or should have stood."""

    def __init__(self, form: Form | None = None, dossier: Dossier | None = None) -> None:
        self.form = form
        self.dossier = dossier

    def of(self, key: str) -> Location | None:
        """Give the place of a field."""
        table = key.partition(".")[0]
        if self.form is None or self.dossier is None or not table:
            return None
        answer = self.dossier.answers.get(table)
        asked = next((field for field in self.form.fields() if field.key == table), None)
        if answer is not None and answer.location is not None:
            return answer.location if asked is None else at_question(answer.location, asked)
        if self.dossier.source is None or asked is None:
            return None
        return Location(source=self.dossier.source.name, heading=self.form.section_of(table).heading)

    def of_row(self, row: Record, key: str) -> Location | None:
        """Give the place of a cell, or else of its row."""
        if row.has("places"):
            place = row.read("places").get(key.partition(".")[2])
            if isinstance(place, Location):
                return place
        if row.has("location") and row.read("location") is not None:
            location: Location = row.read("location")
            return location
        if row.about == "attachment":
            return Location(source=row.read("name"))
        return self.of(key)


def _judge(rule: Rule, facts: Facts, places: _Places) -> list[Finding]:
    by_row = bool(rule.each and rule.when and names_row(rule.when))
    key = "when"
    try:
        if rule.when and not by_row and not holds(rule.when, facts):
            return [_holding(rule, _("Niet van toepassing."))]
        key = "each"
        rows = list(evaluate(rule.each, facts)) if rule.each else [None]
    except NotJudged as met:
        source = rule.when if key == "when" else rule.each
        return [_unjudged(rule, rule.cases, missing(source, facts, met.gap), met.gap, None, places)]
    except _IMPOSSIBLE:
        return [_unjudged(rule, rule.cases, (), None, None, places)]
    except _FAULTY as error:
        raise _faulty(rule, key, error) from error
    around = {**facts} if rule.each else facts
    found = []
    for row in rows:
        if row is not None:
            around["row"] = row
        finding = _judge_row(rule, around, row, places, by_row=by_row)
        if finding is not None:
            found.append(finding)
    return found or [_holding(rule)]


def _judge_row(rule: Rule, facts: Facts, row: Any, places: _Places, *, by_row: bool) -> Finding | None:
    """Give what the first case that does not hold says; None when all hold."""
    if by_row:
        try:
            if not holds(rule.when, facts):
                return None
        except NotJudged as met:
            return _unjudged(rule, rule.cases, missing(rule.when, facts, met.gap), met.gap, row, places)
        except _IMPOSSIBLE:
            return _unjudged(rule, rule.cases, (), None, row, places)
        except _FAULTY as error:
            raise _faulty(rule, "when", error) from error
    for index, case in enumerate(rule.cases):
        try:
            if holds(case.check, facts):
                continue
        except NotJudged as met:
            lacks = missing(case.check, facts, met.gap)
            unjudged = _unjudged(rule, rule.cases[index:], lacks, met.gap, row, places)
            return replace(unjudged, case=index + 1)
        except _IMPOSSIBLE:
            return replace(_unjudged(rule, rule.cases[index:], (), None, row, places), case=index + 1)
        except _FAULTY as error:
            raise _faulty(rule, f"case[{index + 1}].check", error) from error
        return _failing(rule, index, case, facts, row, places)
    return None


def _holding(rule: Rule, message: str = "") -> Finding:
    first = rule.cases[0]
    reference = "" if "{{" in first.reference else first.reference
    return Finding(
        rule.code, rule.title, Outcome.HOLDS, first.severity, message=message, reference=reference, field=rule.field
    )


def _failing(rule: Rule, index: int, case: Case, facts: Facts, row: Any, places: _Places) -> Finding:
    said = Finding(
        rule.code,
        rule.title,
        Outcome.FAILS,
        case.severity,
        message=_said(rule, f"case[{index + 1}].message", case.message, facts),
        remedy=_said(rule, f"case[{index + 1}].remedy", case.remedy, facts),
        reference=_said(rule, f"case[{index + 1}].reference", case.reference, facts),
        field=rule.field,
        stops_papers=case.stops_papers,
        case=index + 1,
    )
    return _at(said, rule, row, places)


def _said(rule: Rule, key: str, source: str, facts: Facts) -> str:
    try:
        return _fill(source, facts)
    except _IMPOSSIBLE:
        return rule.title
    except _FAULTY as error:
        raise _faulty(rule, key, error) from error


def _fill(source: str, facts: Facts) -> str:
    """Fill a text; an answer that is missing shows as `[ontbreekt: …]`."""
    try:
        return fill(source, facts).strip()
    except NotJudged:
        return sketch(source, facts).strip()


def _unjudged(
    rule: Rule, cases: Sequence[Case], labels: tuple[str, ...], met: Gap | None, row: Any, places: _Places
) -> Finding:
    """Say that a rule waits for answers, as heavily as the heaviest of its cases that are still open."""
    heaviest = max(cases, key=lambda case: _WEIGHT.index(case.severity))
    listed = ", ".join(f"«{label}»" for label in labels)
    if labels:
        message = _("Niet beoordeeld: {labels} ontbreekt of is twijfelachtig.").format(labels=listed)
        remedy = _("Vul {labels} in, of maak duidelijk wat er staat.").format(labels=listed)
    else:
        message = _("Niet beoordeeld: met deze antwoorden kan niet worden gerekend.")
        remedy = _("Kijk de getallen en datums na waarover deze regel gaat.")
    finding = Finding(
        rule.code,
        rule.title,
        Outcome.NOT_JUDGED,
        heaviest.severity,
        message=message,
        remedy=remedy,
        reference="" if "{{" in heaviest.reference else heaviest.reference,
        field=rule.field or (met.key if met is not None else ""),
        stops_papers=any(case.stops_papers for case in cases),
        missing=labels,
    )
    return _at(finding, rule, row, places)


def _at(finding: Finding, rule: Rule, row: Any, places: _Places) -> Finding:
    if not isinstance(row, Record):
        return replace(finding, location=places.of(finding.field))
    if row.about == "fields":
        key = str(row.read("key"))
        cell = key.split(".")
        number = int(cell[1]) if len(cell) > 1 else None
        return replace(finding, field=key, row=number, location=row.read("location") or places.of(key))
    number = row.read("number") if row.has("places") else None
    field = rule.field or (row.about if row.has("places") else "")
    return replace(finding, field=field, row=number, location=places.of_row(row, field))


def _faulty(rule: Rule, key: str, error: Exception) -> DefinitionError:
    return DefinitionError([Fault("regels.toml", f"rule.{rule.code}.{key}", str(error))])
