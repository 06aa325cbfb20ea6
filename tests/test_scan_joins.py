"""Lines of a scan that a narrow column broke, put together again though their letters are measured badly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.readers.pdf_breaks import Lexicon
from pipeline.readers.pdf_glyphs import Style
from pipeline.readers.pdf_habits import Habits, Lines
from pipeline.readers.pdf_join import passages
from pipeline.readers.pdf_lines import Line

HABITS = Habits(
    prints_spaces=True,
    prints_all=False,
    hyphenates=False,
    hyphens_apart=False,
    knows_hyphens=False,
    breaks_at_marks=True,
    splits_anywhere=True,
    lexicon=Lexicon(["Betaalbaar", "Samenlevingsopbouw"]),
    leading=None,
    wraps=True,
)


def line(text: str, right: float, base: float, *, size: float = 10.0, bold: bool = False) -> Line:
    """Give a line of a scan that starts at 0."""
    look = Style(size, bold)
    word, *more = text.split(" ")
    letter = right / len(text)
    first = len(word) * letter
    return Line(
        text=text,
        left=0.0,
        right=right,
        top=base - 8,
        bottom=base,
        base=base,
        style=look,
        end=look,
        space=False,
        starts_with=letter,
        first_word=first,
        first_piece=first,
        last_word=len(text.rsplit(" ", 1)[-1]) * letter,
        words=1 + len(more),
        page=1,
        apart=False,
        tag=None,
        opens=False,
        opening="",
        sure=0.99,
        doubt="",
        marked="",
    )


def joined(one: Line, other: Line, width: float) -> list[str]:
    return [passage.text for passage in passages(Lines([one, other], 0.0, width), HABITS)]


@pytest.mark.parametrize(("size", "bold"), [(8.5, False), (11.5, False), (10.0, True)])
def test_the_end_of_a_word_that_seems_of_another_type_is_the_end_of_that_word(size, bold):
    before, after = line("Samenlevingsop", 74, 12), line("bouw", 24, 24, size=size, bold=bold)
    assert joined(before, after, 79) == ["Samenlevingsopbouw"]


def test_a_label_and_its_smaller_thinner_help_are_two_though_the_label_fills_its_line():
    before, after = line("Omschrijving", 74, 12, bold=True), line("wat en hoe", 48, 24, size=8.5)
    assert joined(before, after, 79) == ["Omschrijving", "wat en hoe"]


def test_a_line_with_room_for_the_next_word_ends_its_paragraph_where_the_type_changes():
    before, after = line("Naam", 24, 12, bold=True), line("kort", 24, 24)
    assert joined(before, after, 79) == ["Naam", "kort"]


def test_a_letter_wider_than_those_of_its_word_did_not_fit_on_the_line():
    before, after = line("Betaalba", 46.8, 12), line("ar", 11, 24)
    assert joined(before, after, 54) == ["Betaalbaar"]


def test_a_piece_that_seems_to_fit_by_less_than_a_scan_can_measure_was_broken_off():
    before, after = line("tijdens al sociaal-", 237, 12), line("economische 24/7", 95.3, 24)
    assert joined(before, after, 304) == ["tijdens al sociaal-economische 24/7"]


def test_print_in_another_type_is_another_paragraph():
    before, after = line("Samenlevingsop", 74, 12), line("bouw", 24, 24, bold=True)
    assert joined(as_print(before), as_print(after), 79) == ["Samenlevingsop", "bouw"]


def as_print(read: Line) -> Line:
    """Give a line as it comes out of print."""
    return replace(read, sure=1.0)
