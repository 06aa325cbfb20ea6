"""How like two labels are: a slip of the hand, or only some words in common."""

from __future__ import annotations

import functools
import math
import re
from typing import NamedTuple

from pipeline.extract.names import Names, bare, content_words, key

FLOOR = 70.0
"""Below this two labels have nothing to do with each other."""
_ALIKE = 78.0
"""Of the letters, from which two labels may be the same."""
_WORDS = 0.6
"""Of the words, from which two labels may be the same."""
_SHORTEST = 4
_LONGER = 1.6
"""Times; of two texts of which 78 % of the letters is the same, one is at most 1.57 times as long."""
_LONGEST = 160
"""Characters; what is longer is no label."""
_FIGURES = re.compile(r"\d+")
_LONG_WORD = 10
_BEGINNING = 5
_MOST = 0.7
_ENDINGS = ("s", "n", "e", "en", "es", "ns")
_MOST_SLIPS = 2
"""Letters that a word may have more or less than another and be that word, but for a slip of the hand or an ending."""


class Likeness(NamedTuple):
    """How like two labels are."""

    score: float
    """From `FLOOR` to 100; 0 when they are not alike at all."""
    slip: bool = False
    """Whether they differ by no more than a slip of the hand, an ending or a filler."""


_UNLIKE = Likeness(0.0)


@functools.lru_cache(maxsize=65536)
def likeness(text: str, name: str) -> Likeness:
    """Compare what stands in a file with a label or alias of the form."""
    said, wanted = content_words(text), content_words(name)
    whole, bare_whole = key(name), "".join(wanted)
    joined, everything = "".join(said), key(bare(text))
    if len(whole) < _SHORTEST or (_is_far(everything, whole) and _is_far(joined, bare_whole)):
        return _UNLIKE
    if _FIGURES.findall(joined) != _FIGURES.findall(bare_whole):
        return _UNLIKE
    from rapidfuzz import fuzz

    letters = max(
        fuzz.ratio(one, other, score_cutoff=_ALIKE) for one, other in ((everything, whole), (joined, bare_whole))
    )
    close = _slip(joined, bare_whole, most=1) or _slip(everything, whole, most=1)
    if _same_words(said, wanted) or (abs(len(said) - len(wanted)) <= 1 and close):
        return Likeness(max(letters, _ALIKE), slip=True)
    return Likeness(letters) if letters >= _ALIKE else _UNLIKE


@functools.lru_cache(maxsize=65536)
def in_common(text: str, name: str, shared: frozenset[str]) -> float:
    """Give how like two labels are by their words alone, on the scale of `likeness`.

    Args:
        text: what stands in a file.
        name: a label or alias.
        shared: words that more than one question has; they tell none of them apart.
    """
    said, wanted = content_words(text), content_words(name)
    if 2 * min(len(said), len(wanted)) < _WORDS * (len(said) + len(wanted)):
        return 0.0
    rest = [word for word in wanted if word not in shared]
    found = 0
    for word in said:
        akin = next((other for other in rest if _akin(word, other)), None)
        if akin is not None:
            rest.remove(akin)
            found += 1
    share = 2 * found / (len(said) + len(wanted))
    return FLOOR + (_ALIKE - FLOOR) * share if share >= _WORDS else 0.0


def named(text: str, names: Names) -> str | None:
    """Give the question or column that a text names, a slip of the hand aside; None when it names none."""
    if match := names.whole(text):
        return match.fields[0]
    if len(text) > _LONGEST:
        return None
    said = content_words(text)
    count, letters, whole = len(said), len("".join(said)), len(key(bare(text)))
    for field, name, words, of_words, of_name in names.sizes:
        if count == words:
            alike = abs(letters - of_words) <= _MOST_SLIPS * count or abs(whole - of_name) <= _MOST_SLIPS
        else:
            alike = abs(count - words) == 1 and min(abs(letters - of_words), abs(whole - of_name)) <= _MOST_SLIPS
        if alike and likeness(text, name).slip:  # most texts show by their size that they are no name
            return field
    return None


def _is_far(one: str, other: str) -> bool:
    """Tell whether two texts differ so much in length that they are not alike, nor a slip of the hand apart."""
    return len(one) > _LONGER * len(other) or len(other) > _LONGER * len(one)


def _akin(one: str, other: str) -> bool:
    """Tell whether two words begin alike for the most part: «subsidie» and «subsidiebedrag»."""
    needed = max(_BEGINNING, math.ceil(_MOST * min(len(one), len(other))))
    return one == other or one[:needed] == other[:needed]


def _same_words(said: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(said) == len(wanted) and all(_slip(one, other) for one, other in zip(said, wanted, strict=True))


def _slip(one: str, other: str, most: int = _MOST_SLIPS) -> bool:
    """Tell whether two words are one word, but for a slip of the hand or an ending."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST:
        return False
    if longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return True
    from rapidfuzz.distance import OSA

    slips = 1 if len(longer) < _LONG_WORD else most
    return OSA.distance(one, other, score_cutoff=slips) <= slips
