"""Every rule of the call has data that holds and data that fails, as near its border as the unit allows."""

from __future__ import annotations

import copy
import datetime as dt
import random
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.check import check, check_call
from pipeline.document import Source
from pipeline.dossier import (
    Act,
    ActKind,
    Answer,
    Attachment,
    Dossier,
    Receipt,
    Request,
    Role,
    Row,
    State,
    Supplement,
)
from pipeline.facts import gather
from pipeline.finding import Outcome
from pipeline.library import load
from pipeline.rule import Moment, Scope
from pipeline.values import FieldType

RULES = Path(__file__).parent / "rules"
CALL = "wijkverbeteringscontract"
SETTINGS = (
    *("received", "today", "attachments", "granted", "requested", "duplicates", "same_applicant", "moment"),
    "supplements",
)


def read(name):
    return tomllib.loads((RULES / name).read_text(encoding="utf-8"), parse_float=Decimal)


DATA = [
    pytest.param(path.stem, datum, id=f"{path.stem}: {datum['name']}")
    for path in sorted(RULES.glob("[A-Z]*.toml"))
    for datum in read(path.name)["datum"]
]


@cache
def call():
    return load(CALL)


def rule_of(code):
    return next(rule for rule in call().rules if rule.code == code)


def answer(field, value):
    if isinstance(value, dict) and "state" in value:
        text = value.get("text", "")
        return Answer(
            field.key, State(value["state"]), text=text, problem=f"«{text}» is niet duidelijk." if text else ""
        )
    if value is None or (field.columns and value == []):
        return Answer(field.key, State.EMPTY)
    if field.columns:
        rows = tuple(
            Row(number, {column.key: answer(column, row.get(column.key)) for column in field.columns})
            for number, row in enumerate(value, 1)
        )
        return Answer(field.key, State.GIVEN, rows=rows)
    if field.type is FieldType.AMOUNT:
        value = Decimal(value)
    elif field.type is FieldType.CHOICES:
        value = tuple(value)
    return Answer(field.key, State.GIVEN, text=str(value), value=value)


def put(values, path, value):
    """Set `veld` or `tabel.2.kolom`."""
    table, *rest = path.split(".")
    if rest:
        values[table][int(rest[0]) - 1][rest[1]] = value
    else:
        values[table] = value


def changed(datum, form):
    """Give the base of a form with what a datum changes."""
    base = copy.deepcopy(read(f"_{form}.toml"))
    values = base["answers"]
    for path, value in datum.get("answers", {}).items():
        put(values, path, value)
    for state in ("empty", "not_found"):
        for path in datum.get(state, ()):
            put(values, path, {"state": state})
    for path, text in datum.get("doubtful", {}).items():
        put(values, path, {"state": "doubtful", "text": text})
    for table, rows in datum.get("add", {}).items():
        values[table] = [*values.get(table, []), *rows]
    return base | {key: datum[key] for key in SETTINGS if key in datum}


def dossier(base, form, number="WVC-2021-0001"):
    fields = {field.key: field for field in call().forms[form].fields()}
    assert set(base["answers"]) <= set(fields)
    attachments = []
    for each in base.get("attachments", ()):
        name, problem, role = [*each, "attachment"][:3] if isinstance(each, list) else (each, "", "attachment")
        attachments.append(Attachment(name, "0" * 64, "application/pdf", 1000, problem, Role(role)))
    acts = ()
    if "granted" in base:
        day = dt.date(2021, 12, 17)
        acts = (
            Act(ActKind.DECIDE, value=str(base["granted"]), on=day, reference="VR 2021", why="beslissing", by="NN"),
        )
    received = base.get("received") or None
    day = dt.date(2021, 7, 1)
    came = list(enumerate(base.get("supplements", ()), 1))
    source = Source("aanvulling.docx", "0" * 64, "")
    return Dossier(
        number,
        CALL,
        form,
        receipt=Receipt(received=received if isinstance(received, dt.datetime) else None),
        attachments=tuple(attachments),
        answers={key: answer(field, base["answers"].get(key)) for key, field in fields.items()},
        acts=acts,
        requests=tuple(Request(number, day, each.get("until"), (), ()) for number, each in came),
        supplements=tuple(
            Supplement(number, Receipt(each.get("received")), source, day, number) for number, each in came
        ),
    )


def facts_of(base, form, number="WVC-2021-0001"):
    made = dossier(base, form, number)
    return made, gather(
        call(),
        made,
        today=base["today"],
        moment=Moment(base.get("moment", "intake")),
        duplicates=tuple(base.get("duplicates", ())),
        same_applicant=tuple(base.get("same_applicant", ())),
    )


def findings_of(code, datum):
    rule = rule_of(code)
    form = rule.form or call().main_form
    if rule.scope is Scope.CALL:
        several = [changed({"answers": {"gevraagde_subsidie": 1}} | each, form) for each in datum["dossiers"]]
        facts = [facts_of(base, form, f"WVC-2021-{number:04}")[1] for number, base in enumerate(several, 1)]
        found = check_call(call(), facts, today=several[0]["today"])
    else:
        base = changed(datum, form)
        made, facts = facts_of(base, form)
        found = check(call(), made, facts, Moment(base.get("moment", "intake")))
    return [finding for finding in found if finding.code == code]


