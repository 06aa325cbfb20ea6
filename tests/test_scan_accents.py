"""Dots and accents above the letters of a scanned line are no part of a text that has none there."""

from __future__ import annotations

from dataclasses import replace

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


@pytest.mark.parametrize(("said", "doubts"), [("Anais", True), ("Anaïs", False), ("Anañs", False)])
def test_two_dots_that_run_together_are_no_dot_of_an_i(said, doubts):
    strip = line("Anaïs", "Times-Roman")
    left, right = sorted(spot for spot in strip.spots.tolist() if max(spot[2:]) < 8)  # the dots of «ï»
    picture = strip.picture.copy()
    picture[left[1] + 1 : left[1] + 4, left[0] : right[0] + right[2]] = 60
    assert bool(unexplained(replace(strip, picture=picture), spread(strip, said))) is doubts


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_dots_of_letters_and_signs_above_the_line_are_no_accents(font):
    for text in ("fiets jij tijdig", "L'Atelier 'wijk' \"plein\"", "10% af; zie: 3/4", "FTJI Ökologie?", "één façade!"):
        assert doubted(text, text, font) == []
