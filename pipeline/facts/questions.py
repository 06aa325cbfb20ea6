"""What was answered to each question, as rules, conditions and templates read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.document import Location
from pipeline.dossier import Answer, Dossier, Row, State
from pipeline.dossier.quoting import at_cells, at_question, at_row
from pipeline.expression import Chosen, Gap, NotJudged, Record, Use, holds
from pipeline.facts.kinds import Facts
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.values import FieldType


def answer_of(answer: Answer | None, field: Field, use: Use, place: str = "") -> Any:
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
        {column.key: answer_of(row.cells.get(column.key), column, use, place) for column in field.columns},
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


def question_records(form: Form, dossier: Dossier, facts: Facts, judged: Facts) -> Iterator[Record]:
    """Give one record a field, and one a cell of every row of a given table.

    A gap where nobody has to answer now (`required_when` is false) becomes optional, and not asked, on the way.
    """
    for section in form.sections:
        for field in section.fields:
            answer = dossier.answers.get(field.key)
            gaps = (facts[field.key], judged[field.key])
            place = at_question(answer.location, field) if answer is not None else None
            yield _question_record(section.heading, field, (field.key, field.label, place), answer, gaps, judged)
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
            yield _question_record(heading, column, at, row.cells.get(column.key), gaps, around)


def _question_record(
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
