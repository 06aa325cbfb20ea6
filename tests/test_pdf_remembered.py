"""What is remembered of one file helps to read the next, and tells nothing of it."""

from __future__ import annotations

import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.pdf import Remembered, refuse_at_sight
from tests.pdf_files import one_page, stream
from tests.test_pdf_fields import controls, form, widget

FIELD = b"/FT 6 0 R/T 7 0 R/TU 8 0 R/V(Gent)"


def test_what_was_made_of_a_piece_is_made_once():
    asked: list[str] = []
    doubled = Remembered(lambda said: asked.append(said) or said * 2, 100)
    assert [doubled["a"], doubled["b"], doubled["a"]] == ["aa", "bb", "aa"]
    assert asked == ["a", "b"]


def test_no_more_is_remembered_than_was_said_and_what_is_asked_is_given_all_the_same():
    doubled = Remembered(lambda said: said * 2, 80)
    for number in range(1000):
        said = f"{number:03}" * (1 + number % 5)
        assert doubled[said] == said * 2
        assert sum(map(len, doubled)) <= 80
    assert doubled


def test_a_piece_that_would_take_the_place_of_many_is_not_remembered():
    doubled = Remembered(lambda said: said * 2, 80)
    assert doubled["a"] == "aa"
    assert doubled["b" * 11] == "b" * 22
    assert list(doubled) == ["a"]


def test_a_field_that_is_written_the_same_in_two_files_says_in_each_what_stands_there():
    one = form(widget(FIELD), b"/Tx ", b"(gemeente)", b"(Naam)")
    other = form(widget(FIELD), b"/Tx ", b"(straat)", b"(Adres)")
    for _again in range(2):
        assert [(each.tag, each.title) for each in controls(one)] == [("gemeente", "Naam")]
        assert [(each.tag, each.title) for each in controls(other)] == [("straat", "Adres")]


def test_what_stands_above_a_field_is_that_of_its_own_file():
    kid = widget(b"/Parent 5 0 R/T(b)")
    one = form(b"<</FT/Tx/T(a)/V(een)/Kids[6 0 R]>>", kid, annotations=b"[6 0 R]")
    other = form(b"<</FT/Tx/T(c)/V(twee)/Kids[6 0 R]>>", kid, annotations=b"[6 0 R]")
    for _again in range(2):
        assert [(each.tag, each.text) for each in controls(one)] == [("a.b", "een")]
        assert [(each.tag, each.text) for each in controls(other)] == [("c.b", "twee")]


def test_a_damaged_stream_is_refused_each_time_it_comes():
    made = one_page(b"BT ET", stream(b"x").replace(b">>", b"/Filter/FlateDecode>>").replace(b"x", b"x\x9cxxxxxxxx"))
    for _again in range(2):
        with pytest.raises(Unreadable) as refused:
            refuse_at_sight(made)
        assert refused.value.reason is Reason.DAMAGED
