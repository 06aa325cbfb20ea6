"""Put a scanned page straight: upright, level, evenly white, at 300 dots per inch; refuse a photograph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import Reason, Unreadable
from pipeline.readers.scan_bands import turn_bands
from pipeline.readers.scan_picture import Picture
from pipeline.readers.scan_tones import quantile
from pipeline.readers.scan_turn import Turn

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey

DPI = 300.0
_POINTS = 72.0
POINT = _POINTS / DPI
"""Points to a dot of a page that was put straight."""
_ROUGH = 150.0
"""Dots per inch at which the slope is measured."""
_STEEPEST = 8.0
"""Degrees that a page may lie askew."""
_SHARP = 2.5
"""How much more the ink lies in rows at the slope of its lines than at others."""
_AS_SHARP = 0.8
"""How much the ink of half a page lies in rows at the slope of the whole against its own, from which it has no other:
a page with a title only lay 4 % more in rows a degree away."""
_APART = 0.7
"""Degrees between the slopes of two halves of a page above which its lines are not parallel."""
_MOST_POINTS = 60_000
_SOME, _A_FEW = 4, 8_000
"""One of so many columns of a page, and points of those, tell at which slopes its ink may lie most in rows."""
_LIKELY = 4
"""Rough slopes that some columns tell, of which all points tell the best; it was the first or the second of 89."""
_PLAINLY = 0.85
"""How much the ink of some rows lies in columns against that of some columns in rows, up to which the lines do not run
upwards: 0.72 at most on 89 upright pages."""
_ENOUGH_POINTS = 1_500
"""Points of ink that a half needs for its slope to be known."""
_DIM = 130
"""Lightness of the paper below which nothing on it is white."""
_UNEVEN = 0.62
"""The darkest tenth of the paper against its lightest, below which the light was not that of a scanner."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page put straight."""

    white: Grey
    """Its ink on white paper."""
    light: Grey
    """How light the paper itself is, at a quarter of the size."""
    lies: Turn
    """What takes a place on it, in dots, to that on the page as it is in the file, in points."""


def straighten(picture: Picture) -> Sheet:
    """Give a page upright and level, its paper white.

    Raises:
        Unreadable: PHOTO, when its paper is not evenly lit or its lines are not parallel.
    """
    import cv2

    cv2.setNumThreads(1)
    grey = picture.grey
    rough = _resized(grey, _ROUGH / picture.dpi)
    paper = _paper(_resized(rough, 0.5))
    _check_light(paper)
    ink = _ink(rough, paper)
    points = _points(ink)
    scale, as_shown = DPI / picture.dpi, Turn.scaled(picture.dpi / _POINTS)
    if len(points) < _ENOUGH_POINTS // 3:
        return _sheet(_resized(grey, scale), as_shown.then(Turn.scaled(scale)))
    if _runs_upwards(points):
        as_shown = as_shown.then(Turn.right(grey.shape[0]))
        grey, points = cv2.rotate(grey, cv2.ROTATE_90_CLOCKWISE), _turned(points, ink.shape[0])
    angle, _score_there = _fine(points, _slope(points)[0], 0.12, 0.02)
    _check_parallel(points, angle)
    straight, levelling = _levelled(grey, angle, scale)
    return _sheet(straight, as_shown.then(levelling))


def upside_down(sheet: Sheet) -> Sheet:
    """Turn a page half round."""
    import cv2

    height, width = sheet.white.shape
    lies = Turn.round(width, height).then(sheet.lies)
    return Sheet(cv2.rotate(sheet.white, cv2.ROTATE_180), cv2.rotate(sheet.light, cv2.ROTATE_180), lies)


def _sheet(grey: Grey, made: Turn) -> Sheet:
    import cv2

    small = _resized(grey, 0.25)
    turned = turn_bands(grey, small)
    light = _paper(small if turned is grey else _resized(turned, 0.25))
    height, width = grey.shape
    whole = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    return Sheet(cv2.divide(turned, whole, scale=255), light, made.back())


def _resized(grey: Grey, scale: float) -> Grey:
    import cv2

    if abs(scale - 1) < 0.005:
        return grey
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)


def _levelled(grey: Grey, angle: float, scale: float) -> tuple[Grey, Turn]:
    """Turn a page level while its scale is changed, so that its dots are mixed once; tell where they went."""
    import cv2

    if abs(angle) < 0.015:
        return _resized(grey, scale), Turn.scaled(scale)
    first = 1.0
    if scale < 0.8:
        grey, first, scale = _resized(grey, scale), scale, 1.0
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    across, down = round(width * scale), round(height * scale)
    matrix[0, 2] += (across - width) / 2
    matrix[1, 2] += (down - height) / 2
    made = cv2.warpAffine(grey, matrix, (across, down), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return made, Turn.scaled(first).then(Turn(*matrix.ravel().tolist()))


def _paper(small: Grey) -> Grey:
    """Give how light the paper of a page of 75 dots to the inch is everywhere."""
    import cv2
    import numpy as np

    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)  # only dilated, a shade would lose its rim
    light: Grey = np.maximum(cv2.medianBlur(closed, 5), 40)
    return light


def _ink(grey: Grey, paper: Grey) -> Grey:
    """Give the ink of a page at the rough resolution, by how light its paper is at half of that."""
    import cv2

    height, width = grey.shape
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.threshold(cv2.divide(grey, light, scale=255), 200, 255, cv2.THRESH_BINARY_INV)[1]


