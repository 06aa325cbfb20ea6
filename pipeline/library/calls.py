"""The call itself: planning, parameters, bodies and overview of `oproep.toml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.form import Form
from pipeline.language import _
from pipeline.library.blank_words import BlankWords, blank_words
from pipeline.library.call import Call, Clause, Insertion, Overview, OverviewColumn, PaperDefinition
from pipeline.library.entry import Entry
from pipeline.library.nearest import nearest
from pipeline.library.supplements import read_supplement
from pipeline.rule import Parameter, Rule

CALL = "oproep.toml"
_TABLES = ("planning", "parameters", "codelists", "overview", "supplement")
_KINDS = ("text", "amount", "date", "percentage", "integer", "moment")


def read_call(
    entry: Entry,
    *,
    folder: Path,
    templates: Path,
    main_form: str,
    forms: Mapping[str, Form],
    values: Mapping[str, str],
    rules: tuple[Rule, ...],
    papers: tuple[PaperDefinition, ...],
    clauses: Mapping[str, Clause],
    insertions: tuple[Insertion, ...],
    settings: Mapping[str, Any],
    blanks: BlankWords,
    codelists: Mapping[str, Mapping[str, Mapping[str, str]]],
    sha256: Mapping[str, str],
) -> Call:
    """Read what `oproep.toml` says and join it to what the other files gave."""
    overview = _overview(entry.entry("overview", required=True))
    words = blank_words(entry.text("language")) + blanks
    if words == BlankWords() and any(paper.issue for paper in papers):
        message = _(
            "Van deze taal zegt niets met welke woorden een papier toont dat er nog iets in te vullen is. Maak "
            "templates/invullen/<taal>.toml, of [invullen] in documenten.toml."
        )
        entry.fault("language", message)
    return Call(
        key=entry.key(),
        title=entry.text("title"),
        language=entry.text("language"),
        folder=folder,
        templates=templates,
        main_form=main_form,
        number_format=entry.text("number_format"),
        join_field=entry.text("join_field", ""),
        duplicate_fields=entry.texts("duplicate_fields"),
        applicant_fields=entry.texts("applicant_fields"),
        requested_field=entry.text("requested_field", ""),
        planning={key: _parameter(key, each) for key, each in entry.named("planning").items()},
        parameters={key: _parameter(key, each) for key, each in entry.named("parameters").items()},
        overview=overview,
        supplement=read_supplement(entry, overview),
        bodies=_bodies(entry),
        forms=forms,
        values=values,
        rules=rules,
        papers=papers,
        clauses=clauses,
        insertions=insertions,
        settings=settings,
        blanks=words,
        codelists=codelists,
        sha256=sha256,
    )


def _parameter(key: str, entry: Entry) -> Parameter:
    value = entry.raw("value", required=True)
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if number:
        value = Decimal(value)
        if not value.is_finite():
            entry.fault("value", _("Het getal is niet eindig."))
    elif isinstance(value, dt.datetime):
        if value.utcoffset() is None:
            entry.fault("value", _("Een moment heeft een tijdzone nodig: 2021-07-19T23:59:59+02:00."))
    elif value is not None and not isinstance(value, str | bool | dt.date):
        entry.fault("value", _("Een parameter is een getal, datum, moment, tekst of true/false."))
    parameter = Parameter(
        key=key,
        value=value if value is not None else "",
        unit=entry.text("unit", None if number else ""),
        reference=entry.text("reference"),
    )
    entry.close()
    return parameter


def _overview(entry: Entry) -> Overview:
    overview = Overview(
        columns=tuple(_column(column) for column in entry.entries("column", required=True)),
        applicant=entry.text("applicant"),
        subject=entry.text("subject"),
        requested=entry.text("requested"),
        available=entry.text("available"),
    )
    entry.close()
    return overview


def _column(entry: Entry) -> OverviewColumn:
    column = OverviewColumn(
        label=entry.text("label"),
        value=entry.text("value"),
        kind=entry.text("kind", "text"),
        total=entry.flag("total"),
        width=entry.whole("width", 16),
    )
    if column.kind not in _KINDS:
        entry.unknown("kind", column.kind, _KINDS)
    entry.close()
    return column


def _bodies(entry: Entry) -> dict[str, Any]:
    """Give what is left: tables of names and addresses that papers print."""
    found = {}
    for name, value in entry.rest().items():
        rows = isinstance(value, list) and all(isinstance(each, dict) for each in value)
        is_body = isinstance(value, dict) or rows
        close = nearest(name, _TABLES if is_body else entry.known())
        if close or not is_body:
            entry.fault(name, _("Deze sleutel is hier onbekend."), close)
            continue
        found[name] = value
    return found
