"""Read the figures on a scan a second time, larger and in English, where tesseract knows no other Latin letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ocr
from pipeline.readers.scan_accents import doubt_accents
from pipeline.readers.scan_asked import doubt_asked
from pipeline.readers.scan_figures import doubt_figures
from pipeline.readers.scan_plus import doubt_plus
from pipeline.readers.scan_stops import hold_to_stops

if TYPE_CHECKING:
    from pipeline.readers.scan_picture import Grey
    from pipeline.readers.scan_strip import Strip
    from pipeline.readers.scan_words import Read

_LARGER = 1.3
"""Times as large: what was too fine for the first reading is not for the second."""
_AGREED = 0.1
"""What is left of the chance that a word is wrong once another reading says the same."""
_SECOND_WRONG = 0.05
"""How often, at a guess, the second reading is the wrong one: it sees less around the figures."""
_MAY_BE_CODE = 0.4
"""The chance that a word is right that may be a code."""
_CODE_AS_WORD = re.compile(r"[A-Z](?:[lITOSZBó]|[lI]{2}|\d[lITOSZB]|[lITOSZB]\d)[,;.]?")
"""What «A1», «A7» and «A11» are read as, with great certainty and by both readings."""
_CODE = re.compile(r"[A-Z]\d{1,2}[,;.]?")
_GLUED = re.compile(r"(?:[A-Z]\d{1,2}[^\w\s,;/+&-]?){2,}")
"""Codes with nothing between them, or what nobody types there: «P24P5:P7» for «P2, P5, P7»."""
_FIGURE_AS_LETTER = re.compile(r"\W*(?:I(?:ste|e)|lste)\W*|(?:.*\W)?[lIO][+=*^<>].*|.*[+=*^<>][lIO](?!\w).*")
"""What «1ste» and «x=y+1» are read as, by both readings as well."""
_ORDINAL_AS_WORD = re.compile(r"[Il]ste[,;.:!?]?")
_SHAPES = str.maketrans({**dict.fromkeys("‘’`´‚", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("–—", "-")})
_SHORT = 3
"""Characters of a line that is read again whatever it says."""
_MARGIN = 10


class _Run(NamedTuple):
    """Words on one line that are read again together: from the first to before the last, and their picture."""

    line: int
    first: int
    last: int
    picture: Grey


def read_again(strips: Sequence[Strip], lines: Sequence[list[Read]]) -> list[list[Read]]:
    """Give the words of lines, each figure as sure as two readings make it.

    Raises:
        Unreadable: the recognition failed.
    """
    pairs = zip(strips, _compared(strips, lines), strict=True)
    doubted = ((strip, doubt_plus(strip, doubt_accents(strip, doubt_codes(words)))) for strip, words in pairs)
    return [hold_to_stops(strip, doubt_figures(strip, doubt_asked(strip, words))) for strip, words in doubted]


def _compared(strips: Sequence[Strip], lines: Sequence[list[Read]]) -> list[list[Read]]:
    done = [list(words) for words in lines]
    if ocr.ENGLISH not in ocr.languages():
        return done
    runs = [run for number, words in enumerate(done) for run in _runs(number, words, strips[number])]
    if not runs:
        return done
    found = ocr.read_lines([run.picture for run in runs], language=ocr.ENGLISH)
    for run, again in zip(runs, found, strict=True):
        words = done[run.line]
        words[run.first : run.last] = _settled(words[run.first : run.last], [word.text for word in again])
    return done


def doubt_codes(words: Sequence[Read]) -> list[Read]:
    """Doubt the words of a line that may be codes, alone or among codes, and those with a letter where a figure stood.

    «Al» may be «A1», «Iste» is «1ste».
    """
    return [_doubted(word, words) for word in words]


def is_code_as_word(text: str) -> bool:
    """Tell whether a word is what a code is read as."""
    return _CODE_AS_WORD.fullmatch(text) is not None


def is_ordinal_as_word(text: str) -> bool:
    """Tell whether a word is what «1ste» is read as, and is none itself."""
    return _ORDINAL_AS_WORD.fullmatch(text) is not None


def _doubted(word: Read, words: Sequence[Read]) -> Read:
    among = len(words) == 1 or any(_CODE.fullmatch(other.text) or _GLUED.fullmatch(other.text) for other in words)
    misread = _GLUED.fullmatch(word.text) or _FIGURE_AS_LETTER.fullmatch(word.text)
    if misread or (among and _CODE_AS_WORD.fullmatch(word.text)):
        return word._replace(sure=min(word.sure, _MAY_BE_CODE))
    return word


def _runs(line: int, words: Sequence[Read], strip: Strip) -> list[_Run]:
    """Give what is read again of a line: its runs of figures, or all of it where it is as short as a code."""
    if is_short(words):
        return [_Run(line, 0, 1, _crop(strip, words, 0, 1))]
    figures = [any(letter.isdigit() for letter in word.text) and not _CODE.fullmatch(word.text) for word in words]
    runs = []
    first = 0
    while first < len(words):
        if not figures[first]:
            first += 1
            continue
        last = first
        while last < len(words) and (figures[last] or (_is_sign(words[last].text) and last + 1 < len(words))):
            last += 1
        runs.append(_Run(line, first, last, _crop(strip, words, first, last)))
        first = last
    return runs


def is_short(words: Sequence[Read]) -> bool:
    """Tell whether a line holds so little that no word around it helps: «A1» was read as «A», «Al» and «AM»."""
    return len(words) == 1 and len(words[0].text) <= _SHORT and words[0].text.isalnum()


def _is_sign(text: str) -> bool:
    return len(text) == 1 and not text.isalnum()


def _crop(strip: Strip, words: Sequence[Read], first: int, last: int) -> Grey:
    """Give the picture of some words of a line, up to half the gap to their neighbours, on white and larger."""
    import cv2

    left, right = 0, strip.picture.shape[1]
    if first:
        left = max(left, (words[first - 1].right + words[first].left) // 2 - strip.left)
    if last < len(words):
        right = min(right, (words[last - 1].right + words[last].left) // 2 - strip.left)
    picture = strip.picture[:, left : max(right, left + 1)]
    picture = cv2.copyMakeBorder(picture, 0, 0, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=255)
    return cv2.resize(picture, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)


def _settled(words: Sequence[Read], again: Sequence[str]) -> list[Read]:
    """Give words as sure as a second reading makes them."""
    one, other = ([text.translate(_SHAPES) for text in texts] for texts in ([word.text for word in words], again))
    if one == other:
        return [word._replace(sure=1 - (1 - word.sure) * _AGREED) for word in words]
    if is_short(words):
        return [_opposed(words[0])]
    left = list(other)
    settled = []
    for word, text in zip(words, one, strict=True):
        if text in left:
            left.remove(text)
            settled.append(word)
        elif any(letter.isdigit() for letter in text):
            settled.append(_opposed(word))
        else:
            settled.append(word)
    return settled


def _opposed(word: Read) -> Read:
    """Give a word as sure as it is when the second reading says something else (Bayes' rule)."""
    right = word.sure * _SECOND_WRONG
    return word._replace(sure=right / (right + 1 - word.sure))
