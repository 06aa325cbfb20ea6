"""Where what a paper states was read: a place in a file, an act of an official, a definition of the call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.document import Location
from pipeline.dossier import Act, ActKind, Answer, Dossier, Read, Row, State, Supplement
from pipeline.dossier.places import Place, as_read, place_of, standing_corrections
from pipeline.dossier.quoting import at_cells, at_question, at_row
from pipeline.form import Form
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.values import Value

_CALL_FILE, _PAPERS_FILE = "oproep.toml", "documenten.toml"


class Kind(StrEnum):
    """What an origin is."""

    ANSWER = "answer"
    ACT = "act"
    DEFINITION = "definition"
    """The call, or the papers that it gives out."""
    RECEIPT = "receipt"
    """What proves when it came in."""
    FILE = "file"
    """A file that came along."""
    PROGRAM = "program"
    """The program itself: a number, a date, a finding."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One place of which a paper prints something."""

    target: str
    label: str
    kind: Kind
    text: str = ""
    """Answers: as written, or as corrected."""
    value: Value = None
    state: State | None = None
    """Of an answer."""
    location: Location | None = None
    of_row: bool = False
    """The location is that of the row; of the cell itself none is known."""
    method: str = ""
    confidence: float | None = None
    problem: str = ""
    act: Act | None = None
    """The decision or withdrawal that says it, or the correction of the answer."""
    was: Read | None = None
    """Of a corrected answer: what the files say at the location."""
    supplement: Supplement | None = None
    """The supplement that the answer came with."""
    source: str = ""
    """File of the definition; where the moment of receipt stands."""
    reference: str = ""
    """Place in the call of a parameter; reference of a decision."""


def origin(call: Call, dossier: Dossier, main: Dossier | None, target: str) -> Origin:
    """Give where something that a paper prints was read.

    Args:
        call: the call.
        dossier: of which the paper is.
        main: the dossier that it joined, if any.
        target: as `Stated.of` names it.
    """
    joined = target.removeprefix(f"{call.main_form}.")
    if main is not None and joined != target:
        return replace(_origin(call, main, joined), target=target)
    return _origin(call, dossier, target)


def _origin(call: Call, dossier: Dossier, target: str) -> Origin:
    form = call.forms[dossier.form]
    name, _dot, rest = target.partition(".")
    asked = {field.key for field in form.fields()}
    if name == "fields":
        return _of_answer(form, dossier, rest.rpartition(".")[0], target)
    if name in asked:
        return _of_answer(form, dossier, target, target)
    if name == "requested":
        return _of_answer(form, dossier, call.requested_field, target)
    if name in ("granted", "decision", "withdrawn", "corrections"):
        return _of_act(form, dossier, target)
    if name == "received":
        proof = dossier.receipt.proof
        return Origin(target, _("moment van ontvangst"), Kind.RECEIPT, source=proof, location=None)
    if name in ("requests", "supplements", "attachments"):
        return _of_file(dossier, target)
    return _of_definition(call, target)


def _of_answer(form: Form, dossier: Dossier, named: str, target: str) -> Origin:
    place = _place(named)
    answer, row = _answer(dossier, place)
    label = form.label_of(place.target)
    if row is not None and not place.column:
        label = _("{field}, rij {row}").format(field=form.label_of(place.field), row=place.row)
        location = at_row(row.location, form.field(place.field), row)
        return Origin(target, label, Kind.ANSWER, state=State.GIVEN, location=location, of_row=True)
    if answer is None:
        return Origin(target, label, Kind.ANSWER, state=State.NOT_FOUND)
    asked = form.field(place.field)
    if row is None:
        location = at_question(answer.location, asked)
    else:
        location = dict(at_cells(asked, row)).get(place.column) or at_row(row.location, asked, row)
    correction = _correction(dossier, place) if answer.method == "correction" else None
    return Origin(
        target,
        label,
        Kind.ANSWER,
        answer.text,
        answer.value,
        answer.state,
        location,
        answer.location is None and location is not None,
        answer.method,
        answer.confidence,
        answer.problem,
        correction,
        as_read(dossier, place) if correction else None,
        _supplement(dossier, location),
    )


