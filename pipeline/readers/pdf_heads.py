"""Tell the running heads and feet of pages from what was written on them, and the numbers that these bear."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.language import _
from pipeline.readers.pdf_counting import ASIDE, LEVEL, counting, is_foot, may_count
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
    while counted := counting(done):  # two of them may stand under each other
        done = list(map(_shed, done, counted))
    why = _("dit getal is misschien het nummer van de bladzijde, misschien hoort het bij de tekst erboven of eronder")
    done = [_doubted(page, lines, why) for page, lines in zip(done, may_count(done), strict=True)]
    why = _("dit is misschien boven aan de bladzijde gestempeld, misschien hoort het bij de tekst van de vorige")
    after_text = [False, *map(_ends_in_text, done)]
    return tuple(
        _doubted(page, lines, why) if goes_on else _shed(page, lines)
        for page, lines, goes_on in zip(done, _above(done), after_text, strict=False)
    )


def _shed(page: Page, lines: Sequence[Line]) -> Page:
    """Take lines out of the running text of a page, as heads."""
    if not lines:
        return page
    running = [line for line in page.sorted.running if line not in lines]
    return _with_heads(page, running, [*page.heads, *lines])


def _doubted(page: Page, lines: Sequence[Line], why: str) -> Page:
    """Doubt lines of the running text of a page that may be none of it."""
    if not lines:
        return page
    running = [replace(line, doubt=line.doubt or why) if line in lines else line for line in page.sorted.running]
    return _with_heads(page, running, page.heads)


def _with_heads(page: Page, running: Sequence[Line], heads: Sequence[Line]) -> Page:
    return replace(page, sorted=Sorted(tuple(running), page.sorted.cells), heads=tuple(heads))


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
    tops = {frame: _text_top(those) + LEVEL for frame, those in alike.items()}
    return [
        [line for line in page.sorted.running if line.base <= tops[page.frame]]
        if place and _tables_top(page) <= tops[page.frame]
        else []
        for place, page in enumerate(pages)
    ]


def _ends_in_text(page: Page) -> bool:
    """Tell whether a page ends in running text, which may go on at the top of the next."""
    lowest = max((grid.box[3] for grid in page.grids), default=0.0)
    return any(line.base > lowest for line in page.sorted.running)


def _text_top(pages: Sequence[Page]) -> float:
    """Give the height from which the text of pages begins; 0 where it is not known.

    It is that of the tables with which several pages begin: page breaks cut them there.
    """
    tops = list(map(_tables_top, pages))
    highest = min(tops)
    begun = [
        page
        for page, top in zip(pages, tops, strict=True)
        if top <= highest + LEVEL and all(line.base > top for line in page.sorted.running)
    ]
    return highest if len(begun) > 1 else 0.0


def _tables_top(page: Page) -> float:
    return min((grid.box[1] for grid in page.grids), default=page.frame.height)


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

    near = abs(line.base - other.base) <= ASIDE and abs(line.left - other.left) <= ASIDE
    return (
        near
        and _DIGITS.findall(line.text) == _DIGITS.findall(other.text)
        and fuzz.ratio(line.text, other.text) >= _ALIKE
    )


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
