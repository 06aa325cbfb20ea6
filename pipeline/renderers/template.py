"""A Word template, read once: each part that holds tags as a compiled Jinja template."""

from __future__ import annotations

import functools
import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.ooxml.packing import Packing
from pipeline.renderers.properties import CORE, Properties, compile_properties
from pipeline.renderers.replacing import Replacement, replaced
from pipeline.renderers.soundness import Soundness
from pipeline.renderers.source import Part, compile_part

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_BY_DOCXTPL = ("document.main", "header", "footer", "footnotes")
_NO_WORD = (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError)
_FILLED = (*_BY_DOCXTPL, "endnotes")


class Why(Enum):
    """Why docxtpl itself fills a template, as is decided when it is compiled."""

    MARKUP = "markup"
    """A value stands outside the text of a run, or markup cannot be shown to stay whole."""
    GRID = "grid"
    """Docxtpl may change the columns of a table to the cells that its rows have."""
    DRAWINGS = "drawings"
    """A drawing is repeated or left out, so that docxtpl numbers the others otherwise."""
    LINE_ENDS = "line ends"
    """The template itself has line ends or tabs in a text, of which docxtpl makes markup."""
    OBJECTS = "objects"
    """It prints what only docxtpl makes."""


@dataclass(frozen=True, slots=True)
class Objects:
    """What docxtpl makes for a template: pictures, subdocuments, rich text; no fact of a dossier is one."""

    names: frozenset[str]
    """The names under which the template prints them."""
    make: Callable[[Any, Mapping[str, Any], Collection[str]], Mapping[str, Any]]
    """Give those of these names, for a `DocxTemplate` and the facts of a paper."""
    replacements: tuple[Replacement, ...] = ()
    """What comes in the place of pictures and files that stand in the template."""


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word template: the parts to fill, and those that stay as they are."""

    name: str
    parts: Mapping[str, Part]
    static: Mapping[str, bytes]
    """Every member of the zip in order, as docxtpl writes them; of the parts to fill, the unfilled bytes."""
    properties: Properties | None
    packing: Packing
    """The zip, ready but for the parts to fill and the properties."""
    by_docxtpl: frozenset[Why]
    """Why docxtpl itself fills it; when empty, its compiled parts give the same at a fraction of the cost."""
    left: frozenset[str]
    """The parts to fill that docxtpl leaves as they are."""
    data: bytes
    """The file."""
    objects: Objects | None
    replaced: Mapping[str, bytes]
    """Those of its members that are not its own: pictures and files in the place of which others come."""


def read(path: Path, objects: Objects | None = None) -> WordTemplate:
    """Read and compile a Word template; again only when the file has changed.

    Args:
        path: where it lies.
        objects: what docxtpl is to make for it.

    Raises:
        DefinitionError: it is no Word file, or a tag in it is wrong; with the part and the text around it.
    """
    try:
        state = path.stat()
    except OSError:
        message = _("Het sjabloon bestaat niet.")
        raise DefinitionError([Fault(path.name, "sjabloon", message)]) from None
    return _read(path, objects, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _read(path: Path, objects: Objects | None, _changed: int, _size: int) -> WordTemplate:
    return compile_template(path.read_bytes(), path.name, objects)


def compile_template(data: bytes, name: str, objects: Objects | None = None) -> WordTemplate:
    """Compile the bytes of a Word template, with the errors of `read`; `objects`: what docxtpl is to make for it."""
    try:
        named = list(_rendered(_members(data)))
    except _NO_WORD:
        raise _no_word(name) from None
    faults: list[Fault] = []
    for member, content in named:
        try:
            etree.fromstring(content)
        except etree.XMLSyntaxError as wrong:
            message = _("Dit onderdeel is beschadigd ({detail}); open het sjabloon in Word en bewaar het opnieuw.")
            faults.append(Fault(name, member, message.format(detail=wrong.msg)))
    if faults:
        raise DefinitionError(faults)
    members = _saved(data, name)
    others = {} if objects is None else replaced(members, objects.replacements)
    members |= others
    parts = {}
    for member, content in _rendered(members):
        try:
            parts[member] = compile_part(member, content, name)
        except DefinitionError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise DefinitionError(faults)
    left = frozenset(member for member in parts if member not in dict(_rendered(members, _BY_DOCXTPL)))
    properties = compile_properties(members[CORE], name) if CORE in members else None
    packing = Packing(members, {*parts, CORE})
    why = frozenset(_why(parts.values(), objects))
    return WordTemplate(name, parts, members, properties, packing, why, left, data, objects, others)


def members_of(data: bytes, name: str) -> dict[str, bytes]:
    """Give every member of a Word template; DefinitionError when it is no Word file."""
    try:
        return _members(data)
    except _NO_WORD:
        raise _no_word(name) from None


def _no_word(name: str) -> DefinitionError:
    return DefinitionError([Fault(name, "sjabloon", _("Het sjabloon is geen Word-bestand (.docx)."))])


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def _saved(data: bytes, name: str) -> dict[str, bytes]:
    """Give the members as python-docx saves them, for docxtpl writes them so: what nothing refers to is gone."""
    import docx

    saved = io.BytesIO()
    try:
        docx.Document(io.BytesIO(data)).save(saved)
    except (KeyError, ValueError, etree.XMLSyntaxError):
        raise _no_word(name) from None
    return _members(saved.getvalue())


def _rendered(members: Mapping[str, bytes], kinds: Collection[str] = _FILLED) -> Iterator[tuple[str, bytes]]:
    """Give the parts in which tags are filled."""
    for override in etree.fromstring(members["[Content_Types].xml"]):
        member, kind = override.get("PartName", "").lstrip("/"), override.get("ContentType", "")
        if member in members and kind.removeprefix(_TYPE).removesuffix("+xml") in kinds:
            yield member, members[member]


def _why(parts: Collection[Part], objects: Objects | None) -> Iterator[Why]:
    for part in parts:
        if part.shape.soundness is Soundness.UNKNOWN:
            yield Why.MARKUP
        if part.shape.grids_change:
            yield Why.GRID
        if part.shape.drawings_vary:
            yield Why.DRAWINGS
        if part.shape.line_ends:
            yield Why.LINE_ENDS
        if objects is not None and not part.names.isdisjoint(objects.names):
            yield Why.OBJECTS
