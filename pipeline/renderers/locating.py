"""An error while a template is filled: at which paragraph or cell it came up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.errors import DefinitionError, Fault
from pipeline.ooxml.markup import parse
from pipeline.ooxml.outline import outline
from pipeline.renderers import template
from pipeline.renderers.places import Place, by_line, key

_BEGIN = re.compile(r"\{[{%][-+]?")


def located(filled: template.WordTemplate, facts: Mapping[str, Any], wrong: DefinitionError) -> DefinitionError:
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
            template.environment().from_string(source).render(facts)
        except type(cause) as again:
            place = _place(filled.static[name], source, _line(again))
            if place is not None and str(again) == str(cause):
                where = key(name, place.around, place.words)
                return DefinitionError([Fault(each.file, where, each.message) for each in wrong.faults])
    return wrong


def _place(data: bytes, source: str, line: int) -> Place | None:
    """Give the place of the tag at a line."""
    tags = by_line(outline(parse(data)), source).get(line, ())
    return tags[0] if tags else None


def _line(wrong: BaseException) -> int:
    """Give the line of the template where it went wrong: Jinja puts its own frames in the traceback."""
    line = 1
    trace = wrong.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
