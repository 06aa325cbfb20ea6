"""Read a Word file for comparing: all its stories, as a reader sees them with every tracked change accepted."""

from __future__ import annotations

import hashlib
from typing import Any

from lxml import etree

from pipeline.compare.drawn import Drawn
from pipeline.compare.dress import sheets, theme_fonts
from pipeline.compare.labels import Labels
from pipeline.compare.looks import Looks
from pipeline.compare.stories import Walker, art_line, is_art
from pipeline.compare.tracked import Side, resolve, tracked
from pipeline.compare.version import Comment, Story, Thing, Version
from pipeline.errors import Reason, Unreadable
from pipeline.ooxml import Package
from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import DC, EXTENDED, OFF, VAL, R, W
from pipeline.readers.docx_styles import NONE, read_styles

_NOTES = (("footnotes", W + "footnote", "voetnoot"), ("endnotes", W + "endnote", "eindnoot"))
_MARGINS = ((W + "headerReference", "koptekst"), (W + "footerReference", "voettekst"))
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"


def read_version(package: Package, main: str, *, converted: bool = False, side: Side = Side.ACCEPTED) -> Version:
    """Read a Word file.

    Args:
        package: its opened zip.
        main: the name of its main part.
        converted: it was made of a file of another kind.
        side: whether its tracked changes are accepted or rejected.

    Raises:
        Unreadable: a part is damaged, or nested too deep.
    """
    try:
        return _Reading(package, main, side, converted=converted).read()
    except RecursionError as error:
        raise Unreadable(Reason.BOMB, "de inhoud is abnormaal diep genest") from error


