"""Tell from the numbers that pages print on themselves whether they lie in order, and lay them so."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pipeline.language import _
from pipeline.readers.pdf_heads import number_on
from pipeline.readers.pdf_pages import Page

_FEWEST = 3
"""Pages that number themselves «3 van 16», from which their order is known."""


def order_of(pages: Sequence[Page]) -> list[int]:
    """Give the places, from 0, of the pages in the order of their own numbers; empty when they lie so already.

    Only pages that say of how many they are one are moved, among each other: the form may have annexes around it, which
    number their own pages. Where a number comes twice nobody can tell which of the two is meant, and nothing is moved.
    """
    order = list(range(len(pages)))
    for numbers in _numbered(pages).values():
        places = sorted(numbers, key=numbers.__getitem__)
        if len(numbers) >= _FEWEST and len(set(numbers.values())) == len(numbers):
            for place, taken in zip(sorted(numbers), places, strict=True):
                order[place] = taken
    return [] if order == sorted(order) else order


def missing(pages: Sequence[Page]) -> tuple[str, ...]:
    """Say which pages lack, of those that number themselves."""
    told = []
    for count, numbers in _numbered(pages).items():
        lost = [str(number) for number in range(1, count + 1) if number not in numbers.values()]
        if len(numbers) >= _FEWEST and lost and len(lost) <= len(numbers):
            told.append(
                _("Volgens de paginanummers ontbreekt van de {count} pagina's: {lost}.").format(
                    count=count, lost=", ".join(lost)
                )
            )
    return tuple(told)


def laid_in_order(document: Any, order: Sequence[int]) -> bytes:
    """Give the PDF with its pages in another order."""
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    try:
        made.import_pages(document, list(order))
        file = io.BytesIO()
        made.save(file)
    finally:
        made.close()
    return file.getvalue()


def _numbered(pages: Sequence[Page]) -> dict[int, dict[int, int]]:
    """Give, for each number of pages that is said, place → number of the pages that say it."""
    said: dict[int, dict[int, int]] = defaultdict(dict)
    for place, page in enumerate(pages):
        number = number_on(page)
        if number is not None and 0 < number[0] <= number[1]:
            said[number[1]][place] = number[0]
    return said
