"""What applicants wrote, on a line and harmless, as a form or a remark quotes it."""

from __future__ import annotations

from pipeline.dossier import Answer, Row, State
from pipeline.form import Field
from pipeline.language import plural
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


def shown(answer: Answer) -> str:
    """Give what an answer says, on a line; of a table how many rows it has."""
    if answer.rows:
        return plural("{number} rij", "{number} rijen", len(answer.rows))
    return short(answer.text)


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
