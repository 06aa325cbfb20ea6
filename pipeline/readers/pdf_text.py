"""Take from a page of a PDF its words, each with its place, its look and its mark in the structure."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.document import Box
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_spaces import characters, same_piece, space_after_hyphen
from pipeline.readers.symbols import sign

_WORD = re.compile("[^ \r\n\t\0\ufffe\uffff\u0002]+[\ufffe\u0002]?|[\ufffe\u0002]")
_HYPHENS = "\ufffe\u0002"
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SIGN = re.compile("[\uf000-\uf0ff]")
"""How symbol fonts give their signs, check boxes among them."""
_WIDEST_SPACE = 0.28
_NARROW_GAP = 0.12
"""A gap below this share of the font size is no space, though pdfium made one."""


class Style(NamedTuple):
    """How a piece of text looks, and its mark in the structure tree."""

    size: float = 0.0
    bold: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    invisible: bool = False
    mark: int = -1
    """Marked-content number on the page; -1 when unmarked."""
    space: float = 0.0
    """Width of a space, or the most that it can be."""


class Word(NamedTuple):
    """A run of characters without a space, on one line."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    """The baseline, in points from the top of the page."""
    style: Style
    space: bool
    """A space was printed after it (not merely a gap)."""
    first: int
    """Index of its first character, to look closer."""
    apart: bool = False
    """Its last hyphen is drawn apart: put there where the line ends, not typed."""


def words_of(page: Any, text_page: Any, frame: Frame) -> list[Word]:
    """Give the words of a page in the order in which they were printed."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return []
    text = characters(text_page, count)
    look = _looker()
    found: list[Word] = []
    for match in _WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        raw = match.group()
        hyphen = raw[-1] in _HYPHENS
        clean = _CONTROL.sub("", raw[:-1] + "-" if hyphen else raw)
        if not clean:
            continue
        clean = _SIGN.sub(lambda found: sign(ord(found.group()), ""), clean)
        style = look(pdfium.FPDFText_GetTextObject(text_page, first))
        space = text[last + 1 : last + 2] == " " and not pdfium.FPDFText_IsGenerated(text_page, last + 1)
        for piece, start, end in _on_one_line(text_page, frame, clean, first, last):
            ends = end == last
            found.append(_word(text_page, frame, piece, start, end, style, space=space and ends))
        if hyphen:
            found[-1] = found[-1]._replace(
                space=space_after_hyphen(page, text_page, last),
                apart=last > first and not same_piece(text_page, last - 1, last),
            )
    return _glued(found)


def with_spaces(words: list[Word], places: list[tuple[float, float]]) -> list[Word]:
    """Mark the words after which a space stands at one of these places."""
    return [
        word._replace(space=True)
        if any(abs(x - word.right) < 1 and abs(y - word.base) < 1 for x, y in places)
        else word
        for word in words
    ]


def split(text_page: Any, frame: Frame, word: Word, at: list[float]) -> list[Word]:
    """Split a word that runs over the rulings at these places."""
    pieces: list[Word] = []
    start = 0
    edges = sorted(at)
    rooms = [
        sum(1 for edge in edges if edge < _middle(text_page, frame, word.first + k)) for k in range(len(word.text))
    ]
    for index in range(1, len(rooms) + 1):
        if index == len(rooms) or rooms[index] != rooms[start]:
            piece = word.text[start:index]
            last = index == len(rooms)
            pieces.append(
                _word(
                    text_page,
                    frame,
                    piece,
                    word.first + start,
                    word.first + index - 1,
                    word.style,
                    space=word.space and last,
                )
            )
            start = index
    return pieces


def _middle(text_page: Any, frame: Frame, index: int) -> float:
    left, _top, right, _bottom = _loose(text_page, frame, index)
    return (left + right) / 2


def _loose(text_page: Any, frame: Frame, index: int) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, rect)
    return frame.box(rect.left, rect.bottom, rect.right, rect.top)


def width(text_page: Any, frame: Frame, word: Word, count: int) -> float:
    """Give the width of the first characters of a word."""
    if word.first < 0 or count >= len(word.text):
        return (word.right - word.left) * count / len(word.text)
    return _loose(text_page, frame, word.first + count - 1)[2] - word.left


