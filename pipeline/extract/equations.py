"""The sums of a form written out for one copy of it: which amounts stand on either side."""

from __future__ import annotations

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.dossier import Answer, Row
from pipeline.expression.tables import ids
from pipeline.extract.states import EMPTY, GIVEN, NOT_FOUND
from pipeline.form import Demand, Field, Form, Sum, Term
from pipeline.values import fold


class Spot(NamedTuple):
    """Where an answer stands among the answers."""

    field: str
    row: int = 0
    """Number of the row; 0 when it is no cell."""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """Amounts that are together as much as others."""

    title: str
    group: str
    """The group or row that it is about, as a person names it: `A1`; empty when it is about the whole."""
    left: Mapping[Spot, Answer]
    right: Mapping[Spot, Answer]
    keys: Mapping[Spot, Answer]
    """The cells that say to which group its rows belong."""

    @property
    def amounts(self) -> dict[Spot, Answer]:
        """Those of both sides."""
        return {**self.left, **self.right}

    @property
    def unknown(self) -> list[Spot]:
        """The amounts that are doubtful."""
        return [spot for spot, answer in self.amounts.items() if not _is_known(answer)]

    @property
    def totals(self) -> tuple[Decimal, Decimal]:
        """What is known of either side, added."""
        return _total(self.left), _total(self.right)


class _Unclear(Exception):
    """It is not certain which amounts belong to a sum."""


def equations(form: Form, answers: Mapping[str, Answer]) -> Iterator[Equation]:
    """Write out the sums of a form.

    A sum of which it is not certain which amounts belong to it is left out: a table whose rows are doubtful, a row
    without its group or choice, an amount that lacks though it has to be filled in.
    """
    for each in form.sums:
        if each.each:
            yield from _by_row(each, form, answers)
        else:
            yield from _by_group(each, form, answers)


def _is_known(answer: Answer) -> bool:
    return answer.state is GIVEN and isinstance(answer.value, Decimal)


def _total(side: Mapping[Spot, Answer]) -> Decimal:
    known = (answer.value for answer in side.values() if _is_known(answer))
    return sum((value for value in known if isinstance(value, Decimal)), Decimal(0))


def _by_row(asked: Sum, form: Form, answers: Mapping[str, Answer]) -> Iterator[Equation]:
    for row in answers[asked.each].rows:
        try:
            left, right = (_cells(side, row, form) for side in (asked.left, asked.right))
        except _Unclear:
            continue
        yield Equation(asked.title, _name(row), left, right, {})


def _name(row: Row) -> str:
    """Give what a person calls a row: what its first cell says."""
    first = next(iter(row.cells.values()))
    return first.text.strip() if first.state is GIVEN else str(row.number)


def _by_group(asked: Sum, form: Form, answers: Mapping[str, Answer]) -> Iterator[Equation]:
    try:
        left, right = (_groups(side, form, answers) for side in (asked.left, asked.right))
    except _Unclear:
        return
    for group in dict.fromkeys([*left, *right]):
        one, other = left.get(group, _Side()), right.get(group, _Side())
        if not (one.unclear or other.unclear):
            yield Equation(asked.title, group, one.amounts, other.amounts, {**one.keys, **other.keys})


@dataclass(slots=True)
class _Side:
    """The amounts of a group on one side."""

    amounts: dict[Spot, Answer] = dataclasses.field(default_factory=dict)
    keys: dict[Spot, Answer] = dataclasses.field(default_factory=dict)
    unclear: bool = False
    """An amount lacks."""


def _groups(side: tuple[Term, ...], form: Form, answers: Mapping[str, Answer]) -> dict[str, _Side]:
    """Give the amounts of one side, by group; all in one, without a name, where there are none."""
    found: dict[str, _Side] = defaultdict(_Side)
    for term in side:
        asked = form.field(term.field)
        if not term.column:
            found[""].amounts |= _amount(Spot(term.field), answers[term.field], asked)
            continue
        for row in _rows(asked, answers):
            if not _counts(row, term):
                continue
            group = found[_group(row, term.match) if term.match else ""]
            try:
                group.amounts |= _cells((term,), row, form)
            except _Unclear:
                group.unclear = True
            if term.match:
                group.keys[Spot(term.field, row.number, term.match)] = row.cells[term.match]
    return found


def _rows(asked: Field, answers: Mapping[str, Answer]) -> tuple[Row, ...]:
    answer = answers[asked.key]
    if answer.state is GIVEN or (answer.state is EMPTY and asked.demand is Demand.NONE):
        return answer.rows
    raise _Unclear


def _counts(row: Row, term: Term) -> bool:
    """Tell whether a row has the choices that a sum wants."""
    for column, wanted in term.where:
        cell = row.cells[column]
        if cell.state is not GIVEN:
            raise _Unclear
        if cell.value not in wanted:
            return False
    return True


def _group(row: Row, column: str) -> str:
    """Give the group of a row: its number (`A1 Wijkregisseur` is A1), as the rules know it, or its words."""
    cell = row.cells[column]
    if cell.state is not GIVEN:
        raise _Unclear
    return _key(cell.text)


@functools.lru_cache(maxsize=1024)
def _key(text: str) -> str:
    named = ids(text)
    return named[0] if len(named) == 1 else fold(text).upper()


def _cells(terms: tuple[Term, ...], row: Row, form: Form) -> dict[Spot, Answer]:
    found: dict[Spot, Answer] = {}
    for term in terms:
        column = form.field(term.field).column(term.column)
        found |= _amount(Spot(term.field, row.number, term.column), row.cells[term.column], column)
    return found


def _amount(spot: Spot, answer: Answer, asked: Field) -> dict[Spot, Answer]:
    """Give an amount; nothing where it may be left empty and is."""
    if answer.state is EMPTY and asked.demand is Demand.NONE:
        return {}
    if answer.state in (EMPTY, NOT_FOUND):
        raise _Unclear
    return {spot: answer}
