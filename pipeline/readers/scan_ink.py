"""Tell ink from paper on a scanned page, and take the rulings out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers.pdf_rulings import Drawing, Ruling
from pipeline.readers.scan_slant import Stroke, check_parallel
from pipeline.readers.scan_straight import DPI

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

POINT = 72.0 / DPI
"""Points to a dot."""
_AROUND = 51
_DARKER = 20
"""How much darker than its surroundings ink is."""

# Rulings are sought at half the size, where noise counts less: these are dots of 150 to the inch.
_HALF = 2
_SHORT = 20
"""Dots that a ruling is long at least: as a row of small print is high."""
_SURE_LEVEL, _SURE_UPRIGHT = 200, 55
"""Dots above which a line is a ruling, whatever it meets: longer than the words, and than the letters, of a text."""
_THICKEST = 7
_TOUCH = 5
_DOUBLE = 8
"""Dots between two rulings that are one; rows of text are higher."""
_BLUR = 11
_STEP = 5
"""Dots beside a ruling where there is paper again."""
_CONTRAST = 9
"""How much darker than the paper beside it the palest ruling is."""
_LEANING = 60
_MOST_STROKES = 200
_STEADY = 0.45
"""How dark the palest part of a ruling is against the whole; between letters there is paper."""
_FAINT = 2.5
"""How much darker than the paper the faintest ruling is that goes on from one that is seen."""
_ALL_ALONG = 0.8
_WINDOW = 8
"""Dots of a faint ruling that are taken together: one by one they are lost in the noise."""
_FAINT_LONGEST = 900
_BESIDE = 6
"""Dots beside a faint ruling where the paper is measured."""
_CROWDED = 0.3
"""Share of ink right beside a line above which it is a row of letters."""


class _Line(NamedTuple):
    at: float
    start: float
    end: float
    number: int

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def ruling(self) -> Ruling:
        scale = POINT * _HALF
        return Ruling((self.at + 0.5) * scale, self.start * scale, self.end * scale)

    def span(self, others: Sequence[_Line]) -> tuple[float, float] | None:
        """Give the places of the lines across that its ends meet; None unless both do."""
        start, end = self._nearest(self.start, others), self._nearest(self.end, others)
        return None if start is None or end is None or end - start < _SHORT / 2 else (start, end)

    def covered_by(self, other: _Line, reach: float) -> bool:
        """Tell whether most of it lies on another line."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return abs(self.at - other.at) <= reach and shared > self.length / 2

    def snapped(self, others: Sequence[_Line]) -> _Line:
        """Give it with its ends on the lines across that they meet."""
        start, end = self._nearest(self.start, others), self._nearest(self.end, others)
        return self._replace(start=self.start if start is None else start, end=self.end if end is None else end)

    def _nearest(self, end: float, others: Sequence[_Line]) -> float | None:
        met = (
            other.at
            for other in others
            if abs(other.at - end) <= _TOUCH and other.start - _TOUCH <= self.at <= other.end + _TOUCH
        )
        return min(met, key=lambda at: abs(at - end), default=None)


@dataclass(frozen=True, slots=True)
class Inked:
    """A page with its rulings apart."""

    white: Grey
    """The page without its rulings."""
    ink: Grey
    """Where there is ink, rulings left out."""
    drawing: Drawing


def find_ink(white: Grey) -> Grey:
    """Give where there is ink, in whatever grey."""
    import cv2

    smooth = cv2.GaussianBlur(white, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER)


def without_rulings(white: Grey, ink: Grey) -> Inked:
    """Find the rulings of a page and take them out, but for the strokes of letters that cross them."""
    import cv2
    import numpy as np

    small = cv2.resize(white, None, fx=1 / _HALF, fy=1 / _HALF, interpolation=cv2.INTER_AREA)
    level, upright = _Lines(small), _Lines(np.ascontiguousarray(small.T))
    check_parallel(upright.leaning(), small.shape)
    check_parallel(level.leaning(), small.T.shape)
    rows = level.longer(_SURE_LEVEL)
    columns = upright.longer(_SURE_UPRIGHT)
    columns += upright.between(rows, columns)
    rows += level.between(columns, rows)
    columns += upright.between(rows, columns)
    columns += upright.going_on(columns, rows)
    rows += level.going_on(rows, columns)
    rows, columns = [row.snapped(columns) for row in rows], [column.snapped(rows) for column in columns]
    white, ink = white.copy(), ink.copy()
    _erase(white, ink, rows, level.labels, np.ones((7, 3), np.uint8), np.ones((11, 1), np.uint8))
    _erase(white, ink, columns, upright.labels.T, np.ones((3, 7), np.uint8), np.ones((1, 11), np.uint8))
    drawing = Drawing([line.ruling for line in _apart(rows)], [line.ruling for line in _apart(columns)], [], [], [])
    return Inked(white, ink, drawing)


