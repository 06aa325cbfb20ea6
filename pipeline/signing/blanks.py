"""Blanks left in a paper that is to be signed: what a person would still have to fill in, with page and line."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.language import _
from pipeline.library import BlankWords
from pipeline.signing.marks import Box, Piece, around

_BY_HAND = ("brackets", "line", "date", "amount", "filler")
"""What an author leaves open in a template; the rest comes of filling it in."""
_NOTHING = r"(?!)"
"""Matches nowhere: of a kind of which a language has no words."""
_LONGEST_FORMULA = 70
"""Characters: what is longer is a sentence."""
_NEAR = 8
"""Characters beside a sign of a template that tell whose it is."""
_SPACE = 0.12
"""Of the height of a line: a gap that is a space."""
_COLUMN = 14.0
"""Points between what stands in different columns."""
_BELOW = 150.0
"""Points under a signing formula in which somebody stands."""
_FOOT = 60.0
"""Points at the foot and the head of a page for what stands on every page."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Something left to fill in."""

    page: int
    """From 1, as `line`: counted from the top of the page, heading included."""
    line: int
    text: str
    """The words around it."""
    what: str
    """A key: template, brackets, missing, line, date, amount, empty, draft, filler, reference, formula, dated."""

    def __str__(self) -> str:
        return _("bladzijde {page}, regel {line}: «{text}» ({what})").format(
            page=self.page, line=self.line, text=self.text, what=_words(self.what)
        )


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words that stand on one line in one column."""

    line: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for in the papers of a call."""

    known: tuple[tuple[str, re.Pattern[str]], ...]
    """Kind of blank, and how it reads."""
    formula: re.Pattern[str]
    """A line under or beside which somebody stands."""
    dated: re.Pattern[str]
    """A line under or beside which a day stands."""


