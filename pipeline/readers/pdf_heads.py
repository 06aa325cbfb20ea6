"""Tell the running heads and feet of pages from what was written on them, and the numbers that these bear."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from statistics import median
from typing import NamedTuple

from pipeline.readers.pdf_fields import TYPED
from pipeline.readers.pdf_frame import Frame
from pipeline.readers.pdf_lines import Line, Sorted
from pipeline.readers.pdf_pages import Page

_EDGE = 0.13
"""Share of the page, at its top and at its foot, where running heads stand."""
_PAGE_NUMBER = re.compile(
    r"(?:\b(?:pagina|blz\.?|bladzijde|page|p\.)\s*(?P<page>\d+)(?:\s*(?:van|/|de|von|of)\s*(?P<pages>\d+))?"
    r"|(?:^|(?<=\s)(?=\d+/))(?P<number>\d+)\s*(?:van|/|de|von|of)\s*(?P<count>\d+))$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LONGEST = 12
"""Digits of a number that is stamped on each page, at most."""
_COUNTED = "€%"
"""Signs beside a number that is no page's."""
_MARGIN = 0.1
"""Share of the page, at its top and at its foot, where it is numbered."""
_FEWEST = 3
"""Pages that are numbered in words of their own, from which it is known that they are."""
_LEVEL = 1.0
"""Points by which the height of a line may differ from page to page."""
_ASIDE = 9.0
"""Points that a running head may stand aside of that on another page of a scan: paper does not lie alike twice."""
_ALIKE = 80
"""Of 100, how like each other two readings of a running head are at least."""


