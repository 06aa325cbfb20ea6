"""Labels in other words than the form's: each text to one question, the whole section at once."""

from __future__ import annotations

import heapq
import itertools
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipeline.document import Paragraph
from pipeline.extract.certainty import LIKENED, REWORDED
from pipeline.extract.likeness import FLOOR, in_common, likeness
from pipeline.extract.names import Match, Names, key
from pipeline.extract.pairing import pair
from pipeline.language import _

if TYPE_CHECKING:
    from pipeline.extract.labels import Search
    from pipeline.extract.units import Place, Unit

_MARGIN = 6.0
_LONGEST = 160
_MOST_HALVES = 3
_TALKATIVE, _CHATTER = 4, 40
"""A text with more letters than so many times those of a label, and so many more, is not that label in other words."""
_MORE_LABEL = re.compile(r"[^:\n]{1,60}[:?*]|[^:?\n]{1,30}\?.*")
"""What may stand behind a colon and be the rest of the question."""
_BOXED = re.compile(r"\s*(?:\[ ?[xX]? ?\]|[☐☒☑□■\uf0fe\uf0a8])")
"""How a choice with its box begins, which is no label."""
_MOST_RIVALS = 8
"""Texts kept for each question: so many are enough to see that there is no margin."""
Spot = TypeVar("Spot", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Matched:
    """A text taken as the label of a question."""

    text: str
    confidence: float
    problem: str
    """Why it may not be; empty when it differs by a slip of the hand and no other question is nearly as like."""


def match(
    texts: Mapping[Spot, Iterable[str]], names: Names, missing: Iterable[str], *, weak: Iterable[Spot] | None = None
) -> dict[str, tuple[Spot, Matched]]:
    """Give each missing question the text that is most like one of its names, so that all together fit best.

    Args:
        texts: what stands in each spot; when several, the one that fits best counts.
        names: of the questions.
        missing: the keys of those that have no label yet.
        weak: the spots that look like a question, where a likeness makes a doubtful label; None: all.

    Returns:
        Key → its spot and how sure that is.
    """
    wanted = [
        (label, field, _TALKATIVE * len(key(label)) + _CHATTER) for field in missing for label in names.spellings[field]
    ]
    asking = frozenset(texts if weak is None else weak)
    best: dict[tuple[str, Spot], tuple[float, bool, str]] = {}
    for spot, candidates in texts.items():
        for text in candidates:
            letters = len(key(text))
            for label, field, most in wanted:
                if letters > most:
                    continue
                like = likeness(text, label)
                score = like.score
                if not like.slip:
                    score = max(score, in_common(text, label, names.shared)) if spot in asking else 0.0
                if score - FLOOR > best.get((field, spot), (0.0,))[0]:
                    best[field, spot] = (score - FLOOR, like.slip, text)
    scores = {each: found[0] for each, found in _few(best).items()}
    found: dict[str, tuple[Spot, Matched]] = {}
    for field, (spot, margin) in pair(scores).items():
        _score, slip, text = best[field, spot]
        if slip and margin >= _MARGIN and not names.is_first_half(text):
            found[field] = (spot, Matched(text, LIKENED, ""))
        else:
            problem = _("Het label «{label}» lijkt op dat van de vraag, maar niet genoeg.").format(label=text)
            found[field] = (spot, Matched(text, REWORDED, problem))
    return found


def _few(best: Mapping[tuple[str, Spot], tuple[float, bool, str]]) -> dict[tuple[str, Spot], tuple[float, bool, str]]:
    """Keep for each question the texts that are most like it."""
    by_field: dict[str, list[tuple[float, int, tuple[str, Spot]]]] = defaultdict(list)
    for number, (each, found) in enumerate(best.items()):
        by_field[each[0]].append((found[0], -number, each))
    kept = [item[2] for items in by_field.values() for item in heapq.nlargest(_MOST_RIVALS, items)]
    return {each: best[each] for each in kept}


def closest(search: Search) -> None:
    """Give the fields without a label those texts that are like one."""
    candidates: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for candidate in _candidates(search):
        candidates[candidate.spot].append(candidate)
    texts = {spot: [candidate.text for candidate in those] for spot, those in candidates.items()}
    weak = [spot for spot, those in candidates.items() if any(candidate.asks for candidate in those)]
    missing = search.missing
    found = match(texts, search.names, missing, weak=weak)
    there = [name for field, names in search.names.spellings.items() if field not in missing for name in names]
    chosen = {
        field: (next(c for c in candidates[spot] if c.text == matched.text), matched)
        for field, (spot, matched) in found.items()
        if not (matched.problem and _is_title(matched.text, candidates[spot], there))
    }
    for field, (candidate, _matched) in chosen.items():
        if candidate.place is not None and not candidate.rest:
            search.mark(candidate.place, field)
    for field, (candidate, matched) in chosen.items():
        if candidate.place is not None and not candidate.rest:
            search.settle(field, candidate.unit, candidate.place, matched.confidence, matched.problem)
        else:
            search.take(field, candidate.unit, candidate.place, candidate.rest, matched.confidence, matched.problem)


def _is_title(text: str, candidates: Iterable[Candidate], names: Iterable[str]) -> bool:
    """Tell whether a text is a heading with the name, a slip of the hand aside, of a question that was found."""
    heads = any(candidate.text == text and candidate.place is None and not candidate.rest for candidate in candidates)
    return heads and any(likeness(text, name).slip for name in names)


def slips(search: Search, marks: Mapping[Place, Match]) -> dict[Place, tuple[str, float]]:
    """Give the cells that are a label but for a slip of the hand, before any cell is taken for an answer.

    What stands beside or beneath one may have the words of a label as well, and would be taken for it.

    Args:
        search: which has taken no cell yet.
        marks: the cells with the words of labels.

    Returns:
        The cell, with the key of its question and how sure that is.
    """
    there = {name for mark in marks.values() for name in mark.fields}
    if there.issuperset(search.missing):
        return {}
    for text in _lines(search.units):
        if found := search.names.whole(text) or search.names.begin(text):
            there.update(found.fields)
    lacking = [name for name in search.missing if name not in there]
    places = [place for unit in search.units for place in unit.places if _may_be_label(place, marks, search.names)]
    matched = match({place: [place.name] for place in places}, search.names, lacking)
    return {place: (name, found.confidence) for name, (place, found) in matched.items() if not found.problem}


def _lines(units: Iterable[Unit]) -> Iterator[str]:
    """Give the lines in which a label may stand before its answer, those inside cells too."""
    for unit in units:
        if unit.paragraph is not None:
            yield unit.paragraph.text.strip()
        for place in unit.places:
            yield from (block.text.strip() for block in place.cell.blocks if isinstance(block, Paragraph))


def _may_be_label(place: Place, marks: Mapping[Place, Match], names: Names) -> bool:
    """Tell whether a cell may be a label in other words: short, and not right beside a label of the form."""
    if not place.name or place in marks or len(place.name) > _LONGEST or key(place.name) in names.any_option:
        return False
    return place.layout.at(place.row, place.column - 1) not in marks


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

    @property
    def asks(self) -> bool:
        """Whether it looks like a question: a mark after it, a heading, or a cell with room beside or beneath it."""
        if self.rest or self.text.rstrip().endswith((":", "?")):
            return True
        if self.place is not None:
            return self.place.right is not None or self.place.below is not None
        return self.unit.paragraph is not None and self.unit.paragraph.level > 0


def _candidates(search: Search) -> list[Candidate]:
    starts = search.found.starts()
    found: list[Candidate] = []
    for unit in search.units:
        if _BOXED.match(unit.said or ""):
            continue
        if unit.paragraph is not None:
            if unit.number not in starts and key(unit.said) not in search.names.any_option:
                whole = unit.paragraph.level > 0
                found.extend(Candidate(unit, None, *pair) for pair in _halves(unit.said, whole=whole))
            continue
        for place in unit.places:
            if place not in search.found.claimed and place not in search.found.labels and place.name:
                found.extend(Candidate(unit, place, *pair) for pair in _halves(place.name, whole=True))
    return found


def _halves(text: str, *, whole: bool) -> list[tuple[str, str]]:
    """Give a text as a label, and its first part as one where a colon or tab and more text follow; longest first.

    Args:
        text: what stands there.
        whole: whether all of it may be the label, though there is a colon in it.
    """
    marks = list(itertools.islice(re.finditer(r"[:\t]", text[: _LONGEST + 1]), _MOST_HALVES))
    halves = [(text[: mark.start()], text[mark.end() :].strip()) for mark in marks if mark.start()]
    halves = [(label, rest) for label, rest in reversed(halves) if rest and not _MORE_LABEL.fullmatch(rest)]
    return [(text, "")] * (bool(text) and len(text) <= _LONGEST and (whole or not halves)) + halves
