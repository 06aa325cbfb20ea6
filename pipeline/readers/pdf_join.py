"""Join the lines of a cell or of running text to paragraphs, and say where that is not certain."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from pipeline.language import _
from pipeline.readers.pdf_breaks import Seam, asks_address, at_mark, inside, is_typed_hyphen, may_break_after, opens
from pipeline.readers.pdf_habits import Habits, Lines
from pipeline.readers.pdf_leading import Leading, is_wide, step_of
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_room import (
    SLACK,
    around,
    fits,
    hides_space,
    is_full,
    may_break_inside,
    room_left,
    slack_of,
)
from pipeline.records import record

_BOXES = ("☐", "☒", "☑", "□", "■", "[ ]", "[x]", "[X]")
_DASHES = "–—/"
_FEW = 12
"""Letters of a scanned line whose size and thickness are known badly."""
_NO_BEGINNING = "_,;)]"
"""No text begins with one of these: forms break a long file name before «_»."""


@record
class Passage:
    """Lines that make one paragraph."""

    text: str
    lines: tuple[Line, ...]
    uncertain: str = ""
    apart: bool = False
    """The doubt is whether it belongs to the paragraph before or after it, which no look at its own lines settles."""


def passages(block: Lines, habits: Habits) -> tuple[Passage, ...]:
    """Join lines to paragraphs.

    Args:
        block: the lines of one cell or one run of text, top to bottom.
        habits: of the document.
    """
    lines, left, right = block.lines, block.left, block.right
    if not lines:
        return ()
    done: list[Passage] = []
    text, held, doubt, apart = lines[0].text, [lines[0]], _unsure(lines[0]), False
    for before, after in pairwise(lines):
        known = before.tag is not None and after.tag is not None
        same = known and before.tag == after.tag
        seam, why = _seam(before, after, left, right, habits, same=same)
        if seam is not Seam.BREAK and not same and not before.space:
            seam, why = _by_step(before, after, seam, why, block.leading, habits, running=block.running)
        if known and not same and before.page == after.page:
            seam, why = Seam.BREAK, ""
        elif same and seam is Seam.BREAK:
            text, held, doubt = text + "\n" + after.text, [*held, after], doubt or why
            continue
        if seam is Seam.BREAK:
            done.append(Passage(_clean(text), tuple(held), doubt or why, apart or bool(why)))
            text, held, doubt, apart = after.text, [after], why, bool(why)
        else:
            put = text.endswith("\u00ad") or (before.apart and habits.hyphens_apart)
            kept = text[:-1] if seam is Seam.NOTHING and put else text
            text = kept + (" " if seam is Seam.SPACE else "") + after.text
            held.append(after)
            doubt = doubt or why
        doubt = doubt or _unsure(after)
    done.append(Passage(_clean(text), tuple(held), doubt, apart))
    return tuple(passage for passage in done if passage.text)


def is_box(line: Line) -> bool:
    """Tell whether a line begins with a box to tick."""
    return line.text.startswith(_BOXES)


def without_box(line: Line) -> str:
    """Give the text of a line without the box before it."""
    box = next((box for box in _BOXES if line.text.startswith(box)), "")
    return line.text[len(box) :].strip()


def continues(before: Line, after: Line, left: float, right: float, habits: Habits) -> bool:
    """Tell whether a line is certainly the middle of a paragraph that goes on in the next."""
    if (
        not habits.prints_spaces
        or is_box(after)
        or fits(before, after, left, right, breaks_at_marks=habits.breaks_at_marks)
    ):
        return False
    return before.space or _judge(before, after, left, right, habits, same=False) == (Seam.NOTHING, "")


def _seam(before: Line, after: Line, left: float, right: float, habits: Habits, *, same: bool) -> tuple[Seam, str]:
    whole = fits(before, after, left, right, breaks_at_marks=habits.breaks_at_marks)
    if before.space and not whole:
        return Seam.SPACE, ""
    if is_box(after):
        return Seam.BREAK, ""
    if _other_look(before, after, full=not whole):
        few = before.scanned and not whole and after.words == 1 and len(after.text) <= _FEW
        torn = few and may_break_inside(before, after, left, right, splits_anywhere=habits.splits_anywhere)
        return Seam.BREAK, _broken(before, after) if torn else ""
    if whole and not _may_go_on(before, after, left, right):
        return Seam.BREAK, ""
    if whole:
        return Seam.NOTHING, _broken(before, after)
    return _judge(before, after, left, right, habits, same=same)


def _by_step(
    before: Line, after: Line, seam: Seam, why: str, own: Leading | None, habits: Habits, *, running: bool
) -> tuple[Seam, str]:
    """Judge by how far apart they stand whether lines belong together of which the first one is full.

    Args:
        before: the full line.
        after: the next one.
        seam: what stood between them if they do.
        why: what is not certain about that.
        own: how far lines stand apart that surely belong together, in the same cell or run of text.
        habits: of the document, which shows it elsewhere.
        running: they are in no cell.
    """
    step = step_of(before, after)
    known = own or habits.leading
    if own is not None and step is not None and own.parts(step):
        return Seam.BREAK, ""
    if step is not None and (is_wide(step) if known is None else not known.holds(step)):
        return (Seam.BREAK if seam is Seam.SPACE else seam), why or _loose(before, after)
    if own is None and running and not habits.wraps:
        return seam, why or _loose(before, after)
    return seam, why


def _may_go_on(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether a line that ends in a dash may go on: the next word would not have fitted, only its first piece.

    Not every program breaks after the hyphen behind that piece, and a form that was filled in has two.
    """
    return before.text[-1] in _DASHES and after.first_word + SLACK > room_left(before, after, left, right)


