"""Read the whole numbers in a stranger's file, however long they are."""

from __future__ import annotations

_LONGEST = 9
"""Digits; a longer number counts nothing that a document has."""


def whole(text: str | None) -> int | None:
    """Give a whole number from nought; None for what is none, or has more digits than anything needs.

    >>> whole("12"), whole("-1"), whole("9" * 5000)
    (12, None, None)
    """
    return int(text) if text and len(text) <= _LONGEST and text.isascii() and text.isdecimal() else None
