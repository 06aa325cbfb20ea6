"""Of a line of a scan only the words that are in question are read a second time."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.readers.scan_gaps import whites_of
from pipeline.readers.scan_pieces import cut
from pipeline.readers.scan_words import Read
from tests.test_scan_second import line


def pieces(written: str, wanted: Collection[int], read: str = "") -> list[list[str]]:
    """Give the words of the pieces that are cut out of a line, after a first reading that set them evenly over it."""
    strip = line(written)
    texts = (read or written).split()
    step = (strip.right - strip.left) / len(" ".join(texts))
    words, at = [], 0
    for text in texts:
        left = strip.left + round(at * step)
        words.append(Read(text, left, strip.ink_top, left + round(len(text) * step), strip.bottom, 0.9))
        at += len(text) + 1
    found = list(cut(0, strip, whites_of(strip, words), words, wanted))
    for piece in found:
        assert piece.strip.picture.shape[0] == strip.picture.shape[0]
        assert piece.strip.left >= strip.left
    return [texts[piece.first : piece.last] for piece in found]


def test_a_word_in_question_is_cut_out_alone():
    assert pieces("samen naar het park", {1}) == [["naar"]]


def test_words_in_question_beside_each_other_stay_together():
    assert pieces("samen naar het park", {0, 1, 3}) == [["samen", "naar"], ["park"]]


def test_nothing_is_cut_out_of_a_line_without_question():
    assert pieces("samen naar het park", set()) == []


def test_a_word_with_signs_comes_with_those_at_its_sides():
    assert pieces("mevrouw voorzitter a.i. en lid", {2}) == [["voorzitter", "a.i.", "en"]]


def test_a_name_of_a_file_comes_with_the_words_at_its_sides():
    assert pieces("het besluit CBS 2021-07-01.pdf", {3}) == [["CBS", "2021-07-01.pdf"]]


def test_figures_with_signs_come_alone():
    assert pieces("samen 12.500,00 euro", {1}) == [["12.500,00"]]


def test_words_without_white_between_them_are_not_cut():
    assert pieces("wijkverbetering nu", {0}, "wijk verbetering nu") == [["wijk", "verbetering"]]


def test_the_picture_of_a_piece_holds_its_ink_and_no_other():
    strip = line("naar ll park")
    third = (strip.right - strip.left) // 3
    words = [
        Read(
            text, strip.left + 10 + number * third, strip.ink_top, strip.left + (number + 1) * third, strip.bottom, 0.9
        )
        for number, text in enumerate(["naar", "ll", "park"])
    ]
    (piece,) = cut(0, strip, whites_of(strip, words), words, {1})
    inked = piece.strip.picture.min(axis=0) < 150
    assert (inked[1:] & ~inked[:-1]).sum() == 2
    assert not inked[:10].any()
    assert not inked[-10:].any()
