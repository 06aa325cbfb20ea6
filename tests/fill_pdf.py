"""Fills a fillable PDF with other programs, as people do: pypdf, pikepdf and pdfium, each in its own way."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2

from pipeline.form import Choice, Field, Form
from pipeline.values import FieldType
from tests.bench.variants import fields
from tests.bench.variants.fields import Deed
from tests.fill import written

YESNO = (Choice("ja", "Ja"), Choice("nee", "Nee"))


def typed(form: Form, answers: Mapping[str, Any]) -> Iterator[Deed]:
    """Give what a person does for some answers."""
    for field in form.fields():
        if field.key not in answers:
            continue
        if not field.columns:
            yield from _typed(field, field.key, answers[field.key], grid=False)
            continue
        for number, row in enumerate(answers[field.key], start=1):
            for column in field.columns:
                if column.key in row:
                    name = f"{field.key}.{number}.{column.key}"
                    yield from _typed(column, name, row[column.key], grid=field.layout != "cards")


def _typed(field: Field, name: str, answer: Any, *, grid: bool) -> Iterator[Deed]:
    if field.type is FieldType.CHOICES:
        yield from (Deed(f"{name}={value}", "Yes", box=True) for value in answer)
    elif field.type is FieldType.YESNO and not grid:
        yield Deed(name, written(answer), box=True)
    else:
        text = written(answer)
        choices = YESNO if field.type is FieldType.YESNO else field.choices
        yield Deed(name, next((choice.label for choice in choices if choice.value == text), text))


def by_pypdf(data: bytes, form: Form, answers: Mapping[str, Any], *, incremental: bool = False) -> bytes:
    """Fill with pypdf."""
    return fields.by_pypdf(data, typed(form, answers), incremental=incremental)


def by_pikepdf(data: bytes, form: Form, answers: Mapping[str, Any], *, drawn: bool = False) -> bytes:
    """Fill with pikepdf."""
    return fields.by_pikepdf(data, typed(form, answers), drawn=drawn)


def by_pdfium(data: bytes, form: Form, answers: Mapping[str, Any], *, flat: bool = False) -> bytes:
    """Fill with pdfium."""
    return fields.by_pdfium(data, typed(form, answers), flat=flat)


def flattened(data: bytes) -> bytes:
    """Let pdfium make what fields show a part of their pages, as Chromium does when it prints."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    for page in document:
        page.flatten()
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()
