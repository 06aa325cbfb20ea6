"""Rulings of scanned paper that are paler in one place than in another, or are lost in the noise there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.readers.pdf_grid import grids_of
from pipeline.readers.scan_ink import find_ink, without_rulings
from pipeline.readers.scan_line import Line
from pipeline.readers.scan_rulings import Lines


def paper() -> Any:
    """Give white paper of 150 dots to the inch."""
    return np.full((300, 300), 252, np.uint8)


def test_a_ruling_that_is_paler_in_a_header_than_under_it_is_found_in_both():
    small = paper()
    small[60:120, 150:152] = 240
    small[120:200, 150:152] = 210
    level = [Line(at, 20, 280, number) for number, at in enumerate((60, 120, 200), start=1)]
    found = Lines(np.ascontiguousarray(small.T)).between(level, [])
    assert [(round(line.start, -1), round(line.end, -1)) for line in found] == [(60, 120), (120, 200)]


def test_a_ruling_is_found_between_lines_across_of_which_two_are_nearly_one():
    small = paper()
    small[60:120, 150:152] = 240
    small[120:200, 150:152] = 210
    level = [Line(at, 20, 280, number) for number, at in enumerate((60, 120.2, 120.7, 200), start=1)]
    found = Lines(np.ascontiguousarray(small.T)).between(level, [])
    assert [(round(line.start, -1), round(line.end, -1)) for line in found] == [(60, 120), (120, 200)]


@pytest.mark.parametrize(("bare", "count"), [(1, 1), (3, 0)])
def test_a_ruling_may_lose_one_dot_to_the_noise_and_a_stem_stands_away_from_the_ruling_above_it(bare, count):
    small = paper()
    small[100:141, 150:152] = 225
    small[101 : 101 + bare, 150:152] = 252
    level = [Line(at, 20, 280, number) for number, at in enumerate((100, 140), start=1)]
    assert len(Lines(np.ascontiguousarray(small.T)).between(level, [])) == count


def test_a_side_that_starts_and_ends_on_a_ruling_is_whole_though_no_other_starts_as_high():
    level = [Line(60, 20, 280, 1), Line(98, 20, 280, 2)]
    right = Line(280, 61, 97, 3)
    assert Lines(paper()).trimmed([right, Line(20, 50, 98, 4)], level)[0] == right


def test_a_side_too_faint_to_see_goes_on_to_a_ruling_that_is_itself_too_faint_to_see_there():
    white = np.full((400, 1000), 252, np.uint8)
    for top, left, right, lightness in ((100, 100, 402, 245), (100, 400, 902, 150), (160, 100, 902, 150)):
        white[top : top + 2, left:right] = lightness
    white[300:302, 100:902] = 150
    for left, top, bottom, lightness in ((100, 100, 302, 150), (400, 100, 302, 150), (900, 100, 302, 150)):
        white[top:bottom, left : left + 2] = lightness
    white[100:160, 250:252] = 245
    white[160:302, 250:252] = 150
    light = np.full((100, 250), 252, np.uint8)
    (grid,) = grids_of(without_rulings(white, find_ink(white), light).drawing)
    assert len(grid.rooms) == 6


def test_a_side_fainter_than_can_be_told_goes_on_beside_others_that_do_and_none_where_there_is_only_paper():
    white = np.full((400, 1000), 252, np.uint8)
    for top in (100, 160, 300):
        white[top : top + 2, 100:902] = 150
    for left in (100, 250, 400, 550, 900):
        white[160:302, left : left + 2] = 150
    for left, lightness in ((100, 150), (250, 246), (400, 250), (900, 150)):
        white[100:160, left : left + 2] = lightness
    light = np.full((100, 250), 252, np.uint8)
    (grid,) = grids_of(without_rulings(white, find_ink(white), light).drawing)
    assert len(grid.rooms) == 3 + 4
