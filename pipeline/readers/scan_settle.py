"""Settle what two readings of a line, by Dutch and by all Latin letters, make of the same ink."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_figures import is_explained, is_too_short
from pipeline.readers.scan_second import is_code_as_word, is_ordinal_as_word
from pipeline.readers.scan_wide import (
    Wide,
    agreed,
    is_guess,
    is_only_dutch,
    is_only_latin,
    is_outvoted,
    lies_over,
    said_by,
    shaped,
    sureness_twice,
    unmixed,
)

if TYPE_CHECKING:
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

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
DIFFERS = 0.45
"""How sure a word is at most of which two readings differ: of 60, the first was right in 17, the second in 24."""
_SPACED = 0.9
"""How sure a word is at most of which two readings differ in its spaces only."""
RICHER = 0.93
"""How sure a word is at most of which the second reading sees marks, or a low line, that the first left out."""
_SEEN_WELL = 0.97
"""How sure the second reading must be of such marks: it gave «ť'» for «t'» at 0.7."""
_TWICE = 2
"""Readings that say a number which its ink bears out, at least."""
_WITH_THE_FIRST = 0.9999
"""How sure the other words are of a piece of ink that was read as one, once the first is right."""
_SURE = 0.9
"""How sure a reading is of «1ste» where others say «Iste»."""
_HARDLY = 0.6
"""How sure Dutch is of what it gives up when Latin says something else twice: «a.ì.» for «a.i.»."""
_UNMARKED = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "œ": "oe", "Œ": "OE"})
_CODE = re.compile(r"[A-Z]\d{1,2}[,;.]?")
_AS_FIGURES = str.maketrans("lIiOoóZS", "11100625")
"""What the figures of a code are taken for: «Al» for «A1», «Pi2» for «P12», «Pó» for «P6»."""


class Same(NamedTuple):
    """What two readings make of the same ink, each left to right."""

    first: list[Read]
    second: list[Read]


def paired(first: Sequence[Read], second: Sequence[Read]) -> Iterator[Same]:
    """Sort two readings of a line by the ink that they read, left to right."""
    groups: list[Same] = []
    marked = [(word, 0) for word in first] + [(word, 1) for word in second]
    for word, reading in sorted(marked, key=lambda each: each[0].left):
        if not groups or not any(lies_over(word, other) for other in groups[-1][1 - reading]):
            groups.append(Same([], []))
        groups[-1][reading].append(word)
    yield from groups


def is_disputed(same: Same) -> bool:
    """Tell whether two readings see something else, or what a code is read as: «Pl» for «P1» in running text."""
    first, second = same
    if shaped(first) == shaped(second):
        return any(map(is_ordinal_as_word, shaped(first).split())) or (
            len(first) == 1 and is_code_as_word(first[0].text)
        )
    return any(letter.isalnum() for word in first for letter in word.text)


def settle(same: Same, wide: Wide | None, strip: Strip) -> list[Read]:
    """Give the words that stand somewhere by what two readings say, or four where those two differ."""
    first, second = same
    if wide is not None and is_disputed(same):
        words = _told_as_code(same, wide) or _told_as_ordinal(same, wide) or _told_at_full_width(same, wide, strip)
        if words:
            return words
    if not first or not second:
        return [at_most(word, DIFFERS) if not is_plain(word.text) else word for word in first]
    one, other = shaped(first), shaped(second)
    sure, other_sure = (min(word.sure for word in words) for words in same)
    if one == other:
        return [_agreeing(word, max(word.sure, other_sure)) for word in first]
    if one.replace(" ", "") == other.replace(" ", ""):
        fewer = second if "_" in one and len(second) < len(first) else first
        return [at_most(word, _SPACED) for word in fewer]
    steady = sureness_twice(second, wide)
    if _undotted(one) == _undotted(other) and other.count(".") > one.count(".") and steady:
        return _instead(first, [word._replace(sure=steady) for word in second], RICHER)
    twice = steady >= _SEEN_WELL and _figures(one) == _figures(other)
    more = marks_in(other) - marks_in(one)
    if twice and (sure < _HARDLY or (more > 0 and without_marks(one) == without_marks(other))):
        return _instead(first, [word._replace(sure=RICHER) for word in second], RICHER)
    if (
        without_marks(one) == without_marks(other)
        and other_sure >= _SEEN_WELL
        and (more > 0 or (more == 0 and other_sure >= sure))
    ):
        return _instead(first, second, min(other_sure, RICHER))
    return [at_most(word, DIFFERS) for word in (second if other_sure > sure else first)]


def _told_as_code(same: Same, wide: Wide) -> list[Read]:
    """Give a code that was read as a word, «Al2» for «A12»; none when no reading says so.

    «Al» is a word as well, which two readings have to contradict.
    """
    first = same.first
    said = first[0].text if len(first) == 1 else ""
    code = said[:1] + said[1:].translate(_AS_FIGURES)
    sure = [sure for text, sure in said_by(*same, wide) if text == code]
    if code == said or not _CODE.fullmatch(code) or not sure:
        return []
    if len(sure) == 1 and re.fullmatch(r"[A-Z][^\W\d_][,;.]?", said):
        return [at_most(first[0], DIFFERS)]
    return [first[0]._replace(text=code, sure=min(max(sure), _SPACED))]


def _told_as_ordinal(same: Same, wide: Wide) -> list[Read]:
    """Give words of which one was read as «Iste», which is none, as a sure reading has them: «1ste»."""
    first = same.first
    said = " ".join(f"1{word[1:]}" if is_ordinal_as_word(word) else word for word in shaped(first).split())
    if said == shaped(first) or max((sure for text, sure in said_by(*same, wide) if text == said), default=0) < _SURE:
        return []
    return [
        word._replace(text=f"1{word.text[1:]}", sure=min(word.sure, _SPACED)) if is_ordinal_as_word(word.text) else word
        for word in first
    ]


def _agreeing(word: Read, surest: float) -> Read:
    """Give a word that both readings say, of which the surer one was so sure."""
    own, other = (1 - (1 - sure) * _AGREED for sure in (word.sure, surest))
    return word._replace(sure=max(own, min(other, _AGREED_UNSURE)))


def _told_at_full_width(same: Same, wide: Wide, strip: Strip) -> list[Read]:
    """Give disputed words as the readings at full width settle them, or their ink; none when they do not."""
    first, second = same
    if clear := unmixed(first, second, wide):
        return _sure_together(_instead(first or second, clear, 1.0), RICHER)
    words = agreed(first, second, wide)
    if words is None and is_only_dutch(first, second, wide):
        return _sure_together(first, RICHER)
    if words is None and is_only_latin(first, second, wide):
        return _sure_together(_instead(first, second, 1.0), RICHER)
    if words is None or not _settle_each_other(words, same, wide):
        return _told_by_ink(same, wide, strip)
    return [word._replace(sure=_AGREED_WIDE) for word in words]


def _sure_together(words: Sequence[Read], sure: float) -> list[Read]:
    """Give words of which all are right as surely as one."""
    return [word._replace(sure=_WITH_THE_FIRST if at else sure) for at, word in enumerate(words)]


def _told_by_ink(same: Same, wide: Wide, strip: Strip) -> list[Read]:
    """Give the one number of those that were read for which there is as much ink; none when it was read once only."""
    said = [text for text, _sure in said_by(*same, wide)]
    ink = [*same.first, *same.second]
    held = {text for text in said if is_explained(text, strip, ink)}
    if not held and all(map(str.isdigit, said)):  # two figures may touch: «12» is one piece, but too wide for a «2»
        held = {text for text in said if not is_too_short(text, strip, ink)}
    if len(held) != 1 or said.count(text := held.pop()) < _TWICE or not same.first:
        return []
    return [same.first[0]._replace(text=text, right=same.first[-1].right, sure=RICHER)]


def _settle_each_other(words: Sequence[Read], same: Same, wide: Wide) -> bool:
    """Tell whether what two readings agree on may be believed against the others."""
    first, second = same
    text, said = shaped(words), [shaped(other) for other in same]
    alike = all(_figures(other) == _figures(text) and not _leaves_out(text, other) for other in said)
    if "|" in text or is_guess(text, first, second, wide) or _joins_signs(first, text):
        return False
    return alike or is_outvoted(text, first, second, wide)


def _leaves_out(one: str, other: str) -> bool:
    """Tell whether a reading leaves out accents, strokes or low lines that another sees, or parts a name at one."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return "_" in one and len(one) > len(other)
    return without_marks(one) == without_marks(other) and marks_in(one) < marks_in(other)


