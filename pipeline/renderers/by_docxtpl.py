"""Papers that docxtpl itself fills: whatever a compiled template cannot carry."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from pipeline.errors import DefinitionError
from pipeline.renderers.source import W, fault, ill_formed, line, parsed, patched
from pipeline.renderers.template import WordTemplate
from pipeline.renderers.writing import FAULTS, for_docxtpl


class _Filling(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """Docxtpl, but that it tells what is wrong instead of mending it, and leaves the properties to us."""

    def patch_xml(self, src_xml: str) -> str:
        return patched(src_xml)

    def fix_tables(self, xml: str) -> Any:
        root = parsed(xml.encode())
        for table in root.iter(f"{W}tbl"):
            if table.find(f"{W}tblGrid") is None:  # without one docxtpl fails
                table.insert(0, etree.Element(f"{W}tblGrid"))
        return super().fix_tables(etree.tostring(root))

    def render_properties(self, *_arguments: Any) -> None:
        """Leave them: docxtpl escapes them twice, and fails on long ones."""


def fill(template: WordTemplate, facts: Mapping[str, Any]) -> dict[str, bytes]:
    """Give the members of a paper, but for the properties.

    Raises:
        DefinitionError: the template is wrong; with the part, and the text around it where docxtpl knows it.
    """
    filling = _Filling(io.BytesIO(template.data))
    try:
        if template.objects is not None:
            filling.init_docx()
            asked = {name for part in template.parts.values() for name in part.names}
            wanted = template.objects.names & asked
            facts = {**facts, **template.objects.make(filling, facts, wanted)}
        filling.render(facts, for_docxtpl(), autoescape=True)
    except etree.XMLSyntaxError as wrong:
        raise ill_formed(template.name, _part(filling), wrong) from None
    except FAULTS as wrong:
        part = template.parts.get(_part(filling))
        if part is None:
            raise
        raise DefinitionError([fault(template.name, part, line(wrong), str(wrong))]) from wrong
    saved = io.BytesIO()
    filling.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _part(filling: DocxTemplate) -> str:
    """Give the name of the part that was being filled."""
    return str(filling.current_rendering_part.partname).lstrip("/")
