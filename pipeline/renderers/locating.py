"""An error while a template is filled: at which paragraph or cell it came up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.errors import DefinitionError, Fault
from pipeline.ooxml.markup import parse
from pipeline.ooxml.outline import outline
from pipeline.renderers.places import Place, by_line, key
from pipeline.renderers.source import line
from pipeline.renderers.template import WordTemplate
from pipeline.renderers.writing import environment

_BEGIN = re.compile(r"\{[{%][-+]?")


def located(filled: WordTemplate, facts: Mapping[str, Any], wrong: DefinitionError) -> DefinitionError:
    """Give an error of a template with the place in Word where it came up, as `lint` names places.

    The part is run again with a line for each tag, which costs time only when a template is wrong.

    Args:
        filled: the template.
        facts: what it was filled with.
        wrong: what went wrong; an error that no tag of a part raises again stays as it is.
    """
    cause = wrong.__cause__
    if cause is None:
        return wrong
    for name, part in filled.parts.items():
        source = _BEGIN.sub(lambda begin: begin[0] + "\n", part.source)
        try:
            environment().from_string(source).render(facts)
        except type(cause) as again:
            place = _place(filled.static[name], source, line(again))
            if place is not None and str(again) == str(cause):
                where = key(name, place.around, place.words)
                return DefinitionError([Fault(each.file, where, each.message) for each in wrong.faults])
    return wrong


def _place(data: bytes, source: str, number: int) -> Place | None:
    """Give the place of the tag at a line, by its number."""
    tags = by_line(outline(parse(data)), source).get(number, ())
    return tags[0] if tags else None
