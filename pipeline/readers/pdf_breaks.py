"""Judge by the words on both sides whether a line of a PDF ended inside a word or between two words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

_MARKS = "-–—/|?\u00ad\u2010"
"""After these a line may break without a space, so that none need have been there."""
_HYPHENS = "-\u00ad\u2010"
_OPENING = "([{«„‚"
_PUNCTUATION = ".,;:!?()[]«»“”„\"'‘’…"
_AFTER_GAP = frozenset({"en", "of", "en/of", "tot", "noch", "e.a.", "enz.", "op", "als"})
"""What follows a hyphen that stands for a word left out: «kind- en jeugdwerking»."""
_ADDRESS = re.compile(r"://|^\W*www\.|\S@\S", re.IGNORECASE)
_OF_ADDRESS = re.compile(r"[/=&_%#?]\S|\.\w{2,}")
_AMOUNT_END = re.compile(r"\d[.,][-–]+$")
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|png|jpe?g|zip|eml|msg|txt)\W*$", re.IGNORECASE)
_LONGEST_ENDING = 5
_VOWEL = re.compile(r"[aeiouyáàâäéèêëíìîïóòôöúùûüœ]", re.IGNORECASE)
_BARE = frozenset({"dr", "mr", "st", "nr", "vs", "km", "cm", "mm", "kg", "gr", "bv", "nv"})
"""Words without a vowel."""
_UNIT = re.compile(r"[cdhkm]?m[23²³](?!\w)")
"""Square and cubic metres."""
_SUFFIXES = frozenset({"en", "er", "e", "je", "st", "ers", "ere", "de", "te", "se"})
"""What can be a word and the end of one."""
_LETTERS = frozenset("uxå")
"""Letters that are words."""
_SHORT = frozenset({"al", "de", "ik", "in", "is", "ja", "me", "na", "nu", "of", "om", "op", "uw", "we", "ze", "zo"})
"""Words of two letters that no longer word ends in."""
_ALONE = frozenset(
    {"als", "dan", "dat", "der", "deze", "die", "dit", "een", "haar", "hebben", "heeft", "het", "hun", "kan", "kunnen"}
    | {"maar", "met", "moet", "moeten", "naar", "nog", "omdat", "ons", "onze", "sinds", "tijdens", "van", "volgens"}
    | {"waar", "want", "was", "werd", "wie", "wij", "worden", "wordt", "zal", "zich", "zijn", "zodat", "zullen"}
)
"""Words that are no part of a longer one."""
_LINK = re.compile(r"\W*(?:https?://|www\.)", re.IGNORECASE)
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_NO_END = re.compile(r"(?:[vzqj]|[bdfgkpt][lrw]|[kst]n|[cksz]w|vr|wr|([bcdfghjkmnpqrtvwxz])\1)$")
_ENDS = re.compile(r"(?:ij|[aeo]e?v|azz|uiz|off|ill|all|ell|oll|ull|ass|iss|ess|oss|uss|app|unn|ann|inn|add|ett|ött)$")
_STARTS = re.compile("b[lr]|c[hlr]|d[rw]|f[jlr]|g[hlnr]|k[lnrw]|p[hjlnrs]|rh|s[cfjklmnptw]|t[hjrsw]|v[lr]|w[hr]|zw")
"""Two consonants with which a word can start."""
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{2}")
_SEAM = 3
"""Letters on each side of a line end that, seen together inside another word, tell that this is one too."""
_PART = 5
"""Letters at the start or the end of a word that tell that it is whole there."""
_WORD = 3
"""Letters of the shortest word that is kept."""


class Seam(Enum):
    """What stood between two lines."""

    SPACE = auto()
    NOTHING = auto()
    BREAK = auto()


class Verdict(NamedTuple):
    """What stood between two lines, and whether that is certain."""

    seam: Seam
    sure: bool


class Lexicon:
    """The words that a document shows whole; they are gathered when a first one is asked for, which is rare."""

    def __init__(self, words: Iterable[str]) -> None:
        self._shown = words

    @cached_property
    def _words(self) -> frozenset[str]:
        plain = [word.strip(_PUNCTUATION).casefold() for word in set(self._shown)]  # as `fold` does, of thousands
        return frozenset([word for word in plain if len(word) >= _WORD])

    @cached_property
    def _text(self) -> str:
        return "\n".join(["", *self._words, ""])

    def knows(self, word: str) -> bool:
        """Tell whether a word stands whole somewhere."""
        return fold(word) in self._words

    def ends(self, word: str) -> bool:
        """Tell whether some word ends as this one."""
        end = fold(word)[-_PART:]
        return len(end) == _PART and f"{end}\n" in self._text

    def starts(self, word: str) -> bool:
        """Tell whether some word starts as this one."""
        start = fold(word)[:_PART]
        return len(start) == _PART and f"\n{start}" in self._text

    def has_inside(self, before: str, after: str) -> bool:
        """Tell whether some word goes on with these letters after those."""
        end, start = fold(before)[-_SEAM:], fold(after)[:_SEAM]
        return len(end) == len(start) == _SEAM and (end + start).isalpha() and end + start in self._text


def fold(word: str) -> str:
    """Give a word without its punctuation and capitals."""
    return word.strip(_PUNCTUATION).casefold()


def may_break_after(character: str) -> bool:
    """Tell whether a line may end after a character without a space."""
    return character in _MARKS


def opens(line: str) -> bool:
    """Tell whether a line ends in an opening bracket or quote: viewers of forms break a line after it."""
    quoted = line[-1] in "‘“" and line[-2:-1] in ("", " ")
    return line[-1] in _OPENING or quoted or (line[-1] == '"' and line.count('"') % 2 == 1)


def at_mark(before: str, after: str) -> Verdict:
    """Judge a line that ends in a mark after which it may break, by the pieces on both sides.

    A mark that stands against the word before it stands against the next as well, but for a hyphen in place of a
    word left out, and a question mark that ends a sentence.
    """
    last = before[-1]
    bare = before.strip(_PUNCTUATION + _MARKS)
    if not bare or _AMOUNT_END.search(before):
        return Verdict(Seam.SPACE, sure=True)
    if last == "?":
        goes_on = _ADDRESS.search(before) and _OF_ADDRESS.search(after)
        return Verdict(Seam.NOTHING if goes_on else Seam.SPACE, sure=True)
    if last in _HYPHENS and fold(after) in _AFTER_GAP:
        return Verdict(Seam.SPACE, sure=False)
    return Verdict(Seam.NOTHING, sure=after[0].isalnum() or after[0] in "'’(\"“„")


def asks_address(before: str, after: str) -> bool:
    """Tell whether a word is what an address asks for, behind the rest of it: browsers break a line before its «?»."""
    return after[0] in "?&" and after[1:2].isalnum() and _ADDRESS.search(before) is not None


def is_typed_hyphen(before: str, after: str, lexicon: Lexicon) -> bool | None:
    """Tell whether a hyphen at the end of a line is the word's own; None when no other word tells."""
    if not before[-2:-1].isalpha() or not after[0].islower() or _ADDRESS.search(before):
        return True  # nobody's rules split there
    if lexicon.knows(before[:-1] + after):
        return False
    return True if lexicon.knows(before + after) or "-" in before[:-1] else None


