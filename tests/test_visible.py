"""What people see of a text that others wrote."""

import xml.etree.ElementTree as ET

import pytest

from pipeline.visible import visible


def test_ordinary_dutch_stays_as_it_is():
    text = "Coördinatie van «de wijk» – 800.000 €\tR&D <b>\n\nTweede alinea … naïef"
    assert visible(text) == text


@pytest.mark.parametrize("character", ["\x00", "\a", "\b", "\v", "\f", "\x1b", "\x7f", "\x85", "\x9f"])
def test_a_control_character_shows_as_a_mark(character):
    assert visible(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize("character", ["\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_mark_that_turns_the_direction_of_writing_shows_and_turns_nothing(character):
    assert visible(f"€ {character}000.008") == "€ \ufffd000.008"


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_a_character_that_xml_forbids_shows_as_a_mark(code):
    assert visible(chr(code)) == "\ufffd"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u2029"])
def test_every_line_end_is_a_newline(end):
    assert visible(f"a{end}b") == "a\nb"


def test_every_character_of_the_first_plane_can_stand_in_xml():
    shown = visible("".join(map(chr, range(0x10000))))
    assert ET.fromstring(f"<a>{shown.replace('&', '&amp;').replace('<', '&lt;')}</a>").text


def test_joined_emoji_and_other_scripts_stay():
    assert visible("👩‍👩‍👧 مرحبا") == "👩‍👩‍👧 مرحبا"
