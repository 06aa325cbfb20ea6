"""What the dictionary of a form field says that is the same in every copy of a form, and what it hands down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.written import REFERENCES, Entries

_HIDDEN = 2 | 32
_LOOKED_AT = ("/T", "/FT", "/Ff", "/TU", "/F", "/Rect", "/AS")


class Handed(NamedTuple):
    """What a field has itself or from those above it; the last four as they stand in the file."""

    kind: str = ""
    """Tx, Ch, Btn …"""
    flags: int = 0
    title: str = ""
    rich: Value = None
    options: Value = None
    value: Value = None
    chosen: Value = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a dictionary says."""

    part: str | None
    """Of the name of the field; None of a place that is no field of its own."""
    kind: str | None
    flags: int | None
    title: str | None
    box: tuple[float, float, float, float] | None
    hidden: bool
    now: str | None
    """The state that a box has; empty when it is not a ticked one, None when it has none."""
    states: tuple[str, ...] | None
    """The ticked states of a box that have a drawing; None where only the file knows."""
    handed: Handed
    """What it has when nothing is above it and nothing was filled in."""


NOTHING = Handed()
"""What a field has from above that stands on top."""


def facts_of(objects: Objects, same: Mapping[str, Value]) -> Facts:
    """Give what a dictionary says; of one that stands in other copies too, as it was made of the first.

    Args:
        objects: gives what stands in the file.
        same: the dictionary, as far as it is the same in every copy of the form.
    """
    if type(same) is not Entries:
        return _read(objects, same)
    if same.facts is None:
        facts = _read(objects, same)
        if any(REFERENCES[same[key]] for key in _LOOKED_AT if key in same):
            return facts  # in another file, something else stands there
        same.facts = facts
    kept: Facts = same.facts
    return kept


def _read(objects: Objects, own: Mapping[str, Value]) -> Facts:
    part = objects.text(own["/T"]) if "/T" in own else None
    kind = objects.name(own["/FT"]) if "/FT" in own else None
    flags = objects.number(own["/Ff"]) if "/Ff" in own else None
    title = objects.text(own["/TU"]) if "/TU" in own else None
    now = objects.name(own["/AS"]) if "/AS" in own else None
    states = None
    if type(shown := own.get("/AP")) is str and shown.startswith("<<"):
        normal = objects.dictionary(shown).get("/N")
        if type(normal) is str and normal.startswith("<<"):
            states = states_in(objects, normal)
    handed = Handed(kind or "", flags or 0, title or "", own.get("/RV"), own.get("/Opt"), own.get("/V"), own.get("/I"))
    return Facts(
        part,
        kind,
        flags,
        title,
        objects.box(own.get("/Rect")),
        "/F" in own and bool(objects.number(own["/F"]) & _HIDDEN),
        "" if now == "Off" else now,
        states,
        NOTHING if handed == NOTHING else handed,
    )


def states_in(objects: Objects, normal: Value) -> tuple[str, ...]:
    """Give the ticked states of a box that have a drawing.

    Args:
        objects: gives what stands in the file.
        normal: the drawings by state; or the one drawing of what has no states.
    """
    names = [] if objects.is_stream(normal) else objects.names_in(normal)
    return tuple(state for state in names if state not in ("", "Off"))


def handed_on(facts: Facts, above: Handed) -> Handed:
    """Give what a field has, apart from what was filled in in itself.

    Args:
        facts: what it says itself.
        above: what it has from above.
    """
    own = facts.handed
    if above is NOTHING:
        return own
    return Handed(
        above.kind if facts.kind is None else facts.kind,
        above.flags if facts.flags is None else facts.flags,
        above.title if facts.title is None else facts.title,
        *(theirs if mine is None else mine for mine, theirs in zip(own[3:], above[3:], strict=True)),
    )


def with_values(own: Handed, filled: Mapping[str, Value]) -> Handed:
    """Give what a field has and hands to those under it, with what was filled in."""
    if "/V" not in filled and "/I" not in filled:
        return own
    kind, flags, title, rich, options, value, chosen = own
    return Handed(kind, flags, title, rich, options, filled.get("/V", value), filled.get("/I", chosen))
