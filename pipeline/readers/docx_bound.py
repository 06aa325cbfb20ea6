"""What the content controls of Word are bound to: it shows what that part of XML says, whatever the document keeps.

Word and LibreOffice put it in the control when they open the file (ECMA-376-1 §17.5.2.6, `dataBinding`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from lxml import etree

from pipeline.errors import Unreadable
from pipeline.ooxml import Package
from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import W
from pipeline.ooxml.package import Relation

_ITEM = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STEP = r"/(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,6}\])?"
_PLAIN = re.compile(rf"(?:{_STEP})+(?:/@(?:[\w.-]+:)?[\w.-]+|/text\(\)(?:\[1\])?)?")
"""The paths that Word writes; another may take any time to follow, and nobody writes one."""


class Bound:
    """Looks up what stands in the parts of XML of a file."""

    def __init__(self, package: Package, relations: Mapping[str, Relation]) -> None:
        """Prepare to look up.

        Args:
            package: the file.
            relations: of its main part.
        """
        self._package = package
        self._relations = relations

    def __call__(self, binding: Any) -> str | None:
        """Give what a control is bound to; None when the file does not have it, and then it shows what it keeps.

        Args:
            binding: the `w:dataBinding` of the control.
        """
        path = binding.get(W + "xpath", "").strip()
        store = binding.get(W + "storeItemID", "").casefold()
        if not _PLAIN.fullmatch(path):
            return None
        prefixes = {name: one or other for name, one, other in _PREFIX.findall(binding.get(W + "prefixMappings", ""))}
        for item, tree in self._parts:
            if store and item != store:
                continue
            try:
                found = tree.xpath(path, namespaces=prefixes)
            except etree.XPathError:  # a prefix that stands for nothing
                continue
            if found:
                first = found[0]
                return str(first) if isinstance(first, str) else "".join(first.itertext())
        return None

    @cached_property
    def _parts(self) -> list[tuple[str, Any]]:
        """Give each part of XML with the identifier by which bindings name it; one that is damaged shows nothing."""
        found = []
        for relation in self._relations.values():
            if relation.kind == "customXml" and not relation.external and relation.target in self._package:
                with suppress(Unreadable):
                    tree = parse(self._package.read(relation.target)).getroottree()
                    found.append((self._item(relation.target), tree))
        return found

    def _item(self, name: str) -> str:
        for relation in self._package.relations(name).values():
            if relation.kind == "customXmlProps" and relation.target in self._package:
                return str(parse(self._package.read(relation.target)).get(_ITEM, "")).casefold()
        return ""
