"""Take from a page of a PDF its words, each with its place, its look and its mark in the structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ctypes import byref
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct
from typing import Any

from pipeline.document import Box
from pipeline.language import _
from pipeline.pdf import LIKELY, UNKNOWN, UNSEEN
from pipeline.readers.lines import raised
from pipeline.readers.pdf_calls import BothSides, loose_char_box, text_object
from pipeline.readers.pdf_glyphs import Glyphs, Style
from pipeline.readers.pdf_raised import is_mark, with_raised
from pipeline.readers.pdf_rulings import TextPiece
from pipeline.readers.pdf_spaces import same_piece, space_after_hyphen
from pipeline.readers.symbols import sign

_WORD = re.compile("[^ \r\n\t\0\ufffe\uffff\u0002]++[\ufffe\u0002]?|[\ufffe\u0002]")
_HYPHENS = "\ufffe\u0002"
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SIGN = re.compile("[\uf000-\uf0ff]")
"""How symbol fonts give their signs, check boxes among them."""
_UNSURE = re.compile(f"[{LIKELY}{UNKNOWN}{UNSEEN}\uf000-\uf0ff]")
"""What the file does not say for certain, or at all."""
_PRESSED = re.compile(r"""[,.;:!?)’”»"'](?:[^\W\d_]|[({\["'“„«‘])""")
"""Where kerning may have pressed a space so narrow that pdfium does not see it."""
_UNCLEAR = re.compile(f"{UNKNOWN}|{_PRESSED.pattern}")
_BOXES = Struct("8f")
"""The fields of two rectangles of pdfium: left, top, right, bottom."""
_SURELY_ONE_LINE = 0.5
_ONE_LINE = 0.6
"""Of the height of its letters, by which the last of a word ends lower or higher than the first at most."""
_LIFTED = 0.1
"""Points by which a digit in superscript ends higher, at least."""
_REACH = 0.1
"""Of the height of its letters, by which a letter reaches into the one drawn before it, and still stands before it."""
NARROW_GAP = 0.12
"""A gap below this share of the font size is no space, though pdfium made one."""


