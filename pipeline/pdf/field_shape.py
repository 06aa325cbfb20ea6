"""The tree of fields of a form as it was walked through, to go the same way through the next copy in fewer steps.

Of each object on the way is kept what it says that is the same in every copy. A copy is led along only as long as its
own objects lie under the same numbers and have the same names and kids; whatever differs, it is walked through anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.pdf.field_facts import NOTHING, Facts, Handed, facts_of, handed_on, with_values
from pipeline.pdf.objects import Objects, Value
from pipeline.pdf.written import Entries, Mould

_MOST = 20_000_000
"""Letters that are kept of all trees together, with the dictionaries of their objects."""
_FEW = 2
"""One step in so many may say something else than in the copy before; else the new copy becomes the one to follow."""
_STEP = 3_000
"""Letters that a step counts for, beside those of its dictionary."""
_LONGEST = 2_000
"""Letters of an object that is kept as it stands."""


class Node(NamedTuple):
    """A part of the tree with what it has from above."""

    facts: Facts
    same: Mapping[str, Value]
    filled: Mapping[str, Value]
    """What it holds itself, apart from what is the same in every copy of the form."""
    reference: tuple[int, int] | None
    handed: Handed
    """What it has, from above too, apart from what was filled in in itself."""
    name: str
    depth: int

    def held(self) -> Handed:
        """Give what it has and hands to those under it."""
        return with_values(self.handed, self.filled)


class Given(NamedTuple):
    """What a field with one place gives where nothing was filled in."""

    node: Node
    places: Mapping[tuple[int, int], int]
    """On the pages of the file."""
    field: Any
    drawing: tuple[int, int] | None = None
    """Where that stands which draws nothing at all; None when nothing is drawn."""
    raw: bytes = b""
    """What stands there, up to its end."""


class Like(NamedTuple):
    """What a field with one place gave in a copy before, of which this copy may hold and show another text."""

    places: Mapping[tuple[int, int], int]
    """On the pages of the file."""
    field: Any
    shows_value: bool
    """It shows the value that it keeps, and no words for it."""


class Step(NamedTuple):
    """An object on the way."""

    reference: tuple[int, int]
    same: Entries
    facts: Facts
    above: int
    """Which step leads to it; -1 of one on top."""
    handed: Handed
    """What it has where nothing is filled in, in it or above it."""
    name: str
    depth: int


class Shape:
    """A whole tree, and what of it stood in a copy where nothing was filled in."""

    def __init__(self, steps: Sequence[Step], fields: Sequence[tuple[int, tuple[int, ...]]]) -> None:
        """Keep a way.

        Args:
            steps: in their order.
            fields: of each field the step that leads to it, and those that lead to its places.
        """
        self.steps = steps
        self.fields = fields
        self.references = [step.reference for step in steps]
        self.seen = set(self.references)
        self.above = tuple(step.above for step in steps)
        self.covers: Mapping[tuple[int, int], int] | None = None
        """Places on pages that all are steps."""
        self.raws: list[bytes] = [b""] * len(steps)
        """Of each step its object where nothing was filled in, up to its end; nothing when that was not met."""
        self.nodes: list[Node | None] = [None] * len(steps)
        """What it is then."""
        self.moulds: list[Mould | None] = [None] * len(steps)
        """What stands around the values of each step where something was filled in."""
        self.alone = [places == (at,) for at, places in fields]
        """Of each field whether it is itself its one place."""
        self.given: list[Given | None] = [None] * len(fields)
        """Of each field what it gives where nothing was filled in."""
        self.like: list[Like | None] = [None] * len(fields)
        """Of each field what it gave where something was."""


class _Shapes(dict[str, Shape]):
    """The trees that were gone through, by the list of the parts on top; beyond so many letters, all is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _MOST

    def of(self, named: Value) -> Shape | None:
        """Give the tree of the copy before, as far as one was kept."""
        return self.get(named) if type(named) is str else None

    def keep(self, named: Value, shape: Shape) -> bool:
        """Keep a tree for the next copy; tell whether it is, as all are but huge ones."""
        weight = sum(_STEP + 2 * sum(map(len, step.same.values())) for step in shape.steps)
        if weight > self._left:
            self.clear()
            self._left = _MOST
        if weight > self._left:
            return False
        self._left -= weight
        self[named] = shape
        return True


SHAPES = _Shapes()


