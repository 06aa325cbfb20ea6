"""Find what was moved among what is gone and what is new."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.compare.change import Change, Kind, Value
from pipeline.compare.collecting import Gone, told_hunks
from pipeline.compare.figures import values_in
from pipeline.compare.plan import hunks, likeness, row_words
from pipeline.compare.version import Grid, Line, Row
from pipeline.language import _
from pipeline.records import record

_ALIKE = 0.8
_LEAST = 4
"""Words; what is shorter is not told as moved: the same few words may well be written twice."""
_MOST = 40_000
"""So many times two blocks are held against each other, at most."""


@record
class _Hunks:
    hunks: tuple[Any, ...]


def alone(gone: Sequence[Gone], come: Sequence[Gone]) -> Iterator[Change]:
    """Give the changes of what is gone or new: moved, deleted or inserted.

    Args:
        gone: what stands in the issued paper only.
        come: what stands in the returned file only.
    """
    partner = _partners(gone, come)
    moved: set[int] = set()
    for group in _groups(come, partner):
        words = sum(len(_words(come[number])) for number in group)
        if words < _LEAST and not isinstance(come[group[0]].block, Row):
            continue
        moved |= set(group)
        yield from _told_move([(gone[partner[number]], come[number]) for number in group])
    left = {partner[number] for number in moved}
    for number, one in enumerate(gone):
        if number not in left:
            text = one.block.text
            values = tuple(Value(value, "") for value in values_in(text))
            yield Change(Kind.DELETED, one.place, text, "", values=values, at=one.at)
    for number, one in enumerate(come):
        if number not in moved:
            text = one.block.text
            values = tuple(Value("", value) for value in values_in(text))
            yield Change(Kind.INSERTED, one.place, "", text, values=values, at=one.at)


def _told_move(both: list[tuple[Gone, Gone]]) -> Iterator[Change]:
    first, last = both[0]
    before = "\n".join(one.block.text for one, _other in both)
    after = "\n".join(other.block.text for _one, other in both)
    note = _("stond bij: {place}").format(place=first.place)
    yield Change(Kind.MOVED, last.place, before, after, note, at=last.at)
    for one, other in both:
        if isinstance(one.block, Line) and isinstance(other.block, Line) and one.block.key != other.block.key:
            found = _Hunks(tuple(hunks(one.block.tokens, other.block.tokens)))
            for change in told_hunks(one.block, other.block, found, other.place):
                yield Change(
                    change.kind, change.place, change.before, change.after, change.note, change.context,
                    change.values, other.at,
                )  # fmt: skip


def _partners(gone: Sequence[Gone], come: Sequence[Gone]) -> dict[int, int]:
    """Give for what is new, by number, what it was."""
    waiting: defaultdict[Any, deque[int]] = defaultdict(deque)
    for number, one in enumerate(gone):
        waiting[type(one.block), one.block.key].append(number)
    found: dict[int, int] = {}
    for number, one in enumerate(come):
        same = waiting[type(one.block), one.block.key]
        if same and _words(one):
            found[number] = same.popleft()
    taken = set(found.values())
    steps = 0
    for number, one in enumerate(come):
        if number in found or not isinstance(one.block, Line) or len(_words(one)) < _LEAST:
            continue
        best, most = -1, _ALIKE
        for place, other in enumerate(gone):
            if place in taken or not isinstance(other.block, Line):
                continue
            steps += 1
            if steps > _MOST:
                return found
            score = likeness(other.block, one.block)
            if score >= most:
                best, most = place, score
        if best >= 0:
            found[number] = best
            taken.add(best)
    return found


def _groups(come: Sequence[Gone], partner: dict[int, int]) -> Iterator[list[int]]:
    """Give the stretches of new blocks that stood together before too."""
    group: list[int] = []
    for number in sorted(partner):
        together = (
            group
            and number == group[-1] + 1
            and partner[number] == partner[group[-1]] + 1
            and come[number].group == come[group[-1]].group
        )
        if group and not together:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _words(one: Gone) -> list[str]:
    block = one.block
    if isinstance(block, Line):
        return [token.key for token in block.tokens]
    if isinstance(block, Row):
        return row_words(block)
    return [word for row in block.rows for word in row_words(row)] if isinstance(block, Grid) else []
