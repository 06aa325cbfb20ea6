"""Hold a scanned line against the stops, commas and low lines on paper: «DEF.pdf» came as «DEF pdf»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_figures import spans_of
from pipeline.readers.scan_strip import Strip, once
from pipeline.readers.scan_type import base_of, size_of
from pipeline.readers.scan_wide import lies_over

if TYPE_CHECKING:
    from pipeline.readers.scan_words import Read

_STOP = (0.06, 0.2)
"""How wide and high a stop is at least and at most, as a share of the size of the type."""
_LINE = (0.35, 0.75)
"""How wide a low line is."""
_THIN = 0.13
"""How high it is at most."""
_COMMA = (0.15, 0.05, 0.3)
"""How far above that line a comma begins at most, and how far below it it ends at least and at most."""
_LONG = 1.2
"""Times as high as wide a comma is at least."""
_NEAR, _BESIDE, _LETTER = 2.5, 0.1, 0.3
"""How far before a mark letters stand beside it, how far they may reach over it, and how high they are at least."""
_FOOT = 0.06
"""How far from the line on which letters stand a stop ends at most, and a low line begins."""
_LOW = frozenset(".,;:!?_„‚çÇşţ")
"""What may have such a mark; a cedilla may stand apart from its letter."""
_TWICE = "„"
_LEADER = "…"
_END = 0.3
"""How far from the end of a word a stop stands at most, as a share of the size: tesseract draws its boxes wide."""
_SPACE = 0.19
"""White beside a stop that is a space."""
_FIRM = (4, 0.08)
"""Dots, and share of the size, that a stop is wide and high at least where it is set: dust is smaller."""
_MARKS = ".,"
_SEEN = 0.97
"""How sure a word is at most that only some of the readings have with the stop or comma that stands on paper."""
_SET = 0.9
"""How sure a word is at most in which a stop was set."""
_LACKING = 0.4
"""How sure a word is at most that lacks a stop: a speck of dust may stand there."""


class _Mark(NamedTuple):
    """A stop or a low line on paper, in dots from the left of the page."""

    left: float
    right: float
    white: float
    """The white at its sides, where there is most."""
    stop: bool
    tailed: bool
    """It reaches lower than the letters beside it, as a comma does."""
    firm: bool
    """It is no speck of dust."""

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def hold_to_stops(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Set the stops of a line as it has them on paper, and doubt the words beside those that cannot be set for sure.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    size = size_of(strip, words).dots
    marks, lacking = _marks_of(strip, words, size)
    if lacking <= 0:
        return _doubt_commas(words, marks)
    if set_ := _set_among_figures(strip, words, marks, size, lacking):
        return set_
    joints = [at for at, pair in enumerate(pairwise(words)) if any(_joins(mark, *pair, size) for mark in marks)]
    return _joined(words, joints) if len(joints) == lacking else _doubted(words, marks)


def _doubt_commas(words: Sequence[Read], marks: Sequence[_Mark]) -> list[Read]:
    """Doubt the words that are read with a comma where a stop stands on paper, and with nothing else that stands low.

    «onze.» came as «onze,», by both readings.
    """
    held: dict[int, list[_Mark]] = {}
    for mark in marks:
        held.setdefault(min(range(len(words)), key=lambda at: _away(words[at], mark.middle)), []).append(mark)
    done = list(words)
    for at, (mark, *others) in held.items():
        low = [sign for sign in words[at].text if sign in _LOW]
        if low == [","] and not others and mark.stop and mark.firm and not mark.tailed:
            done[at] = words[at]._replace(sure=min(words[at].sure, _LACKING))
    return done


def lacking_marks(strip: Strip, words: Sequence[Read]) -> set[int]:
    """Give the numbers of the words nearest to stops, commas and low lines of a line of which the text has fewer.

    Args:
        strip: the line as a picture.
        words: as they were read, left to right.
    """
    marks, lacking = _marks_of(strip, words, size_of(strip, words).dots)
    return _beside(words, marks) if lacking > 0 else set()


def _marks_of(strip: Strip, words: Sequence[Read], size: float) -> tuple[Sequence[_Mark], int]:
    """Give the low marks of a line, and how many more they are than those of its text; none where that has leaders."""
    text = "".join(word.text for word in words)
    if not size or _LEADER in text:
        return [], 0
    marks = _low_marks(strip, base_of(strip, words), size)
    return marks, len(marks) - _explained(text)


def with_marks(word: Read, others: Sequence[Read]) -> Read:
    """Give a word as the surest of other readings has it that sees the same and one stop or comma more."""
    richer = [
        other
        for other in others
        if lies_over(word, other)
        and _bare(other.text) == _bare(word.text)
        and _explained(other.text) == _explained(word.text) + 1
    ]
    best = max(richer, key=lambda other: other.sure, default=None)
    return word if best is None else word._replace(text=best.text, sure=min(best.sure, _SEEN))


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in _MARKS)


def _explained(text: str) -> int:
    """Count the low marks that a text has."""
    return sum(2 if sign in _TWICE else 1 for sign in text if sign in _LOW)


def _joins(mark: _Mark, before: Read, after: Read, size: float) -> bool:
    """Tell whether a stop stands between two words of letters, and no space beside it."""
    between = before.right - _END * size <= mark.middle <= after.left + _END * size
    letters = before.text[-1].isalpha() and after.text[0].isalpha()
    return mark.stop and mark.firm and between and letters and mark.white < _SPACE * size


def _set_among_figures(
    strip: Strip, words: Sequence[Read], marks: Sequence[_Mark], size: float, lacking: int
) -> list[Read]:
    """Give words with the stops that stand between the figures of bare numbers; none when they are not all that lack.

    «1250» for «1.250», of which the stop leaves no white beside a «1».
    """
    done = []
    for word in words:
        own = [mark for mark in marks if word.left < mark.middle < word.right]
        spans = spans_of(strip, word, size) if own and word.text.isdigit() else []
        if own and len(spans) == len(word.text) and all(mark.stop and mark.firm for mark in own):
            places = [sum(sum(span) / 2 < mark.middle for span in spans) for mark in own]
            text = word.text
            for place in sorted(places, reverse=True):
                text = f"{text[:place]}.{text[place:]}"
            lacking -= len(places) if min(places) > 0 and max(places) < len(spans) else 0
            done.append(word._replace(text=text, sure=min(word.sure, _SET)))
        else:
            done.append(word)
    return done if not lacking else []


def _joined(words: Sequence[Read], joints: Sequence[int]) -> list[Read]:
    """Join words with a stop, each to the one after it."""
    done = [words[0]]
    for at, word in enumerate(words[1:]):
        before = done[-1]
        if at in joints:
            done[-1] = before._replace(
                text=f"{before.text}.{word.text}",
                top=min(before.top, word.top),
                right=word.right,
                bottom=max(before.bottom, word.bottom),
                sure=min(before.sure, word.sure, _SET),
            )
        else:
            done.append(word)
    return done


def _beside(words: Sequence[Read], marks: Sequence[_Mark]) -> set[int]:
    """Give the numbers of the words that stand nearest to marks, of those without any where there are such."""
    bare = [at for at, word in enumerate(words) if not _LOW & set(word.text)]
    nearest = {min(range(len(words)), key=lambda at: _away(words[at], mark.middle)) for mark in marks}
    return nearest & set(bare) or nearest


def _doubted(words: Sequence[Read], marks: Sequence[_Mark]) -> list[Read]:
    lacking = _beside(words, marks)
    return [word._replace(sure=min(word.sure, _LACKING)) if at in lacking else word for at, word in enumerate(words)]


def _away(word: Read, at: float) -> float:
    return max(word.left - at, at - word.right, 0.0)


@once
def _low_marks(strip: Strip, base: float, size: float) -> Sequence[_Mark]:
    """Give where stops and low lines stand with nothing above them but the arm of a letter, as that of «F»."""
    lefts, rights = strip.spots[:, 0], strip.spots[:, 0] + strip.spots[:, 2]
    found = []
    for left, top, wide, high in strip.spots.tolist():
        foot = strip.top + top + high
        least, most = (share * size for share in _STOP)
        stop = least <= min(wide, high) and max(wide, high) <= most and abs(foot - base) <= _FOOT * size
        line = _LINE[0] * size <= wide <= _LINE[1] * size and high <= _THIN * size
        line = line and strip.top + top >= base - _FOOT * size
        comma = least <= wide <= most and high > _LONG * wide and strip.top + top >= base - _COMMA[0] * size
        comma = comma and _COMMA[1] * size <= foot - base <= _COMMA[2] * size
        middle = slice(left + wide // 4, left + wide - wide // 4)
        if not (stop or line or comma):
            continue
        if not strip.ink[:top, middle].any() or (stop and _stand(strip, (slice(top), middle), base, size)):
            after = lefts[lefts >= left + wide].min(initial=left + wide + round(size)) - left - wide
            before = left - rights[lefts < left].max(initial=left - round(size))
            firm = min(wide, high) >= max(_FIRM[0], _FIRM[1] * size)
            tailed = top + high - _foot_beside(strip, left, size) >= _COMMA[1] * size
            edges = strip.left + left, strip.left + left + wide
            found.append(_Mark(*edges, max(before, after), stop, tailed, firm))
    return found


def _foot_beside(strip: Strip, at: int, size: float) -> float:
    """Give where the letters before a mark stand, in the picture of the line: it may lean a little."""
    import numpy as np

    left, top, wide, high = strip.spots.T
    before = (left + wide <= at + _BESIDE * size) & (left >= at - _NEAR * size) & (high >= _LETTER * size)
    return float(np.median((top + high)[before])) if before.any() else strip.foot - strip.top


def _stand(strip: Strip, place: tuple[slice, slice], base: float, size: float) -> bool:
    """Tell whether all ink in a part of the picture of a line belongs to letters that stand on the line."""
    import numpy as np

    labels, feet = strip.numbered
    held = np.unique(labels[place])
    return bool((abs(strip.top + feet[held[held > 0]] - base) <= _FOOT * size).all())
