"""Read an OpenDocument text into a neutral document: body, notes, headers and footers, controls."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.document import Block, Document, Paragraph, Source
from pipeline.errors import Reason, Unreadable
from pipeline.odf import OpenDocument
from pipeline.odf.names import LOEXT, OFFICE, STYLE, TABLE, TEXT, XML
from pipeline.readers.controls import Controls
from pipeline.readers.odt_blocks import Blocks
from pipeline.readers.odt_controls import read_forms
from pipeline.readers.odt_drawings import Drawings
from pipeline.readers.odt_styles import Styles
from pipeline.readers.odt_text import Gathered, Texts
from pipeline.readers.omitted import beside, tell

_NOTES = {"footnote": "voetnoot", "endnote": "eindnoot"}
_MARGINS = {
    STYLE + "header": "koptekst",
    STYLE + "header-left": "koptekst",
    STYLE + "header-first": "koptekst",
    LOEXT + "header-first": "koptekst",
    STYLE + "footer": "voettekst",
    STYLE + "footer-left": "voettekst",
    STYLE + "footer-first": "voettekst",
    LOEXT + "footer-first": "voettekst",
}
_STANDARD = "Standard"


def read_odt(source: Source, document: OpenDocument) -> Document:
    """Read an OpenDocument text.

    The text is what LibreOffice shows with all tracked changes accepted. Numbers and bullets that it makes itself
    are not given, but for a box or tick; comments come last, as what does not count. Content controls are
    LibreOffice's own; they go on saying that they show their placeholder after somebody typed over it, so they are
    not believed.

    Args:
        source: the file as it came in.
        document: its parts.

    Raises:
        Unreadable: a part is damaged, or nested too deep.
    """
    try:
        return _Reading(source, document).read()
    except RecursionError as error:
        raise Unreadable(Reason.BOMB, "de inhoud is abnormaal diep genest") from error


class _Reading:
    """One document while it is read."""

    def __init__(self, source: Source, document: OpenDocument) -> None:
        self._source = source
        self._document = document
        self._controls = Controls(trusting=False)
        self._counts: Counter[str] = Counter()
        roots = [root for root in (document.content, document.styles) if root is not None]
        self._gathered = Gathered(
            changes={key: region for root in roots for key, region in _deletions(root)},
            forms={key: control for root in roots for key, control in read_forms(root).items()},
        )
        self._drawings = Drawings(document, self._gathered.seen)

    def read(self) -> Document:
        content = self._document.content
        body = content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise Unreadable(Reason.DAMAGED, "het document heeft geen inhoud")
        styles = Styles(content, self._document.styles)
        blocks = self._story(content, styles, body, "")
        for kind, part in _NOTES.items():
            for note_kind, note in self._gathered.notes:  # a note in a note comes at the end, and is met here too
                if note_kind == kind:
                    blocks += self._story(content, styles, note, part)
        blocks += self._read_margins(body, styles)
        blocks += [beside(self._source.name, words) for words in self._gathered.comments]
        return Document(
            source=self._source,
            blocks=tuple(blocks),
            controls=self._controls.close(),
            title=self._document.title,
            omitted=tell(self._gathered.seen),
        )

    def _story(self, root: Any, styles: Styles, container: Any, part: str) -> list[Block]:
        texts = Texts(root, styles, self._controls, self._gathered, self._drawings)
        story = Blocks(self._source.name, styles, texts, self._controls, self._counts)
        story.part = part
        return story.read(container)

    def _read_margins(self, body: Any, styles: Styles) -> list[Block]:
        root = self._document.styles
        masters = None if root is None else root.find(OFFICE + "master-styles")
        if masters is None:
            return []
        pages = {page.get(STYLE + "name", ""): page for page in masters.iterchildren(STYLE + "master-page")}
        own = Styles(root, root)
        blocks: list[Block] = []
        for name in _used_pages(body, styles, pages):
            for margin in pages[name]:
                if margin.tag in _MARGINS and margin.get(STYLE + "display") != "false":
                    said = self._story(root, own, margin, _MARGINS[margin.tag])
                    blocks += [block for block in said if _says(block)]
        return blocks


def _deletions(root: Any) -> list[tuple[str, Any]]:
    """Give what tracked changes took away, by identifier."""
    found = []
    for region in root.iter(TEXT + "changed-region"):
        deletion = region.find(TEXT + "deletion")
        if deletion is not None:
            found.append((region.get(TEXT + "id") or region.get(XML + "id", ""), deletion))
    return found


def _used_pages(body: Any, styles: Styles, pages: dict[str, Any]) -> list[str]:
    """Give the kinds of page that the document has, each followed by the one that comes after it by itself."""
    begun = [_page_of(element, styles) for element in body.iter(TEXT + "p", TEXT + "h", TABLE + "table")]
    if not begun or not begun[0]:
        begun.insert(0, _STANDARD)
    used: list[str] = []
    for first in begun:
        name = first
        while name in pages and name not in used:
            used.append(name)
            name = pages[name].get(STYLE + "next-style-name", "")
    return used


def _page_of(element: Any, styles: Styles) -> str:
    if element.tag == TABLE + "table":
        return styles.get("table", element.get(TABLE + "style-name")).master
    return styles.get("paragraph", element.get(TEXT + "style-name")).master


def _says(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text or block.placeholder or block.deleted or block.hidden)
