"""Facts into a Word template: the bytes of a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.errors import DefinitionError
from pipeline.expression import Gap
from pipeline.ooxml.packing import Packing
from pipeline.renderers.properties import CORE
from pipeline.renderers.soundness import Soundness, end_cells
from pipeline.renderers.source import Part, W, fault, ill_formed, line, parsed
from pipeline.renderers.template import WordTemplate
from pipeline.renderers.writing import FAULTS, printed

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled template."""

    content: bytes
    gaps: tuple[Gap, ...]
    """The gaps that stand in it as `[ontbreekt: …]`, each once, in order."""


def render(template: WordTemplate, facts: Mapping[str, Any], *, made_on: dt.date) -> Rendered:
    """Fill a Word template.

    The same template, facts and date give the same bytes. What others wrote is text and never markup:
    tags in it are printed, line ends become line breaks, hidden characters show as U+FFFD.

    Raises:
        PaperRefused: the facts are those of a final paper, and an answer that it states is a gap.
        DefinitionError: the template is wrong; with the part and the text around it.
    """
    gaps: list[Gap] = []
    before = printed.set(gaps)
    try:
        if template.by_docxtpl:
            members = _by_docxtpl(template, facts)
            packing = Packing(members, members)
        else:
            members = {name: _fill(template.name, part, facts) for name, part in template.parts.items()}
            packing = template.packing
        if template.properties is not None:
            members[CORE] = template.properties.fill(facts, made_on)
    finally:
        printed.reset(before)
    return Rendered(packing.write(members), tuple({gap.labels: gap for gap in gaps}.values()))


def _fill(template: str, part: Part, facts: Mapping[str, Any]) -> bytes:
    """Fill a part that stays whole whatever is filled in."""
    try:
        text = part.compiled.render(facts)
    except FAULTS as wrong:
        raise DefinitionError([fault(template, part, line(wrong), str(wrong))]) from wrong
    if "\t" in text:
        from docxtpl import DocxTemplate

        text = DocxTemplate("").resolve_listing(text)
    if part.shape.soundness is Soundness.CELLS_MAY_END_OPEN:
        text = end_cells(text)
    return _DECLARATION + text.encode()


def _by_docxtpl(template: WordTemplate, facts: Mapping[str, Any]) -> dict[str, bytes]:
    """Have docxtpl fill the parts, and us what it leaves; see that every one of them is whole."""
    from pipeline.renderers import by_docxtpl

    members = {**by_docxtpl.fill(template, facts), **template.replaced}
    for name, part in template.parts.items():
        data = members[name]
        if name in template.left:
            data = _fill(template.name, part, facts)
        try:
            root = parsed(data)
        except etree.XMLSyntaxError as wrong:
            raise ill_formed(template.name, name, wrong) from None
        _complete(root)
        members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return members


def _complete(root: etree._Element) -> None:
    """Keep what Word demands: a paragraph at the end of every cell, header and footer; a row in every table."""
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    holders = [*root.iter(f"{W}tc"), *([root] if root.tag in {f"{W}hdr", f"{W}ftr"} else [])]
    for holder in holders:
        if len(holder) == 0 or holder[-1].tag != f"{W}p":
            etree.SubElement(holder, f"{W}p")