def _joins_signs(words: Sequence[Read], text: str) -> bool:
    """Tell whether a text is that of words without the spaces beside a sign that stands alone: «B-C» for «B - C»."""
    return (
        len(words) > len(text.split())
        and "".join(shaped(words).split()) == "".join(text.split())
        and any(len(word.text) == 1 and not word.text.isalnum() for word in words)
    )


def _undotted(text: str) -> str:
    return text.replace(".", "")


def _instead(first: Sequence[Read], second: Sequence[Read], sure: float) -> list[Read]:
    """Give the second reading in the place of the first."""
    top, bottom = min(word.top for word in first), max(word.bottom for word in first)
    return [word._replace(top=top, bottom=bottom, sure=min(word.sure, sure)) for word in second]


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def is_plain(text: str) -> bool:
    """Tell whether a text holds no figures, and no low line."""
    return not any(letter.isdigit() or letter == "_" for letter in text)


def at_most(word: Read, sure: float) -> Read:
    """Give a word, no surer than so much."""
    return word._replace(sure=min(word.sure, sure))


def without_marks(text: str) -> str:
    """Give a text without accents, strokes, low lines and spaces."""
    apart = unicodedata.normalize("NFD", text.translate(_UNMARKED))
    return "".join(letter for letter in apart if letter.isprintable() and letter not in "_ " and not _is_mark(letter))


def marks_in(text: str) -> int:
    """Count the accents, strokes and low lines of a text."""
    apart = unicodedata.normalize("NFD", text)
    return sum(letter == "_" or _is_mark(letter) or ord(letter) in _UNMARKED for letter in apart)


def _is_mark(letter: str) -> bool:
    return bool(unicodedata.combining(letter))
