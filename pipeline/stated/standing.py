"""Where on the pages of a paper a text stands: on one or more, or running on from one to the next.

A page holds letters that run from right to left word by word, but its words in the order in which they are drawn, which
hangs on what else stands on the line. So such a text stands where all its characters stand together and each of its
words is whole; in which order these were typed, no print says.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.pdf import PageText, bare

_BACKWARDS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of which Unicode keeps the characters for writing from right to left (DerivedBidiClass)."""
_DRAWN = re.compile(f"[{_BACKWARDS}]")
_WORD = re.compile(rf"[{_BACKWARDS}]+|[^\W_{_BACKWARDS}]+")
_LIGATURE = re.compile("(?:\u0644\u0627|\u0627\u0644)[\u0627\u0644]*")
"""Lam and alef are drawn as one sign, and a print tells the two in either order."""


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
        OnPage(number, times=times) for number, page in enumerate(pages, start=1) if (times := len(spots(page, text)))
    )
    if whole:
        return whole
    return next((found for first in range(len(pages)) if (found := _running(pages, first, wanted))), ())


def spots(page: PageText, text: str) -> tuple[int, ...]:
    """Give where a text stands whole on a page: places in its `text`, none overlapping another."""
    wanted = bare(text)
    if _DRAWN.search(wanted):
        return tuple(_drawn(page.text, wanted, text))
    return tuple(found.start() for found in re.finditer(re.escape(wanted), page.text)) if wanted else ()


def _drawn(page: str, wanted: str, text: str) -> Iterator[int]:
    """Find a text with words from right to left, in whatever order these are drawn."""
    page, wanted = _facing(page), _facing(wanted)
    words = Counter(_pattern(word) for word in _WORD.findall(_letters(text)))
    lacking = Counter(wanted)
    start = 0
    for end, character in enumerate(page, start=1):
        lacking[character] -= 1
        if end - start > len(wanted):
            lacking[page[start]] += 1
            start += 1
        if end - start == len(wanted) and not any(lacking.values()):
            here = _letters(page[start:end])
            if all(len(word.findall(here)) >= times for word, times in words.items()):
                yield start
                start, lacking = end, Counter(wanted)


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_LIGATURE.sub(lambda run: f"[\u0627\u0644]{{{len(run[0])}}}", word))


def _facing(text: str) -> str:
    """Let signs that face the other way in such a text, as brackets do, be one."""
    return "".join("(" if unicodedata.mirrored(each) else each for each in text)


def _letters(text: str) -> str:
    """Leave out the marks on letters, which a print may hold before or after them."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) != "Mn")


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
        page = pages[place.page - 1]
        times = page.text.count(piece) if place.characters else len(spots(page, text))
        if not piece or (times != place.times if place.times else times == 0):
            return place.page
    return 0
