"""The ink of a scanned line bears out its figures, and its codes are not taken for words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.readers.scan_figures import doubt_figures, is_explained, is_too_short
from pipeline.readers.scan_second import doubt_codes
from pipeline.readers.scan_words import Read
from tests.test_scan_second import line, spread

FONTS = ["Helvetica", "Times-Roman", "Courier"]


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(("written", "said"), [("12 %", "2 %"), ("34", "4"), ("128", "18")])
def test_a_number_with_fewer_figures_than_pieces_of_ink_is_doubted(written, said, font):
    strip = line(written, font)
    assert min(word.sure for word in doubt_figures(strip, spread(strip, said))) < 0.5
    assert min(word.sure for word in doubt_figures(strip, spread(strip, written))) > 0.9


@pytest.mark.parametrize("font", [*FONTS, "Helvetica-Bold"])
@pytest.mark.parametrize("figure", "0468")
def test_a_figure_by_itself_is_believed_however_small_its_box_is(figure, font):
    strip = line(figure, font)
    middle = (strip.left + strip.right) // 2 + 5
    word = Read(figure, middle - 3, strip.bottom - 10, middle + 3, strip.bottom, 0.999)
    assert doubt_figures(strip, [word]) == [word]


def test_two_figures_that_touch_are_no_single_one():
    strip = line("12 %", "Times-Roman")
    gap = strip.picture.copy()
    gap[40:44, 10:60] = 0  # the feet of both run into each other
    assert doubt_figures(replace(strip, picture=gap), spread(strip, "2 %"))[0].sure < 0.5


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_a_one_as_wide_as_two_is_doubted(font):
    strip = line("11 november", font)
    first, second = sorted(strip.spots[:, 0])[:2]
    picture = strip.picture.copy()
    picture[40:44, first + 4 : second + 8] = 0  # the feet of both run into each other
    whole, *others = spread(strip, "11 november")
    touching = replace(strip, picture=picture)
    assert doubt_figures(touching, [whole._replace(text="1"), *others])[0].sure < 0.5
    assert doubt_figures(touching, [whole, *others])[0].sure > 0.9


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_an_amount_of_which_a_figure_reaches_as_low_as_a_comma_is_doubted(font):
    strip = line("1,300", font)
    one, comma = sorted(strip.spots.tolist())[:2]
    picture = strip.picture.copy()
    picture[comma[1] + 1 : comma[1] + 3, one[0] + 4 : comma[0] + 3] = 0  # the comma touches the 1
    (word,) = spread(strip, "1,300")
    touching = replace(strip, picture=picture)
    assert len(touching.spots) == len(strip.spots) - 1
    assert doubt_figures(touching, [word._replace(text="1300")])[0].sure < 0.5
    assert doubt_figures(touching, [word])[0].sure > 0.9
    assert doubt_figures(line("1300", font), spread(line("1300", font), "1300"))[0].sure > 0.9


@pytest.mark.parametrize("font", [*FONTS, "Helvetica-Bold", "Courier-Bold", "Times-Bold"])
@pytest.mark.parametrize("written", ["1", "11", "2021", "111.168", "1.250,50", "10,1", "9610847532"])
def test_figures_that_stand_apart_are_believed(written, font):
    strip = line(written, font)
    assert doubt_figures(strip, spread(strip, written)) == spread(strip, written)


@pytest.mark.parametrize("font", FONTS)
def test_the_reading_with_as_many_figures_as_there_is_ink_is_told_from_the_others(font):
    strip = line("24/7", font)
    assert [is_explained(text, strip, spread(strip, text)) for text in ("24/7", "247", "241/7", "24/T")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("font", FONTS)
def test_a_number_with_fewer_figures_than_there_is_ink_is_told_though_two_of_them_touch(font):
    strip = line("12", font)
    picture = strip.picture.copy()
    picture[40:44, 15:55] = 0  # the feet of both run into each other
    touching = replace(strip, picture=picture)
    assert [is_too_short(text, touching, spread(strip, "12")) for text in ("2", "12", "112")] == [True, False, False]


@pytest.mark.parametrize(("word", "sure"), [("AT", False), ("Al2", False), ("Pl", False), ("A7", True), ("Gent", True)])
def test_what_a_code_is_read_as_is_doubted_where_it_stands_alone(word, sure):
    strip = line(word)
    (read,) = doubt_codes(spread(strip, word))
    assert (read.sure > 0.9) is sure
