"""What papers hold beside text, as `documenten.toml` says: made by docxtpl, or put where a template has another."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.library.call import Call, Insertion
from pipeline.library.nearest import nearest
from pipeline.renderers.replacing import Replacement, names_standing
from pipeline.renderers.template import Objects, members_of

_BLUE = "#0563C1"
"""Colour of links in Word."""


def objects_of(call: Call) -> Objects | None:
    """Give what is to be inserted in the templates of a call; None when it defines nothing.

    Raises:
        DefinitionError: a file that replaces another is not there, or no template has what it replaces.
    """
    if not call.insertions:
        return None
    replacing = any(one.replaces for one in call.insertions)
    return _objects(call.templates, call.insertions, _states(call) if replacing else ())


def _states(call: Call) -> tuple[tuple[str, int, int], ...]:
    """Tell which version of each file counts: of the templates, and of what replaces something in them."""
    names = {paper.template for paper in call.papers} | {one.file for one in call.insertions if one.replaces}
    paths = [path for name in sorted(names) if (path := call.templates / name).is_file()]
    return tuple((path.name, (state := path.stat()).st_mtime_ns, state.st_size) for path in paths)


@functools.lru_cache(maxsize=16)
def _objects(folder: Path, insertions: tuple[Insertion, ...], states: tuple[tuple[str, int, int], ...]) -> Objects:
    printed = tuple(one for one in insertions if not one.replaces)

    def make(filling: Any, _facts: Mapping[str, Any], wanted: Collection[str]) -> Mapping[str, Any]:
        return {one.key: _made(filling, folder, one) for one in printed if one.key in wanted}

    replacements = _replacements(folder, [one for one in insertions if one.replaces], [name for name, *_when in states])
    return Objects(frozenset(one.key for one in printed), make, replacements)


def _replacements(folder: Path, insertions: Sequence[Insertion], files: Sequence[str]) -> tuple[Replacement, ...]:
    """Read what replaces something; `files`: what there is of it, and the templates.

    Raises:
        DefinitionError: a file is not there, or no template has what it replaces.
    """
    if not insertions:
        return ()
    faults = [_gone(folder, one) for one in insertions if one.file not in files]
    own = {one.file for one in insertions}
    standing = {
        name
        for file in files
        if file.endswith(".docx") and file not in own
        for names in names_standing(members_of((folder / file).read_bytes(), file)).values()
        for name in names
    }
    made = [
        Replacement(one.key, one.replaces, one.file, (folder / one.file).read_bytes())
        for one in insertions
        if one.file in files
    ]
    message = _("Geen enkel sjabloon heeft een afbeelding of bestand met de naam «{name}».")
    lost = [one for one in made if one.name not in standing]
    faults += [one.fault(message.format(name=one.name), nearest(one.name, standing)) for one in lost]
    if faults:
        raise DefinitionError(faults)
    return tuple(made)


def _gone(folder: Path, one: Insertion) -> Fault:
    message = _("Het bestand «{name}» bestaat niet.").format(name=one.file)
    meant = nearest(one.file, (path.name for path in folder.iterdir()))
    return Fault("documenten.toml", f"invoeging.{one.key}.file", message, meant)


def _made(filling: Any, folder: Path, one: Insertion) -> Any:
    from docx.shared import Mm
    from docxtpl import InlineImage, RichText

    if one.link:
        text = RichText()
        text.add(one.text, url_id=filling.build_url_id(one.link), underline=True, color=_BLUE)
        return text
    path = folder / one.file
    if not path.is_file():
        raise DefinitionError([_gone(folder, one)])
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
