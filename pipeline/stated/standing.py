"""Where on the pages of a paper a text stands: on one or more, or running on from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pdf import PageText, bare


@dataclass(frozen=True, slots=True)
class OnPage:
    """A text, or a piece of it, on one page."""

    page: int
    """From 1."""
    times: int = 0
    """How often the whole text stands there."""
    characters: int = 0
    """Of a text that runs on: how many of its characters stand here."""


def find(pages: Sequence[PageText], text: str) -> tuple[OnPage, ...]:
    """Find a text that is known to be printed; nothing when its letters cannot be found on the pages."""
    wanted = bare(text)
    if not wanted:
        return ()
    whole = tuple(
        OnPage(number, times=page.text.count(wanted))
        for number, page in enumerate(pages, start=1)
        if wanted in page.text
    )
    if whole:
        return whole
    return next((found for first in range(len(pages)) if (found := _running(pages, first, wanted))), ())


def _running(pages: Sequence[PageText], first: int, wanted: str) -> tuple[OnPage, ...]:
    """Find a text that begins on a page and runs on over the next ones."""
    found = []
    for number in range(first, len(pages)):
        here = _begins(pages[number].text, wanted)
        if not here:
            return ()
        found.append(OnPage(number + 1, characters=here))
        wanted = wanted[here:]
        if not wanted:
            return tuple(found)
    return ()


def _begins(page: str, wanted: str) -> int:
    """Give how many of the first characters of a text stand together on a page."""
    least, most = 0, len(wanted)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if wanted[:middle] in page else (least, middle - 1)
    return least


def stands(pages: Sequence[PageText], text: str, places: Sequence[OnPage]) -> int:
    """Give the first page that does not hold a text as it is said to, or 0."""
    wanted = bare(text)
    if sum(place.characters for place in places) not in (0, len(wanted)):
        return places[0].page
    for place in places:
        piece, wanted = (
            (wanted[: place.characters], wanted[place.characters :]) if place.characters else (wanted, wanted)
        )
        if place.page > len(pages):
            return place.page
        times = pages[place.page - 1].text.count(piece)
        if not piece or (times != place.times if place.times else times == 0):
            return place.page
    return 0
