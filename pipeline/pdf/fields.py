"""Read the form fields of a PDF from their own tree: what each holds and where it stands, whoever filled it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from pipeline.errors import Reason, Unreadable
from pipeline.pdf.field import Field
from pipeline.pdf.field_boxes import OPEN, TICKED, boxes_of
from pipeline.pdf.field_facts import NOTHING, facts_of, handed_on
from pipeline.pdf.field_shape import SHAPES, Given, Like, Node, Shape, Way, learn, led
from pipeline.pdf.field_values import chosen_in, shows_value, typed_in
from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.shown import EMPTY, Drawings
from pipeline.pdf.written import is_literal

_MOST = 20_000
_DEEPEST = 40
_PUSH_BUTTON, _COMBO = 1 << 16, 1 << 17
_KINDS = {"Tx": "text", "Ch": "choice"}
_WORDED = frozenset(_KINDS.values())


def _too_many() -> Unreadable:
    return Unreadable(Reason.TOO_LARGE, "de pdf heeft meer dan 20.000 formuliervelden")


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
        self._shape: Shape | None = None
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
        named = self._form.get("/Fields")
        shape = SHAPES.of(named)
        nodes = led(self._objects, shape) if shape else None
        if shape is not None and nodes is not None:
            self._shape, self._seen, self._count = shape, shape.seen, len(nodes)
            self._give_all(shape, nodes)
            return self._found
        way = Way(named)
        for top in self._objects.array(named):
            node = self._node(top, None, way)
            if node is not None:
                self._walk(node, way)
        first = way.shape()
        if first is not None and SHAPES.keep(named, first):
            learn(self._objects, first, way.nodes)
            for number, (start, end) in enumerate(pairwise((*way.given, len(self._found)))):
                self._learn(first, number, first.nodes[first.fields[number][0]], self._found[start:end])
        return self._found

    def _give_all(self, shape: Shape, nodes: list[Node]) -> None:
        """Give the fields of a tree that is that of the copy before; most fields of most copies are left empty."""
        found, here, data, row = self._found, self._places, self._objects.data, self._objects.row
        for number, ((at, places), given) in enumerate(zip(shape.fields, shape.given, strict=True)):
            node = nodes[at]
            if (
                given is not None
                and given.node is node
                and given.places is here
                and (given.drawing is None or data.startswith(given.raw, row(given.drawing)))
            ):
                found.append(given.field)
                continue
            # it may differ from that of other copies in nothing but what was filled in
            like, step = shape.like[number], shape.steps[at]
            is_like = node.same is step.same and node.handed is step.handed
            if is_like and like is not None and like.places is here and (field := self._as(like, node)):
                found.append(field)
                if node is shape.nodes[at]:
                    shape.given[number] = self._given(node, field)
                continue
            known = len(found)
            self._field(node, [nodes[place] for place in places])
            if is_like:
                self._learn(shape, number, node, found[known:])

    def _learn(self, shape: Shape, number: int, node: Node | None, found: list[Field]) -> None:
        """Keep for the next copies what a field with one place gave.

        Args:
            shape: the tree.
            number: of the field.
            node: the field; None where something was filled in in it in the first copy, or above it.
            found: what it gave.
        """
        if not shape.alone[number] or len(found) != 1 or found[0].kind not in _WORDED:
            return
        like = shape.like[number]
        if like is None or like.places is not self._places:
            held = shape.steps[shape.fields[number][0]].handed
            shape.like[number] = Like(self._places, found[0], shows_value(held.rich, held.options))
        if node is not None and node is shape.nodes[shape.fields[number][0]]:
            shape.given[number] = self._given(node, found[0])

    def _as(self, like: Like, node: Node) -> Field | None:
        """Give what a field holds; None when it may show something else."""
        name, title, kind, _text, checked, page, box, _drawn, _formatted = like.field
        said = node.filled.get("/V", "") if like.shows_value else ""
        shown = node.filled.get("/AP") or node.same.get("/AP")
        if is_literal(said) and self._drawings.shows(shown, text := said[1:-1]):
            return Field(name, title, kind, text, checked, page, box)
        texts = self._texts(node.handed.kind, node)
        if self._drawn(node.handed.kind, node, node, texts):
            return None
        return Field(name, title, kind, texts[0], checked, page, box)

    def _given(self, node: Node, found: Field) -> Given | None:
        """Give what a field gives where nothing was filled in; None when that depends on more than where it stands."""
        held = node.handed
        if held.kind not in _KINDS or not held.value is held.chosen is held.rich is None:
            return None
        if found.drawn or not found.page or found.page != self._page(node):
            return None
        shown = node.filled.get("/AP") or node.same.get("/AP")
        if shown is None:
            return Given(node, self._places, found)
        drawing = self._objects.drawing(shown)  # else in the next copy other drawings may stand under its number
        if not drawing or self._objects.stream(drawing) != EMPTY:
            return None
        raw = self._objects.raw(drawing)
        return Given(node, self._places, found, drawing, raw) if raw.find(b"endstream") > 0 else None

    def _page(self, node: Node) -> int:
        """Give the page that names a place; 0 when none does."""
        return self._places.get(node.reference, 0) if node.reference else 0

    def _walk(self, node: Node, way: Way) -> None:
        if "/Kids" not in node.same:
            way.give(node, [node], len(self._found))
            self._field(node, [node])
            return
        fields: list[Node] = []
        widgets: list[Node] = []
        way.lists(node.same["/Kids"])
        for each in self._objects.array(node.same["/Kids"]):
            kid = self._node(each, node, way)
            if kid is not None:
                (fields if kid.facts.part is not None or "/Kids" in kid.same else widgets).append(kid)
        if widgets or not fields:
            way.give(node, widgets or [node], len(self._found))
            self._field(node, widgets or [node])
        for kid in fields:
            self._walk(kid, way)

    def has(self, reference: tuple[int, int]) -> bool:
        """Tell whether the tree has an object."""
        return reference in self._seen

    def has_all(self, references: Iterable[Iterable[tuple[int, int] | None]]) -> bool:
        """Tell whether the tree has all that the pages name, by page."""
        if self._shape is not None and self._shape.covers is self._places:
            return True
        has = all(reference in self._seen for some in references for reference in some)
        if not has:
            self._seen = set(self._seen)  # more come to it
        elif self._shape is not None:
            self._shape.covers = self._places
        return has

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
            handed = handed_on(facts, handed)
        name = ".".join(facts.part for facts in said if facts.part is not None)
        if reference is not None:
            self._seen.add(reference)
        known = len(self._found)
        node = Node(said[-1], widget, {}, reference, handed, name, 1)
        self._field(node, [node])
        self._found[known:] = [field._replace(page=page) for field in self._found[known:]]

    def _node(self, value: Value, above: Node | None, way: Way) -> Node | None:
        objects = self._objects
        depth = 1 if above is None else above.depth + 1
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
            way.reach(None, above)
            return None
        facts = facts_of(objects, same)
        name = "" if above is None else above.name
        if facts.part is not None:
            name = f"{name}.{facts.part}" if name else facts.part
        handed = handed_on(facts, NOTHING if above is None else above.held())
        node = Node(facts, same, filled, reference, handed, name, depth)
        way.reach(node, above)
        return node

    def _field(self, field: Node, widgets: list[Node]) -> None:
        first = widgets[0]
        kind = field.handed.kind or first.handed.kind
        if kind == "Btn":
            if not field.handed.flags & _PUSH_BUTTON:
                for widget, name, value, checked, drawn in boxes_of(
                    self._objects, field, widgets, redrawn=self._redrawn
                ):
                    if not widget.facts.hidden:
                        self._put(name, widget, "checkbox", TICKED if checked else OPEN, checked, drawn)
                    elif checked:
                        self.hidden.append((field.name, value))
        elif kind in _KINDS:
            holder = first if len(widgets) == 1 else field
            texts = self._texts(kind, holder)
            named, seen = _KINDS[kind], False
            for widget in widgets:
                if widget.facts.hidden:
                    continue
                seen = True
                self._put(field.name, widget, named, texts[0], None, self._drawn(kind, holder, widget, texts))
            if not seen and texts[0].strip():
                self.hidden.append((field.name, texts[0]))

    def _texts(self, kind: str, holder: Node) -> tuple[str, ...]:
        """Give the text that a field holds; of a choice also what it keeps for that."""
        held = holder.handed
        value = holder.filled.get("/V", held.value)
        typed = typed_in(self._objects, value, held.rich)
        if kind == "Tx":
            return (typed,)
        return chosen_in(self._objects, value, holder.filled.get("/I", held.chosen), held.options), typed

    def _drawn(self, kind: str, holder: Node, widget: Node, texts: tuple[str, ...]) -> str:
        """Give what a place of a field shows, where that is another text than the field holds."""
        flags = holder.handed.flags
        shown = widget.filled.get("/AP") or widget.same.get("/AP")
        if shown is None or self._redrawn or not (kind == "Tx" or flags & _COMBO):  # a list shows all that it offers
            return ""
        return self._drawings.other_text(shown, flags, texts)

    def _put(
        self,
        name: str,
        widget: Node,
        kind: str,
        text: str,
        checked: bool | None,
        drawn: str,
    ) -> None:
        objects = self._objects
        page = self._page(widget)
        if not page and (above := objects.reference(widget.same.get("/P"))) is not None:
            page = self._places.get(above, 0)
        formatted = bool(drawn) and "/F" in objects.dictionary(widget.same.get("/AA"))
        self._found.append(
            Field(name, widget.handed.title, kind, text, checked, page, widget.facts.box, drawn, formatted)
        )