def _any(words: Iterable[str]) -> str:
    """Give the pattern of any of some words, longest first; a space in them may be an end of a line."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) or _NOTHING


def _placeholder(begin: str, end: str, words: BlankWords) -> str:
    """Give the pattern of a placeholder between two signs."""
    opened, closed = re.escape(begin), re.escape(end)
    other = rf"[^{opened}{closed}{'@/' if begin == '<' else ''}]"  # an address of mail or web is no placeholder
    return (
        rf"{opened}\s*(?:(?:{_any(words.articles)})\s+)?"
        rf"(?:(?:{_any(words.begins)}|xx+)\b{other}{{0,80}}|(?:{_any(words.alone)})\s*){closed}"
        rf"|{opened}{other}{{0,60}}?(?:{_any(words.inside)}){other}{{0,60}}{closed}"
    )


@cache
def _sought(words: BlankWords) -> _Sought:
    """Give what is looked for, with the words of a call."""
    letters = f"x{{2,4}}{_runs(words.day_letters, '1,2')}{_runs(words.month_letters, '1,2')}"
    opened = rf"(?:(?:{letters})|\.{{2,}}|_{{2,}}|…)"
    year = rf"(?:\d{{2}})?(?:x{{2,4}}{_runs(words.year_letters, '2,4')}|\d{{2,4}}|\.{{2,}}|_{{2,}}|…)"
    money = _any(["€", *words.currencies])
    patterns = (
        ("template", r"\{\{|\}\}|\{%|%\}|\{#|#\}"),
        ("brackets", r"\[\s*\]|\[[\s.…_-]+\]|\[[^\[\]]*(?:…|\.{3}|_{2})[^\[\]]*\]"),
        ("brackets", _placeholder("[", "]", words)),
        ("brackets", _placeholder("<", ">", words)),
        ("missing", rf"\[\s*(?:{_any(words.missing)})\b"),
        ("line", r"_{3,}|\.{4,}+(?!\s*\d{1,3}$)|…\s?…|(?:\.\s){4,}+(?!\s*\d{1,3}$)"),
        ("line", r"(?<![\s,;.])[ \t]+(?:\.{3}|…)(?=[\s,;]|$)"),
        ("line", r"^(?:\.{3}|…|[-–—_]{3,})$"),
        ("date", rf"(?<![\w./])(?:{opened}[/-](?:{opened}|\d{{1,2}})|\d{{1,2}}[/-]{opened})[/-]{year}"),
        ("date", rf"\b(?:{letters})\.(?:{letters})\.{year}"),
        ("date", r"\b20(?:xx|\.{2}|__|…)"),
        ("amount", rf"(?:{money})\s*(?:x{{2,}}|\.{{2,}}|_{{2,}}|…)|(?:\bx{{2,}}|_{{2,}}|…)\s*(?:{money})(?!\w)"),
        ("empty", rf"\b(?:{_any(words.before_words)})[ \t]+[,.;](?=\s|$)"),
        ("draft", rf"^[«\"“]?(?:{_any(words.draft)})[»\"”]?$"),
        ("reference", rf"(?<!\w)(?:{_any(words.broken_references)})(?!\w)"),
        ("filler", rf"\b(?:{_any(words.anywhere)})\b"),
    )
    flags = re.IGNORECASE | re.MULTILINE
    joined = rf"(?:{_any(words.joined_labels)})\s+[^.;:]{{1,30}}"
    return _Sought(
        tuple((what, re.compile(pattern, flags)) for what, pattern in patterns),
        re.compile(rf"(?:{_any(words.signing)})\b[^.;:!?]*[,:]?|(?:{_any(words.labels)}|{joined})\s*:", re.IGNORECASE),
        re.compile(rf"(?:{_any(words.dated)})\s*:", re.IGNORECASE),
    )


def _runs(letters: Iterable[str], times: str) -> str:
    return "".join(rf"|{re.escape(letter)}{{{times}}}" for letter in letters)


def blanks(pages: Sequence[Sequence[Piece]], words: BlankWords, typed: Iterable[str] = ()) -> tuple[Blank, ...]:
    """Give every blank on the pages of a paper, in reading order, and one of a kind on a line.

    Args:
        pages: what is drawn on each page, as `pieces` gives it.
        words: of the call, by which a blank is known.
        typed: the answers that the paper may print; what looks like code of a template and stands in one of them, an
            applicant typed. Any other blank in an answer is one: somebody left it open there.
    """
    found: list[Blank] = []
    sought = _sought(words)
    known = "\n".join(_bare(text) for text in typed)
    lines = [_segments(page) for page in pages]
    for number, segments in enumerate(lines, start=1):
        after = lines[number] if number < len(lines) else []
        here = [*_in_text(number, segments, sought, known), *_formulas(number, segments, sought, after)]
        found += sorted(here, key=lambda blank: blank.line)
    return tuple({(blank.page, blank.line, blank.what): blank for blank in reversed(found)}.values())[::-1]


def told_as_blank(text: str, words: BlankWords) -> tuple[str, ...]:
    """Say what a paragraph of a template leaves to fill in by hand; nothing when it leaves nothing."""
    found = (what for what, pattern in _sought(words).known if what in _BY_HAND and pattern.search(text))
    return tuple(dict.fromkeys(_words(what) for what in found))


def _segments(page: Sequence[Piece]) -> list[_Segment]:
    """Give the words of a page in the order in which they are drawn, a piece of a line at a time."""
    words = [piece for piece in page if piece.text.strip()]
    rows = _rows(words)
    made: list[_Segment] = []
    for piece in words:
        line = rows[id(piece)]
        last = made[-1] if made else None
        gap = piece.box[0] - last.box[2] if last else 0.0
        if last and last.line == line and -_COLUMN < gap < _COLUMN:
            height = max(1.0, piece.box[3] - piece.box[1])
            between = " " if gap > _SPACE * height and not last.text.endswith(" ") else ""
            made[-1] = _Segment(line, last.text + between + piece.text, around([last.box, piece.box]))
        else:
            made.append(_Segment(line, piece.text, piece.box))
    return [_Segment(one.line, " ".join(one.text.split()), one.box) for one in made]


def _rows(words: Sequence[Piece]) -> dict[int, int]:
    """Number the lines of a page from the top: what overlaps by half its height stands on one."""
    rows: dict[int, int] = {}
    number, floor = 0, float("inf")
    for piece in sorted(words, key=lambda one: (-one.box[1] - one.box[3], one.box[0])):
        middle = (piece.box[1] + piece.box[3]) / 2
        if middle < floor:
            number += 1
            floor = piece.box[1]
        rows[id(piece)] = number
    return rows


def _in_text(page: int, segments: Sequence[_Segment], sought: _Sought, typed: str) -> Iterator[Blank]:
    """Find what reads as a blank, also where it runs on over a line."""
    text = "\n".join(segment.text for segment in segments)
    starts, at = [], 0
    for segment in segments:
        starts.append(at)
        at += len(segment.text) + 1
    for what, pattern in sought.known:
        for match in pattern.finditer(text):
            if what == "template" and _was_typed(match, text, typed):
                continue
            first = match.start() + len(match.group()) - len(match.group().lstrip())
            segment = segments[bisect(starts, first) - 1]
            yield Blank(page, segment.line, _around(segment.text, match.group().strip()), what)


def _was_typed(sign: re.Match[str], text: str, typed: str) -> bool:
    """Say whether a sign of a template stands, with what is inside it, in what an applicant typed."""
    inside = text[sign.end() : sign.end() + _NEAR] if sign.group()[0] == "{" else text[: sign.start()][-_NEAR:]
    near = sign.group() + inside if sign.group()[0] == "{" else inside + sign.group()
    return _bare(near) in typed


def _bare(text: str) -> str:
    return "".join(text.split())


def _around(line: str, blank: str, most: int = 80) -> str:
    if len(line) <= most:
        return line
    at = max(0, line.find(blank.split("\n", maxsplit=1)[0]) - most // 2)
    return ("…" if at else "") + line[at : at + most].strip() + ("…" if at + most < len(line) else "")


def _formulas(page: int, segments: Sequence[_Segment], sought: _Sought, after: Sequence[_Segment]) -> Iterator[Blank]:
    """Find formulas of signing under which nobody stands, and dates that are not given."""
    for segment in segments:
        dated = sought.dated.fullmatch(segment.text)
        if not dated and not _is_formula(segment, sought):
            continue
        near = [
            other.text
            for other in segments
            if other is not segment
            and not _is_formula(other, sought)
            and (_beside(segment, other) or _under(segment, other))
        ]
        if segment.box[1] < _BELOW + _FOOT and not near:
            near = [other.text for other in after if not _is_formula(other, sought) and _across(segment, other)]
        if dated and not any(char.isdigit() for text in near for char in text):
            yield Blank(page, segment.line, segment.text, "dated")
        elif not dated and not near:
            yield Blank(page, segment.line, segment.text, "formula")


def _is_formula(segment: _Segment, sought: _Sought) -> bool:
    return len(segment.text) <= _LONGEST_FORMULA and bool(sought.formula.fullmatch(segment.text))


def _beside(segment: _Segment, other: _Segment) -> bool:
    return other.line == segment.line and other.box[0] > segment.box[0]


def _under(segment: _Segment, other: _Segment) -> bool:
    top = other.box[3]
    return segment.box[1] - _BELOW < top <= segment.box[1] + 2 and top > _FOOT and _across(segment, other)


def _across(segment: _Segment, other: _Segment) -> bool:
    """Say whether words stand in the column of others."""
    return other.box[0] < segment.box[2] and other.box[2] > segment.box[0]


def _words(what: str) -> str:
    return {
        "template": _("code van het sjabloon"),
        "brackets": _("nog in te vullen, tussen haken"),
        "missing": _("een antwoord ontbreekt"),
        "line": _("een lijn om op te schrijven"),
        "date": _("een datum die nog ingevuld moet worden"),
        "amount": _("een bedrag dat nog ingevuld moet worden"),
        "empty": _("hier staat niets"),
        "draft": _("het woord van een ontwerp"),
        "filler": _("opvultekst"),
        "reference": _("een verwijzing die nergens heen gaat"),
        "formula": _("niemand staat onder deze formule"),
        "dated": _("de datum is niet ingevuld"),
    }[what]
