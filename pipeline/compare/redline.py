"""The issued paper with tracked changes: accept all gives what came back, reject all gives what was issued."""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.compare.carrying import Carrier
from pipeline.compare.change import WORDS, Change, Kind
from pipeline.compare.comparing import StoryPair, changes, lay_all, thing_pairs
from pipeline.compare.editing import Editor
from pipeline.compare.files import Compared
from pipeline.compare.marks import Marks
from pipeline.compare.reading import read_version
from pipeline.compare.renumbering import renumber
from pipeline.compare.tracked import Side
from pipeline.compare.version import Version
from pipeline.compare.writing import Writer
from pipeline.errors import WijkcontractError
from pipeline.language import _
from pipeline.ooxml import Package
from pipeline.ooxml.names import RELATIONS, TYPES, W
from pipeline.ooxml.packing import Packing
from pipeline.zips import open_zip

_P, _RUN = W + "p", W + "r"
_DRAWING_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_NOTES = {"voetnoot": "footnotes", "eindnoot": "endnotes"}


class NoRedline(WijkcontractError):
    """The redline cannot be made so that it is right; the changes as text are."""


@dataclass(frozen=True, slots=True)
class Redline:
    """A Word file with tracked changes."""

    content: bytes
    missing: tuple[Change, ...]
    """What tracked changes could not carry: with all accepted, the file still differs so from what came back."""


def redline(compared: Compared, day: dt.date) -> Redline:
    """Write a comparison as tracked changes into the issued paper.

    What was made is read again, with all accepted and with all rejected, and held against both files.

    Args:
        compared: what `compare` gave; its trees of the issued paper are changed, so that it serves once.
        day: the date of the tracked changes.

    Raises:
        NoRedline: with all changes rejected it would not be the issued paper.
    """
    issued = _again(compared.old.package, compared.old.main, Side.ACCEPTED)
    content = _Redlining(compared, day).write()
    package = Package(open_zip(content))
    rejected = read_version(package, compared.old.main, side=Side.REJECTED)
    wrong = [change for change in changes(issued, rejected, lay_all(issued, rejected)) if change.kind in WORDS]
    if wrong:
        place = wrong[0].place
        raise NoRedline(
            _(
                "Het Word-bestand met wijzigingen bijgehouden is niet gemaakt: verwerpen zou bij {place} niet het "
                "uitgegeven document geven. Gebruik de wijzigingen zoals ze als tekst verteld zijn."
            ).format(place=place)
        )
    accepted = read_version(Package(open_zip(content)), compared.old.main)
    left = changes(accepted, compared.new, lay_all(accepted, compared.new))
    told = (*WORDS, Kind.NUMBERING, Kind.OBJECT)
    return Redline(content, tuple(change for change in left if change.kind in told))


def _again(package: Package, main: str, side: Side) -> Version:
    return read_version(package, main, side=side)


