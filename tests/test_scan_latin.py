"""The lines of a scan are read a second time by the letters of all Latin scripts: Dutch alone knows too few."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.document import Document
from pipeline.extract.certainty import enough
from pipeline.readers import read
from pipeline.readers.scan_brackets import take_brackets
from pipeline.readers.scan_latin import read_by_latin
from pipeline.readers.scan_second import doubt_codes
from pipeline.readers.scan_settle import Same, settle
from pipeline.readers.scan_wide import Wide, unmixed
from pipeline.readers.scan_words import Read
from pipeline.values import FieldType
from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf
from tests.test_scan_second import line

pytestmark = pytest.mark.requires_latin


def scanned(*answers: str, font: str = "Helvetica", dpi: int = 300) -> Document:
    """Give the document that a scan of these answers in a table is."""
    drawn = Drawn().grid([50, 220, 550], [80 + 24 * row for row in range(len(answers) + 1)])
    for number, answer in enumerate(answers):
        drawn.text(55, 96 + 24 * number, "Bijlage").text(225, 96 + 24 * number, answer, font=font)
    return read(as_pdf(Scanner(dpi).scan(drawn.page().bytes()), dpi), "scan.pdf")


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize("dpi", [200, 300])
def test_a_low_line_between_words_is_read_or_doubted(font, dpi):
    answers = ["2022_CBS_37849", "kaart-wijk_v2.pdf", "Besluit CBS_v2.pdf", "bijlage_3 2021-07-01.docx"]
    rows = scanned(*answers, font=font, dpi=dpi).blocks[0].rows
    said = [row[1].blocks[0] for row in rows]
    for paragraph, answer in zip(said, answers, strict=True):
        assert paragraph.text == answer or paragraph.confidence < enough(FieldType.TEXT)
    assert sum(paragraph.text == answer for paragraph, answer in zip(said, answers, strict=True)) >= 3


def settled(written: str, first: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Give the words of a line and how sure they are, after a first reading that set them evenly over the line."""
    strip = line(written)
    step = (strip.right - strip.left) / len(" ".join(text for text, _sure in first))
    words, at = [], 0
    for text, sure in first:
        left = strip.left + round(at * step)
        words.append(Read(text, left, strip.top, left + round(len(text) * step), strip.bottom, sure))
        at += len(text) + 1
    (read_,) = read_by_latin([strip], [words])
    return [(word.text, word.sure) for word in read_]


@pytest.mark.parametrize(
    ("written", "first"),
    [("de crèche Ömer", ["de", "crêche", "Omer"]), ("Anaïs naïef", ["Anais", "naief"]), ("één wijk", ["een", "wijk"])],
)
def test_accents_that_the_first_reading_left_out_are_given(written, first):
    assert " ".join(text for text, _sure in settled(written, [(text, 0.97) for text in first])) == written


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("€ 400", ["€400"]),
        ("+32 462 30 75 84", ["+32", "462", "3075", "84"]),
        ("een naïef plan", ["een", "naief", "plan"]),
        ("4. Actiepunten", ["4,", "Actiepunten"]),
    ],
)
def test_what_two_readings_dispute_is_given_as_both_languages_read_it_at_full_width(written, first):
    read_again = settled(written, [(text, 0.97) for text in first])
    assert " ".join(text for text, _sure in read_again) == written
    assert all(sure >= enough(FieldType.TEXT) for _text, sure in read_again)


def test_a_word_that_is_read_as_a_code_may_be_is_read_again_among_sure_words():
    said = dict(
        settled("zie ook P12 bij de wijk", [(text, 0.999) for text in ["zie", "ook", "Pl2", "bij", "de", "wijk"]])
    )
    assert "Pl2" not in said or said["Pl2"] < enough(FieldType.TEXT)
    assert said["ook"] == 0.999


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("1,2 miljoen euro", ["12", "miljoen", "euro"]),
        ("ongeveer 1.250 à 1.300", ["ongeveer", "1250", "à", "1300"]),
    ],
)
def test_a_comma_or_a_stop_on_paper_that_the_first_reading_left_out_is_given(written, first):
    assert " ".join(text for text, _sure in settled(written, [(text, 0.9999) for text in first])) == written


def read_as(text: str, sure: float) -> list[Read]:
    return [Read(text, 10, 10, 110, 40, sure)]


@pytest.mark.parametrize(
    ("four", "settles"),
    [
        ((("2021-07-01.pdf", 0.87), ("2021-07-0Lpdf", 0.92), ("2021-07-01.pdf", 0.99), ("2021-07-0Lpdf", 0.93)), True),
        ((("BEI8", 0.99), ("BE18", 0.94), ("BEI8", 0.56), ("BE18", 0.99)), True),
        ((("BEI8", 0.99), ("BE18", 0.94), ("BEI8", 0.56), ("BE13", 0.99)), False),
        ((("BEI8", 0.99), ("BE18", 0.94), ("BEI8", 0.56), ("BEI8", 0.99)), False),
        ((("BEI8", 0.99), ("BE18", 0.84), ("BEI8", 0.56), ("BE18", 0.84)), False),
        ((("12B", 0.99), ("128", 0.94), ("12B", 0.56), ("128", 0.99)), False),
    ],
)
def test_two_sure_readings_are_believed_against_such_as_set_letters_among_figures(four, settles):
    first, second, dutch, latin = (read_as(*each) for each in four)
    said = unmixed(first, second, Wide(dutch, latin))
    assert bool(said) is settles


