"""Make words of how likely each code is in each column of a line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pipeline.recognition.traineddata import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Chances: TypeAlias = NDArray[Any]
    """How likely each code is: a row for each column."""

_LEAST = 2e-9
"""As unlikely as anything is."""
_OFFSET, _PERCENT = -0.085, 35.0
"""What tesseract takes off the logarithm of a chance, and how many percent one is, counted down from 100."""
_SPACE = " "


class Spelled(NamedTuple):
    """A word as it stands in the columns of a line."""

    text: str
    start: float
    """Where it begins: halfway the letter before, in columns."""
    end: float
    percent: float
    """How sure the network is of the column of which it is least sure, in tesseract's percents: 97 at most.

    The spaces around it count for it as well."""
    clear: float
    """How likely its least clear letter is where it is clearest: of two letters that share one place, neither is."""


class _Letter(NamedTuple):
    text: str
    start: int
    end: int
    sure: float
    """The logarithm of its chance where that is least, in its columns and in the blank ones before."""
    clear: float


def words_of(chances: Chances, model: Model) -> list[Spelled]:
    """Give the words of a line, each column being what is likeliest in it."""
    letters = _letters(_codes(chances, model.blank), model)
    bounds = [0, *((one.end + other.start) // 2 for one, other in pairwise(letters))]
    bounds.append(len(chances))
    words = []
    held: list[int] = []
    space = edge = _Letter(_SPACE, 0, 0, 0.0, 1.0)
    for number, letter in enumerate([*letters, edge]):
        if letter.text != _SPACE:
            held.append(number)
            continue
        if held:
            word = [letters[each] for each in held]
            around = [space, *word, letter]
            words.append(
                Spelled(
                    "".join(each.text for each in word),
                    bounds[held[0]],
                    bounds[held[-1] + 1],
                    max(0.0, 100 + _PERCENT * (min(each.sure for each in around) + _OFFSET)),
                    min(each.clear for each in around),
                )
            )
            held = []
        space = letter
    return words


def _codes(chances: Chances, blank: int) -> list[tuple[int, _Letter]]:
    """Give the codes of a line, each over the columns in which it is the likeliest."""
    import numpy as np

    best = chances.argmax(axis=1)
    own = chances[np.arange(len(best)), best]
    turns = np.flatnonzero(best[1:] != best[:-1]) + 1
    starts, ends = np.append(0, turns), np.append(turns, len(best))
    log = np.log(np.maximum(_shared(chances, best, own, blank), _LEAST))
    least, most = np.minimum.reduceat(log, starts).tolist(), np.maximum.reduceat(own, starts).tolist()
    found: list[tuple[int, _Letter]] = []
    before = 0.0
    for code, start, end, sure, clear in zip(
        best[starts].tolist(), starts.tolist(), ends.tolist(), least, most, strict=True
    ):
        if code == blank:
            before = min(before, sure)
            continue
        found.append((code, _Letter("", start, end, min(before, sure), clear)))
        before = 0.0
    if found:
        code, last = found[-1]
        found[-1] = (code, last._replace(sure=min(last.sure, before)))
    return found


def _shared(chances: Chances, best: Chances, own: Chances, blank: int) -> Chances:
    """Give how likely what stands in each column is: between two letters, that is either of them or nothing."""
    import numpy as np

    columns = np.arange(len(best))
    before, after = np.append(best[:1], best[:-1]), np.append(best[1:], best[-1:])
    at_edge = (before != best) | (after != best)
    shared = own + np.where(at_edge & (best != blank), chances[:, blank], 0)
    shared += np.where((before != best) & (before != blank), chances[columns, before], 0)
    return shared + np.where((after != best) & (after != blank) & (after != before), chances[columns, after], 0)


def _letters(codes: list[tuple[int, _Letter]], model: Model) -> list[_Letter]:
    """Give the letters that codes say, one by one or two together."""
    found = []
    at = 0
    while at < len(codes):
        code, letter = codes[at]
        text = model.letters.get((code,))
        if text is not None:
            found.append(_Letter(text, *letter[1:]))
            at += 1
            continue
        other, second = codes[at + 1] if at + 1 < len(codes) else (model.blank, letter)
        text = model.letters.get((code, other))
        if text is None:
            found.append(letter._replace(text="\ufffd", clear=0.0))
            at += 1
            continue
        sure, clear = min(letter.sure, second.sure), min(letter.clear, second.clear)
        found.append(_Letter(text, letter.start, second.end, sure, clear))
        at += 2
    return found
