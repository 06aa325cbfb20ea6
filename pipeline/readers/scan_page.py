"""Make of scanned pages what printed pages are: words in cells and in running text, with what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from pipeline.language import _
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_glyphs import Style
from pipeline.readers.pdf_grid import Grid, grids_of
from pipeline.readers.pdf_lines import sort
from pipeline.readers.pdf_pages import Page
from pipeline.readers.pdf_text import Word
from pipeline.readers.scan_boxes import find_boxes
from pipeline.readers.scan_ink import find_ink, without_rulings
from pipeline.readers.scan_labels import parts
from pipeline.readers.scan_lines import Scrawl, find_lines, place_of
from pipeline.readers.scan_marks import Tick
from pipeline.readers.scan_picture import Picture
from pipeline.readers.scan_shades import SHADED
from pipeline.readers.scan_straight import POINT, Sheet, straighten, upside_down
from pipeline.readers.scan_strip import Strip
from pipeline.readers.scan_tones import quantile
from pipeline.readers.scan_turn import Turn
from pipeline.readers.scan_type import Faces
from pipeline.readers.scan_unread import unread
from pipeline.readers.scan_words import Read, Row, read_rows

UNREAD = "[onleesbaar]"
"""Stands where something is written that could not be read: never a blank."""
_PALE = (128, 128, 128)
_UPRIGHT = 0.55
"""Mean certainty of the words of a page below which it may stand upside down."""
_FEW = 5
_MOST_SURE = 0.9999
"""Nothing read from a picture is as sure as print."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page as it was read from its picture, before what all pages of a document share is known."""

    number: int
    width: float
    height: float
    grids: tuple[Grid, ...]
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    scrawls: tuple[Scrawl, ...]
    lies: Turn
    """What takes a place on the straightened page to that on the page as it is in the file, both in points."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A page of which is known what stands where, but not yet what it says."""

    number: int
    sheet: Sheet
    grids: tuple[Grid, ...]
    ticks: tuple[Tick, ...]
    strips: tuple[Strip, ...]
    scrawls: tuple[Scrawl, ...]


def lay_out(picture: Picture, number: int) -> Laid:
    """Find the cells, the check boxes and the lines of text of a scanned page.

    Args:
        picture: as it was scanned.
        number: of the page, from 1.

    Raises:
        Unreadable: it is a photograph.
    """
    return _laid(straighten(picture), number)


def read_laid(pages: Sequence[Laid]) -> list[Scanned]:
    """Read the lines of pages: those of some pages together take a tenth less time than page by page.

    Raises:
        Unreadable: the recognition failed.
    """
    rows = iter(read_rows([strip for page in pages for strip in page.strips]))
    return [_upright(page, _scanned(page, tuple(islice(rows, len(page.strips))))) for page in pages]


def _upright(laid: Laid, page: Scanned) -> Scanned:
    """Give a page as it is read upside down, where that is surer."""
    if _sureness(page) >= _UPRIGHT:
        return page
    turned = _laid(upside_down(laid.sheet), laid.number)
    other = _scanned(turned, read_rows(turned.strips))
    return other if _sureness(other) > _sureness(page) else page


def _laid(sheet: Sheet, number: int) -> Laid:
    white = sheet.white.copy()
    ink = find_ink(white)
    ticks = find_boxes(white, ink)
    page = without_rulings(white, ink, sheet.light)
    paper = quantile(sheet.light, 0.95)
    grids = tuple(_with_shades(grid, sheet, paper) for grid in grids_of(page.drawing, exact=False))
    found = find_lines(page, grids, [((tick.left + tick.right) / 2, (tick.top + tick.bottom) / 2) for tick in ticks])
    return Laid(number, sheet, grids, tuple(ticks), found.strips, found.scrawls)


def _scanned(laid: Laid, rows: tuple[Row, ...]) -> Scanned:
    height, width = laid.sheet.white.shape
    lies = Turn.scaled(1 / POINT).then(laid.sheet.lies)
    scrawls = (*laid.scrawls, *(scrawl for row in rows for scrawl in unread(row)))
    ticks = tuple(_drawn_over(tick, scrawls) for tick in laid.ticks)
    return Scanned(laid.number, width * POINT, height * POINT, laid.grids, rows, ticks, scrawls, lies)


def _drawn_over(tick: Tick, scrawls: Sequence[Scrawl]) -> Tick:
    """Doubt a check box around which, or over which, something is drawn."""
    x, y = (tick.left + tick.right) / 2, (tick.top + tick.bottom) / 2
    if any(scrawl.left <= x <= scrawl.right and scrawl.top <= y <= scrawl.bottom for scrawl in scrawls):
        return tick._replace(doubt=tick.doubt or _("rond of over een vakje is iets getekend; zie na wat bedoeld is"))
    return tick


def _sureness(page: Scanned) -> float:
    words = [word for row in page.rows for word in row.words]
    letters = sum(len(word.text) for word in words)
    if len(words) < _FEW:
        return 1.0
    return sum(word.sure * len(word.text) for word in words) / letters


def _with_shades(grid: Grid, sheet: Sheet, paper: float) -> Grid:
    """Mark the cells whose paper is darker than most of the page."""
    import numpy as np

    scale = sheet.light.shape[1] / sheet.white.shape[1] / POINT
    rooms = []
    for room in grid.rooms:
        left, top, right, bottom = (round(edge * scale) for edge in room.box)
        inside = sheet.light[top + 1 : bottom, left + 1 : right]
        grey = bool(inside.size) and float(np.median(inside)) < SHADED * paper
        rooms.append(room._replace(shaded=grey))
    return replace(grid, rooms=tuple(rooms))


