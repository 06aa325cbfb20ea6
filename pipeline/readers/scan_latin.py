"""Read the lines of a scan again by the letters of all Latin scripts: Dutch alone knows no «_», «ć» or «§»."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ocr
from pipeline.readers.scan_accents import doubt_accents, unexplained
from pipeline.readers.scan_brackets import take_brackets
from pipeline.readers.scan_figures import doubt_figures, is_explained
from pipeline.readers.scan_gaps import respaced
from pipeline.readers.scan_second import doubt_codes, is_code_as_word, is_short
from pipeline.readers.scan_stops import hold_to_stops
from pipeline.readers.scan_wide import (
    Wide,
    agreed,
    is_guess,
    is_only_dutch,
    is_only_latin,
    is_outvoted,
    lies_over,
    placed_lines,
    read_wide,
    said_by,
    shaped,
    sureness_twice,
)

if TYPE_CHECKING:
    from pipeline.readers.scan_lines import Strip
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_words import Read

_HIGH, _NARROWED = 40, 0.8
"""Dots high and share of the width at which lines are read again.

Over 1,433 lines (6,105 words) of 42 pages this found as many mistakes in three quarters of the time of 48 dots at
their whole width; being smaller than the first reading, it errs at other places."""
_PLAIN = 0.99
"""How sure all words of a line are that is not read again, if they hold plain letters only and are no short code.

Of 264 lines (1,054 words) of 22 pages that were as sure as this, and not surer than 0.9995, the second reading changed
none and doubted none; they were 45 % of all that was read again."""
_AGREED = 0.1
"""What is left of the chance that a word is wrong once another reading says the same.