class Way:
    """Keeps a way while it is walked."""

    def __init__(self, named: Value) -> None:
        """Begin.

        Args:
            named: the parts on top.
        """
        self.plain = type(named) is str and named.startswith("[")
        """Each step stands under a number of its own, is plainly written and depends on nothing else."""
        self.nodes: list[Node] = []
        """Of each step what it is in this copy."""
        self.given: list[int] = []
        """Of each field how many were given before it."""
        self._steps: list[Step] = []
        self._fields: list[tuple[int, tuple[int, ...]]] = []
        self._known: dict[tuple[int, int], int] = {}

    def lists(self, value: Value) -> None:
        """Take note of how the kids of a step are named: in a list that stands in it, or elsewhere."""
        self.plain = self.plain and value.startswith("[")

    def reach(self, node: Node | None, above: Node | None) -> None:
        """Keep a step."""
        if not self.plain:
            return
        self.plain = False
        if node is None or node.reference is None or type(node.same) is not Entries or node.same.facts is None:
            return
        index, handed = -1, NOTHING
        if above is not None:
            index = self._at(above)
            handed = self._steps[index].handed
        self._known[node.reference] = len(self._steps)
        plainly = handed_on(node.facts, handed)
        self.nodes.append(node)
        self._steps.append(Step(node.reference, node.same, node.facts, index, plainly, node.name, node.depth))
        self.plain = True

    def give(self, field: Node, places: Sequence[Node], known: int) -> None:
        """Keep where a field is given, and how many were given before it."""
        if self.plain:
            self.given.append(known)
            self._fields.append((self._at(field), tuple(map(self._at, places))))

    def _at(self, node: Node) -> int:
        return -1 if node.reference is None else self._known[node.reference]

    def shape(self) -> Shape | None:
        """Give the whole way; None when the next copy cannot be led along it."""
        return Shape(self._steps, self._fields) if self.plain else None


def learn(objects: Objects, shape: Shape, nodes: Sequence[Node]) -> None:
    """Keep of the first copy what the parts of the next ones are held against.

    Args:
        objects: gives what stands in it.
        shape: its tree.
        nodes: of each step what it is in it.
    """
    plain: list[bool] = []
    for number, (step, node) in enumerate(zip(shape.steps, nodes, strict=True)):
        unfilled = step.above < 0 or plain[step.above]
        if unfilled:
            node = node._replace(handed=step.handed)  # noqa: PLW2901 - the same, by which it is known
        _keep(objects, shape, number, node, unfilled=unfilled)
        plain.append(unfilled and "/V" not in node.filled and "/I" not in node.filled)


def _keep(objects: Objects, shape: Shape, number: int, node: Node, *, unfilled: bool) -> None:
    """Keep how a step is written, for that of the next copy; what it is too, where nothing is filled in.

    Args:
        objects: gives what stands in the file.
        shape: the way.
        number: of the step.
        node: what it is in this copy.
        unfilled: nothing is filled in above it, and it says the same as in other copies.
    """
    if shape.moulds[number] is None and ("/V" in node.filled or "/AS" in node.filled):
        shape.moulds[number] = _mould(objects, shape.steps[number].reference)
    if unfilled and "/V" not in node.filled and "/I" not in node.filled:
        raw = objects.raw(shape.steps[number].reference)
        shape.raws[number], shape.nodes[number] = (raw, node) if 0 < len(raw) <= _LONGEST else (b"", None)


def _mould(objects: Objects, known: tuple[int, int]) -> Mould | None:
    """Give what stands around the values of a step where something was filled in; None where nothing was."""
    made = objects.mould(known)
    return made if made is not None and ("/V" in made.keys or "/AS" in made.keys) else None


def led(objects: Objects, shape: Shape) -> list[Node] | None:
    """Give the parts of the tree of a file, gone through as it was before; None when it has another tree."""
    nodes: list[Node] = []
    plain: list[bool] = []
    moulds, data = shape.moulds, objects.data
    others = len(shape.steps) // _FEW
    rows = objects.rows(shape.references)
    stands = map(data.startswith, shape.raws, rows)
    for number, (node, index, as_known) in enumerate(zip(shape.nodes, shape.above, stands, strict=True)):
        unfilled = index < 0 or plain[index]
        if as_known and unfilled and node is not None:  # as most of most copies
            nodes.append(node)
            plain.append(True)
            continue
        reference, same, facts, _index, handed, name, depth = shape.steps[number]
        mould = moulds[number]
        if mould is None and node is not None:  # in the copies before, nothing was filled in
            mould = moulds[number] = _mould(objects, reference)
        values = mould.values(data, rows[number]) if mould else None
        if mould and values and "/V" in values and unfilled and mould.same is same:
            nodes.append(Node(facts, same, values, reference, handed, name, depth))
            plain.append(False)
            continue
        taken = (mould.same, values) if mould and values else objects.apart(reference)
        reached = _reach(objects, shape, number, taken, None if unfilled else nodes[index])
        others -= reached is not None and reached.same is not same
        if reached is None or others < 0:
            return None
        nodes.append(reached)
        plain.append(reached.held() is handed)
    return nodes


def _reach(
    objects: Objects,
    shape: Shape,
    number: int,
    taken: tuple[Mapping[str, Value], Mapping[str, Value]],
    above: Node | None,
) -> Node | None:
    """Look at an object on the way; give None when it is not as it was.

    Args:
        objects: gives what stands in the file.
        shape: the way.
        number: of the step.
        taken: what it says that is the same in every copy, and what was filled in.
        above: what is above it, where something was filled in there.
    """
    reference, known, facts, index, handed, name, depth = shape.steps[number]
    same, filled = taken
    if same is not known:
        if type(same) is not Entries or same.get("/Kids") != known.get("/Kids"):
            return None
        part, facts = facts.part, facts_of(objects, same)
        if facts.part != part:
            return None
    alike = above is None and same is known
    if not alike:
        from_above = above.held() if above else NOTHING if index < 0 else shape.steps[index].handed
        handed = handed_on(facts, from_above)
    node = Node(facts, same, filled, reference, handed, name, depth)
    _keep(objects, shape, number, node, unfilled=alike)
    return node
