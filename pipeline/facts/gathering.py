"""A dossier as the names that rules, conditions and templates use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.dossier import Dossier
from pipeline.dossier.places import standing_corrections
from pipeline.expression import Gap, NotJudged, Record, Use, as_used, evaluate, missing
from pipeline.facts.acts import correction_record, request_record, supplement_record, withdrawal_record
from pipeline.facts.kinds import Facts
from pipeline.facts.questions import answer_of, question_records
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.rule import Moment, Parameter

PROGRAM_NAMES = (
    "attachments",
    "call",
    "codelists",
    "corrections",
    "decision",
    "duplicates",
    "fields",
    "granted",
    "number",
    "parameters",
    "planning",
    "received",
    "requested",
    "requests",
    "same_applicant",
    "settings",
    "supplements",
    "today",
    "withdrawn",
)
"""Names that every set of facts has, beside the fields, the named values and the bodies of the call."""


def gather(
    call: Call,
    dossier: Dossier,
    *,
    today: dt.date,
    use: Use = Use.JUDGE,
    moment: Moment = Moment.INTAKE,
    duplicates: tuple[str, ...] = (),
    same_applicant: tuple[str, ...] = (),
    main: Dossier | None = None,
) -> Facts:
    """Give the facts of one dossier.

    Args:
        call: the call that it answers.
        dossier: a submission of any form of the call.
        today: the date of the run.
        use: who asks, which decides what a gap does.
        moment: at `AWARD` the requested amount is replaced by the amount granted.
        duplicates: numbers of the other dossiers with the same proposal.
        same_applicant: numbers of the other dossiers of the same applicant.
        main: for a form that joins a dossier: that dossier; its facts stand under the main form's key.

    Returns:
        Field keys → typed value, `Gap`, or tuple of `Record` for tables; named values; `PROGRAM_NAMES`;
        the bodies of the call.
    """
    form = call.forms[dossier.form]
    facts: Facts = {name: _body(value, name, use) for name, value in call.bodies.items()}
    answers = {field.key: answer_of(dossier.answers.get(field.key), field, use) for field in form.fields()}
    facts.update(answers)
    decision = (main or dossier).decision
    facts.update(
        attachments=tuple(
            Record(
                {"name": a.name, "kind": a.media_type, "size": a.size, "problem": a.problem, "role": a.role.value},
                "attachment",
            )
            for a in dossier.attachments
        ),
        call=Record({"key": call.key, "title": call.title}, "call"),
        codelists=Record(call.codelists, "codelists", nested=True),
        corrections=tuple(correction_record(act, form) for act in standing_corrections(dossier)),
        decision=Record({"date": decision.on, "reference": decision.reference}, "decision")
        if decision
        else Gap(
            _("de beslissing"),
            "not_found",
            use,
            columns={"date": _("datum van de beslissing"), "reference": _("kenmerk van de beslissing")},
        ),
        duplicates=duplicates,
        granted=decision.granted if decision else Gap(_("toegekend bedrag"), "not_found", use),
        number=dossier.number,
        parameters=_parameters(call.parameters, "parameters"),
        planning=_parameters(call.planning, "planning"),
        requested=facts.get(call.requested_field, Gap(_("gevraagd bedrag"), "not_found", use)),
        requests=tuple(request_record(request, dossier, use) for request in dossier.requests),
        received=dossier.receipt.received or Gap(_("moment van ontvangst"), "not_found", use),
        same_applicant=same_applicant,
        settings=_body(call.settings, "instellingen", use),
        supplements=tuple(supplement_record(supplement, dossier, use) for supplement in dossier.supplements),
        today=today,
        withdrawn=withdrawal_record((main or dossier).withdrawn, use),
    )
    if moment is Moment.AWARD and decision and call.requested_field in facts:
        facts[call.requested_field] = decision.granted
    if main is not None:
        facts[call.main_form] = Record(
            gather(call, main, today=today, use=use, moment=moment, same_applicant=same_applicant), call.main_form
        )
    judged = facts if use is Use.JUDGE else _judged(facts)
    judged["fields"] = tuple(question_records(form, dossier, facts, judged))
    if use is not Use.JUDGE:
        facts["fields"] = as_used(judged["fields"], use)
    if dossier.form == call.main_form:
        for name, source in call.values.items():
            value = _named_value(name, source, judged)
            judged[name] = value
            if use is not Use.JUDGE:
                facts[name] = as_used(value, use)
    return facts


_WITHOUT_GAPS = frozenset({"codelists", "parameters", "planning"})


def _judged(facts: Facts) -> Facts:
    """Give the same facts with their gaps as a rule meets them."""
    return {name: value if name in _WITHOUT_GAPS else as_used(value, Use.JUDGE) for name, value in facts.items()}


def _named_value(name: str, source: str, facts: Facts) -> Any:
    """Evaluate a named value; where it needs a gap it is a gap itself, naming that answer."""
    try:
        value = evaluate(source, facts)
    except NotJudged as met:
        value = Gap(met.gap.label, met.gap.state, Use.JUDGE, name, labels=missing(source, facts, met.gap))
    if isinstance(value, Gap):
        return Gap(value.label, value.state, Use.JUDGE, name, labels=value.labels)
    return value


def gather_call(call: Call, dossiers: Sequence[Facts], *, today: dt.date) -> Facts:
    """Give the facts of all dossiers together: `dossiers`, and what the call itself says.

    Args:
        call: the call.
        dossiers: the facts of each, as `gather` gives them for the same use.
        today: the date of the run.
    """
    facts: Facts = {name: _body(value, name, Use.JUDGE) for name, value in call.bodies.items()}
    facts.update(
        call=Record({"key": call.key, "title": call.title}, "call"),
        codelists=Record(call.codelists, "codelists", nested=True),
        dossiers=tuple(Record(each, str(each["number"])) for each in dossiers),
        parameters=_parameters(call.parameters, "parameters"),
        planning=_parameters(call.planning, "planning"),
        settings=_body(call.settings, "instellingen", Use.JUDGE),
        today=today,
    )
    return facts


def _parameters(parameters: Mapping[str, Parameter], about: str) -> Record:
    return Record({key: parameter.value for key, parameter in parameters.items()}, about)


def _body(value: Any, name: str, use: Use) -> Any:
    if value == "":
        return Gap(name, "empty", use, name)
    if isinstance(value, Mapping):
        return Record({key: _body(item, f"{name}: {key}", use) for key, item in value.items()}, name)
    if isinstance(value, list | tuple):
        return tuple(_body(item, name, use) for item in value)
    return value
