"""Labels that were changed a little: one to one, with a margin to the runner-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.names import key, keys
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.extract.labels import Search
    from pipeline.extract.units import Place, Unit

_SURE = 84.0
_POSSIBLE = 78.0
_MARGIN = 6.0
_LONGEST = 160
_SHORTEST = 4


def closest(search: Search) -> None:
    """Give fields without a label the texts that are most like one, each text and each field once.

    A likeness without a margin, or a weaker one, makes the answer doubtful.
    """
    from rapidfuzz import fuzz

    texts = _candidates(search)
    missing = set(search.missing)
    names = [(name, field) for name, owners in search.names.exact.items() for field in owners if field in missing]
    scores: dict[tuple[int, str], float] = {}
    for number, candidate in enumerate(texts):
        for wanted in keys(candidate.text):
            if len(wanted) < _SHORTEST:
                continue
            figures = re.findall(r"\d+", wanted)
            for name, field in names:
                score = fuzz.ratio(wanted, name, score_cutoff=_POSSIBLE - _MARGIN)
                if score > scores.get((number, field), 0.0) and figures == re.findall(r"\d+", name):
                    scores[number, field] = score
    gone: set[tuple[int, int]] = set()
    for (number, field), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        candidate = texts[number]
        if score < _POSSIBLE or candidate.spot in gone or field in search.found.spots:
            continue
        rivals = [
            other
            for (row, name), other in scores.items()
            if (name != field and texts[row].spot == candidate.spot and name not in search.found.spots)
            or (name == field and texts[row].spot != candidate.spot and texts[row].spot not in gone)
        ]
        margin = score - max(rivals, default=0.0)
        sure = score >= _SURE and margin >= _MARGIN and not search.names.is_first_half(candidate.text)
        gone.add(candidate.spot)
        problem = (
            ""
            if sure
            else _("Het label «{label}» lijkt op dat van de vraag, maar niet genoeg.").format(label=candidate.text)
        )
        if candidate.place is not None and not candidate.rest:
            search.settle(field, candidate.unit, candidate.place, score / 100, problem)
        else:
            search.take(field, candidate.unit, candidate.place, candidate.rest, score / 100, problem)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that can be a label."""

    unit: Unit
    place: Place | None
    text: str
    rest: str

    @property
    def spot(self) -> tuple[int, int]:
        """Where it stands: the unit and the column."""
        return self.unit.number, self.place.column if self.place else -1


def _candidates(search: Search) -> list[Candidate]:
    starts = search.found.starts()
    found: list[Candidate] = []
    for unit in search.units:
        if unit.paragraph is not None:
            if unit.number not in starts and key(unit.said) not in search.names.any_option:
                found.extend(Candidate(unit, None, *pair) for pair in _halves(unit.paragraph.text.strip()))
            continue
        for place in unit.places:
            if place not in search.found.claimed and place not in search.found.labels and place.name:
                found.extend(Candidate(unit, place, *pair) for pair in _halves(place.name))
    return found


def _halves(text: str) -> list[tuple[str, str]]:
    """Give a text as a label, and its first part as one when a colon or tab follows."""
    pairs = [(text, "")] if text and len(text) <= _LONGEST else []
    mark = re.search(r"[:\t]", text)
    if mark and 0 < mark.start() <= _LONGEST and text[mark.end() :].strip():
        pairs.append((text[: mark.start()], text[mark.end() :].strip()))
    return pairs
