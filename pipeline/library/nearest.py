"""The existing name that a misspelt one most likely meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """Give the name of `names` that comes closest to `name`, or nothing when none is near.

    >>> nearest("gemente", ["gemeente", "wijk_naam"])
    'gemeente'
    """
    from rapidfuzz import fuzz, process

    candidates = sorted({candidate for candidate in names if candidate != name})
    found = process.extractOne(name.casefold(), candidates, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=65)
    return found[0] if found else ""
