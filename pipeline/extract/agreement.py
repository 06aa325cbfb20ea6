"""Two readings of one answer, by its control and by its label, held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.document import Location
from pipeline.dossier import Answer, Row
from pipeline.extract.certainty import DOUBTED
from pipeline.extract.doubts import is_scale
from pipeline.extract.states import DOUBTFUL, EMPTY, FILLED, GIVEN, NOT_FOUND, doubted
from pipeline.extract.units import Unit
from pipeline.language import _


def agree(tagged: Answer | None, labelled: Answer) -> Answer:
    """Give the answer that both readings support; where they say different things it is doubtful.

    What the page makes doubtful, holds for the control too: words of another meaning in the label, a line through it,
    thousands above an amount, text beneath it. Where the control alone tells what is wrong, that is told.
    """
    if tagged is None:
        return labelled
    if labelled.state is NOT_FOUND:
        return tagged
    if tagged.rows or labelled.rows:
        return _agree_on_rows(tagged, labelled)
    if labelled.state is EMPTY:
        return tagged
    if tagged.state not in FILLED:
        return labelled
    if _same(tagged, labelled):
        doubts = labelled.state is DOUBTFUL and _holds_for_control(labelled, tagged)
        return doubted(tagged, labelled.problem) if doubts else tagged
    if tagged.state is labelled.state is DOUBTFUL and labelled.value is None:
        return tagged
    return Answer(
        tagged.field,
        DOUBTFUL,
        labelled.text,
        None,
        (),
        tagged.location,
        tagged.method,
        0.0,
        _("Het invulvak zegt «{control}», de tekst op die plaats «{text}».").format(
            control=_short(tagged.text), text=_short(labelled.text)
        ),
    )


def _holds_for_control(labelled: Answer, tagged: Answer) -> bool:
    """Tell whether what makes an answer on the page doubtful goes for the control with that answer as well.

    How lines go together on a printed page, or whether a box is full, is settled by a control that says the same.
    """
    printed = labelled.location is not None and labelled.location.page is not None
    return not printed or labelled.text.split() != tagged.text.split() or is_scale(labelled.problem)


def doubt_relabelled(tagged: Answer, untaken: Iterable[Unit]) -> Answer:
    """Doubt the answer of a control whose row or line asks something else in words.

    Args:
        tagged: the answer by its control; no label of its question was found.
        untaken: what no question took.
    """
    if tagged.state is not GIVEN or tagged.location is None:
        return tagged
    for unit in untaken:
        words = " ".join(unit.text.replace(tagged.text, " ").split())
        if words and _in_one_line(unit.location, tagged.location):
            problem = _("Bij het invulvak staat «{words}», wat anders is dan de vraag; zie na wat bedoeld is.")
            return doubted(tagged, problem.format(words=_short(words)))
    return tagged


def _in_one_line(one: Location, other: Location) -> bool:
    if one.table is not None or other.table is not None:
        return (one.table, one.row) == (other.table, other.row)
    return one.paragraph is not None and one.paragraph == other.paragraph


def _same(tagged: Answer, labelled: Answer) -> bool:
    if tagged.text == labelled.text or tagged.text.split() == labelled.text.split():
        return True
    return tagged.value is not None and tagged.value == labelled.value and not isinstance(tagged.value, str)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"


def _agree_on_rows(tagged: Answer, labelled: Answer) -> Answer:
    """Hold two tables against each other; rows typed outside the controls are rows too."""
    if len(labelled.rows) < len(tagged.rows):
        return tagged if tagged.rows else labelled
    if len(labelled.rows) == len(tagged.rows):
        rows = tuple(_row(one, other) for one, other in zip(tagged.rows, labelled.rows, strict=True))
        return replace(tagged, rows=rows)
    waiting = list(tagged.rows)
    merged: list[Row] = []
    for row in labelled.rows:
        if waiting and _matches(waiting[0], row):
            merged.append(replace(_row(waiting.pop(0), row), number=row.number))
        else:
            merged.append(row)
    if not waiting:
        return replace(labelled, rows=tuple(merged))
    return replace(
        labelled,
        state=DOUBTFUL,
        confidence=DOUBTED,
        problem=_("De rijen in de invulvakken en die in de tabel komen niet overeen."),
    )


def _matches(tagged: Row, labelled: Row) -> bool:
    return all(
        cell.state not in FILLED or labelled.cells[key].state is NOT_FOUND or _same(cell, labelled.cells[key])
        for key, cell in tagged.cells.items()
    )


def _row(tagged: Row, labelled: Row) -> Row:
    cells = {
        key: agree(None if cell.state is NOT_FOUND else cell, labelled.cells[key]) for key, cell in tagged.cells.items()
    }
    return Row(tagged.number, cells, tagged.location)
