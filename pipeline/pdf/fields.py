"""Read the form fields of a PDF from their own tree: what each holds and where it stands, whoever filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from pipeline.errors import Reason, Unreadable
from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.shown import Drawings

_MOST = 20_000
_DEEPEST = 40
_HIDDEN = 2 | 32
_PUSH_BUTTON, _RADIO, _COMBO = 1 << 16, 1 << 15, 1 << 17
TICKED, OPEN = "☒", "☐"
_HANDED_DOWN = frozenset({"/FT", "/Ff", "/V", "/RV", "/TU", "/Opt", "/I"})


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

    own: dict[str, Value]
    reference: tuple[int, int] | None
    handed: dict[str, Value]
    name: str
    depth: int


class FieldTree:
    """Reads the fields of a file: those in the tree first, then those that only stand on a page."""

    def __init__(self, objects: Objects, form: dict[str, Value], places: Mapping[tuple[int, int], int]) -> None:
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
            node = self._node(top, {}, "", 1)
            if node is not None:
                self._walk(node)
        return self._found

    def _walk(self, node: _Node) -> None:
        if "/Kids" not in node.own:
            self._field(node, [node])
            return
        fields: list[_Node] = []
        widgets: list[_Node] = []
        for each in self._objects.array(node.own["/Kids"]):
            kid = self._node(each, node.handed, node.name, node.depth + 1)
            if kid is not None:
                (fields if "/T" in kid.own or "/Kids" in kid.own else widgets).append(kid)
        if widgets or not fields:
            self._field(node, widgets or [node])
        for kid in fields:
            self._walk(kid)

    def has(self, reference: tuple[int, int]) -> bool:
        """Tell whether the tree has an object."""
        return reference in self._seen

    def add_stray(self, reference: tuple[int, int] | None, widget: dict[str, Value], page: int) -> None:
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
        handed = {key: each[key] for each in reversed(chain) for key in _HANDED_DOWN if key in each}
        name = ".".join(reversed([self._objects.text(each["/T"]) for each in chain if "/T" in each]))
        if reference is not None:
            self._seen.add(reference)
        known = len(self._found)
        node = _Node(widget, reference, handed, name, 1)
        self._field(node, [node])
        self._found[known:] = [field._replace(page=page) for field in self._found[known:]]

    def _node(self, value: Value, handed: dict[str, Value], name: str, depth: int) -> _Node | None:
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
        own = objects.dictionary(value) if reference is None else objects.at(reference)
        if not own:
            return None
        if not handed and "/Kids" not in own:
            handed = own  # nothing is handed down any further
        elif new := own.keys() & _HANDED_DOWN:
            handed = handed | {key: own[key] for key in new}
        if "/T" in own:
            part = objects.text(own["/T"])
            name = f"{name}.{part}" if name else part
        return _Node(own, reference, handed, name, depth)

    def _field(self, field: _Node, widgets: list[_Node]) -> None:
        objects = self._objects
        first = widgets[0]
        kind = objects.name(field.handed.get("/FT")) or objects.name(first.handed.get("/FT"))
        if kind == "Btn":
            flags = objects.number(field.handed.get("/Ff"))
            if not flags & _PUSH_BUTTON:
                self._boxes(field, widgets, radio=bool(flags & _RADIO))
        elif kind in ("Tx", "Ch"):
            held = first.handed if len(widgets) == 1 else field.handed
            flags = objects.number(held["/Ff"]) if "/Ff" in held else 0
            text = ""
            if "/V" in held or "/RV" in held or "/I" in held:
                text = self._chosen(held) if kind == "Ch" else self._typed(held)
            texts = (text, self._typed(held)) if kind == "Ch" else (text,)
            told = not self._redrawn and (kind == "Tx" or bool(flags & _COMBO))  # a list shows all that it offers
            named, seen = "choice" if kind == "Ch" else "text", False
            for widget in widgets:
                if self._is_hidden(widget):
                    continue
                seen = True
                drawn = self._drawings.other_text(widget.own, flags, texts) if told and "/AP" in widget.own else ""
                self._put(field.name, widget, named, text, None, drawn)
            if not seen and text.strip():
                self.hidden.append((field.name, text))

    def _boxes(self, field: _Node, widgets: list[_Node], *, radio: bool) -> None:
        """Give each box of a field; where they stand for different values, with its value in the name."""
        known = [self._states(widget) for widget in widgets]
        states = [
            next(iter(some), "") or self._now(widget) or "Yes" for some, widget in zip(known, widgets, strict=True)
        ]
        exported = [self._objects.text(each) for each in self._objects.array(field.handed.get("/Opt"))]
        several = radio or len(set(states)) > 1
        value = self._objects.name(field.handed.get("/V"))
        value = value or self._objects.text(field.handed.get("/V")).removeprefix("/")  # pypdf writes the name as text
        for index, (widget, state) in enumerate(zip(widgets, states, strict=True)):
            said = exported[index] if len(exported) == len(widgets) and exported[index] else state
            shown = self._now(widget)
            ticked = shown != ""
            meant = value not in ("", "Off") and value in (state, said)
            checked = meant if self._redrawn or "/AS" not in widget.own else ticked or meant
            drawn = ""
            if not self._redrawn and "/AS" in widget.own:
                if ticked and known[index] and shown not in known[index]:
                    drawn = OPEN  # viewers show nothing for a state that has no drawing
                elif value and ticked != meant:
                    drawn = TICKED if ticked else OPEN
            if self._is_hidden(widget):
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
        objects, own = self._objects, widget.own
        page = self._places.get(widget.reference, 0) if widget.reference else 0
        if not page and (above := objects.reference(own.get("/P"))) is not None:
            page = self._places.get(above, 0)
        title = objects.text(widget.handed["/TU"]) if "/TU" in widget.handed else ""
        box = objects.box(own.get("/Rect"))
        formatted = bool(drawn) and "/F" in objects.dictionary(own.get("/AA"))
        self._found.append(Field(name, title, kind, text, checked, page, box, drawn, formatted))

    def _is_hidden(self, widget: _Node) -> bool:
        flags = widget.own.get("/F")
        return flags is not None and bool(self._objects.number(flags) & _HIDDEN)

    def _states(self, widget: _Node) -> list[str]:
        """Give the names of the ticked states of a box that have a drawing."""
        normal = self._objects.dictionary(widget.own.get("/AP")).get("/N")
        states = [] if self._objects.is_stream(normal) else self._objects.names_in(normal)
        return [state for state in states if state not in ("", "Off")]

    def _now(self, widget: _Node) -> str:
        """Give the name of the state that a box has now, if it is a ticked one."""
        now = self._objects.name(widget.own.get("/AS"))
        return "" if now == "Off" else now

    def _typed(self, held: Mapping[str, Value]) -> str:
        text = self._objects.text(held.get("/V")) or self._objects.name(held.get("/V"))
        if not text.strip() and "/RV" in held:
            text = _unmarked(self._objects.text(held["/RV"]))
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _chosen(self, held: Mapping[str, Value]) -> str:
        """Give the words that a choice shows, not the codes that it keeps."""
        values = [self._objects.text(each) for each in self._objects.array(held.get("/V"))]
        if not values and (single := self._objects.text(held.get("/V"))):
            values = [single]
        if not any(values) and "/I" not in held:
            return ""
        listed = self._objects.array(held.get("/Opt"))
        if not any(values):
            numbers = [self._objects.number(each) for each in self._objects.array(held.get("/I"))]
            return "; ".join(self._option(listed[number])[1] for number in numbers if 0 <= number < len(listed))
        shown = dict(self._option(each) for each in listed if self._objects.is_list(each))
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
