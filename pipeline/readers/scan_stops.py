"""Hold a scanned line against the stops and low lines on paper: «DEF.pdf» came as «DEF pdf»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_type import base_of, size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_STOP = (0.06, 0.2)
"""How wide and high a stop is at least and at most, as a share of the size of the type."""
_LINE = (0.35, 0.75)
"""How wide a low line is."""
_THIN = 0.13
"""How high it is at most."""
_FOOT = 0.06
"""How far from the line on which letters stand a stop ends at most, and a low line begins."""
_LOW = frozenset(".,;:!?_„‚")
_LEADER = "…"
_END = 0.3
"""How far from the end of a word a stop stands at most, as a share of the size: tesseract draws its boxes wide."""
_SPACE = 0.19
"""White beside a stop that is a space."""
_FIRM = (4, 0.08)
"""Dots, and share of the size, that a stop is wide and high at least where it is set: dust is smaller."""
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
    text = "".join(word.text for word in words)
    size = size_of(strip, words).dots
    if not size or _LEADER in text:
        return list(words)
    marks = _low_marks(strip, base_of(strip, words), size)
    lacking = len(marks) - sum(sign in _LOW for sign in text)
    if lacking <= 0:
        return list(words)
    joints = [at for at, pair in enumerate(pairwise(words)) if any(_joins(mark, *pair, size) for mark in marks)]
    return _joined(words, joints) if len(joints) == lacking else _doubted(words, marks)


def _joins(mark: _Mark, before: Read, after: Read, size: float) -> bool:
    """Tell whether a stop stands between two words of letters, and no space beside it."""
    between = before.right - _END * size <= mark.middle <= after.left + _END * size
    letters = before.text[-1].isalpha() and after.text[0].isalpha()
    return mark.stop and mark.firm and between and letters and mark.white < _SPACE * size


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


def _doubted(words: Sequence[Read], marks: Sequence[_Mark]) -> list[Read]:
    bare = [at for at, word in enumerate(words) if not _LOW & set(word.text)]
    lacking = {min(range(len(words)), key=lambda at: _away(words[at], mark.middle)) for mark in marks}
    lacking = lacking & set(bare) or lacking
    return [word._replace(sure=min(word.sure, _LACKING)) if at in lacking else word for at, word in enumerate(words)]


def _away(word: Read, at: float) -> float:
    return max(word.left - at, at - word.right, 0.0)


def _low_marks(strip: Strip, base: float, size: float) -> list[_Mark]:
    """Give where stops and low lines stand with nothing above them but the arm of a letter, as that of «F»."""
    lefts, rights = strip.spots[:, 0], strip.spots[:, 0] + strip.spots[:, 2]
    found = []
    for left, top, wide, high in strip.spots.tolist():
        foot = strip.top + top + high
        least, most = (share * size for share in _STOP)
        stop = least <= min(wide, high) and max(wide, high) <= most and abs(foot - base) <= _FOOT * size
        line = _LINE[0] * size <= wide <= _LINE[1] * size and high <= _THIN * size
        line = line and strip.top + top >= base - _FOOT * size
        middle = slice(left + wide // 4, left + wide - wide // 4)
        if not (stop or line):
            continue
        if not strip.ink[:top, middle].any() or (stop and _stand(strip, (slice(top), middle), base, size)):
            after = lefts[lefts >= left + wide].min(initial=left + wide + round(size)) - left - wide
            before = left - rights[lefts < left].max(initial=left - round(size))
            firm = min(wide, high) >= max(_FIRM[0], _FIRM[1] * size)
            found.append(_Mark(strip.left + left, strip.left + left + wide, max(before, after), stop, firm))
    return found


def _stand(strip: Strip, place: tuple[slice, slice], base: float, size: float) -> bool:
    """Tell whether all ink in a part of the picture of a line belongs to letters that stand on the line."""
    import numpy as np

    labels, feet = strip.numbered
    held = np.unique(labels[place])
    return bool((abs(strip.top + feet[held[held > 0]] - base) <= _FOOT * size).all())
