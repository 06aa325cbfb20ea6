"""Our own fillable PDF filled in: what a person does in each field, by the program that is at hand."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.bench.variants import fields
from tests.bench.variants.contents import Answers
from tests.bench.variants.fields import Deed
from tests.bench.variants.notations import Written
from tests.bench.variants.questions import FORMS, Form, Question

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each letter that it cannot draw

PROGRAMS: dict[str, tuple[Callable[..., bytes], ...]] = {
    "pypdf": (fields.by_pypdf, functools.partial(fields.by_pypdf, incremental=True)),
    "pikepdf": (fields.by_pikepdf, functools.partial(fields.by_pikepdf, drawn=True)),
    "pdfium": (fields.by_pdfium,),
    "pdfium, printed": (functools.partial(fields.by_pdfium, flat=True),),
}


_NOT_DRAWN = str.maketrans({"ọ": "o", "₂": "2", "→": ":"})
"""Signs that the font of the fields lacks; a program that prints them leaves them out, so no print shows them."""


def source(form: Form) -> Path:
    """Give the blank form."""
    return FORMS / "blanco" / f"{form.key}.pdf"


@cache
def _names(path: Path) -> frozenset[str]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return frozenset(name for name, _field in fields.leaves(pdf))


def rows(form: Form, question: Question) -> int:
    """Tell how many rows of a table the form has."""
    numbers = [name.split(".")[1] for name in _names(source(form)) if name.startswith(f"{question.key}.")]
    return max(map(int, numbers))


def fitting(form: Form, answers: Answers) -> dict[str, Written | list[dict[str, Written]]]:
    """Leave out the rows that the form has no place for: they go in a continuation form."""
    made = dict(answers)
    for question in form.questions:
        answer = made[question.key]
        if isinstance(answer, list):
            made[question.key] = answer[: rows(form, question)]
    return made


def drawable(answers: Answers) -> dict[str, Written | list[dict[str, Written]]]:
    """Give the answers without the signs that would be lost in a print."""
    return {
        key: [{name: _drawable(cell) for name, cell in row.items()} for row in answer]
        if isinstance(answer, list)
        else _drawable(answer)
        for key, answer in answers.items()
    }


def _drawable(answer: Written) -> Written:
    meaning = answer.meaning.translate(_NOT_DRAWN) if isinstance(answer.meaning, str) else answer.meaning
    return replace(answer, text=answer.text.translate(_NOT_DRAWN), meaning=meaning)


def fill(form: Form, answers: Answers, program: Callable[..., bytes]) -> bytes:
    """Give the filled form."""
    return program(source(form).read_bytes(), list(deeds(form, answers)))


def deeds(form: Form, answers: Answers) -> Iterator[Deed]:
    """Give what a person does for these answers."""
    names = _names(source(form))
    for question in form.questions:
        answer = answers[question.key]
        if not isinstance(answer, list):
            yield from _deeds(question, question.key, answer, names, grid=False)
            continue
        for number, row in enumerate(answer, start=1):
            for column in question.columns:
                name = f"{question.key}.{number}.{column.key}"
                yield from _deeds(column, name, row[column.key], names, grid=not question.cards)


def _deeds(question: Question, name: str, answer: Written, names: frozenset[str], *, grid: bool) -> Iterator[Deed]:
    if not answer.text:
        return
    if question.kind == "choices" and name not in names:
        yield from (Deed(f"{name}={key}", "Yes", box=True) for key in answer.meaning)
    elif question.kind == "yesno":
        yield Deed(name, answer.text.capitalize() if grid else answer.text, box=not grid)
    else:
        yield Deed(name, answer.text)
