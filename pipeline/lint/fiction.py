"""Made-up answers to any form, from its definition alone: as short, as long and as empty as they may come."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum

from pipeline.document import Location, Source
from pipeline.dossier import Act, ActKind, Answer, Dossier, Receipt, Row, State
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.lint.examples import Example
from pipeline.values import FieldType, Value

TODAY = dt.date(2024, 9, 30)
"""The day of everything made up: the month with the longest name."""
_SOURCE = Source("voorbeeld.docx", "0" * 64, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
_PLACE = Location(source=_SOURCE.name)
_FIXED: dict[FieldType, Value] = {
    FieldType.YESNO: True,
    FieldType.DATE: TODAY,
    FieldType.YEAR: TODAY.year,
    FieldType.PHONE: "02 123 45 67",
    FieldType.KBO: "0207500123",
    FieldType.IBAN: "BE68539007547034",
}
_SHORT: dict[FieldType, Value] = {
    FieldType.AMOUNT: Decimal(1),
    FieldType.INTEGER: 1,
    FieldType.PERCENTAGE: Decimal(1),
    FieldType.EMAIL: "a@b.be",
}
_LONG: dict[FieldType, Value] = {
    FieldType.AMOUNT: Decimal("123456789.99"),
    FieldType.INTEGER: 123456,
    FieldType.PERCENTAGE: Decimal("99.75"),
    FieldType.EMAIL: "voornaam.zeer-lange-familienaam@dienst-voor-fictieve-voorbeelden.voorbeeld.be",
}


class Size(Enum):
    """How much stands in the answers."""

    SHORT = "short"
    LONG = "long"
    EMPTY = "empty"


def fictitious(call: Call, form: Form, size: Size, rows: int) -> Example:
    """Give a made-up dossier.

    Args:
        call: the call.
        form: the form that it answers; one that joins a dossier gets that dossier too.
        size: how much stands in every answer.
        rows: number of rows of every table.
    """
    main = None if form.key == call.main_form else _dossier(call, call.form, size, rows)
    return Example(size.value, _dossier(call, form, size, rows), main)


def _dossier(call: Call, form: Form, size: Size, rows: int) -> Dossier:
    given = size is not Size.EMPTY
    amount = str(_SHORT[FieldType.AMOUNT] if size is Size.SHORT else _LONG[FieldType.AMOUNT])
    decision = Act(ActKind.DECIDE, value=amount, on=TODAY, reference=_("fictief voorbeeld"), why="", by="")
    moment = dt.datetime(2024, 9, 1, 12, tzinfo=dt.UTC)
    return Dossier(
        number=_("FICTIEF VOORBEELD"),
        call=call.key,
        form=form.key,
        receipt=Receipt(moment, "mail", "naam@voorbeeld.be", "ontvangst.csv") if given else Receipt(),
        source=_SOURCE,
        answers={field.key: _answer(call, field, size, rows) for field in form.fields()},
        acts=(decision,) if given else (),
    )


def _answer(call: Call, field: Field, size: Size, rows: int) -> Answer:
    if field.type is FieldType.TABLE and rows:
        made = (
            Row(number, {each.key: _single(call, each, size, number) for each in field.columns}, _PLACE)
            for number in range(1, rows + 1)
        )
        return Answer(field.key, State.GIVEN, rows=tuple(made), location=_PLACE)
    return _single(call, field, size, 1)


def _single(call: Call, field: Field, size: Size, number: int) -> Answer:
    if size is Size.EMPTY or field.type is FieldType.TABLE:
        return Answer(field.key, State.EMPTY, location=_PLACE)
    value = _value(call, field, size, number)
    return Answer(field.key, State.GIVEN, str(value), value, location=_PLACE)


def _value(call: Call, field: Field, size: Size, number: int) -> Value:
    """Give a value; rows take the choices of a column in turn, so that every branch has one."""
    long = size is Size.LONG
    choices = tuple(choice.value for choice in field.choices)
    if field.type is FieldType.CHOICES and choices:
        return choices if long else choices[:1]
    if field.type is FieldType.CHOICE and choices:
        return choices[(number - 1) % len(choices)]
    if field.codelist:
        names = sorted(call.codelists[field.codelist], key=lambda name: (len(name), name))
        if names:
            return names[-1] if long else names[0]
    for known in (_FIXED, _LONG if long else _SHORT):
        if field.type in known:
            return known[field.type]
    if not long:
        return _("Voorbeeld")
    return _long(field)[: field.max_length].strip()


def _long(field: Field) -> str:
    """Give a long text that says what it stands for."""
    line = _(
        "Fictief voorbeeld van een lang antwoord op «{label}», met een meervoudigepersoonlijkheidsverzekeringswoord"
    )
    line = line.format(label=field.label)
    if field.type is not FieldType.LONGTEXT:
        return line
    more = _("Zo'n antwoord telt al gauw enkele zinnen, en de volgende zin staat er alleen om de regel te vullen.")
    listed = "\n".join(_("- punt {number} van een opsomming").format(number=number) for number in range(1, 4))
    return "\n\n".join((f"{line}. {' '.join([more] * 4)}", listed, " ".join([more] * 6)))
