"""A signature field that was added to a tagged PDF, with its place in the structure: allowed, and no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

_ELEMENT = frozenset({"/Type", "/S", "/P", "/K", "/Pg"})
"""Keys of the element of a field; no words to be read aloud are among them."""
_REFERENCE = frozenset({"/Type", "/Obj", "/Pg"})
_ROOT_CHANGES = frozenset({"/K", "/ParentTree", "/ParentTreeNextKey"})
_DEEPEST = 20


@cache
def tagging_rule() -> Any:
    """Give the rule, at the level of signing.

    Programs that keep a PDF accessible put each widget in the structure tree; without this rule a paper that a service
    signs in a field of its own would read as changed where nobody sees a change.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.diff_analysis.rules_api import WhitelistRule

    class Tagging(WhitelistRule):
        """Allows a Form element for each new signature field, and its entry in the tree of parents."""

        def apply(self, old: Any, new: Any) -> Iterator[Any]:
            if "/StructTreeRoot" in old.root and "/StructTreeRoot" in new.root:
                yield from _Structure(old, new).allowed()

    return Tagging().as_qualified(ModificationLevel.FORM_FILLING)


class _Structure:
    """The structure of two revisions of a file, held against each other."""

    def __init__(self, old: Any, new: Any) -> None:
        self.old = old
        self.new = new
        self.changed = new.explicit_refs_in_revision()
        self.widgets = _signature_widgets(new) - _signature_widgets(old)

    def allowed(self) -> Iterator[Any]:
        """Give what may be another object than it was.

        Raises:
            SuspiciousModification: an element is not what it was with fields added.
        """
        from pyhanko.pdf_utils.generic import DictionaryObject
        from pyhanko.sign.diff_analysis.commons import compare_dicts

        root = self.old.root.raw_get("/StructTreeRoot").reference
        for reference in self.changed:
            if self.old.is_ref_unassignable(reference):
                continue
            before, after = self.old(reference), self.new(reference)
            is_root = reference == root
            if not isinstance(before, DictionaryObject) or not (is_root or _is_element(before)):
                continue
            compare_dicts(before, after, _ROOT_CHANGES if is_root else frozenset({"/K"}))
            yield self._update(reference)
            yield from self._added(before, after, reference)
        yield from self._parents()

    def _added(self, before: Any, after: Any, above: Any) -> Iterator[Any]:
        """Give the elements of new fields among what an element holds; the rest must be what it was."""
        was, now = _kids(before), _kids(after)
        for kid in now:
            if was and kid == was[0]:
                was.pop(0)
                continue
            if not self._is_of_field(kid) or kid.get_object().raw_get("/P").reference != above:
                raise _suspicious("/K")
            yield self._update(kid.reference)
            for inside in _kids(kid.get_object()):
                if hasattr(inside, "reference"):
                    yield self._update(inside.reference)
        if was:
            raise _suspicious("/K")

    def _is_of_field(self, kid: Any) -> bool:
        """Tell whether something is the element of a field that was added, in this revision or before it."""
        if not hasattr(kid, "reference") or not self.old.is_ref_unassignable(kid.reference):
            return False
        element = kid.get_object()
        held = [one.get_object() for one in _kids(element)]
        return (
            set(element) <= _ELEMENT
            and element.get("/S") == "/Form"
            and hasattr(element.raw_get("/P"), "reference")
            and len(held) == 1
            and set(held[0]) <= _REFERENCE
            and held[0].get("/Type") == "/OBJR"
            and getattr(held[0].raw_get("/Obj"), "reference", None) in self.widgets
        )

    def _parents(self) -> Iterator[Any]:
        """Give the nodes of the tree of parents; its old entries are what they were, new ones are of new fields."""
        was, _nodes = _numbers(self.old.root["/StructTreeRoot"])
        now, nodes = _numbers(self.new.root["/StructTreeRoot"])
        if any(now.get(number) != value for number, value in was.items()):
            raise _suspicious("/ParentTree")
        if not all(self._is_of_field(now[number]) for number in now.keys() - was.keys()):
            raise _suspicious("/ParentTree")
        yield from (self._update(node) for node in nodes if node in self.changed)

    @staticmethod
    def _update(reference: Any) -> Any:
        from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate

        return ReferenceUpdate(reference)


def _signature_widgets(revision: Any) -> set[Any]:
    """Give the signature fields of a revision and their widgets, by reference."""
    fields = revision.root["/AcroForm"]["/Fields"] if "/AcroForm" in revision.root else ()
    found = set()
    for field in fields:
        held = field.get_object()
        if held.get("/FT") == "/Sig" and hasattr(field, "reference"):
            found.add(field.reference)
            found.update(kid.reference for kid in held.get("/Kids", ()) if hasattr(kid, "reference"))
    return found


def _numbers(root: Any) -> tuple[dict[int, Any], set[Any]]:
    """Give the entries of the tree of parents, as they stand there, and its nodes by reference."""
    entries: dict[int, Any] = {}
    nodes: set[Any] = set()

    def walk(node: Any, depth: int) -> None:
        if depth > _DEEPEST:
            raise _suspicious("/ParentTree")
        if hasattr(node, "reference"):
            nodes.add(node.reference)
        held = node.get_object()
        for key in ("/Nums", "/Kids"):
            if key in held and hasattr(held.raw_get(key), "reference"):
                nodes.add(held.raw_get(key).reference)
        numbers = list(held.get("/Nums", ()))
        entries.update(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for kid in held.get("/Kids", ()):
            walk(kid, depth + 1)

    if "/ParentTree" in root:
        walk(root.raw_get("/ParentTree"), 0)
    return entries, nodes


def _is_element(held: Any) -> bool:
    return held.get("/Type", "/StructElem") == "/StructElem" and "/S" in held and "/P" in held


def _kids(element: Any) -> list[Any]:
    from pyhanko.pdf_utils.generic import ArrayObject

    if "/K" not in element:
        return []
    held = element.raw_get("/K")
    return list(held) if isinstance(held, ArrayObject) else [held]


def _suspicious(what: str) -> Exception:
    from pyhanko.sign.diff_analysis.policy_api import SuspiciousModification

    return SuspiciousModification(what)