def _place(named: str) -> Place:
    """Give the place that a target names: a field, a cell, or a row without a column."""
    place = place_of(named)
    field, _dot, number = named.partition(".")
    return Place(field, int(number)) if number.isdecimal() else place


def _answer(dossier: Dossier, place: Place) -> tuple[Answer | None, Row | None]:
    answer = dossier.answers.get(place.field)
    if answer is None or not place.row:
        return answer, None
    if place.row > len(answer.rows):
        return None, None
    row = answer.rows[place.row - 1]
    return row.cells.get(place.column), row


def _correction(dossier: Dossier, place: Place) -> Act | None:
    acts = (act for act in reversed(dossier.acts) if act.kind is ActKind.CORRECT)
    return next((act for act in acts if place_of(act.target) == place), None)


def _supplement(dossier: Dossier, location: Location | None) -> Supplement | None:
    files = {each.file: each for each in dossier.supplements}
    return files.get(location.source) if location else None


def _of_act(form: Form, dossier: Dossier, target: str) -> Origin:
    name, _dot, rest = target.partition(".")
    if name == "corrections":
        acts = tuple(standing_corrections(dossier))
        number = int(rest.partition(".")[0] or 0)
        act = acts[number - 1] if 0 < number <= len(acts) else None
        label = form.label_of(act.target) if act else _("verbeteringen")
        return Origin(target, label, Kind.ACT, act=act)
    kind = ActKind.WITHDRAW if name == "withdrawn" else ActKind.DECIDE
    act = next((act for act in reversed(dossier.acts) if act.kind is kind), None)
    labels = {
        "granted": _("toegekend bedrag"),
        "decision.date": _("datum van de beslissing"),
        "decision.reference": _("kenmerk van de beslissing"),
        "withdrawn.date": _("datum van de intrekking"),
        "withdrawn.why": _("reden van de intrekking"),
    }
    return Origin(target, labels.get(target, target), Kind.ACT, act=act, reference=act.reference if act else "")


def _of_file(dossier: Dossier, target: str) -> Origin:
    name, number, *_rest = [*target.split("."), ""]
    index = int(number) - 1 if number.isdecimal() else -1
    if name == "supplements" and 0 <= index < len(dossier.supplements):
        one = dossier.supplements[index]
        return Origin(
            target, _("aanvulling {number}").format(number=one.number), Kind.FILE, supplement=one, source=one.file
        )
    if name == "attachments" and 0 <= index < len(dossier.attachments):
        return Origin(target, _("bijlage"), Kind.FILE, source=dossier.attachments[index].name)
    return Origin(target, target, Kind.PROGRAM)


def _of_definition(call: Call, target: str) -> Origin:
    name, _dot, rest = target.partition(".")
    for kind, parameters in (("parameters", call.parameters), ("planning", call.planning)):
        if name == kind and rest in parameters:
            reference = parameters[rest].reference
            return Origin(target, target, Kind.DEFINITION, source=_CALL_FILE, reference=reference)
    if name in call.bodies or name in ("call", "planning", "parameters"):
        return Origin(target, target, Kind.DEFINITION, source=_CALL_FILE)
    if name in ("clauses", "handtekening", "paper", "settings", "signatories"):
        return Origin(target, target, Kind.DEFINITION, source=_PAPERS_FILE)
    labels = {
        "number": _("nummer van het dossier"),
        "paper_date": _("datum van het document"),
        "today": _("dag van de verwerking"),
        "draft_reasons": _("waarom het document ontwerp is"),
        "findings": _("bevindingen van de controle"),
        "intake_findings": _("bevindingen van de controle"),
    }
    label = labels.get(name, target)
    code = rest.partition(".")[0] if name in ("findings", "intake_findings") else ""
    if code:
        label = _("bevinding {code}; haar plaats staat in bevindingen.json").format(code=code)
    return Origin(target, label, Kind.PROGRAM)
