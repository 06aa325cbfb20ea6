"""The white between the letters of a scan says where spaces stand, and a low line where none does."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pipeline.extract.certainty import enough
from pipeline.readers.scan_gaps import respaced, whites_of
from pipeline.readers.scan_type import size_of
from pipeline.readers.scan_words import Read, read_rows
from pipeline.values import FieldType
from tests.test_scan_second import line, spread


def as_read(written: str, *words: tuple[str, float, float]) -> list[str]:
    """Give the words of a line respaced, each read at a share of the width of the line."""
    strip = line(written)
    left, wide = strip.left + 10, strip.right - strip.left - 10
    read = [
        Read(text, round(left + start * wide), strip.top + 10, round(left + end * wide), strip.bottom, 0.9)
        for text, start, end in words
    ]
    return [word.text for word in respaced(whites_of(strip, read), read)]


@pytest.mark.parametrize(("written", "read"), [("3 op 4", "3op4"), ("3 op 4", "30p4"), ("12 %", "12%")])
def test_a_word_with_figures_is_parted_where_there_is_white_in_it(written, read):
    assert as_read(written, (read, 0.0, 1.0)) == written.split()


@pytest.mark.parametrize("written", ["12%", "A11", "111", "1.101,10", "17/03/2021", "BE68539007547034"])
def test_a_word_with_figures_is_not_parted_where_there_is_none(written):
    assert as_read(written, (written, 0.0, 1.0)) == [written]


@pytest.mark.parametrize("written", ["te te", "op die dag"])
def test_letters_are_parted_where_there_is_far_more_white_than_between_others(written):
    assert as_read(written, (written.replace(" ", ""), 0.0, 1.0)) == written.split()


def test_a_space_beside_a_1_is_seen_by_the_steps_from_figure_to_figure():
    assert as_read("71 77", ("7177", 0.0, 1.0)) == ["71", "77"]


@pytest.mark.parametrize(("written", "first", "end"), [("https://www.gent", "https:", 0.36), ("en/of", "en", 0.4)])
def test_words_at_a_slash_with_no_white_beside_it_are_one(written, first, end):
    whole = as_read(written, (first, 0.0, end), (written.removeprefix(first), end, 1.0))
    assert whole == [written]


@pytest.mark.parametrize(
    ("read", "given"),
    [("0.a.", "o.a."), ("0.a..", "o.a.."), ("0.b.v.,", "o.b.v.,"), ("0.5", "0.5"), ("0,8", "0,8")],
)
def test_a_nought_that_opens_an_abbreviation_is_a_letter(read, given):
    assert as_read(given, (read, 0.0, 1.0)) == [given]


def test_a_slash_between_spaces_joins_nothing():
    assert as_read("en / of", ("en", 0.0, 0.36), ("/", 0.45, 0.55), ("of", 0.64, 1.0)) == ["en", "/", "of"]


def test_words_between_which_a_low_line_stands_are_one():
    assert as_read("bijlage_3.pdf", ("bijlage", 0.0, 0.5), ("3.pdf", 0.6, 1.0)) == ["bijlage_3.pdf"]
    assert as_read("bijlage_3.pdf", ("bijlage", 0.0, 0.5), ("_3.pdf", 0.5, 1.0)) == ["bijlage_3.pdf"]


def test_the_long_foot_of_a_letter_joins_no_words():
    strip = line("- L KU")
    _dash, (left, _top, wide, _high) = sorted(strip.spots.tolist())[:2]
    picture = strip.picture.copy()
    foot = round(strip.foot) - strip.top
    picture[foot - 3 : foot, left + wide - 1 : left + wide + 13] = 0
    assert whites_of(replace(strip, picture=picture), spread(strip, "- L KU")).low_lines == []


def test_what_is_left_of_a_ruling_under_two_words_joins_them_not():
    strip = line("de vraag goed")
    picture = strip.picture.copy()
    wide = picture.shape[1]
    picture[-12:-10, round(0.3 * wide) : round(0.75 * wide)] = 60
    at = [strip.left + 10 + round(share * (strip.right - strip.left - 10)) for share in (0, 0.16, 0.21, 0.61, 0.66, 1)]
    words = [
        Read(text, at[2 * number], strip.top + 10, at[2 * number + 1], strip.bottom, 0.9)
        for number, text in enumerate(["de", "vraag", "goed"])
    ]
    whites = whites_of(replace(strip, picture=picture), words)
    assert [word.text for word in respaced(whites, words)] == ["de", "vraag", "goed"]


def test_a_low_line_inside_a_word_joins_it_to_no_other():
    assert as_read("plan_v2 2021", ("plan_v2", 0.0, 0.6), ("2021", 0.66, 1.0)) == ["plan_v2", "2021"]


@pytest.mark.requires_latin
@pytest.mark.parametrize(
    "written", ["3 op 4", "1 op 10", "12 %", "2022_CBS_37849", "bijlage_3_v2.docx", "A9", "A1", "P1, P5"]
)
def test_what_readings_join_part_or_take_for_letters_is_given(written):
    (row,) = read_rows([line(written)])
    assert " ".join(word.text for word in row.words) == written
    assert math.prod(word.sure for word in row.words) >= enough(FieldType.TEXT)


def test_a_slash_makes_type_no_larger():
    with_, without = (line(text) for text in ("18/10/202", "181101202"))
    sizes = [size_of(strip, read_rows([strip])[0].words) for strip in (with_, without)]
    assert not sizes[0].firm or sizes[0].dots == pytest.approx(sizes[1].dots, rel=0.03)
