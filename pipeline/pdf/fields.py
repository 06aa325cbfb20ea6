"""Read the form fields of a PDF from their own tree: what each holds and where it stands, whoever filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from pipeline.errors import Reason, Unreadable
from pipeline.pdf import plain
from pipeline.pdf.plain import Plain

_MOST = 20_000
_DEEPEST = 40
_HIDDEN = 2 | 32
_PUSH_BUTTON, _RADIO = 1 << 16, 1 << 15
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
    contrary: bool = False
    """A box that is ticked in its value and open on its page, or the other way round."""


class _Node(NamedTuple):
    """A part of the tree with what it has from above."""

    own: dict[str, Plain]
    reference: tuple[int, int] | None
    handed: dict[str, Plain]
    name: str
    depth: int


class FieldTree:
    """Reads the fields of a file: those in the tree first, then those that only stand on a page."""

    def __init__(self, form: dict[str, Plain], places: Mapping[tuple[int, int], int]) -> None:
        """Prepare to read.

        Args:
            form: the dictionary of all fields.
            places: of each annotation the number of its page.
        """
        self._form = form
        self._places = places
        self._seen: set[tuple[int, int]] = set()
        self._count = 0
        self._found: list[Field] = []
        self._redrawn = form.get("/NeedAppearances") is True
        self.hidden: list[tuple[str, str]] = []
        """Names of the fields that hold something and show it nowhere, and what they hold."""

    def read(self) -> list[Field]:
        """Give the fields in the order of the tree.

        Raises:
            Unreadable: too many, or nested without end.
        """
        for top in plain.array(self._form.get("/Fields")):
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
        for each in plain.array(node.own["/Kids"]):
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

    def add_stray(self, reference: tuple[int, int] | None, widget: dict[str, Plain], page: int) -> None:
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
            above = plain.reference(chain[-1].get("/Parent"))
            if above is None or above in seen:
                break
            seen.add(above)
            chain.append(plain.dictionary(chain[-1]["/Parent"]))
        handed = {key: each[key] for each in reversed(chain) for key in _HANDED_DOWN if key in each}
        name = ".".join(reversed([plain.text(each["/T"]) for each in chain if "/T" in each]))
        if reference is not None:
            self._seen.add(reference)
        known = len(self._found)
        node = _Node(widget, reference, handed, name, 1)
        self._field(node, [node])
        self._found[known:] = [field._replace(page=page) for field in self._found[known:]]

    def _node(self, value: Plain, handed: dict[str, Plain], name: str, depth: int) -> _Node | None:
        reference = plain.reference(value)
        if reference is not None:
            if reference in self._seen:
                return None
            self._seen.add(reference)
        self._count += 1
        if self._count > _MOST:
            raise _too_many()
        if depth > _DEEPEST:
            raise Unreadable(Reason.DAMAGED, "de formuliervelden van de pdf staan eindeloos in elkaar")
        own = plain.dictionary(value)
        if not own:
            return None
        if new := own.keys() & _HANDED_DOWN:
            handed = handed | {key: own[key] for key in new}
        if "/T" in own:
            part = plain.text(own["/T"])
            name = f"{name}.{part}" if name else part
        return _Node(own, reference, handed, name, depth)

    def _field(self, field: _Node, widgets: list[_Node]) -> None:
        kind = plain.name(field.handed.get("/FT")) or plain.name(widgets[0].handed.get("/FT"))
        if kind == "Btn":
            flags = plain.number(field.handed.get("/Ff"))
            if not flags & _PUSH_BUTTON:
                self._boxes(field, widgets, radio=bool(flags & _RADIO))
        elif kind in ("Tx", "Ch"):
            held = widgets[0].handed if len(widgets) == 1 else field.handed
            text = ""
            if "/V" in held or "/RV" in held or "/I" in held:
                text = self._chosen(held) if kind == "Ch" else self._typed(held)
            shown = [widget for widget in widgets if "/F" not in widget.own or not self._is_hidden(widget)]
            if not shown and text.strip():
                self.hidden.append((field.name, text))
            for widget in shown:
                self._put(field.name, widget, "choice" if kind == "Ch" else "text", text, None)

    def _boxes(self, field: _Node, widgets: list[_Node], *, radio: bool) -> None:
        """Give each box of a field; where they stand for different values, with its value in the name."""
        states = [self._state(widget) for widget in widgets]
        exported = [plain.text(each) for each in plain.array(field.handed.get("/Opt"))]
        several = radio or len(set(states)) > 1
        value = plain.name(field.handed.get("/V"))
        value = value or plain.text(field.handed.get("/V")).removeprefix("/")  # pypdf writes the name as text
        for index, (widget, state) in enumerate(zip(widgets, states, strict=True)):
            said = exported[index] if len(exported) == len(widgets) and exported[index] else state
            shown = plain.name(widget.own.get("/AS"))
            drawn = shown not in ("", "Off")
            meant = value not in ("", "Off") and value in (state, said)
            checked = meant if self._redrawn or "/AS" not in widget.own else drawn or meant
            contrary = value != "" and not self._redrawn and "/AS" in widget.own and drawn != meant
            if self._is_hidden(widget):
                if checked:
                    self.hidden.append((field.name, said))
                continue
            name = f"{field.name}={said}" if several else field.name
            sign = "☒" if checked else "☐"
            self._put(name, widget, "checkbox", sign, checked, contrary=contrary)

    def _put(
        self, name: str, widget: _Node, kind: str, text: str, checked: bool | None, *, contrary: bool = False
    ) -> None:
        own = widget.own
        page = self._places.get(widget.reference, 0) if widget.reference else 0
        if not page and (above := plain.reference(own.get("/P"))) is not None:
            page = self._places.get(above, 0)
        title = plain.text(widget.handed.get("/TU"))
        box = plain.box(own.get("/Rect"))
        self._found.append(Field(name, title, kind, text, checked, page, box, contrary))

    def _is_hidden(self, widget: _Node) -> bool:
        return bool(plain.number(widget.own.get("/F")) & _HIDDEN)

    def _state(self, widget: _Node) -> str:
        """Give the name of the ticked state of a box."""
        appearances = plain.dictionary(widget.own.get("/AP"))
        normal = appearances.get("/N")
        states = [] if plain.is_stream(normal) else plain.names_in(normal)
        ticked = next((state for state in states if state not in ("", "Off")), "")
        now = plain.name(widget.own.get("/AS"))
        return ticked or (now if now != "Off" else "") or "Yes"

    def _typed(self, held: Mapping[str, Plain]) -> str:
        text = plain.text(held.get("/V")) or plain.name(held.get("/V"))
        if not text.strip() and "/RV" in held:
            text = _unmarked(plain.text(held["/RV"]))
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _chosen(self, held: Mapping[str, Plain]) -> str:
        """Give the words that a choice shows, not the codes that it keeps."""
        values = [plain.text(each) for each in plain.array(held.get("/V"))]
        if not values and (single := plain.text(held.get("/V"))):
            values = [single]
        if not any(values) and "/I" not in held:
            return ""
        options = [self._option(each) for each in plain.array(held.get("/Opt"))]
        if not any(values):
            numbers = [plain.number(each) for each in plain.array(held.get("/I"))]
            return "; ".join(options[number][1] for number in numbers if 0 <= number < len(options))
        shown = dict(options)
        return "; ".join(shown.get(each, each) for each in values if each)

    def _option(self, value: Plain) -> tuple[str, str]:
        """Give what a choice keeps and what it shows."""
        pair = plain.array(value)
        if len(pair) > 1:
            return plain.text(pair[0]), plain.text(pair[1])
        text = plain.text(value)
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
