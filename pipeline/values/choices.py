"""Answers out of a list: choices, yes or no, and the boxes that people tick."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pipeline.language import _
from pipeline.records import record
from pipeline.values.abbreviations import written_out
from pipeline.values.folding import fold
from pipeline.values.kinds import Parsed

_TICKED = "☒☑■◼✓✔✗✘⊠●◉⦿✅❌🗹🗷\uf0fe\uf078\uf0fd\uf052\uf053\uf0fc\uf06e"
_OPEN = "☐□◻○◯▢❏❑❒\uf0a8\uf06f\uf0a3\uf071\u2b1c"
_CROSSES = frozenset("✗✘❌")
"""Alone, a mark of yes to some and of no to others."""
_MARK = re.compile(rf"(?P<ticked>[{_TICKED}]|\[ ?[xXvV✓✔] ?\]|\( ?[xXvV] ?\))|(?P<open>[{_OPEN}]|\[ ?_? ?\]|\( \))")
_CLOSE = 88
_MARGIN = 8
_SHORTEST = 5
_LONGEST_SLIP = 3
_YES = ("ja", "yes", "oui", "j", "waar", "juist", "akkoord", "x")
_NO = ("nee", "neen", "no", "non", "n", "onwaar", "niet akkoord")


class Option(Protocol):
    """One of the possible answers, as a form defines it."""

    @property
    def value(self) -> str:
        """Give what is stored."""

    @property
    def label(self) -> str:
        """Give what people read."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Give other names that people write."""


def match(text: str, options: Sequence[Option]) -> Parsed:
    """Find the one option that a text names: by label, value, alias, or a close match with a margin."""
    wanted = written_out(fold(text)).strip(" .;,:*-•")
    if not wanted:
        return Parsed(None)
    names = _names(options)
    if wanted in names:
        return Parsed(names[wanted])
    return _closest(text, wanted, names)


_NAMED: dict[int, tuple[Sequence[Option], dict[str, str]]] = {}


def _names(options: Sequence[Option]) -> dict[str, str]:
    """Give folded name → value of some options; kept for each sequence of them, as a form has few."""
    known = _NAMED.get(id(options))
    if known is None or known[0] is not options:
        names = {
            written_out(fold(name)): option.value
            for option in reversed(options)
            for name in (*option.aliases, option.value.replace("_", " "), option.value, option.label)
        }
        known = _NAMED[id(options)] = (options, names)
    return known[1]


def _closest(text: str, wanted: str, names: Mapping[str, str]) -> Parsed:
    from rapidfuzz import fuzz

    best: dict[str, float] = {}
    for name, value in names.items():
        best[value] = max(best.get(value, 0.0), fuzz.ratio(wanted, name) if _comparable(wanted, name) else 0.0)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if ranked and ranked[0][1] >= _CLOSE:
        if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _MARGIN:
            return Parsed(ranked[0][0])
        return Parsed(None, _("«{text}» lijkt op meer dan één keuze.").format(text=text))
    inside = _inside(wanted, names)
    if len(inside) == 1:
        return Parsed(inside.pop(), _("«{text}» zegt meer dan de keuze die erin staat.").format(text=text))
    if inside:
        return Parsed(None, _("«{text}» noemt meer dan één keuze.").format(text=text))
    return Parsed(None, _("«{text}» is geen van de keuzes.").format(text=text))


