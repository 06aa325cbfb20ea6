"""Join the lines of a cell or of running text to paragraphs, and say where that is not certain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from statistics import median

from pipeline.language import _
from pipeline.readers.pdf_lines import Line
from pipeline.records import record

_BREAKS_AFTER = "-–—/|…}\u00ad\u2010"
_OPENING = "([{«„‚"
_HYPHENS = "-\u00ad\u2010"
_PUNCTUATION = ".,;:!?()[]«»“”„\"'‘’…"
_AFTER_GAP = frozenset({"en", "of", "en/of", "tot", "noch", "e.a.", "enz.", "op", "als"})
_ADDRESS = re.compile(r"://|www\.|@\S*$", re.IGNORECASE)
_SLACK = 1.0
"""Points by which the measured width of a line of several words may be off."""
_EXACT = 0.25
"""Points by which the measured width of a single word may be off."""
_DRIFT = 0.04
"""Points more for each word on the line."""
_WIDE_GAP = 1.35


class Seam(Enum):
    """What stood between two lines."""

    SPACE = auto()
    NOTHING = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document shows of how it was printed."""

    prints_spaces: bool
    """A space at the end of a wrapped line is printed, so no space means no space."""
    prints_all: bool
    """Even a space that does not fit on the line is printed, as in a tagged file."""
    hyphenates: bool
    """Words are split at the end of a line with a hyphen that nobody typed."""
    words: frozenset[str]
    """The words that stand whole inside a line, without their punctuation."""


@record
class Passage:
    """Lines that make one paragraph."""

    text: str
    lines: tuple[Line, ...]
    uncertain: str = ""


def habits_of(
    blocks: Iterable[tuple[Sequence[Line], float, float]], *, prints_all: bool, hyphens_apart: bool
) -> Habits:
    """Learn how a document was printed.

    Args:
        blocks: all its blocks of lines, each with its left and right edge.
        prints_all: a page of it prints spaces that do not fit on their line.
        hyphens_apart: its maker draws the hyphens that it puts itself as pieces of their own.
    """
    spaces = bare = hyphens = wrapped = 0
    words: set[str] = set()
    for lines, left, right in blocks:
        for line in lines:
            words.update(line.text.split(" ")[1:-1])
        for before, after in pairwise(lines):
            if before.space:
                spaces += 1
                wrapped += 1
            elif not _fits(before, after, left, right):
                wrapped += 1
                last, following = before.text[-1:], after.text[:1]
                if last == "-" and before.text[-2:-1].isalpha() and following.islower():
                    hyphens += 1
                elif last.isalnum() and following.isalnum() and not _no_space_fits(before, after, left, right):
                    bare += 1
    return Habits(
        spaces >= max(1, bare),
        prints_all,
        not hyphens_apart and wrapped >= 20 and hyphens * 12 > wrapped,
        frozenset(plain for word in words if len(plain := _plain(word)) > 2),
    )


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
        seam, why = _seam(before, after, left, right, habits, pitches.get(before.style.size, 0.0))
        if before.tag is not None and after.tag is not None:
            same = before.tag.paragraph == after.tag.paragraph
            if not same and before.page == after.page:
                seam, why = Seam.BREAK, ""
            elif same and seam is Seam.BREAK:
                text, held, doubt = text + "\n" + after.text, [*held, after], doubt or why
                continue
        if seam is Seam.BREAK:
            done.append(Passage(_clean(text), tuple(held), doubt or why))
            text, held, doubt = after.text, [after], why
        else:
            kept = text[:-1] if before.apart and seam is Seam.NOTHING else text
            text = kept + (" " if seam is Seam.SPACE else "") + after.text
            held.append(after)
            doubt = doubt or why
        doubt = doubt or _unsure(after)
    done.append(Passage(_clean(text), tuple(held), doubt))
    return tuple(passage for passage in done if passage.text)


def continues(before: Line, after: Line, left: float, right: float, habits: Habits) -> bool:
    """Tell whether a line is certainly the middle of a paragraph that goes on in the next."""
    if not habits.prints_spaces or _fits(before, after, left, right):
        return False
    hyphen = before.text[-1] == "-" and after.text[0].isalnum()
    return before.space or (hyphen and _printed(before, after, left, right, habits) == (Seam.NOTHING, ""))


