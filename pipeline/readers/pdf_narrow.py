"""Find labels that were wrapped in a narrow column without rulings: their lines stand beside and under other words.

«Telefoon van de | 09 123 45 67» above «dienst» looks like a label with its answer above a label without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.readers.pdf_text import Word

_GAP = 0.4
"""Of the size of the text: what stands between two columns at least; a space takes less."""
_WIDER = 1.35
"""How much wider that is at least than a space of the same line, which may be stretched."""
_CLEAR = 1.5
"""Sizes of the text that a space and the room between two columns take at most."""
_ASIDE = 1.0
"""Points by which lines of one column may begin aside of each other."""
_STEP = 2.2
"""Sizes of the text that two lines of one label stand apart at most."""
_BULLET = 3
_BOXES = "☐☒☑□■"


def wrapped_labels(lines: Sequence[Sequence[Word]]) -> Mapping[int, str]:
    """Give the numbers of the lines that may hold the parts of one label, with the words on both sides of the opening.

    Args:
        lines: of running text, from top to bottom.
    """
    found: dict[int, str] = {}
    parts: list[list[Word]] = []
    for number, line in enumerate(lines):
        above, parts = parts, _parts(line)
        if len(above) < 2:
            continue
        if (opening := _opening(above, line, parts)) is not None:
            for place in (number - 1, number):
                found.setdefault(place, opening)
    return found


def hanging(lines: Sequence[Sequence[Word]]) -> str:
    """Give the words on both sides of the first opening under whose right side the next line begins; empty for none.

    Args:
        lines: of a box, from top to bottom.
    """
    for line, below in pairwise(lines):
        for label, beside in pairwise(_parts(line)):
            if (
                abs(beside[0].left - below[0].left) < _ASIDE
                and below[0].base - line[0].base < _STEP * below[0].style.size
            ):
                return f"{label[-1].text} … {beside[0].text}"
    return ""


def _parts(line: Sequence[Word]) -> list[list[Word]]:
    """Part a line where an opening is wider than its spaces."""
    if len(line) < 2:
        return [[*line]]
    gaps = [after.left - before.right for before, after in pairwise(line)]
    least = min(gaps)
    parts = [[line[0]]]
    for (before, after), gap in zip(pairwise(line), gaps, strict=True):
        wide = gap >= _GAP * before.style.size and (gap >= _WIDER * least or len(gaps) == 1)
        if wide and not _is_explained(before, after, first=before is line[0]):
            parts.append([after])
        else:
            parts[-1].append(after)
    return parts


def _is_explained(before: Word, after: Word, *, first: bool) -> bool:
    """Tell whether a number, bullet or box stands before or after an opening."""
    return (first and len(before.text) <= _BULLET) or before.text[-1] in _BOXES or after.text[0] in _BOXES


def _opening(above: Sequence[Sequence[Word]], line: Sequence[Word], parts: Sequence[Sequence[Word]]) -> str | None:
    """Give the words on both sides of the opening beside a label that may go on in the next line; None for none."""
    first, size = line[0], line[0].style.size
    if first.base - above[0][0].base > _STEP * size or first.style.invisible:
        return None
    for label, beside in pairwise(above):
        if abs(label[0].left - first.left) > _ASIDE:
            continue
        if abs(label[0].style.size - size) > _ASIDE / 2 or label[0].style.bold != first.style.bold:
            return None
        edge = beside[0].left
        if label[-1].right + _CLEAR * size + first.right - first.left < edge:
            return None  # it would have stood on the line above
        alone = line[-1].right <= edge
        goes_on = (
            len(parts) > 1
            and parts[0][-1].right <= edge
            and not (label[-1].text.endswith(":") or first.text[0].isupper())
        )
        return f"{label[-1].text} … {beside[0].text}" if alone or goes_on else None
    return None