def without_heads(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Take the running heads and feet out of the running text of all pages.

    They are the lines near the edge of the page that say the same at the same place on several pages,
    and those that number the page. On a scan no page is read quite as another, nor lies quite as it.
    """
    seen: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        seen.update({_fingerprint(line) for line in page.sorted.running if _at_edge(line, page)})
    least = max(2, (len(pages) * 2 + 4) // 5)
    outer = [line for page in pages if page.lies is not None for line in _outermost(page)]
    done = []
    for page in pages:
        heads: list[Line] = []
        running: list[Line] = []
        for line in page.sorted.running:
            is_head = _at_edge(line, page) and (
                seen[_fingerprint(line)] >= least
                or _numbers(line, page.number, len(pages))
                or _artifact(line, page)
                or (line in outer and sum(_is_alike(line, other) for other in outer) >= least)
            )
            (heads if is_head else running).append(line)
        done.append(_with_heads(page, running, heads))
    while counted := _counting(done):  # two of them may stand under each other
        done = list(map(_shed, done, counted))
    return tuple(map(_shed, done, _above(done)))


def _shed(page: Page, lines: Sequence[Line]) -> Page:
    """Take lines out of the running text of a page, as heads."""
    if not lines:
        return page
    running = [line for line in page.sorted.running if line not in lines]
    return _with_heads(page, running, [*page.heads, *lines])


def _with_heads(page: Page, running: Sequence[Line], heads: Sequence[Line]) -> Page:
    return replace(page, sorted=Sorted(tuple(running), page.sorted.cells), heads=tuple(heads))


def _counting(pages: Sequence[Page]) -> list[list[Line]]:
    """Find the lines that number the pages in any words: «3», «- 3 -», «GENT000003», «formulier.docx, 12/03/2022, 3».

    All they say is the same on several pages, at the same height and with nothing beyond it, but for one number that
    rises by one with each page.

    Returns:
        Those of each page; nothing when no page has one.
    """
    alike: dict[_Count, list[_Counted]] = defaultdict(list)
    for place, page in enumerate(pages):
        for line in _beyond_all(page):
            for count in _counts(line, place, page):
                alike[count].append(_Counted(place, line, _depth(line, page)))
    found: list[list[Line]] = [[] for _page in pages]
    for count, lines in alike.items():
        least = 2 if count.is_bare else _FEWEST
        for counted in lines:
            near = _ASIDE if pages[counted.place].lies is not None else _LEVEL
            level = {other.place for other in lines if abs(other.depth - counted.depth) <= near}
            if len(level) >= least and counted.line not in found[counted.place]:
                found[counted.place].append(counted.line)
    return found if any(found) else []


class _Count(NamedTuple):
    """What a line says that may number its page."""

    before: str
    after: str
    first: int
    """The number that the first page would bear."""
    foot: bool

    @property
    def is_bare(self) -> bool:
        """It says nothing but the number, and none of what is counted."""
        return not any(sign.isalnum() or sign in _COUNTED for sign in self.before + self.after)


class _Counted(NamedTuple):
    """A line that may number its page."""

    place: int
    line: Line
    depth: float
    """How far from the edge of the page it stands."""


def _counts(line: Line, place: int, page: Page) -> Iterator[_Count]:
    """Give each way in which a line may number the page at a place, from 0."""
    for digits in _DIGITS.finditer(line.text):
        if len(digits.group()) > _LONGEST:
            continue
        before, after = line.text[: digits.start()], line.text[digits.end() :]
        count = _Count(before, after, int(digits.group()) - place, is_foot(line, page))
        if count.foot or count.is_bare or not _is_title(line, page):
            yield count


def _is_title(line: Line, page: Page) -> bool:
    """Tell whether a line at the head of a page may be a title: forms put each action on a page of its own."""
    lines = chain(page.sorted.running, *page.sorted.cells.values())
    return line.style.bold or line.style.size > median(each.style.size for each in lines)


def _beyond_all(page: Page) -> list[Line]:
    """Give the lines at the head and the foot of a page beyond which it says nothing else."""
    boxes = [(grid.box[1], grid.box[3]) for grid in page.grids]
    boxes += [(line.base, line.base) for line in page.sorted.running]
    if not boxes:
        return []
    highest, lowest = min(top for top, _bottom in boxes), max(bottom for _top, bottom in boxes)
    return [
        line
        for line in page.sorted.running
        if _depth(line, page) <= _MARGIN * page.frame.height
        and (line.base >= lowest - _LEVEL if is_foot(line, page) else line.base <= highest + _LEVEL)
    ]


def _above(pages: Sequence[Page]) -> list[list[Line]]:
    """Find the lines that stand on a printed page above a table that a page break cut: a stamp, a remark.

    Those of the first page cut nothing, and may be its letterhead. On a page without such a table they are its text:
    where empty lines stand above the tables of other pages, text begins higher than those.

    Returns:
        Those of each page.
    """
    if any(page.lies is not None for page in pages):
        return [[] for _page in pages]
    alike: dict[Frame, list[Page]] = defaultdict(list)
    for page in pages:
        alike[page.frame].append(page)
    tops = {frame: _text_top(those) + _LEVEL for frame, those in alike.items()}
    return [
        [line for line in page.sorted.running if line.base <= tops[page.frame]]
        if place and _tables_top(page) <= tops[page.frame]
        else []
        for place, page in enumerate(pages)
    ]


def _text_top(pages: Sequence[Page]) -> float:
    """Give the height from which the text of pages begins; 0 where it is not known.

    It is that of the tables with which several pages begin: page breaks cut them there.
    """
    tops = list(map(_tables_top, pages))
    highest = min(tops)
    begun = [
        page
        for page, top in zip(pages, tops, strict=True)
        if top <= highest + _LEVEL and all(line.base > top for line in page.sorted.running)
    ]
    return highest if len(begun) > 1 else 0.0


def _tables_top(page: Page) -> float:
    return min((grid.box[1] for grid in page.grids), default=page.frame.height)


def _depth(line: Line, page: Page) -> float:
    return page.frame.height - line.base if is_foot(line, page) else line.base


def number_on(page: Page) -> tuple[int, int] | None:
    """Give the number that a page prints on itself, and of how many; None when neither its head nor its foot ends so.

    A foot may run over two lines.
    """
    for foot in (True, False):
        lines = [line for line in (*page.heads, *page.sorted.running) if _at_edge(line, page)]
        lines = sorted((line for line in lines if is_foot(line, page) is foot), key=lambda line: line.base)
        found = _number_in(" ".join(line.text.strip() for line in lines))
        count = found and (found["pages"] or found["count"])
        if found and count:
            return int(found["page"] or found["number"]), int(count)
    return None


def _outermost(page: Page) -> list[Line]:
    """Give the first and the last line of a scanned page, where they stand at its edge."""
    lines = [line for line in page.sorted.running if _at_edge(line, page)]
    ends = [min(lines, key=lambda line: line.base), max(lines, key=lambda line: line.base)] if lines else []
    return ends[: len(lines)]


def _is_alike(line: Line, other: Line) -> bool:
    """Tell whether two lines of scanned pages say the same at the same place; titles differ in their number."""
    from rapidfuzz import fuzz

    near = abs(line.base - other.base) <= _ASIDE and abs(line.left - other.left) <= _ASIDE
    return (
        near
        and _DIGITS.findall(line.text) == _DIGITS.findall(other.text)
        and fuzz.ratio(line.text, other.text) >= _ALIKE
    )


def is_foot(line: Line, page: Page) -> bool:
    """Tell whether a running head stands at the foot of its page."""
    return line.base > page.frame.height / 2


def _at_edge(line: Line, page: Page) -> bool:
    return line.base < _EDGE * page.frame.height or line.base > (1 - _EDGE) * page.frame.height


def _artifact(line: Line, page: Page) -> bool:
    """In a tagged file, what belongs to no element is decoration."""
    return page.tagged and line.tag is None and line.style.mark != TYPED


def _numbers(line: Line, page: int, pages: int) -> bool:
    """Tell whether a line ends in the number of its own page; a date or «3 van de 5» in a text does not."""
    found = _number_in(line.text.strip())
    if found is None:
        return False
    number, count = found["page"] or found["number"], found["pages"] or found["count"]
    return int(number) == page and (count is None or int(count) == pages)


def _fingerprint(line: Line) -> tuple[str, int, int]:
    text = _DIGITS.sub("#", line.text) if _number_in(line.text.strip()) else line.text
    return text, round(line.base / 3), round(line.left / 3)


def _number_in(text: str) -> re.Match[str] | None:
    """Find the number of a page at the end of a text without white space around it."""
    return _PAGE_NUMBER.search(text) if text[-1:].isdecimal() else None
