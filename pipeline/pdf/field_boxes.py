"""What the boxes of a field of a PDF say: which are ticked, and which show something else than the field holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.pdf.field_facts import states_in
from pipeline.pdf.field_shape import Node
from pipeline.pdf.objects import Objects

TICKED, OPEN = "☒", "☐"
_RADIO = 1 << 15


class Box(NamedTuple):
    """A box of a field."""

    widget: Node
    """Its place."""
    name: str
    """The whole name of the field; where its boxes stand for different values, with that of this one: `zone=ja`."""
    value: str
    checked: bool
    drawn: str
    """A ticked or an open one, where its page shows that and it is not what the field holds."""


def boxes_of(objects: Objects, field: Node, widgets: Sequence[Node], *, redrawn: bool) -> Iterator[Box]:
    """Give each box of a field.

    Args:
        objects: gives what stands in the file.
        field: the field.
        widgets: its places.
        redrawn: viewers draw it anew by what it holds, whatever state its places have.
    """
    known = [_states(objects, widget) for widget in widgets]
    states = [
        next(iter(some), "") or _now(objects, widget) or "Yes" for some, widget in zip(known, widgets, strict=True)
    ]
    options = field.handed.options
    exported = [] if options is None else [objects.text(each) for each in objects.array(options)]
    several = bool(field.handed.flags & _RADIO) or len(set(states)) > 1
    kept = field.held().value
    value = objects.name(kept) or objects.text(kept).removeprefix("/")  # pypdf writes the name as text
    names = [
        exported[index] if len(exported) == len(widgets) and exported[index] else state
        for index, state in enumerate(states)
    ]
    strange = value not in ("", "Off", *states, *names)  # «Yes» for boxes that are called «ja» and «nee»
    for index, (widget, state, said) in enumerate(zip(widgets, states, names, strict=True)):
        shown = _now(objects, widget)
        ticked = bool(shown)
        meant = value not in ("", "Off") and value in (state, said)
        checked = meant if redrawn or shown is None else ticked or meant
        drawn = OPEN if strange and not ticked else ""
        if not redrawn and shown is not None:
            if ticked and known[index] and shown not in known[index]:
                drawn = OPEN  # viewers show nothing for a state that has no drawing
            elif value and ticked != meant:
                drawn = TICKED if ticked else OPEN
        yield Box(widget, f"{field.name}={said}" if several else field.name, said, checked, drawn)


def _now(objects: Objects, widget: Node) -> str | None:
    """Give the state that a box has; empty when it is not a ticked one, None when it has none."""
    said = widget.filled.get("/AS")
    if said is None:
        return widget.facts.now
    now = objects.name(said)
    return "" if now == "Off" else now


def _states(objects: Objects, widget: Node) -> tuple[str, ...]:
    """Give the names of the ticked states of a box that have a drawing."""
    if widget.facts.states is not None:
        return widget.facts.states
    shown = widget.filled.get("/AP") or widget.same.get("/AP")
    return states_in(objects, objects.dictionary(shown).get("/N"))
