"""Corrections by officials: one answer, or one cell of a table, written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.document import Location
from pipeline.dossier import Act, ActKind, Answer, Corrected, Fate, Read, Row
from pipeline.dossier.places import Place, is_same_row, place_of, read_at
from pipeline.errors import UsageError
from pipeline.extract.answers import settle
from pipeline.extract.said import Said
from pipeline.extract.states import DOUBTFUL, EMPTY, FILLED, GIVEN, NOT_FOUND
from pipeline.form import Field, Form
from pipeline.language import _, date_long, plural
from pipeline.library.call import Call


def apply(
    answers: Mapping[str, Answer], acts: Sequence[Act], form: Form, call: Call, own: Mapping[str, Answer] | None = None
) -> tuple[Mapping[str, Answer], tuple[Corrected, ...]]:
    """Apply the corrections of a dossier; of several of one answer the last.

    A correction wins over whatever is read at its place. One whose place is gone holds nowhere, and a cell whose row
    says something else than when it was corrected is doubtful: it may have become another row.

    Args:
        answers: as read, with what supplements answered.
        acts: of officials, in order; those of other kinds are passed over.
        form: the form that was answered.
        call: gives the code lists.
        own: as read from the applicant's own form; the answers themselves when no supplement came.

    Returns:
        The answers, and what became of each correction.
    """
    latest: dict[Place, Act] = {}
    for act in acts:
        if act.kind is ActKind.CORRECT:
            latest[place_of(act.target)] = act
    told = []
    changed = answers
    for place, act in latest.items():
        now = read_at(answers, place)
        fate, problem = Fate.APPLIED, ""
        if act.was is not None and act.was.row and not now.row:
            fate, problem = Fate.GONE, _row_gone(answers, place)
        elif act.was is not None and place.row and not is_same_row(act.was, now, place.column, _own(own, place)):
            fate = Fate.OTHER_ROW
            changed = _doubted(changed, act, place)
        else:
            try:
                changed = correct(changed, act, form, call)
            except UsageError as gone:
                fate, problem = Fate.GONE, str(gone)
        told.append(Corrected(act.target, fate, now, problem))
    return changed, tuple(told)


def _own(own: Mapping[str, Answer] | None, place: Place) -> Read | None:
    return read_at(own, place) if own is not None else None


def _row_gone(answers: Mapping[str, Answer], place: Place) -> str:
    known = answers.get(place.field)
    return _("«{name}» heeft {rows} rijen; rij {number} bestaat niet.").format(
        name=place.field, rows=len(known.rows) if known else 0, number=place.row
    )


def _doubted(answers: Mapping[str, Answer], act: Act, place: Place) -> Mapping[str, Answer]:
    """Make a cell doubtful: neither what is read there nor what an official wrote is certain to belong to its row."""
    known = answers[place.field]
    row = known.rows[place.row - 1]
    cell = row.cells.get(place.column) or Answer(place.column, NOT_FOUND)
    problem = _(
        "Deze cel werd op {on} verbeterd tot «{value}», maar haar rij zegt nu iets anders dan toen. Kijk na wat hier "
        "hoort te staan."
    ).format(on=date_long(act.on) if act.on else "–", value=act.value)
    doubtful = replace(cell, state=DOUBTFUL, value=None, confidence=0.0, problem=problem)
    cells = MappingProxyType({**row.cells, place.column: doubtful})
    rows = (*known.rows[: place.row - 1], replace(row, cells=cells), *known.rows[place.row :])
    return MappingProxyType({**answers, place.field: replace(known, rows=rows)})


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
    known = answers.get(name) or Answer(name, NOT_FOUND)
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
            _("«{name}» heeft {rows}; rij {number} bestaat niet.").format(
                name=asked.key, rows=plural("{number} rij", "{number} rijen", len(rows)), number=number
            )
        )
    if index == len(rows):
        rows.append(Row(index + 1, {column.key: Answer(column.key, EMPTY) for column in asked.columns}))
    row = rows[index]
    cell = row.cells.get(name)
    changed = _written(columns[name], act.value, cell.location if cell else row.location, call)
    rows[index] = replace(row, cells=MappingProxyType({**row.cells, name: changed}))
    filled = [row for row in rows if any(cell.state in FILLED for cell in row.cells.values())]
    state = GIVEN if filled else EMPTY
    problem = "" if filled else known.problem
    return replace(known, state=state, rows=tuple(rows), problem=problem, confidence=1.0)


def _unknown(message: str, name: str, known: Iterable[str]) -> str:
    from rapidfuzz import process

    text = message.format(name=name)
    near = process.extractOne(name, list(known), score_cutoff=60)
    return text + " " + _("Bedoelde u «{name}»?").format(name=near[0]) if near else text
