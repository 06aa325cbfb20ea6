"""Continuation sheets: rows that did not fit in the form, added to the answers of the form they came with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.document import Document
from pipeline.dossier import Answer, Extraction, Row
from pipeline.errors import Reason, Unreadable
from pipeline.extract.assembly import extract
from pipeline.extract.states import DOUBTFUL, GIVEN, doubted
from pipeline.form import Form
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.library.continuation import continuation_of
from pipeline.values import fold

_FIRST = 8
"""Paragraphs among which the title stands."""


def continues(document: Document, forms: Iterable[Form]) -> Form | None:
    """Give the form of which a document is the continuation sheet; None when it is of none of these."""
    first = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()][:_FIRST]
    said = {fold(text) for text in (document.title, *first)}
    return next((form for form in forms if fold(form.continuation_title) in said), None)


def extract_sheet(document: Document, form: Form, call: Call, whose: Collection[str] = ()) -> Extraction:
    """Read the rows of a continuation sheet of this form, and the answers that tell whose they are.

    Raises:
        Unreadable: the form has no tables, so it has no such sheet.
    """
    sheet = continuation_of(form, call, whose)
    if sheet is None:
        raise Unreadable(Reason.NOT_A_FORM)
    return extract(document, sheet, call)


def add_rows(extraction: Extraction, sheets: Sequence[Extraction], form: Form, whose: Sequence[str]) -> Extraction:
    """Add the rows of continuation sheets to the tables of a form, in order.

    Args:
        extraction: of the form.
        sheets: of its continuation sheets.
        form: with which it was read.
        whose: the fields that tell whose it is.

    Returns:
        The answers of all; where a sheet says that it is of another submission, its rows are doubtful.
    """
    answers = dict(extraction.answers)
    notes = list(extraction.notes)
    inexact = dict.fromkeys(name for each in (extraction, *sheets) for name in each.inexact)
    for sheet in sheets:
        name = sheet.source.name
        other = _other(extraction, sheet, whose)
        told = []
        for field in form.fields():
            more = sheet.answers.get(field.key)
            if more is None or not field.columns or not (more.rows or more.state is DOUBTFUL):
                continue
            told.append(_("{count} in «{table}»").format(count=len(more.rows), table=field.label))
            if other:
                problem = _("Het vervolgblad «{name}» noemt «{said}» bij «{label}», het formulier niet.")
                more = doubted(more, problem.format(name=name, said=other[1], label=form.field(other[0]).label))
            answers[field.key] = _joined(answers[field.key], more)
        rows = "; ".join(told) or _("geen")
        notes.append(_("Rijen uit het vervolgblad «{name}»: {rows}.").format(name=name, rows=rows))
        notes.extend(f"{name}: {note}" for note in sheet.notes)
    return replace(extraction, answers=MappingProxyType(answers), notes=tuple(notes), inexact=tuple(inexact))


def _other(extraction: Extraction, sheet: Extraction, keys: Sequence[str]) -> tuple[str, str] | None:
    """Give the first field by which a sheet is, or may be, of another submission than the form, and what it says."""
    said = (GIVEN, DOUBTFUL)
    for key in keys:
        mine, theirs = extraction.answers[key], sheet.answers[key]
        if theirs.state in said and mine.state in said and fold(mine.text) != fold(theirs.text):
            return key, theirs.text
    return None


def _joined(first: Answer, more: Answer) -> Answer:
    """Give one table of two."""
    rows = [*first.rows, *more.rows]
    numbered = tuple(Row(number, row.cells, row.location) for number, row in enumerate(rows, start=1))
    doubtful = next((each for each in (first, more) if each.state is DOUBTFUL), None)
    whole = doubtful or more if not first.rows else doubtful or first
    return replace(
        whole,
        location=first.location or more.location,
        rows=numbered,
        confidence=min(first.confidence, more.confidence) if first.rows else more.confidence,
    )
