"""Where a line of a print ended: inside a word, between two words, or at a mark."""

import pytest

from pipeline.readers.pdf_breaks import Lexicon, Seam, asks_address, at_mark, inside, is_typed_hyphen, shown_whole

NOTHING, SPACE = Seam.NOTHING, Seam.SPACE
SHOWN = Lexicon(
    [
        "de",
        "omgeving",
        "verantwoordelijke",
        "ontwikkeling",
        "jeugdwerking",
        "(buurt)",
        "werkwinkel",
        "sociaal-economisch",
        "mailen",
    ]
)
NONE = Lexicon(())


@pytest.mark.parametrize(
    ("before", "after", "seam"),
    [
        ("sociaal-", "economisch", NOTHING),
        ("St.-", "Amandsberg", NOTHING),
        ("2022–", "2025", NOTHING),
        ("en/", "of", NOTHING),
        ("800.000,-", "voor", SPACE),
        ("–", "LUCAS", SPACE),
        ("waarom?", "Omdat", SPACE),
        ("https://gent.example/plan?", "jaar=2022", NOTHING),
    ],
)
def test_a_mark_against_a_word_stands_against_the_next_as_well(before, after, seam):
    assert at_mark(before, after) == (seam, True)


def test_a_hyphen_in_place_of_a_word_left_out_has_a_space_after_it_but_that_is_not_certain():
    assert at_mark("kind-", "en") == (SPACE, False)


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        ("https://gent.example/plan", "?jaar=2022", True),
        ("www.gent.example/plan?jaar=2022", "&deel=3", True),
        ("https://gent.example/plan", "?", False),
        ("https://gent.example/plan", "& meer", False),
        ("gemeente", "?jaar", False),
    ],
)
def test_what_an_address_asks_for_goes_on_behind_it(before, after, asks):
    assert asks_address(before, after) is asks


@pytest.mark.parametrize(
    ("before", "after", "typed"),
    [
        ("sociaal-", "economisch", True),
        ("jeugd-", "werking", False),
        ("Noord-", "Zuid", True),
        ("buurt-", "huis", None),
    ],
)
def test_other_words_tell_whether_a_hyphen_was_typed(before, after, typed):
    assert is_typed_hyphen(before, after, SHOWN) is typed


@pytest.mark.parametrize(
    ("before", "after", "seam"),
    [
        ("verantwoor", "delijke", NOTHING),
        ("dienstontwikk", "eling", NOTHING),
        ("ontwikkeling", "van", SPACE),
        ("ondersteunin", "g", NOTHING),
        ("groenv", "erantwoording", NOTHING),
        ("septe", "mber", NOTHING),
        ("leefomge", "ving)", NOTHING),
        ("samenlevingso", "pbouw", NOTHING),
        ("medewerker", "(50", SPACE),
        ("ht", "tps://gent.example", NOTHING),
        ("verslag", "Gent", SPACE),
        ("betaalbaar", "https://gent.example", SPACE),
        ("2020_CBS_35", "902", NOTHING),
        ("besluit-DEF.d", "ocx", NOTHING),
        ("aanpak,", "maar", SPACE),
        ("https://gent.example/wij", "k/plan?jaar=2022", NOTHING),
    ],
)
def test_a_line_filled_to_its_edge_was_broken_inside_a_word_or_not(before, after, seam):
    assert inside(before, after, SHOWN) == (seam, True)


@pytest.mark.parametrize(
    ("before", "after"),
    [("werk", "plaats"), ("25", "000"), ("12.", "500"), ("plan", "5"), ("voorziening", "en"), ("ondersteuning", "m²")],
)
def test_what_no_word_and_no_letter_tells_is_not_certain(before, after):
    assert not inside(before, after, NONE).sure


@pytest.mark.parametrize(("before", "after"), [("buurt", "ontwikkeling"), ("jeugdwerking", "verantwoordel")])
def test_two_words_that_may_be_one_in_dutch_are_most_likely_two_but_not_for_certain(before, after):
    assert inside(before, after, SHOWN) == (SPACE, False)


def test_a_word_at_a_line_end_that_may_be_broken_is_not_shown_whole():
    lines = ["een lange verant", "woordelijke dag", "erna"]
    assert list(shown_whole([(lines, [True, False, False])])) == ["een", "lange", "dag", "erna"]
