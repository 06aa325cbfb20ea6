"""Every rule of the call has data that holds and data that fails, as near its border as the unit allows."""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.check import check, check_call
from pipeline.dossier import Act, ActKind, Answer, Attachment, Dossier, Receipt, Row, State
from pipeline.facts import gather
from pipeline.finding import Outcome
from pipeline.library import load
from pipeline.rule import Moment, Scope
from pipeline.values import FieldType

RULES = Path(__file__).parent / "rules"
CALL = "wijkverbeteringscontract"
SETTINGS = ("received", "today", "attachments", "granted", "requested", "duplicates", "same_applicant", "moment")


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
        name, problem = each if isinstance(each, list) else (each, "")
        attachments.append(Attachment(name, "0" * 64, "application/pdf", 1000, problem))
    acts = ()
    if "granted" in base:
        day = dt.date(2021, 12, 17)
        acts = (
            Act(ActKind.DECIDE, value=str(base["granted"]), on=day, reference="VR 2021", why="beslissing", by="NN"),
        )
    received = base.get("received") or None
    return Dossier(
        number,
        CALL,
        form,
        receipt=Receipt(received=received if isinstance(received, dt.datetime) else None),
        attachments=tuple(attachments),
        answers={key: answer(field, base["answers"].get(key)) for key, field in fields.items()},
        acts=acts,
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
