"""Read the pages of a PDF: lines in cells and in running text, with what tells how they hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.document import Box
from pipeline.pdf import Filled
from pipeline.readers.pdf_covered import cut_off_into, doubt_covered
from pipeline.readers.pdf_fields import doubt_typed_over, put_on, with_fields
from pipeline.readers.pdf_frame import Frame, as_it_was, frame_of, turn_upright
from pipeline.readers.pdf_glyphs import Glyphs
from pipeline.readers.pdf_grid import Grid, grids_of, known_to_end
from pipeline.readers.pdf_levels import Levels
from pipeline.readers.pdf_ligatures import with_ligatures
from pipeline.readers.pdf_lines import Line, Sorted, sort
from pipeline.readers.pdf_marked import drawn_at
from pipeline.readers.pdf_outside import on_page
from pipeline.readers.pdf_rim import full_cells
from pipeline.readers.pdf_rulings import Drawing, Ruling, drawing_of
from pipeline.readers.pdf_spaces import unseen_spaces
from pipeline.readers.pdf_struck import doubt_struck
from pipeline.readers.pdf_tags import Structure
from pipeline.readers.pdf_text import Word, words_of
from pipeline.readers.scan_turn import Turn
from pipeline.readers.symbols import has_open_box, signs

_GUTTER = 6.0
"""Points, at least, that two pages on one sheet leave free between them."""
_RIM = 0.04
"""Share of a sheet, at its top and at its foot, where a program may write over both of its pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    number: int
    frame: Frame
    grids: tuple[Grid, ...]
    sorted: Sorted
    tagged: bool
    prints_all_spaces: bool
    """Even those that do not fit on their line."""
    pictures: tuple[Box, ...]
    heads: tuple[Line, ...] = ()
    """Running heads and feet; taken out of the running text by `without_heads`."""
    characters: int = field(default=0)
    visible: int = field(default=0)
    """Characters that are seen; what a scanner's program put under its picture is not."""
    full: frozenset[tuple[int, int]] = frozenset()
    """The cells (number of the grid, number of the room) in which text may be cut off."""
    unseen: tuple[tuple[float, float], ...] = ()
    """The places, left and baseline, of spaces that are printed and that pdfium does not give."""
    slanted: str = ""
    """What is written aslant over the page, and is part of no line: a watermark, a stamp."""
    lies: Turn | None = None
    """Of a scan: what takes a place on the straightened page to that on the page as it was rendered."""
    turned: Turn | None = None
    """Of a page that was turned upright to be read: what takes a place on it to that on the page in the file."""
    parts: int = 1
    """How many pages it may hold, as a sheet on whose middle nothing stands: 2 beside each other, or 4 in two rows."""


def read_page(
    page: Any,
    number: int,
    structure: Structure,
    filled: Filled | None = None,
    before: Page | None = None,
    *,
    by_number: bool = True,
    part: bool = False,
) -> Page:
    """Read one page of pdfium.

    Args:
        page: the page.
        number: from 1.
        structure: the structure tree of its document.
        filled: what was filled in and written on the file.
        before: the page before, whose tables may go on.
        by_number: its codes may be numbers of glyphs.
        part: it is a part of a sheet; what lies beside it is that of another page.
    """
    text_page = pdfium.FPDFText_LoadPage(page)
    quarters = turn_upright(page, text_page)
    if quarters:
        pdfium.FPDFText_ClosePage(text_page)
        text_page = pdfium.FPDFText_LoadPage(page)
    frame = frame_of(page)
    try:
        glyphs = Glyphs(text_page, frame, by_number=by_number)
        drawing = drawing_of(page, frame)
        words = with_ligatures(words_of(page, text_page, glyphs, drawing.texts), text_page, frame)
        if not part:
            words = on_page(words, frame)
        over = [word for word in words if word.style.slanted]
        if over:
            words = [word for word in words if not word.style.slanted]
        if part:
            words, over, drawing = _within(frame, words), _within(frame, over), drawing.within(frame)
        characters = sum([len(word.text) for word in words])
        visible = characters - sum([len(word.text) for word in words if word.style.invisible])
        levels = Levels(words)
        doubt_struck(levels, drawing.level)
        grids = known_to_end(grids_of(drawing, before.grids if before else (), levels, frame.height), words)
        unseen = unseen_spaces(drawing.texts, frame)
        marks = {word.style.mark for word in words} - {-1}
        tags = structure.tags_of(page, marks) if marks else {}
        if marks:
            levels.mark_spaces(unseen)
        if filled is not None:
            words = with_fields(words, number, filled, frame)
            levels = Levels(words)
            if filled.remarks:
                doubt_typed_over(words, number, filled, frame, [room.box for grid in grids for room in grid.rooms])
        doubt_covered(page, text_page, levels, drawing, put_on(number, filled, frame) if filled else ())
        drawn = drawn_at(levels, drawing) if has_open_box(signs(glyphs.text)) else frozenset()
        sorted_ = sort(words, grids, tags, glyphs, number, drawn)
        full = full_cells(grids, sorted_.cells, words, text_page, glyphs)
        full |= cut_off_into(page, drawing, grids, sorted_.cells)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return Page(
        number,
        frame,
        grids,
        sorted_,
        bool(tags),
        bool(marks and unseen),
        tuple(drawing.pictures),
        (),
        characters,
        visible,
        full,
        tuple(unseen),
        "".join(word.text + " " * word.space for word in over).strip(),
        turned=as_it_was(frame, quarters),
        parts=_parts(frame, words, drawing),
    )


def _parts(frame: Frame, words: Sequence[Word], drawing: Drawing) -> int:
    """Give how many pages a sheet may hold: 2 where it is wider than high, 4 where it is not; 1 for a page."""
    if not _is_parted(frame, words, drawing.level):
        return 1
    if frame.width > frame.height:
        return 2
    return 4 if _is_parted_across(frame, words, drawing.upright) else 1


def _is_parted(frame: Frame, words: Sequence[Word], level: Sequence[Ruling]) -> bool:
    """Tell whether nothing stands on the middle of a page, but for a line above or below all else."""
    left, right = frame.width / 2 - _GUTTER / 2, frame.width / 2 + _GUTTER / 2
    top, bottom = _RIM * frame.height, (1 - _RIM) * frame.height
    return not any(word.left < right and word.right > left and top < word.base < bottom for word in words) and not any(
        line.start < left and line.end > right and top < line.at < bottom for line in level
    )


def _is_parted_across(frame: Frame, words: Sequence[Word], upright: Sequence[Ruling]) -> bool:
    """Tell whether nothing stands half way down a page, but for a line at its sides."""
    top, bottom = frame.height / 2 - _GUTTER / 2, frame.height / 2 + _GUTTER / 2
    left, right = _RIM * frame.width, (1 - _RIM) * frame.width
    return not any(word.base - word.style.size < bottom and word.base > top for word in words) and not any(
        line.start < top and line.end > bottom and left < line.at < right for line in upright
    )


def _within(frame: Frame, words: list[Word]) -> list[Word]:
    """Leave out the words that stand beside a page, above it or below it."""
    return [word for word in words if 0 <= (word.left + word.right) / 2 < frame.width and 0 <= word.base < frame.height]
