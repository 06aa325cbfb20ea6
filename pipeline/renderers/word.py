"""Facts into a Word template: the bytes of a paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError
from lxml import etree

from pipeline.errors import DefinitionError, Fault
from pipeline.expression import Gap
from pipeline.language import _
from pipeline.renderers.soundness import Soundness, end_cells
from pipeline.renderers.template import CORE, W, WordTemplate, fault, printed
from pipeline.visible import visible

_TERMS = "{http://purl.org/dc/terms/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_LONGEST_PROPERTY = 255
_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template can raise: its own errors, and those of filters given the wrong thing."""


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
        filled = {name: _fill(template, name, facts) for name in template.parts}
        if CORE in template.static:
            filled[CORE] = _properties(template, facts, made_on)
    finally:
        printed.reset(before)
    return Rendered(template.packing.write(filled), tuple({gap.labels: gap for gap in gaps}.values()))


def _fill(template: WordTemplate, name: str, facts: Mapping[str, Any]) -> bytes:
    part = template.parts[name]
    try:
        text = str(part.compiled.render(facts))
    except _FAULTS as wrong:
        raise DefinitionError([fault(template.name, part, _line(wrong), str(wrong))]) from wrong
    text = text.replace("\n<w:p", "<w:p")
    if part.sound is not Soundness.UNKNOWN:
        return _DECLARATION + (end_cells(text) if part.sound is Soundness.CELLS_MAY_END_OPEN else text).encode()
    data = text.encode()
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError as wrong:
        message = _("De tags openen en sluiten niet in dezelfde alinea, cel of rij: {detail}").format(detail=wrong)
        raise DefinitionError([Fault(template.name, name, message)]) from None
    if part.columns_vary:
        from docxtpl import DocxTemplate

        root = DocxTemplate("").fix_tables(data)
    _complete(root)
    return _bytes(root)


def _line(wrong: BaseException) -> int:
    """Give the line of the template where it went wrong: Jinja puts its own frames in the traceback."""
    line = 1
    trace = wrong.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _complete(root: etree._Element) -> None:
    """Keep what Word demands: a paragraph at the end of every cell, header and footer; a row in every table."""
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    holders = [*root.iter(f"{W}tc"), *([root] if root.tag in {f"{W}hdr", f"{W}ftr"} else [])]
    for holder in holders:
        if len(holder) == 0 or holder[-1].tag != f"{W}p":
            etree.SubElement(holder, f"{W}p")


def _properties(template: WordTemplate, facts: Mapping[str, Any], made_on: dt.date) -> bytes:
    root = etree.fromstring(template.static[CORE])
    for path, compiled in template.properties.items():
        element = root.find(path)
        try:
            text = compiled.render(facts)
        except _FAULTS as wrong:
            raise DefinitionError([Fault(template.name, f"{CORE}: «{element.text}»", str(wrong))]) from wrong
        element.text = _short(visible(text).replace("\n", " ").replace("\t", " "))
    moment = f"{made_on.isoformat()}T00:00:00Z"
    for path in (f"{_TERMS}created", f"{_TERMS}modified"):
        for element in root.findall(path):
            element.text = moment
    for path in (f"{_CP}lastPrinted", f"{_CP}lastModifiedBy", f"{_CP}revision"):
        for element in root.findall(path):
            root.remove(element)
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"
