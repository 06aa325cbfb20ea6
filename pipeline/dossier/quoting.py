"""What applicants wrote, on a line and harmless, as a form, a remark or a place quotes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.document import Location
from pipeline.dossier.answers import Answer, Row, State
from pipeline.form import Field
from pipeline.values import FieldType
from pipeline.visible import visible

_LONGEST_QUOTE = 80
_LONGEST_ABOUT = 40
_ENOUGH_ABOUT = 12
"""So many characters tell one row from another; shorter cells (`A1`) are joined to the next."""


def line(text: str) -> str:
    """Give a text on one line, harmless."""
    return " ".join(visible(text).split())


def short(text: str, limit: int = _LONGEST_QUOTE) -> str:
    """Give the beginning of a text, harmless and on a line."""
    whole = line(text)
    return whole if len(whole) <= limit else whole[: limit - 1].rstrip() + "…"


def about_row(field: Field, row: Row) -> str:
    """Give what tells a row from the others, in a few words: `A1, Buurtwerk`."""
    words: list[str] = []
    for place, column in enumerate(field.columns):
        cell = row.cells.get(column.key)
        if cell is None or cell.state is not State.GIVEN or (place and column.type is FieldType.LONGTEXT):
            continue
        words.append(_written(column, cell))
        if len(", ".join(words)) >= _ENOUGH_ABOUT:
            break
    return short(", ".join(words), _LONGEST_ABOUT)


def _written(column: Field, cell: Answer) -> str:
    labels = {choice.value: choice.label for choice in column.choices}
    return labels.get(cell.value, cell.text) if isinstance(cell.value, str) else cell.text


def at_question(location: Location | None, field: Field) -> Location | None:
    """Give a place that says by which question a person finds it."""
    return None if location is None else replace(location, label=field.label)


def at_row(location: Location | None, field: Field, row: Row) -> Location | None:
    """Give a place that says by which number and words a person finds its row."""
    return None if location is None else replace(location, label="", line=_line(field, row))


def _line(field: Field, row: Row) -> str:
    about = about_row(field, row)
    return f"{row.number} («{about}»)" if about else str(row.number)


def at_cells(field: Field, row: Row) -> Iterator[tuple[str, Location | None]]:
    """Give the place of every cell of a row, each with what a person finds its row and column by."""
    labels = {column.key: column.label for column in field.columns}
    line = _line(field, row)
    for key, cell in row.cells.items():
        place = cell.location
        yield key, None if place is None else replace(place, label=labels.get(key, ""), line=line)
