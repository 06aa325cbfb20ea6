"""Words that no question took right beside labels without an answer: they may be what was answered there."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pipeline.dossier import Answer
from pipeline.extract.spots import Found
from pipeline.extract.states import EMPTY, GIVEN, doubted
from pipeline.extract.units import Unit
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import FieldType, boxes

_LONGEST = 80
_LISTED = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.YESNO})
_BOXES = ("[", *"☐☒☑□■\uf0fe\uf0a8")
"""How a line with a box to tick begins."""


def doubt_empty(
    answers: Mapping[str, Answer], found: Found, units: Sequence[Unit], unread: Collection[Unit], used: Collection[int]
) -> Iterator[tuple[str, Answer]]:
    """Give, doubted, the empty answers to labels in running text right under or above which such words stand.

    Where a page has no lines between labels and answers, the answers may come as a column before the labels or after
    them, and where they are bold as what looks like a title. In a file that says itself what a table and a title is,
    only words under the label count.

    Args:
        answers: of a region or card.
        found: their labels.
        units: where these were looked for.
        unread: those with words that no question took.
        used: numbers of those that one took; a row of a table that an answer in running text took may be another's.
    """
    bare = {
        spot.unit.number: name
        for name, spot in found.spots.items()
        if spot.label is None and not spot.rest and _is_empty(answers.get(name))
    }
    if not bare:
        return
    labels = bare.keys() | found.titles
    starts = found.starts()
    loose = {unit.number for unit in unread}
    loose |= {unit.number for unit in units if unit.layout and unit.number in used and unit.number not in starts}
    loose |= {spot.unit.number for spot in found.spots.values() if spot.problem and spot.unit.location.page is not None}
    filled = [unit for unit in units if not unit.empty]
    runs = [(labelled, [*run]) for labelled, run in itertools.groupby(filled, lambda unit: unit.number in labels)]
    for place, (labelled, run) in enumerate(runs):
        if not labelled:
            continue
        above = runs[place - 1][1][-1] if place and run[0].location.page is not None else None
        below = runs[place + 1][1][0] if place + 1 < len(runs) else None
        beside = next((unit for unit in (below, above) if unit is not None and unit.number in loose), None)
        if beside is None:
            continue
        for name in (bare[unit.number] for unit in run if unit.number in bare):
            yield name, doubted(answers[name], _may_belong(beside))


def doubt_tables(
    answers: Mapping[str, Answer], ends: Mapping[str, Sequence[int]], units: Sequence[Unit], unread: Collection[Unit]
) -> Iterator[tuple[str, Answer]]:
    """Give, doubted, the tables read as cards right under a row of which, on a page, cells stand that no question took.

    Args:
        answers: of a region.
        ends: of each table that was read as cards, the numbers of the last units of its rows.
        units: the region.
        unread: those with words that no question took.
    """
    loose = {unit.number for unit in unread if unit.layout is not None and unit.location.page is not None}
    if not loose:
        return
    for name, numbers in ends.items():
        answer = answers.get(name)
        if answer is None or answer.state not in (GIVEN, EMPTY):
            continue
        under = (next((unit for unit in units if unit.number > end and not unit.empty), None) for end in numbers)
        beside = next((unit for unit in under if unit is not None and unit.number in loose), None)
        if beside is not None:
            yield name, doubted(answer, _may_belong(beside))


def doubt_choices(
    answers: Mapping[str, Answer],
    found: Found,
    fields: Mapping[str, Field],
    units: Sequence[Unit],
    unread: Collection[Unit],
) -> Iterator[tuple[str, Answer]]:
    """Give, doubted, the answers of boxes under which a ticked one stands that no question took.

    And the empty ones right under a line with a ticked box that the question above, of another kind, took.

    Args:
        answers: of a region or card.
        found: their labels.
        fields: the questions by their names.
        units: where the labels were looked for.
        unread: those with words that no question took.
    """
    if not _lists(fields, found.spots):
        return
    starts: dict[int, list[str]] = {}
    for name, spot in found.spots.items():
        starts.setdefault(spot.unit.number, []).append(name)
    loose = {unit.number for unit in unread}
    asking: list[str] = []
    above: Unit | None = None
    for unit in units:
        other = above is not None and above.location.page is not None and not _lists(fields, asking)
        for name in starts.get(unit.number, ()) if other else ():
            if above and _lists(fields, [name]) and _is_empty(answers.get(name)) and boxes(above.text, ()).ticked:
                yield name, doubted(answers[name], _may_belong(above))
        asking = starts.get(unit.number, asking)
        above = above if unit.empty else unit
        if unit.number not in loose or not unit.text.lstrip().startswith(_BOXES) or not boxes(unit.text, ()).ticked:
            continue
        for name in asking:
            answer = answers.get(name)
            if _lists(fields, [name]) and answer is not None and answer.state in (GIVEN, EMPTY):
                yield name, doubted(answer, _may_belong(unit))


def _lists(fields: Mapping[str, Field], names: Iterable[str]) -> bool:
    return any(fields[name].type in _LISTED for name in names)


def _may_belong(unit: Unit) -> str:
    problem = _("De regel «{line}» kan een andere vraag zijn of bij dit antwoord horen.")
    return problem.format(line=" ".join(unit.text.split())[:_LONGEST])


def _is_empty(answer: Answer | None) -> bool:
    return answer is not None and answer.state is EMPTY and not answer.rows
