"""Made-up dossiers, so that every rule and paper can be tried before a real one comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.document import Location, Source
from pipeline.dossier import (
    Act,
    ActKind,
    Answer,
    Ask,
    Attachment,
    Dossier,
    Question,
    Receipt,
    Request,
    Row,
    State,
    Supplement,
)
from pipeline.facts import Facts, gather
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.rule import Moment
from pipeline.values import FieldType, Value

TODAY = dt.date(2024, 2, 29)
_SOURCE = Source("voorbeeld.docx", "0" * 64, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
_PLACE = Location(source=_SOURCE.name, table=1, row=1)
_QUESTIONS = (Question(Ask.ANSWER, "voorbeeld", "Voorbeeld"), Question(Ask.FILE, "bijlage.pdf", "Bijlage"))
_REQUESTS = (Request(1, TODAY, None, (), _QUESTIONS), Request(2, TODAY, TODAY, (), _QUESTIONS))
"""Supplements asked: one that came back, and one with a last day that did not."""
_TEXTS: dict[FieldType, str] = {
    FieldType.EMAIL: "naam@voorbeeld.be",
    FieldType.PHONE: "02 123 45 67",
    FieldType.KBO: "0207500123",
    FieldType.IBAN: "BE68539007547034",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One made-up dossier and what surrounds it."""

    name: str
    """What is special about it, for messages."""
    dossier: Dossier
    main: Dossier | None
    duplicates: tuple[str, ...] = ()

    def facts(self, call: Call, moment: Moment = Moment.INTAKE) -> Facts:
        """Give its facts as a rule sees them."""
        return gather(
            call,
            self.dossier,
            today=TODAY,
            moment=moment,
            duplicates=self.duplicates,
            same_applicant=self.duplicates,
            main=self.main,
        )


def examples(call: Call, form: Form) -> Iterator[Example]:
    """Give dossiers that take different paths: filled in several ways, empty, partly read, decided or not."""
    variants: tuple[tuple[str, State, int, int], ...] = (
        (_("alles ingevuld"), State.GIVEN, 0, 2),
        (_("andere keuzes en één rij"), State.GIVEN, 1, 1),
        (_("derde keuzes en drie rijen"), State.GIVEN, 2, 3),
        (_("alle getallen nul"), State.GIVEN, -1, 2),
        (_("niets ingevuld"), State.EMPTY, 0, 0),
        (_("geen vraag gevonden"), State.NOT_FOUND, 0, 0),
        (_("rijen met lege cellen"), State.GIVEN, -2, 2),
    )
    for number, (name, state, turn, rows) in enumerate(variants):
        given = state is State.GIVEN and turn >= 0
        main = None
        if form.key != call.main_form:
            main = _dossier(call, call.form, state, turn, rows, decided=given)
        dossier = _dossier(call, form, state, turn, rows, decided=given and turn != 1)
        yield Example(name, dossier, main, (dossier.number + "b",) if number % 2 else ())


def first(call: Call, form: Form) -> Example:
    """Give the dossier in which everything is filled in."""
    return next(examples(call, form))


def _dossier(call: Call, form: Form, state: State, turn: int, rows: int, *, decided: bool) -> Dossier:
    decision = Act(ActKind.DECIDE, value="1000.00", on=TODAY, reference="VR 2024", why="", by="")
    whole = turn >= 0
    received = dt.datetime(2024, 2, 1, 12, tzinfo=dt.UTC)
    return Dossier(
        number="VOORBEELD-1",
        call=call.key,
        form=form.key,
        receipt=Receipt(received, "mail", "naam@voorbeeld.be", "ontvangst.csv") if whole else Receipt(),
        source=_SOURCE,
        attachments=(Attachment("bijlage.pdf", "0" * 64, "application/pdf", 1),) if whole else (),
        answers={field.key: _answer(call, field, state, turn, rows) for field in form.fields()},
        acts=(decision,) if decided else (),
        requests=_REQUESTS if whole else (),
        supplements=_supplements(turn) if whole else (),
    )


def _supplements(turn: int) -> tuple[Supplement, ...]:
    """Give a supplement that came back, its moment proven or not, taken over or not."""
    received = dt.datetime(2024, 2, 10, 12, tzinfo=dt.UTC) if turn else None
    told = (_("Niet ingevuld: niets."),)
    closed = () if turn == 1 else (_("Voorbeeld"),)
    return (Supplement(1, Receipt(received), _SOURCE, TODAY, 1, closed, closed, told, turn != 1),)


def _answer(call: Call, field: Field, state: State, turn: int, rows: int) -> Answer:
    if state is not State.GIVEN:
        return Answer(field.key, state, location=_PLACE if state is State.EMPTY else None)
    if field.type is FieldType.TABLE:
        made = tuple(
            Row(number, {each.key: _cell(call, each, turn, number) for each in field.columns}, _PLACE)
            for number in range(1, rows + 1)
        )
        return Answer(field.key, State.GIVEN, rows=made, location=_PLACE)
    value = _value(call, field, max(turn, -1))
    return Answer(field.key, State.GIVEN, str(value), value, location=_PLACE)


def _cell(call: Call, column: Field, turn: int, number: int) -> Answer:
    if turn == -2:
        return Answer(column.key, State.EMPTY, location=_PLACE)
    value = _value(call, column, turn + number if turn >= 0 else -1)
    return Answer(column.key, State.GIVEN, str(value), value, location=_PLACE)


def _value(call: Call, field: Field, turn: int) -> Value:
    """Give a value of the field's type; a negative turn gives the smallest one."""
    index = max(turn, 0)
    if field.type in (FieldType.CHOICE, FieldType.CHOICES) and field.choices:
        choice = field.choices[index % len(field.choices)].value
        return choice if field.type is FieldType.CHOICE else (choice,)
    if field.codelist:
        names = list(call.codelists[field.codelist])
        return names[index % len(names)] if names else _("Voorbeeld")
    made = _MADE.get(field.type)
    return made(turn) if made else _TEXTS.get(field.type, _("Voorbeeld {number}").format(number=index + 1))


_MADE: dict[FieldType, Callable[[int], Value]] = {
    FieldType.YESNO: lambda turn: turn >= 0 and turn % 2 == 0,
    FieldType.AMOUNT: lambda turn: Decimal(100 * (turn + 1)),
    FieldType.PERCENTAGE: lambda turn: Decimal(10 * (turn + 1)),
    FieldType.INTEGER: lambda turn: turn + 1,
    FieldType.YEAR: lambda turn: TODAY.year + turn,
    FieldType.DATE: lambda turn: TODAY + dt.timedelta(days=turn),
}
