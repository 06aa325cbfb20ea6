"""The parts of an Open XML file: their content types, and what they say about each other."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import RELATIONS, TYPES
from pipeline.trees import refuse_dtds
from pipeline.zips import Zip

_STRICT = {"extendedProperties": "extended-properties", "coreProperties": "core-properties"}
"""What Strict Open XML calls a relation → what others call it, where that differs."""


_KEPT = 50_000
"""Bytes of a list that is remembered at most."""


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

    def __contains__(self, name: str) -> bool:
        return name in self.zip

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Content type by part name (`/word/document.xml`) or extension (`.xml`), in lower case."""
        data = self.read("[Content_Types].xml")
        return _read_types(data) if len(data) <= _KEPT else _read_types.__wrapped__(data)

    def kind_of(self, name: str) -> str:
        """Give the content type of a part."""
        extension = "." + name.rpartition(".")[2].lower()
        return self.types.get("/" + name.lower(), self.types.get(extension, ""))

    def relations(self, name: str = "") -> Mapping[str, Relation]:
        """Give what a part (by default the package) refers to, by identifier."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", base + ".rels")
        if part not in self.zip:
            return {}
        data = self.read(part)
        return _read_relations(data, folder) if len(data) <= _KEPT else _read_relations.__wrapped__(data, folder)


@lru_cache(maxsize=64)
def _read_types(data: bytes) -> Mapping[str, str]:
    """Read the list of content types, which is the same in every copy of a form that the same program saved."""
    found = {}
    for entry in parse(data):
        kind = entry.get("ContentType", "")
        if entry.tag == TYPES + "Default":
            found["." + entry.get("Extension", "").lower()] = kind
        elif entry.tag == TYPES + "Override":
            found[entry.get("PartName", "").lower()] = kind
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def _read_relations(data: bytes, folder: str) -> Mapping[str, Relation]:
    """Read what a part in a folder refers to; this too is mostly the same in every copy."""
    found = {}
    for entry in parse(data).iterchildren(RELATIONS + "Relationship"):
        external = entry.get("TargetMode") == "External"
        target = entry.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = entry.get("Type", "").rpartition("/")[2]
        found[entry.get("Id", "")] = Relation(_STRICT.get(kind, kind), target, external)
    return MappingProxyType(found)
