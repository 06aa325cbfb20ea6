"""The data that an issued paper carries: what stands on its pages, and nothing else of its dossier."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import pdf, resources
from pipeline.dossier import Dossier
from pipeline.form import Field, Form
from pipeline.library.call import Call
from pipeline.stated.agreeing import agrees
from pipeline.stated.standing import OnPage, find
from pipeline.stated.statement import How, Stated, folded
from pipeline.values import FieldType, encode_decimal, encode_value

NAME, SCHEMA_NAME = "gegevens.json", "gegevens.schema.json"
SCHEMA = "urn:wijkcontract:gegevens:1"
_SCHEMA_FILE = resources.TEMPLATES / "gegevens" / SCHEMA_NAME
_ACTS = ("granted", "decision.date", "decision.reference")


@dataclass(frozen=True, slots=True)
class Subject:
    """The paper of which the data is."""

    key: str
    title: str
    row: int | None
    stated: tuple[Stated, ...]


def carry(
    call: Call, dossier: Dossier, main: Dossier | None, paper: Subject, printed: bytes
) -> tuple[pdf.Attached, ...]:
    """Give the files that carry the data of a paper: the data, and the schema that it declares.

    A value is carried only when a text on a page says all of it; a text only when it stands there.

    Args:
        call: the call.
        dossier: of which the paper is.
        main: the dossier that it joined, if any.
        paper: what it states, as it was taken down.
        printed: its PDF.
    """
    with pdf.page_texts(printed) as pages:
        found = [(stated, find(pages, stated.text)) for stated in paper.stated]
    standing = [(stated, places) for stated, places in found if places]
    texts = _texts(stated for stated, _places in standing)
    form = call.forms[dossier.form]
    data: dict[str, Any] = {
        "$schema": SCHEMA,
        "schema_version": 1,
        "call": {"key": call.key, "title": call.title},
        "dossier": dossier.number,
        "paper": {"key": paper.key, "title": paper.title, "row": paper.row},
        "form": {"key": form.key, "version": form.version},
        "answers": _answers(form, dossier, texts, ""),
        "acts": _acts(dossier, texts),
        "stated": [_statement(stated, places) for stated, places in standing],
    }
    joined = _answers(call.form, main, texts, f"{call.main_form}.") if main else {}
    if joined:
        data["joined"] = {"form": call.main_form, "answers": joined}
    content = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    return (
        pdf.Attached(NAME, content, "application/json", "De gegevens die dit document vermeldt"),
        pdf.Attached(
            *(SCHEMA_NAME, _SCHEMA_FILE.read_bytes(), "application/schema+json"),
            *("Het schema van gegevens.json", pdf.Relation.SUPPLEMENT),
        ),
    )


def _texts(stated: Iterable[Stated]) -> dict[str, list[str]]:
    """Give the texts in which an answer or an act stands as it was read, by its target."""
    texts: dict[str, list[str]] = {}
    for each in stated:
        if each.how is How.READ:
            for target in each.of:
                texts.setdefault(target, []).append(each.text)
    return texts


def _answers(form: Form, dossier: Dossier, texts: Mapping[str, Sequence[str]], before: str) -> dict[str, Any]:
    """Give the values of the answers that stand in the paper."""
    told: dict[str, Any] = {}
    for field in form.fields():
        answer = dossier.answers.get(field.key)
        if answer is None:
            continue
        if not field.columns:
            value = _value(field, answer.value, texts.get(before + field.key, ()))
            if value is not None:
                told[field.key] = value
            continue
        rows = []
        for number, row in enumerate(answer.rows, start=1):
            cells = {}
            for column in field.columns:
                cell = row.cells.get(column.key)
                said = texts.get(f"{before}{field.key}.{number}.{column.key}", ())
                value = _value(column, cell.value, said) if cell else None
                if value is not None:
                    cells[column.key] = value
            if cells:
                rows.append({"row": number, "cells": cells})
        if rows:
            told[field.key] = rows
    return told


def _value(field: Field, value: Any, texts: Sequence[str]) -> Any:
    """Give a value as the data holds it, when the paper says all of it; else None."""
    if value is None or not texts:
        return None
    labels = {choice.value: choice.label for choice in field.choices}
    if field.type is FieldType.CHOICE:
        value = {"key": value, "label": labels.get(value, value)}
    elif field.type is FieldType.CHOICES:
        value = [{"key": each, "label": labels.get(each, each)} for each in value]
    else:
        value = encode_value(value)
    if any(agrees(value, text) for text in texts) or (isinstance(value, str) and agrees(value, "\n\n".join(texts))):
        return value
    return None


def _acts(dossier: Dossier, texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    decision = dossier.decision
    if decision is None:
        return {}
    values = (encode_decimal(decision.granted), decision.on.isoformat(), decision.reference)
    return {
        target: value
        for target, value in zip(_ACTS, values, strict=True)
        if any(agrees(value, text) for text in texts.get(target, ()))
    }


def _statement(stated: Stated, places: Sequence[OnPage]) -> dict[str, Any]:
    pages = [
        {"page": place.page, "times": place.times}
        if place.times
        else {"page": place.page, "characters": place.characters}
        for place in places
    ]
    return {"text": stated.text, "how": stated.how.value, "of": folded(stated.of), "pages": pages}
