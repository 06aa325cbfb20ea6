"""Sums as free checks: amounts that must add up, held against each other.

A sum that fails doubts amounts only where the reader may have misread them, in a scan or a print without tags. In a
Word file or a fillable form the difference is what the applicant wrote, and a rule tells it. A sum that holds makes its
amounts surer: a wrong digit in one would break it. It never makes a doubtful amount a given one: the same amount,
printed twice in one type, is misread alike more often than by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from pipeline.dossier import Answer, Row
from pipeline.extract.certainty import ADDED_UP
from pipeline.extract.equations import Equation, Spot, equations
from pipeline.extract.states import doubted
from pipeline.form import Form
from pipeline.language import _, euro

_TRUSTED = frozenset({"control", "correction"})
"""Methods by which a value comes as it was filled in, whatever the page looks like."""


def hold_sums(form: Form, answers: Mapping[str, Answer], inexact: Collection[str]) -> Mapping[str, Answer]:
    """Hold the amounts of a form against its sums; the answers given are left as they are.

    Args:
        form: the form that was answered.
        answers: all of them; those from continuation sheets and corrections included.
        inexact: names of the files of which the reader put the words together from what it saw.

    Returns:
        The answers: doubtful where a sum fails that may have been misread, surer where one holds, and with the amount
        that would make a sum right in the reason why its only doubtful amount is doubtful.
    """
    changed: dict[Spot, Answer] = {}
    written = list(equations(form, answers))
    sound = [each for each in written if not each.unknown]
    failing = [each for each in sound if each.totals[0] != each.totals[1]]
    held = [each for each in sound if each.totals[0] == each.totals[1] != 0]
    confirmed = {spot for each in held for spot in each.amounts}
    for each in failing:
        unsure = [spot for spot, answer in each.amounts.items() if _may_be_misread(answer, inexact)]
        suspects = [spot for spot in unsure if spot not in confirmed]
        known = each.amounts
        if not suspects:  # the amounts add up elsewhere, so a row may stand in the wrong group
            suspects = [spot for spot, answer in each.keys.items() if _may_be_misread(answer, inexact)]
            known = dict(each.keys)
        for spot in suspects:
            changed.setdefault(spot, doubted(known[spot], _failure(each)))
    if changed:
        answers = _placed(answers, changed)
        written = list(equations(form, answers))
    changed = _proposed(written)
    for each in held:
        for spot, answer in each.amounts.items():
            if answer.confidence < ADDED_UP:
                changed[spot] = replace(answer, confidence=ADDED_UP)
    return _placed(answers, changed)


def as_read(
    answers: Mapping[str, Answer], held: Mapping[str, Answer], read: Mapping[str, Answer]
) -> Mapping[str, Answer]:
    """Take back what sums changed in answers that nobody answered anew since.

    Args:
        answers: with what supplements and officials changed.
        held: as `hold_sums` gave them before that.
        read: as they were before that again.
    """
    return MappingProxyType({key: _as_read(answer, held.get(key), read.get(key)) for key, answer in answers.items()})


def _as_read(answer: Answer, held: Answer | None, read: Answer | None) -> Answer:
    if held is None or read is None:
        return answer
    if answer is held:
        return read
    before = {row.number: row for row in held.rows}
    first = {row.number: row for row in read.rows}
    rows = tuple(
        _row_as_read(row, before[row.number], first[row.number]) if row.number in before else row for row in answer.rows
    )
    return replace(answer, rows=rows)


def _row_as_read(row: Row, held: Row, read: Row) -> Row:
    cells = {key: read.cells[key] if cell is held.cells.get(key) else cell for key, cell in row.cells.items()}
    return replace(row, cells=MappingProxyType(cells))


def _may_be_misread(answer: Answer, inexact: Collection[str]) -> bool:
    if answer.method in _TRUSTED or answer.location is None:
        return False
    return answer.location.source in inexact


def _failure(failed: Equation) -> str:
    """Say which sum fails, and by which amounts."""
    left, right = (euro(total) for total in failed.totals)
    title = f"{failed.title} ({failed.group})" if failed.group else failed.title
    return _("«{title}» klopt niet: {left} tegenover {right}; zie na of dit goed gelezen is.").format(
        title=title, left=left, right=right
    )


def _proposed(written: Iterable[Equation]) -> dict[Spot, Answer]:
    """Give the only doubtful amount of a sum with, in its reason, the amount that would make the sum right.

    Where two sums would have different amounts none is proposed.
    """
    found: dict[Spot, tuple[Answer, dict[Decimal, str]]] = {}
    for each in written:
        if len(each.unknown) != 1:
            continue
        (spot,) = each.unknown
        left, right = each.totals
        amount = right - left if spot in each.left else left - right
        answer = each.amounts[spot]
        if amount > 0:
            title = f"{each.title} ({each.group})" if each.group else each.title
            found.setdefault(spot, (answer, {}))[1].setdefault(amount, title)
    return {
        spot: replace(answer, problem=f"{answer.problem} {proposal(*next(iter(amounts.items())))}")
        for spot, (answer, amounts) in found.items()
        if len(amounts) == 1
    }


def proposal(amount: Decimal, title: str) -> str:
    """Say which amount would make a sum right."""
    return _("«{title}» klopt als hier {amount} staat.").format(title=title, amount=euro(amount))


def _placed(answers: Mapping[str, Answer], changed: Mapping[Spot, Answer]) -> Mapping[str, Answer]:
    """Give the answers with some of them in the place of others."""
    if not changed:
        return answers
    made = dict(answers)
    for name in {spot.field for spot in changed}:
        answer = made[name]
        rows = tuple(
            replace(row, cells=MappingProxyType(cells)) if cells != row.cells else row
            for row in answer.rows
            for cells in [{key: changed.get(Spot(name, row.number, key), cell) for key, cell in row.cells.items()}]
        )
        made[name] = replace(changed.get(Spot(name), answer), rows=rows)
    return MappingProxyType(made)
