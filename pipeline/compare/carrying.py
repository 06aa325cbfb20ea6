"""Bring over from the returned file what is more than words: notes, fields, pictures, text boxes."""

from __future__ import annotations

import copy
import posixpath
from typing import Any

from lxml import etree

from pipeline.compare.marks import Marks
from pipeline.compare.version import Token, Version
from pipeline.compare.words import CLOSE, OPEN
from pipeline.ooxml.names import A, R, V, W

_NOTES = {
    W + "footnoteReference": ("footnotes", W + "footnote"),
    W + "endnoteReference": ("endnotes", W + "endnote"),
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KINDS = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf",
          "wmf": "image/x-wmf", "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff"}  # fmt: skip


class Carrier:
    """Brings things over into the issued paper, and keeps what its package gets with them."""

    def __init__(self, old: Version, new: Version, marks: Marks) -> None:
        self._old, self._new = old, new
        self._marks = marks
        self.added: dict[str, bytes] = {}
        """Parts that the package gets, by name."""
        self.relations: dict[str, list[tuple[str, str, str]]] = {}
        """Relations that a part gets: identifier, kind and target."""
        self.types: dict[str, str] = {}
        """Content types that the package gets: of an extension (`png`) or a part (`/word/footnotes.xml`)."""
        self.notes: list[tuple[str, str, Any]] = []
        """Notes that are to be filled: kind, identifier in the returned file, element."""
        self._last = 0

    def mark(self, token: Token, properties: Any) -> list[Any]:
        """Give runs for a token that is no word: the mark of a note, or a field."""
        node = token.pieces[0].node
        if node.tag in _NOTES:
            return [self._note(node, properties)]
        if node.tag == W + "fldSimple":
            return _field(node.get(W + "instr", ""), "".join(node.itertext(W + "t")), properties)
        code = "".join(piece.node.text or "" for piece in token.pieces if piece.node.tag == W + "instrText")
        result = "".join(piece.node.text or "" for piece in token.pieces if piece.node.tag == W + "t")
        return _field(code, result, properties)

    def _note(self, node: Any, properties: Any) -> Any:
        kind, tag = _NOTES[node.tag]
        root = self._notes_of(kind, tag)
        identifier = str(max((int(note.get(W + "id", "0")) for note in root.iterchildren(tag)), default=1) + 1)
        note = etree.SubElement(root, tag, {W + "id": identifier})
        self.notes.append((kind, node.get(W + "id", ""), note))
        run = etree.Element(W + "r")
        if properties is not None:
            run.append(copy.deepcopy(properties))
        else:
            look = etree.SubElement(run, W + "rPr")
            etree.SubElement(look, W + "vertAlign").set(W + "val", "superscript")
        etree.SubElement(run, node.tag, {W + "id": identifier})
        return run

    def _notes_of(self, kind: str, tag: str) -> Any:
        """Give the tree of the notes of the issued paper; it gets one when it has none."""
        folder = posixpath.dirname(self._old.main)
        related = self._old.package.relations(self._old.main).values()
        name = next(
            (each.target for each in related if each.kind == kind and not each.external), f"{folder}/{kind}.xml"
        )
        if name in self._old.roots:
            return self._old.roots[name]
        root = etree.Element(W + kind, nsmap={"w": W[1:-1]})
        for number, separator in enumerate(("separator", "continuationSeparator")):
            note = etree.SubElement(root, tag, {W + "type": separator, W + "id": str(number)})
            etree.SubElement(etree.SubElement(etree.SubElement(note, W + "p"), W + "r"), W + separator)
        self._old.roots[name] = root
        if name not in self._old.package:
            self.types["/" + name] = f"{_WORD}{kind}+xml"
            self._relate(self._old.main, kind, posixpath.relpath(name, folder))
        return root

    def add_part(self, part: str, name: str, relation: str, kind: str) -> None:
        """Let the package get a part to which another refers; its bytes are added apart."""
        self.types["/" + name] = kind
        self._relate(part, relation, posixpath.relpath(name, posixpath.dirname(part)))

    def drawing(self, node: Any, source: str, target: str) -> Any | None:
        """Give a copy of a drawing with the pictures that it shows; None when it needs more than pictures.

        Args:
            node: the drawing, in the returned file.
            source: the part of the returned file that it stands in.
            target: the part of the issued paper that it comes in.
        """
        made = copy.deepcopy(node)
        relations = self._new.package.relations(source)
        for element in made.iter():
            for name, value in list(element.attrib.items()):
                if not name.startswith(R):
                    continue
                relation = relations.get(value)
                known = element.tag in (A + "blip", V + "imagedata")
                if not known and element.tag == A + "hlinkClick":
                    del element.attrib[name]
                    continue
                if relation is None or relation.external or not known or relation.target not in self._new.package:
                    return None
                element.set(name, self._picture(relation.target, target))
        run = etree.Element(W + "r")
        run.append(made)
        return run

    def _picture(self, name: str, target: str) -> str:
        extension = name.rpartition(".")[2].lower()
        self._last += 1
        place = f"{posixpath.dirname(self._old.main)}/media/vergelijking{self._last}.{extension}"
        self.added[place] = self._new.package.read(name)
        self.types.setdefault(extension, _KINDS.get(extension, "image/" + extension))
        return self._relate(target, "image", posixpath.relpath(place, posixpath.dirname(target)))

    def _relate(self, part: str, kind: str, target: str) -> str:
        self._last += 1
        identifier = f"rIdVergelijking{self._last}"
        self.relations.setdefault(part, []).append((identifier, _OFFICE + kind, target))
        return identifier


def _field(code: str, shown: str, properties: Any) -> list[Any]:
    """Give the runs of a field with what it showed last."""

    def run(content: Any) -> Any:
        made = etree.Element(W + "r")
        if properties is not None:
            made.append(copy.deepcopy(properties))
        made.append(content)
        return made

    instruction = etree.Element(W + "instrText")
    instruction.text = code.replace(OPEN, "").replace(CLOSE, "")
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    result = etree.Element(W + "t")
    result.text = shown
    return [
        run(etree.Element(W + "fldChar", {W + "fldCharType": "begin"})),
        run(instruction),
        run(etree.Element(W + "fldChar", {W + "fldCharType": "separate"})),
        run(result),
        run(etree.Element(W + "fldChar", {W + "fldCharType": "end"})),
    ]
