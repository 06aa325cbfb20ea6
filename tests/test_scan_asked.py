"""A «?» on paper that a number of a scan was read without makes it doubtful."""

from __future__ import annotations

import pytest

from pipeline.readers.scan_asked import doubt_asked
from tests.test_scan_second import line, spread


def doubted(written: str, read: str) -> list[str]:
    """Give the words that are doubted of a line that was read so."""
    strip = line(written)
    return [word.text for word in doubt_asked(strip, spread(strip, read)) if word.sure < 0.5]


@pytest.mark.parametrize(
    ("written", "read", "lacking"),
    [
        ("24/7?", "24/72", "24/72"),
        ("Kost dat 1.250? Ja", "Kost dat 1.2502 Ja", "1.2502"),
        ("Vanaf 15! Nee", "Vanaf 151 Nee", "151"),
    ],
)
def test_a_number_that_stands_on_a_question_mark_it_was_read_without_is_doubtful(written, read, lacking):
    assert doubted(written, read) == [lacking]


@pytest.mark.parametrize(
    "written",
    [
        "24/7? Nee",
        "Om 12:30; 15!",
        "€ 1.250,47. En 7. 7,5 f. T. 17.",
        "20 % = 0,2",
        "2021-07-01 i.v.m. 7.7.2021",
        "j1i",
    ],
)
def test_no_other_dot_is_taken_for_one(written):
    assert doubted(written, written) == []
