"""Join the lines of a cell or of running text to paragraphs, and say where that is not certain."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.language import _
from pipeline.readers.pdf_breaks import (
    Lexicon,
    Seam,
    at_mark,
    inside,
    is_typed_hyphen,
    may_break_after,
    opens,
    shown_whole,
)
from pipeline.readers.pdf_lines import Line
from pipeline.records import record

_BOXES = ("☐", "☒", "☑", "□", "■", "[ ]", "[x]", "[X]")
_APART = "LibreOffice"
"""It draws the hyphens that it puts itself as pieces of their own."""
_WHOLE = ("LibreOffice", "Skia", "cairo", "Microsoft", "Quartz", "Google")
"""These move a word that is too long to a line of its own before they break it."""
_REQUIRED = " *"
"""The mark of a question that must be answered keeps to the last word of its label, whatever space is printed."""
_DASHES = "–—/"
_MANY = 20
"""Wrapped lines that show how a document is printed."""
_SOME = 4
"""Once in so many, a hyphen that was typed looks like one that was not: «e-mail» beside «email»."""
_RARELY = 12
"""Once in so many lines, a line may end in a typed hyphen."""
_SLACK = 1.0
"""Points by which the measured width of a line of several words may be off."""
_UNEVEN = 1.1
"""Letters of one word may be so much wider than those of the rest of its line."""
_EXACT = 0.25
"""Points by which the measured width of a single word may be off."""
_DRIFT = 0.04
"""Points more for each word on the line."""
_WIDE_GAP = 1.35


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


@record
class Passage:
    """Lines that make one paragraph."""

    text: str
    lines: tuple[Line, ...]
    uncertain: str = ""


def habits_of(blocks: Iterable[tuple[Sequence[Line], float, float]], *, prints_all: bool, producer: str) -> Habits:
    """Learn how a document was printed.

    Args:
        blocks: all its blocks of lines, each with its left and right edge.
        prints_all: a page of it prints spaces that do not fit on their line.
        producer: what made it, as it says itself.
    """
    spaces = bare = wrapped = 0
    hyphens: list[tuple[str, str]] = []
    shown: list[tuple[list[str], list[bool]]] = []
    for lines, left, right in blocks:
        torn = [False] * len(lines)
        for number, (before, after) in enumerate(pairwise(lines)):
            if before.space:
                spaces += 1
                wrapped += 1
            elif not fits(before, after, left, right):
                wrapped += 1
                last, following = before.text[-1:], after.text[:1]
                full = _full(before, after, left, right)
                torn[number] = full or may_break_after(last)
                if last == "-":
                    hyphens.append(_around(before, after))
                elif last.isalnum() and following.isalnum() and not _no_space_fits(before, after, left, right):
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
    )


def _hyphenates(typed: Sequence[bool | None], wrapped: int) -> bool:
    """Tell whether lines end in hyphens that nobody typed: other words say so, or there are very many."""
    if typed.count(False) * _SOME > typed.count(True):
        return True
    return wrapped >= _MANY and typed.count(None) > typed.count(True) and typed.count(None) * _RARELY > wrapped


def passages(lines: Sequence[Line], left: float, right: float, habits: Habits) -> tuple[Passage, ...]:
    """Join lines to paragraphs.

    Args:
        lines: of one cell or one run of text, top to bottom.
        left: where lines may start.
        right: where lines must end.
        habits: of the document.
    """
    if not lines:
        return ()
    pitches = _pitches(lines)
    done: list[Passage] = []
    text, held, doubt = lines[0].text, [lines[0]], _unsure(lines[0])
    for before, after in pairwise(lines):
        known = before.tag is not None and after.tag is not None
        same = known and before.tag == after.tag
        pitch = pitches.get(before.style.size, 0.0)
        seam, why = _seam(before, after, left, right, habits, pitch=pitch, same=same)
        if known and not same and before.page == after.page:
            seam, why = Seam.BREAK, ""
        elif same and seam is Seam.BREAK:
            text, held, doubt = text + "\n" + after.text, [*held, after], doubt or why
            continue
        if seam is Seam.BREAK:
            done.append(Passage(_clean(text), tuple(held), doubt or why))
            text, held, doubt = after.text, [after], why
        else:
            put = text.endswith("\u00ad") or (before.apart and habits.hyphens_apart)
            kept = text[:-1] if seam is Seam.NOTHING and put else text
            text = kept + (" " if seam is Seam.SPACE else "") + after.text
            held.append(after)
            doubt = doubt or why
        doubt = doubt or _unsure(after)
    done.append(Passage(_clean(text), tuple(held), doubt))
    return tuple(passage for passage in done if passage.text)


def is_box(line: Line) -> bool:
    """Tell whether a line begins with a box to tick."""
    return line.text.startswith(_BOXES)


def continues(before: Line, after: Line, left: float, right: float, habits: Habits) -> bool:
    """Tell whether a line is certainly the middle of a paragraph that goes on in the next."""
    if not habits.prints_spaces or is_box(after) or fits(before, after, left, right, habits):
        return False
    return before.space or _judge(before, after, left, right, habits, same=False) == (Seam.NOTHING, "")


def _seam(
    before: Line, after: Line, left: float, right: float, habits: Habits, *, pitch: float, same: bool
) -> tuple[Seam, str]:
    whole = fits(before, after, left, right, habits)
    if before.space and not whole:
        return Seam.SPACE, ""
    if _other_look(before, after) or is_box(after):
        return Seam.BREAK, ""
    if whole and not _may_go_on(before, after, left, right):
        return Seam.BREAK, ""
    if whole:
        return Seam.NOTHING, _broken(before, after)
    if pitch and before.page == after.page and after.base - before.base > _WIDE_GAP * pitch:
        return Seam.BREAK, ""
    return _judge(before, after, left, right, habits, same=same)


def _may_go_on(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether a line that ends in a dash may go on: the next word would not have fitted, only its first piece.

    Not every program breaks after the hyphen behind that piece, and a form that was filled in has two.
    """
    return before.text[-1] in _DASHES and after.first_word + _SLACK > _room_left(before, after, left, right)


