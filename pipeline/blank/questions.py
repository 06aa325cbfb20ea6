"""How a question stands on paper, whatever the kind of file: its rows, its widths, its words, what is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.form import Choice, Demand, Field
from pipeline.language import _
from pipeline.values import FieldType, fold

WIDTH = 9638
"""Between the margins of an A4 sheet, in twentieths of a point."""
LABEL_WIDTH = 3374
YESNO = (Choice("ja", "Ja"), Choice("nee", "Nee"))
BOXED = frozenset({FieldType.YESNO, FieldType.CHOICES})
"""Answered by check boxes (a yesno in a grid by a list)."""
NUMBERS = frozenset({FieldType.AMOUNT, FieldType.INTEGER, FieldType.PERCENTAGE})
"""Stand at the right in the cells of a grid."""

Names = Mapping[str, Iterable[str]]
"""Code list → the names that it offers."""
Values = Mapping[str, str]
"""Field key (`gemeente`, `acties.2.titel`) → what is filled in already, as a person writes it.

A choice is named by its value or its label; of several choices each stands on a line of its own.
"""

_SHARES = {
    FieldType.YEAR: 9,
    FieldType.INTEGER: 11,
    FieldType.PERCENTAGE: 11,
    FieldType.YESNO: 9,
    FieldType.DATE: 13,
    FieldType.AMOUNT: 16,
    FieldType.LONGTEXT: 30,
}
_FIRST_SHARE, _USUAL_SHARE, _SMALL_SHARE = 29, 19, 9
"""Of a text column: the first names the row; help such as "A1, A2 …" shows that little is written."""
_SMALL_HELP = 12


def manner(field: Field) -> tuple[str, str]:
    """Tell fields that stand as rows of one table, label beside answer, from those that are a block of their own."""
    if field.type in {FieldType.TABLE, FieldType.LONGTEXT}:
        return "block", field.key
    return "pairs", ""


def rows_of(field: Field, values: Values) -> int:
    """Give the number of rows that a table shows: those of the definition, and more when more are filled in."""
    start = f"{field.key}."
    filled = [int(number) for key in values if key.startswith(start) and (number := key.split(".")[1]).isdecimal()]
    return max(field.blank_rows, field.min_rows, 1, *filled)


def has_star(field: Field) -> bool:
    """Tell whether the mark of a required question stands behind the label: where it is always required."""
    return field.demand is not Demand.NONE and not field.required_when


def notes_of(field: Field) -> list[str]:
    """Give the help above a table: its own, and that of the columns of a grid."""
    notes = [field.help] if field.help else []
    if field.layout != "cards":
        notes += [
            _("Bij «{label}»: {help}").format(label=column.label, help=column.help)
            for column in field.columns
            if column.help
        ]
    return notes


def choices_of(field: Field) -> tuple[Choice, ...]:
    """Give the choices of a field that has them, a yesno included."""
    return YESNO if field.type is FieldType.YESNO else field.choices


def chosen(field: Field, text: str) -> tuple[Choice, ...]:
    """Give the choices that a text names, each on a line, by value or label."""
    wanted = {fold(line) for line in text.splitlines()}
    return tuple(each for each in choices_of(field) if {fold(each.value), fold(each.label)} & wanted)


def grid_widths(columns: tuple[Field, ...]) -> list[int]:
    """Share the width by what each column holds, never less than its longest label word."""
    shares = [max(_share(column, first=not index), _longest_word(column.label)) for index, column in enumerate(columns)]
    widths = [WIDTH * share // sum(shares) for share in shares]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _share(column: Field, *, first: bool) -> int:
    if column.type in _SHARES:
        return _SHARES[column.type]
    if column.choices:
        return min(max(max(len(choice.label) for choice in column.choices) * 2 // 3, 17), 24)
    if column.help and len(column.help) <= _SMALL_HELP:
        return _SMALL_SHARE
    return _FIRST_SHARE if first else _USUAL_SHARE


def _longest_word(label: str) -> int:
    return max(len(word) for word in label.replace("/", " ").replace("-", " ").split()) + 3
