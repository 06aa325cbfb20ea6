"""Put what the form fields of a PDF say at their place: as words on the page, and as controls."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from pipeline.document import Block, Box, Control, Location, Paragraph, Table, shows_otherwise
from pipeline.language import _
from pipeline.pdf import OPEN, TICKED, Field, Filled, Line, Remark, Remembered, is_same
from pipeline.readers.lines import struck
from pipeline.readers.omitted import beside
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_glyphs import Style
from pipeline.readers.pdf_text import Word

_LINE = 14.0
"""Points; a field higher than two of these holds several lines."""
_OVER = 2.0
"""Points by which the drawing of a field stands over its edge."""
_IN_ROW = re.compile(r"([^.=]+)\.(\d{1,6})\.([^.]+)")
"""The name of a field in a table: `acties.1.titel`, `acties.1.instrumenten=coproductie`."""
TYPED = -2
"""In the place of a mark in the structure: somebody typed it, so it is no decoration."""
_DRAWN = frozenset({"Stamp", "Ink", "Line", "Square", "Circle", "Polygon", "PolyLine", "Redact"})

Placer = Callable[[int, Box], Location]
"""Gives the place that holds a box of a page, as far as it is known."""


def with_fields(words: Sequence[Word], page: int, filled: Filled, frame: Frame) -> list[Word]:
    """Add to the words of a page what its fields say, and what was typed on it; an empty field is none.

    A program that makes the fields a part of the page and leaves them in the file has each text twice in one place:
    then the field says it, of which no letter is lost and no line broken.
    """
    _doubt_struck(words, page, filled, frame)
    added = words_on(page, filled, frame)
    _doubt_struck(added, page, filled, frame)
    if not added:
        return list(words)
    at = sorted((word.base, number) for number, word in enumerate(words))
    printed: set[int] = set()
    for said in added:
        first = bisect_left(at, (said.top - _OVER, 0))
        last = bisect_right(at, (said.bottom + _OVER, len(words)))
        inside = sorted(
            number for _base, number in at[first:last] if said.left - _OVER <= words[number].left < said.right
        )
        if not inside:
            continue
        for run, cut in ((_run(words, inside[0], said.text), False), (inside, said.bottom - said.top >= 2 * _LINE)):
            if is_same(" ".join(words[number].text for number in run), said.text, cut=cut):
                printed.update(run)
                break
    return [word for number, word in enumerate(words) if number not in printed] + added


def doubt_typed_over(words: Iterable[Word], page: int, filled: Filled, frame: Frame, rooms: Sequence[Box]) -> None:
    """Doubt what was typed on a page in a cell in which something is printed: it may stand in its place."""
    words = list(words)
    for remark in filled.remarks:
        if remark.page != page or not is_typed(remark) or not remark.text.strip():
            continue
        box = frame.box(*remark.box)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        around = min((room for room in rooms if _holds(room, x, y)), key=_area, default=None)
        said = [word for word in words if around and _holds(around, (word.left + word.right) / 2, word.base)]
        if any(word.style.mark != TYPED for word in said):
            for word in said:
                word.doubt = word.doubt or _("Op het blad is iets getypt bij wat er al stond; zie na wat geldt.")


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _doubt_struck(words: Iterable[Word], page: int, filled: Filled, frame: Frame) -> None:
    """Doubt the words through which somebody drew a line in a viewer."""
    boxes = [frame.box(*each.box) for each in filled.remarks if each.page == page and is_line_through(each)]
    for word in words if boxes else ():
        if any(_crosses(box, (word.left, word.top, word.right, word.bottom)) for box in boxes):
            word.doubt = word.doubt or struck()


def _crosses(line: Box, said: Box) -> bool:
    """Tell whether the box of a line drawn through words holds the middle of these, or of a field the line its middle.

    A viewer draws the line over the words of a field, which need not fill it.
    """
    x, y = (said[0] + said[2]) / 2, (said[1] + said[3]) / 2
    return _holds(line, x, y) or _holds(said, (line[0] + line[2]) / 2, (line[1] + line[3]) / 2)


def _run(words: Sequence[Word], start: int, text: str) -> Sequence[int]:
    """Give the numbers of the words that were printed one after the other, as many as a text has letters."""
    left = len("".join(text.split()))
    end = start
    while left > 0 and end < len(words):
        left -= len(words[end].text)
        end += 1
    return range(start, end)


def words_on(page: int, filled: Filled, frame: Frame) -> list[Word]:
    """Give what the fields of a page say, and what was typed on it, as words at their place; an empty field is none."""
    said = [(field.text, field.box, _doubt(field)) for field in filled.fields if field.page == page and field.box]
    said += [(remark.text, remark.box, "") for remark in filled.remarks if remark.page == page and is_typed(remark)]
    words = []
    for raw, box, doubt in said:
        text = raw.strip()
        if not text:
            continue
        left, top, right, bottom = frame.box(*box)
        height = bottom - top
        base = bottom - 0.22 * height if height < 2 * _LINE else top + _LINE
        size = min(height, _LINE) * 0.75
        letter = (right - left) / len(text)
        style = Style(size=size, mark=TYPED)
        words.append(Word(text, left, right, top, bottom, base, style, False, -1, letter, doubt=doubt))  # noqa: FBT003
    return words


def _doubt(field: Field) -> str:
    """Say what a field shows where it shows another text than it holds, and no script of the file makes it so."""
    if not field.drawn or field.formatted or field.checked is not None:
        return ""
    return shows_otherwise(field.text, field.drawn)


def is_typed(remark: Remark) -> bool:
    """Tell whether a remark is text that stands on the page for all to see."""
    return remark.kind == "FreeText"


def is_drawn(remark: Remark) -> bool:
    """Tell whether a remark is a picture that may say something: a stamp, a scrawl, a circle around a choice."""
    return remark.kind in _DRAWN


def put_on(page: int, filled: Filled, frame: Frame) -> list[Box]:
    """Give where something was put on a page with the tools of a viewer, but for the signs of notes."""
    return [frame.box(*each.box) for each in filled.remarks if each.page == page and each.kind != "Text"]


def is_line_through(remark: Remark) -> bool:
    """Tell whether a remark draws a line through the words under it."""
    return remark.kind == "StrikeOut"


def unseen(filled: Filled, source: str) -> list[Paragraph]:
    """Give the notes beside the text, and the fields that hold something and show it nowhere: they are no answers."""
    noted = [
        beside(source, each.text, each.page) for each in filled.remarks if each.text.strip() and not is_typed(each)
    ]
    place = _("verborgen invulveld")
    return noted + [
        Paragraph("", Location(source, part=place, control=name), hidden=f"{name}: {text}")
        for name, text in filled.hidden
    ]


def not_read(filled: Filled) -> list[str]:
    """Say which drawings somebody put on the pages."""
    told = {"Stamp": _("een stempel op pagina {page}"), "Ink": _("een tekening met de hand op pagina {page}")}
    shape = _("een getekende lijn of vorm op pagina {page}")
    drawn = (told.get(remark.kind, shape).format(page=remark.page) for remark in filled.remarks if is_drawn(remark))
    return list(dict.fromkeys(drawn))


def spots_of(fields: Iterable[tuple[int, Box | None]], frames: Sequence[Frame], placed: Placer) -> list[Location]:
    """Give where each field stands, by its page and its box there; of which file it is, and its name, come to it."""
    spots = []
    for page, edges in fields:
        if not page or edges is None:
            spots.append(Location(page=page or None))
            continue
        box = frames[page - 1].box(*edges)
        near = placed(page, box)
        spots.append(Location("", near.heading, "", page, box, near.table, near.row, near.column))
    return spots


def controls_of(filled: Filled, spots: Iterable[Location], source: str) -> tuple[Control, ...]:
    """Give a control for each field.

    A field in a row of a table gets the tag that it has in Word, with the number of its row as its item.

    Args:
        filled: what was filled in.
        spots: where each field stands.
        source: the name of the file.
    """
    controls: list[Control] = []
    contrary = {
        TICKED: _("Het veld zegt dat het vakje leeg is, maar op het blad is het aangekruist; zie na wat bedoeld is."),
        OPEN: _("Het veld zegt dat het vakje aangekruist is, maar op het blad is het leeg; zie na wat bedoeld is."),
    }
    through: dict[int, list[Box]] = defaultdict(list)
    for remark in filter(is_line_through, filled.remarks):
        through[remark.page].append(remark.box)
    for (name, title, kind, text, checked, page, edges, drawn, _formatted), at in zip(
        filled.fields, spots, strict=True
    ):
        location = Location(source, at.heading, "", at.page, at.box, at.table, at.row, at.column, None, name)
        doubt = ""
        if page in through and edges is not None and any(_crosses(line, edges) for line in through[page]):
            doubt = struck()
        tag, group, item = _ROWS[name] if "." in name else (name, "", None)
        if drawn and checked is not None:
            doubt, drawn = contrary[drawn], ""  # noqa: PLW2901 - told
        controls.append(
            Control(tag, title, kind, text, location, checked, False, group, item, 0, "", "", doubt, drawn)  # noqa: FBT003 - none shows a placeholder
        )
    return tuple(controls)


def _in_row(name: str) -> tuple[str, str, int | None]:
    """Give the tag of a field, and of which table and row it is; with neither where it is of no row."""
    found = _IN_ROW.fullmatch(name)
    return (f"{found[1]}.{found[3]}", found[1], int(found[2])) if found else (name, "", None)


_ROWS = Remembered(_in_row, 100_000)


def in_cells(blocks: Iterable[Block]) -> Placer:
    """Find places among the cells of the tables that were read; the innermost cell holds a box."""
    cells: dict[int, list[Location]] = defaultdict(list)
    _collect(blocks, cells)

    def placed(page: int, box: Box) -> Location:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return next((cell for cell in reversed(cells[page]) if _holds(cell.box, x, y)), Location())

    return placed


def under_headings(headings: Sequence[Line]) -> Placer:
    """Find places by the heading above them, in reading order."""
    starts = [(line.page, line.top) for line in headings]
    around = [Location(), *(Location(heading=line.text) for line in headings)]

    def placed(page: int, box: Box) -> Location:
        return around[bisect_right(starts, (page, box[1]))]

    return placed


def _collect(blocks: Iterable[Block], cells: dict[int, list[Location]]) -> None:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    cells[cell.location.page or 0].append(cell.location)
                    _collect((each for each in cell.blocks if not isinstance(each, Paragraph)), cells)


def _holds(box: Box | None, x: float, y: float) -> bool:
    return box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]
