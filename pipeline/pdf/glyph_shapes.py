"""Hold the glyphs of a font against the shapes of the characters that they are said to be."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import inf, log
from typing import Any, NamedTuple, TypeAlias

_NEAR = 0.13
"""Of the size of the font: how far a character of another typeface may reach higher, lower or wider."""
_WIDER = log(1.5)
"""How much wider than high, in proportion, it may be in another typeface."""
_THIN = 0.02
_LEAST_POINTS = 3
_LARGE = 0.4
"""Side of a box to tick, at least."""
_UNEVEN = 0.05
_ROUND = 0.02
_EMPTY, _TICKED = "☐", "☒"
_BOXES = {"☐": _EMPTY, "☑": _TICKED, "☒": _TICKED}

Box: TypeAlias = tuple[float, float, float, float]
"""left, low, right, high"""


class Shape(NamedTuple):
    """The outline of a glyph, in sizes of the font."""

    contours: int
    low: float
    high: float
    width: float


def looks_like(program: Any, glyph: int, character: str) -> bool:
    """Tell whether a glyph has the outlines of a character, as two common typefaces draw it, in regular or bold."""
    return unlikeness(program, glyph, character) < inf


def unlikeness(program: Any, glyph: int, character: str) -> float:
    """Give how much the outlines of a glyph differ from those of a character, from 0; infinite for another one's."""
    name = program.getGlyphName(glyph)
    if character in " \u00a0":
        return inf if _contours(program, name) else 0.0
    if character in _BOXES:
        return 0.0 if blank_or_box(program, glyph) == _BOXES[character] else inf
    shape = _shape(program, name)
    return inf if shape is None else min((_apart(shape, other) for other in _references(character)), default=inf)


def are_one(program: Any, glyphs: set[int]) -> bool:
    """Tell whether glyphs are drawn the same."""
    shapes = [_shape(program, program.getGlyphName(glyph)) for glyph in glyphs]
    first = shapes[0]
    return all(
        shape == first or (shape is not None and first is not None and _apart(shape, first) < _THIN) for shape in shapes
    )


def blank_or_box(program: Any, glyph: int) -> str:
    """Give the space, or the box to tick, that a glyph can be seen to be; empty for another one."""
    contours = _contours(program, program.getGlyphName(glyph))
    if not contours:
        return " "
    if not glyph or len(contours) == 1 or not all(map(_is_square, contours[:2])):
        return ""
    outer, inner = map(_box, contours[:2])
    if not (outer[0] < inner[0] < inner[2] < outer[2] and outer[1] < inner[1] < inner[3] < outer[3]):
        return ""
    return _EMPTY if len(contours) == 2 else _TICKED


def _contours(program: Any, name: str) -> list[list[tuple[float, float]]]:
    """Give the contours of a glyph, in sizes of the font; the largest first."""
    outlines = program["glyf"]
    size = program["head"].unitsPerEm
    points, ends, _flags = outlines[name].getCoordinates(outlines)
    scaled = [(x / size, y / size) for x, y in points]
    contours = [scaled[start:end] for start, end in pairwise([0, *(end + 1 for end in ends)])]
    drawn = [contour for contour in contours if len(contour) >= _LEAST_POINTS]  # the others hold things together
    return sorted(drawn, key=lambda contour: -_area(_box(contour)))


def _box(contour: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*contour, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_square(contour: list[tuple[float, float]]) -> bool:
    """Tell whether a contour is a large square, its corners sharp or a little round."""
    left, low, right, high = _box(contour)
    cornered = all(min(x - left, right - x) < _ROUND and min(y - low, high - y) < _ROUND for x, y in contour)
    return cornered and right - left > _LARGE and abs((right - left) - (high - low)) < _UNEVEN


def _shape(program: Any, name: str) -> Shape | None:
    """Give the outline of a glyph of a TrueType font; None when it has none."""
    contours = _contours(program, name)
    if not contours:
        return None
    left, low, right, high = _box([point for contour in contours for point in contour])
    return Shape(len(contours), low, high, right - left)


def _apart(shape: Shape, other: Shape) -> float:
    height, high = shape.high - shape.low, other.high - other.low
    wider = log(((shape.width + _THIN) / (height + _THIN)) / ((other.width + _THIN) / (high + _THIN)))
    lower, higher = abs(shape.low - other.low), abs(shape.high - other.high)
    alike = shape.contours == other.contours and max(lower, higher) < _NEAR and abs(wider) < _WIDER
    return lower + higher + abs(wider) if alike else inf


@cache
def _references(character: str) -> tuple[Shape, ...]:
    found = []
    for program in _typefaces():
        name = program.getBestCmap().get(ord(character))
        shape = None if name is None else _shape(program, name)
        if shape is not None:
            found.append(shape)
    return tuple(found)


@cache
def _typefaces() -> tuple[Any, ...]:
    """Open the typefaces that come with the libraries; both hold the letters of Europe."""
    from importlib.resources import files

    from fontTools.ttLib import TTFont

    source, vera = files("font_source_sans_pro") / "files", files("reportlab") / "fonts"
    paths = (
        source / "SourceSansPro-Regular.ttf",
        source / "SourceSansPro-Bold.ttf",
        vera / "Vera.ttf",
        vera / "VeraBd.ttf",
    )
    return tuple(TTFont(str(path), lazy=True) for path in paths)
