"""Read pictures of lines: the words of each, with their places and how sure the network is of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.recognition.decoding import Spelled, words_of
from pipeline.recognition.network import Network
from pipeline.recognition.strips import Prepared, prepare
from pipeline.recognition.traineddata import Model

if TYPE_CHECKING:
    from pipeline.recognition.strips import Grey

_COLUMN = 3
"""Dots of a line, as the network sees it, that are one column."""
_MOST = 20_000
"""Columns that are read together: two pages of text, some 100 MB of numbers."""


class Recognised(NamedTuple):
    """A word, with its place in the picture of its line in dots."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    percent: float
    """How sure the network is, in tesseract's percents: 97 at most."""
    clear: float
    """How likely its least clear letter is where it is clearest, from 0 to 1."""


class Reader:
    """A language that reads."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._network = Network(model)

    def read(self, pictures: Sequence[Grey]) -> list[list[Recognised]]:
        """Give the words of each picture of a line, left to right; none where nothing is read.

        Args:
            pictures: grey, dark on white.
        """
        found: list[list[Recognised]] = [[] for _picture in pictures]
        prepared = [(number, prepare(picture, self._model.height)) for number, picture in enumerate(pictures)]
        for batch in _batches([(number, line) for number, line in prepared if line is not None]):
            chances = self._network.read([line.picture for _number, line in batch])
            for (number, line), likely in zip(batch, chances, strict=True):
                found[number] = _placed(words_of(likely, self._model), line)
        return found


def _batches(lines: Sequence[tuple[int, Prepared]]) -> Iterator[list[tuple[int, Prepared]]]:
    """Part lines into as many as are read together."""
    batch: list[tuple[int, Prepared]] = []
    held = 0
    for number, line in lines:
        columns = line.picture.shape[1] // _COLUMN
        if batch and held + columns > _MOST:
            yield batch
            batch, held = [], 0
        batch.append((number, line))
        held += columns
    if batch:
        yield batch


def _placed(words: Sequence[Spelled], line: Prepared) -> list[Recognised]:
    """Give words their places: those of the ink that lies nearest to each."""
    import numpy as np

    scale = _COLUMN * line.across
    borders = [line.left + scale * (one.end + other.start) / 2 for one, other in pairwise(words)]
    corners = line.pieces[:, :2]
    others = corners + line.pieces[:, 2:4]
    owners = np.searchsorted(borders, (corners[:, 0] + others[:, 0]) / 2)
    order = np.argsort(owners, kind="stable")
    owners, corners, others = owners[order], corners[order], others[order]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    least, most = np.minimum.reduceat(corners, starts).tolist(), np.maximum.reduceat(others, starts).tolist()
    boxes = dict(zip(owners[starts].tolist(), zip(least, most, strict=True), strict=True))
    top, bottom = int(corners[:, 1].min()), int(others[:, 1].max())
    placed = []
    for number, word in enumerate(words):
        if number in boxes:
            (x0, y0), (x1, y1) = boxes[number]
        else:
            x0, y0, x1, y1 = int(line.left + scale * word.start), top, int(line.left + scale * word.end), bottom
        placed.append(Recognised(word.text, x0, y0, x1, y1, word.percent, word.clear))
    return placed
