"""Where the questions of a section stand: each label once, with the place of its answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.document import Paragraph
from pipeline.extract.certainty import UNMARKED
from pipeline.extract.matching import closest, slips
from pipeline.extract.names import FormNames, Match, Names, key
from pipeline.extract.spots import Found, Spot
from pipeline.extract.units import Layout, Place, Unit
from pipeline.form import Field
from pipeline.language import _
from pipeline.values import FieldType, parse

_LONGEST_GROUP = 80
_LONGEST_LINE = 400
_ANY_TEXT = frozenset({FieldType.TEXT, FieldType.LONGTEXT, FieldType.TABLE, FieldType.MUNICIPALITY, FieldType.EMAIL})


class Search:
    """The search for some labels in some units."""

    def __init__(self, units: Sequence[Unit], names: Names, form: FormNames, answered: Collection[str] = ()) -> None:
        self.units = units
        self.names = names
        self.form = form
        self._answered = answered
        self.found = Found({(unit.layout, unit.row) for unit in units if unit.layout})
        self._groups = self._group_titles()
        self._marks: dict[Place, Match] = {}
        self._slips: dict[Place, float] = {}
        """Of the marks, those in other words than the form's: how sure they are."""

    def run(self, *, exact: bool = False) -> Found:
        """Search, the surest signs first; with `exact` only those."""
        self._cells(exact=exact)
        self._paragraphs()
        self._inside_cells()
        if self.missing and not exact:
            closest(self)
        if self.missing and not exact:
            self._prefixes()
        return self.found

    @property
    def missing(self) -> list[str]:
        """Keys of the fields not found yet, nor answered otherwise."""
        return [name for name in self.names.fields if name not in self.found.spots and name not in self._answered]

    def _group_titles(self) -> dict[int, tuple[str, int]]:
        """Give each unit the short title above it, which may be the first half of its label, and its number."""
        groups: dict[int, tuple[str, int]] = {}
        title = ("", -1)
        for unit in self.units:
            groups[unit.number] = title
            said = unit.said or (unit.places[0].name if unit.places else "")
            if not said or (title[0] and self._is_within(said, title[0])):
                continue
            fits = len(said) <= _LONGEST_GROUP and not said.endswith((".", "?", "!"))
            if fits and (unit.said or self.names.is_first_half(said)):
                title = (said.rstrip(": *"), unit.number)
            else:
                title = ("", -1)
        return groups

    def _is_within(self, said: str, title: str) -> bool:
        """Tell whether a label has the title above it as its first half, so that the title goes on."""
        match = self.names.whole(said, title) or self.names.begin(said, title)
        return match is not None and match.grouped

    def _match(self, text: str, unit: Unit, *, whole: bool) -> Match | None:
        """Match a text with the names, with the title above it as their first half or without."""
        group, number = self._groups[unit.number]
        match = self._named(text, group, whole=whole)
        if match is None or not match.grouped:
            return match
        asked = self.names.whole(group)
        if asked is not None and not set(asked.fields).isdisjoint(match.fields):  # no title: the question itself
            return self._named(text, "", whole=whole)
        self.found.titles.add(number)
        return match

    def _named(self, text: str, group: str, *, whole: bool) -> Match | None:
        return self.names.whole(text, group) or (None if whole else self.names.begin(text, group))

    def free(self, match: Match) -> str | None:
        """Give the first field of a match that has no label yet."""
        for name in match.fields:
            if name not in self.found.spots:
                return name
        return None

    def _inside(self, place: Place | None) -> bool:
        return place is not None and self.found.holds(place)

    def _cells(self, *, exact: bool) -> None:
        for unit in self.units:
            title, _number = self._groups[unit.number]
            for place in unit.places:
                match = self.names.whole(place.name, title) if place.name else None
                if match is not None and match.grouped:
                    match = self._match(place.name, unit, whole=True)
                if match is not None:
                    self._marks[place] = match
        if not exact:
            for place, (slipped, confidence) in slips(self, self._marks).items():
                self._marks[place] = Match((slipped,))
                self._slips[place] = confidence
        for unit in self.units:
            for place in unit.places:
                if (match := self._marks.get(place)) and place not in self.found.claimed:
                    if self._is_title(unit, place, match):
                        continue
                    name = self.free(match)
                    if name is None:
                        self.found.twice.add(match.fields[0])
                    else:
                        self.settle(name, unit, place, self._slips.get(place, 1.0))

    def _is_title(self, unit: Unit, place: Place, match: Match) -> bool:
        """Tell whether a row is the title of a section rather than a question by an alias, left open."""
        if not unit.said or key(place.name) not in self.form.titles or place.right is None:
            return False
        return all(key(place.name) != key(self.names.fields[name].label) for name in match.fields)

    def mark(self, place: Place, name: str) -> None:
        """Take a cell as a label before any of those found with it is settled, so that none is another's answer."""
        self._marks[place] = Match((name,))
        self.found.labels.add(place)

    def settle(self, name: str, unit: Unit, place: Place, confidence: float = 1.0, problem: str = "") -> None:
        """Take a cell as the label of a field and claim the cell of its answer."""
        answer = self._answer(place)
        rest = self._rest(place)
        if answer is not None and rest and not answer.empty:
            rest = ()
        elif answer is not None and rest:
            answer = None
        if answer is not None:
            self.found.claimed[answer] = name
        shared = self._shared(place) if answer is None and not rest else ""
        self.found.labels.add(place)
        self.found.spots[name] = Spot(name, unit, place, answer, "", rest, confidence, problem, shared)

    def _shared(self, place: Place) -> str:
        """Doubt the answer whose cell reaches down to a label below its own, and give why; empty where none does."""
        right = place.right
        if right is None or right.row >= place.row or right.empty or right not in self.found.claimed:
            return ""
        problem = _("Vragen en antwoorden staan naast elkaar zonder lijnen; zie na wat bij welke vraag hoort.")
        name = self.found.claimed[right]
        spot = self.found.spots[name]
        self.found.spots[name] = replace(spot, problem=spot.problem or problem)
        return problem

    def take(self, name: str, unit: Unit, place: Place | None, rest: str, confidence: float, problem: str) -> None:
        """Take a text as a label with its answer behind it."""
        if place is not None:
            self.found.labels.add(place)
        self.found.spots[name] = Spot(name, unit, place, None, rest, confidence=confidence, problem=problem)

    def _rest(self, place: Place) -> tuple[Paragraph, ...]:
        """Give what stands under the label in its own cell, help left out."""
        if len(place.cell.blocks) == 1:
            return ()
        said = [block for block in place.cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
        return tuple(paragraph for paragraph in said[1:] if key(paragraph.text) not in self.form.help)

    def _answer(self, place: Place) -> Place | None:
        """Give the cell that answers a label: to the right, or beneath in a row of labels."""
        right = place.right
        free = right is not None and right not in self.found.claimed and right not in self.found.labels
        in_header = self._is_header(place.layout, place.row)
        if right is not None and free and not right.empty and not in_header:  # as most
            return right
        below = place.below
        if below is not None and not self._is_room(below, alone=right is None):
            below = None
        if below is not None and in_header:
            return below
        if right is not None and free:
            wide = below is not None and below.cell.columns >= place.cell.columns + right.cell.columns
            if right.empty and wide and below is not None and not below.empty:
                return below
            return right
        return below

    def _is_room(self, below: Place, *, alone: bool) -> bool:
        """Tell whether a cell beneath a label can be its answer; `alone`: the label ends its row."""
        if not self._inside(below) or below in self.found.claimed or self._is_question(below):
            return False
        return not alone or below.layout.at(below.row, below.column - 1) not in self._marks

    def _is_free(self, place: Place) -> bool:
        """Tell whether a cell is neither a label nor the answer to one."""
        if place in self.found.claimed or place in self.found.labels or place in self._marks:
            return False
        return self.names.begin(place.name) is None

    def _is_question(self, place: Place) -> bool:
        """Tell whether a cell with a label's words is that label: it is not answered yet, and has room for it."""
        match = self._marks.get(place)
        return match is not None and self.free(match) is not None and self._has_room(place)

    def _has_room(self, place: Place) -> bool:
        """Tell whether an answer may stand beside or beneath a cell."""
        return place.right is not None or (self._inside(place.below) and place.below not in self._marks)

    def _is_header(self, layout: Layout, row: int) -> bool:
        """Tell whether a row holds labels only, with their answers in the row beneath."""
        places = layout.rows[row]
        if len(places) < 2 or row + 1 >= len(layout.rows):
            return False
        labels = sum([place in self._marks for place in places])
        if labels < 2 or 2 * labels <= sum([not place.empty for place in places]):
            return False
        beneath = layout.rows[row + 1]
        answered = any(not place.empty for place in beneath)
        return len(beneath) == len(places) and answered and not any(place in self._marks for place in beneath)

    def _paragraphs(self) -> None:
        in_cells = set(self.found.spots)
        last = ""
        for unit in self.units:
            if unit.paragraph is None or not (text := unit.said):
                continue
            if last in self.names.options and key(text) in self.names.options[last]:
                continue
            match = self._match(text, unit, whole=False)
            if match is None:
                continue
            name = self.free(match)
            if name is not None:
                problem = ""
                if unit.paragraph.level and self._may_ask_on(name, text, match.rest):
                    problem = _("Achter de vraag staat in dezelfde kop nog tekst; zie na of dat het antwoord is.")
                self.found.spots[name] = Spot(name, unit, rest=match.rest, problem=problem)
                last = name
            elif match.rest or match.fields[0] not in in_cells:
                self.found.twice.add(match.fields[0])

    def _inside_cells(self) -> None:
        """Find «label: answer» lines inside cells that are no answer."""
        for unit in self.units:
            for place in unit.places:
                if place not in self.found.claimed and place not in self.found.labels and not place.empty:
                    self._lines_of(place, unit)

    def _lines_of(self, place: Place, unit: Unit) -> None:
        said = [block for block in place.cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
        starts: list[tuple[int, str, str]] = []
        for number, paragraph in enumerate(said):
            match = self.names.begin(paragraph.text.strip(), self._groups[unit.number][0])
            name = self.free(match) if match else None
            if match and name and all(name != taken for _, taken, _ in starts):
                starts.append((number, name, match.rest))
        beside = place.right
        if len(starts) == 1 and beside is not None and not beside.empty and self._is_free(beside):
            _number, name, rest = starts[0]
            problem = (
                _("Zowel na het label als in het vak ernaast staat tekst; zie na wat het antwoord is.") if rest else ""
            )
            self.found.claimed[beside] = name
            self.found.labels.add(place)
            self.found.spots[name] = Spot(name, unit, place, beside, rest, problem=problem)
            return
        if len(starts) == len(said) == 1 and not starts[0][2]:
            self.settle(starts[0][1], unit, place)
            return
        ends = [number for number, _, _ in starts[1:]] + [len(said)] * bool(starts)
        for (number, name, rest), end in zip(starts, ends, strict=True):
            problem = ""
            if self._has_room(place) and self._may_ask_on(name, said[number].text, rest):
                problem = _("Achter de vraag staat in hetzelfde vak nog tekst; zie na of dat het antwoord is.")
            if len(starts) == 1:
                problem = problem or self._said_above(said[:number])
            inside = tuple(said[number + 1 : end])
            self.found.spots[name] = Spot(name, unit, place, None, rest, inside, problem=problem)
            self.found.labels.add(place)

    def _said_above(self, lines: Sequence[Paragraph]) -> str:
        """Doubt the answer to the only label of a cell of a page below other words: it may be in the middle."""
        if not lines or lines[-1].location.page is None or key(lines[-1].text) in self.form.help | self.form.every:
            return ""
        problem = _("De regel «{line}» kan een andere vraag zijn of bij dit antwoord horen.")
        return problem.format(line=lines[-1].text.strip()[:_LONGEST_GROUP])

    def _may_ask_on(self, name: str, text: str, rest: str) -> bool:
        """Tell whether what stands behind a question mark may be more of the question: any text can be its answer."""
        asked = text.strip().removesuffix(rest).rstrip() if rest else ""
        return asked.endswith("?") and self.names.fields[name].type in _ANY_TEXT

    def _prefixes(self) -> None:
        """Find labels with no mark between them and their answer, where the type leaves no doubt of it."""
        starts = self.found.starts()
        for unit in self.units:
            if unit.paragraph is not None:
                texts: list[tuple[Place | None, str]] = [] if unit.number in starts else [(None, unit.said)]
            else:
                texts = [
                    (place, place.name)
                    for place in unit.places
                    if place not in self.found.claimed and place not in self.found.labels
                ]
            for place, text in texts:
                match = self.names.prefix(text) if text and len(text) < _LONGEST_LINE else None
                name = self.free(match) if match else None
                if match and name and _fits(self.names.fields[name], match.rest):
                    self.take(name, unit, place, match.rest, UNMARKED, "")


def _fits(asked: Field, text: str) -> bool:
    """Tell whether a text has one meaning as the type of a field, and few other texts would."""
    if asked.type in _ANY_TEXT:
        return False
    parsed = parse(text, asked.type, choices=asked.choices)
    return parsed.value is not None and not parsed.problem
