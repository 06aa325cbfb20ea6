"""Find what two sequences have in common, in order, without ever taking quadratic time for long ones."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from rapidfuzz.distance import LCSseq

_MOST = 25_000_000
"""Longest product of two stretches that are compared each with each: 25 million bits, 3 MB."""
_NEAR = 24
"""How far from its place in the row a changed item is looked for, in long stretches."""

T = TypeVar("T")
Match = tuple[int, int]


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Give the pairs of equal items that stay in order.

    What is equal at both ends, and what stands once in each (the rows of a patience sort), parts the whole into
    stretches; within a stretch the longest common part counts.

    Args:
        old: the items as they were.
        new: the items as they are.
    """
    numbers: dict[Hashable, int] = {}
    one = [numbers.setdefault(item, len(numbers)) for item in old]
    other = [numbers.setdefault(item, len(numbers)) for item in new]
    found: list[Match] = []
    waiting = [(0, len(one), 0, len(other))]
    while waiting:
        first, last, start, end = waiting.pop()
        while first < last and start < end and one[first] == other[start]:
            found.append((first, start))
            first, start = first + 1, start + 1
        while first < last and start < end and one[last - 1] == other[end - 1]:
            last, end = last - 1, end - 1
            found.append((last, end))
        if first == last or start == end:
            continue
        anchors = _anchors(one, other, first, last, start, end)
        if anchors:
            for near, far in zip([(first - 1, start - 1), *anchors], [*anchors, (last, end)], strict=True):
                waiting.append((near[0] + 1, far[0], near[1] + 1, far[1]))
            found += anchors
        else:
            found += _longest(one, other, first, last, start, end)
    return sorted(found)


def _anchors(one: list[int], other: list[int], first: int, last: int, start: int, end: int) -> list[Match]:
    """Give the items that stand once in both stretches, as many as stay in order."""
    count, tally = Counter(one[first:last]), Counter(other[start:end])
    places = {item: place for place, item in enumerate(other[start:end], start) if tally[item] == 1}
    pairs = [
        (place, places[item])
        for place, item in enumerate(one[first:last], first)
        if count[item] == 1 and item in places
    ]
    return _rising(pairs)


def _rising(pairs: list[Match]) -> list[Match]:
    """Give the longest part of the pairs of which the second numbers rise too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_place, other) in enumerate(pairs):
        at = bisect_left(tails, other)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [other]
        ends[at : at + 1] = [number]
    kept: list[Match] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        kept.append(pairs[number])
        number = before[number]
    return kept[::-1]


def _longest(one: list[int], other: list[int], first: int, last: int, start: int, end: int) -> Iterator[Match]:
    """Give the longest common part; of stretches too long for that, part by part."""
    parts = -(-(last - first) * (end - start) // _MOST)
    parts = max(1, round(parts**0.5) if parts > 1 else 1)
    for part in range(parts):
        here, there = (first + (last - first) * each // parts for each in (part, part + 1))
        begin, stop = (start + (end - start) * each // parts for each in (part, part + 1))
        for piece in LCSseq.opcodes(one[here:there], other[begin:stop]):
            if piece.tag == "equal":
                for step in range(piece.src_end - piece.src_start):
                    yield here + piece.src_start + step, begin + piece.dest_start + step


def pairs(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], least: float) -> list[Match]:
    """Pair what was changed with what it became, in order, so that the sum of the likenesses is the largest.

    Args:
        old: items that are gone.
        new: items that came.
        likeness: from 0 to 1.
        least: below this two items are not the same.
    """
    height, width = len(old), len(new)
    if not height or not width:
        return []
    scores: dict[Match, float] = {}
    for row in range(height):
        middle = row * width // height
        narrow = height * width <= _NEAR * _NEAR * 4
        for column in range(0 if narrow else max(0, middle - _NEAR), width if narrow else min(width, middle + _NEAR)):
            score = likeness(old[row], new[column])
            if score >= least:
                scores[row, column] = score
    return _best(scores, width)


def _best(scores: dict[Match, float], width: int) -> list[Match]:
    """Give the pairs in rising order with the largest sum: a tree of maxima instead of a whole table."""
    tree: list[tuple[float, Match | None]] = [(0.0, None)] * (width + 1)
    before: dict[Match, Match | None] = {}

    def best(column: int) -> tuple[float, Match | None]:
        found: tuple[float, Match | None] = (0.0, None)
        while column > 0:
            if tree[column][0] > found[0]:
                found = tree[column]
            column -= column & -column
        return found

    rows: dict[int, list[int]] = {}
    for row, column in scores:
        rows.setdefault(row, []).append(column)
    for row in sorted(rows):
        made = []
        for column in rows[row]:
            total, last = best(column)
            before[row, column] = last
            made.append((total + scores[row, column], column))
        for total, column in made:
            place = column + 1
            while place <= width:
                if total > tree[place][0]:
                    tree[place] = (total, (row, column))
                place += place & -place
    kept: list[Match] = []
    _total, last = best(width)
    while last is not None:
        kept.append(last)
        last = before[last]
    return kept[::-1]
