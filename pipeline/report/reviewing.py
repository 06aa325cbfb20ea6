"""The answers that a person should look at, each with the line to type that settles it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import values
from pipeline.document import Location
from pipeline.dossier import Answer, Dossier, State
from pipeline.dossier.quoting import at_cells, at_question
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.values import FieldType

_LONGEST_TYPED = 60


@dataclass(frozen=True, slots=True)
class Review:
    """An answer that a person should look at."""

    field: str
    """What `correct` calls it: a field, or a cell as `acties.2.kost`."""
    label: str
    section: str
    state: State
    text: str
    """As written."""
    problem: str
    place: str
    likely: str = ""
    """What was probably meant, as a person types it; empty when nothing says so."""
    confidence: float = 0.0
    """How sure that is."""

    def line(self, key: str) -> str:
        """Give the line to type for the dossier with this key; the words in capitals are up to who types it."""
        word = self.likely if self.likely and len(self.likely) <= _LONGEST_TYPED and "\n" not in self.likely else ""
        value = shlex.quote(word) if word else _("WAARDE")
        return f"wijkcontract correct {key} {self.field} {value} --why {_('REDEN')} --by {_('WIE')}"


def reviews(form: Form, dossier: Dossier) -> Iterator[Review]:
    """Give the answers whose question was not found or whose meaning is not certain, in the order of the form."""
    for section in form.sections:
        for field in section.fields:
            answer = dossier.answers.get(field.key)
            if answer is None:
                continue
            if answer.state in (State.DOUBTFUL, State.NOT_FOUND):
                place = at_question(answer.location, field)
                yield _look_at(section.heading, field, (_target(field), field.label, place), answer)
            for row in answer.rows:
                places = dict(at_cells(field, row))
                for column in field.columns:
                    cell = row.cells.get(column.key)
                    if cell is not None and cell.state is State.DOUBTFUL:
                        label = _("{field}, rij {row}: {column}").format(
                            field=field.label, row=row.number, column=column.label
                        )
                        at = (f"{field.key}.{row.number}.{column.key}", label, places[column.key])
                        yield _look_at(section.heading, column, at, cell)


def _target(field: Field) -> str:
    """Give what `correct` names: of a table its first cell, for writing one settles which rows there are."""
    return f"{field.key}.1.{field.columns[0].key}" if field.columns else field.key


def _look_at(heading: str, field: Field, at: tuple[str, str, Location | None], answer: Answer) -> Review:
    """Tell an answer to look at; `at` holds what `correct` names, its label and its place."""
    key, label, location = at
    place = str(location) if location else ""
    asked, known = field, answer
    if field.columns:
        asked = field.columns[0]
        known = answer.rows[0].cells[asked.key] if answer.rows else Answer(asked.key, State.NOT_FOUND)
    likely = values.write(known.value, asked.type, choices=asked.choices) if known.state is not State.EMPTY else ""
    if asked.type is FieldType.MUNICIPALITY and known.value is None:
        likely = ""
    text = answer.text
    return Review(key, label, heading, answer.state, text, answer.problem, place, likely, answer.confidence)
