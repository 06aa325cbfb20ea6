"""The names that rules, conditions and papers of a form can use, with what they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline import expression
from pipeline.dossier import State
from pipeline.facts import gather_call
from pipeline.finding import Outcome, Severity
from pipeline.form import Demand, Field, Form
from pipeline.library.call import Call, Insertion, SignatoryDefinition
from pipeline.lint.examples import TODAY, first
from pipeline.lint.infer import Walker
from pipeline.lint.kinds import (
    ANY,
    DATE,
    INSERTED,
    MOMENT,
    NUMBER,
    TEXT,
    YESNO,
    Keyed,
    Kind,
    Many,
    Named,
    Plain,
    Scope,
    kind_of,
)
from pipeline.values import FieldType

ROW_PARTS = {"number": NUMBER, "location": ANY, "places": ANY}
"""What every row of a table has beside its columns."""
_KINDS = {
    FieldType.YESNO: YESNO,
    FieldType.AMOUNT: NUMBER,
    FieldType.INTEGER: NUMBER,
    FieldType.PERCENTAGE: NUMBER,
    FieldType.YEAR: NUMBER,
    FieldType.DATE: DATE,
}
FINDING = Named(
    "findings",
    {
        **dict.fromkeys(("code", "title", "message", "remedy", "reference", "field", "place"), TEXT),
        "outcome": Plain("choice", tuple(Outcome)),
        "severity": Plain("choice", tuple(Severity)),
        **dict.fromkeys(("counts", "blocks", "stops_papers", "accepted"), YESNO),
        "missing": Many(TEXT),
        "waiver": Named("waiver", {"why": TEXT, "by": TEXT, "on": DATE}),
    },
)
"""A finding as papers read it."""
CORRECTION = Named("corrections", {**dict.fromkeys(("label", "value", "why", "by"), TEXT), "date": DATE})
"""A correction by an official, as papers read it."""
REQUEST = Named(
    "requests",
    {
        "number": NUMBER,
        "date": DATE,
        "until": DATE,
        "labels": Many(TEXT),
        "files": Many(TEXT),
        "answered": YESNO,
    },
)
"""A supplement that was asked, as rules and papers read it."""
SUPPLEMENT = Named(
    "supplements",
    {
        "number": NUMBER,
        "received": MOMENT,
        "until": DATE,
        **dict.fromkeys(("closed", "files", "told"), Many(TEXT)),
        "applied": YESNO,
        "location": ANY,
    },
)
"""A supplement that came back, as rules and papers read it."""
CLAUSE = Named("clauses", {"key": TEXT, "title": TEXT, "text": Many(TEXT), "confirmed": YESNO})
"""A clause as papers read it."""
SIGNATORY = Named("signatories", dict.fromkeys(("key", "name", "role", "label"), TEXT))
"""Who signs a paper, as it reads them."""


def of_forms(call: Call) -> dict[str, Scope]:
    """Give the names of each form of a call, by its key."""
    bare = without_conditions(call)
    return {key: of_form(call, bare, form) for key, form in bare.forms.items()}


def without_conditions(call: Call) -> Call:
    """Give the call without the expressions that facts evaluate, so that a fault in one stops no other check."""
    forms = {}
    for key, form in call.forms.items():
        sections = tuple(
            replace(section, fields=tuple(_unconditional(field) for field in section.fields))
            for section in form.sections
        )
        forms[key] = replace(form, sections=sections)
    return replace(call, values={}, forms=forms)


def _unconditional(field: Field) -> Field:
    return replace(field, required_when="", columns=tuple(_unconditional(column) for column in field.columns))


def of_form(call: Call, bare: Call, form: Form) -> Scope:
    """Give the names for a dossier of a form; `bare` is the call without conditions, safe to try facts with."""
    scope: Scope = {name: kind_of(value) for name, value in first(bare, form).facts(bare).items()}
    scope.update(granted=NUMBER, received=MOMENT, today=DATE, duplicates=Many(TEXT), same_applicant=Many(TEXT))
    scope["decision"] = Named("decision", {"date": DATE, "reference": TEXT})
    scope["withdrawn"] = Named("withdrawn", {"date": DATE, "why": TEXT, "by": TEXT})
    scope["corrections"] = Many(CORRECTION)
    scope.update(requests=Many(REQUEST), supplements=Many(SUPPLEMENT))
    scope["codelists"] = _codelists(call)
    scope["fields"] = Many(_fields(form, scope["fields"]))
    scope.update({field.key: _field(field) for field in form.fields()})
    if form.key == call.main_form:
        _add_values(call, scope)
    else:
        scope[call.main_form] = Named(call.main_form, of_form(call, bare, bare.form))
    return scope


def of_call(call: Call, bare: Call) -> Scope:
    """Give the names for all dossiers together."""
    facts = gather_call(call, [], today=TODAY)
    scope: Scope = {name: kind_of(value) for name, value in facts.items()}
    scope["codelists"] = _codelists(call)
    scope["dossiers"] = Many(Named("dossiers", of_form(call, bare, bare.form)))
    return scope


def of_paper(scope: Scope, parties: Iterable[SignatoryDefinition] = (), insertions: Iterable[Insertion] = ()) -> Scope:
    """Give the names for a paper: those of its form, what is known of the paper itself, the mark of who signs it.

    Args:
        scope: the names of its form.
        parties: who sign it.
        insertions: what its template can insert; the expressions around a template cannot.
    """
    return {
        **scope,
        **{one.key: INSERTED[one.level] for one in insertions if not one.replaces},
        "clauses": Many(CLAUSE),
        "draft": YESNO,
        "draft_reasons": Many(TEXT),
        "findings": Many(FINDING),
        "intake_findings": Many(FINDING),
        "paper": Named("paper", {"key": TEXT, "title": TEXT}),
        "paper_date": DATE,
        "signatories": Many(SIGNATORY),
        "handtekening": _marks(parties),
    }


def _marks(parties: Iterable[SignatoryDefinition]) -> Named:
    """Give the mark of every party that signs a paper; of a party with rows, by the number of the row."""
    return Named("handtekening", {party.key: Keyed(TEXT) if party.each else TEXT for party in parties})


def _add_values(call: Call, scope: Scope) -> None:
    """Add the named values in order, each from those before; their own faults are reported elsewhere."""
    for name, source in call.values.items():
        walker = Walker(expression.text(), lambda _line, _message, _suggestion: None)
        try:
            scope[name] = walker.infer(expression.tree(source), scope)
        except expression.ExpressionFault:
            scope[name] = ANY


def _fields(form: Form, example: Kind) -> Kind:
    """Give a record of `fields`, of which the closed lists are known."""
    of = rows_of(example)
    if not isinstance(of, Named):
        return of
    return Named(
        of.about,
        {
            **of.parts,
            "demand": Plain("choice", tuple(Demand)),
            "key": Plain("choice", tuple(field.key for field in form.fields())),
            "state": Plain("choice", tuple(State)),
            "type": Plain("choice", tuple(FieldType)),
            "value": ANY,
        },
    )


def _codelists(call: Call) -> Named:
    lists: dict[str, Kind] = {}
    for name, entries in call.codelists.items():
        columns = next(iter(entries.values()), {})
        lists[name] = Keyed(Named(f"codelists.{name}", dict.fromkeys(columns, TEXT)))
    return Named("codelists", lists)


def _field(field: Field) -> Kind:
    if field.type is FieldType.TABLE:
        columns = {column.key: _field(column) for column in field.columns}
        return Many(Named(field.key, {**columns, **ROW_PARTS}))
    if field.type is FieldType.CHOICE:
        return Plain("choice", tuple(choice.value for choice in field.choices))
    if field.type is FieldType.CHOICES:
        return Many(Plain("choice", tuple(choice.value for choice in field.choices)))
    return _KINDS.get(field.type, TEXT)


def rows_of(kind: Kind) -> Kind:
    """Give what one of several is."""
    return kind.of if isinstance(kind, Many | Keyed) else ANY
