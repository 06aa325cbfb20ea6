"""A «+» on paper that a word of a scan was read without makes it doubtful."""

from __future__ import annotations

import pytest

from pipeline.readers.scan_plus import doubt_plus
from tests.test_scan_second import line, spread


def doubted(written: str, read: str) -> list[str]:
    """Give the words that are doubted of a line that was read so."""
    strip = line(written)
    return [word.text for word in doubt_plus(strip, spread(strip, read)) if word.sure < 0.5]


@pytest.mark.parametrize(
    ("written", "read", "lacking"),
    [
        ("info+wvc@gent.be", "infotwvc@gent.be", "infotwvc@gent.be"),
        ("Mail info+wvc@gent.be", "Mail infotwvc@gent.be", "infotwvc@gent.be"),
        ("x=y+1", "x=yt1", "x=yt1"),
    ],
)
def test_a_word_that_stands_on_a_plus_it_was_read_without_is_doubtful(written, read, lacking):
    assert doubted(written, read) == [lacking]


@pytest.mark.parametrize(
    "written", ["info+wvc@gent.be", "C++", "tot 4 t.e.m. 12", "ft tt f t", "• een – twee = drie * vier #wijk", "x × y"]
)
def test_no_other_sign_is_taken_for_one(written):
    assert doubted(written, written) == []