class _Redlining:
    """One redline while it is written."""

    def __init__(self, compared: Compared, day: dt.date) -> None:
        self._old, self._new, self._plan = compared.old, compared.new, compared.plan
        self._marks = Marks(day)
        self._carrier = Carrier(self._old, self._new, self._marks)
        self._editor = Editor(Writer(self._old, self._new, self._marks, self._carrier), self._marks)
        self._drawings = 90_000
        self._parts: dict[str, str] = {}

    def write(self) -> bytes:
        pairs = thing_pairs(self._old, self._new)
        gone_boxes = [pair.old for pair in self._plan if pair.new is None and pair.old and pair.old.part == "tekstvak"]
        new_boxes = [pair.new for pair in self._plan if pair.old is None and pair.new and pair.new.part == "tekstvak"]
        for pair in self._plan:
            self._story(pair)
        self._fill_notes()
        renumber(self._old, self._new, self._plan, self._editor.placed, self._marks, self._carrier)
        for box in gone_boxes:
            self._delete_drawing(box.container)
        for old, new in pairs:
            if old is not None:
                self._delete_drawing(old.node)
            if new is not None and new.kind == "picture":
                self._insert_drawing(new.node, new.part)
        for box in new_boxes:
            self._insert_drawing(_drawing_of(box.container), box.name)
        return self._package()

    def _story(self, pair: StoryPair) -> None:
        old, new = pair.old, pair.new
        if old is None:
            return
        if new is not None:
            self._parts[new.name] = old.name
            if old.part == "tekstvak" and any(_changed(block) for block in pair.blocks):
                _without_fallback(old.container)
            self._editor.story(old.container, pair.blocks)
        elif old.part != "tekstvak":
            for paragraph in list(old.container.iter(_P)):
                self._editor.delete(paragraph)

    def _fill_notes(self) -> None:
        """Fill the notes to which inserted words refer; they may hold notes themselves."""
        stories = {
            (_NOTES[story.part], story.container.get(W + "id", "")): story
            for story in self._new.stories
            if story.part in _NOTES
        }
        for kind, identifier, note in self._carrier.notes:
            story = stories.get((kind, identifier))
            for block in story.blocks if story else ():
                note.append(self._editor.writer.block(block, None))
            if not len(note):
                etree.SubElement(note, _P)

    def _delete_drawing(self, node: Any) -> None:
        run = next((each for each in (node, *node.iterancestors()) if each.tag == _RUN and _draws(each)), None)
        inside = run is not None and any(each.tag == W + "del" for each in run.iterancestors())
        if run is not None and not inside:
            self._marks.delete(run)

    def _insert_drawing(self, node: Any, source: str) -> None:
        """Put a drawing where it stands in the returned file; what cannot be placed is told as missing."""
        paragraph = next((each for each in node.iterancestors(_P)), None) if node is not None else None
        place = None if paragraph is None else self._place(paragraph)
        if paragraph is None or place is None:
            return
        run = self._carrier.drawing(node, source, self._parts.get(source, self._old.main))
        if run is None:
            return
        for each in run.iter(_DRAWING_NAME):
            self._drawings += 1
            each.set("id", str(self._drawings))
        target, where = place
        if where == "in":
            target.append(self._marks.insert(run))
            return
        made = etree.Element(_P)
        made.append(self._marks.insert(run))
        self._marks.end(made, "ins")
        target.addnext(made) if where == "after" else target.addprevious(made)
        self._editor.placed[paragraph] = made

    def _place(self, paragraph: Any) -> tuple[Any, str] | None:
        placed = self._editor.placed
        if paragraph in placed:
            return placed[paragraph], "in"
        for before in paragraph.itersiblings(_P, preceding=True):
            if before in placed:
                return placed[before], "after"
        for after in paragraph.itersiblings(_P):
            if after in placed:
                return placed[after], "before"
        return None

    def _package(self) -> bytes:
        package = self._old.package
        members = {name: package.read(name) for name in package.names}
        for name, root in self._old.roots.items():
            members[name] = _serialised(root)
        members |= self._carrier.added
        for part, relations in self._carrier.relations.items():
            folder, base = posixpath.split(part)
            name = posixpath.join(folder, "_rels", base + ".rels")
            members[name] = _related(members.get(name), relations)
        if self._carrier.types:
            members["[Content_Types].xml"] = _typed(members["[Content_Types].xml"], self._carrier.types)
        return Packing(members, ()).write({})


def _serialised(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _related(data: bytes | None, relations: list[tuple[str, str, str]]) -> bytes:
    from pipeline.ooxml.markup import parse

    root = etree.Element(RELATIONS + "Relationships", nsmap={None: RELATIONS[1:-1]}) if data is None else parse(data)
    for identifier, kind, target in relations:
        etree.SubElement(root, RELATIONS + "Relationship", {"Id": identifier, "Type": kind, "Target": target})
    return _serialised(root)


def _typed(data: bytes, types: dict[str, str]) -> bytes:
    from pipeline.ooxml.markup import parse

    root = parse(data)
    known = {entry.get("Extension", "").lower() for entry in root.iterchildren(TYPES + "Default")}
    for name, kind in types.items():
        if name.startswith("/"):
            etree.SubElement(root, TYPES + "Override", {"PartName": name, "ContentType": kind})
        elif name not in known:
            root.insert(0, etree.Element(TYPES + "Default", {"Extension": name, "ContentType": kind}))
    return _serialised(root)


def _draws(run: Any) -> bool:
    return any(True for _each in run.iter(W + "drawing", W + "pict", W + "object"))


def _drawing_of(container: Any) -> Any:
    """Give the child of a run that holds a text box."""
    for element in container.iterancestors():
        above = element.getparent()
        if above is not None and above.tag == _RUN:
            return element
    return None


def _changed(pair: Any) -> bool:
    return pair.old is None or pair.new is None or bool(pair.hunks) or bool(pair.rows)


def _without_fallback(container: Any) -> None:
    """Empty what older programs show instead of a text box: it would still say what was issued."""
    for element in container.iterancestors():
        if element.tag.endswith("}AlternateContent"):
            for fallback in element.findall(element.tag.replace("AlternateContent", "Fallback")):
                fallback[:] = []
