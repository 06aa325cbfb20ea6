"""Read a Word document into a neutral document: body, notes, headers and footers, controls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pipeline.document import Block, Document, Paragraph, Source
from pipeline.errors import Reason, Unreadable
from pipeline.ooxml import Package
from pipeline.ooxml.markup import parse
from pipeline.ooxml.names import DC, EXTENDED, OFF, VAL, R, W
from pipeline.readers.controls import Controls
from pipeline.readers.docx_blocks import Blocks
from pipeline.readers.docx_bound import Bound
from pipeline.readers.docx_numbering import Numbering
from pipeline.readers.docx_runs import Runs
from pipeline.readers.docx_styles import NONE, Styles, read_styles
from pipeline.readers.docx_tables import find_shaped
from pipeline.readers.lines import clean
from pipeline.readers.omitted import beside, tell

_NOTES = (("footnotes", W + "footnote", "voetnoot"), ("endnotes", W + "endnote", "eindnoot"))
_WORD = ("Microsoft", "wijkcontract")
_SECTION = W + "sectPr"
_MARGINS = ((W + "headerReference", "koptekst"), (W + "footerReference", "voettekst"))


def read_docx(source: Source, package: Package, main: str, *, converted: bool = False) -> Document:
    """Read a Word document.

    The text is what Word shows with all tracked changes accepted. Numbers and bullets that Word makes itself
    are not given, but for a box or tick; where such a number is all that stands in a paragraph, that is said. A row
    or cell that is deleted or hidden is not given as such; what it said follows the table, flagged. Comments come
    last, as what does not count.

    Args:
        source: the file as it came in.
        package: its opened zip.
        main: the name of its main part.
        converted: was made just now of another kind of file, and shows the day of today where that had a date that
            changes by itself.

    Raises:
        Unreadable: a part is damaged, or nested too deep.
    """
    try:
        return _Reading(source, package, main, converted=converted).read()
    except RecursionError as error:
        raise Unreadable(Reason.BOMB, "de inhoud is abnormaal diep genest") from error


class _Reading:
    """One document while it is read."""

    def __init__(self, source: Source, package: Package, main: str, *, converted: bool) -> None:
        self._source = source
        self._converted = converted
        self._package = package
        self._main = main
        self._relations = package.relations(main)
        self._controls = Controls(trusting=self._is_from_word(), bound=Bound(package, self._relations))
        self._counts: Counter[str] = Counter()
        self._notes: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self._seen: list[str] = []
        self._styles = self._read_styles()
        self._numbering = Numbering(self._read_numbering)

    def read(self) -> Document:
        root = parse(self._package.read(self._main))
        body = root.find(W + "body")
        if root.tag != W + "document" or body is None:
            raise Unreadable(Reason.DAMAGED, "het document heeft geen inhoud")
        blocks = self._story(root, body, "")
        for kind, tag, part in _NOTES:
            blocks += self._read_notes(kind, tag, part)
        blocks += self._read_margins(root, body)
        blocks += self._read_comments()
        return Document(
            source=self._source,
            blocks=tuple(blocks),
            controls=self._controls.close(),
            title=self._property("core-properties", DC + "title"),
            omitted=tell([*self._seen, *["chunk"] * self._counts["chunk"]]),
        )

    def _part(self, kind: str) -> str:
        """Give the name of the part that stands in this relation to the main part; "" when there is none."""
        related = (r for r in self._relations.values() if r.kind == kind and not r.external)
        return next((r.target for r in related if r.target in self._package), "")

    def _read_comments(self) -> list[Block]:
        """Give the comments in the margin; Google Docs writes the part for them always."""
        name = self._part("comments")
        if not name:
            return []
        said = [
            "\n".join("".join(each.itertext(W + "t")) for each in comment.iter(W + "p"))
            for comment in parse(self._package.read(name)).iter(W + "comment")
        ]
        return [beside(self._source.name, clean([words])) for words in said if words.strip()]

    def _read_styles(self) -> Styles:
        name = self._part("styles")
        return read_styles(self._package.read(name)) if name else NONE

    def _read_numbering(self) -> bytes:
        name = self._part("numbering")
        return self._package.read(name) if name else b""

    def _story(self, root: Any, container: Any, part: str) -> list[Block]:
        runs = Runs(root, self._styles, self._controls, self._notes, self._seen)
        runs.converted = self._converted
        shaped = find_shaped(root)
        story = Blocks(self._source.name, self._styles, runs, self._controls, self._counts, shaped, self._numbering)
        story.part = part
        return story.read(container)

    def _read_notes(self, kind: str, tag: str, part: str) -> list[Block]:
        name = self._part(kind)
        wanted = dict.fromkeys(self._notes[kind])
        if not name or not wanted:
            return []
        root = parse(self._package.read(name))
        notes = {note.get(W + "id", ""): note for note in root.iterchildren(tag)}
        blocks: list[Block] = []
        for identifier in wanted:
            if identifier in notes:
                blocks += self._story(notes[identifier], notes[identifier], part)
        return blocks

    def _sections(self, root: Any, body: Any) -> Iterable[Any]:
        """Give the properties of each section: nearly always those that end the body alone.

        Only where the bytes may name others is the whole tree gone through, which is larger than the cache of a
        processor. Two mentions are a beginning and an end, or two sections without margins.
        """
        last = body[-1] if len(body) else None
        if last is not None and last.tag == _SECTION and 0 < self._package.read(self._main).count(b"sectPr") <= 2:
            return (last,)
        sections: Iterable[Any] = root.iter(_SECTION)
        return sections

    def _read_margins(self, root: Any, body: Any) -> list[Block]:
        blocks: list[Block] = []
        read = set()
        even = self._uses_even_pages()
        held: dict[tuple[str, str], str] = {}  # a section without its own has those of the section before
        for section in self._sections(root, body):
            for tag, _part in _MARGINS:
                for reference in section.iterchildren(tag):
                    relation = self._relations.get(reference.get(R + "id", ""))
                    if relation is not None and not relation.external:
                        held[tag, reference.get(W + "type", "default")] = relation.target
            first = section.find(W + "titlePg")
            shown = {"default", "even"} if even else {"default"}
            if first is not None and first.get(VAL, "true") not in OFF:
                shown.add("first")
            for tag, part in _MARGINS:
                for (where, kind), name in held.items():
                    if where == tag and kind in shown and name not in read and name in self._package:
                        read.add(name)
                        margin = parse(self._package.read(name))
                        blocks += [block for block in self._story(margin, margin, part) if _says(block)]
        return blocks

    def _uses_even_pages(self) -> bool:
        name = self._part("settings")
        if not name or b"evenAndOddHeaders" not in self._package.read(name):
            return False
        switch = parse(self._package.read(name)).find(W + "evenAndOddHeaders")
        return switch is not None and switch.get(VAL, "true") not in OFF

    def _property(self, kind: str, name: str) -> str:
        """Give a property of the whole file; "" when it has none."""
        for relation in self._package.relations().values():
            if relation.kind == kind and relation.target in self._package:
                entry = parse(self._package.read(relation.target)).find(name)
                return "" if entry is None or not entry.text else " ".join(entry.text.split())
        return ""

    def _is_from_word(self) -> bool:
        """Tell whether Word saved it, or our own program, or one that says nothing: these keep their marks right."""
        program = self._property("extended-properties", EXTENDED + "Application")
        return not program or program.startswith(_WORD)


def _says(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text or block.placeholder or block.deleted or block.hidden)
