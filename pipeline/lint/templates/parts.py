"""Tags in parts of a Word file where none is ever filled in, and those in its properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import TemplateSyntaxError

from pipeline import expression
from pipeline.language import _
from pipeline.lint.kinds import Scope
from pipeline.lint.templates.faults import Code, PartFaults, TemplateFault
from pipeline.lint.walk import TemplateWalker
from pipeline.ooxml.names import EXTENDED, W
from pipeline.ooxml.outline import outline
from pipeline.renderers.places import TAG, shortened
from pipeline.renderers.remarks import BY

CORE = "docProps/core.xml"
_FILLED = ("title", "subject", "creator", "description", "identifier", "language")
"""The properties of a file that docxtpl fills in."""
_ENCODED = re.compile(r"%7B%7B.*?%7D%7D", re.IGNORECASE)


def hold_unrendered(part: str, root: Any) -> list[TemplateFault]:
    """Report every tag in a part that is never rendered."""
    if root.tag == W + "comments":
        for comment in root.findall(W + "comment"):
            if comment.get(W + "author") == BY:
                root.remove(comment)
    faults = PartFaults(part, outline(root), [])
    for piece in faults.made.pieces:
        for tag in TAG.findall(piece.text):
            faults.add(Code.UNRENDERED, piece.block, _message(part), tag=tag)
    if faults.made.blocks:
        return faults.found
    found = faults.found
    for element, text in _texts(root):
        for tag in (*TAG.findall(text), *_ENCODED.findall(text)):
            found.append(
                TemplateFault(Code.UNRENDERED, part, _local(element), shortened(text, tag), tag, _message(part))
            )
    return found


def hold_core(root: Any, scope: Scope) -> list[TemplateFault]:
    """Report tags in properties that are never filled in, and faults in those that are."""
    found: list[TemplateFault] = []
    for element, text in _texts(root):
        name = _local(element)
        tags = TAG.findall(text)
        if not tags:
            continue
        if name not in _FILLED:
            found.append(TemplateFault(Code.UNRENDERED, CORE, name, shortened(text), tags[0], _message(CORE)))
            continue

        def report(_line: int, message: str, suggestion: str, name: str = name, text: str = text) -> None:
            found.append(TemplateFault(Code.NAME, CORE, name, shortened(text), text, message, suggestion))

        try:
            tree = expression.text().parse(text)
        except TemplateSyntaxError as error:
            message = _("Deze tag is niet te lezen ({what}).").format(what=error.message)
            found.append(TemplateFault(Code.TAG, CORE, name, shortened(text), text, message))
            continue
        walker: Any = TemplateWalker(expression.text(), report)
        walker.statements(tree.body, dict(scope))
    return found


def _texts(root: Any) -> Iterator[tuple[Any, str]]:
    """Give the texts and attributes of a part; not the title that Word itself repeats in the list of titles."""
    repeated = {each for titles in root.iter(EXTENDED + "TitlesOfParts") for each in titles.iter()}
    for element in root.iter():
        if isinstance(element.tag, str) and element not in repeated:
            for text in (element.text or "", *element.attrib.values()):
                if "{" in text or "%7" in text:
                    yield element, text


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _message(part: str) -> str:
    where = {
        "word/comments.xml": _(
            "In een opmerking wordt geen tag ingevuld; zet hem in de tekst, of haal de opmerking weg."
        ),
        CORE: _("In deze eigenschap vult docxtpl geen tags in; gebruik titel, onderwerp, auteur of omschrijving."),
    }
    return where.get(part, _("In dit deel van het bestand wordt geen tag ingevuld; zet hem in de tekst."))
