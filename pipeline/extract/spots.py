"""Where labels were found, and where their answers are."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Paragraph
from pipeline.extract.units import Layout, Place, Unit
from pipeline.records import record

_SEVERAL = 2
"""Paragraphs at least in a box that holds labels and answers."""


@record
class Spot:
    """A label found, and where its answer is."""

    field: str
    unit: Unit
    label: Place | None = None
    """The cell of the label; None when it is a paragraph."""
    answer: Place | None = None
    """The cell of the answer; None when it follows the label in the text."""
    rest: str = ""
    """What stands after the label in the same text."""
    inside: tuple[Paragraph, ...] = ()
    """Paragraphs of the label's own cell that belong to the answer."""
    confidence: float = 1.0
    problem: str = ""
    shared: str = ""
    """Why its answer may stand in the cell of that to another, which reaches down to its label."""

    @property
    def unsure(self) -> str:
        """Why its answer may stand elsewhere: beside a part of its label, where both are in one text, or with another.

        Empty when it cannot.
        """
        if self.answer is not None:
            return ""
        if self.shared:
            return self.shared
        own = self.unit.paragraph
        pieces = [own] if own else [*self.label.pieces] if self.label else []
        pieces = [piece for piece in pieces if piece.text.strip()]
        if (own is None and len(pieces) < _SEVERAL) or not all(map(_is_between_columns, pieces)):
            return ""
        return pieces[0].uncertain if pieces else ""


def _is_between_columns(piece: Paragraph) -> bool:
    """Tell whether a text that is sure in itself is doubtful where it stands; how its lines are joined is no matter."""
    return bool(piece.uncertain) and not piece.lines and piece.confidence == 1


@dataclass(slots=True)
class Found:
    """What a search found."""

    rows: set[tuple[Layout, int]]
    """The rows of tables that were searched."""
    spots: dict[str, Spot] = field(default_factory=dict)
    claimed: dict[Place, str] = field(default_factory=dict)
    """Cells that are an answer: nothing in them is a label."""
    labels: set[Place] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    """Fields whose label stands in more than one place."""
    titles: set[int] = field(default_factory=set)
    """Numbers of the units that are the first half of labels beneath them."""

    def holds(self, place: Place) -> bool:
        """Tell whether a cell stands in what was searched."""
        return (place.layout, place.row) in self.rows

    def starts(self) -> set[int]:
        """Give the numbers of the units where a label stands: there the answer above ends."""
        return {spot.unit.number for spot in self.spots.values()} | self.titles
