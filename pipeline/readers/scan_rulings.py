"""Find the rulings of a scanned page, however pale, and tell them from rows of letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.readers.scan_drawn import BLUR, CROWDED, STEADY, Looked, look
from pipeline.readers.scan_faint import is_faint
from pipeline.readers.scan_line import SHORT, STEM, TOUCH, Line
from pipeline.readers.scan_numbers import numbered
from pipeline.readers.scan_sides import bare_sides
from pipeline.readers.scan_slant import Stroke
from pipeline.readers.scan_tones import quantile_of_few

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_shades import Side

# Dots of 150 to the inch.
SURE_LEVEL, SURE_UPRIGHT = 200, 55
"""Dots above which a line is a ruling, whatever it meets: longer than the words, and than the letters, of a text."""
_THICKEST = 7
_HIGHEST = 40
"""Dots that a ruling with the row of letters that touches it is high at most."""
_STEP = 5
"""Dots beside a ruling where there is paper again."""
_CONTRAST = 9
"""How much darker than the paper beside it the palest ruling is."""
_LEANING = 60
_MOST_STROKES = 200
_GRAIN = 3
"""Dots of a ruling of which one may be lost in the noise; the paper between a letter and a ruling is wider."""
_ALL_ALONG = 0.8
_AT_ONCE = 64
"""Lines across of which it is asked at once which others they meet."""
_WHOLE = 2
"""Ends of a line that no other crosses."""


class Lines:
    """What may be level rulings of a page, however pale."""

    def __init__(self, small: Grey) -> None:
        import cv2
        import numpy as np

        dark = cv2.blur(255 - small, (BLUR, 1))
        edged = cv2.copyMakeBorder(dark, _STEP, _STEP, 0, 0, cv2.BORDER_REPLICATE)
        beside = cv2.addWeighted(edged[: -2 * _STEP], 0.5, edged[2 * _STEP :], 0.5, 0)
        runs = cv2.threshold(cv2.subtract(dark, beside), _CONTRAST, 255, cv2.THRESH_BINARY)[1]
        runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, SHORT), np.uint8))
        self._count, self.labels, stats, centres = numbered(runs)
        across, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
        long = across > 2.5 * high
        thin = long & (area <= _THICKEST * across) & (high <= _THICKEST + 0.012 * across)
        glued = long & (high > _THICKEST) & (high <= _HIGHEST)
        thin[0] = glued[0] = False
        self._small = small
        self._stats = stats
        self._looked: dict[int, Looked] = {}
        self._found: dict[int, tuple[Line, int, int]] = {}
        wanted = np.flatnonzero(thin | glued)
        places = zip(wanted.tolist(), stats[wanted, :4].tolist(), centres[wanted, 1].tolist(), strict=True)
        for number, (left, top, width, height), middle in places:
            if glued[number] and (freed := self._freed(number, left, top, width, height)):
                self._found[number] = freed
            elif thin[number]:
                self._found[number] = Line(middle, left, left + width, number), top, top + height
        self._places = np.array([line[:3] for line, _top, _bottom in self._found.values()], np.float64).reshape(-1, 3)

    def _freed(self, number: int, left: int, top: int, width: int, height: int) -> tuple[Line, int, int] | None:
        """Take a ruling apart from the row of letters that touches it."""
        import numpy as np

        place = self.labels[top : top + height, left : left + width]
        mine = place == number
        whole = np.nonzero(mine.mean(axis=1) >= _ALL_ALONG)[0]
        if not whole.size or np.ptp(whole) >= _THICKEST:
            return None
        first, last = max(0, int(whole[0]) - 2), min(height, int(whole[-1]) + 3)  # it may lean a little
        mine[first:last] = False
        if mine.sum() < width * CROWDED:
            return None
        self._count += 1
        place[mine] = self._count
        self._stats[number] = left, top + first, width, last - first, width * (last - first)
        return Line(top + (first + last - 1) / 2, left, left + width, number), top + first, top + last

    def leaning(self) -> list[Stroke]:
        """Give each long and thin piece however it leans, from where one of its ends is to where the other is."""
        import numpy as np

        found = []
        across, high, area = self._stats[:, 2], self._stats[:, 3], self._stats[:, 4]
        leaning = (across >= _LEANING) & (high <= 0.09 * across + _THICKEST) & (area <= _THICKEST * across)
        leaning[0] = False
        wanted = np.flatnonzero(leaning)[:_MOST_STROKES]
        for number, (left, top, width, height) in zip(wanted.tolist(), self._stats[wanted, :4].tolist(), strict=True):
            line = self._found.get(number, (Line(top + height / 2, left, left + width, number), top, top + height))
            if self._look(*line).drawn is None:
                continue
            place = self.labels[top : top + height, left : left + width]
            start, end = (
                top + float(np.nonzero(part == number)[0].mean())
                for part in (place[:, : width // 5], place[:, -width // 5 :])
            )
            found.append(Stroke(left + 0.1 * width, start, left + 0.9 * width, end))
        return found

    def longer(self, length: int) -> list[Line]:
        """Give those at least so long."""
        return [
            drawn
            for line, top, bottom in self._found.values()
            if line.length >= length and (drawn := self._seen(line, top, bottom)) and drawn.length >= length
        ]

    def beside_shades(self, sides: Sequence[Side], known: Sequence[Line], cut: Sequence[Line] = ()) -> list[Line]:
        """Give the sides of shades where no ruling is known, as `bare_sides` does."""
        return [self._marked(part) for part in bare_sides(sides, known, cut)]

    def between(self, others: Sequence[Line], known: Sequence[Line]) -> list[Line]:
        """Give those that go from one line across to another, and are not known yet."""
        numbers = {line.number for line in known}
        others = sorted(others, key=lambda other: other.at)
        made: list[Line] = []
        for line, top, bottom in self._within_reach(others):
            if line.number in numbers:
                continue
            drawn = self._seen(line, top, bottom)
            if drawn is None:
                made += self._steps(line, top, bottom, others, known)
            elif self._is_between(drawn, top, bottom, others):
                made.append(drawn)
        return made

    def loose(self, others: Sequence[Line], known: Sequence[Line]) -> list[Line]:
        """Give those that meet a line across at one end and nothing at the other, and are not known yet."""
        numbers = {line.number for line in known}
        wanted = [each for each in self._within_reach(others) if each[0].number not in numbers]
        drawn = [seen for each in wanted if (seen := self._seen(*each)) is not None]
        return [line for line in drawn if sum(line.meets(others)) == 1]

    def _within_reach(self, others: Sequence[Line]) -> list[tuple[Line, int, int]]:
        """Give those with a line across within their reach: most strokes of letters have none."""
        import numpy as np

        at, start, end = self._places.T[:, :, None]
        near = np.zeros(len(at), bool)
        for first in range(0, len(others), _AT_ONCE):
            across, left, right = np.array([other[:3] for other in others[first : first + _AT_ONCE]]).T
            meets = (left - TOUCH <= at) & (at <= right + TOUCH) & (start - TOUCH <= across) & (across <= end + TOUCH)
            near |= meets.any(axis=1)
        found = list(self._found.values())
        return [found[number] for number in np.flatnonzero(near)]

    def _steps(
        self, line: Line, top: int, bottom: int, others: Sequence[Line], known: Sequence[Line]
    ) -> Iterator[Line]:
        """Give the parts of a line, from each line across to the next, that are drawn when looked at apart.

        A ruling is paler in the shade of a header than under it: as a whole it would be as uneven as a row of letters.
        """
        ends = line.steps(others)
        for start, end in pairwise(ends) if len(ends) > _WHOLE else ():
            part = line._replace(start=start, end=end)
            if any(part.covered_by(other, TOUCH) for other in known):
                continue
            drawn = self._bared(part, look(self._small, part, top, bottom))
            if drawn is not None and self._is_between(drawn, top, bottom, others):
                self._count += 1
                place = self.labels[top:bottom, int(drawn.start) : int(drawn.end) + 1]
                place[place == line.number] = self._count
                yield drawn._replace(number=self._count)

    def _is_between(self, line: Line, top: int, bottom: int, others: Sequence[Line]) -> bool:
        span = line.span(others)
        return span is not None and self._is_whole(span, top, bottom)

    def trimmed(self, lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
        """Cut off what goes on past the last line across at one line only: the stem of a letter that stands there.

        Where a cell goes on on the next page all its sides do.
        """
        return [self._cut(line, lines, others) for line in lines]

    def _cut(self, line: Line, lines: Sequence[Line], others: Sequence[Line]) -> Line:
        first, last = line.inner(others)
        starts_on, ends_on = line.meets(others)
        if (
            first is not None
            and not starts_on
            and not any(other is not line and abs(other.start - line.start) <= TOUCH for other in lines)
        ):
            self._forget(line, int(line.start) - BLUR, int(first) - 1)
            line = line._replace(start=first)
        if (
            last is not None
            and not ends_on
            and not any(other is not line and abs(other.end - line.end) <= TOUCH for other in lines)
        ):
            self._forget(line, int(last) + 2, int(line.end) + BLUR)
            line = line._replace(end=last)
        return line

    def _forget(self, line: Line, start: int, end: int) -> None:
        """Take a part of a line out of the picture of the lines."""
        at = round(line.at)
        place = self.labels[max(0, at - 2 * _THICKEST) : at + 2 * _THICKEST, max(0, start) : end]
        place[place == line.number] = 0

    def _is_whole(self, span: tuple[float, float], top: int, bottom: int) -> bool:
        """Tell whether a line reaches the lines across it; between the stem of a letter and those there is paper."""
        import numpy as np

        dark = 255 - self._small[top:bottom, round(span[0]) + 1 : round(span[1])].min(axis=0)
        even = np.convolve(dark, np.ones(_GRAIN) / _GRAIN, "valid")  # one pale dot is noise
        return bool((even > STEADY * quantile_of_few(dark, 0.5)).all())

    def going_on(self, known: Sequence[Line], others: Sequence[Line]) -> list[Line]:
        """Give where known lines go on to the next line across, too faint to be seen but beside what is seen.

        One that goes on where no other does is noise: it would close no cell.
        """
        added: list[Line] = []
        missed: list[Line] = []
        waiting = list(known)
        while waiting:
            line = waiting.pop()
            for piece in line.onward(others, (*known, *added)):
                if any(piece.covered_by(other, TOUCH) for other in (*known, *added)):
                    continue
                if is_faint(self._small, piece):
                    added.append(self._marked(piece))
                    waiting.append(added[-1])
                elif pieces := self._in_pieces(piece):
                    added += pieces
                    waiting += pieces
                else:
                    missed.append(piece)
        kept = [piece for piece in added if any(piece.is_beside(other) for other in (*known, *added))]
        along = [piece for piece in missed if any(piece.runs_along(other) for other in kept)]
        return kept + [self._marked(piece) for piece in along if is_faint(self._small, piece, beside=True)]

    def _in_pieces(self, line: Line) -> list[Line]:
        """Give what is drawn of a line that letters break, and what they take of it; empty where it is not drawn."""
        at, start, end = self._places.T
        near = (abs(at - line.at) <= TOUCH / 2) & (start >= line.start - TOUCH) & (end <= line.end + TOUCH)
        if not near.any():
            return []
        found = list(self._found.values())
        pieces = [drawn for number in near.nonzero()[0] if (drawn := self._seen(*found[number])) is not None]
        left = list(line.without(pieces))
        if any(part.length > STEM for part in left) or sum(part.length for part in left) > line.length / 2:
            return []
        return [*pieces, *map(self._marked, left)]

    def _marked(self, line: Line) -> Line:
        """Give a line a number of its own where nothing else is drawn."""
        self._count += 1
        at = round(line.at)
        place = self.labels[at - 1 : at + 2, int(line.start) : int(line.end) + 1]
        place[place == 0] = self._count
        return line._replace(number=self._count)

    def _look(self, line: Line, top: int, bottom: int) -> Looked:
        """Look at a line that was found, once."""
        if line.number not in self._looked:
            self._looked[line.number] = look(self._small, line, top, bottom)
        return self._looked[line.number]

    def _seen(self, line: Line, top: int, bottom: int) -> Line | None:
        """Give a line that was found as it is drawn; None for a row of letters."""
        drawn = self._bared(line, self._look(line, top, bottom))
        self._looked[line.number] = Looked(line, drawn)
        return drawn

    def _bared(self, line: Line, looked: Looked) -> Line | None:
        """Give a line as it is drawn, the letters at its ends taken out of the picture of the lines."""
        if looked.bare is not line:
            self._forget(line, int(line.start) - BLUR, int(looked.bare.start) - 1)
            self._forget(line, int(looked.bare.end) + 1, int(line.end) + BLUR)
        return looked.drawn