def _judge(before: Line, after: Line, left: float, right: float, habits: Habits, *, same: bool) -> tuple[Seam, str]:
    """Judge a line that was wrapped, or ends a paragraph, without a space at its end.

    Where spaces are printed when they fit on their line, none stood there if it would have fitted; `same` says that
    both lines are known to be of one paragraph.
    """
    shown = habits.prints_spaces and not before.scanned
    none = shown and (habits.prints_all or not _no_space_fits(before, after, left, right))
    token, tail = _around(before, after)
    if may_break_after(token[-1]):
        needed = after.first_piece if habits.breaks_at_marks else after.first_word
        if needed + _SLACK < _room_left(before, after, left, right):  # it would stand there, but for a space
            return (Seam.BREAK if none else Seam.SPACE), ""
        return _at_mark(before, after, habits, none=none)
    if opens(before.text):
        return Seam.NOTHING, _broken(before, after)
    if _may_be_inside(before, after, left, right, habits):
        seam, sure = inside(token, tail, habits.lexicon)
        if none and (same or (seam is Seam.NOTHING and token[-1].isalpha() and tail[0].isalpha())):
            return Seam.NOTHING, ""
        if none and seam is Seam.SPACE and sure:
            return Seam.BREAK, ""
        return seam, "" if sure else _broken(before, after)
    return (Seam.BREAK if none else Seam.SPACE), ""


def _at_mark(before: Line, after: Line, habits: Habits, *, none: bool) -> tuple[Seam, str]:
    """Judge a line that ends in a mark after which it may break without a space."""
    token, tail = _around(before, after)
    hyphen = token[-1] == "-"
    seam, sure = at_mark(token, tail)
    typed = is_typed_hyphen(token, tail, habits.lexicon) if hyphen else True
    if hyphen and ((before.apart and habits.hyphens_apart) or (habits.hyphenates and not typed)):
        return Seam.NOTHING, _hyphen(before, after)
    if none:
        return (Seam.BREAK if seam is Seam.SPACE and sure else Seam.NOTHING), ""
    sure = sure and (typed or (typed is None and habits.knows_hyphens))
    return seam, "" if sure else (_hyphen if hyphen else _broken)(before, after)


def _may_be_inside(before: Line, after: Line, left: float, right: float, habits: Habits) -> bool:
    """Tell whether a line may have been broken inside its last word, which is then too long for a line."""
    if before.words == 1 or not habits.splits_anywhere:
        return before.words == 1 and _full(before, after, left, right)
    token, _tail = _around(before, after)
    share = len(token) / len(before.text) * _UNEVEN
    too_long = (before.right - before.left) * share + after.first_word > right - left
    return too_long and _room_left(before, after, left, right) < after.starts_with + before.end.space + _EXACT


def _around(before: Line, after: Line) -> tuple[str, str]:
    return before.text.rsplit(" ", 1)[-1], after.text.split(" ", 1)[0]


def _hyphen(before: Line, after: Line) -> str:
    return _("de regel eindigt op een koppelteken: «{before}» / «{after}»").format(
        before=before.text.rsplit(" ", 1)[-1], after=after.text.split(" ", 1)[0]
    )


def _broken(before: Line, after: Line) -> str:
    return _("een woord is misschien afgebroken aan het einde van de regel: «{before}» / «{after}»").format(
        before=before.text.rsplit(" ", 1)[-1], after=after.text.split(" ", 1)[0]
    )


def _unsure(line: Line) -> str:
    if line.style.invisible:
        return _("de tekst is onzichtbaar gedrukt, zoals bij een ingescand blad")
    return line.doubt


def _room_left(before: Line, after: Line, left: float, right: float) -> float:
    """Give the width that was still free on a line, however the text is aligned."""
    if abs(before.left - after.left) < _SLACK or before.left - left < _SLACK:
        return right - before.right
    if abs(before.right - after.right) < _SLACK or abs(before.left + before.right - after.left - after.right) < _SLACK:
        return right - before.right + before.left - left
    return right - before.right


def fits(before: Line, after: Line, left: float, right: float, habits: Habits | None = None) -> bool:
    """Tell whether the next line's first word would have fitted on the line, so that it was not wrapped."""
    broken = habits is None or habits.breaks_at_marks
    needed = after.first_piece if broken and not before.space else after.first_word
    if after.words == 2 and after.text.endswith(_REQUIRED):
        needed = after.right - after.left
    return before.end.space + needed + _SLACK < _room_left(before, after, left, right)


def _full(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether not even one more character fitted on the line."""
    return _room_left(before, after, left, right) < after.starts_with + _SLACK


def _no_space_fits(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether a space would not have fitted on the line, so that none can be seen."""
    off = min(_SLACK, _EXACT + _DRIFT * before.words)
    return _room_left(before, after, left, right) < before.end.space + off


def _other_look(before: Line, after: Line) -> bool:
    return (
        abs(before.style.size - after.style.size) > 0.6
        or before.end.bold != after.style.bold
        or before.end.colour != after.style.colour
    )


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    """Give for each size of text the usual step from one line to the next."""
    steps: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        if above.page == below.page and above.style.size == below.style.size:
            steps.setdefault(above.style.size, []).append(below.base - above.base)
    return {size: median(each) for size, each in steps.items() if len(each) > 1}


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\u00ad", "-")).strip()
