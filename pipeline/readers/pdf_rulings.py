"""Take from a page of a PDF what is drawn on it: rulings, shaded areas, pictures, pieces of text."""

from __future__ import annotations

import ctypes
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.document import Box
from pipeline.readers import pdf_calls as calls
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_thick import THICKEST, Bar, Bars, Ruling, bar_of

__all__ = ["Cover", "Drawing", "Ruling", "TextPiece", "drawing_of", "ruled"]

_THIN = 2.5
"""Points; a filled shape thinner than this is a ruling, a thicker one where it bounds cells."""
_NOTHING = 0.02
"""Points; the filled background of a row without height is no ruling, and reportlab draws it where it cuts a table."""
_SHORT = 4.0
_MOST = 60_000
_DEEPEST = 8
_BOUNDS = Struct("4f")
"""What pdfium gives of a drawing: left, bottom, right, top."""
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_IMAGE, _SHADING, _FORM = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_FORM
_PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The matrix of what stands on the page itself, not in a form."""


class TextPiece(NamedTuple):
    """A piece of text that stands on the page itself."""

    handle: Any
    """What pdfium knows it by, as long as the page is open."""
    bounds: Box
    """Left, bottom, right and top, as the file counts them."""


class Cover(NamedTuple):
    """A filled area or a picture that is painted after text that stands no higher than it."""

    box: Box
    over: int
    """How many pieces of text were drawn before it."""


class Drawing(NamedTuple):
    """What is drawn on a page."""

    level: list[Ruling]
    upright: list[Ruling]
    shades: list[Box]
    pictures: list[Box]
    texts: list[TextPiece]
    drawn: list[Any]
    """All pieces of text in the order in which they are drawn, those in nested forms included."""
    covers: list[Cover]

    def within(self, frame: Frame) -> Drawing:
        """Leave out what is drawn beside a page, above it or below it."""
        wide, high = frame.width, frame.height
        return Drawing(
            [line for line in self.level if line.end > 0 and line.start < wide and 0 <= line.at <= high],
            [line for line in self.upright if line.end > 0 and line.start < high and 0 <= line.at <= wide],
            [box for box in self.shades if box[2] > 0 and box[0] < wide and box[3] > 0 and box[1] < high],
            [box for box in self.pictures if box[2] > 0 and box[0] < wide and box[3] > 0 and box[1] < high],
            self.texts,
            self.drawn,
            self.covers,
        )


def ruled(level: list[Ruling], upright: list[Ruling]) -> Drawing:
    """Give a drawing of rulings alone."""
    return Drawing(level, upright, [], [], [], [], [])


def drawing_of(page: Any, frame: Frame) -> Drawing:
    """Give the rulings, shaded areas and pictures of a page, those in nested forms included, and its pieces of text."""
    drawing = ruled([], [])
    collector = _Collector(frame, drawing)
    collector.walk_page(page)
    collector.bars.add_to(drawing.level, drawing.upright)
    return drawing


class _Collector:
    """Walks the objects of a page and counts them, so that no page can keep it walking."""

    def __init__(self, frame: Frame, drawing: Drawing) -> None:
        self.frame = frame
        self.drawing = drawing
        self.left = _MOST
        self.lowest = 0.0
        """How far down the page text was drawn."""
        self.bars = Bars()
        self.bounds = calls.Sides()
        self.sides = [ctypes.byref(self.bounds, 4 * number) for number in range(4)]
        self.fill = ctypes.c_int()
        self.stroke = ctypes.c_int()
        self.width = ctypes.c_float()
        self.modes = ctypes.byref(self.fill), ctypes.byref(self.stroke)
        self.colour = calls.Colour()
        self.channels = [ctypes.byref(self.colour, 4 * number) for number in range(4)]

    def walk_page(self, page: Any) -> None:
        page = page.raw
        for index in range(calls.count_objects(page)):
            self.take(calls.page_object(page, index), _PLAIN, 0)
            if self.left <= 0:
                return

    def take(self, piece: Any, outer: tuple[float, ...], depth: int) -> None:
        self.left -= 1
        kind = calls.object_type(piece)
        if kind == _TEXT:
            self.drawing.drawn.append(piece)
            if depth:
                low = self.box(piece, outer)[3]
            else:
                calls.bounds_of(piece, *self.sides)
                bounds = _BOUNDS.unpack(self.bounds)
                self.drawing.texts.append(TextPiece(piece, bounds))
                low = self.frame.top - bounds[1]
            if low > self.lowest:
                self.lowest = low
        elif kind == _PATH:
            self.path(piece, outer)
        elif kind == _IMAGE:
            box = self.box(piece, outer)
            self.drawing.pictures.append(box)
            self.cover(box)
        elif kind == _SHADING:
            self.cover(self.box(piece, outer))
        elif kind == _FORM and depth < _DEEPEST:
            inner = _matrix(piece, outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(piece)):
                if self.left <= 0:
                    return
                self.take(pdfium.FPDFFormObj_GetObject(piece, index), inner, depth + 1)

    def box(self, piece: Any, outer: tuple[float, ...]) -> Box:
        calls.bounds_of(piece, *self.sides)
        left, bottom, right, top = _BOUNDS.unpack(self.bounds)
        if outer is not _PLAIN:
            corners = [_apply(outer, x, y) for x in (left, right) for y in (bottom, top)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        return self.frame.box(left, bottom, right, top)

    def path(self, piece: Any, outer: tuple[float, ...]) -> None:
        left, top, right, bottom = self.box(piece, outer)
        if right < 0 or bottom < 0 or left > self.frame.width or top > self.frame.height:
            return
        calls.draw_mode(piece, *self.modes)
        width, height = right - left, bottom - top
        if not self.stroke.value and (not self.fill.value or min(width, height) < _NOTHING):
            return
        if height <= _THIN:
            if width >= _SHORT:
                self.drawing.level.append(Ruling((top + bottom) / 2, left, right))
            return
        if width <= _THIN:
            if height >= _SHORT:
                self.drawing.upright.append(Ruling((left + right) / 2, top, bottom))
            return
        if self.fill.value:
            self.cover((left, top, right, bottom))
        if self.stroke.value:
            self.segments(piece, outer)
        elif self.shaded(piece):
            if width >= 2 * _SHORT and height >= _SHORT:
                self.drawing.shades.append((left, top, right, bottom))
            for number, bar in enumerate((bar_of((left, right), (top, bottom)), bar_of((top, bottom), (left, right)))):
                if bar is not None:
                    self.bars.areas[number].append(bar)

    def cover(self, box: Box) -> None:
        if box[1] < self.lowest or self.frame.turn:  # programs go down the page
            self.drawing.covers.append(Cover(box, len(self.drawing.drawn)))

    def shaded(self, piece: Any) -> bool:
        calls.fill_colour(piece, *self.channels)
        red, green, blue, alpha = self.colour
        return min(red, green, blue) < 250 and alpha > 0

    def segments(self, piece: Any, outer: tuple[float, ...]) -> None:
        """Take the level and upright pieces of a stroked path."""
        matrix = _matrix(piece, outer)
        calls.stroke_width(piece, ctypes.byref(self.width))
        half = self.width.value * abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5 / 2
        x, y = ctypes.c_float(), ctypes.c_float()
        into = ctypes.byref(x), ctypes.byref(y)
        start = here = (0.0, 0.0)
        for index in range(min(calls.count_segments(piece), 2_000)):
            self.left -= 1
            segment = calls.path_segment(piece, index)
            calls.segment_point(segment, *into)
            there = _apply(matrix, x.value, y.value)
            kind = calls.segment_type(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = there
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self.line(here, there, half)
            if calls.segment_closes(segment):
                self.line(there, start, half)
            here = there

    def line(self, here: tuple[float, float], there: tuple[float, float], half: float) -> None:
        left, top, right, bottom = self.frame.box(
            min(here[0], there[0]), min(here[1], there[1]), max(here[0], there[0]), max(here[1], there[1])
        )
        if bottom - top < 0.5 and right - left >= _SHORT:
            ruling = Ruling((top + bottom) / 2, left, right)
            self.drawing.level.append(ruling)
            thick = self.bars.strokes[0]
        elif right - left < 0.5 and bottom - top >= _SHORT:
            ruling = Ruling((left + right) / 2, top, bottom)
            self.drawing.upright.append(ruling)
            thick = self.bars.strokes[1]
        else:
            return
        if _THIN < 2 * half <= THICKEST:
            thick.append(Bar(ruling, half))


def _matrix(piece: Any, outer: tuple[float, ...]) -> tuple[float, ...]:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(piece, own)
    a, b, c, d, e, f = outer
    return (
        own.a * a + own.b * c,
        own.a * b + own.b * d,
        own.c * a + own.d * c,
        own.c * b + own.d * d,
        own.e * a + own.f * c + e,
        own.e * b + own.f * d + f,
    )


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