def _judge(before: Line, after: Line, left: float, right: float, habits: Habits, *, same: bool) -> tuple[Seam, str]:
    """Judge a line that was wrapped, or ends a paragraph, without a space at its end.

    Where spaces are printed when they fit on their line, none stood there if it would have fitted; `same` says that
    both lines are known to be of one paragraph.
    """
    if after.text[0] == before.text[-1] == "+":  # «C++», which LibreOffice breaks before its last sign
        return Seam.NOTHING, ""
    if after.text[0] in _NO_BEGINNING:
        return Seam.NOTHING, "" if same else _broken(before, after)
    shown = habits.prints_spaces and not before.scanned
    none = shown and (habits.prints_all or not hides_space(before, after, left, right))
    token, tail = around(before, after)
    if may_break_after(token[-1]):
        needed = after.first_piece if habits.breaks_at_marks else after.first_word
        if needed + slack_of(before) < room_left(before, after, left, right):  # it would stand there, but for a space
            return (Seam.BREAK if none else Seam.SPACE), ""
        return _at_mark(before, after, habits, none=none)
    if opens(before.text):
        return Seam.NOTHING, _broken(before, after)
    filled = may_break_inside(before, after, left, right, splits_anywhere=habits.splits_anywhere)
    if asks_address(token, tail):
        return Seam.NOTHING, "" if none or same or filled else _broken(before, after)
    if filled:
        seam, sure = inside(token, tail, habits.lexicon)
        if none and (same or (seam is Seam.NOTHING and token[-1].isalpha() and tail[0].isalpha())):
            return Seam.NOTHING, ""
        if none and seam is Seam.SPACE and sure:
            return Seam.BREAK, ""
        return seam, "" if sure else _broken(before, after)
    figures = before.words == 2 and before.text[0] == "€" and token[-1].isdigit() and tail[0].isdigit()
    if figures and is_full(before, after, left, right):  # the space behind the sign may be one that does not break
        return Seam.SPACE, _broken(before, after)
    return (Seam.BREAK if none else Seam.SPACE), ""


def _at_mark(before: Line, after: Line, habits: Habits, *, none: bool) -> tuple[Seam, str]:
    """Judge a line that ends in a mark after which it may break without a space."""
    token, tail = around(before, after)
    hyphen = token[-1] == "-"
    seam, sure = at_mark(token, tail)
    typed = is_typed_hyphen(token, tail, habits.lexicon) if hyphen else True
    if hyphen and ((before.apart and habits.hyphens_apart) or (habits.hyphenates and not typed)):
        return Seam.NOTHING, _hyphen(before, after)
    if none:
        return (Seam.BREAK if seam is Seam.SPACE and sure else Seam.NOTHING), ""
    sure = sure and (typed or (typed is None and habits.knows_hyphens))
    return seam, "" if sure else (_hyphen if hyphen else _broken)(before, after)


def _hyphen(before: Line, after: Line) -> str:
    return _("de regel eindigt op een koppelteken: «{before}» / «{after}»").format(
        before=before.text.rsplit(" ", 1)[-1], after=after.text.split(" ", 1)[0]
    )


def _broken(before: Line, after: Line) -> str:
    return _("een woord is misschien afgebroken aan het einde van de regel: «{before}» / «{after}»").format(
        before=before.text.rsplit(" ", 1)[-1], after=after.text.split(" ", 1)[0]
    )


def _loose(before: Line, after: Line) -> str:
    return _("een volle regel en de volgende zijn misschien één tekst, misschien twee: «{before}» / «{after}»").format(
        before=before.text.rsplit(" ", 1)[-1], after=after.text.split(" ", 1)[0]
    )


def _unsure(line: Line) -> str:
    if line.style.invisible:
        return _("de tekst is onzichtbaar gedrukt, zoals bij een ingescand blad")
    return line.doubt


def _other_look(before: Line, after: Line, *, full: bool) -> bool:
    """Tell whether two lines look unlike each other.

    On a scan the look of a few letters is measured badly: «bouw» under «Samenlevingsop» seems a size smaller. Where the
    upper line is full, one sign alone says nothing then.
    """
    signs = (
        abs(before.style.size - after.style.size) > 0.6,
        before.end.bold != after.style.bold,
        before.end.colour != after.style.colour,
    )
    few = before.scanned and min(len(before.text), len(after.text)) <= _FEW
    return sum(signs) > (1 if full and few else 0)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\u00ad", "-")).strip()
