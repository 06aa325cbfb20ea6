"""Put the words of a page on lines, in the cell or the running text to which they belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from operator import attrgetter

from pipeline.document import Box
from pipeline.language import _
from pipeline.readers.pdf_glyphs import Glyphs, Style
from pipeline.readers.pdf_grid import Grid
from pipeline.readers.pdf_marked import stretches
from pipeline.readers.pdf_narrow import hanging, wrapped_labels
from pipeline.readers.pdf_rooms import NOWHERE, Place, Rooms
from pipeline.readers.pdf_tags import Tag
from pipeline.readers.pdf_text import NARROW_GAP, Word, glued, is_spaced, split, touch, width
from pipeline.readers.symbols import has_open_box
from pipeline.records import record

_BREAKS_AFTER = re.compile("[-–—…\u00ad\u200b]")
_SAME_LINE = 0.45
"""Baselines nearer than this share of the font size are one line (superscripts included)."""
_SURELY_SAME_LINE = _SAME_LINE * 4.0
"""Points; that share of the smallest text."""
_BY_BASE, _BY_LEFT = attrgetter("base"), attrgetter("left", "first")
_COLUMN_GAP = 2.5
"""Sizes of the text that an opening between two words has at least to look like one between columns."""
_OVER = 0.2
"""Of the size of the text: how far a word may reach into the next."""
_BULLET = 3
"""Letters that a bullet or number before a tab has at most."""
_BOXES = "☐☒☑□■"


@record
class Line:
    """A line of text."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    style: Style
    """Of its first word."""
    end: Style
    """Of its last word."""
    space: bool
    """A space was printed at its end: it was wrapped, and no word is broken there."""
    starts_with: float
    """Width of its first character."""
    first_word: float
    """Width of its first word."""
    first_piece: float
    """Width of its first word, up to the first place where it might be broken."""
    last_word: float
    """Width of its last word."""
    words: int
    page: int
    apart: bool
    """It ends in a hyphen that is drawn apart."""
    tag: Tag | None
    """Its place in the structure tree, when the file is tagged."""
    opens: bool
    """It has an opening as wide as between columns, whatever explains it."""
    opening: str
    """The words on both sides of a wide opening in it, as between columns without rulings; empty when none."""
    sure: float
    """How sure it is that all its words were read well."""
    doubt: str
    """Why one of its words may not say what was written."""
    marked: str
    """The words that stand out, each stretch on a line; bold ones only where it has an empty box."""

    @property
    def scanned(self) -> bool:
        """It was read from a picture, where no space can be seen at its end."""
        return self.sure < 1

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class Sorted:
    """The words of a page, on lines."""

    running: tuple[Line, ...]
    cells: dict[Place, tuple[Line, ...]]


def sort(
    words: Sequence[Word],
    grids: tuple[Grid, ...],
    tags: dict[int, Tag],
    glyphs: Glyphs | None,
    page: int,
    drawn: frozenset[int] = frozenset(),
) -> Sorted:
    """Put words on lines, each in its cell or in the running text.

    A word that runs over the ruling between two cells is split there, but for one without characters to look at.
    Highlighted and underlined words beside a box are those of which the first character is among `drawn`.
    """
    running: list[Word] = []
    cells: dict[Place, list[Word]] = {}
    rooms, held = Rooms(grids), running
    left, top, right, bottom = NOWHERE
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.base) / 2
        if left <= x < right and top <= y < bottom and left - 1 <= word.left and word.right <= right + 1:
            held.append(word)  # as most: it stands in the room of a word before
            continue
        place = rooms.place(x, y)
        if place is None:
            running.append(word)
        elif glyphs is None or word.first < 0 or rooms.holds(place, word):
            held = cells.setdefault(place, [])
            held.append(word)
            left, top, right, bottom = rooms.own(place)
        else:
            for piece in _split(word, grids[place[0]], glyphs):
                place = rooms.place((piece.left + piece.right) / 2, (piece.top + piece.base) / 2)
                (running if place is None else cells.setdefault(place, [])).append(piece)

    def make(line: list[Word]) -> Line:
        return _line(line, tags, glyphs, page, drawn)

    typed = glyphs is not None and not tags
    return Sorted(
        tuple(_running(running, make) if typed else map(make, _lines(running))),
        {
            place: tuple(_boxed(held, make) if typed and len(grids[place[0]].rooms) == 1 else map(make, _lines(held)))
            for place, held in cells.items()
        },
    )