@pytest.mark.parametrize(("said", "sure"), [("1ste", 0.95), ("Iste", 0.95), ("1ste", 0.6)])
def test_what_is_no_word_is_an_ordinal_where_a_reading_is_sure_of_that(said, sure):
    same = Same(read_as("Iste", 0.98), read_as("Iste", 0.98))
    (word,) = settle(same, Wide(read_as("Iste", 0.9), read_as(said, sure)), line("1ste"))
    given = said == "1ste" and sure > 0.9
    assert word.text == ("1ste" if given else "Iste")
    (doubted,) = doubt_codes([word])
    assert (doubted.sure >= enough(FieldType.TEXT)) is given


def test_a_dash_between_spaces_keeps_them():
    read_again = settled("de aanvraag B - C komt", [(text, 0.97) for text in ["de", "aanvraag", "B", "-", "C", "komt"]])
    assert " ".join(text for text, _sure in read_again) == "de aanvraag B - C komt"


def test_figures_that_two_readings_dispute_are_never_given():
    read_again = settled("11 april 2023", [("1", 0.97), ("april", 0.97), ("2023", 0.97)])
    assert min(sure for _text, sure in read_again) < enough(FieldType.DATE)


def test_a_space_beside_a_low_line_is_doubtful():
    first = [("bijlage", 0.97), ("_3.pdf", 0.97)]
    read_again = settled("bijlage _3.pdf", first)
    assert read_again[0][0] == "bijlage_3.pdf" or min(sure for _text, sure in read_again) < enough(FieldType.TEXT)


def test_words_that_both_readings_say_are_surer():
    assert [sure for _text, sure in settled("Muide beweegt", [("Muide", 0.9), ("beweegt", 0.97)])] == pytest.approx(
        [0.99, 0.997]
    )


@pytest.mark.parametrize(
    ("written", "first"),
    [("sportverbetering", "sportverbeterina"), ("jeugd", "ieugd"), ("17/03/2021", "11/03/2021"), ("P12", "Pl2")],
)
def test_words_of_which_two_readings_differ_are_doubtful_or_right(written, first):
    ((text, sure),) = settled(written, [(first, 0.98)])
    assert text == written or sure < enough(FieldType.TEXT)


@pytest.mark.parametrize(("away", "boxes"), [(4, 0), (14, 1)])
def test_a_pair_of_brackets_is_a_box_only_with_white_beside_it(away, boxes):
    picture = np.full((60, 120), 255, np.uint8)
    for stem, end in ((40, 47), (66, 59)):
        picture[15:45, min(stem, stem + 3) : stem + 3] = 0
        for top in (15, 42):
            picture[top : top + 3, min(stem, end) : max(stem + 3, end)] = 0
    picture[20:45, 40 - away - 3 : 40 - away] = 0
    assert len(take_brackets(picture)[1]) == boxes


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("A9", [("Ag", 0.9)]),
        ("voorzitter a.i.", [("voorzitter", 0.99), ("a.ì.", 0.35)]),
        ("ook; dan", [("00k;", 0.75), ("dan", 0.99)]),
        ("765.435,79", [("165.435,79", 0.55)]),
        ("Anaïs Claes", [("Anais", 0.75), ("Claes", 0.99)]),
    ],
)
def test_a_reading_that_three_others_outvote_does_not_make_them_doubtful(written, first):
    read_again = settled(written, first)
    assert " ".join(text for text, _sure in read_again) == written
    assert min(sure for _text, sure in read_again) >= enough(FieldType.TEXT)


def test_what_is_left_of_a_ruling_is_doubtful():
    first = [("|", 0.98), ("Muide", 0.98)]
    assert dict(settled("| Muide", first)).get("|", 0.0) < enough(FieldType.TEXT)


@pytest.mark.parametrize("glued", ["P24P5:P7", "P1P2"])
def test_codes_with_nothing_between_them_are_doubtful(glued):
    assert doubt_codes([Read(glued, 0, 0, 90, 30, 0.99)])[0].sure < enough(FieldType.TEXT)
    assert doubt_codes([Read("P1,P2", 0, 0, 90, 30, 0.99)])[0].sure == 0.99


@pytest.mark.parametrize("misread", ["Iste", "lste:", "Ie", "x=y+l", "x=l", "l+1=2"])
def test_a_letter_where_a_figure_stood_is_doubtful(misread):
    assert doubt_codes([Read(misread, 0, 0, 90, 30, 0.99)])[0].sure < enough(FieldType.TEXT)


@pytest.mark.parametrize("word", ["Is", "Ieper", "laatste", "lste-lijst", "le", "C++", "x=y+1", "a<b", "Isten"])
def test_a_word_that_only_looks_like_one_with_a_figure_is_not_doubted(word):
    assert doubt_codes([Read(word, 0, 0, 90, 30, 0.99)])[0].sure == 0.99


def test_an_accent_on_paper_that_both_readings_leave_out_makes_a_word_doubtful():
    strip = line("Überfall Anaïs")
    middle = strip.left + round(0.6 * (strip.right - strip.left))
    said = [("Uberfall", strip.left + 10, middle), ("Anais", middle + 8, strip.right)]
    words = [Read(text, left, strip.ink_top, right, strip.bottom, 0.999) for text, left, right in said]
    (read_,) = read_by_latin([strip], [words])
    for word, written in zip(read_, ("Überfall", "Anaïs"), strict=True):
        assert word.text == written or word.sure < enough(FieldType.TEXT)