class _Reading:
    """One file while it is read."""

    def __init__(self, package: Package, main: str, side: Side, *, converted: bool) -> None:
        self._package = package
        self._side = side
        self._relations = package.relations(main)
        self._made = Version(package, main, converted=converted)
        styles = self._related("styles")
        numbering = self._related("numbering")
        theme = self._related("theme")
        fonts = theme_fonts(parse(package.read(theme))) if theme else {}
        self._looks = Looks(parse(package.read(styles)) if styles else None, fonts)
        self._made.looks = self._looks
        levels = read_styles(package.read(styles)) if styles else NONE
        labels = Labels(parse(package.read(numbering)) if numbering else None, self._looks)
        self._walker = Walker(self._looks, levels, labels)
        self._names: dict[str, dict[str, Any]] = {}

    def read(self) -> Version:
        made = self._made
        root = self._root(made.main)
        body = root.find(W + "body")
        if root.tag != W + "document" or body is None:
            raise Unreadable(Reason.DAMAGED, "het document heeft geen inhoud")
        self._story(body, "", made.main)
        self._margins(root)
        made.sheets = sheets(root)
        self._read_notes()
        self._things_of_chunks()
        made.unseen = self._walker.found.unseen
        self._comments()
        self._properties()
        return made

    def _related(self, kind: str) -> str:
        related = (r for r in self._relations.values() if r.kind == kind and not r.external)
        return next((r.target for r in related if r.target in self._package), "")

    def _root(self, name: str) -> Any:
        """Give the tree of a part, its tracked changes noted and accepted."""
        if name not in self._made.roots:
            root = parse(self._package.read(name))
            self._made.tracked += tracked(root)
            resolve(root, self._side)
            self._made.roots[name] = root
        return self._made.roots[name]

    def _story(self, container: Any, part: str, name: str, number: int = 0) -> Story:
        self._walker.links = {key: each.target for key, each in self._package.relations(name).items() if each.external}
        blocks = self._walker.walk(container, part)
        story = Story(part, blocks, container, name, number)
        self._made.stories.append(story)
        self._drawings(name)
        return story

    def _drawings(self, name: str) -> None:
        """Read the text boxes that were met, and those in them; note what cannot be compared."""
        met = self._walker.found.drawn
        while met:
            self._walker.found.drawn = []
            for drawn, heading in met:
                if drawn.kind in ("box", "art"):
                    self._box(drawn, heading, name)
                else:
                    self._thing(drawn, heading, name)
            met = self._walker.found.drawn

    def _box(self, drawn: Drawn, heading: str, name: str) -> None:
        container = drawn.node
        if is_art(container):
            container = etree.Element(W + "txbxContent")
            container.append(art_line(drawn.node))
        self._walker.heading, outer = heading, self._walker.heading
        blocks = self._walker.walk(container, "tekstvak", boxed=True)
        self._walker.heading = outer
        if any(block.key != ("p",) for block in blocks):
            self._made.stories.append(Story("tekstvak", blocks, drawn.node, name, heading=heading))

    def _thing(self, drawn: Drawn, heading: str, name: str) -> None:
        relation = self._package.relations(name).get(drawn.target)
        if relation is None:
            content, same = "", hashlib.sha256(etree.tostring(drawn.node, method="c14n")).hexdigest()
        elif relation.external:
            content, same = "", relation.target
        else:
            content = relation.target
            same = hashlib.sha256(self._package.read(content)).hexdigest() if content in self._package else ""
        self._made.things.append(Thing(drawn.kind, drawn.name, content, same, heading, drawn.node, name))

    def _things_of_chunks(self) -> None:
        for chunk, heading in self._walker.found.chunks:
            self._thing(Drawn("chunk", "", chunk, chunk.get(R + "id", "")), heading, self._made.main)

    def _margins(self, root: Any) -> None:
        """Read the headers and footers that a page shows; those that say the same are one."""
        even = self._uses_even_pages()
        held: dict[tuple[str, str], str] = {}
        read: set[str] = set()
        said: set[tuple[str, Any]] = set()
        for section in root.iter(W + "sectPr"):
            for tag, _part in _MARGINS:
                for reference in section.iterchildren(tag):
                    relation = self._relations.get(reference.get(R + "id", ""))
                    if relation is not None and not relation.external:
                        held[tag, reference.get(W + "type", "default")] = relation.target
            first = section.find(W + "titlePg")
            kinds = {"default", "even"} if even else {"default"}
            if first is not None and first.get(VAL, "true") not in OFF:
                kinds.add("first")
            self._made.blanks += self._blanks(held, kinds)
            for tag, part in _MARGINS:
                for (where, kind), name in held.items():
                    if where != tag or kind not in kinds or name in read or name not in self._package:
                        continue
                    read.add(name)
                    margin = self._root(name)
                    story = self._story(margin, part, name)
                    key = (part, tuple(block.key for block in story.blocks))
                    if key in said or not story.blocks:
                        self._made.stories.remove(story)
                    said.add(key)

    def _blanks(self, held: dict[tuple[str, str], str], kinds: set[str]) -> list[tuple[str, str]]:
        """Give the pages of a section that have no header or footer, though its other pages do."""
        found: list[tuple[str, str]] = []
        for tag, part in _MARGINS:
            usual = self._words(held.get((tag, "default"), ""))
            others = sorted(kinds - {"default"}) if usual else []
            found += [(part, kind) for kind in others if not self._words(held.get((tag, kind), ""))]
        return found

    def _words(self, name: str) -> bool:
        return name in self._package and any("".join(self._root(name).itertext(W + "t")).split())

    def _uses_even_pages(self) -> bool:
        name = self._related("settings")
        if not name or b"evenAndOddHeaders" not in self._package.read(name):
            return False
        switch = parse(self._package.read(name)).find(W + "evenAndOddHeaders")
        return switch is not None and switch.get(VAL, "true") not in OFF

    def _read_notes(self) -> None:
        wanted = list(dict.fromkeys(self._walker.found.notes))
        for kind, tag, part in _NOTES:
            name = self._related(kind)
            if not name:
                continue
            notes = {note.get(W + "id", ""): note for note in self._root(name).iterchildren(tag)}
            identifiers = [identifier for each, identifier in wanted if each == kind and identifier in notes]
            for number, identifier in enumerate(identifiers, 1):
                self._story(notes[identifier], part, name, number)

    def _comments(self) -> None:
        name = self._related("comments")
        if not name:
            return
        headings = dict(reversed(self._walker.found.comments))
        for comment in parse(self._package.read(name)).iter(W + "comment"):
            words = "\n".join("".join(each.itertext(W + "t")) for each in comment.iter(W + "p")).strip()
            author, date = comment.get(W + "author", ""), comment.get(W + "date", "")
            heading = headings.get(comment.get(W + "id", ""), "")
            self._made.comments.append(Comment(words, author, date, heading))

    def _properties(self) -> None:
        author = self._property("core-properties", _CORE + "lastModifiedBy") or self._property(
            "core-properties", DC + "creator"
        )
        program = self._property("extended-properties", EXTENDED + "Application")
        self._made.title = self._property("core-properties", DC + "title")
        self._made.saved_by = ", ".join(filter(None, (author, program)))

    def _property(self, kind: str, name: str) -> str:
        for relation in self._package.relations().values():
            if relation.kind == kind and relation.target in self._package:
                entry = parse(self._package.read(relation.target)).find(name)
                return "" if entry is None or not entry.text else " ".join(entry.text.split())
        return ""