def _split(word: Word, grid: Grid, glyphs: Glyphs) -> list[Word]:
    """Split a word where it runs over the rulings between cells."""
    y = (word.top + word.base) / 2
    edges = [
        x
        for x in grid.xs
        if word.left + 1 < x < word.right - 1 and grid.room_at(x - 0.1, y) != grid.room_at(x + 0.1, y)
    ]
    return split(glyphs, word, edges) if edges else [word]


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    line: list[Word] = []
    base = float("-inf")
    for word in sorted(words, key=_BY_BASE):
        step = word.base - base
        if step < _SURELY_SAME_LINE or (
            line and step < _SAME_LINE * max(word.style.size, word.base - word.top, line[-1].style.size)
        ):
            line.append(word)
        else:
            line = [word]
            lines.append(line)
        base = word.base
    return [sorted(line, key=_BY_LEFT) if len(line) > 1 else line for line in lines]


def _running(words: list[Word], make: Callable[[list[Word]], Line]) -> list[Line]:
    """Give the lines of running text; labels that may be wrapped beside an opening are told with it."""
    lines = _lines(words)
    made = list(map(make, lines))
    for number, opening in wrapped_labels(lines).items():
        made[number] = replace(made[number], opening=made[number].opening or opening)
    return made


def _boxed(words: list[Word], make: Callable[[list[Word]], Line]) -> list[Line]:
    """Give the lines in a box, all doubtful where it is one around a table without rulings."""
    made = _running(words, make)
    opening = next((line.opening for line in made if line.opening), "") or hanging(_lines(words))
    return [replace(line, doubt=line.doubt or between_columns(opening)) for line in made] if opening else made


def between_columns(opening: str) -> str:
    """Say that an opening in a line may stand between two columns."""
    return _("op één regel staat een brede opening, misschien tussen twee kolommen: «{words}»").format(words=opening)


def _line(words: list[Word], tags: dict[int, Tag], glyphs: Glyphs | None, page: int, drawn: frozenset[int]) -> Line:
    first = before = words[0]
    right, top, bottom, sure, doubt = first.right, first.top, first.bottom, first.sure, first.doubt
    size = smallest = first.style.size
    base, widest, narrowest = first.base, 0.0, float("inf")
    for word in islice(words, 1, None):  # once over all that is asked of each of them
        gap, own = word.left - before.right, word.style.size
        if gap < narrowest:
            narrowest = gap
        if gap > widest:
            widest = gap
        if own > size:
            size, base = own, word.base
        elif own < smallest:
            smallest = own
        if word.right > right:
            right = word.right
        if word.top < top:
            top = word.top
        if word.bottom > bottom:
            bottom = word.bottom
        sure *= word.sure
        doubt = doubt or word.doubt
        before = word
    if narrowest < NARROW_GAP * size and glyphs is not None and any(map(touch, words, words[1:])):
        # a letter of another font is drawn apart
        together = glued(words, glyphs)
        if len(together) < len(words):
            return _line(together, tags, glyphs, page, drawn)
    last = before
    piece = first_word = first.right - first.left
    if not first.text.isalnum() and (found := _BREAKS_AFTER.search(first.text, 0, max(0, len(first.text) - 1))):
        piece = width(glyphs, first, found.end())
    text = " ".join([word.text for word in words])
    return Line(
        text,
        first.left,
        right,
        top,
        bottom,
        base,
        first.style,
        last.style,
        is_spaced(last, glyphs),
        first.starts_with,
        first_word,
        piece,
        last.right - last.left,
        len(words),
        page,
        last.apart,
        tags.get(first.style.mark),
        widest > _COLUMN_GAP * smallest,
        _opening(words) if widest > _COLUMN_GAP * smallest else "",
        sure,
        doubt or (_overlap_of(words) if narrowest < 0 else ""),
        "\n".join(stretches(words, drawn)) if drawn or has_open_box(text) else "",
    )


def _overlap_of(words: list[Word]) -> str:
    """Say which words are printed over each other: their order is not known, nor whether both are meant."""
    for before, after in pairwise(words):
        over = before.right - after.left
        if over > _OVER * min(before.style.size, after.style.size) and not before.style.invisible:
            return _("woorden staan over elkaar gedrukt: «{before}» en «{after}»; kijk op de bladzijde").format(
                before=before.text, after=after.text
            )
    return ""


def _opening(words: list[Word]) -> str:
    """Find a wide opening between two words that no label, bullet, number or box explains."""
    for before, after in pairwise(words):
        if after.left - before.right > _COLUMN_GAP * before.style.size:
            explained = before.text.endswith(":") or (before is words[0] and len(before.text) <= _BULLET)
            boxed = before.text[-1] in _BOXES or after.text[0] in _BOXES
            if not explained and not boxed:
                return f"{before.text} … {after.text}"
    return ""