def inside(before: str, after: str, lexicon: Lexicon) -> Verdict:
    """Judge a line that its last word fills to the edge: it was broken there, or happens to fit.

    Args:
        before: the last word of the line, or its first part.
        after: the first word of the next.
        lexicon: the words of the document.
    """
    last, following = before[-1], after[0]
    whole = before + after
    one = bool(fold(before)) and bool(fold(after)) and lexicon.knows(whole)
    alone = fold(before) in _ALONE or fold(after) in _ALONE
    ended = lexicon.knows(before) or lexicon.ends(before) or fold(before) in _ALONE
    started = lexicon.knows(after) or lexicon.starts(after) or fold(after) in _SHORT | _ALONE
    two = ended and started and fold(after) not in _SUFFIXES and not lexicon.has_inside(before, after)
    if one != two:
        compound = two and not alone and last.isalpha() and following.islower()  # in Dutch, two words may well be one
        return Verdict(Seam.NOTHING if one else Seam.SPACE, sure=not compound)
    if _LINK.match(after) and last.isalnum():
        return Verdict(Seam.SPACE, sure=True)
    if _LINK.match(whole) and not _LINK.match(before) and not _LINK.match(after):
        return Verdict(Seam.NOTHING, sure=True)
    if _ADDRESS.search(before):
        goes_on = bool(_OF_ADDRESS.search(after)) and not after[:1].isupper()
        return Verdict(Seam.NOTHING, sure=goes_on)
    if _FILE.search(whole) and (not _FILE.search(after) or len(after) <= _LONGEST_ENDING):
        return Verdict(Seam.NOTHING, sure=True)
    if "_" in before and following.isalnum() and last.isalnum():
        return Verdict(Seam.NOTHING, sure=True)
    if last.isalpha() and following.isalpha():
        return _letters(before, after, lexicon)
    if last.isalnum() and following.isalnum():
        return Verdict(Seam.NOTHING, sure=False)
    if last in ",.:" and following.isdigit() and before[-2:-1].isdigit():
        return Verdict(Seam.NOTHING, sure=False)
    if last in ".@" or following in ".,;:!?)]@%":
        return Verdict(Seam.NOTHING, sure=following in ".,;:!?)]")
    opened = following in "([«“„" and not re.search(r"[)\]»”]", after)
    return Verdict(Seam.SPACE, sure=opened or (last in ',;:!?)]»”’"}' and following.isalpha()))


def _letters(before: str, after: str, lexicon: Lexicon) -> Verdict:
    """Judge two pieces of letters by what Dutch words look like."""
    if before[-1].islower() and after[0].isupper():
        return Verdict(Seam.SPACE, sure=True)
    if lexicon.has_inside(before, after):
        return Verdict(Seam.NOTHING, sure=not (lexicon.knows(before) or lexicon.ends(before)))
    if not _is_end(before) or not _is_start(after):
        return Verdict(Seam.NOTHING, sure=True)
    return Verdict(Seam.NOTHING, sure=False)


def _is_end(word: str) -> bool:
    """Tell whether a Dutch word can end with these letters."""
    found = _LAST_LETTERS.search(word.casefold())
    letters = found.group() if found else ""
    return len(letters) < 2 or not _NO_END.search(letters) or bool(_ENDS.search(letters))


def _is_start(word: str) -> bool:
    """Tell whether a Dutch word can start with these letters."""
    if _UNIT.match(word):
        return True
    found = _FIRST_LETTERS.match(word.casefold())
    letters = found.group() if found else ""
    if len(letters) == 1:
        return letters in _LETTERS
    if not _VOWEL.search(letters):
        return letters in _BARE
    return _CONSONANTS.match(letters) is None or bool(_STARTS.match(letters))


def shown_whole(blocks: Iterable[tuple[Sequence[str], Sequence[bool]]]) -> Iterable[str]:
    """Give the words that certainly stand whole: all but those at a line end that may be inside a word.

    Args:
        blocks: the lines of each block, and for each whether it may end inside a word.
    """
    for lines, torn in blocks:
        for number, line in enumerate(lines):
            words = line.split(" ")
            first = 1 if number and torn[number - 1] else 0
            yield from words[first : len(words) - 1 if torn[number] else len(words)]