def _word(text_page: Any, frame: Frame, text: str, first: int, last: int, style: Style, *, space: bool) -> Word:
    left, top, right, bottom = _loose(text_page, frame, first)
    if last != first:
        left_, top_, right_, bottom_ = _loose(text_page, frame, last)
        left, top, right, bottom = min(left, left_), min(top, top_), max(right, right_), max(bottom, bottom_)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, first, x, y)
    base = bottom
    if frame.turn == 0:
        left, base = frame.box(x.value, y.value, x.value, y.value)[:2]
    return Word(text, left, right, top, bottom, base, style, space, first)


def _on_one_line(text_page: Any, frame: Frame, text: str, first: int, last: int) -> list[tuple[str, int, int]]:
    """Give the pieces of a run of characters that stand on lines of their own (pdfium may join lines)."""
    if last - first + 1 != len(text) or last == first:
        return [(text, first, last)]
    start, end = _loose(text_page, frame, first), _loose(text_page, frame, last)
    height = max(start[3] - start[1], end[3] - end[1], 1.0)
    if abs(start[3] - end[3]) < height * 0.6 and end[0] >= start[0] - 0.1:
        return [(text, first, last)]
    pieces = []
    begin = first
    before = start
    for index in range(first + 1, last + 1):
        box = _loose(text_page, frame, index)
        if box[0] < before[0] - height or abs(box[3] - before[3]) > height * 0.6:
            pieces.append((text[begin - first : index - first], begin, index - 1))
            begin = index
        before = box
    pieces.append((text[begin - first :], begin, last))
    return pieces


def _glued(words: list[Word]) -> list[Word]:
    """Join words between which pdfium saw a space where the page has none."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if (
            before is not None
            and not before.space
            and abs(before.base - word.base) < 0.5
            and -0.5 < word.left - before.right < _NARROW_GAP * word.style.size
        ):
            joined[-1] = before._replace(
                text=before.text + word.text,
                right=word.right,
                top=min(before.top, word.top),
                bottom=max(before.bottom, word.bottom),
                space=word.space,
                apart=word.apart,
            )
        else:
            joined.append(word)
    return joined


def _looker() -> Callable[[Any], Style]:
    """Make a function that tells the style of a text object, looking once at each."""
    styles: dict[int | None, Style] = {None: Style()}
    fonts: dict[int | None, bool] = {None: False}
    matrix = pdfium.FS_MATRIX()
    size = ctypes.c_float()
    channels = [ctypes.c_uint() for _ in range(4)]
    name = ctypes.create_string_buffer(256)
    spaces: dict[int | None, float] = {}

    def space(font: Any) -> float:
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in spaces:
            width = ctypes.c_float()
            known = pdfium.FPDFFont_GetGlyphWidth(font, ord(" "), 1000.0, width) and 150 < width.value < 400
            spaces[key] = width.value / 1000 if known else _WIDEST_SPACE
        return spaces[key]

    def bold(font: Any) -> bool:
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in fonts:
            length = pdfium.FPDFFont_GetBaseFontName(font, name, 256)
            said = name.raw[: max(0, min(length, 256) - 1)].decode("latin-1").lower()
            fonts[key] = "bold" in said or "black" in said or "heavy" in said
        return fonts[key]

    def look(piece: Any) -> Style:
        key = ctypes.cast(piece, ctypes.c_void_p).value
        if key not in styles:
            pdfium.FPDFTextObj_GetFontSize(piece, size)
            pdfium.FPDFPageObj_GetMatrix(piece, matrix)
            scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
            pdfium.FPDFPageObj_GetFillColor(piece, *channels)
            font = pdfium.FPDFTextObj_GetFont(piece)
            styles[key] = Style(
                round(size.value * scale, 1),
                bold(font),
                (channels[0].value, channels[1].value, channels[2].value),
                pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
                pdfium.FPDFPageObj_GetMarkedContentID(piece),
                space(font) * size.value * scale,
            )
        return styles[key]

    return look