def _apart(lines: Sequence[_Line]) -> list[_Line]:
    """Leave out what lies right beside a longer line: the edge of a shade, the second of a double ruling."""
    kept: list[_Line] = []
    for line in sorted(lines, key=lambda each: -each.length):
        if not any(line.covered_by(other, _DOUBLE) for other in kept):
            kept.append(line)
    return kept


def _erase(white: Grey, ink: Grey, lines: Sequence[_Line], labels: Grey, around: Grey, across: Grey) -> None:
    """Take rulings out of a page, where they are not part of a stroke that goes on at both sides."""
    import cv2
    import numpy as np

    kept = np.zeros(int(labels.max()) + 1, np.uint8)
    kept[[line.number for line in lines]] = 255
    size = (ink.shape[1], ink.shape[0])
    place = cv2.dilate(cv2.resize(kept[labels], size, interpolation=cv2.INTER_NEAREST), around)
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(place))
    crossing = cv2.bitwise_and(cv2.morphologyEx(rest, cv2.MORPH_CLOSE, across), ink)
    gone = cv2.bitwise_and(place, cv2.bitwise_not(crossing))
    ink[:] = cv2.bitwise_and(ink, cv2.bitwise_not(gone))
    white[:] = cv2.bitwise_or(white, gone)


class _Lines:
    """What may be level rulings of a page, however pale."""

    def __init__(self, small: Grey) -> None:
        import cv2
        import numpy as np

        dark = cv2.blur(255 - small, (_BLUR, 1))
        edged = cv2.copyMakeBorder(dark, _STEP, _STEP, 0, 0, cv2.BORDER_REPLICATE)
        beside = cv2.addWeighted(edged[: -2 * _STEP], 0.5, edged[2 * _STEP :], 0.5, 0)
        runs = cv2.threshold(cv2.subtract(dark, beside), _CONTRAST, 255, cv2.THRESH_BINARY)[1]
        runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, _SHORT), np.uint8))
        self._count, self.labels, stats, centres = cv2.connectedComponentsWithStats(runs, connectivity=8)
        across, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
        thin = (area <= _THICKEST * across) & (high <= _THICKEST + 0.012 * across) & (across > 2.5 * high)
        thin[0] = False
        self._small = small
        self._stats = stats
        self._looked: dict[int, _Line | None] = {}
        self._found = [
            (_Line(float(centres[number][1]), int(left), int(left + width), int(number)), int(top), int(top + height))
            for number in np.nonzero(thin)[0]
            for left, top, width, height in [stats[number][:4]]
        ]

    def leaning(self) -> list[Stroke]:
        """Give each long and thin piece however it leans, from where one of its ends is to where the other is."""
        import numpy as np

        found = []
        across, high, area = self._stats[:, 2], self._stats[:, 3], self._stats[:, 4]
        leaning = (across >= _LEANING) & (high <= 0.09 * across + _THICKEST) & (area <= _THICKEST * across)
        for number in np.nonzero(leaning)[0][:_MOST_STROKES]:
            left, top, width, height = (int(value) for value in self._stats[number][:4])
            if number == 0 or not self._drawn(_Line(0.0, left, left + width, int(number)), top, top + height):
                continue
            mine = self.labels[top : top + height, left : left + width] == number
            start, end = (
                top + float(np.nonzero(part)[0].mean()) for part in (mine[:, : width // 5], mine[:, -width // 5 :])
            )
            found.append(Stroke(left + 0.1 * width, start, left + 0.9 * width, end))
        return found

    def longer(self, length: int) -> list[_Line]:
        """Give those at least so long."""
        return [
            drawn
            for line, top, bottom in self._found
            if line.length >= length and (drawn := self._drawn(line, top, bottom)) and drawn.length >= length
        ]

    def between(self, others: Sequence[_Line], known: Sequence[_Line]) -> list[_Line]:
        """Give those that go from one line across to another, and are not known yet."""
        numbers = {line.number for line in known}
        return [
            drawn
            for line, top, bottom in self._found
            if line.number not in numbers
            and (drawn := self._seen(line, top, bottom))
            and (span := drawn.span(others))
            and self._is_whole(span, top, bottom)
        ]

    def _seen(self, line: _Line, top: int, bottom: int) -> _Line | None:
        """Give a line as it is drawn, looked at once."""
        if line.number not in self._looked:
            self._looked[line.number] = self._drawn(line, top, bottom)
        return self._looked[line.number]

    def _is_whole(self, span: tuple[float, float], top: int, bottom: int) -> bool:
        """Tell whether a line reaches the lines across it; between the stem of a letter and those there is paper."""
        import numpy as np

        dark = 255 - self._small[top:bottom, round(span[0]) : round(span[1]) + 1].min(axis=0)
        return bool((dark > _STEADY * np.median(dark)).all())

    def going_on(self, known: Sequence[_Line], others: Sequence[_Line]) -> list[_Line]:
        """Give where known lines go on to the next line across, too faint to be seen but beside what is seen."""
        added: list[_Line] = []
        waiting = list(known)
        while waiting:
            line = waiting.pop()
            for piece in self._next(line, others):
                if not any(piece.covered_by(other, _TOUCH) for other in (*known, *added)) and self._is_faint(piece):
                    added.append(self._marked(piece))
                    waiting.append(added[-1])
        return added

    def _next(self, line: _Line, others: Sequence[_Line]) -> Iterator[_Line]:
        """Give what would take a line to the next lines across it, at its one end and at its other."""
        across = [other.at for other in others if other.start - _TOUCH <= line.at <= other.end + _TOUCH]
        before = max((at for at in across if at < line.start - _TOUCH), default=None)
        after = min((at for at in across if at > line.end + _TOUCH), default=None)
        if before is not None:
            yield line._replace(start=before, end=line.start)
        if after is not None:
            yield line._replace(start=line.end, end=after)

    def _is_faint(self, line: _Line) -> bool:
        """Tell whether a place is darker than the paper at both its sides nearly all along."""
        import numpy as np

        at, start, end = round(line.at), int(line.start) + 3, int(line.end) - 2
        if not _BESIDE <= at < self._small.shape[0] - _BESIDE or end - start > _FAINT_LONGEST:
            return False
        if line.length <= _DOUBLE:
            return True
        band = self._small[at - _BESIDE : at + _BESIDE + 1, start:end].astype(np.float32)
        window = min(_WINDOW, end - start)
        lanes = band[:, : (end - start) // window * window].reshape(len(band), -1, window).mean(axis=2)
        stroke = min(lanes[_BESIDE - 1 : _BESIDE + 2], key=lambda lane: float(lane.mean()))
        deep = np.minimum(lanes[:2].mean(axis=0), lanes[-2:].mean(axis=0)) - stroke
        usual = float(deep.mean())
        return usual >= _FAINT and bool(((deep > usual / 3) & (deep < 3 * usual + _FAINT)).mean() >= _ALL_ALONG)

    def _marked(self, line: _Line) -> _Line:
        """Give a line a number of its own where nothing else is drawn."""
        self._count += 1
        at = round(line.at)
        place = self.labels[at - 1 : at + 2, int(line.start) : int(line.end) + 1]
        place[place == 0] = self._count
        return line._replace(number=self._count)

    def _drawn(self, line: _Line, top: int, bottom: int) -> _Line | None:
        """Give a line that is drawn in one stroke with paper beside it, to its ends; None for a row of letters."""
        import numpy as np

        first = max(0, top - 4)
        band = 255 - self._small[first : bottom + 4, int(line.start) : int(line.end)]
        dark = band[top - first : bottom - first].max(axis=0)
        usual = float(np.median(dark))
        within = dark[_BLUR // 2 : -_BLUR // 2]  # the blur made it longer than it is drawn
        if not within.size or np.percentile(within, 8) < _STEADY * usual:
            return None
        sides = (band[: max(0, top - 2 - first)], band[bottom + 2 - first :])
        shares = [float((side > 95).any(axis=0).mean()) for side in sides if side.size]
        if shares and sum(shares) / len(shares) >= _CROWDED:
            return None
        stroke = np.nonzero(dark > usual / 2)[0]
        return line._replace(start=line.start + float(stroke[0]), end=line.start + float(stroke[-1]) + 1)
