"""Find what drawings of OpenDocument hold that can be read: text boxes, formulas, controls of a form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.odf import OpenDocument
from pipeline.odf.names import CHART, DRAW, MATH, OFFICE, TABLE, TEXT, XLINK

_OBJECTS = frozenset(DRAW + name for name in ("object", "object-ole", "plugin", "applet", "floating-frame"))
_THROUGH = frozenset({DRAW + "g", DRAW + "a"})
_SPOKEN = tuple(MATH + name for name in ("mi", "mn", "mo", "mtext", "ms"))
_BLOCKS = (TEXT + "p", TEXT + "h", TEXT + "list", TABLE + "table")


@dataclass(slots=True)
class Found:
    """What a drawing holds."""

    boxes: list[Any] = field(default_factory=list)
    """Elements with paragraphs in them."""
    formulas: list[str] = field(default_factory=list)
    controls: list[Any] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    unread: bool = False
    """Whether there is something in it that is seen and not read."""


def comments_in(annotations: Iterable[Any]) -> list[str]:
    """Give what comments in the margin say, without who wrote them and when."""
    said = ["\n".join("".join(each.itertext()) for each in note.iter(TEXT + "p")) for note in annotations]
    return [words.strip() for words in said if words.strip()]


class Drawings:
    """Looks into the drawings of a document."""

    def __init__(self, document: OpenDocument, seen: list[str]) -> None:
        """Begin.

        Args:
            document: the document, for the objects embedded in it.
            seen: gets the kind of everything met that cannot be read.
        """
        self._document = document
        self._seen = seen

    def find(self, drawing: Any, *, deleted: bool) -> Found:
        """Give what a drawing holds; what stands in a deleted one and cannot be read does not count."""
        found = Found()
        seen: list[str] = []
        self._look(drawing, found, seen)
        if not deleted:
            self._seen.extend(seen)
            found.unread = bool(seen)
        return found

    def _look(self, drawing: Any, found: Found, seen: list[str]) -> None:
        tag = drawing.tag
        if tag == DRAW + "control":
            found.controls.append(drawing)
        elif tag == DRAW + "frame":
            self._look_in_frame(drawing, found, seen)
        elif tag in _THROUGH:
            for child in drawing:
                if child.tag.startswith(DRAW):
                    self._look(child, found, seen)
        elif next(drawing.iterchildren(*_BLOCKS), None) is not None:
            found.boxes.append(drawing)
        found.comments += comments_in(drawing.iterchildren(OFFICE + "annotation"))

    def _look_in_frame(self, frame: Any, found: Found, seen: list[str]) -> None:
        """Look into a frame: several things in it are the same thing in several formats."""
        box = frame.find(DRAW + "text-box")
        inner = next((child for child in frame if child.tag in _OBJECTS), None)
        if box is not None:
            found.boxes.append(box)
        elif inner is not None:
            self._look_in_object(inner, found, seen)
        elif frame.find(TABLE + "table") is not None:
            found.boxes.append(frame)
        elif frame.find(DRAW + "image") is not None:
            seen.append("picture")

    def _look_in_object(self, inner: Any, found: Found, seen: list[str]) -> None:
        address = inner.get(XLINK + "href", "")
        root = self._document.embedded(address) if address else next(iter(inner), None)
        if root is None:
            seen.append("object")
        elif root.tag == MATH + "math":
            found.formulas.append(_formula(root))
        else:
            chart = next(root.iter(CHART + "chart"), None)
            seen.append("object" if chart is None else "chart")


def _formula(root: Any) -> str:
    """Give the words of a formula: its signs in the order in which they are written."""
    return "".join(
        "".join(sign.itertext())
        for sign in root.iter(*_SPOKEN)
        if not any(True for _outer in sign.iterancestors(MATH + "annotation-xml"))
    )
