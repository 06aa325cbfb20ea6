"""What a paper states: each value printed in it, with the answers, acts and numbers of the call that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_ROW = re.compile(r"(?P<table>.+?)\.(?P<row>\d+)(?P<column>(?:\.[^.\d][^.]*)?)\Z")
_ROWS = re.compile(r"(?P<table>.+?)\.(?P<rows>\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)(?P<column>(?:\.[^.\d][^.]*)?)\Z")


class How(StrEnum):
    """How what is printed came of what it is of."""

    READ = "read"
    """It is what stands there, or a piece of it, written as the template asks."""
    COMPUTED = "computed"
    """It was computed from it; of nothing known, the template counted it."""
    CHOSEN = "chosen"
    """They are words of the template, which prints them because of what stands there."""
    MISSING = "missing"
    """Nothing certain stands there, and that is what is printed."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One value printed in a paper."""

    text: str
    """As printed, its line ends as \\n."""
    how: How
    of: tuple[str, ...] = ()
    """As acts name them: `gemeente`, `acties.2.kost`; also `granted`, `parameters.looptijd_maximum`, `minister.naam`;
    of a dossier that a form joined with the key of its form before it: `aanvraag.gemeente`."""


@dataclass(frozen=True, slots=True)
class PaperStated:
    """What one paper states."""

    file: str
    """Name of the Word file in the folder of the dossier."""
    key: str
    sha256: str
    """Of that file as it was made."""
    stated: tuple[Stated, ...]
    """Each once, in the order in which it is printed first."""


def encode(papers: Iterable[PaperStated]) -> dict[str, Any]:
    """Give what the papers of a dossier state as JSON: what several papers state, once."""
    listed = list(papers)
    places: dict[Stated, list[int]] = {}
    for number, paper in enumerate(listed, start=1):
        for stated in paper.stated:
            places.setdefault(stated, []).append(number)
    return {
        "papers": [{"file": paper.file, "key": paper.key, "sha256": paper.sha256} for paper in listed],
        "stated": [
            {"in": numbers, "text": stated.text, "how": stated.how.value, "of": folded(stated.of)}
            for stated, numbers in places.items()
        ],
    }


def decode(data: Mapping[str, Any]) -> tuple[PaperStated, ...]:
    """Give back what the papers of a dossier state."""
    held: dict[int, list[Stated]] = {}
    for each in data["stated"]:
        stated = Stated(each["text"], How(each["how"]), unfolded(each["of"]))
        for number in each["in"]:
            held.setdefault(number, []).append(stated)
    return tuple(
        PaperStated(paper["file"], paper["key"], paper["sha256"], tuple(held.get(number, ())))
        for number, paper in enumerate(data["papers"], start=1)
    )


def folded(targets: Sequence[str]) -> list[str]:
    """Write cells of one column as one: `acties.1.kost`, `acties.2.kost`, `acties.4.kost` is `acties.1-2,4.kost`."""
    rows: dict[tuple[str, str], list[int]] = {}
    for target in targets:
        if found := _ROW.match(target):
            rows.setdefault((found["table"], found["column"]), []).append(int(found["row"]))
        else:
            rows.setdefault((target, "-"), [])
    return [
        target if column == "-" else f"{target}.{','.join(_ranges(numbers))}{column}"
        for (target, column), numbers in rows.items()
    ]


def unfolded(targets: Iterable[str]) -> tuple[str, ...]:
    """Give back the cells that `folded` wrote as one."""
    return tuple(each for target in targets for each in _unfolded(target))


def _unfolded(target: str) -> Iterator[str]:
    found = _ROWS.match(target)
    if found is None:
        yield target
        return
    for span in found["rows"].split(","):
        first, _dash, last = span.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield f"{found['table']}.{number}{found['column']}"


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    first = last = 0
    for number in sorted(set(numbers)):
        if last and number == last + 1:
            last = number
            continue
        if last:
            yield f"{first}-{last}" if last > first else f"{first}"
        first = last = number
    if last:
        yield f"{first}-{last}" if last > first else f"{first}"
