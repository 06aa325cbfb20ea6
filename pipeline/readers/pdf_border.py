"""Take the border that a program draws around whole pages for what it is: no table, and what it holds is no cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Box
from pipeline.readers.pdf_lines import Sorted
from pipeline.readers.pdf_pages import Page

_SHARE = 0.75
"""Of the width and of the height of a page that its border takes at least."""
_ASIDE = 9.0
"""Points that the border of one page may lie aside of that of another."""


def without_borders(pages: Sequence[Page]) -> list[Page]:
    """Give pages without the borders, one in another perhaps, that most of them have at the same place.

    On a page alone only one that holds a table is known to be a border: an answer may fill a page too.
    """
    around = [_border(page) for page in pages]
    if all(number is None for number in around):
        return list(pages)
    said = sum(page.characters > 0 for page in pages)
    made = []
    for page, number in zip(pages, around, strict=True):
        if number is not None:
            box = page.grids[number].box
            alike = sum(
                other is not None and _near(box, beside.grids[other].box)
                for beside, other in zip(pages, around, strict=True)
            )
            if (alike > 1 and 2 * alike > said) or (said == 1 and len(page.grids) > 1):
                made.append(_without(page, number))
                continue
        made.append(page)
    return without_borders(made) if made != list(pages) else made


def _border(page: Page) -> int | None:
    """Give the number of the grid that may be a border of a page: one room around nearly all of it."""
    for number, grid in enumerate(page.grids):
        left, top, right, bottom = grid.box
        large = right - left > _SHARE * page.frame.width and bottom - top > _SHARE * page.frame.height
        if large and len(grid.rooms) == 1:
            return number
    return None


def _near(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _ASIDE for a, b in zip(one, other, strict=True))


def _without(page: Page, border: int) -> Page:
    """Give a page on which what stood in its border stands in no grid."""

    def renumbered(number: int) -> int:
        return number - (number > border)

    cells = {(renumbered(grid), room): lines for (grid, room), lines in page.sorted.cells.items() if grid != border}
    running = sorted((*page.sorted.running, *page.sorted.cells.get((border, 0), ())), key=lambda line: line.base)
    return replace(
        page,
        grids=tuple(grid for number, grid in enumerate(page.grids) if number != border),
        sorted=Sorted(tuple(running), cells),
        full=frozenset((renumbered(grid), room) for grid, room in page.full if grid != border),
    )
