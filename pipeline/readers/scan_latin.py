"""Read the lines of a scan again by the letters of all Latin scripts: Dutch alone knows no «_», «ć» or «§»."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline import ocr
from pipeline.readers.scan_accents import doubt_accents, unexplained
from pipeline.readers.scan_asked import doubt_asked
from pipeline.readers.scan_figures import doubt_figures
from pipeline.readers.scan_gaps import Whites, respaced, whites_of
from pipeline.readers.scan_pieces import Piece, cut
from pipeline.readers.scan_plus import doubt_plus
from pipeline.readers.scan_second import doubt_codes, is_code_as_word, is_short
from pipeline.readers.scan_settle import (
    DIFFERS,
    RICHER,
    at_most,
    is_disputed,
    is_plain,
    marks_in,
    paired,
    settle,
    without_marks,
)
from pipeline.readers.scan_stops import hold_to_stops, lacking_marks, with_marks
from pipeline.readers.scan_wide import Wide, lies_over, read_spaced, read_wide

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_HIGH, _NARROWED = 40, 0.8
"""Dots high and share of the width at which lines are read again.

Over 1,433 lines (6,105 words) of 42 pages this found as many mistakes in three quarters of the time of 48 dots at
their whole width; being smaller than the first reading, it errs at other places."""
_PLAIN = 0.99
"""How sure a word is that is not read again, if it holds plain letters only and is no short code.

Of 264 lines (1,054 words) of 22 pages that were as sure as this, and not surer than 0.9995, the second reading changed
none and doubted none; they were 45 % of all that was read again."""
_BESIDE = 2
"""Words at each side that are read along with what is disputed.

The whole line took 1.7 times as long, and 813 of 830 answers came right for 811; alone, they came to 802."""


def read_by_latin(strips: Sequence[Strip], lines: Sequence[list[Read]]) -> list[list[Read]]:
    """Give the words of lines, each as sure as a second reading makes it, and by the one that sees more of it.

    Args:
        strips: the lines as pictures.
        lines: the words of each, as they were read first.

    Raises:
        Unreadable: the recognition failed.
    """
    whites = [whites_of(strip, words) for strip, words in zip(strips, lines, strict=True)]
    done = [respaced(white, words) for white, words in zip(whites, lines, strict=True)]
    bare = [unexplained(strip, words) | lacking_marks(strip, words) for strip, words in zip(strips, done, strict=True)]
    pieces = [
        piece
        for line, words in enumerate(done)
        for piece in cut(line, strips[line], whites[line], words, bare[line] | _unsure(words))
    ]
    again = _read_pieces(pieces, whites)
    both = [
        list(paired(done[piece.line][piece.first : piece.last], words))
        for piece, words in zip(pieces, again, strict=True)
    ]
    disputed = [set(numbers) for numbers in bare]
    for piece, found in zip(pieces, both, strict=True):
        if any(map(is_disputed, found)):
            disputed[piece.line].update(range(piece.first, piece.last))
    wide = _wide(
        [
            piece
            for line, numbers in enumerate(disputed)
            for piece in cut(line, strips[line], whites[line], done[line], _with_others(numbers, len(done[line])))
        ],
        whites,
    )
    for piece, found in zip(reversed(pieces), reversed(both), strict=True):  # the numbers of the words before it stay
        done[piece.line][piece.first : piece.last] = [
            word for same in found for word in settle(same, wide.get(piece.line), strips[piece.line])
        ]
    for line in (line for line, lacking in enumerate(bare) if lacking):
        lacking = unexplained(strips[line], done[line])
        others = [word for piece, words in zip(pieces, again, strict=True) if piece.line == line for word in words]
        others += [*wide[line].dutch, *wide[line].latin]
        done[line] = [_accented(word, others) if at in lacking else word for at, word in enumerate(done[line])]
        lacking = lacking_marks(strips[line], done[line])
        done[line] = [with_marks(word, others) if at in lacking else word for at, word in enumerate(done[line])]
    pairs = zip(strips, done, strict=True)
    signs = ((strip, doubt_asked(strip, doubt_plus(strip, doubt_accents(strip, words)))) for strip, words in pairs)
    doubted = ((strip, doubt_figures(strip, words)) for strip, words in signs)
    return [_doubt_signs(doubt_codes(hold_to_stops(strip, words))) for strip, words in doubted]


def _read_pieces(pieces: Sequence[Piece], whites: Sequence[Whites]) -> list[list[Read]]:
    """Give the words of pieces of lines as Latin reads them."""
    strips = [piece.strip for piece in pieces]
    smaller = [_smaller(strip.picture) for strip in strips]
    return read_spaced(strips, smaller, [whites[piece.line] for piece in pieces], ocr.latin())


def _with_others(numbers: Collection[int], count: int) -> set[int]:
    """Give the numbers of words of a line, and of those at their sides."""
    return {other for at in numbers for other in range(max(0, at - _BESIDE), min(count, at + _BESIDE + 1))}


def _wide(pieces: Sequence[Piece], whites: Sequence[Whites]) -> dict[int, Wide]:
    """Give the readings of pieces at their full width, by the numbers of their lines."""
    found: dict[int, Wide] = {}
    readings = read_wide([piece.strip for piece in pieces], [whites[piece.line] for piece in pieces])
    for piece, (dutch, latin) in zip(pieces, readings, strict=True):
        wide = found.setdefault(piece.line, Wide([], []))
        wide.dutch.extend(dutch)
        wide.latin.extend(latin)
    return found


def _accented(word: Read, others: Sequence[Read]) -> Read:
    """Give a word as the surest reading has it that sees accents on it."""
    richer = [
        other
        for other in others
        if lies_over(word, other)
        and without_marks(other.text) == without_marks(word.text)
        and marks_in(other.text) > marks_in(word.text)
    ]
    best = max(richer, key=lambda other: other.sure, default=None)
    return word if best is None else word._replace(text=best.text, sure=min(best.sure, RICHER))


def _unsure(words: Sequence[Read]) -> set[int]:
    """Give the numbers of the words of a line that are worth a second reading."""
    if not any(letter.isalnum() for word in words for letter in word.text):
        return set()
    if is_short(words):
        return {0}
    return {
        at
        for at, word in enumerate(words)
        if word.sure < _PLAIN or not word.text.isascii() or not is_plain(word.text) or is_code_as_word(word.text)
    }


def _smaller(picture: Grey) -> Grey:
    import cv2

    height, width = picture.shape
    down = min(1.0, _HIGH / height)
    size = (max(1, round(_NARROWED * down * width)), max(1, round(down * height)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _doubt_signs(words: Sequence[Read]) -> list[Read]:
    """Doubt what nobody types but is often read: a space next to a low line, and «|», the rest of a ruling."""
    doubted = [at_most(word, DIFFERS) if word.text == "|" else word for word in words]
    if words and words[0].text.startswith("_"):
        doubted[0] = at_most(doubted[0], DIFFERS)
    for number, (word, after) in enumerate(pairwise(words)):
        if after.text.startswith("_") or word.text.endswith("_"):
            doubted[number] = at_most(doubted[number], DIFFERS)
            doubted[number + 1] = at_most(after, DIFFERS)
    return doubted
