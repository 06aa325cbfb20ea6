"""The core properties of a paper: title, subject and the like, with the date of the paper as only moment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError
from lxml import etree
from markupsafe import escape

from pipeline import expression
from pipeline.errors import DefinitionError, Fault
from pipeline.renderers.writing import FAULTS
from pipeline.visible import visible

CORE = "docProps/core.xml"
_TERMS = "{http://purl.org/dc/terms/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_LONGEST = 255
_PLACE = "\ue000"
"""Stands in the markup where something is to be filled in; in a property, where private use has no place, it goes."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property that holds tags."""

    source: str
    compiled: Compiled


@dataclass(frozen=True, slots=True)
class Properties:
    """The part of the properties: its markup, cut where something is filled in."""

    template: str
    """Name of the template, for messages."""
    markup: tuple[str, ...]
    filled: tuple[Property | None, ...]
    """What comes between the pieces; None is the moment."""

    def fill(self, facts: Mapping[str, Any], made_on: dt.date) -> bytes:
        """Give the part; a property longer than Word takes is cut, with an ellipsis.

        Raises:
            DefinitionError: a property asks what there is not.
        """
        pieces = [self.markup[0]]
        for each, after in zip(self.filled, self.markup[1:], strict=True):
            pieces.append(f"{made_on.isoformat()}T00:00:00Z" if each is None else self._text(each, facts))
            pieces.append(after)
        return "".join(pieces).encode()

    def _text(self, one: Property, facts: Mapping[str, Any]) -> str:
        try:
            text = visible(one.compiled.render(facts)).replace("\n", " ").replace("\t", " ")
        except FAULTS as wrong:
            raise DefinitionError([Fault(self.template, f"{CORE}: «{one.source}»", str(wrong))]) from wrong
        return escape(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def compile_properties(data: bytes, name: str) -> Properties:
    """Compile the part of the properties.

    Raises:
        DefinitionError: a tag in it is wrong.
        etree.XMLSyntaxError: it is damaged.
    """
    root = etree.fromstring(data)
    for path in (f"{_CP}lastPrinted", f"{_CP}lastModifiedBy", f"{_CP}revision"):
        for element in root.findall(path):
            root.remove(element)
    filled: list[Property | None] = []
    for element in root.iterchildren(tag=etree.Element):
        text = (element.text or "").replace(_PLACE, "")
        if element.tag in {f"{_TERMS}created", f"{_TERMS}modified"}:
            filled.append(None)
            text = _PLACE
        elif "{" in text:
            try:
                filled.append(Property(text, expression.text().from_string(text)))
            except TemplateSyntaxError as wrong:
                place = f"{CORE}: «{text[:160]}»"
                raise DefinitionError([Fault(name, place, str(wrong.message))]) from None
            text = _PLACE
        element.text = text
    markup = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True).decode()
    return Properties(name, tuple(re.split(_PLACE, markup)), tuple(filled))
