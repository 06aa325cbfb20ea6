"""Words that no question took right beside labels without an answer: they may be what was answered there."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.dossier import Answer, State
from pipeline.extract.spots import Found
from pipeline.extract.states import doubted
from pipeline.extract.units import Unit
from pipeline.language import _

_LONGEST = 80


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
    filled = [unit for unit in units if unit.text.strip()]
    runs = [(labelled, [*run]) for labelled, run in itertools.groupby(filled, lambda unit: unit.number in labels)]
    for place, (labelled, run) in enumerate(runs):
        if not labelled:
            continue
        above = runs[place - 1][1][-1] if place and run[0].location.page is not None else None
        below = runs[place + 1][1][0] if place + 1 < len(runs) else None
        beside = next((unit for unit in (below, above) if unit is not None and unit.number in loose), None)
        if beside is None:
            continue
        problem = _("De regel «{line}» kan een andere vraag zijn of bij dit antwoord horen.")
        for name in (bare[unit.number] for unit in run if unit.number in bare):
            yield name, doubted(answers[name], problem.format(line=" ".join(beside.text.split())[:_LONGEST]))


def _is_empty(answer: Answer | None) -> bool:
    return answer is not None and answer.state is State.EMPTY and not answer.rows
