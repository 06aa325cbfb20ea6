"""Find the lines that number the pages of a print in any words: «3», «- 3 -», «GENT000003», «Stad Gent, 3»."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from statistics import median
from typing import NamedTuple

from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_pages import Page

_DIGITS = re.compile(r"\d+")
_LONGEST = 12
"""Digits of a number that is stamped on each page, at most."""
_COUNTED = "€%"
"""Signs beside a number that is no page's."""
_RIGHT = 0.8
"""Share of the width of a page behind which a number may stand at its right edge; one as far from the left, at that."""
_MOST_PAGES = 500
"""Of a file, and of the bundle that it may be a part of."""
_NAMES_PAGE = re.compile(r"\b(?:vel|blad|bladzijde|blz|pagina|pag|p|page|folio|seite)\.?\s*:?\s*$", re.IGNORECASE)
_LABELLED = re.compile(r":\s")
_NUMBERED = re.compile(r"[.)]\s+\w")
"""A point or a bracket between a number and words, as of the questions of a form."""
_IN_DATE = re.compile(r"\d[/.-]#|#[/.-]\d")
"""A number, at the cross, that is a part of a date or of a larger number."""
_MARGIN = 0.1
"""Share of the page, at its top and at its foot, where it is numbered in words of its own: less than where running
heads say all the same, for little else tells such a line from an answer."""
_FEWEST = 3
"""Pages that are numbered in words of their own, from which it is known that they are."""
_LEADING = 1.9
"""Sizes of the letters that two lines of a text are apart at most."""
LEVEL = 1.0
"""Points by which the height of a line may differ from page to page."""
ASIDE = 9.0
"""Points that a running head may stand aside of that on another page of a scan: paper does not lie alike twice."""


def counting(pages: Sequence[Page]) -> list[list[Line]]:
    """Find the lines that number the pages in any words: «3», «- 3 -», «GENT000003», «formulier.docx, 12/03/2022, 3».

    All they say is the same on several pages, at the same height and with nothing beyond it, but for one number that
    rises by one with each page.

    Returns:
        Those of each page; nothing when no page has one.
    """
    found: list[list[Line]] = [[] for _page in pages]
    for counted, sure in _numbering(pages):
        if sure and counted.line not in found[counted.place]:
            found[counted.place].append(counted.line)
    return found if any(found) else []


def may_count(pages: Sequence[Page]) -> list[list[Line]]:
    """Find the numbers on two pages that may be those of the pages, or stand there as the next lines of a text.

    Returns:
        Those of each page.
    """
    found: list[list[Line]] = [[] for _page in pages]
    for counted, sure in _numbering(pages):
        if not sure:
            found[counted.place].append(counted.line)
    return found


def _numbering(pages: Sequence[Page]) -> Iterator[tuple[_Counted, bool]]:
    """Give the lines that number the pages, and whether that is certain."""
    alike: dict[_Count, list[_Counted]] = defaultdict(list)
    for place, page in enumerate(pages):
        for line in _beyond_all(page):
            for count in _counts(line, place, page):
                alike[count].append(_Counted(place, line, _depth(line, page)))
    for count, lines in alike.items():
        least = 2 if len(pages) <= _FEWEST and (count.is_bare or count.is_own) else _FEWEST
        for counted in lines:
            near = ASIDE if pages[counted.place].lies is not None else LEVEL
            level = {other.place: other.line for other in lines if abs(other.depth - counted.depth) <= near}
            if len(level) >= least:
                sure = len(level) >= _FEWEST or not all(_is_next(line, pages[place]) for place, line in level.items())
                yield counted, sure


class _Count(NamedTuple):
    """What a line says that may number its page."""

    before: str
    after: str
    first: int
    """The number that the first page would bear."""
    foot: bool
    apart: bool
    """The number stands apart from its words, at the edge of the page."""

    @property
    def is_own(self) -> bool:
        """It is that of its page, apart from the words of a foot."""
        return self.apart and self.foot and self.first == 1

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
        apart = _is_set_apart(digits.group(), line, page)
        if not apart and not _may_number(before, digits.group(), after):
            continue
        count = _Count(before, after, int(digits.group()) - place, is_foot(line, page), apart)
        if count.foot or count.is_bare or not _is_title(line, page):
            yield count


def _may_number(before: str, digits: str, after: str) -> bool:
    """Tell whether a number in a line may be that of its page: it is stamped with noughts, or stands apart from words.

    An answer in words goes on to its number («Partner 3»), or has a label before it; and no form has so many pages that
    its number is that of a year.
    """
    if _NAMES_PAGE.search(before):
        return True
    if _LABELLED.search(before) or _NUMBERED.match(after) or _IN_DATE.search(f"{before[-2:]}#{after[:2]}"):
        return False
    if digits.startswith("0") and len(digits) > 1:
        return True
    return int(digits) <= _MOST_PAGES and not before.rstrip()[-1:].isalnum() and not after.lstrip()[:1].isalnum()


def _is_set_apart(digits: str, line: Line, page: Page) -> bool:
    """Tell whether a line has at the edge of its page a number apart: «Stad Gent          3», «3          Stad Gent».

    At the head such a number on the left may be that of a question.
    """
    if line.right > _RIGHT * page.frame.width and line.text.endswith(digits) and line.opening.endswith(f"… {digits}"):
        return True
    left = line.left < (1 - _RIGHT) * page.frame.width and is_foot(line, page)
    return left and line.opens and line.text.startswith(f"{digits} ") and not line.opening


def _is_next(line: Line, page: Page) -> bool:
    """Tell whether a line stands below a line of text, or above one at the head, as the next of that text would."""
    foot = is_foot(line, page)
    inner = [other for other in page.sorted.running if other is not line and (other.base < line.base) is foot]
    away, left = min(((abs(other.base - line.base), other.left) for other in inner), default=(float("inf"), 0.0))
    return away <= _LEADING * line.style.size and abs(left - line.left) <= LEVEL


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
        and (line.base >= lowest - LEVEL if is_foot(line, page) else line.base <= highest + LEVEL)
    ]


def _depth(line: Line, page: Page) -> float:
    return page.frame.height - line.base if is_foot(line, page) else line.base


def is_foot(line: Line, page: Page) -> bool:
    """Tell whether a running head stands at the foot of its page."""
    return line.base > page.frame.height / 2
