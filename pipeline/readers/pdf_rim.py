"""Find the answers that fill the box they were typed in: of a form that was printed, the rest may be cut off.

A field that was made a part of its page mostly keeps its edges: its text is drawn inside a clip within the cell. Where
a program leaves those out, text at the smallest size to which viewers shrink it, down to the edge, says as much.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.document import Box
from pipeline.readers import pdf_calls as calls
from pipeline.readers.pdf_glyphs import Glyphs
from pipeline.readers.pdf_grid import Grid
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_text import Word

_NEAR = 2.4
"""Points from the edge of a cell where only the text of a field comes."""
_INSIDE = 0.6
"""Points by which the clip of a field lies within its cell at least."""
_TOUCHES = 1.0
_ONE_LINE = 2.2
"""Heights of its text that a field of one line is high at most."""
_LEADING = 1.5
"""Sizes of its text that one more line needs at most."""
_SHRUNK = 5.0
"""Sizes to which viewers shrink text that does not fit, and at which nobody prints a form."""
_MOST_SEGMENTS = 12

Place = tuple[int, int]
"""The number of a grid, and of a room in it."""


def full_cells(
    grids: Sequence[Grid], cells: Mapping[Place, Sequence[Line]], words: Sequence[Word], text_page: Any, glyphs: Glyphs
) -> frozenset[Place]:
    """Give the cells whose text reaches the edge of the field in which it was typed."""
    if not glyphs.upright:
        return frozenset()
    ends: dict[tuple[float, float], int] | None = None
    full = set()
    for place, lines in cells.items():
        room = grids[place[0]].rooms[place[1]].box
        last = lines[-1]
        across = max([line.right for line in lines]) > room[2] - 2 * _NEAR or last.left < room[0] + _NEAR
        size = max(last.style.size, 1.0)
        down = room[3] - last.base < _LEADING * size + 2 * _NEAR and len(lines) > 1
        if _is_written_over(lines):
            full.add(place)
            continue
        if not across and not down:
            continue
        ends = _ends(words, cells) if ends is None else ends
        if any(line.right > room[2] - _NEAR and (line.right, line.base) not in ends for line in lines):
            full.add(place)  # its last word runs on in the next cell
            continue
        index = ends.get((last.right, last.base))
        clip = None if index is None else _clip(text_page, glyphs, index)
        if clip is None or not _is_within(clip, room):
            shrunk = down and size <= _SHRUNK and room[3] - last.base < _LEADING * size + _NEAR
            if shrunk or (last.right > room[2] - _NEAR and len(lines) == 1):
                full.add(place)
        elif _reaches(clip, lines):
            full.add(place)
    return frozenset(full)


def _ends(words: Sequence[Word], cells: Mapping[Place, Sequence[Line]]) -> dict[tuple[float, float], int]:
    """Give the index of the last character of the words that may end a line of these cells, by where they end."""
    rights = {line.right for lines in cells.values() for line in lines}
    return {
        (word.right, word.base): word.first + len(word.text) - 1
        for word in words
        if word.right in rights and word.first >= 0
    }


def _reaches(clip: Box, lines: Sequence[Line]) -> bool:
    """Tell whether text comes to the edge of its clip, or leaves no room for one more line."""
    left, top, right, bottom = clip
    if any(line.right > right - _TOUCHES or line.left < left - _TOUCHES for line in lines):
        return True
    size = lines[-1].bottom - lines[-1].top
    return bottom - top > _ONE_LINE * size and bottom - lines[-1].bottom < size


def _is_written_over(lines: Sequence[Line]) -> bool:
    """Tell whether text shrunk to fit stands among larger text: what did not fit in one field runs over another."""
    sizes = [style.size for line in lines for style in (line.style, line.end)]
    return min(sizes) <= _SHRUNK < max(sizes) - 1


def _is_within(clip: Box, room: Box) -> bool:
    return (
        clip[0] > room[0] + _INSIDE
        and clip[1] > room[1] + _INSIDE
        and clip[2] < room[2] - _INSIDE
        and clip[3] < room[3] - _INSIDE
    )


def _clip(text_page: Any, glyphs: Glyphs, index: int) -> Box | None:
    """Give the clip inside which a character was drawn; None when it has none."""
    address = calls.text_object(text_page, index)
    if not address:
        return None
    piece = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
    path = pdfium.FPDFPageObj_GetClipPath(piece)
    inner: list[Box] = []
    for number in range(pdfium.FPDFClipPath_CountPaths(path) if path else 0):
        segments = pdfium.FPDFClipPath_CountPathSegments(path, number)
        if 0 < segments <= _MOST_SEGMENTS:
            inner.append(_around(path, number, segments))
    if not inner:
        return None
    left, bottom = max(box[0] for box in inner), max(box[1] for box in inner)
    right, top = min(box[2] for box in inner), min(box[3] for box in inner)
    first = index
    while first > 0 and calls.text_object(text_page, first - 1) == address:
        first -= 1
    matrix = pdfium.FS_MATRIX()
    calls.matrix_of(piece, ctypes.byref(matrix))
    x, y = glyphs.origin(first)
    return left - matrix.e + x, y - (top - matrix.f), right - matrix.e + x, y - (bottom - matrix.f)


def _around(path: Any, number: int, segments: int) -> Box:
    """Give the box around a path, as the file counts: left, bottom, right, top."""
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for index in range(segments):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, index)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            xs.append(x.value)
            ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)
