"""Doubt what a damaged file may have lost: an answer that seems empty, and a table that may have had more rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.dossier import Answer
from pipeline.extract.states import EMPTY, NOT_FOUND, doubted
from pipeline.form import Field
from pipeline.language import _


def doubt_losses(asked: Field, answer: Answer) -> Answer:
    """Doubt the emptiness of an answer, and the number of rows of a table; what was not found stays so.

    A field that lacks in the file leaves an empty cell on the page, which looks as if nobody filled it in.
    """
    if asked.columns:
        if answer.state is NOT_FOUND:
            return answer
        rows = tuple(replace(row, cells=_doubt_cells(row.cells)) for row in answer.rows)
        problem = answer.problem or _("Het bestand is beschadigd; er kunnen rijen ontbreken.")
        return doubted(replace(answer, rows=rows), problem)
    return _doubt_empty(answer)


def _doubt_cells(cells: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: _doubt_empty(cell) for name, cell in cells.items()}


def _doubt_empty(answer: Answer) -> Answer:
    if answer.state is not EMPTY:
        return answer
    return doubted(answer, _("Het bestand is beschadigd; wat hier ingevuld was, kan verloren zijn."))
