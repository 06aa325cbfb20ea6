"""A Word template held against the names of its call, and against what surprises in Word: every fault at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.errors import Unreadable
from pipeline.language import _
from pipeline.library import BlankWords, blank_words
from pipeline.library.call import SignatoryDefinition
from pipeline.lint.kinds import Scope
from pipeline.lint.templates.beside import hold_lone_tags
from pipeline.lint.templates.blocks import blocks_of
from pipeline.lint.templates.dress import STYLES, hold_heights, hold_language, hold_pictures, hold_tables
from pipeline.lint.templates.faults import READ_ALOUD, Code, PartFaults, TemplateFault
from pipeline.lint.templates.marks import hold_blanks, hold_elsewhere, hold_marks
from pipeline.lint.templates.names import hold_names
from pipeline.lint.templates.parts import CORE, hold_core, hold_unrendered
from pipeline.lint.templates.tags import tags_of
from pipeline.ooxml.markup import parse
from pipeline.ooxml.outline import outline
from pipeline.ooxml.package import Package
from pipeline.renderers import writing
from pipeline.zips import open_zip

__all__ = ["READ_ALOUD", "Code", "TemplateFault", "examine"]

_RENDERED = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_BODY = "document.main+xml"


def examine(
    data: bytes,
    scope: Scope,
    language: str,
    signing: Sequence[SignatoryDefinition] = (),
    blanks: BlankWords | None = None,
) -> list[TemplateFault]:
    """Give every fault of a template: of the body first, then part by part, each in the order of its text.

    Args:
        data: the bytes of the Word file.
        scope: what each name that it may use stands for.
        language: that of the call: `nl_BE`.
        signing: who sign the paper, when it is issued to be signed.
        blanks: words by which it shows that something is left to fill in; None: those of the language.
    """
    try:
        opened = open_zip(data)
        package = Package(opened)
        kinds = {name: package.kind_of(name) for name in opened.names}
    except Unreadable:
        message = _("Het sjabloon is geen leesbaar Word-bestand (.docx); bewaar het opnieuw in Word.")
        return [TemplateFault(Code.UNREADABLE, "sjabloon", "", "", "", message)]
    if not any(kind.endswith(_BODY) for kind in kinds.values()):
        message = _("Dit is geen gewoon Word-document; bewaar het in Word als «Word-document (*.docx)».")
        return [TemplateFault(Code.UNREADABLE, "sjabloon", "", "", "", message)]
    found: list[TemplateFault] = []
    words = blanks or blank_words(language)
    names = sorted(
        (name for name in opened.names if name.endswith((".xml", ".rels"))),
        key=lambda name: (not kinds[name].endswith(_BODY), name),
    )
    styles = None
    for name in names:
        try:
            root = parse(opened.read(name))
        except Unreadable as wrong:
            message = _("Dit onderdeel is beschadigd ({detail}); open het sjabloon in Word en bewaar het opnieuw.")
            found.append(TemplateFault(Code.UNREADABLE, name, "", "", "", message.format(detail=wrong)))
            continue
        if name == STYLES:
            styles = root
        if kinds[name].endswith(_RENDERED):
            found += _part(name, root, scope, signing, words, body=kinds[name].endswith(_BODY))
        elif name == CORE:
            found += hold_core(root, scope)
        else:
            found += hold_unrendered(name, root)
    return found + hold_language(styles, language)


def _part(
    name: str, root: Any, scope: Scope, signing: Sequence[SignatoryDefinition], blanks: BlankWords, *, body: bool
) -> list[TemplateFault]:
    """Give the faults of a part that is rendered."""
    faults = PartFaults(name, outline(root), [])
    environment = writing.environment()
    tags = tags_of(faults, environment)
    hold_lone_tags(tags, faults)
    lines = blocks_of(tags, faults)
    hold_names(lines, scope, faults, environment)
    if signing and body:
        faults.found.extend(hold_marks(lines, signing, faults, environment))
    elif signing:
        hold_elsewhere(lines, faults)
    if signing:
        hold_blanks(faults, blanks)
    hold_pictures(faults)
    hold_tables(faults)
    hold_heights(faults)
    return sorted(faults.found, key=lambda fault: (fault.index, fault.code))
