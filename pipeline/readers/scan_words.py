"""Read the lines of scanned pages: their words, each with its place, how large and bold it is, and how sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ocr
from pipeline.readers.scan_brackets import take_brackets
from pipeline.readers.scan_latin import read_by_latin
from pipeline.readers.scan_outlines import places_of
from pipeline.readers.scan_second import read_again
from pipeline.readers.scan_strip import MARGIN, Strip
from pipeline.readers.scan_type import Size, base_of, size_of

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_HIGH = 48
"""Dots high at which lines are recognised: more costs time and finds no more, for tesseract itself works at 36."""
_NARROWED = 0.8
"""Share of their width at which lines are recognised: the time grows with the width.

Measured over 14 pages (2,812 words): 98.4 % right in 8.7 s, against 98.7 % in 10.9 s as they stand and 97.4 % at 0.7;
the difference lay in typed boxes, «[ ]»; of the words given as sure fewer were wrong (6 against 18)."""
_LEADER = "……"
"""What a row of dots to write on is read as: nothing was written there."""
_DOTS = 3
_DOT = (3, 14)
"""Dots of the picture that a printed dot is high and wide."""
_UNLIKE = 3
"""Dots of the picture that printed dots of one row may differ in size, and in the height at which they stand."""
_SURE_BY_LOOKS = 0.9995
_BESIDE, _CROSSED = 0.4, 0.4
"""How near a stamp runs, as a share of the height of the line, beside a word that is doubted, and how sure that is."""
_PAPER = 160
"""Lightness above which nothing on a line is ink."""


class Read(NamedTuple):
    """A word as it was recognised, in dots of the page."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    """The chance that it is right."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text, or a part of one, that was read."""

    strip: Strip
    words: tuple[Read, ...]
    base: float
    """Where its letters stand, in dots from the top."""
    size: Size
    """The size of its type."""

    @staticmethod
    def of(strip: Strip, words: Sequence[Read]) -> Row:
        """Measure a line by its words, once: it is asked again and again."""
        return Row(strip, tuple(words), base_of(strip, words), size_of(strip, words))


def read_rows(strips: Sequence[Strip]) -> tuple[Row, ...]:
    """Read lines of text.

    Raises:
        Unreadable: the recognition failed.
    """
    seen = [_seen(strip) for strip in strips]
    pictures = [_narrowed(picture) for _known, picture in seen if picture is not None]
    found = iter(ocr.read_lines(pictures))
    lines = []
    for strip, (known, picture) in zip(strips, seen, strict=True):
        words = known if picture is None else [*known, *(_placed(word, strip) for word in next(found))]
        lines.append(sorted(words, key=lambda word: word.left))
    again = read_by_latin if ocr.latin() else read_again
    read = zip(strips, again(strips, lines), strict=True)
    return tuple(Row.of(strip, doubt_crossed(strip, words)) for strip, words in read)


def doubt_crossed(strip: Strip, words: Sequence[Read]) -> list[Read]:
    """Doubt the words of a line through or right beside which a stamp runs: it takes letters with it.

    «wijk» came as «ijk», and of an amount it may be a figure.
    """
    reach = _BESIDE * (strip.bottom - strip.ink_top)
    return [
        word._replace(sure=min(word.sure, _CROSSED))
        if any(start - reach < word.right and word.left < end + reach for start, end in strip.crossed)
        else word
        for word in words
    ]


def _seen(strip: Strip) -> tuple[list[Read], Grey | None]:
    """Give what is known of a line by its looks, and the picture of what is left to recognise; None when nothing is."""
    if _is_leader(strip.picture):
        return [_at(strip, _LEADER, MARGIN, MARGIN, strip.right - strip.left, strip.bottom - strip.top)], None
    rest, boxes = take_brackets(strip.picture)
    known = [_at(strip, *box) for box in boxes]
    return known, None if known and rest.min() > _PAPER else rest


def _at(strip: Strip, text: str, left: int, top: int, right: int, bottom: int) -> Read:
    return Read(text, strip.left + left, strip.top + top, strip.left + right, strip.top + bottom, _SURE_BY_LOOKS)


def _scales(picture: Grey) -> tuple[float, float]:
    """Give by how much a line is made less wide and less high before it is recognised."""
    down = min(1.0, _HIGH / picture.shape[0])
    return _NARROWED * down, down


def _narrowed(picture: Grey) -> Grey:
    import cv2

    across, down = _scales(picture)
    height, width = picture.shape
    size = (max(1, round(across * width)), max(1, round(down * height)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _is_leader(picture: Grey) -> bool:
    """Tell whether a line holds a row of dots and nothing else: such rows are read badly, and say nothing."""
    import numpy as np

    if picture.shape[0] > _DOT[1] + 2 * MARGIN + 4:
        return False
    ink = (picture < (int(picture.min()) + 255) // 2).astype(np.uint8)
    left, top, across, high = places_of(ink).T
    if len(left) < _DOTS or min(across.min(), high.min()) < _DOT[0] or max(across.max(), high.max()) > _DOT[1]:
        return False
    steps = np.diff(np.sort(left))
    even = max(map(np.ptp, (top, across, high))) <= _UNLIKE
    return bool(even and np.ptp(steps) <= max(_UNLIKE, 0.5 * np.median(steps)))


def _placed(word: ocr.Seen, strip: Strip) -> Read:
    """Give a word its place on the page."""
    across, down = _scales(strip.picture)
    return Read(
        word.text,
        strip.left + round(word.left / across),
        strip.top + round(word.top / down),
        strip.left + round(word.right / across),
        strip.top + round(word.bottom / down),
        word.sure,
    )
