"""Give the words of the lines that the network reads surely, and leave the others to tesseract, which knows words."""

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

VERSION = 2
"""Goes up with each change by which a picture may be read otherwise."""
_SURE, _CLEAR = 92.0, 0.8
"""How sure, in percents, and how clear all words of a line are that is not left to tesseract: seven in eight."""
_CHANCES = (
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
to 96.5 0.997, of 96.5 to 96.8 0.995, of 96.8 to 96.9 0.999, above that 0.9998. Of the 897 that were less clear than
0.8, 0.59 were right: «crèêche» and «217/03/2021» were not.

Counted again with eight bits over 58,078 words of 40 other scans (`--seed dev-nets-1`, eight of each of the five
kinds): of the clear ones said to be 92 to 94 sure 0.979 were right, of 94 to 95 0.990, of 95 to 96 0.994, of 96 to 96.5
0.997, of 96.5 to 96.8 0.998, of 96.8 to 96.9 0.9992, above that 0.9998; with fractions of four bytes all of them within
0.004 of it, from 95 on within 0.0005. Left as it is: it errs to the side of doubt."""
_CLEARNESS = ((0.9, 0.97), (0.95, 0.985))
"""How clear a word is at most → how sure it is at most.

Of 2,860 words that were so clear 0.993 were right, and of 6,932 others 0.994: it errs to the side of doubt."""


class Word(NamedTuple):
    """A word that was recognised, with its place in the picture of its line in dots."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    """The chance that it is right, from 0 to 1."""


def read_surely(pictures: Sequence[Grey], language: Path) -> list[list[Word] | None]:
    """Give the words of each picture of a line; None where something on it is not sure, or nothing is read.

    Args:
        pictures: grey, dark on white.
        language: the file of tesseract. Where its network is of another shape, all is left to tesseract.
    """
    reader = _reader(language) if pictures else None
    if reader is None:
        return [None] * len(pictures)
    return [
        [_judged(word) for word in words] if words and all(map(_is_sure, words)) else None
        for words in reader.read(pictures)
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


def _judged(word: Recognised) -> Word:
    at_most = next((sure for clear, sure in _CLEARNESS if word.clear < clear), 1.0)
    return Word(*word[:5], min(_chance(word.percent), at_most))


def _chance(percent: float) -> float:
    for (less, low), (more, high) in pairwise(_CHANCES):
        if percent < more:
            return low + (high - low) * (percent - less) / (more - less)
    return _CHANCES[-1][1]
