"""Which version of its form a document is, and what of an earlier one differs from what is asked today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.document import Document
from pipeline.dossier import Answer, Row
from pipeline.extract.identification import asked_in, version_of
from pipeline.extract.names import key, names_of
from pipeline.extract.states import EMPTY, FILLED, GIVEN, NOT_FOUND
from pipeline.form import Earlier, Field, Form
from pipeline.language import _
from pipeline.records import record

_MARGIN = 0.25
"""Of the labels that only one of two versions has: so much more of them than of the other's must stand there."""
_FEW = 2
"""So many labels of then, or all of them, tell an earlier version that does not say which it is."""


@record
class Edition:
    """The version with which a document is read."""

    form: Form
    said: str
    """The version that the copy itself says; empty when it says none."""
    earlier: Earlier | None = None
    """None: it is read with the questions of today."""


def edition_of(document: Document, form: Form) -> Edition:
    """Tell which version of a form a document is: by what it says itself, else by its questions."""
    said = version_of(document)
    if not form.earlier or said.casefold() == form.version.casefold():
        return Edition(form, said)
    for earlier in form.earlier:
        if earlier.form.version.casefold() == said.casefold():
            return Edition(earlier.form, said, earlier)
    asked = asked_in(document)
    ranked = sorted(
        ((_surplus(asked, earlier.form, form), number) for number, earlier in enumerate(form.earlier)), reverse=True
    )
    surplus, number = ranked[0]
    if surplus < _MARGIN:
        return Edition(form, said)
    earlier = form.earlier[number]
    return Edition(earlier.form, said, earlier)


def _surplus(asked: set[str], then: Form, now: Form) -> float:
    """Give how much larger a share of the labels of then stands there than of those of now, of what only one has."""
    labels_then, labels_now = _labels(then), _labels(now)
    only_then = labels_then - names_of(now).every - set(names_of(now).titles)
    only_now = labels_now - labels_then
    seen = len(only_then & asked)
    if seen < min(_FEW, max(len(only_then), 1)):
        return 0.0
    return seen / len(only_then) - (len(only_now & asked) / len(only_now) if only_now else 0.0)


def _labels(form: Form) -> set[str]:
    """Give the titles and labels themselves, without aliases."""
    fields = [each for asked in form.fields() for each in (asked, *asked.columns)]
    return {key(name) for name in (*(section.title for section in form.sections), *(each.label for each in fields))}


def told(edition: Edition, form: Form, answers: Mapping[str, Answer]) -> list[str]:
    """Tell with which version a document was read, and what to do about it."""
    if edition.earlier is None:
        if edition.said and edition.said.casefold() != form.version.casefold():
            note = _("Het formulier zegt versie {version}; gelezen met de vragen van versie {known}.")
            return [note.format(version=edition.said, known=form.version)]
        return []
    then = edition.form.version
    notes = [
        (
            _("Dit is versie {version} van het formulier, zoals het zelf zegt; nu geldt versie {known}.")
            if edition.said.casefold() == then.casefold()
            else _("Dit is naar zijn vragen versie {version} van het formulier; nu geldt versie {known}.")
        ).format(version=then, known=form.version)
        + " "
        + _("Het is gelezen met de vragen van toen.")
    ]
    lacking = [asked.label for asked in form.fields() if _lacks(answers[asked.key], asked, edition.earlier)]
    lacking += [
        f"{asked.label}: {column.label}"
        for asked in form.fields()
        for column in asked.columns
        if f"{asked.key}.{column.key}" in edition.earlier.absent
    ]
    if lacking:
        labels = "; ".join(f"«{label}»" for label in lacking)
        note = _("Stond niet in versie {version}: {labels}. Vraag dit aan de aanvrager, met «supplement».")
        notes.append(note.format(version=then, labels=labels))
    return notes


def _lacks(answer: Answer, asked: Field, earlier: Earlier) -> bool:
    return asked.key in earlier.absent and answer.state is NOT_FOUND


def as_today(edition: Edition, form: Form, answers: Mapping[str, Answer]) -> tuple[dict[str, Answer], list[str]]:
    """Give the answers to an earlier version under the questions of today, and what it asked that is asked no more."""
    earlier = edition.earlier
    if earlier is None:
        return dict(answers), []
    notes = [note for asked in edition.form.fields() for note in _remarks(asked, answers[asked.key], earlier)]
    found: dict[str, Answer] = {}
    for asked in form.fields():
        answer = answers.get(asked.key, Answer(asked.key, NOT_FOUND, confidence=0.0))
        if asked.columns:
            answer = replace(answer, rows=tuple(_rows(asked, answer.rows, earlier)))
            if answer.state is GIVEN and not answer.rows:
                answer = replace(answer, state=EMPTY)
        found[asked.key] = _not_asked(answer, asked.key, earlier)
    return found, notes


def _rows(asked: Field, rows: Iterable[Row], earlier: Earlier) -> Iterator[Row]:
    """Give the rows that say something in a column of today."""
    number = 0
    for row in rows:
        cells = {
            column.key: _not_asked(
                row.cells.get(column.key, Answer(column.key, NOT_FOUND, confidence=0.0)),
                f"{asked.key}.{column.key}",
                earlier,
            )
            for column in asked.columns
        }
        if any(cell.state in FILLED for cell in cells.values()):
            number += 1
            yield Row(number, cells, row.location)


def _not_asked(answer: Answer, target: str, earlier: Earlier) -> Answer:
    if answer.state is not NOT_FOUND or target not in earlier.absent:
        return answer
    problem = _("Deze vraag stond niet in versie {version} van het formulier.")
    return replace(answer, problem=problem.format(version=earlier.form.version))


def _remarks(asked: Field, answer: Answer, earlier: Earlier) -> Iterator[str]:
    """Tell, whole, what was answered to a question or column that is asked no more."""
    note = _("Versie {version} vroeg ook «{label}»; het antwoord was «{text}».")
    version = earlier.form.version
    if asked.key in earlier.gone:
        if answer.state in FILLED and not asked.columns:
            yield note.format(version=version, label=asked.label, text=answer.text)
        for row in answer.rows:
            texts = [
                f"{column.label}: {cell.text}"
                for column in asked.columns
                if (cell := row.cells.get(column.key)) is not None and cell.state in FILLED
            ]
            label = _("{field}, rij {row}").format(field=asked.label, row=row.number)
            yield note.format(version=version, label=label, text="; ".join(texts))
        return
    for row in answer.rows:
        for column in asked.columns:
            cell = row.cells.get(column.key)
            if f"{asked.key}.{column.key}" in earlier.gone and cell is not None and cell.state in FILLED:
                label = _("{field}, rij {row}: {column}").format(field=asked.label, row=row.number, column=column.label)
                yield note.format(version=version, label=label, text=cell.text)
