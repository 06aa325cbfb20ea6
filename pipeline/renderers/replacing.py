"""Replace pictures and files that stand in a template by those that `documenten.toml` puts in their place.

As `replace_pic`, `replace_media`, `replace_embedded` and `replace_zipname` of docxtpl do, but once, when the template
is compiled: the part gets other bytes, and what refers to it stays.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.ooxml.names import RELATIONS, A, R

_FILE = "documenten.toml"
_FOLDERS = ("word/media/", "word/embeddings/")
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_OTHER_ENDINGS = {"jpeg": "jpg"}
_STARTS = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "docx": b"PK", "xlsx": b"PK", "pptx": b"PK"}


@dataclass(frozen=True, slots=True)
class Replacement:
    """A file that comes in the place of one that stands in templates."""

    key: str
    """Of the insertion that asks it."""
    name: str
    """What it replaces: a name or alt text in Word, or the name of the file in the package."""
    file: str
    """Its own name."""
    data: bytes
    """What it holds."""

    def fault(self, message: str, suggestion: str = "", at: str = "replaces") -> Fault:
        """Give what is wrong with it, in its place in the definitions."""
        return Fault(_FILE, f"invoeging.{self.key}.{at}", message, suggestion)


def replaced(members: Mapping[str, bytes], replacements: Collection[Replacement]) -> dict[str, bytes]:
    """Give the members of a template that get other bytes.

    Args:
        members: every member of the template.
        replacements: what replaces something in any template of the call.

    Raises:
        DefinitionError: a name is of files that differ, two replace the same file, or another kind would come.
    """
    if not replacements:
        return {}
    names = names_standing(members)
    faults, found, by = [], {}, dict[str, str]()
    for one in replacements:
        meant = [member for member, known in names.items() if one.name in known]
        if len({members[member] for member in meant}) > 1:
            message = _("«{name}» is de naam van {number} verschillende afbeeldingen of bestanden in een sjabloon.")
            faults.append(one.fault(message.format(name=one.name, number=len(meant))))
            continue
        for member in meant:
            if member in by:
                message = _("Dit vervangt hetzelfde bestand als de invoeging «{other}» ({name}).")
                faults.append(one.fault(message.format(other=by[member], name=posixpath.basename(member))))
            if _ending(member) != _ending(one.file):
                message = _("«{name}» is een bestand .{kind} in het sjabloon; neem er een van dezelfde soort.")
                faults.append(one.fault(message.format(name=one.name, kind=_ending(member)), at="file"))
            by[member], found[member] = one.key, one.data
        if meant and not one.data.startswith(_STARTS.get(_ending(one.file), b"")):
            message = _("«{file}» is geen bestand .{kind}, al heet het zo.")
            faults.append(one.fault(message.format(file=one.file, kind=_ending(one.file)), at="file"))
    if faults:
        raise DefinitionError(faults)
    return found


def names_standing(members: Mapping[str, bytes]) -> dict[str, set[str]]:
    """Give the pictures and embedded files of a template, each with every name under which an author knows it."""
    found: dict[str, set[str]] = defaultdict(set)
    for member in members:
        if member.startswith(_FOLDERS):
            found[member] |= {member, posixpath.basename(member)}
    for member, data in members.items():
        targets = _targets(members, member)
        for picture in etree.fromstring(data).iter(f"{_PIC}pic") if targets else ():
            blip = next(picture.iter(f"{A}blip"), None)
            target = "" if blip is None else targets.get(blip.get(f"{R}embed", ""), "")
            if target in found:
                found[target].update(_names(picture))
    return dict(found)


def _targets(members: Mapping[str, bytes], member: str) -> dict[str, str]:
    """Give the members to which a part refers, by identifier."""
    folder, base = posixpath.split(member)
    data = members.get(f"{folder}/_rels/{base}.rels")
    if data is None or not base.endswith(".xml"):
        return {}
    relations = etree.fromstring(data).iterchildren(f"{RELATIONS}Relationship")
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        for each in relations
    }


def _names(picture: Any) -> Iterator[str]:
    """Give what Word shows as name, title or alt text of a picture; that of a group is of no picture in it."""
    told = [picture.find(f"{_PIC}nvPicPr/{_PIC}cNvPr")]
    drawing = next(picture.iterancestors(f"{_WP}inline", f"{_WP}anchor"), None)
    if drawing is not None and sum(1 for _each in drawing.iter(f"{_PIC}pic")) == 1:
        told.append(drawing.find(f"{_WP}docPr"))
    for element in told:
        if element is not None:
            yield from filter(None, (element.get(name, "") for name in ("name", "title", "descr")))


def _ending(name: str) -> str:
    ending = posixpath.splitext(name)[1].removeprefix(".").lower()
    return _OTHER_ENDINGS.get(ending, ending)
