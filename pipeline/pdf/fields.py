"""Read the form fields of a PDF from their own tree: what each holds and where it stands, whoever filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from pipeline.errors import Reason, Unreadable
from pipeline.pdf.field_facts import NOTHING, Facts, Handed, facts_of, handed_on, states_in
from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.shown import Drawings

_MOST = 20_000
_DEEPEST = 40
_PUSH_BUTTON, _RADIO, _COMBO = 1 << 16, 1 << 15, 1 << 17
TICKED, OPEN = "☒", "☐"


def _too_many() -> Unreadable:
    return Unreadable(Reason.TOO_LARGE, "de pdf heeft meer dan 20.000 formuliervelden")


class Field(NamedTuple):
    """A form field where it stands on a page; one with several boxes is given once for each."""

    name: str
    """Its whole name; of one box of several with its value: `zone=ja`."""
    title: str
    kind: str
    """text, choice or checkbox."""
    text: str
    checked: bool | None
    page: int
    """From 1; 0 when it stands on no page."""
    box: tuple[float, float, float, float] | None
    """left, bottom, right, top, as the file has it."""
    drawn: str = ""
    """What its page shows in its place, where that is another text, or another state of a box, than it holds."""
    formatted: bool = False
    """A script of the file says how what it holds is shown: an amount with its sign, a date in words."""


class _Node(NamedTuple):
    """A part of the tree with what it has from above."""

    facts: Facts
    same: Mapping[str, Value]
    filled: Mapping[str, Value]
    """What it holds itself, apart from what is the same in every copy of the form."""
    reference: tuple[int, int] | None
    handed: Handed
    name: str
    depth: int


class FieldTree:
    """Reads the fields of a file: those in the tree first, then those that only stand on a page."""

    def __init__(self, objects: Objects, form: Mapping[str, Value], places: Mapping[tuple[int, int], int]) -> None:
        """Prepare to read.

        Args:
            objects: gives what stands in the file.
            form: the dictionary of all fields.
            places: of each annotation the number of its page.
        """
        self._objects = objects
        self._form = form
        self._drawings = Drawings(objects, form)
        self._places = places
        self._seen: set[tuple[int, int]] = set()
        self._count = 0
        self._found: list[Field] = []
        self._redrawn = objects.is_true(form.get("/NeedAppearances"))
        self.hidden: list[tuple[str, str]] = []
        """Names of the fields that hold something and show it nowhere, and what they hold."""

    def read(self) -> list[Field]:
        """Give the fields in the order of the tree.

        Raises:
            Unreadable: too many, or nested without end.
        """
        for top in self._objects.array(self._form.get("/Fields")):
            node = self._node(top, NOTHING, "", 1)
            if node is not None:
                self._walk(node)
        return self._found

    def _walk(self, node: _Node) -> None:
        if "/Kids" not in node.same:
            self._field(node, [node])
            return
        fields: list[_Node] = []
        widgets: list[_Node] = []
        for each in self._objects.array(node.same["/Kids"]):
            kid = self._node(each, node.handed, node.name, node.depth + 1)
            if kid is not None:
                (fields if kid.facts.part is not None or "/Kids" in kid.same else widgets).append(kid)
        if widgets or not fields:
            self._field(node, widgets or [node])
        for kid in fields:
            self._walk(kid)

    def has(self, reference: tuple[int, int]) -> bool:
        """Tell whether the tree has an object."""
        return reference in self._seen

    def add_stray(self, reference: tuple[int, int] | None, widget: Mapping[str, Value], page: int) -> None:
        """Take in the field of a place on a page that the tree does not have.

        Args:
            reference: the number of the place; None for one that the page itself holds.
            widget: the place.
            page: the page that names it.
        """
        self._count += 1
        if self._count > _MOST:
            raise _too_many()
        chain = [widget]
        seen = {reference}
        while len(chain) < _DEEPEST:
            above = self._objects.reference(chain[-1].get("/Parent"))
            if above is None or above in seen:
                break
            seen.add(above)
            chain.append(self._objects.dictionary(chain[-1]["/Parent"]))
        said = [facts_of(self._objects, each) for each in reversed(chain)]
        handed = NOTHING
        for facts in said:
            handed = handed_on(facts, {}, handed)
        name = ".".join(facts.part for facts in said if facts.part is not None)
        if reference is not None:
            self._seen.add(reference)
        known = len(self._found)
        node = _Node(said[-1], widget, {}, reference, handed, name, 1)
        self._field(node, [node])
        self._found[known:] = [field._replace(page=page) for field in self._found[known:]]

    def _node(self, value: Value, above: Handed, name: str, depth: int) -> _Node | None:
        objects = self._objects
        reference = objects.reference(value)
        if reference is not None:
            if reference in self._seen:
                return None
            self._seen.add(reference)
        self._count += 1
        if self._count > _MOST:
            raise _too_many()
        if depth > _DEEPEST:
            raise Unreadable(Reason.DAMAGED, "de formuliervelden van de pdf staan eindeloos in elkaar")
        same, filled = (objects.dictionary(value), {}) if reference is None else objects.apart(reference)
        if not same and not filled:
            return None
        facts = facts_of(objects, same)
        if facts.part is not None:
            name = f"{name}.{facts.part}" if name else facts.part
        return _Node(facts, same, filled, reference, handed_on(facts, filled, above), name, depth)

    def _field(self, field: _Node, widgets: list[_Node]) -> None:
        first = widgets[0]
        kind = field.handed.kind or first.handed.kind
        if kind == "Btn":
            if not field.handed.flags & _PUSH_BUTTON:
                self._boxes(field, widgets, radio=bool(field.handed.flags & _RADIO))
        elif kind in ("Tx", "Ch"):
            held = first.handed if len(widgets) == 1 else field.handed
            typed = self._typed(held)
            text = typed if kind == "Tx" else self._chosen(held)
            texts = (text,) if kind == "Tx" else (text, typed)
            told = not self._redrawn and (kind == "Tx" or bool(held.flags & _COMBO))  # a list shows all that it offers
            named, seen = "choice" if kind == "Ch" else "text", False
            for widget in widgets:
                if widget.facts.hidden:
                    continue
                seen = True
                shown = widget.filled.get("/AP") or widget.same.get("/AP")
                drawn = self._drawings.other_text(shown, held.flags, texts) if told and shown is not None else ""
                self._put(field.name, widget, named, text, None, drawn)
            if not seen and text.strip():
                self.hidden.append((field.name, text))

    def _boxes(self, field: _Node, widgets: list[_Node], *, radio: bool) -> None:
        """Give each box of a field; where they stand for different values, with its value in the name."""
        known = [self._states(widget) for widget in widgets]
        states = [
            next(iter(some), "") or widget.facts.now or "Yes" for some, widget in zip(known, widgets, strict=True)
        ]
        exported = [self._objects.text(each) for each in self._objects.array(field.handed.options)]
        several = radio or len(set(states)) > 1
        value = self._objects.name(field.handed.value)
        value = value or self._objects.text(field.handed.value).removeprefix("/")  # pypdf writes the name as text
        for index, (widget, state) in enumerate(zip(widgets, states, strict=True)):
            said = exported[index] if len(exported) == len(widgets) and exported[index] else state
            shown = widget.facts.now
            ticked = bool(shown)
            meant = value not in ("", "Off") and value in (state, said)
            checked = meant if self._redrawn or shown is None else ticked or meant
            drawn = ""
            if not self._redrawn and shown is not None:
                if ticked and known[index] and shown not in known[index]:
                    drawn = OPEN  # viewers show nothing for a state that has no drawing
                elif value and ticked != meant:
                    drawn = TICKED if ticked else OPEN
            if widget.facts.hidden:
                if checked:
                    self.hidden.append((field.name, said))
                continue
            name = f"{field.name}={said}" if several else field.name
            self._put(name, widget, "checkbox", TICKED if checked else OPEN, checked, drawn)

    def _put(
        self,
        name: str,
        widget: _Node,
        kind: str,
        text: str,
        checked: bool | None,
        drawn: str,
    ) -> None:
        objects = self._objects
        page = self._places.get(widget.reference, 0) if widget.reference else 0
        if not page and (above := objects.reference(widget.same.get("/P"))) is not None:
            page = self._places.get(above, 0)
        formatted = bool(drawn) and "/F" in objects.dictionary(widget.same.get("/AA"))
        self._found.append(
            Field(name, widget.handed.title, kind, text, checked, page, widget.facts.box, drawn, formatted)
        )

    def _states(self, widget: _Node) -> tuple[str, ...]:
        """Give the names of the ticked states of a box that have a drawing."""
        if widget.facts.states is not None:
            return widget.facts.states
        shown = widget.filled.get("/AP") or widget.same.get("/AP")
        return states_in(self._objects, self._objects.dictionary(shown).get("/N"))

    def _typed(self, held: Handed) -> str:
        text = ""
        if held.value is not None:
            text = self._objects.text(held.value) or self._objects.name(held.value)
        if held.rich is not None and not text.strip():
            text = _unmarked(self._objects.text(held.rich))
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def _chosen(self, held: Handed) -> str:
        """Give the words that a choice shows, not the codes that it keeps."""
        objects = self._objects
        values = [objects.text(each) for each in objects.array(held.value)]
        if not values and (single := objects.text(held.value)):
            values = [single]
        if not any(values) and held.chosen is None:
            return ""
        listed = objects.array(held.options)
        if not any(values):
            numbers = [objects.number(each) for each in objects.array(held.chosen)]
            return "; ".join(self._option(listed[number])[1] for number in numbers if 0 <= number < len(listed))
        shown = dict(self._option(each) for each in listed if objects.is_list(each))
        return "; ".join(shown.get(each, each) for each in values if each)

    def _option(self, value: Value) -> tuple[str, str]:
        """Give what a choice keeps and what it shows."""
        pair = self._objects.array(value)
        if len(pair) > 1:
            return self._objects.text(pair[0]), self._objects.text(pair[1])
        text = self._objects.text(value)
        return text, text


class _Words(HTMLParser):
    """Takes the words out of rich text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser calls it so
        """Begin a line at a break, and at a paragraph after another."""
        if tag == "br" or (tag == "p" and self.parts):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.parts.append(data)


def _unmarked(rich: str) -> str:
    """Give the words of rich text."""
    words = _Words()
    words.feed(rich)
    words.close()
    return "".join(words.parts).strip()
