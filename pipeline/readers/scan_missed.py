"""The scanned pages of a file that cannot be read, beside others that can: each is told, and the others are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.readers.pdf_pages import Page

Missed: TypeAlias = Mapping[int, Unreadable]
"""Number of a page → why it cannot be read."""

_OF_A_PAGE = frozenset({Reason.DAMAGED, Reason.COARSE, Reason.PHOTO})
"""Reasons that say something of a page; with another, none of the file can be read."""


def is_of_a_page(unreadable: Unreadable) -> bool:
    """Tell whether the other pages of a file of scans are worth reading though one cannot be read."""
    return unreadable.reason in _OF_A_PAGE


def refuse_mostly(missed: Missed, read: int) -> None:
    """Refuse a file of scans of which less than half of the pages can be read.

    Args:
        missed: the pages that cannot be read.
        read: how many can.

    Raises:
        Unreadable: why the first of them cannot.
    """
    if len(missed) > read:
        raise missed[min(missed)]


def tell_missed(missed: Missed) -> tuple[str, ...]:
    """Say which pages were not read, and why."""
    from pipeline.readers.reasons import tell

    told = _("pagina {page}: {what}")
    return tuple(told.format(page=number, what=tell(why)[0]) for number, why in sorted(missed.items()))


def lost_among(missed: Missed, pages: Sequence[Page], *, scans: bool) -> tuple[int, ...]:
    """Give the pages that cannot be read on which a part of the form may stand, but for those behind a print.

    Behind the last page of a printed form that is most likely an annex, a photo or a map, unless the form lacks a part.

    Args:
        missed: the pages that cannot be read.
        pages: all of the file.
        scans: they are all scans.
    """
    last = max((page.number for page in pages if page.characters and page.number not in missed), default=0)
    return tuple(number for number in sorted(missed) if scans or number < last)
