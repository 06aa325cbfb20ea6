"""A ruling that letters touch, or that begins where only a shade is seen, is one ruling still."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.readers.scan_line import Line
from pipeline.readers.scan_rulings import Lines
from pipeline.readers.scan_shades import Side
from pipeline.readers.scan_sides import bare_sides

AT, LEFT, RIGHT = 100, 50, 650
COLUMNS = [Line(LEFT, 20, AT, -1), Line(RIGHT, 20, AT, -2)]


def page(*tails: int, undrawn: slice = slice(0)) -> Lines:
    """Give a table of two rulings, the letters above the lower of which have tails on it; 150 dots to the inch."""
    small = np.full((160, 700), 253, np.uint8)
    small[[60, AT], LEFT:RIGHT] = 203
    small[AT, undrawn] = 253
    for left in range(70, 420, 8):
        small[AT - 20 : AT - 6, left : left + 5] = 60
    for left in tails:
        small[AT - 14 : AT, left : left + 9] = 40
    return Lines(small)


def bare(pieces: list[Line]) -> list[tuple[float, float]]:
    """Give the parts of the lower ruling that these leave."""
    found = [piece for piece in pieces if abs(piece.at - AT) <= 2]
    return [(part.start, part.end) for part in Line(AT, LEFT, RIGHT, 0).without(found)]


@pytest.mark.parametrize("tails", [(250, 330), (240, 300, 360)])
def test_a_ruling_between_tails_of_letters_that_touch_it_is_whole(tails: tuple[int, ...]) -> None:
    lines = page(*tails)
    known = [line for line in lines.longer(120) if line.length > 150]
    assert bare(known)
    assert not bare([*known, *lines.going_on(known, COLUMNS)])


def test_where_nothing_is_drawn_between_two_rulings_none_is_found() -> None:
    lines = page(undrawn=slice(260, 400))
    known = [Line(60, LEFT, RIGHT, 1), Line(AT, LEFT, 260, 2), Line(AT, 400, RIGHT, 3)]
    assert bare([*known, *lines.going_on(known, COLUMNS)]) == [(260, 400)]


def test_the_side_of_a_shade_lies_in_one_line_with_the_ruling_that_goes_on_from_it() -> None:
    ruling = Line(437.5, 160, 1080, 1)
    (part,) = bare_sides([Side(217.5, 68, 540)], [ruling], [])
    assert part[:3] == (437.5, 136, 160)
