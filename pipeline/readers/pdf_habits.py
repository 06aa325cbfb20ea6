"""Learn from all lines of a PDF how it was printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.readers.pdf_breaks import Lexicon, is_typed_hyphen, may_break_after, shown_whole
from pipeline.readers.pdf_leading import Leading, leading_of, sure_steps
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_room import around, fits, hides_space, is_full

_APART = "LibreOffice"
"""It draws the hyphens that it puts itself as pieces of their own."""
_WHOLE = ("LibreOffice", "Skia", "cairo", "Microsoft", "Quartz", "Google")
"""These move a word that is too long to a line of its own before they break it."""
_MANY = 20
"""Wrapped lines that show how a document is printed."""
_SOME = 4
"""Once in so many, a hyphen that was typed looks like one that was not: «e-mail» beside «email»."""
_RARELY = 12
"""Once in so many lines, a line may end in a typed hyphen."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document shows of how it was printed."""

    prints_spaces: bool
    """A space at the end of a wrapped line is printed, so no space means no space."""
    prints_all: bool
    """Even a space that does not fit on the line is printed, as in a tagged file."""
    hyphenates: bool
    """Words are split at the end of a line with a hyphen that nobody typed."""
    hyphens_apart: bool
    """The hyphens that its maker puts itself are drawn as pieces of their own."""
    knows_hyphens: bool
    """Enough lines were wrapped to tell that it does not."""
    breaks_at_marks: bool
    """A line may end after a hyphen inside a word."""
    splits_anywhere: bool
    """A word that is too long for its column may begin on the line of the word before."""
    lexicon: Lexicon
    """The words that stand whole."""
    leading: Leading | None
    """How far apart lines stand that surely belong together; None where none are seen to."""
    wraps: bool
    """Running text is seen to go on over lines."""


@dataclass(frozen=True)
class Lines:
    """The lines of one cell or of one run of text."""

    lines: Sequence[Line]
    left: float
    """Where lines may start."""
    right: float
    """Where lines must end."""
    running: bool = False
    """They are no cell."""

    @cached_property
    def leading(self) -> Leading | None:
        """How far apart those of them stand that surely belong together; None where none are seen to."""
        return leading_of(sure_steps(self.lines, self.left, self.right))


def habits_of(blocks: Iterable[Lines], *, prints_all: bool, producer: str) -> Habits:
    """Learn how a document was printed.

    Args:
        blocks: all its blocks of lines.
        prints_all: a page of it prints spaces that do not fit on their line.
        producer: what made it, as it says itself.
    """
    spaces = bare = wrapped = 0
    hyphens: list[tuple[str, str]] = []
    shown: list[tuple[list[str], list[bool]]] = []
    steps: list[float] = []
    wraps = False
    for block in blocks:
        lines, left, right = block.lines, block.left, block.right
        own = [*sure_steps(lines, left, right)]
        steps += own
        wraps = wraps or (block.running and bool(own))
        torn = [False] * len(lines)
        for number, (before, after) in enumerate(pairwise(lines)):
            if before.space:
                spaces += 1
                wrapped += 1
            elif not fits(before, after, left, right):
                wrapped += 1
                last, following = before.text[-1:], after.text[:1]
                full = is_full(before, after, left, right)
                torn[number] = full or may_break_after(last)
                if last == "-":
                    hyphens.append(around(before, after))
                elif last.isalnum() and following.isalnum() and not hides_space(before, after, left, right):
                    bare += 1
        if lines and right - lines[-1].right < lines[-1].style.size:
            torn[-1] = True  # it may go on on the next page
        shown.append(([line.text for line in lines], torn))
    lexicon = Lexicon(shown_whole(shown))
    put = [is_typed_hyphen(*pair, lexicon) for pair in hyphens] if _APART not in producer else []
    return Habits(
        prints_spaces=spaces >= max(1, bare),
        prints_all=prints_all,
        hyphenates=_hyphenates(put, wrapped),
        hyphens_apart=_APART in producer,
        knows_hyphens=_APART in producer or wrapped >= _MANY,
        breaks_at_marks=wrapped < _MANY or any(before[-2:-1].isalpha() for before, _after in hyphens),
        splits_anywhere=not any(name in producer for name in _WHOLE),
        lexicon=lexicon,
        leading=leading_of(steps),
        wraps=wraps,
    )


def _hyphenates(typed: Sequence[bool | None], wrapped: int) -> bool:
    """Tell whether lines end in hyphens that nobody typed: other words say so, or there are very many."""
    if typed.count(False) * _SOME > typed.count(True):
        return True
    return wrapped >= _MANY and typed.count(None) > typed.count(True) and typed.count(None) * _RARELY > wrapped
