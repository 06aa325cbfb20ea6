"""What a name in an expression stands for: a number, a date, a record, rows of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from pipeline.expression import Chosen, Gap, Record
from pipeline.language import _


@dataclass(frozen=True, slots=True)
class Plain:
    """A single value."""

    name: str
    """number, text, date, moment, yesno, choice, or any when it cannot be told."""
    options: tuple[str, ...] = ()
    """A choice: the values it may have."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record: names with what they stand for."""

    about: str
    parts: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Many:
    """Several of a kind: rows of a table, the values of a choice."""

    of: Kind


@dataclass(frozen=True, slots=True)
class Keyed:
    """A code list: found by any key."""

    of: Kind


Kind: TypeAlias = Plain | Named | Many | Keyed
Scope: TypeAlias = dict[str, Kind]

ANY = Plain("any")
NUMBER = Plain("number")
TEXT = Plain("text")
DATE = Plain("date")
MOMENT = Plain("moment")
YESNO = Plain("yesno")
INSERTED = {"": Plain("picture"), "p": Plain("document"), "r": Plain("link")}
"""What docxtpl inserts, by how its tag begins."""
NOTHING = Plain("nothing")
"""What an empty list holds."""


def kind_of(value: Any) -> Kind:
    """Give the kind of an example value."""
    if isinstance(value, Record):
        return Named(value.about, {name: kind_of(value.read(name)) for name in value.names})
    if isinstance(value, Gap):
        if value.columns is not None:
            return Named(value.label, dict.fromkeys(value.columns, ANY))
        return ANY
    if isinstance(value, tuple | list):
        return Many(together(kind_of(item) for item in value))
    if isinstance(value, Chosen):
        return Plain("choice")
    if isinstance(value, bool):
        return YESNO
    if isinstance(value, int | Decimal):
        return NUMBER
    if isinstance(value, dt.datetime):
        return MOMENT
    if isinstance(value, dt.date):
        return DATE
    return TEXT if isinstance(value, str) else ANY


def together(kinds: Iterable[Kind]) -> Kind:
    """Give what holds for all of several kinds: of records, the names that every one has."""
    return _joined(kinds, shared=True)


def either(kinds: Iterable[Kind]) -> Kind:
    """Give what may hold for one of several kinds: of records, the names that any has."""
    return _joined(kinds, shared=False)


def _joined(kinds: Iterable[Kind], *, shared: bool) -> Kind:
    found = [kind for kind in kinds if kind != NOTHING]
    if not found:
        return NOTHING
    named = [kind for kind in found if isinstance(kind, Named)]
    many = [kind for kind in found if isinstance(kind, Many)]
    if len(named) == len(found):
        names = dict.fromkeys(name for kind in named for name in kind.parts)
        parts = {
            name: _joined((kind.parts[name] for kind in named if name in kind.parts), shared=shared)
            for name in names
            if not shared or all(name in kind.parts for kind in named)
        }
        return Named(_(" of ").join(dict.fromkeys(kind.about for kind in named)), parts)
    if len(many) == len(found):
        return Many(_joined((kind.of for kind in many), shared=shared))
    return found[0] if all(kind == found[0] for kind in found) else ANY
