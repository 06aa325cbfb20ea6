"""Reasons to doubt an answer that reads well: it may have swallowed a question, or count in thousands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.dossier import Answer
from pipeline.extract.hidden import Hidden, broken_name, rest_of_name
from pipeline.extract.names import FormNames, Names, key
from pipeline.extract.spots import Found, Spot
from pipeline.extract.states import EMPTY, GIVEN, NOT_FOUND, doubted
from pipeline.extract.units import Unit
from pipeline.language import _
from pipeline.values import FieldType, fold_accents

_THOUSANDS = re.compile(
    r"\b(?:in|per|x|maal)\s*(?:€\s*)?(?:1[. ]?000\b|duizend|miljoen|mio\b|mln\b|k(?: ?€|\b))|[×*]\s*1[. ]?000\b"
    r"|\bduizend(?:en|tallen)?\b"
    r"|\bk ?(?:€|eur)|€ ?(?:x|×|\*)? ?1[. ]?000\b|\bm(?:io|ln) ?(?:€|eur)",
    re.IGNORECASE,
)
_COLUMN = 60.0
"""Points from the left margin at which a paragraph is in another column; lists stand nearer."""
_SHORTEST_NAME = 4
_LEAST_ABOVE = 3
"""Labels, each below a line of text, that look like labels below their answers, whatever the first line says."""
_FREE = frozenset({FieldType.TEXT, FieldType.LONGTEXT})
_HABIT = 3
"""Labels that show how a file writes them, at least."""
_ENDS = (".", "!", ":", "?", "…")


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


def doubt(
    answers: Mapping[str, Answer], found: Found, units: Sequence[Unit], names: Names, form: FormNames
) -> Iterator[tuple[str, Answer]]:
    """Give, doubted, the answers of a region that may hold another question, be one, or be cut off by one."""
    lost = [field for field in names.fields if field not in found.spots and not _is_answered(answers.get(field))]
    hidden = Hidden(lost, names, capitals=bool(lost) and _writes_capitals(found))
    cut = _cut(found, units, names)
    taken = _taken_choices(found, names)
    spread = _stands_in_columns(units)
    above = _may_stand_above(found, units, names, form, answers)
    shifted = ""
    if above:
        shifted = _("Antwoorden staan misschien boven hun vraag en niet eronder; zie na wat bij welke vraag hoort.")
    for field, answer in answers.items():
        if answer.state is EMPTY and field in found.twice:
            problem = _("Deze vraag staat er meer dan eens; hier is ze leeg.")
            yield field, doubted(answer, problem)
        elif answer.state is EMPTY and above and field in found.spots:
            yield field, doubted(answer, shifted)
        elif answer.state is EMPTY and (problem := cut.get(field, "") or taken.get(field, "")):
            yield field, doubted(answer, problem)
        if answer.state is not GIVEN or answer.rows:
            continue
        printed = answer.location is not None and answer.location.page is not None
        spot = found.spots.get(field)
        problem = cut.get(field, "")
        if spot is not None and not problem and not _is_own_choice(spot, answer.text, names):
            problem = hidden.find(answer.text, printed=printed) or hidden.likely(answer.text, form)
            problem = problem or (hidden.option(answer.text) if lost and names.fields[field].type in _FREE else "")
        if lost and spot is not None and not problem and spot.answer is not None and spot.label is not None:
            problem = hidden.find(_lines_below(spot.label.text, names), printed=False)
        if spot is not None and not problem and printed and spot.answer is None:
            problem = rest_of_name(_label(spot), answer.text, names.spellings[field]) or broken_name(answer.text, names)
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
    return "" if "\n" not in label or names.whole(label) else label.partition("\n")[2]


def _label(spot: Spot) -> str:
    """Give the words of a label behind which its answer stands."""
    if spot.label is not None:
        return spot.label.name
    said = spot.unit.paragraph.text.strip() if spot.unit.paragraph is not None else ""
    return said.removesuffix(spot.rest) if spot.rest else said


def _is_answered(answer: Answer | None) -> bool:
    return answer is not None and answer.state is not NOT_FOUND


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
        if not unit.empty and (unit.number in bare or not unit.paragraph.level):
            lines.append(unit)
    if not lines or [unit.number in bare for unit in lines] != [False, True] * (len(lines) // 2):
        return False
    first, label = lines[:2]
    last = answers.get(bare[lines[-1].number])
    if last is not None and last.state is not EMPTY:
        return False
    if len(lines) >= 2 * _LEAST_ABOVE:
        return True
    sentence = first.text.rstrip().endswith(_ENDS) and names.fields[bare[label.number]].type is not FieldType.LONGTEXT
    return not sentence and key(first.text) not in form.help | form.labels


def _writes_capitals(found: Found) -> bool:
    """Tell whether labels enough were found to see that each begins with a capital."""
    if len(found.spots) < _HABIT:
        return False
    labels = [spot.label.name if spot.label is not None else spot.unit.said for spot in found.spots.values()]
    return not any(label[:1].islower() for label in labels)


def _cut(found: Found, units: Sequence[Unit], names: Names) -> dict[str, str]:
    """Find the answers that end, or are empty, before a plain line which may be a question or belong to them.

    It may where the question is a heading and the line is bare, no «label: answer» (on a page, blank lines do not
    show), or where that other question stands elsewhere as well.
    """
    in_text = [(spot, own) for spot in found.spots.values() if (own := spot.unit.paragraph) is not None]
    if not in_text:
        return {}
    starts = {spot.unit.number: spot for spot in found.spots.values()}
    by_number = {unit.number: unit for unit in units}
    problems: dict[str, str] = {}
    for spot, own in in_text:
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
