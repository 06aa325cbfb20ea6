"""Boxes that are typed as brackets on a line of a scan are told from figures that look like them."""

from __future__ import annotations

import numpy as np

from pipeline.readers.scan_brackets import take_brackets

ONE = [
    ".####..",
    "#####..",
    *["######."] * 2,
    ".####..",
    *["..###.."] * 6,
    *["..####."] * 2,
    *["..###.."] * 8,
    ".#####.",
    *["#######"] * 2,
]
"""The figures of «A11», as a scan at 200 dots to the inch showed them."""
OTHER = ["..####.", *["######."] * 2, ".#####.", *["..####."] * 17, "..#####", *[".######"] * 2]
BRACKET = ["######.", "######.", *["##....."] * 20, "######.", "######."]


def shown(*signs: list[str]) -> np.ndarray:
    """Draw signs beside each other, eleven dots apart, on white."""
    picture = np.full((len(signs[0]) + 24, 18 * len(signs) + 24), 255, np.uint8)
    for number, sign in enumerate(signs):
        for down, row in enumerate(sign):
            for across, dot in enumerate(row):
                if dot == "#":
                    picture[12 + down, 12 + 18 * number + across] = 0
    return picture


def test_two_figures_with_feet_are_no_box():
    assert take_brackets(shown(ONE, OTHER))[1] == []


def test_a_box_is_found():
    assert [box.text for box in take_brackets(shown(BRACKET, [row[::-1] for row in BRACKET]))[1]] == ["[ ]"]
