"""An aim: what was to be reached, what was measured, whether it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, lgamma, log, log1p


@dataclass(frozen=True)
class Aim:
    """One aim of the issue and its figure."""

    what: str
    figure: str
    aim: str
    holds: bool

    def __str__(self) -> str:
        return f"AIM {self.what}: {self.figure} (aim {self.aim}) {'holds' if self.holds else 'short'}"


def tell(aims: Iterable[Aim]) -> int:
    """Print a line for each; give the exit code."""
    short = False
    for aim in aims:
        print(aim)
        short = short or not aim.holds
    return int(short)


def upper_bound(wrong: int, of: int) -> float:
    """Give the share that is not exceeded with 95 % certainty (Clopper and Pearson, one-sided)."""
    if not of or wrong >= of:
        return 1.0
    low, high = wrong / of, 1 - 1e-12
    for _halving in range(60):
        middle = (low + high) / 2
        if _at_most(wrong, of, middle) > 0.05:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, of: int, share: float) -> float:
    """Give the chance of at most so many wrong when each is wrong with this chance."""
    whole = lgamma(of + 1)
    return sum(
        exp(whole - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log1p(-share))
        for k in range(wrong + 1)
    )
