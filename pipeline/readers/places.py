"""Give what was read its place on the page as it is in the file, where that lies otherwise than it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from pipeline.document import Block, Cell, Location, Paragraph
from pipeline.readers.scan_turn import Turn

Move: TypeAlias = Callable[[Location], Location]
"""Gives another place for a place."""


def moved(blocks: Iterable[Block], move: Move) -> list[Block]:
    """Give blocks with each of their places moved."""
    return [_moved(block, move) for block in blocks]


def by_page(turns: Mapping[int, Turn]) -> Move:
    """Give the move of places by the number of their page: what takes a place on it, in points, to that in the file."""

    def move(location: Location) -> Location:
        turn = turns.get(location.page or 0)
        return location if turn is None or location.box is None else replace(location, box=turn.box(location.box))

    return move


def _moved(block: Block, move: Move) -> Block:
    location = move(block.location)
    if isinstance(block, Paragraph):
        return replace(block, location=location)
    return replace(block, location=location, rows=tuple(tuple(_cell(cell, move) for cell in row) for row in block.rows))


def _cell(cell: Cell, move: Move) -> Cell:
    return replace(cell, location=move(cell.location), blocks=tuple(moved(cell.blocks, move)))
