"""Give the words of lines as the network reads them, each as sure as such words were right; some are for tesseract."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.recognition.lines import Reader, Recognised
from pipeline.recognition.traineddata import Foreign, load

if TYPE_CHECKING:
    from pipeline.recognition.strips import Grey

VERSION = 4
"""Goes up with each change by which a picture may be read otherwise."""
_SURE, _CLEAR = 92.0, 0.8
"""How sure, in percents, and how clear all words of a short picture are that is not left to tesseract."""
_LONG = 7
"""Times as wide as high a picture is at most that is left to tesseract: some two words.

Tesseract knows the words of a language as well, and which signs are a number: of the words on lines with one that is
not sure it read 0.963 right, and the network 0.950. All of those lines took a quarter of the time of a scan, and the
short ones, on which no other word helps, a twentieth."""
_CHANCES = (
    (0.0, 0.1),
    (70.0, 0.5),
    (80.0, 0.75),
    (88.0, 0.86),
    (92.0, 0.9),
    (94.0, 0.95),
    (95.0, 0.98),
    (96.0, 0.992),
    (96.5, 0.995),
    (96.7, 0.997),
    (96.85, 0.9985),
    (96.95, 0.9997),
    (97.0, 0.9998),
)
"""How sure the network is of a word → how often such words were right; straight lines between.

Counted over 20,796 words as Dutch reads them and 10,242 as all Latin letters do, of 20 scans (`tests.bench.reading`,
`--seed dev-lstm`, five each of ours, typed over, Chromium and reportlab), each against the words that the print holds
at that place: of the clear ones said to be 92 to 94 sure 0.93 were right, of 94 to 95 0.966, of 95 to 96 0.989, of 96
to 96.5 0.997, of 96.5 to 96.8 0.995, of 96.8 to 96.9 0.999, above that 0.9998. Counted below 92 over 35,740 words of 30
other scans (`--seed dev-scan-2`, six of each of these and of ours ticked by pen): of 90 to 92 0.93 were right, of 80 to
90 0.91 of 190, below that 0.74 of 42.

Counted again with eight bits over 58,078 words of 40 other scans (`--seed dev-nets-1`, eight of each of the five
kinds): of the clear ones said to be 92 to 94 sure 0.979 were right, of 94 to 95 0.990, of 95 to 96 0.994, of 96 to 96.5
0.997, of 96.5 to 96.8 0.998, of 96.8 to 96.9 0.9992, above that 0.9998; with fractions of four bytes all of them within
0.005 of it, from 95 on within 0.0005. Left as it is: it errs to the side of doubt."""
_CLEARNESS = ((0.4, 0.15), (0.5, 0.4), (0.6, 0.6), (0.7, 0.65), (0.8, 0.75), (0.9, 0.97), (0.95, 0.985))
"""How clear a word is at most → how sure it is at most.

Of those 35,740 words there were 95 less clear than 0.4, of which 0.18 were right; 0.54 of 142 up to 0.5, 0.66 of 258 up
to 0.6, 0.72 of 275 up to 0.7, and 0.81 of 397 up to 0.8: «crèêche» and «217/03/2021» were not. Of 2,860 words that were
less clear than 0.95 and no less than 0.8 0.993 were right, and of 6,932 others 0.994. It errs to the side of doubt."""


class Word(NamedTuple):
    """A word that was recognised, with its place in the picture of its line in dots."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    """The chance that it is right, from 0 to 1."""


def read_words(pictures: Sequence[Grey], language: Path) -> list[list[Word] | None]:
    """Give the words of each picture of a line; None where nothing is read, or little of which something is not sure.

    Args:
        pictures: grey, dark on white.
        language: the file of tesseract. Where its network is of another shape, nothing is read.
    """
    reader = _reader(language) if pictures else None
    if reader is None:
        return [None] * len(pictures)
    return [
        [_judged(word) for word in words] if words and (all(map(_is_sure, words)) or _is_long(picture)) else None
        for picture, words in zip(pictures, reader.read(pictures), strict=True)
    ]


@functools.cache
def _reader(language: Path) -> Reader | None:
    """Load a language, once for a process; None where it cannot be used here."""
    try:
        return Reader(load(language))
    except (Foreign, OSError, ImportError):  # for some machines there is no onnxruntime
        return None


def _is_sure(word: Recognised) -> bool:
    return word.percent >= _SURE and word.clear >= _CLEAR


def _is_long(picture: Grey) -> bool:
    height, width = picture.shape
    return bool(width > _LONG * height)


def _judged(word: Recognised) -> Word:
    at_most = next((sure for clear, sure in _CLEARNESS if word.clear < clear), 1.0)
    return Word(*word[:5], min(_chance(word.percent), at_most))


def _chance(percent: float) -> float:
    for (less, low), (more, high) in pairwise(_CHANCES):
        if percent < more:
            return low + (high - low) * (percent - less) / (more - less)
    return _CHANCES[-1][1]