def settle(pages: Sequence[Scanned], typed: Mapping[int, Sequence[Word]] | None = None) -> tuple[Page, ...]:
    """Give scanned pages as pages, the sizes and looks of their type compared with each other.

    Args:
        pages: of one document.
        typed: what was typed on a page over its picture, by its number.
    """
    faces = Faces.of([row for page in pages for row in page.rows])
    return tuple(_page(page, faces, (typed or {}).get(page.number, ())) for page in pages)


def _page(page: Scanned, faces: Faces, typed: Sequence[Word]) -> Page:
    words = _straightened(typed, page.lies.back())
    for held in _together(page.rows):
        base = max(row.base for row in held if row.words) * POINT
        for row in held:
            for part in parts(row):
                style = _style(row, faces, part.thicker)
                words += [_word(word, base, style) for word in _clipped(part.words)]
    words += [_ticked(tick, page, words) for tick in page.ticks]
    words += [_scrawled(scrawl) for scrawl in page.scrawls]
    frame = Frame(page.width, page.height, 0, 0.0, 0.0, page.width, page.height)
    count = sum(len(word.text) for word in words)
    sorted_ = sort(words, page.grids, {}, None, page.number)
    return Page(page.number, frame, page.grids, sorted_, False, False, (), (), count, count, lies=page.lies)  # noqa: FBT003


def blank(number: int, other: Page) -> Page:
    """Give a page as large as another on which nothing is seen, in the place of one that cannot be read."""
    return Page(number, other.frame, (), sort([], (), {}, None, number), False, False, ())  # noqa: FBT003


def _straightened(typed: Sequence[Word], turn: Turn) -> list[Word]:
    """Give words that were typed on a page where they stand on the straightened page.

    Where the paper lay sideways or upside down, a line of them is one word: its own order is not that of the page.
    """
    if turn.a < 0.7:
        lines: dict[int, list[Word]] = {}
        for word in typed:
            lines.setdefault(round(word.base), []).append(word)
        typed = [_as_one(line) for line in lines.values()]
    words = []
    for word in typed:
        left, top, right, bottom = turn.box((word.left, word.top, word.right, word.bottom))
        base = bottom - (word.bottom - word.base) * (bottom - top) / max(1.0, word.bottom - word.top)
        words.append(replace(word, left=left, top=top, right=right, bottom=bottom, base=base))
    return words


def _as_one(line: Sequence[Word]) -> Word:
    return replace(
        line[0],
        text=" ".join(word.text for word in line),
        right=max(word.right for word in line),
        top=min(word.top for word in line),
        bottom=max(word.bottom for word in line),
    )


def _together(rows: Sequence[Row]) -> Iterable[list[Row]]:
    """Give the parts of each line together."""
    lines: dict[tuple[tuple[int, int], int], list[Row]] = {}
    for row in rows:
        if row.words:
            lines.setdefault((row.strip.place, row.strip.row), []).append(row)
    return lines.values()


def _clipped(words: Sequence[Read]) -> Iterator[Read]:
    """Give words of which none reaches over the next: tesseract draws its boxes wide."""
    for word, after in pairwise(words):
        yield word._replace(right=after.left) if word.left < after.left < word.right else word
    yield from words[-1:]


def _style(row: Row, faces: Faces, thicker: float) -> Style:
    size = round(faces.size(row) * POINT, 1)
    weight = faces.weight(row, thicker)
    return Style(size, weight > 0, _PALE if weight < 0 else (0, 0, 0), space=0.25 * size)


def _word(word: Read, base: float, style: Style) -> Word:
    return Word(
        word.text,
        word.left * POINT,
        word.right * POINT,
        word.top * POINT,
        word.bottom * POINT,
        base,
        style,
        space=False,
        first=-1,
        starts_with=(word.right - word.left) * POINT / len(word.text),
        sure=min(word.sure, _MOST_SURE),
        doubt="" if word.sure > 0.5 else _("onzeker gelezen op de scan: «{words}»").format(words=word.text),
    )


def _ticked(tick: Tick, page: Scanned, words: Sequence[Word]) -> Word:
    """Give a check box as a word on the line beside it."""
    left, top, right, bottom = (edge * POINT for edge in tick[:4])
    middle = (top + bottom) / 2
    place = place_of((left + right) / 2, middle, page.grids)
    beside = [
        word
        for word in words
        if word.top - 2 <= middle <= word.bottom + 2
        and place == place_of((word.left + word.right) / 2, (word.top + word.bottom) / 2, page.grids)
    ]
    nearest = min(beside, key=lambda word: abs(word.left - right), default=None)
    style = nearest.style if nearest else Style(size=bottom - top)
    base = nearest.base if nearest else bottom
    return Word(
        tick.text,
        left,
        right,
        top,
        bottom,
        base,
        style,
        space=False,
        first=-1,
        starts_with=right - left,
        sure=_MOST_SURE,
        doubt=tick.doubt,
    )


def _scrawled(scrawl: Scrawl) -> Word:
    left, top, right, bottom = (edge * POINT for edge in scrawl[1:])
    return Word(
        UNREAD,
        left,
        right,
        top,
        bottom,
        bottom,
        Style(size=10.0),
        space=False,
        first=-1,
        starts_with=right - left,
        sure=0.0,
        doubt=_("er staat iets geschreven of getekend dat niet gelezen kon worden"),
    )
