"""Tell by where and how its words end on a page whether a row can go on over the page break below it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.units import Place

_BREAKABLE = ("-", "/", "\u2013", "\u2014", "\u2010")
_LONGEST_WORD = 25
_HELD = 3
"""Lines of a paragraph that a program holds back for the next page at most, so that none stands alone there."""
_ROOM = 1.5
"""Lines of white that may stand before such a paragraph."""
_LEVEL = 0.6
"""Lines by which the tops of the texts of one row may differ; set lower, a text stands in the middle of its cell."""


def has_ended(above: Sequence[Place], below: Sequence[Place]) -> bool:
    """Tell whether a cell says something at the top of a page, though the one above it was done on the page before.

    A row that a page break cuts fills the page in each cell that goes on, but for the lines that must stay together.

    Args:
        above: the last row of a page.
        below: the first of the next.
    """
    boxes = {
        place.column: [piece.location.box for piece in place.pieces if piece.location.box]
        for place in above
        if not place.empty
    }
    known = [box for found in boxes.values() for box in found]
    pages = {piece.location.page for place in above for piece in place.pieces}
    if not known or len(pages) > 1 or not all(boxes.values()):
        return False
    line = min(bottom - top for _left, top, _right, bottom in known)
    highest, lowest = min(box[1] for box in known), max(box[3] for box in known)
    for place in below:
        if place.empty:
            continue
        own = boxes.get(place.column, [])
        next_ = [piece.location.box for piece in place.pieces if piece.location.box]
        if not next_ or not own or min(box[1] for box in own) - highest > _LEVEL * line:
            continue
        held = min(next_[0][3] - next_[0][1], _HELD * line)
        if lowest - max(box[3] for box in own) > held + _ROOM * line:
            return True
    return False


def may_cut_word(text: str) -> bool:
    """Tell whether a page break after this text may have cut a word."""
    last = text.rstrip().rsplit(maxsplit=1)[-1:] or [""]
    return last[0].endswith(_BREAKABLE) or len(last[0]) > _LONGEST_WORD