Of 6,021 words on which both readings agreed, the print said something else in 24: all stood at the edge of a ruling
that was taken out with a part of their letters, or were broken at the end of a line."""
_AGREED_UNSURE = 0.985
"""How sure such a word is at most by what Latin is sure of: of 257 of which only Latin was more than 0.9 sure,
254 were right, and two of the others were what was left of a label."""
_AGREED_WIDE = 0.985
"""How sure a word is that the two readings dispute, once one of each language says the same: of 202 words, 198 were
right, and the other four had lost their tails to a ruling. Not of disputed figures: «11 April» came as «1 April»."""
_DIFFERS = 0.45
"""How sure a word is at most of which two readings differ: of 60, the first was right in 17, the second in 24."""
_SPACED = 0.9
"""How sure a word is at most of which two readings differ in its spaces only."""
_RICHER = 0.93
"""How sure a word is at most of which the second reading sees marks, or a low line, that the first left out."""
_SEEN_WELL = 0.97
"""How sure the second reading must be of such marks: it gave «ť'» for «t'» at 0.7."""
_TWICE = 2
"""Readings that say a number which its ink bears out, at least."""
_WITH_THE_FIRST = 0.9999
"""How sure the other words are of a piece of ink that was read as one, once the first is right."""
_HARDLY = 0.6
"""How sure Dutch is of what it gives up when Latin says something else twice: «a.ì.» for «a.i.»."""
_UNMARKED = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "œ": "oe", "Œ": "OE"})
_CODE = re.compile(r"[A-Z]\d{1,2}")
_AS_FIGURES = str.maketrans("lIiOoóZS", "11100625")
"""What the figures of a code are taken for: «Al» for «A1», «Pi2» for «P12», «Pó» for «P6»."""


class _Same(NamedTuple):
    """What two readings make of the same ink, each left to right."""

    first: list[Read]
    second: list[Read]


def read_by_latin(strips: Sequence[Strip], lines: Sequence[list[Read]]) -> list[list[Read]]:
    """Give the words of lines, each as sure as a second reading makes it, and by the one that sees more of it.

    Args:
        strips: the lines as pictures.
        lines: the words of each, as they were read first.

    Raises:
        Unreadable: the recognition failed.
    """
    done = [respaced(strip, words) for strip, words in zip(strips, lines, strict=True)]
    bare = {number for number, words in enumerate(done) if unexplained(strips[number], words)}
    numbers = [number for number, words in enumerate(done) if number in bare or _is_unsure(words)]
    unsure = [strips[number] for number in numbers]
    again = placed_lines(unsure, [_smaller(take_brackets(strip.picture)[0]) for strip in unsure], ocr.latin())
    spaced = [respaced(strip, words) for strip, words in zip(unsure, again, strict=True)]
    both = {number: list(_pairs(done[number], words)) for number, words in zip(numbers, spaced, strict=True)}
    disputed = [number for number, found in both.items() if number in bare or any(map(_is_disputed, found))]
    wide = dict(zip(disputed, read_wide([strips[number] for number in disputed]), strict=True))
    for number, found in both.items():
        done[number] = [word for same in found for word in _settled(same, wide.get(number), strips[number])]
    for number in bare:
        lacking = unexplained(strips[number], done[number])
        others = [*(word for same in both[number] for word in same.second), *wide[number].dutch, *wide[number].latin]
        done[number] = [_accented(word, others) if at in lacking else word for at, word in enumerate(done[number])]
    pairs = zip(strips, done, strict=True)
    held = (hold_to_stops(strip, doubt_figures(strip, doubt_accents(strip, words))) for strip, words in pairs)
    return [_doubt_signs(doubt_codes(words)) for words in held]


def _accented(word: Read, others: Sequence[Read]) -> Read:
    """Give a word as the surest reading has it that sees accents on it."""
    richer = [
        other
        for other in others
        if lies_over(word, other) and _bare(other.text) == _bare(word.text) and _marks(other.text) > _marks(word.text)
    ]
    best = max(richer, key=lambda other: other.sure, default=None)
    return word if best is None else word._replace(text=best.text, sure=min(best.sure, _RICHER))


def _is_unsure(words: Sequence[Read]) -> bool:
    """Tell whether a line is worth a second reading."""
    unsure = any(word.sure < _PLAIN or not word.text.isascii() or not _is_plain(word.text) for word in words)
    letters = any(letter.isalnum() for word in words for letter in word.text)
    return letters and (unsure or is_short(words))


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _is_plain(text: str) -> bool:
    return not any(letter.isdigit() or letter == "_" for letter in text)


def _smaller(picture: Grey) -> Grey:
    import cv2

    height, width = picture.shape
    down = min(1.0, _HIGH / height)
    size = (max(1, round(_NARROWED * down * width)), max(1, round(down * height)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _pairs(first: Sequence[Read], second: Sequence[Read]) -> Iterator[_Same]:
    """Sort two readings of a line by the ink that they read, left to right."""
    groups: list[_Same] = []
    marked = [(word, 0) for word in first] + [(word, 1) for word in second]
    for word, reading in sorted(marked, key=lambda each: each[0].left):
        if not groups or not any(lies_over(word, other) for other in groups[-1][1 - reading]):
            groups.append(_Same([], []))
        groups[-1][reading].append(word)
    yield from groups


def _is_disputed(same: _Same) -> bool:
    """Tell whether two readings see something else, or what a code is read as: «Pl» for «P1» in running text."""
    first, second = same
    if shaped(first) == shaped(second):
        return len(first) == 1 and is_code_as_word(first[0].text)
    return any(letter.isalnum() for word in first for letter in word.text)


def _settled(same: _Same, wide: Wide | None, strip: Strip) -> list[Read]:
    """Give the words that stand somewhere by what two readings say, or four where those two differ."""
    first, second = same
    if wide is not None and _is_disputed(same):
        words = _told_as_code(same, wide) or _told_at_full_width(same, wide, strip)
        if words:
            return words
    if not first or not second:
        return [_at_most(word, _DIFFERS) if not _is_plain(word.text) else word for word in first]
    one, other = shaped(first), shaped(second)
    sure, other_sure = (min(word.sure for word in words) for words in same)
    if one == other:
        return [_agreeing(word, max(word.sure, other_sure)) for word in first]
    if one.replace(" ", "") == other.replace(" ", ""):
        fewer = second if "_" in one and len(second) < len(first) else first
        return [_at_most(word, _SPACED) for word in fewer]
    if _undotted(one) == _undotted(other) and other.count(".") > one.count(".") and sureness_twice(second, wide):
        return _instead(first, second, min(other_sure, _RICHER))
    twice = sureness_twice(second, wide) >= _SEEN_WELL and _figures(one) == _figures(other)
    more = _marks(other) - _marks(one)
    if twice and (sure < _HARDLY or (more > 0 and _bare(one) == _bare(other))):
        return _instead(first, [word._replace(sure=_RICHER) for word in second], _RICHER)
    if _bare(one) == _bare(other) and other_sure >= _SEEN_WELL and (more > 0 or (more == 0 and other_sure >= sure)):
        return _instead(first, second, min(other_sure, _RICHER))
    return [_at_most(word, _DIFFERS) for word in (second if other_sure > sure else first)]


def _told_as_code(same: _Same, wide: Wide) -> list[Read]:
    """Give a code that was read as a word, «Al2» for «A12»; none when no reading says so.

    «Al» is a word as well, which two readings have to contradict.
    """
    first = same.first
    said = first[0].text if len(first) == 1 else ""
    code = said[:1] + said[1:].translate(_AS_FIGURES)
    sure = [sure for text, sure in said_by(*same, wide) if text == code]
    if code == said or not _CODE.fullmatch(code) or not sure:
        return []
    if len(sure) == 1 and said[1:].isalpha() and len(said) == len("Al"):
        return [_at_most(first[0], _DIFFERS)]
    return [first[0]._replace(text=code, sure=min(max(sure), _SPACED))]


def _agreeing(word: Read, surest: float) -> Read:
    """Give a word that both readings say, of which the surer one was so sure."""
    own, other = (1 - (1 - sure) * _AGREED for sure in (word.sure, surest))
    return word._replace(sure=max(own, min(other, _AGREED_UNSURE)))


def _told_at_full_width(same: _Same, wide: Wide, strip: Strip) -> list[Read]:
    """Give disputed words as the readings at full width settle them, or their ink; none when they do not."""
    first, second = same
    words = agreed(first, second, wide)
    if words is None and is_only_dutch(first, second, wide):
        return _sure_together(first, _RICHER)
    if words is None and is_only_latin(first, second, wide):
        return _sure_together(_instead(first, second, 1.0), _RICHER)
    if words is None or not _settle_each_other(words, same, wide):
        return _told_by_ink(same, wide, strip)
    return [word._replace(sure=_AGREED_WIDE) for word in words]


def _sure_together(words: Sequence[Read], sure: float) -> list[Read]:
    """Give words of which all are right as surely as one."""
    return [word._replace(sure=_WITH_THE_FIRST if at else sure) for at, word in enumerate(words)]


def _told_by_ink(same: _Same, wide: Wide, strip: Strip) -> list[Read]:
    """Give the one number of those that were read for which there is as much ink; none when it was read once only."""
    said = [text for text, _sure in said_by(*same, wide)]
    ink = [*same.first, *same.second]
    held = {text for text in said if is_explained(text, strip, ink)}
    if len(held) != 1 or said.count(text := held.pop()) < _TWICE or not same.first:
        return []
    return [same.first[0]._replace(text=text, right=same.first[-1].right, sure=_RICHER)]


def _settle_each_other(words: Sequence[Read], same: _Same, wide: Wide) -> bool:
    """Tell whether what two readings agree on may be believed against the others."""
    first, second = same
    text, said = shaped(words), [shaped(other) for other in same]
    alike = all(_figures(other) == _figures(text) and not _leaves_out(text, other) for other in said)
    if "|" in text or is_guess(text, first, second, wide):
        return False
    return alike or is_outvoted(text, first, second, wide)


def _leaves_out(one: str, other: str) -> bool:
    """Tell whether a reading leaves out accents, strokes or low lines that another sees, or parts a name at one."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return "_" in one and len(one) > len(other)
    return _bare(one) == _bare(other) and _marks(one) < _marks(other)


