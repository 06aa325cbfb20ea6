"""Find what is drawn in a paragraph: text boxes, letters that are a drawing, and what cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.ooxml.alternate import choose
from pipeline.ooxml.names import CHART, DIAGRAM, MC, W14, A, R, V, W

_ALTERNATE = MC + "AlternateContent"
_BOXES = frozenset({W + "txbxContent", A + "txBody"})
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_NAMED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(slots=True)
class Drawn:
    """Something drawn in a paragraph."""

    kind: str
    """box, art, picture, chart, diagram, object, ink or shape."""
    name: str
    node: Any
    target: str = ""
    """Identifier of the relation that holds its content."""


def find_drawn(element: Any, node: Any) -> list[Drawn]:
    """Find text boxes and what cannot be compared in a drawing; one without any of these is a shape.

    Args:
        element: `w:drawing`, `w:pict` or `w:object`.
        node: the child of the run that it stands in.
    """
    named = next(element.iter(_NAMED), None)
    name = "" if named is None else named.get("descr") or named.get("title") or named.get("name") or ""
    found: list[Drawn] = []
    _find(element, node, name, found)
    if not found and len(element):
        found.append(Drawn("shape", name, node))
    return found


def _find(element: Any, node: Any, name: str, found: list[Drawn]) -> None:
    for child in element:
        tag = child.tag
        if tag in _BOXES:
            found.append(Drawn("box", name, child))
        elif tag == V + "textpath":
            if child.get("string"):
                found.append(Drawn("art", child.get("string"), child))
        elif tag == _ALTERNATE:
            chosen = choose(child)
            if chosen is not None:
                _find(chosen, node, name, found)
        else:
            thing = _thing(child, node, name)
            found += [] if thing is None else [thing]
            _find(child, node, name, found)


def _thing(child: Any, node: Any, name: str) -> Drawn | None:
    tag = child.tag
    if tag == A + "blip":
        return Drawn("picture", name, node, child.get(R + "embed") or child.get(R + "link") or "")
    if tag == V + "imagedata":
        if any(True for _each in child.iterancestors(W + "object")):
            return None  # how an embedded object looks
        return Drawn("picture", name or child.getparent().get("alt", ""), node, child.get(R + "id", ""))
    if tag == _OLE:
        return Drawn("object", child.get("ProgID", "") or name, node, child.get(R + "id", ""))
    if tag == W + "control":
        return Drawn("object", child.get(W + "name", "") or name, node, child.get(R + "id", ""))
    held = {
        CHART + "chart": ("chart", R + "id"),
        DIAGRAM + "relIds": ("diagram", R + "dm"),
        W14 + "contentPart": ("ink", R + "id"),
    }.get(tag)
    return None if held is None else Drawn(held[0], name, node, child.get(held[1], ""))
