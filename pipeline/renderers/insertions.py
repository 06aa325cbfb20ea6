"""What templates print beside text: pictures, Word files and links that `documenten.toml` names, made by docxtpl."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.library.call import Call, Insertion
from pipeline.renderers.template import Objects

_BLUE = "#0563C1"
"""Colour of links in Word."""


def objects_of(call: Call) -> Objects | None:
    """Give what docxtpl is to make for the templates of a call; None when it defines nothing to insert."""
    return _objects(call.templates, call.insertions) if call.insertions else None


@functools.lru_cache(maxsize=16)
def _objects(folder: Path, insertions: tuple[Insertion, ...]) -> Objects:
    def make(filling: Any, _facts: Mapping[str, Any], wanted: Collection[str]) -> Mapping[str, Any]:
        return {one.key: _made(filling, folder, one) for one in insertions if one.key in wanted}

    return Objects(frozenset(one.key for one in insertions), make)


def _made(filling: Any, folder: Path, one: Insertion) -> Any:
    from docx.shared import Mm
    from docxtpl import InlineImage, RichText

    if one.link:
        text = RichText()
        text.add(one.text, url_id=filling.build_url_id(one.link), underline=True, color=_BLUE)
        return text
    path = folder / one.file
    if not path.is_file():
        message = _("Het bestand «{name}» bestaat niet.").format(name=one.file)
        raise DefinitionError([Fault("documenten.toml", f"invoeging.{one.key}.file", message)])
    if one.level:
        return filling.new_subdoc(str(path))
    return _picture(InlineImage, one.alt)(filling, str(path), width=Mm(one.width))


def _picture(usual: Any, alt: str) -> Any:
    """Give the picture of docxtpl, with words for who cannot see it."""

    class Described(usual):  # type: ignore[misc]  # docxtpl has no types
        def _insert_image(self) -> str:
            markup: str = super()._insert_image()
            return markup.replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(alt)} ", 1)

    return Described
