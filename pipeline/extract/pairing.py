"""Two sides paired one to one so that all pairs together fit best, each with its margin to the next best way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)
_NEVER = 1e9
"""Cost of what cannot be."""


def pair(scores: Mapping[tuple[Left, Right], float]) -> dict[Left, tuple[Right, float]]:
    """Pair each of the left with at most one of the right, so that the sum of the scores is highest.

    Args:
        scores: how well two fit, above nothing; what is not in it cannot be paired. The left is the shorter side:
            the work grows with its cube.

    Returns:
        Left → right, and the margin of the pair: how much worse all would fit without it.

    Example:
        >>> pair({("a", 1): 9.0, ("a", 2): 8.0, ("b", 1): 8.0})
        {'a': (2, 7.0), 'b': (1, 7.0)}
    """
    found: dict[Left, tuple[Right, float]] = {}
    for group in _groups(scores):
        chosen, total = _best(group)
        for pair_ in chosen:
            _others, without = _best({key: score for key, score in group.items() if key != pair_})
            found[pair_[0]] = (pair_[1], total - without)
    return found


def _groups(scores: Mapping[tuple[Left, Right], float]) -> Iterator[dict[tuple[Left, Right], float]]:
    """Part the pairs into groups that have nothing to do with each other: most hold a single pair."""
    by_left: dict[Left, list[Right]] = defaultdict(list)
    by_right: dict[Right, list[Left]] = defaultdict(list)
    for left, right in scores:
        by_left[left].append(right)
        by_right[right].append(left)
    seen: set[Left] = set()
    for start in by_left:
        if start in seen:
            continue
        seen.add(start)
        group, crossed = [start], set[Right]()
        for left in group:
            for right in by_left[left]:
                if right in crossed:
                    continue
                crossed.add(right)
                fresh = [other for other in by_right[right] if other not in seen]
                seen.update(fresh)
                group.extend(fresh)
        yield {(left, right): scores[left, right] for left in group for right in by_left[left]}


def _best(scores: Mapping[tuple[Left, Right], float]) -> tuple[list[tuple[Left, Right]], float]:
    """Give the pairs with the highest sum, and that sum, by the Hungarian method; either side may stay alone."""
    lefts = list(dict.fromkeys(left for left, _right in scores))
    rights = list(dict.fromkeys(right for _left, right in scores))
    # Each left has a place of its own to stay alone in, worth nothing.
    cost = [
        [-scores.get((left, right), -_NEVER) for right in rights]
        + [0.0 if number == own else _NEVER for own in range(len(lefts))]
        for number, left in enumerate(lefts)
    ]
    taken = _assign(cost) if lefts else []
    pairs = [
        (left, rights[column])
        for left, column in zip(lefts, taken, strict=True)
        if column < len(rights) and (left, rights[column]) in scores
    ]
    return pairs, sum(scores[each] for each in pairs)


def _assign(cost: list[list[float]]) -> list[int]:
    """Give each row a column of its own, at the lowest cost together; there are at least as many columns as rows."""
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    """Of each column (from 1) the row (from 1) that has it; 0 when none."""
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        came = [0] * (columns + 1)
        used = [False] * (columns + 1)
        while owner[column]:
            used[column] = True
            here, step, following = owner[column], float("inf"), 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                price = cost[here - 1][other - 1] - row_price[here] - column_price[other]
                if price < least[other]:
                    least[other], came[other] = price, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    chosen = [-1] * rows
    for column, row in enumerate(owner[1:]):
        if row:
            chosen[row - 1] = column
    return chosen
