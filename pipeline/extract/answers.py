"""What was said, as an answer: its typed value and its state."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from pipeline.document import Location
from pipeline.dossier import Answer
from pipeline.extract.certainty import SETTLED_BY_TYPE, checked, doubtful, enough
from pipeline.extract.fillers import (
    Looks,
    is_invitation,
    look_at,
    may_answer,
    why_no_answer,
)
from pipeline.extract.lost_letters import lost_letter
from pipeline.extract.marking import marked_choice
from pipeline.extract.persons import not_one_person
from pipeline.extract.said import Said
from pipeline.extract.states import DOUBTFUL, EMPTY, GIVEN, NOT_FOUND
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import Codelist, FieldType, Parsed, fold, is_email, normalise, parse, parse_normal

Codelists = Mapping[str, Codelist]

_TABLE, _TEXT, _CHOICES = FieldType.TABLE, FieldType.TEXT, FieldType.CHOICES
"""By names of their own, as most answers ask for them; see `states`."""
_FREE = frozenset({FieldType.TEXT, FieldType.LONGTEXT, FieldType.TABLE})
_NARROW = re.compile(r"(?:\d{1,2}([/.-])\d{1,2}\1)?(?:\d\s*){3}\d")
"""A day or a year of which the four figures of the year need not stand together."""
_BOX = re.compile(r"[☐☑☒□■]|\[[ xX]\]")
_MOST_BREAKS = 6
_ENOUGH = enough(FieldType.TEXT)
_MOST_KEPT = 2048
_SETTLED: dict[tuple[int, str, bool], tuple[Field, Answer]] = {}
"""Field, by its identity, what was said and whether it was printed → the answer: of what nothing makes doubtful."""


def settle(asked: Field, said: Said | None, codelists: Codelists, *, method: str = "") -> Answer:
    """Give the answer of a field from what was said; None means that its label was not found.

    Args:
        asked: the field.
        said: its words.
        codelists: of the call.
        method: how it was read, when that is not how `said` was.
    """
    if said is None:
        return Answer(asked.key, NOT_FOUND, confidence=0.0)
    method = method or said.method
    if (
        said.problem
        or said.uncertain
        or said.unread
        or said.marked
        or said.confidence != 1
        or (said.location.page is not None and method != "control")
    ):
        return _settle(asked, said, codelists, method)
    return settle_plain(asked, said.text, said.location, codelists, method)


def settle_plain(asked: Field, text: str, location: Location, codelists: Codelists, method: str) -> Answer:
    """Give the answer of a field from words with which nothing is the matter but what they mean.

    That is worked out once for each field and text: most answers of a filled form stand in a control, and the same
    words once more in the cell or line around it.
    """
    if asked.codelist:
        return _settle(asked, Said(text, location, method), codelists, method)
    printed = location.page is not None
    place = (id(asked), text, printed)
    kept = _SETTLED.get(place)
    if kept is not None and kept[0] is asked:
        known = kept[1]
        return Answer(asked.key, known.state, known.text, known.value, (), location, method)
    answer = _settle(asked, Said(text, location, method), codelists, method)
    if not answer.problem and answer.confidence == 1:
        if len(_SETTLED) >= _MOST_KEPT:
            _SETTLED.clear()
        _SETTLED[place] = asked, answer
    return answer


def _settle(asked: Field, said: Said, codelists: Codelists, method: str) -> Answer:
    """Work the answer out."""
    name = asked.key
    text = normalise(said.text)
    if not text and not said.problem and not said.unread and said.confidence >= _ENOUGH:
        return Answer(name, EMPTY, "", None, (), said.location, method, said.confidence)
    printed = bool(asked.help and _may_be(text, asked.help) and fold(text) == fold(asked.help))
    looks = look_at(text)
    if not text or printed or looks.blank:
        # nothing under a label that may be another one is not nothing; nor is what was read as dots in a scan, but
        # whatever the scan, nobody writes the words of an invitation
        invited = not said.problem and (printed or is_invitation(text))
        other_label = bool(said.problem) and not said.misplaced
        if (other_label or said.confidence < _ENOUGH) and not invited:
            return Answer(name, DOUBTFUL, text, None, (), said.location, method, 0.0, said.problem)
        if said.unread:
            return Answer(name, DOUBTFUL, text, None, (), said.location, method, 0.0, said.unread)
        return Answer(name, EMPTY, text, None, (), said.location, method, said.confidence)
    if looks.not_applicable and not asked.required and asked.type is not _TABLE:
        return Answer(name, EMPTY, text, None, (), said.location, method, said.confidence)
    typed = looks.typed
    parsed = read(asked, typed or looks.bare or text, codelists, normal=not typed and not looks.bare)
    if looks.plain and parsed.value is not None and not parsed.problem and _is_certain(asked, text, looks, said):
        return Answer(name, GIVEN, text, parsed.value, (), said.location, method, said.confidence)
    problem = said.problem or (said.marked and marked_choice(asked, said)) or parsed.problem
    if typed:
        problem = problem or _("Naast «{text}» staat nog de invultekst van het formulier.").format(text=typed)
    if looks.not_applicable:
        problem = _("«{text}» is geen antwoord op een vraag die iedereen moet beantwoorden.").format(text=text)
    elif asked.type in _FREE:
        problem = problem or ("" if looks.opens_plainly else why_no_answer(text))
        if asked.person or "?" in text:
            problem = problem or _why_unlikely(asked, text, said)
    confidence = checked(asked.type, parsed.value, said.confidence)
    likely: Parsed | None = None
    if said.uncertain or parsed.problem:
        sure_of_words = confidence >= enough(asked.type)
        likely = _by_type(asked, said, codelists) if said.lines and sure_of_words else None
        if likely is None and parsed.value is None and sure_of_words and _NARROW.fullmatch(text):
            likely = _in_narrow_column(asked, text, codelists)
        if likely is not None:
            parsed = likely
            problem = said.problem
            confidence = min(confidence, SETTLED_BY_TYPE)
        elif said.uncertain:
            problem = problem or said.uncertain
    if said.location.page is not None and method != "control" and _is_whole_list(asked, said.text):
        problem = problem or _("Alle keuzes staan onder elkaar, zonder vakjes: misschien is er geen gekozen.")
    if (
        parsed.value is None and not problem and confidence >= enough(asked.type)
    ):  # a box badly read may be a ticked one
        return Answer(name, EMPTY, text, None, (), said.location, method, confidence)
    if confidence < enough(asked.type):
        problem = problem or _("De tekst is niet zeker gelezen; vergelijk hem met het bestand.")
    if problem:
        worth = doubtful(
            misplaced=bool(said.problem) and said.misplaced,
            restated=bool(parsed.problem),
            joined=bool(said.uncertain) and likely is None,
        )
        confidence = min(confidence, worth) if parsed.value is not None else 0.0
        return Answer(name, DOUBTFUL, text, parsed.value, (), said.location, method, confidence, problem)
    return Answer(name, GIVEN, text, parsed.value, (), said.location, method, confidence)


def _is_certain(asked: Field, text: str, looks: Looks, said: Said) -> bool:
    """Tell whether nothing speaks against a text that could be read, in itself or in how it was; most are so."""
    if said.confidence < 1 or said.problem or said.uncertain or said.marked:
        return False
    if asked.type in _FREE:
        if (asked.person or "?" in text) and _why_unlikely(asked, text, said):
            return False
        return looks.opens_plainly or may_answer(text)
    return asked.type is not _CHOICES or said.location.page is None


def _may_be(text: str, other: str) -> bool:
    """Tell whether two texts may be one, by the letters or figures with which they begin."""
    one, two = text[:1], other[:1]
    return one.lower() == two.lower() or not (one.isascii() and two.isascii() and one.isalnum() and two.isalnum())


def _why_unlikely(asked: Field, text: str, said: Said) -> str:
    """Say why words may not be what was typed, or not what was asked; empty when nothing tells so."""
    why = not_one_person(text) if asked.person else ""
    short, printed = asked.type is _TEXT, said.location.page is not None
    return why or lost_letter(text, printed=printed, short=short)


def _is_whole_list(asked: Field, text: str) -> bool:
    """Tell whether a text is all choices as the form lists them, each on a line: so stands what nobody ticked."""
    if asked.type is not _CHOICES:
        return False
    said = [fold(line) for line in text.split("\n") if line.strip()]
    return len(said) > 1 and said == [fold(each.label) for each in asked.choices]


def read(asked: Field, text: str, codelists: Codelists, *, normal: bool = False) -> Parsed:
    """Read a text, which may be known to be `normal`, as the type of a field."""
    if asked.type is _TABLE:
        return Parsed(None, _("In plaats van een tabel staat er tekst: «{text}».").format(text=text))
    meant = parse_normal if normal else parse
    return meant(text, asked.type, choices=asked.choices, codelist=codelists.get(asked.codelist))


def _by_type(asked: Field, said: Said, codelists: Codelists) -> Parsed | None:
    """Join the lines of a doubtful text in every way; give the value when the type leaves only one."""
    if asked.type in _FREE:
        return None
    values: dict[object, Parsed] = {}
    listed = asked.type in (FieldType.CHOICE, FieldType.CHOICES)
    for text in _joins_inside(tuple(_listed(asked, lines) for lines in said.lines)) if listed else _joins(said.lines):
        parsed = read(asked, text, codelists)
        if parsed.problem or parsed.value is None or not _possible(asked, parsed, codelists):
            continue
        values.setdefault(parsed.value, parsed)
    return next(iter(values.values())) if len(values) == 1 else None


def _in_narrow_column(asked: Field, text: str, codelists: Codelists) -> Parsed | None:
    """Read a year that was broken, of itself or at the end of a date: «18/10/202» with «5» beneath it, «2 0 2 3»."""
    if asked.type not in (FieldType.DATE, FieldType.YEAR):
        return None
    parsed = read(asked, "".join(text.split()), codelists)
    return None if parsed.problem or parsed.value is None else parsed


def _listed(asked: Field, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Join the lines of a box and its words where these are, letter by letter, a choice as the form writes it."""
    said = "".join(" ".join(lines).split()).replace("[]", "[ ]")
    box = _BOX.match(said)
    bare = said[box.end() :] if box else said
    label = next((each.label for each in asked.choices if "".join(each.label.split()) == bare), "")
    return (f"{box.group()} {label}" if box else label,) if label else lines


def _joins(paragraphs: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    lines = [line for paragraph in paragraphs for line in paragraph]
    if len(lines) > _MOST_BREAKS + 1:
        return
    for marks in itertools.product(("", " "), repeat=len(lines) - 1):
        yield lines[0] + "".join(mark + line for mark, line in zip(marks, lines[1:], strict=True))


def _joins_inside(paragraphs: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Join the lines of each paragraph in every way; each choice of a list is a paragraph."""
    if sum(len(lines) - 1 for lines in paragraphs) > _MOST_BREAKS:
        return
    for texts in itertools.product(*(tuple(_joins((lines,))) for lines in paragraphs)):
        yield "\n".join(texts)


def _possible(asked: Field, parsed: Parsed, codelists: Codelists) -> bool:
    """Tell whether a value that any text could be is a likely one."""
    if asked.type is FieldType.EMAIL:
        return isinstance(parsed.value, str) and is_email(parsed.value)
    if asked.type is FieldType.MUNICIPALITY:
        return parsed.value in codelists.get(asked.codelist, {})
    return True