def _inside(wanted: str, names: Mapping[str, str]) -> set[str]:
    """Give the options of which a name stands as whole words in a folded text."""
    return {value for name, value in names.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", wanted)}


def named(text: str, options: Sequence[Option]) -> frozenset[str]:
    """Give the options of which a name stands in a text; yes and no where there are none."""
    return frozenset(_inside(written_out(fold(text)), _names(options or _YES_NO)))


def _comparable(wanted: str, name: str) -> bool:
    """Tell whether a slip of the pen can lie between the two: as long, with the same figures."""
    if min(len(wanted), len(name)) < _SHORTEST or abs(len(wanted) - len(name)) > _LONGEST_SLIP:
        return False
    return re.findall(r"\d+", wanted) == re.findall(r"\d+", name)


@record
class Boxes:
    """The boxes that stand in a text."""

    ticked: tuple[str, ...]
    """The words of each ticked box."""
    count: int
    """How many boxes there are, open ones included."""
    problem: str = ""
    """Why the words may belong to other boxes, or say more than the boxes do."""


_NO_BOXES = Boxes((), 0)


def boxes(text: str, options: Sequence[Option]) -> Boxes:
    """Find the boxes of a text; their words follow them (`☒ ja`), or stand before each (`ja ☒`)."""
    marks = list(_MARK.finditer(text))
    if not marks:
        return _NO_BOXES
    ends = [0, *(mark.end() for mark in marks)]
    pieces = [
        text[start:end].strip(" \t\n\r\u00a0,;")
        for start, end in zip(ends, [*(mark.start() for mark in marks), len(text)], strict=True)
    ]
    lead, tail = pieces[0], pieces[-1]
    before = bool(lead) and (not tail or (_names_one(lead, options) and not _names_one(tail, options)))
    words, beside = (pieces[:-1], tail) if before else (pieces[1:], lead)
    ticked = tuple(said for mark, said in zip(marks, words, strict=True) if mark["ticked"])
    problem = ""
    if beside and not before and _names_one(beside, options):
        unsure = _("Bij «{text}» is niet zeker welke woorden bij welk vakje horen.").format(text=text)
        return Boxes((), len(marks), unsure)
    more = next((rest for said in words if (rest := _line_below(said, options))), "")
    if not ticked and (
        not all(_names_one(said, options) for said in (words if len(marks) > 1 else []) + [beside])
        or _names_several(words[0], options)
    ):
        problem = _("Geen vakje is aangekruist, maar er staat tekst: «{text}».").format(text=text)
    elif beside and ticked:
        problem = _("Naast de vakjes staat nog tekst: «{text}».").format(text=beside)
    elif more and ticked:
        problem = _("Naast de vakjes staat nog tekst: «{text}».").format(text=more)
    elif len(marks) > 1 and "" in ticked:
        problem = _("Bij een aangekruist vakje in «{text}» staan geen woorden.").format(text=text)
    return Boxes(ticked, len(marks), problem)


def _line_below(words: str, options: Sequence[Option]) -> str:
    """Give what stands on the lines below the words of a box, when these end with their line."""
    first, _end, rest = words.partition("\n")
    return rest.strip() if rest and _names_one(first, options) and not _names_one(words, options) else ""


def _names_several(text: str, options: Sequence[Option]) -> bool:
    """Tell whether the words of a box are those of more boxes: a letter may have been typed over the other."""
    return len(_inside(written_out(fold(text)), _names(options))) > 1 and not _names_one(text, options)


def _names_one(text: str, options: Sequence[Option]) -> bool:
    return not match(text, options).problem


def parse_choice(text: str, options: Sequence[Option]) -> Parsed:
    """Read one choice out of a list, as words or as a ticked box."""
    found = boxes(text, options)
    if not found.count:
        return match(text, options)
    if len(found.ticked) > 1:
        return Parsed(None, _("Er is meer dan één vakje aangekruist; kruis er één aan."))
    if not found.ticked:
        return Parsed(None, found.problem)
    parsed = match(found.ticked[0], options)
    if parsed.value is None and not parsed.problem:
        return Parsed(
            None, found.problem or _("Bij het aangekruiste vakje in «{text}» staan geen woorden.").format(text=text)
        )
    return Parsed(parsed.value, parsed.problem or found.problem)


def parse_choices(text: str, options: Sequence[Option]) -> Parsed:
    """Read several choices: ticked boxes, lines, or words between semicolons, commas and «en»."""
    found = boxes(text, options)
    pieces = list(found.ticked) if found.count else re.split(r"[\n;]", text)
    values: list[str] = []
    problems: list[str] = [found.problem] if found.problem else []
    for piece in pieces:
        for parsed in _pieces(piece, options):
            if parsed.problem:
                problems.append(parsed.problem)
            if isinstance(parsed.value, str) and parsed.value not in values:
                values.append(parsed.value)
    if not values:
        return Parsed(None, " ".join(problems))
    ordered = tuple(option.value for option in options if option.value in values)
    return Parsed(ordered, " ".join(problems))


def _pieces(piece: str, options: Sequence[Option]) -> list[Parsed]:
    whole = match(piece, options)
    if not whole.problem:
        return [whole]
    parts = [match(part, options) for part in re.split(r",|\ben\b|/|\+|&", piece) if part.strip()]
    if len(parts) > 1 and all(not part.problem for part in parts):
        return parts
    return [whole]


class _YesNo:
    def __init__(self, value: str, aliases: tuple[str, ...]) -> None:
        self.value = value
        self.label = value
        self.aliases = aliases


_YES_NO = (_YesNo("ja", _YES), _YesNo("nee", _NO))


def parse_yesno(text: str, options: Sequence[Option] = ()) -> Parsed:
    """Read yes or no, as a word or as a ticked box; a lone box means yes when ticked."""
    found = boxes(text, options or _YES_NO)
    if text.strip() in _CROSSES:
        return Parsed(None, _("«{text}» kan ja of nee betekenen; schrijf het woord.").format(text=text))
    if found.count == 1 and not found.problem and not (found.ticked and _says_yes_or_no(found.ticked[0])):
        return Parsed(value=True) if found.ticked else Parsed(None)
    parsed = parse_choice(text, options or _YES_NO)
    if parsed.value is not None:
        return Parsed(parsed.value == "ja", parsed.problem)
    if parsed.problem and not found.count:
        return Parsed(None, _("«{text}» is geen ja of nee.").format(text=text))
    return parsed


def _says_yes_or_no(words: str) -> bool:
    named = match(words, _YES_NO)
    return named.value is not None and not named.problem


def labels(values: Iterable[str], options: Sequence[Option]) -> list[str]:
    """Give the label of each value, in the order of the options."""
    known = {option.value: option.label for option in options}
    return [known.get(value, value) for value in values]
