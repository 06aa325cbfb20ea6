"""A place that a correction names, and what the files say there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from pipeline.dossier import Dossier
from pipeline.dossier.acts import Act, ActKind, Fate, Read
from pipeline.dossier.answers import Answer, Row, State
from pipeline.values import fold


class Place(NamedTuple):
    """A field, or a cell of a table."""

    field: str
    row: int = 0
    """From 1; 0 for a field."""
    column: str = ""

    @property
    def target(self) -> str:
        """As an act names it: `startdatum`, `acties.2.kost`."""
        return f"{self.field}.{self.row}.{self.column}" if self.row else self.field


def place_of(target: str) -> Place:
    """Give the place that a target names; what is no cell is taken for the name of a field."""
    name, _dot, cell = target.strip().partition(".")
    number, _dot, column = cell.partition(".")
    if column and number.isdecimal() and int(number):
        return Place(name, int(number), column)
    return Place(target.strip())


def read_at(answers: Mapping[str, Answer], place: Place) -> Read:
    """Give what answers say at a place."""
    answer = answers.get(place.field)
    if answer is None:
        return Read(State.NOT_FOUND)
    if not place.row:
        return Read(answer.state, answer.text)
    if place.row > len(answer.rows):
        return Read(State.NOT_FOUND)
    row = answer.rows[place.row - 1]
    cell = row.cells.get(place.column)
    return Read(cell.state if cell else State.NOT_FOUND, cell.text if cell else "", _said(row))


def as_read(dossier: Dossier, place: Place) -> Read:
    """Give what the files of a dossier say at a place, whatever officials made of it since."""
    found = read_at(dossier.answers, place)
    for corrected in dossier.corrected:
        other = place_of(corrected.target)
        if other == place:
            return corrected.read
        if place.row and (other.field, other.row) == (place.field, place.row):
            found = replace(found, row=corrected.read.row) if corrected.read.row else Read(State.NOT_FOUND)
    return found


def rows_as_read(dossier: Dossier, table: str) -> list[tuple[tuple[str, str], ...]]:
    """Give what the files of a dossier say in the rows of a table; an added row says nothing."""
    answer = dossier.answers.get(table)
    return [
        as_read(dossier, Place(table, number, "-")).row for number in range(1, len(answer.rows if answer else ()) + 1)
    ]


def is_same_row(before: Read, now: Read, column: str, also: Read | None = None) -> bool:
    """Tell whether a row is the one that was seen: nothing but the corrected cell says something else.

    Only letters and digits count, for a later version of a reader may join a wrapped word that an earlier one did not.

    Args:
        before: what was read when the cell was corrected.
        now: what is read now.
        column: of the cell.
        also: what the applicant's own form says there, without what supplements changed in the row since.
    """
    if not before.row or not now.row:
        return before.row == now.row
    then, here, own = dict(before.row), dict(now.row), dict(also.row if also else ())
    return all(
        _letters(text) in {_letters(here.get(key, "")), _letters(own.get(key, here.get(key, "")))}
        for key, text in then.items()
        if key != column
    )


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def is_same_reading(before: Read, now: Read) -> bool:
    """Tell whether two readings of one place say the same; of what says nothing it does not matter why."""
    return fold(before.text) == fold(now.text)


def _said(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((key, cell.text) for key, cell in row.cells.items())


def standing_corrections(dossier: Dossier) -> Iterator[Act]:
    """Give the corrections of which papers may speak: not those of a place that is gone or no longer certain."""
    fallen = {place_of(one.target) for one in dossier.corrected if one.fate is not Fate.APPLIED}
    for act in dossier.acts:
        if act.kind is ActKind.CORRECT and place_of(act.target) not in fallen:
            yield act
