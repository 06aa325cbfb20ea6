"""Tell how large the type of scanned lines is, how heavy, and where its letters stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read, Row

_ASCENDER, _CAPITAL, _BODY = 0.69, 0.645, 0.48
"""How high letters rise above the line on which they stand, as shares of the size of the type."""
_RISING = frozenset("bdfhkl")
_LOW = frozenset("acegmnopqrsuvwxyzñç•·-–—~+=*:;,._<>«»…")
_HIGHER = frozenset("ij/()[]{}|")
"""These, or their dots, stand higher than capitals in some faces."""
_NO_HEIGHT = frozenset("-–—_.,:;·•…~=+*'\"“”„‘’‚<>«»^°")
_ALIKE = 0.08
"""Sizes that differ less are one."""
_ALIKE_BY_FACE = 0.25
"""So much a size may be off that was measured by letters of which each face has its own height."""
_BOLDER, _PALER = 1.18, 0.78
"""Times the usual thickness of strokes from which type is bold, and below which it is grey."""
_LEAST_LETTERS = 2
"""A single letter or figure is as heavy as its shape is."""
_BLACK = 0.085
_COMMON = 0.1
_NARROW = 0.025


class Size(NamedTuple):
    """The size of the type of a line, in dots; 0 when it cannot be told."""

    dots: float
    firm: bool = True
    """It was measured by letters that are as high in every face."""


def base_of(strip: Strip, words: Sequence[Read]) -> float:
    """Give where the letters of a line stand, in dots from the top of the page: signs without height stand nowhere."""
    return strip.foot if any(_has_height(word.text) for word in words) else float(strip.bottom)


def size_of(strip: Strip, words: Sequence[Read]) -> Size:
    """Give the size of the type of a line by how high its letters rise: most of its words, for a mark may stand out."""
    plain = [word for word in words if word.text.isascii()]
    rising = [word.top for word in plain if set(word.text) & _RISING]
    capital = [word.top for word in plain if _is_capital(word.text)]
    high = [word.top for word in words if _has_height(word.text)]
    if not high:
        return Size(0.0)
    if rising or capital:
        top, share = median(rising or capital), _ASCENDER if rising else _CAPITAL
    else:
        low = all(set(word.text) <= _LOW for word in words)
        top, share = min(high), _BODY if low else _ASCENDER
    above = base_of(strip, words) - max(strip.ink_top, top)
    return Size(max(0.0, above) / share, bool(rising or capital))


def _is_capital(text: str) -> bool:
    """Tell whether a word rises as high as capitals do."""
    return any(letter.isupper() or letter.isdigit() for letter in text) and not set(text) & _HIGHER


def _has_height(text: str) -> bool:
    return any(letter not in _NO_HEIGHT for letter in text)


@dataclass(frozen=True, slots=True)
class Faces:
    """The type of a document: measures of its lines vary a little, its sizes do not."""

    sizes: Mapping[Size, float]
    usual: float
    """Thickness of strokes, against the size of the type, of plain black text."""

    @staticmethod
    def of(rows: Sequence[Row]) -> Faces:
        """Compare the type of all lines."""
        weights: Counter[Size] = Counter()
        for row in rows:
            weights[row.size] += sum(len(word.text) for word in row.words)
        sizes = _settled(weights)
        return Faces(sizes, _usual_stroke(rows, sizes))

    def size(self, row: Row) -> float:
        """Give the size of the type of a line, in dots; 0 when it cannot be told."""
        return self.sizes.get(row.size, 0.0)

    def weight(self, row: Row, thicker: float) -> int:
        """Tell bold type (1) and pale type (-1) from plain black type (0); of a part so much thicker than its row."""
        size = self.size(row)
        if not size or sum(len(word.text) for word in row.words) < _LEAST_LETTERS:
            return 0
        share = row.strip.stroke / size * thicker
        return 1 if share > _BOLDER * self.usual else -1 if share < _PALER * self.usual else 0


def _settled(weights: Mapping[Size, float]) -> dict[Size, float]:
    """Give for each size that was measured the size that it is, the most common first."""
    firm = {size.dots: weight for size, weight in weights.items() if size.firm and size.dots}
    left = dict(firm)
    middles: dict[float, float] = {}
    settled: dict[Size, float] = {}
    while left:
        middle = max(left, key=lambda size: (_near(left, size), size))
        alike = [size for size in left if abs(size - middle) <= _ALIKE * middle]
        middles[middle] = sum(left.pop(size) for size in alike)
        settled |= {Size(size): middle for size in alike}
    for size in weights:
        if not size.firm:
            near = [middle for middle in middles if abs(size.dots - middle) <= _ALIKE_BY_FACE * middle]
            settled[size] = max(near, key=lambda middle: middles[middle], default=size.dots)
    return settled


def _near(weights: Mapping[float, float], size: float) -> float:
    return sum(weight for other, weight in weights.items() if abs(other - size) <= _ALIKE * size / 2)


def _usual_stroke(rows: Iterable[Row], sizes: Mapping[Size, float]) -> float:
    shares: Counter[float] = Counter()
    for row in rows:
        if size := sizes.get(row.size):
            shares[round(row.strip.stroke / size, 2)] += sum(len(word.text) for word in row.words)
    around = {share: sum(shares[round(share + step, 2)] for step in (-0.01, 0, 0.01)) for share in shares}
    common = [share for share, weight in around.items() if weight >= _COMMON * shares.total()]
    peaks = [share for share in common if around[share] == max(around[s] for s in common if abs(s - share) < _NARROW)]
    black = [share for share in peaks if share >= _BLACK]
    return min(black, default=max(common, default=0.0))