@dataclass(slots=True)
class Word:
    """A run of characters without a space, on one line; made by the thousand, so not frozen."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    """The baseline, in points from the top of the page."""
    style: Style
    space: bool
    """It is known that a space was printed after it."""
    first: int
    """Index of its first character, to look closer; -1 for what a form field says."""
    starts_with: float
    """Width of its first character."""
    gap: int = -1
    """Index of what comes after it, which may be a space; -1 when none does."""
    apart: bool = False
    """Its last hyphen is drawn apart: put there where the line ends, not typed."""
    sure: float = 1.0
    """How sure it is that it was read well, from 0 to 1; less than 1 on a scan."""
    doubt: str = ""
    """Why it may not say what was written."""


def words_of(page: Any, text_page: Any, glyphs: Glyphs, texts: Sequence[TextPiece]) -> list[Word]:
    """Give the words of a page in the order in which they were printed."""
    text, upright, (x, y) = glyphs.text, glyphs.upright, glyphs.corner
    pieces, piece_at, pen = glyphs.pieces, glyphs.piece, glyphs.pen
    boxes = BothSides()
    into, into_other = byref(boxes), byref(boxes, _BOXES.size // 2)
    found: list[Word] = []
    for match in _WORD.finditer(text):  # by the thousand: here nothing is called that can be left out
        first, end = match.span()
        word = text[first:end]
        piece = pieces.get(text_object(text_page, first)) or piece_at(first)
        loose_char_box(text_page, first, into)
        loose_char_box(text_page, end - 1, into_other)
        left, top, right, bottom, left_, top_, right_, bottom_ = _BOXES.unpack(boxes)  # bottom up, as the file counts
        if (
            upright
            and left <= left_
            and (bottom == bottom_ or abs(bottom - bottom_) < _SURELY_ONE_LINE * (top - bottom))
            and (word.isalnum() or (word.isprintable() and not _UNCLEAR.search(word)))
            and not (bottom_ > bottom and word[-1].isdecimal())
        ):  # as nearly all are
            start, foot = left - x, y - bottom
            start, base = (start, piece.base) if foot == piece.bottom else pen(piece, first, start, foot)
            lead = right - x - start
            if right_ > right:
                right = right_
            if top_ > top:
                top = top_
            if bottom_ < bottom:
                bottom = bottom_
            found.append(Word(word, start, right - x, y - top, y - bottom, base, piece.style, False, first, lead, end))  # noqa: FBT003
        else:
            found += _looked_at(page, text_page, glyphs, texts, first, end)
    for before, after in pairwise(found):
        if after.text.isdecimal() and is_mark(before, after):
            after.text, after.base = raised(after.text), before.base
    return glued(found, glyphs)


def _looked_at(
    page: Any, text_page: Any, glyphs: Glyphs, texts: Sequence[TextPiece], first: int, end: int
) -> list[Word]:
    """Give the words in a run of characters, looking at each of these where need be.

    Args:
        page: on which they stand.
        text_page: its text.
        glyphs: its characters.
        texts: its pieces of text.
        first: the index of the first of them.
        end: that of what comes after the last.
    """
    last = end - 1
    start, close = glyphs.box(first), glyphs.box(last)
    clean, hyphen, doubt = glyphs.text[first:end], False, ""
    if not clean.isprintable() or UNKNOWN in clean:
        hyphen = clean[-1] in _HYPHENS
        clean = _CONTROL.sub("", clean[:-1] + "-" if hyphen else clean)
        if not clean:
            return []
        clean, doubt = _cleaned(clean)
    gap = -1 if hyphen else end
    if end - first != len(clean):
        found = [_word(glyphs, clean, first, start, close, gap)]
    elif (start[3] == close[3] and start[0] <= close[0]) or _on_one_line(start, close):
        if clean[-1].isdecimal() and close[3] < start[3] - _LIFTED:
            clean = with_raised(glyphs, clean, first)
        if not clean.isalnum() and _PRESSED.search(clean):
            found = _pulled_apart(glyphs, clean, first, gap)
        else:
            found = [_word(glyphs, clean, first, start, close, gap)]
    else:
        found = _pieces(glyphs, clean, first, gap)
    if doubt:
        for word in found:
            word.doubt = doubt
    if hyphen:
        found[-1].space = space_after_hyphen(page, text_page, texts, last)
        found[-1].apart = last > first and not same_piece(text_page, last - 1, last)
    return found


def _cleaned(text: str) -> tuple[str, str]:
    """Give the text of characters that are not all letters or marks, and why it may not say what was written."""
    clean = _SIGN.sub(lambda found: sign(ord(found.group()), ""), text)
    doubt = _doubt(clean) if _UNSURE.search(clean) else ""
    return clean.replace(LIKELY, "").replace(UNSEEN, ""), doubt


def _doubt(text: str) -> str:
    """Give why a word may not say what was written."""
    seen, word = text.replace(LIKELY, ""), text.replace(LIKELY, "").replace(UNSEEN, "")
    if seen != word:
        told = _("de pdf zegt dat hier «{word}» staat, maar op de bladzijde is dat niet te zien; vraag het na")
    else:
        told = _("de pdf zegt niet zeker welk teken hier staat: «{word}»; kijk op de bladzijde")
    return told.format(word=word)


def is_spaced(word: Word, glyphs: Glyphs | None) -> bool:
    """Tell whether a space was printed after a word, not merely a gap."""
    return word.space or (glyphs is not None and word.gap >= 0 and glyphs.has_space(word.gap))


def split(glyphs: Glyphs, word: Word, at: list[float]) -> list[Word]:
    """Split a word that runs over the rulings at these places."""
    boxes = [glyphs.box(word.first + number) for number in range(len(word.text))]
    rooms = [sum(edge < (box[0] + box[2]) / 2 for edge in at) for box in boxes]
    pieces: list[Word] = []
    start = 0
    for index in range(1, len(rooms) + 1):
        if index == len(rooms) or rooms[index] != rooms[start]:
            first = word.first + start
            pieces.append(_word(glyphs, word.text[start:index], first, boxes[start], boxes[index - 1], -1))
            start = index
    pieces[-1].space, pieces[-1].gap = word.space, word.gap
    for piece in pieces:
        piece.doubt = word.doubt
    return pieces


def width(glyphs: Glyphs | None, word: Word, count: int) -> float:
    """Give the width of the first characters of a word."""
    if glyphs is None or word.first < 0 or count >= len(word.text):
        return (word.right - word.left) * count / len(word.text)
    return glyphs.box(word.first + count - 1)[2] - word.left


def _on_one_line(start: Box, end: Box) -> bool:
    """Tell whether the first and the last character of a word stand on one line (pdfium may join lines)."""
    if end[0] < start[0] - 0.1:
        return False
    apart = abs(start[3] - end[3])
    return apart < 0.6 or apart < _ONE_LINE * max(start[3] - start[1], end[3] - end[1])


def _pieces(glyphs: Glyphs, text: str, first: int, gap: int) -> list[Word]:
    """Give the pieces of a run of characters that stand on lines of their own, or wholly before those drawn earlier.

    A letter that the font lacks is drawn after the rest of its word, with another font.
    """
    boxes = [glyphs.box(first + number) for number in range(len(text))]
    height = max(boxes[0][3] - boxes[0][1], boxes[-1][3] - boxes[-1][1], 1.0)
    starts = [
        number
        for number, (before, box) in enumerate(pairwise(boxes), 1)
        if box[0] < before[0] - height or box[2] < before[0] + _REACH * height or abs(box[3] - before[3]) > height * 0.6
    ]
    return [
        _word(glyphs, text[start:end], first + start, boxes[start], boxes[end - 1], gap if end == len(text) else -1)
        for start, end in pairwise([0, *starts, len(text)])
    ]


def _pulled_apart(glyphs: Glyphs, text: str, first: int, gap: int) -> list[Word]:
    """Give the pieces of a run of characters between which the page has a space that pdfium did not see."""
    starts = []
    for match in _PRESSED.finditer(text):
        number = match.start() + 1
        before, after = glyphs.box(first + number - 1), glyphs.box(first + number)
        if after[0] - before[2] > NARROW_GAP * (after[3] - after[1]):
            starts.append(number)
    return [
        _word(
            glyphs,
            text[start:end],
            first + start,
            glyphs.box(first + start),
            glyphs.box(first + end - 1),
            gap if end == len(text) else -1,
        )
        for start, end in pairwise([0, *starts, len(text)])
    ]


def _word(glyphs: Glyphs, text: str, first: int, start: Box, end: Box, gap: int) -> Word:
    """Make a word of the boxes of its first and its last character."""
    piece = glyphs.piece(first)
    left, top, right, bottom = start
    if end is not start:
        right = max(right, end[2])
        if end[3] != bottom or end[1] != top:  # as in few words
            top, bottom = min(top, end[1]), max(bottom, end[3])
    if not glyphs.upright:
        left, base = min(left, end[0]), bottom
    else:
        left, base = glyphs.pen(piece, first, left, start[3])
    lead = start[2] - left if len(text) > 1 else right - left
    return Word(text, left, right, top, bottom, base, piece.style, False, first, lead, gap)  # noqa: FBT003


def touch(before: Word, word: Word) -> bool:
    """Tell whether no space fits between two words."""
    return -0.5 < word.left - before.right < NARROW_GAP * word.style.size


def glued(words: list[Word], glyphs: Glyphs) -> list[Word]:
    """Join words that follow each other where the page has no space between them, though pdfium saw one."""
    joined: list[Word] = []
    before: Word | None = None
    for word in words:
        if (
            before is not None
            and -0.5 < word.left - before.right < NARROW_GAP * word.style.size  # they touch; asked of every word
            and abs(before.base - word.base) < 0.5
            and not is_spaced(before, glyphs)
        ):
            before.text += word.text
            before.right = word.right
            before.top = min(before.top, word.top)
            before.bottom = max(before.bottom, word.bottom)
            before.space, before.gap, before.apart = word.space, word.gap, word.apart
            before.doubt = before.doubt or word.doubt
        else:
            joined.append(word)
            before = word
    return joined
