"""Dots and accents above the letters of a scanned line are no part of a text that has none there."""

from __future__ import annotations

import pytest

from pipeline.readers.scan_accents import unexplained
from tests.test_scan_second import line, spread


def doubted(written: str, said: str, font: str = "Helvetica") -> list[str]:
    """Give the words of a text that leave accents unexplained on a line on which another is written."""
    strip = line(written, font)
    words = spread(strip, said)
    return [words[number].text for number in sorted(unexplained(strip, words))]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("written", "said"),
    [("Überfall", "Uberfall"), ("Anaïs", "Anais"), ("crèche", "creche"), ("coördinatie", "coordinatie")],
)
def test_a_word_with_an_accent_on_paper_that_its_text_has_not_is_doubted(written, said, font):
    assert doubted(written, said, font) == [said]
    assert doubted(written, written, font) == []


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_dots_of_letters_and_signs_above_the_line_are_no_accents(font):
    for text in ("fiets jij tijdig", "L'Atelier 'wijk' \"plein\"", "10% af; zie: 3/4", "FTJI Ökologie?", "één façade!"):
        assert doubted(text, text, font) == []
