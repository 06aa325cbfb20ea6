"""The parts of an Open XML file: their content types, and what they say about each other."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import RELATIONS, TYPES
from pipeline.trees import refuse_dtds
from pipeline.zips import Zip

_STRICT = {"extendedProperties": "extended-properties", "coreProperties": "core-properties"}
"""What Strict Open XML calls a relation → what others call it, where that differs."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says about another."""

    kind: str
    """Last word of the relation's type: officeDocument, styles, footnotes, header…"""
    target: str
    """Name of the part in the package, or an address outside."""
    external: bool


class Package:
    """An Open XML file, its zip opened.

    Raises:
        Unreadable: an XML part has a DTD.
    """

    def __init__(self, opened: Zip) -> None:
        refuse_dtds(opened)
        self.zip = opened
        self.names = opened.names
        self.read = opened.read
        self._relations: dict[str, dict[str, Relation]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.zip

    @cached_property
    def types(self) -> dict[str, str]:
        """Content type by part name (`/word/document.xml`) or extension (`.xml`), in lower case."""
        found = {}
        for entry in parse(self.read("[Content_Types].xml")):
            kind = entry.get("ContentType", "")
            if entry.tag == TYPES + "Default":
                found["." + entry.get("Extension", "").lower()] = kind
            elif entry.tag == TYPES + "Override":
                found[entry.get("PartName", "").lower()] = kind
        return found

    def kind_of(self, name: str) -> str:
        """Give the content type of a part."""
        extension = "." + name.rpartition(".")[2].lower()
        return self.types.get("/" + name.lower(), self.types.get(extension, ""))

    def relations(self, name: str = "") -> dict[str, Relation]:
        """Give what a part (by default the package) refers to, by identifier."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", base + ".rels")
        if part not in self.zip:
            return {}
        found = {}
        for entry in parse(self.read(part)).iterchildren(RELATIONS + "Relationship"):
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = entry.get("Type", "").rpartition("/")[2]
            found[entry.get("Id", "")] = Relation(_STRICT.get(kind, kind), target, external)
        return found
