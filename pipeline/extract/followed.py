"""A table right under another: it may hold more rows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.dossier import Answer
from pipeline.extract.grids import Grid, grid_units
from pipeline.extract.states import GIVEN, doubted
from pipeline.extract.units import Unit
from pipeline.language import _


def followed(
    answers: Mapping[str, Answer], grids: Sequence[Grid], units: Sequence[Unit], unread: Sequence[Unit]
) -> dict[str, Answer]:
    """Give, doubted, the tables right under which another stands that is as wide, and whose rows no question took.

    Args:
        answers: of a part of a document.
        grids: the tables in it that hold rows of a question.
        units: the part.
        unread: those of them that no question took.
    """
    left = {unit.number for unit in unread}
    doubtful: dict[str, Answer] = {}
    for grid in grids:
        last = grid_units(grid, units)[-1].number
        under = (unit for unit in units if unit.number > last and (unit.layout or unit.number not in left))
        first = next((unit for unit in under if not unit.empty), None)
        answer = answers[grid.field.key]
        if first is None or first.number not in left or first.layout is grid.layout or answer.state is not GIVEN:
            continue
        if len(first.places) == len(grid.layout.rows[grid.header]):
            problem = _(
                "Onder de tabel staat er nog een zonder titels van kolommen; zie na of het rijen van deze zijn."
            )
            doubtful[answer.field] = doubted(answer, problem)
    return doubtful
