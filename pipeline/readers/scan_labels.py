"""Part a line of a scan after the label that it begins with: that may be bold and its answer not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.scan_strip import MARGIN
from pipeline.readers.scan_words import Read, Row

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

_INK = 150
"""Lightness below which a dot is ink."""
_LETTERS = 4
"""Letters of which the strokes can be compared at least."""


class Part(NamedTuple):
    """Words of a line that go together, and how much thicker their strokes are than those of the whole line."""

    words: Sequence[Read]
    thicker: float


def parts(row: Row) -> list[Part]:
    """Give a line in one part, or its label (up to its first colon) and the rest in two."""
    words = row.words
    ends = [number for number, word in enumerate(words[:-1], start=1) if word.text.endswith(":")]
    if not ends:
        return [Part(words, 1.0)]
    label, rest = words[: ends[0]], words[ends[0] :]
    if min(sum(len(word.text) for word in part) for part in (label, rest)) < _LETTERS:
        return [Part(words, 1.0)]
    ink = row.strip.picture[MARGIN:-MARGIN, MARGIN:-MARGIN]
    cut = (label[-1].right + rest[0].left) // 2 - row.strip.left - MARGIN
    whole = _stroke(ink)
    return [Part(label, _stroke(ink[:, :cut]) / whole), Part(rest, _stroke(ink[:, cut:]) / whole)]


def _stroke(picture: Grey) -> float:
    """Give the mean thickness of the strokes of a picture, in dots."""
    import numpy as np

    ink = picture < _INK
    darkness = float((255 - picture[ink].astype(np.int32)).sum()) / 255
    return darkness / (int((ink[:, 1:] & ~ink[:, :-1]).sum()) + 1) or 1.0