def _points(ink: Grey) -> Grey:
    """Give the places of ink, left and top, the rim of the page and solid dark left out; not more than needed."""
    import cv2
    import numpy as np

    height, width = ink.shape
    rim_y, rim_x = height // 30, width // 30
    inner = np.zeros_like(ink)
    inner[rim_y : height - rim_y, rim_x : width - rim_x] = ink[rim_y : height - rim_y, rim_x : width - rim_x]
    solid = cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    places = cv2.findNonZero(cv2.subtract(inner, solid))
    if places is None:
        return np.zeros((0, 2), np.float32)
    step = max(1, len(places) // _MOST_POINTS)
    return np.asfortranarray(places.reshape(-1, 2)[::step], np.float32)


def _some(points: Grey) -> Grey:
    """Give the points of some columns: as high as those of all, they lie in rows as much."""
    import numpy as np

    step = min(_SOME, len(points) // _A_FEW)
    return points if step < 2 else np.asfortranarray(points[points[:, 0].astype(np.int32) % step == 0])


def _turned(points: Grey, height: int) -> Grey:
    import numpy as np

    return np.stack([height - 1 - points[:, 1], points[:, 0]]).T


def _runs_upwards(points: Grey) -> bool:
    """Tell whether the lines of a page run upwards: the ink lies clearly more in columns than in rows."""
    across = points[:, ::-1]
    if max(_scores(across)) < _PLAINLY * max(_scores(points)):
        return False
    return _slope(across)[1] > 1.25 * _slope(points)[1]


def _angles() -> Grey:
    """Give the slopes that a page may have, roughly."""
    import numpy as np

    return np.arange(-_STEEPEST, _STEEPEST + 0.01, 0.4)


def _scores(points: Grey) -> list[float]:
    """Say how much the ink of some columns lies in rows at each rough slope."""
    some = _some(points)
    return [_score(some, float(angle)) for angle in _angles()]


def _slope(points: Grey) -> tuple[float, float]:
    """Give the angle at which the ink lies most in rows, and how much it does."""
    import numpy as np

    likely = _angles()[np.argsort(_scores(points))[-_LIKELY:]]
    best = max(likely.tolist(), key=lambda angle: _score(points, angle))
    return _fine(points, best, 0.4, 0.1)


def _fine(points: Grey, around: float, reach: float, step: float) -> tuple[float, float]:
    """Give the angle near another at which the ink lies most in rows, and how much it does."""
    import numpy as np

    angles = np.arange(around - reach, around + reach + step / 2, step)
    scores = [_score(points, float(angle)) for angle in angles]
    best = int(np.argmax(scores))
    return float(angles[best]), scores[best]


def _score(points: Grey, angle: float) -> float:
    """Say how much the ink lies in rows when the page is turned back by an angle.

    It is asked some hundred times a page: the lefts of all points lie together in memory, as do their tops.
    """
    import numpy as np

    slope = np.float32(np.tan(np.radians(angle)))
    rows = points[:, 1] - points[:, 0] * slope
    rows -= rows.min()
    steps = np.diff(np.bincount(rows.astype(np.intp)))
    return float(np.dot(steps, steps)) / len(points)


def _check_light(paper: Grey) -> None:
    """Refuse a page whose paper is dim, or light in one place and dark in another."""
    height, width = paper.shape
    inner = paper[height // 25 : -height // 25, width // 25 : -width // 25]
    low, high = quantile(inner, 0.1), quantile(inner, 0.95)
    if high < _DIM:
        raise Unreadable(Reason.PHOTO, "het papier is niet wit")
    if low < _UNEVEN * high:
        raise Unreadable(Reason.PHOTO, "het papier is niet overal even licht, of er is iets rond het papier te zien")


def _check_parallel(points: Grey, angle: float) -> None:
    """Refuse a page whose level lines run apart, as in a picture taken at a slant."""
    import numpy as np

    # Whole dots lie in rows at no slope at all, whatever is drawn: scatter them over their squares.
    points = np.asfortranarray(points + np.random.default_rng(1).random(points.shape, np.float32))
    # Cut level through a line that leans, its half would have a level edge.
    rows = points[:, 1] - points[:, 0] * np.float32(np.tan(np.radians(angle)))
    for at in (points[:, 0], rows):
        first = at < np.median(at)
        halves = [points.T[:, half].T for half in (first, ~first)]
        if min(map(len, halves)) < _ENOUGH_POINTS:
            continue
        found = [_own_slope(half, angle) for half in halves]
        if abs(found[0] - found[1]) > _APART and all(map(_is_sharp, halves, found)):
            raise Unreadable(Reason.PHOTO, "de lijnen op het papier lopen niet evenwijdig")


def _own_slope(points: Grey, common: float) -> float:
    """Give the slope of a half: that of the whole page, unless the ink lies clearly more in rows at another."""
    for asked in (_some(points), points):
        own, most = _fine(asked, common, 3.0, 0.1)
        if _score(asked, common) > _AS_SHARP * most:
            return common
    return own


def _is_sharp(points: Grey, angle: float) -> bool:
    """Tell whether the ink lies in rows at this angle, and at no other."""
    beside = [_score(points, angle + off) for off in (-4.0, -2.0, 2.0, 4.0)]
    return _score(points, angle) > _SHARP * sum(beside) / len(beside)
