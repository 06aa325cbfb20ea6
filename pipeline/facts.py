"""A dossier as the names that rules, conditions and templates use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.document import Location
from pipeline.dossier import Act, Answer, Ask, Dossier, Request, Row, State, Supplement
from pipeline.dossier.places import standing_corrections
from pipeline.dossier.quoting import at_cells, at_question, at_row
from pipeline.expression import Chosen, Gap, NotJudged, Record, Use, as_used, evaluate, holds, missing
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.rule import Moment, Parameter
from pipeline.values import FieldType

Facts = dict[str, Any]

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
    answers = {field.key: _answer(dossier.answers.get(field.key), field, use) for field in form.fields()}
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
        corrections=tuple(_correction(act, form) for act in standing_corrections(dossier)),
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
        requests=tuple(_request(request, dossier, use) for request in dossier.requests),
        received=dossier.receipt.received or Gap(_("moment van ontvangst"), "not_found", use),
        same_applicant=same_applicant,
        settings=_body(call.settings, "instellingen", use),
        supplements=tuple(_supplement(supplement, dossier, use) for supplement in dossier.supplements),
        today=today,
        withdrawn=_withdrawn((main or dossier).withdrawn, use),
    )
    if moment is Moment.AWARD and decision and call.requested_field in facts:
        facts[call.requested_field] = decision.granted
    if main is not None:
        facts[call.main_form] = Record(
            gather(call, main, today=today, use=use, moment=moment, same_applicant=same_applicant), call.main_form
        )
    judged = facts if use is Use.JUDGE else _judged(facts)
    judged["fields"] = tuple(_field_records(form, dossier, facts, judged))
    if use is not Use.JUDGE:
        facts["fields"] = as_used(judged["fields"], use)
    if dossier.form == call.main_form:
        for name, source in call.values.items():
            value = _named_value(name, source, judged)
            judged[name] = value
            if use is not Use.JUDGE:
                facts[name] = as_used(value, use)
    return facts


def _correction(act: Act, form: Form) -> Record:
    """Give a correction as a person reads it: the label of the question, and the row it stands in."""
    return Record(
        {"label": form.label_of(act.target), "value": act.value, "why": act.why, "by": act.by, "date": act.on},
        "corrections",
    )


def _request(request: Request, dossier: Dossier, use: Use) -> Record:
    """Give a supplement that was asked, as a rule or a letter reads it."""
    files = tuple(question.target for question in request.questions if question.ask is Ask.FILE)
    values = {
        "number": request.sequence,
        "date": request.on,
        "until": request.until or Gap(_("laatste dag om aan te vullen"), "not_found", use),
        "labels": tuple(question.label for question in request.questions if question.ask is not Ask.FILE),
        "files": files,
        "answered": any(supplement.request == request.sequence for supplement in dossier.supplements),
    }
    return Record(values, "requests")


def _supplement(supplement: Supplement, dossier: Dossier, use: Use) -> Record:
    """Give a supplement that came back, as a rule or a letter reads it."""
    asked = next((request for request in dossier.requests if request.sequence == supplement.request), None)
    values = {
        "number": supplement.number,
        "received": supplement.receipt.received or Gap(_("moment van ontvangst"), "not_found", use),
        "until": (asked.until if asked else None) or Gap(_("laatste dag om aan te vullen"), "not_found", use),
        "closed": supplement.closed,
        "files": supplement.files,
        "told": supplement.told,
        "applied": supplement.applied,
    }
    return Record(values, "supplements", extra={"location": Location(source=supplement.file)})


def _withdrawn(act: Act | None, use: Use) -> Any:
    if act is None:
        columns = {"date": _("datum van de intrekking"), "why": _("reden van de intrekking"), "by": _("indiener")}
        return Gap(_("de intrekking"), "not_found", use, columns=columns)
    return Record({"date": act.on, "why": act.why, "by": act.by}, "withdrawn")


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


def _answer(answer: Answer | None, field: Field, use: Use, place: str = "") -> Any:
    """Give what an answer is to an expression; `place` says in front of which row a cell stands."""
    state = answer.state if answer else State.NOT_FOUND
    labels = (f"{place}: {field.label}",) if place else ()
    if answer is None or state is not State.GIVEN:
        columns = {column.key: column.label for column in field.columns} or None
        return Gap(field.label, state.value, use, field.key, columns, labels, not field.required)
    if field.type is FieldType.TABLE:
        return tuple(_row(row, field, use) for row in answer.rows)
    if answer.value is None:
        return Gap(field.label, State.DOUBTFUL.value, use, field.key, None, labels, not field.required)
    return _value(answer, field)


def _row(row: Row, field: Field, use: Use) -> Record:
    place = _("{field}, rij {row}").format(field=field.label, row=row.number)
    return Record(
        {column.key: _answer(row.cells.get(column.key), column, use, place) for column in field.columns},
        field.key,
        extra={
            "number": row.number,
            "location": at_row(row.location, field, row),
            "places": dict(at_cells(field, row)),
        },
    )


def _value(answer: Answer, field: Field) -> Any:
    labels = {choice.value: choice.label for choice in field.choices}
    if field.type is FieldType.CHOICE and isinstance(answer.value, str):
        return Chosen(answer.value, labels.get(answer.value, answer.value))
    if field.type is FieldType.CHOICES and isinstance(answer.value, tuple):
        return tuple(Chosen(value, labels.get(value, value)) for value in answer.value)
    return answer.value


def _field_records(form: Form, dossier: Dossier, facts: Facts, judged: Facts) -> Iterator[Record]:
    """Give one record a field, and one a cell of every row of a given table.

    A gap where nobody has to answer now (`required_when` is false) becomes optional, and not asked, on the way.
    """
    for section in form.sections:
        for field in section.fields:
            answer = dossier.answers.get(field.key)
            gaps = (facts[field.key], judged[field.key])
            place = at_question(answer.location, field) if answer is not None else None
            yield _field_record(section.heading, field, (field.key, field.label, place), answer, gaps, judged)
            if field.columns and answer is not None and answer.state is State.GIVEN:
                yield from _cell_records(section.heading, field, answer, facts, judged)


def _cell_records(heading: str, field: Field, answer: Answer, facts: Facts, judged: Facts) -> Iterator[Record]:
    for row, shown, asked in zip(answer.rows, facts[field.key], judged[field.key], strict=True):
        around = {**judged, "row": asked}
        places = dict(at_cells(field, row))
        for column in field.columns:
            label = _("{field}, rij {row}: {column}").format(field=field.label, row=row.number, column=column.label)
            gaps = (shown.read(column.key), asked.read(column.key))
            key = f"{field.key}.{row.number}.{column.key}"
            at = (key, label, places.get(column.key))
            yield _field_record(heading, column, at, row.cells.get(column.key), gaps, around)


def _field_record(
    heading: str,
    field: Field,
    at: tuple[str, str, Location | None],
    answer: Answer | None,
    gaps: tuple[Any, Any],
    judged: Facts,
) -> Record:
    """Give what is known of an answer; `at` holds its key, its label and its place."""
    key, label, place = at
    required = field.required
    if required and field.required_when:
        try:
            required = holds(field.required_when, judged)
        except NotJudged:
            required = False
        else:
            for gap in gaps:
                if isinstance(gap, Gap):
                    gap.optional = not required
                    gap.asked = required
    values = {
        "key": key,
        "label": label,
        "section": heading,
        "required": required,
        "demand": field.demand.value,
        "state": (answer.state if answer else State.NOT_FOUND).value,
        "text": answer.text if answer else "",
        "problem": answer.problem if answer else "",
        "reference": field.reference,
        "help": field.help,
        "type": field.type.value,
        "rows": len(answer.rows) if answer else 0,
        "min_rows": field.min_rows,
        "value": gaps[1],
    }
    return Record(values, "fields", extra={"location": place})
