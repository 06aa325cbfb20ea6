"""Reasons to doubt an answer that reads well: it may have swallowed a question, or count in thousands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.dossier import Answer, State
from pipeline.extract.likeness import likeness
from pipeline.extract.names import FormNames, Names, key, stems
from pipeline.extract.spots import Found, Spot
from pipeline.extract.states import doubted
from pipeline.extract.units import Unit
from pipeline.language import _
from pipeline.values import FieldType, fold_accents

_THOUSANDS = re.compile(
    r"\b(?:in|per|x|maal)\s*(?:€\s*)?(?:1[. ]?000\b|duizend|miljoen|mio\b|mln\b|k(?: ?€|\b))|[×*]\s*1[. ]?000\b"
    r"|\bduizend(?:en|tallen)?\b"
    r"|\bk ?(?:€|eur)|€ ?(?:x|×|\*)? ?1[. ]?000\b|\bm(?:io|ln) ?(?:€|eur)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[\t\n]| {2,}")
_LONGEST = 20_000
_COLUMN = 60.0
"""Points from the left margin at which a paragraph is in another column; lists stand nearer."""
_SHORTEST_NAME = 4
_LEAST_ABOVE = 3
"""Labels, each below a line of text, that look like labels below their answers, whatever the first line says."""
_HABIT = 3
"""Labels that show how a file writes them, at least."""
_ENDS = (".", "!", ":", "?", "…")
_LONGEST_LABEL = 100


def counts_in_thousands(text: str) -> str:
    """Give why amounts under this text may be a thousandth of what was meant; empty when nothing says so."""
    said = _thousands(text)
    return _scale().format(text=said) if said else ""


@lru_cache(maxsize=1024)
def _thousands(text: str) -> str:
    """Give the words that say so; most of what is asked here are labels, which are the same in every file."""
    found = _THOUSANDS.search(fold_accents(text))
    return found.group() if found else ""


def is_scale(problem: str) -> bool:
    """Tell whether this is a doubt about thousands."""
    before, after = _scale().split("{text}")
    return problem.startswith(before) and problem.endswith(after)


def _scale() -> str:
    return _("Bij de vraag staat «{text}»; zie na of het bedrag voluit geschreven is.")


def hidden_question(text: str, missing: Sequence[str], names: Names, *, printed: bool) -> str:
    """Tell which of the questions without a label may stand inside a text; empty when none does.

    With `printed` the text comes from a page, where a label and its answer may stand on a line without a mark.
    """
    return _Hidden(missing, names).find(text, printed=printed)


def doubt(
    answers: Mapping[str, Answer], found: Found, units: Sequence[Unit], names: Names, form: FormNames
) -> Iterator[tuple[str, Answer]]:
    """Give, doubted, the answers of a region that may hold another question, be one, or be cut off by one."""
    lost = [field for field in names.fields if field not in found.spots and not _is_answered(answers.get(field))]
    hidden = _Hidden(lost, names, capitals=_writes_capitals(found))
    cut = _cut(found, units, names)
    taken = _taken_choices(found, names)
    spread = _stands_in_columns(units)
    above = _may_stand_above(found, units, names, form, answers)
    shifted = ""
    if above:
        shifted = _("Antwoorden staan misschien boven hun vraag en niet eronder; zie na wat bij welke vraag hoort.")
    for field, answer in answers.items():
        if answer.state is State.EMPTY and field in found.twice:
            problem = _("Deze vraag staat er meer dan eens; hier is ze leeg.")
            yield field, doubted(answer, problem)
        elif answer.state is State.EMPTY and above and field in found.spots:
            yield field, doubted(answer, shifted)
        elif answer.state is State.EMPTY and (problem := cut.get(field, "") or taken.get(field, "")):
            yield field, doubted(answer, problem)
        if answer.state is not State.GIVEN or answer.rows:
            continue
        printed = answer.location is not None and answer.location.page is not None
        spot = found.spots.get(field)
        problem = cut.get(field, "")
        if spot is not None and not problem and not _is_own_choice(spot, answer.text, names):
            problem = hidden.find(answer.text, printed=printed) or hidden.likely(answer.text, form)
        if spot is not None and not problem and spot.answer is not None and spot.label is not None:
            problem = hidden.find(_lines_below(spot.label.text, names), printed=False)
        if above and spot is not None and spot.label is None:
            problem = shifted
        if spread and spot is not None and spot.unit.paragraph is not None:
            problem = _("Vragen en antwoorden staan naast elkaar zonder lijnen; zie na wat bij welke vraag hoort.")
        if problem:
            yield field, doubted(answer, problem)


def _lines_below(label: str, names: Names) -> str:
    """Give what stands in the cell of a label below its first line: other labels, where no line parts the rows.

    Nothing where the lines are one name together; «Contactpersoon: voornaam» holds that of another question.
    """
    return "" if names.whole(label) else label.partition("\n")[2]


def _is_answered(answer: Answer | None) -> bool:
    return answer is not None and answer.state is not State.NOT_FOUND


def _stands_in_columns(units: Sequence[Unit]) -> bool:
    """Tell whether running text of a page begins far from its margin: columns that no ruling parts."""
    lefts = [unit.paragraph.left for unit in units if unit.paragraph is not None and unit.paragraph.left is not None]
    return bool(lefts) and max(lefts) - min(lefts) > _COLUMN


def _may_stand_above(
    found: Found, units: Sequence[Unit], names: Names, form: FormNames, answers: Mapping[str, Answer]
) -> bool:
    """Tell whether each bare label follows a line of text of its own, the first one too, and nothing the last one.

    With few labels the first line may as well introduce them: what the form says itself, or a sentence above a question
    that nobody answers in one.
    """
    bare = {spot.unit.number: field for field, spot in found.spots.items() if spot.label is None and not spot.rest}
    if not bare:
        return False
    answered = {spot.unit.number for spot in found.spots.values() if spot.rest}
    lines: list[Unit] = []
    for unit in units:
        if unit.paragraph is None or unit.number in answered:
            break
        if unit.text.strip() and (unit.number in bare or not unit.paragraph.level):
            lines.append(unit)
    if not lines or [unit.number in bare for unit in lines] != [False, True] * (len(lines) // 2):
        return False
    first, label = lines[:2]
    last = answers.get(bare[lines[-1].number])
    if last is not None and last.state is not State.EMPTY:
        return False
    if len(lines) >= 2 * _LEAST_ABOVE:
        return True
    sentence = first.text.rstrip().endswith(_ENDS) and names.fields[bare[label.number]].type is not FieldType.LONGTEXT
    return not sentence and key(first.text) not in form.help | form.labels


class _Hidden:
    """Questions without a label of their own, which may stand inside the answer to another."""

    def __init__(self, missing: Sequence[str], names: Names, *, capitals: bool = False) -> None:
        """Take the questions without a label; with `capitals` the file writes every label with one."""
        self._capitals = capitals
        self._missing = frozenset(missing)
        self._names = names
        words = {
            fold_accents(part)
            for field in missing
            for name in (names.fields[field].label, *names.fields[field].aliases)
            for part in (name, name.rpartition(":")[2])
        }
        self._wanted = tuple(sorted(word.strip(" ?") for word in words if len(word) >= _SHORTEST_NAME))

    def find(self, text: str, *, printed: bool) -> str:
        """Tell which question may stand in a text."""
        if not self._wanted or len(text) > _LONGEST:
            return ""
        for piece in _PIECES.split(text):
            match = self._names.whole(piece.strip()) or (self._names.prefix(piece) if printed else None)
            if match and self._missing & set(match.fields):
                return self._say(piece.strip().removesuffix(match.rest).strip())
        for line in text.split("\n") if ":" in text else ():
            for marked in _marked(self._wanted).finditer(fold_accents(line)):
                if not (self._capitals and _goes_on(line, marked)):
                    return self._say(marked.group().rstrip(" :"))
        return ""

    def likely(self, text: str, form: FormNames) -> str:
        """Tell whether a short answer, or what a line of one says before a colon, is rather a label.

        It is with the mark of one, or where it is like a missing one.
        """
        marked = text.endswith((":", "*"))
        if not (self._missing or marked):
            return ""
        spellings = [name for field in self._missing for name in self._names.spellings[field]]
        for line in text.split("\n")[1:]:
            asked, colon, _words = line[:_LONGEST_LABEL].partition(":")
            if colon and any(likeness(asked, name).slip for name in spellings):
                return self._say(asked.strip())
        if len(text) > _LONGEST_LABEL or "\n" in text or key(text) in self._names.any_option:
            return ""
        if marked and key(text) in form.every:
            return self._say(text.rstrip(" :*"))
        words = set(stems(text))
        near = [name for name in spellings if not words.isdisjoint(stems(name))]
        if near and (marked or any(likeness(text, name).slip for name in near)):
            return self._say(text.rstrip(" :*"))
        return ""

    def _say(self, name: str) -> str:
        return _("In dit antwoord staat misschien de vraag «{name}», die elders niet gevonden is.").format(name=name)


def _goes_on(line: str, name: re.Match[str]) -> bool:
    """Tell whether a name found in the folded words of a line is a word of a sentence: small, and right behind one."""
    before = name.string[: name.start()]
    words, number = line.split(), len(before.split())
    if not number or not before[-1].isspace() or len(words) != len(name.string.split()):
        return False
    return words[number][0].islower() and words[number - 1][-1].isalnum()


def _writes_capitals(found: Found) -> bool:
    """Tell whether labels enough were found to see that each begins with a capital."""
    labels = [spot.label.name if spot.label is not None else spot.unit.said for spot in found.spots.values()]
    return len(labels) >= _HABIT and not any(label[:1].islower() for label in labels)


@lru_cache(maxsize=256)
def _marked(names: tuple[str, ...]) -> re.Pattern[str]:
    """Give what one of these names looks like with a colon after it, or with «*» or «(verplicht)» between them."""
    longest_first = sorted(names, key=len, reverse=True)
    any_name = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{any_name})(?: ?\*| ?\([^()]{{1,30}}\))? ?:")


def _cut(found: Found, units: Sequence[Unit], names: Names) -> dict[str, str]:
    """Find the answers that end, or are empty, before a plain line which may be a question or belong to them.

    It may where the question is a heading and the line is bare, no «label: answer» (on a page, blank lines do not
    show), or where that other question stands elsewhere as well.
    """
    if all(spot.unit.paragraph is None for spot in found.spots.values()):
        return {}
    starts = {spot.unit.number: spot for spot in found.spots.values()}
    by_number = {unit.number: unit for unit in units}
    problems: dict[str, str] = {}
    for spot in found.spots.values():
        own = spot.unit.paragraph
        if own is None:
            continue
        if names.fields[spot.field].type is FieldType.LONGTEXT:
            ended = _end(spot, starts, by_number)
        else:
            ended = _right_under(spot, starts) if own.level and not spot.rest else None
        if ended is None:
            continue
        bare = not ended.rest and not ended.unit.said.endswith(":") and own.location.page is None
        headed = bool(own.level) and not spot.rest
        if not (headed and bare) and ended.field not in found.twice:
            continue
        line = (ended.unit.paragraph.text if ended.unit.paragraph else "").strip()
        problem = _("De regel «{line}» kan een vraag zijn of bij het antwoord erboven horen.").format(line=line[:80])
        problems[spot.field] = problems[ended.field] = problem
    return problems


def _right_under(spot: Spot, starts: Mapping[int, Spot]) -> Spot | None:
    """Give the plain line with the words of a label right under a question, where its answer would stand."""
    under = starts.get(spot.unit.number + 1)
    return under if under is not None and under.unit.paragraph is not None and not under.unit.paragraph.level else None


def _taken_choices(found: Found, names: Names) -> dict[str, str]:
    """Find the questions beside which one of their own choices stands, taken as the label of another question."""
    problems: dict[str, str] = {}
    for spot in found.spots.values():
        options = names.options.get(spot.field)
        beside = spot.label.right if spot.label is not None and options else None
        if beside is None or not options or beside not in found.labels or key(beside.name) not in options:
            continue
        problem = _("Naast de vraag staat «{text}», wat ook de naam van een vraag is; zie na of het de keuze is.")
        problems[spot.field] = problem.format(text=beside.name)
    return problems


def _is_own_choice(spot: Spot, text: str, names: Names) -> bool:
    """Tell whether a choice of the question, and no word more, stands in the last cell of a row, beside its label."""
    options = names.options.get(spot.field)
    beside = spot.label.right if spot.label is not None and options else None
    if not options or beside is None or beside != spot.answer or beside.right is not None:
        return False
    return key(text) in options


def _end(spot: Spot, starts: Mapping[int, Spot], units: Mapping[int, Unit]) -> Spot | None:
    """Give the plain line with the words of a label that ends a text without a blank line between."""
    number = spot.unit.number + 1
    while number in units and number not in starts:
        number += 1
    ended = starts.get(number)
    if ended is None or ended.unit.paragraph is None or ended.unit.paragraph.level:
        return None
    if number == spot.unit.number + 1:
        return ended if spot.rest else None
    above = units[number - 1]
    return ended if above.paragraph is not None and key(above.text) else None
