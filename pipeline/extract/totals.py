"""Rows of totals that somebody typed in a table: known by their words, taken out of the rows, held against them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from pipeline.dossier import Answer, Row
from pipeline.expression.tables import ids
from pipeline.extract.states import DOUBTFUL, EMPTY, FILLED, GIVEN, doubted
from pipeline.extract.sums import proposal
from pipeline.form import Field, Form
from pipeline.language import _, euro
from pipeline.values import FieldType, fold

_MARKS = " :.=*()[]€+-–—"
_FEW = 1
"""Cells beside its first words and its amounts that a row of totals has at most: `Totaal` and `2022`."""


@dataclass(frozen=True, slots=True)
class TypedTotal:
    """A row of totals."""

    words: str
    """How it begins: `Totaal`."""
    text: str
    """All that it says."""
    amounts: Mapping[str, Answer]
    """Column → what it says there."""
    above: int
    """How many rows stand above it."""
    since: int
    """How many stand above the total before it."""
    own: int
    """How many stand above in earlier tables of the same question."""
    named: bool = False
    """Says more than that it is a total, and is one because it adds up."""

    def spans(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        """Give the rows that it may add up: all, those above, those of its own table, those since the total before."""
        yield rows
        for start in dict.fromkeys((0, self.own, self.since)):
            yield rows[start : self.above]


def hold_totals(form: Form, answers: Mapping[str, Answer]) -> tuple[dict[str, Answer], list[str]]:
    """Take the totals out of the rows of every table, and hold the rows against them.

    Returns:
        The answers, with a table doubtful where a total is not that of its rows; and what those totals say that were
        not compared, or that may not be one.
    """
    made = dict(answers)
    left: list[str] = []
    for asked in form.fields() if form.totals else ():
        if made[asked.key].rows:
            made[asked.key] = _hold_table(asked, made[asked.key], form.totals, left)
    return made, left


def _hold_table(asked: Field, table: Answer, words: tuple[str, ...], left: list[str]) -> Answer:
    rows: list[Row] = []
    totals: list[TypedTotal] = []
    for row in table.rows:
        total, problem = _judge(asked, row, rows, totals, words)
        if total is not None:
            totals.append(total)
            continue
        cells = {key: _unless_doubtful(cell, problem) for key, cell in row.cells.items()} if problem else row.cells
        number = len(rows) + 1
        kept = cells is row.cells and row.number == number
        rows.append(row if kept else replace(row, number=number, cells=cells))
    is_same = not totals and all(one is other for one, other in zip(rows, table.rows, strict=True))
    made = table if is_same else replace(table, rows=tuple(rows), state=table.state if rows else EMPTY)
    for total in totals:
        compared = False
        if not total.named:
            made, compared = _hold(asked, made, total)
        left.extend([] if compared else [total.text])
    return made


def _judge(
    asked: Field, row: Row, rows: Sequence[Row], totals: Sequence[TypedTotal], words: tuple[str, ...]
) -> tuple[TypedTotal | None, str]:
    """Tell whether a row is a total; else why it may be one, or nothing.

    A row with the words of a total and nothing but amounts is one. Where it says one thing more (`Totaal 2022`,
    `Totaal A1`) it may be a row of its own, so it is one only when it adds up.
    """
    head = next(cell for cell in row.cells.values() if cell.state in FILLED)
    opened = opening(head.text, words)
    if opened is None:
        return None, ""
    filled = {key: cell for key, cell in row.cells.items() if cell.state in FILLED}
    columns = [column.key for column in asked.columns if column.type is FieldType.AMOUNT]
    amounts = {key: cell for key, cell in filled.items() if key in columns and cell is not head}
    said = [
        fold(cell.text) for key, cell in filled.items() if key not in columns and fold(cell.text) != fold(head.text)
    ]
    text = " ".join(dict.fromkeys(cell.text for cell in filled.values()))
    before = [each for each in rows if not _same_table(each, row)]
    total = TypedTotal(head.text, text, amounts, len(rows), totals[-1].above if totals else 0, len(before))
    problem = _("Deze rij begint met «{words}»; zie na of ze een rij is of andere rijen optelt.").format(
        words=head.text
    )
    if not columns:
        if not all(any(sign.isdigit() for sign in each) for each in said):
            return None, ""
        return (None, problem) if opened else (total, "")
    if not opened and not said:
        return total, ""
    if len(said) > _FEW or not amounts:
        return None, ""
    named = _rows_about(rows, [opened, *said])
    if any(_adds_up(span, amounts) for span in (named, *total.spans(rows))):
        return replace(total, named=True), ""
    return None, problem


def opening(text: str, words: tuple[str, ...]) -> str | None:
    """Give what a text says after the words that open a row of totals; None when it does not begin with them."""
    said = fold(text)
    if not said.startswith(_folded(words)):
        return None
    for word in _folded(words):
        rest = said.removeprefix(word)
        if said.startswith(word) and not rest[:1].isalnum():
            return rest.strip(_MARKS)
    return None


@functools.lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(map(fold, words), key=len, reverse=True))


def _same_table(one: Row, other: Row) -> bool:
    return one.location is None or other.location is None or one.location.table == other.location.table


def _rows_about(rows: Sequence[Row], words: Iterable[str]) -> list[Row]:
    """Give the rows that a total names: `Totaal actie A1`, `Totaal 2022`, `Totaal personeel`."""
    wanted = {each for word in words if word for each in (word, word.rpartition(" ")[2])}
    numbers = {number for word in wanted if any(sign.isdigit() for sign in word) for number in ids(word)}
    return [
        row
        for row in rows
        if any(fold(cell.text) in wanted or numbers.intersection(ids(cell.text)) for cell in row.cells.values())
    ]


def _unless_doubtful(cell: Answer, problem: str) -> Answer:
    return doubted(cell, problem) if cell.state is GIVEN else cell


def _hold(asked: Field, table: Answer, total: TypedTotal) -> tuple[Answer, bool]:
    """Hold a table against a total; tell also whether all of it could be compared."""
    rows = table.rows
    known = {column: cell for column, cell in total.amounts.items() if cell.state is GIVEN}
    clear = [column for column in known if not _doubtful(rows, column)]
    for column in clear:
        wanted = _amount(known[column])
        sums = [_added(span, column) for span in total.spans(rows)]
        if wanted in sums or table.state is DOUBTFUL:
            continue
        problem = _(
            "De rij «{words}» zegt {total} bij «{column}», maar de rijen zijn samen {sum}; "
            "zie na welke rij of welk bedrag niet klopt."
        ).format(
            words=total.words,
            total=euro(wanted),
            column=asked.column(column).label,
            sum=euro(min(sums, key=lambda each: abs(each - wanted))),
        )
        table = doubted(table, problem)
    for column in known.keys() - set(clear):
        table = _with_proposal(table, total, column)
    return table, 0 < len(clear) == len(total.amounts)


def _with_proposal(table: Answer, total: TypedTotal, column: str) -> Answer:
    """Say at the only doubtful amount of a column what would make the total right, where it adds up all rows."""
    unknown = _doubtful(table.rows, column)
    missing = _amount(total.amounts[column]) - _added(table.rows, column)
    if len(unknown) != 1 or missing <= 0 or total.since or total.above < len(table.rows):
        return table
    (row,) = unknown
    cell = row.cells[column]
    told = replace(cell, problem=f"{cell.problem} {proposal(missing, total.words)}")
    cells = MappingProxyType({**row.cells, column: told})
    return replace(table, rows=tuple(replace(each, cells=cells) if each is row else each for each in table.rows))


def _doubtful(rows: Iterable[Row], column: str) -> list[Row]:
    return [row for row in rows if row.cells[column].state is DOUBTFUL]


def _adds_up(rows: Sequence[Row], amounts: Mapping[str, Answer]) -> bool:
    """Tell whether rows make these amounts, with nothing doubtful in either."""
    return bool(rows) and all(
        cell.state is GIVEN and not _doubtful(rows, column) and _added(rows, column) == cell.value
        for column, cell in amounts.items()
    )


def _added(rows: Iterable[Row], column: str) -> Decimal:
    return sum((_amount(row.cells[column]) for row in rows), Decimal(0))


def _amount(answer: Answer) -> Decimal:
    return answer.value if answer.state is GIVEN and isinstance(answer.value, Decimal) else Decimal(0)
