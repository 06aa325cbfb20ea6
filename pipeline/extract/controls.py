"""Answers in content controls and form fields whose tag is the key of a question."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.document import Control, Document, Location, shows_otherwise
from pipeline.dossier import Answer, Row
from pipeline.extract.answers import Codelists, read, settle, settle_plain
from pipeline.extract.fillers import is_blank
from pipeline.extract.names import names_of
from pipeline.extract.said import Said
from pipeline.extract.states import DOUBTFUL, EMPTY, FILLED, GIVEN, doubted
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.values import FieldType, fold, normalise

_YESNO, _CHOICES = FieldType.YESNO, FieldType.CHOICES
_NO_TEXT = frozenset({"group", "repeating", "picture"})
"""Kinds of controls without a text of their own."""


_Held = list[tuple[str, Control]]
"""The controls of one question, or of one cell, each behind the value of its box; empty when it is none."""
_Row = list[tuple[str, str, Control]]
"""The controls of a row, each behind its column and the value of its box."""


def read_controls(document: Document, form: Form, codelists: Codelists) -> dict[str, Answer]:
    """Give the answers of every question that has a control with its tag, filled or not."""
    fields = names_of(form).all.fields
    simple: dict[str, _Held] = defaultdict(list)
    rows: dict[str, dict[int, _Row]] = defaultdict(lambda: defaultdict(list))
    groups: dict[str, Location] = {}
    for control in document.controls:
        name, table, column, value = _parts(control.tag)
        asked = fields.get(table)
        if asked is None:
            continue
        if not value and control.kind in _NO_TEXT and not (asked.columns and not column):
            continue
        if column and asked.columns:
            rows[table][control.item or 0].append((column, value, control))
        elif asked.columns:
            groups.setdefault(table, control.location)
        elif not column:
            simple[name].append((value, control))
    for table in [table for table, items in rows.items() if 0 in items and _is_piled(items[0])]:
        del rows[table]
        groups.pop(table, None)
    answers = {name: _answer(fields[name], held, codelists) for name, held in simple.items()}
    for table, location in groups.items():
        answers[table] = _table(fields[table], rows[table], location, codelists)
    for table, items in rows.items():
        if table not in answers:
            first = next(held for row in items.values() for held in _cells(row).values())
            answers[table] = _table(fields[table], items, _first(first).location, codelists)
    return answers


def _cells(row: _Row) -> dict[str, _Held]:
    """Give the controls of each cell of a row, by its column."""
    cells: dict[str, _Held] = {}
    for column, value, control in row:
        cells.setdefault(column, []).append((value, control))
    return cells


@functools.lru_cache(maxsize=4096)
def _parts(tag: str) -> tuple[str, str, str, str]:
    """Give of a tag the name, the question and the column in it, and the value of a box."""
    name, _mark, value = tag.partition("=")
    table, _dot, column = name.partition(".")
    return name, table, column, value


def _is_piled(row: _Row) -> bool:
    """Tell whether one row holds controls of several: the file lost which row each stood in, and labels must tell.

    LibreOffice keeps the tags of controls from version 7.5 on, and never the repeating sections around them.
    """
    return any(len({value for value, _control in held}) < len(held) for held in _cells(row).values())


def unasked(document: Document, form: Form) -> list[str]:
    """Tell what was filled in in controls that belong to no question."""
    asked = {each.key for each in form.fields()}
    asked |= {f"{each.key}.{column.key}" for each in form.fields() for column in each.columns}
    return [
        _("Het invulveld «{name}» hoort bij geen vraag: «{text}».").format(
            name=control.location.control or control.tag, text=" ".join(control.text.split())[:120]
        )
        for control in document.controls
        if control.tag not in asked
        and control.tag.partition("=")[0] not in asked
        and (control.checked or (control.checked is None and control.text.strip()))
    ]


def _first(held: _Held) -> Control:
    """Give the first of some controls, of those with a text if there is any."""
    return next((control for value, control in held if not value), held[0][1])


def _answer(asked: Field, held: _Held, codelists: Codelists) -> Answer:
    if len(held) == 1 and not held[0][0]:  # as nearly all
        return _from_text(asked, held[0][1], codelists)
    texts = [control for value, control in held if not value]
    if not texts:
        return _from_boxes(asked, held, codelists)
    if len(texts) == 1:
        return _from_text(asked, texts[0], codelists)
    filled = _different(control.text for control in texts if not control.placeholder)
    location = next((c.location for c in texts if not c.placeholder and c.text.strip()), texts[0].location)
    problem = next((control.uncertain for control in texts if control.uncertain), "")
    if len(filled) > 1:
        problem = _("De vraag komt meer dan eens voor, met verschillende antwoorden.")
    answer = settle(asked, Said("\n".join(filled), location, "control", problem=problem), codelists)
    return _against_page(asked, answer, texts, codelists)


def _from_text(asked: Field, control: Control, codelists: Codelists) -> Answer:
    """Read the only control of a question or cell that is no box of a choice."""
    text = "" if control.placeholder else control.text
    if control.checked is not None and asked.type is _YESNO:
        text = _("ja") if control.checked else ""
    if control.uncertain:
        answer = settle(asked, Said(text, control.location, "control", problem=control.uncertain), codelists)
    else:
        answer = settle_plain(asked, text, control.location, codelists, "control")
    return _against_page(asked, answer, [control], codelists) if control.drawn else answer


def _against_page(asked: Field, answer: Answer, controls: Iterable[Control], codelists: Codelists) -> Answer:
    """Doubt an answer of which the page shows something else, unless both are one value: 1234 and € 1.234,00."""
    for control in controls:
        drawn = normalise(control.drawn) if control.drawn else ""
        if not drawn or is_blank(drawn) or (asked.help and fold(drawn) == fold(asked.help)):
            continue
        problem = shows_otherwise(control.text, drawn)
        if answer.state not in FILLED:
            return Answer(asked.key, DOUBTFUL, drawn, None, (), control.location, "control", 0.0, problem)
        shown = read(asked, drawn, codelists)
        if shown.problem or shown.value is None or shown.value != answer.value:
            return doubted(answer, problem)
    return answer


def _different(texts: Iterable[str]) -> list[str]:
    filled: list[str] = []
    for text in texts:
        whole = normalise(text)
        if whole and whole not in filled:
            filled.append(whole)
    return filled


def _from_boxes(asked: Field, boxes: Sequence[tuple[str, Control]], codelists: Codelists) -> Answer:
    """Read the ticked boxes of a question, each tagged with its value."""
    ticked = [(value, control) for value, control in boxes if control.checked]
    labels = {choice.value: choice.label for choice in asked.choices}
    text = "\n".join(dict.fromkeys(labels.get(value, value) for value, _control in ticked))
    location = (ticked or boxes)[0][1].location
    problem = next((control.uncertain for _value, control in boxes if control.uncertain), "")
    if asked.type is not _CHOICES and len({value for value, _control in ticked}) > 1:
        problem = _("Er is meer dan één vakje aangekruist; kruis er één aan.")
    elif {value for value, _control in ticked} & {value for value, control in boxes if not control.checked}:
        problem = problem or _("Het vakje staat er meer dan eens, aangekruist en leeg; zie na wat bedoeld is.")
    answer = settle(asked, Said(text, location, "control", problem=problem), codelists)
    if problem:
        return Answer(asked.key, DOUBTFUL, text, None, (), location, "control", 0.0, problem)
    return answer


def _says_something(row: _Row) -> bool:
    """Tell whether anything may have been filled in in a row; most rows of a form stay empty."""
    for _column, value, control in row:
        if control.checked and (value or control.kind not in _NO_TEXT):
            return True
        if not value and (control.text.strip() or control.drawn) and control.kind not in _NO_TEXT:
            return True
    return False


def _table(asked: Field, items: dict[int, _Row], location: Location, codelists: Codelists) -> Answer:
    rows: list[Row] = []
    for item in sorted(items):
        if not _says_something(items[item]):  # as most rows
            continue
        cells = _cells(items[item])
        answers = {
            column.key: _answer(column, cells[column.key], codelists)
            if column.key in cells
            else settle(column, None, codelists)
            for column in asked.columns
        }
        if any(answer.state in FILLED for answer in answers.values()):
            place = next((a.location for a in answers.values() if a.location is not None), None)
            rows.append(Row(len(rows) + 1, answers, place))
    state = GIVEN if rows else EMPTY
    return Answer(asked.key, state, "", None, tuple(rows), location, "control")