@pytest.mark.parametrize(("code", "datum"), DATA)
def test_a_rule_says_what_the_call_says(code, datum):
    found = findings_of(code, datum)
    outcome = Outcome(datum.get("outcome", "holds" if datum["holds"] else "fails"))
    if outcome is Outcome.HOLDS:
        assert [(each.outcome, each.message) for each in found if each.outcome is not Outcome.HOLDS] == []
        return
    spoken = [each for each in found if each.outcome is not Outcome.HOLDS]
    fitting = [each for each in spoken if datum["says"] in each.message.replace("\N{NO-BREAK SPACE}", " ")]
    assert fitting, [each.message for each in spoken]
    assert (fitting[0].outcome, fitting[0].severity.value) == (outcome, datum["severity"])
    if "row" in datum:
        assert fitting[0].row == datum["row"]
    if outcome is Outcome.FAILS:
        assert fitting[0].stops_papers == datum.get("stops_papers", False)
        assert fitting[0].remedy
        assert datum.get("remedy", fitting[0].remedy) == fitting[0].remedy
        assert fitting[0].reference


def test_every_case_of_every_rule_has_data_that_holds_and_data_that_fails():
    covered = {(code, datum["case"], datum["holds"]) for code, datum in (param.values for param in DATA)}
    wanted = {
        (rule.code, number, holds)
        for rule in call().rules
        for number in range(1, len(rule.cases) + 1)
        for holds in (True, False)
    }
    assert wanted - covered == set()
    assert covered - wanted == set()


def test_every_datum_has_its_own_sentence_for_a_name():
    for path in RULES.glob("[A-Z]*.toml"):
        names = [datum["name"] for datum in read(path.name)["datum"]]
        assert len(names) == len(set(names))
        assert all(len(name.split()) > 2 for name in names)


@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
def test_the_base_that_touches_every_border_has_no_finding(form):
    base = changed({}, form)
    made, facts = facts_of(base, form)
    found = check(call(), made, facts)
    assert [(each.code, each.message) for each in found if each.outcome is not Outcome.HOLDS] == []


def test_the_domain_rules_are_all_there():
    wanted = {
        *(f"FIN-{number:02}" for number in range(1, 15)),
        *(f"DAT-{number:02}" for number in range(1, 9)),
        *(f"VOL-{number:02}" for number in range(1, 19)),
        *(f"ID-{number:02}" for number in range(1, 6)),
        "DUP-01",
    }
    assert wanted <= {rule.code for rule in call().rules}


STRANGE = ("", ";", " , ", "&<>{{ 7*7 }}", "A1 - A3", "n.v.t", "\u202e", "=HYPERLINK(1)", "1000", "(", "x" * 5000)


def strange(field, dice):
    """Give any value that the type of a field can hold."""
    kind = field.type
    if kind is FieldType.AMOUNT:
        return dice.choice([Decimal(0), Decimal(-1), Decimal("1E+30"), Decimal("0.001"), Decimal(800000)])
    if kind is FieldType.YEAR:
        return dice.choice([0, 2022, 99999])
    if kind is FieldType.DATE:
        return dice.choice([dt.date.min, dt.date.max, dt.date(2024, 2, 29), dt.date(2022, 1, 1)])
    if kind is FieldType.YESNO:
        return dice.random() < 0.5
    if kind is FieldType.CHOICE:
        return dice.choice(field.choices).value
    if kind is FieldType.CHOICES:
        return tuple(choice.value for choice in field.choices if dice.random() < 0.5)
    return dice.choice(STRANGE)


def strange_answer(field, dice):
    state = dice.choices(list(State), [6, 1, 1, 1])[0]
    if state is not State.GIVEN:
        return Answer(field.key, state, text=dice.choice(STRANGE), problem="Dit is niet duidelijk.")
    if field.columns:
        rows = range(1, dice.randint(1, 4))
        made = tuple(Row(n, {column.key: strange_answer(column, dice) for column in field.columns}) for n in rows)
        return Answer(field.key, state, rows=made)
    value = strange(field, dice)
    return Answer(field.key, state, text=str(value), value=value)


@pytest.mark.parametrize("form", ["aanvraag", "vergadering"])
@pytest.mark.parametrize("moment", [Moment.INTAKE, Moment.AWARD])
@pytest.mark.parametrize("seed", range(25))
def test_strange_answers_give_findings_and_never_a_faulty_rule(form, moment, seed):
    dice = random.Random(seed)
    base = changed({"granted": dice.choice(["0", "800000.01"])}, form)
    made = dossier(base | {"attachments": dice.choices(STRANGE, k=2)}, form)
    answers = {field.key: strange_answer(field, dice) for field in call().forms[form].fields()}
    made = replace(made, answers=answers)
    found = check(call(), made, gather(call(), made, today=base["today"], moment=moment), moment)
    assert {finding.code for finding in found} == {
        rule.code
        for rule in call().rules
        if rule.scope is Scope.DOSSIER and (rule.form or call().main_form) == form and moment in rule.moments
    }
    assert [each.message for each in found if "None" in each.message or each.message.endswith("..")] == []
