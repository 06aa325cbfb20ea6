"""A signature field that was added: a signature field and nothing else, as whoever looks at it expects."""

from __future__ import annotations

from typing import Any

_ACTIONS = frozenset({"/A", "/AA"})
_DEEPEST = 20


def require_plain(name: str, reference: Any) -> None:
    """See that a new field is what its widgets say, so that all that it shows is found and looked at.

    pyHanko lets in whatever hangs below a new signature field. Without this, a note, a text or a link could be hung
    there, or a widget that leads to no field, and no one would look at it.

    Args:
        name: of the field, by the tree of fields.
        reference: of the field.

    Raises:
        SuspiciousModification: it is more than a signature field, or its parts do not lead to each other.
    """
    field = reference.get_object()
    if _name_upwards(field) != name:
        raise _suspicious(name)
    parts = [field]
    for kid in field.get("/Kids", ()):
        held = kid.get_object()
        if "/T" in held:
            continue  # a field of its own
        if "/Parent" not in held or getattr(held.raw_get("/Parent"), "reference", None) != reference:
            raise _suspicious(name)
        parts.append(held)
    for part in parts:
        if part.get("/Subtype", "/Widget") != "/Widget" or part.get("/FT", "/Sig") != "/Sig" or _ACTIONS & set(part):
            raise _suspicious(name)


def _name_upwards(field: Any) -> str:
    """Give the full name of a field as its widgets tell it: from the field to those above it."""
    names: list[str] = []
    for _step in range(_DEEPEST):
        if "/T" in field:
            names.append(str(field["/T"]))
        if "/Parent" not in field:
            break
        field = field["/Parent"]
    return ".".join(reversed(names))


def _suspicious(name: str) -> Exception:
    from pyhanko.sign.diff_analysis.policy_api import SuspiciousModification

    return SuspiciousModification(name)
