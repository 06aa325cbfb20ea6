"""A mark in a column that is headed by a choice: «X» under «Nee»."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.extract.units import Place
from pipeline.form import Field
from pipeline.values import FieldType, parse

_LISTED = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.YESNO})
_MARKS = frozenset({"x", "v", "✓", "✔", "✗", "✘", "√", "☒", "☑", "■", "[x]"})


def ticked_heads(asked: Field, places: Iterable[Place], label: Place | None, labels: Collection[Place]) -> list[str]:
    """Give the choices under whose names the cells of an answer are marked.

    Args:
        asked: the question.
        places: the cells.
        label: that of the question.
        labels: all that are one: beside these stands an answer, and no name of a column.
    """
    if asked.type not in _LISTED or label is None:
        return []
    marked = [place for place in places if place.text.casefold() in _MARKS]
    return [head.text for place in marked if (head := _head(asked, place, label, labels)) is not None]


def _head(asked: Field, place: Place, label: Place, labels: Collection[Place]) -> Place | None:
    """Give the nearest cell above a mark that says more than a mark, when it names a choice."""
    layout = place.layout
    for row in range(place.row - 1, -1, -1):
        above = layout.at(row, place.column)
        if above is None or above.empty or above.text.casefold() in _MARKS:
            continue
        beside = layout.at(row, label.column)
        read = parse(above.text, asked.type, choices=asked.choices)
        return above if beside not in labels and read.value is not None and not read.problem else None
    return None
