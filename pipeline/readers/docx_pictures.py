"""What a picture of Word holds: text boxes, letters that are a drawing, and what is seen and not read."""

from __future__ import annotations

from typing import Any

from pipeline.ooxml.alternate import choose
from pipeline.ooxml.names import CHART, DIAGRAM, MC, W14, A, V, W
from pipeline.readers.lines import Line

_ALTERNATE = MC + "AlternateContent"
_BOXES = frozenset({W + "txbxContent", A + "txBody"})
ART = V + "textpath"
"""Letters that are a drawing."""
_SEEN = {
    A + "blip": "picture",
    V + "imagedata": "picture",
    CHART + "chart": "chart",
    DIAGRAM + "relIds": "diagram",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "object",
    W + "control": "object",
    W14 + "contentPart": "ink",
}


def find_boxes(element: Any, line: Line, seen: list[str], *, deleted: bool, hidden: bool) -> None:
    """Put the text boxes that a picture holds beside the line where it stands, and what else is seen in it."""
    for child in element:
        tag = child.tag
        if tag in _BOXES:
            line.boxes.append((child, deleted, hidden))
        elif tag == ART and child.get("string"):
            line.boxes.append((element, deleted, hidden))
        elif tag == _ALTERNATE:
            chosen = choose(child)
            if chosen is not None:
                find_boxes(chosen, line, seen, deleted=deleted, hidden=hidden)
        else:
            if tag in _SEEN and not deleted:
                seen.append(_SEEN[tag])
                line.pictured |= not hidden
            find_boxes(child, line, seen, deleted=deleted, hidden=hidden)


def drawn_text(element: Any) -> list[str]:
    """Give what a paragraph of a drawing says, or letters that are a drawing."""
    said = [element.get("string", "")] if element.tag == ART else []
    for child in element:
        if child.tag == A + "br":
            said.append("\n")
        said += [text.text or "" for text in child.iterchildren(A + "t")]
    return said