def _undotted(text: str) -> str:
    return text.replace(".", "")


def _doubt_signs(words: Sequence[Read]) -> list[Read]:
    """Doubt what nobody types but is often read: a space next to a low line, and «|», the rest of a ruling."""
    doubted = [_at_most(word, _DIFFERS) if word.text == "|" else word for word in words]
    if words and words[0].text.startswith("_"):
        doubted[0] = _at_most(doubted[0], _DIFFERS)
    for number, (word, after) in enumerate(pairwise(words)):
        if after.text.startswith("_") or word.text.endswith("_"):
            doubted[number] = _at_most(doubted[number], _DIFFERS)
            doubted[number + 1] = _at_most(after, _DIFFERS)
    return doubted


def _instead(first: Sequence[Read], second: Sequence[Read], sure: float) -> list[Read]:
    """Give the second reading in the place of the first."""
    top, bottom = min(word.top for word in first), max(word.bottom for word in first)
    return [word._replace(top=top, bottom=bottom, sure=min(word.sure, sure)) for word in second]


def _at_most(word: Read, sure: float) -> Read:
    return word._replace(sure=min(word.sure, sure))


def _bare(text: str) -> str:
    """Give a text without accents, strokes, low lines and spaces."""
    apart = unicodedata.normalize("NFD", text.translate(_UNMARKED))
    return "".join(letter for letter in apart if letter.isprintable() and letter not in "_ " and not _is_mark(letter))


def _marks(text: str) -> int:
    """Count the accents, strokes and low lines of a text."""
    apart = unicodedata.normalize("NFD", text)
    return sum(letter == "_" or _is_mark(letter) or ord(letter) in _UNMARKED for letter in apart)


def _is_mark(letter: str) -> bool:
    return bool(unicodedata.combining(letter))
