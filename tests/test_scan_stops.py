"""Stops and low lines on a scanned line are in its text, or words beside them are doubted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract.certainty import enough
from pipeline.readers.scan_stops import hold_to_stops
from pipeline.values import FieldType
from tests.test_scan_second import line, spread


def doubted(written: str, said: str, font: str = "Helvetica") -> list[str]:
    """Give the words of a text that are doubted on a line on which another is written."""
    strip = line(written, font)
    return [word.text for word in hold_to_stops(strip, spread(strip, said)) if word.sure < 0.9]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("written", "said"), [("jan. 2022", "jan 2022"), ("wijk_gezond", "wijk gezond"), ("1.250", "1 250")]
)
def test_words_beside_a_stop_or_low_line_that_was_not_read_are_doubted(written, said, font):
    assert doubted(written, said, font)
    assert doubted(written, written, font) == []


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
@pytest.mark.parametrize(
    ("written", "said"),
    [("1,2 miljoen", "12 miljoen"), ("wijk, plein", "wijk plein"), ("de „zo” en, ja", "de „zo” en ja")],
)
def test_a_word_beside_a_comma_that_was_not_read_is_doubted(written, said, font):
    assert doubted(written, said, font)
    assert doubted(written, written, font) == []


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_a_comma_that_is_a_stop_on_paper_is_doubted(font):
    assert doubted("onze. Wijk", "onze, Wijk", font) == ["onze,"]
    assert doubted("onze, wijk", "onze, wijk", font) == []


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
def test_a_stop_that_was_not_read_between_figures_is_set(font):
    strip = line("1.250", font)
    (word,) = hold_to_stops(strip, spread(strip, "1250"))
    assert word.text == "1.250"
    assert enough(FieldType.TEXT) <= word.sure < enough(FieldType.AMOUNT)


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("besluit-DEF.pdf", "besluit-DEF pdf"),
        ("plan-buurt.docx", "plan-buurt docx"),
    ],
)
def test_a_stop_that_was_not_read_between_letters_is_set(written, said, font):
    strip = line(written, font)
    assert [word.text for word in hold_to_stops(strip, spread(strip, said))] == written.split()


def test_a_speck_of_dust_between_letters_is_no_stop_but_makes_them_doubtful():
    strip = line("DEFpdf")
    _d, _e, (left, _top, wide, _high) = sorted(strip.spots.tolist())[:3]
    foot = round(strip.foot) - strip.top
    picture = strip.picture.copy()
    picture[foot - 3 : foot, left + wide - 5 : left + wide - 2] = 0
    speckled = replace(strip, picture=picture)
    held = hold_to_stops(speckled, spread(speckled, "DEF pdf"))
    assert [word.text for word in held] == ["DEF", "pdf"]
    assert min(word.sure for word in held) < 0.9


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
@pytest.mark.parametrize("text", ["jij gaf 10% af", "één façade: zie!", "Dr. «A» - 3/4", "de wijk"])
def test_what_stands_low_in_letters_and_signs_is_no_stop(text, font):
    assert doubted(text, text, font) == []