def _seam(before: Line, after: Line, left: float, right: float, habits: Habits, pitch: float) -> tuple[Seam, str]:
    fits = _fits(before, after, left, right)
    if before.space and not fits:
        return Seam.SPACE, ""
    if fits or _other_look(before, after):
        return Seam.BREAK, ""
    if pitch and before.page == after.page and after.base - before.base > _WIDE_GAP * pitch:
        return Seam.BREAK, ""
    judge = _printed if habits.prints_spaces and not before.scanned else _guessed
    return judge(before, after, left, right, habits)


def _printed(before: Line, after: Line, left: float, right: float, habits: Habits) -> tuple[Seam, str]:
    """Judge a line end without a space, where wrapped lines do print theirs when it fits on the line."""
    last, following = before.text[-1], after.text[0]
    unknown = not habits.prints_all and _no_space_fits(before, after, left, right)
    if last in _HYPHENS:
        return Seam.NOTHING, _hyphen(before, after) if _unsure_hyphen(before, after, habits, unknown=unknown) else ""
    if _breaks_after(before.text):  # or a paragraph ends with it, and the next one's first word would not have fitted
        return Seam.NOTHING, _broken(before, after)
    token, tail = _around(before, after)
    if _full(before, after, left, right) and before.words == 1:
        seen = _plain(token + tail) in habits.words
        both = _plain(token) in habits.words and _plain(tail) in habits.words
        if seen and not both:
            return Seam.NOTHING, ""
        sure = not unknown and _kin(last, following)
        return (Seam.SPACE if both and unknown and not seen else Seam.NOTHING), "" if sure else _broken(before, after)
    if _ADDRESS.search(token) and not (last.isalnum() and following.isalnum()):
        return Seam.NOTHING, _broken(before, after)
    return (Seam.SPACE if unknown else Seam.BREAK), ""


def _unsure_hyphen(before: Line, after: Line, habits: Habits, *, unknown: bool) -> bool:
    """Tell whether a hyphen at the end of a line may have been put there, or may have had a space after it.

    Dutch writes a space after a hyphen only where a word is left out: «kind- en jeugdwerking».
    """
    if before.text[-1] != "-":
        return unknown
    if before.apart or (habits.hyphenates and before.text[-2:-1].isalpha() and after.text[0].islower()):
        return True
    token, tail = _around(before, after)
    inside = before.text[-2:-1].isalpha() and tail[0].islower()
    return unknown and (not inside or tail in _AFTER_GAP or _plain(token) in habits.words)


def _around(before: Line, after: Line) -> tuple[str, str]:
    return before.text.rsplit(" ", 1)[-1], after.text.split(" ", 1)[0]


def _plain(word: str) -> str:
    return word.strip(_PUNCTUATION).casefold()


def _breaks_after(line: str) -> bool:
    """Tell whether a line ends in a mark after which words are broken: viewers of forms do so after an opening one."""
    quoted = line[-1] in "‘“" and line[-2:-1] in ("", " ")
    return line[-1] in _BREAKS_AFTER + _OPENING or quoted or (line[-1] == '"' and line.count('"') % 2 == 1)


def _kin(last: str, following: str) -> bool:
    """Tell whether two characters look like the inside of a word, not like the end of one and the start of another."""
    if last.isalnum() and following.isalnum():
        return last.isalpha() and following.isalpha() and not (last.islower() and following.isupper())
    return True


def _guessed(before: Line, after: Line, left: float, right: float, _habits: Habits) -> tuple[Seam, str]:
    """Judge a wrapped line in a document that prints no spaces at line ends."""
    last, following = before.text[-1], after.text[0]
    token = before.text.rsplit(" ", 1)[-1]
    if last == "-":
        return Seam.NOTHING, _hyphen(before, after)
    inside = last.isalnum() and following.isalnum()
    if _breaks_after(before.text) or (_ADDRESS.search(token) and not inside):
        return Seam.NOTHING, _broken(before, after)
    if _full(before, after, left, right) and before.words == 1:
        return Seam.NOTHING, _broken(before, after)
    return Seam.SPACE, ""


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


def _fits(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether the next line's first word would have fitted on the line, so that it was not wrapped."""
    needed = before.end.space + after.first_word if before.space else after.first_piece
    return needed + _SLACK < _room_left(before, after, left, right)


def _full(before: Line, after: Line, left: float, right: float) -> bool:
    """Tell whether not even one more character fitted on the line."""
    return _room_left(before, after, left, right) < after.starts_with + _EXACT


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
    return unicodedata.normalize("NFC", text).strip()
