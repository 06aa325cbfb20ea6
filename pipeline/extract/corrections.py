"""A correction by an official: one answer, or one cell of a table, written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from pipeline.document import Location
from pipeline.dossier import Act, Answer, Row, State
from pipeline.errors import UsageError
from pipeline.extract.answers import settle
from pipeline.extract.said import Said
from pipeline.extract.states import FILLED
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.library.call import Call


def correct(answers: Mapping[str, Answer], act: Act, form: Form, call: Call) -> Mapping[str, Answer]:
    """Apply one correction; the answers given are left as they are.

    Args:
        answers: the answers as read, earlier corrections applied.
        act: its target is a field (`gevraagde_subsidie`) or a cell (`acties.2.kost`); its value the new text.
        form: the form that was answered.
        call: gives the code lists.

    Raises:
        UsageError: there is no such field, row or column, or a whole table was named.
    """
    name, _dot, inside = act.target.partition(".")
    fields = {asked.key: asked for asked in form.fields()}
    asked = fields.get(name)
    if asked is None:
        raise UsageError(_unknown(_("Het formulier heeft geen veld «{name}»."), name, fields))
    known = answers.get(name) or Answer(name, State.NOT_FOUND)
    if asked.columns:
        changed = _with_cell(known, asked, act, inside, call)
    elif inside:
        raise UsageError(_("«{name}» is geen tabel; verbeter het veld zelf.").format(name=name))
    else:
        changed = _written(asked, act.value, known.location, call)
    return MappingProxyType({**answers, name: changed})


def _written(asked: Field, text: str, location: Location | None, call: Call) -> Answer:
    answer = settle(asked, Said(text, location or Location(), "correction"), call.codelists)
    return replace(answer, location=location)


def _with_cell(known: Answer, asked: Field, act: Act, inside: str, call: Call) -> Answer:
    number, _dot, name = inside.partition(".")
    columns = {column.key: column for column in asked.columns}
    if not number.isdecimal() or not name:
        raise UsageError(
            _("«{name}» is een tabel; noem rij en kolom, zoals {example}.").format(
                name=asked.key, example=f"{asked.key}.1.{asked.columns[0].key}"
            )
        )
    if name not in columns:
        raise UsageError(_unknown(_("De tabel heeft geen kolom «{name}»."), name, columns))
    rows = list(known.rows)
    index = int(number) - 1
    if not 0 <= index <= len(rows):
        raise UsageError(
            _("«{name}» heeft {rows} rijen; rij {number} bestaat niet.").format(
                name=asked.key, rows=len(rows), number=number
            )
        )
    if index == len(rows):
        rows.append(Row(index + 1, {column.key: Answer(column.key, State.EMPTY) for column in asked.columns}))
    row = rows[index]
    cell = row.cells.get(name)
    changed = _written(columns[name], act.value, cell.location if cell else row.location, call)
    rows[index] = replace(row, cells=MappingProxyType({**row.cells, name: changed}))
    filled = [row for row in rows if any(cell.state in FILLED for cell in row.cells.values())]
    state = State.GIVEN if filled else State.EMPTY
    problem = "" if filled else known.problem
    return replace(known, state=state, rows=tuple(rows), problem=problem, confidence=1.0)


def _unknown(message: str, name: str, known: Iterable[str]) -> str:
    from rapidfuzz import process

    text = message.format(name=name)
    near = process.extractOne(name, list(known), score_cutoff=60)
    return text + " " + _("Bedoelde u «{name}»?").format(name=near[0]) if near else text
