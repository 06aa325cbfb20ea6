"""Where the parts of a Word file beside the body show: the headers of which section, the note to which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.language import _
from pipeline.ooxml.names import W

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a paragraph of a part shows."""

    words: str
    """In plain Dutch: «koptekst van de eerste bladzijde»."""
    paragraph: Any
    """The paragraph of the body nearest to it; None when the body does not refer to the part."""


def whereabouts(document: Any, part: str, index: int) -> Whereabouts:
    """Give where a paragraph of a part other than the body shows.

    Args:
        document: of python-docx.
        part: name in the zip: `word/header1.xml`.
        index: number of the paragraph among all of the part, from 0; -1 for none.
    """
    if part in _NOTES:
        found = _note(document, part, index)
    elif part == "word/comments.xml":
        found = _comment(document, index)
    else:
        found = next(_headers(document, part), None)
    return found or Whereabouts(_kind(part), None)


def _kind(part: str) -> str:
    name = part.rpartition("/")[2]
    kinds = {
        "header": _("een koptekst die op geen bladzijde staat"),
        "footer": _("een voettekst die op geen bladzijde staat"),
        "footnotes": _("een voetnoot"),
        "endnotes": _("een eindnoot"),
        "comments": _("een opmerking"),
        "core": _("een eigenschap van het bestand (Bestand, Info)"),
    }
    return next((words for start, words in kinds.items() if name.startswith(start)), part)


def _headers(document: Any, part: str) -> Iterator[Whereabouts]:
    """Give the sections that have a part as header or footer of their own."""
    named = {
        ("header", "default"): _("koptekst"),
        ("header", "first"): _("koptekst van de eerste bladzijde"),
        ("header", "even"): _("koptekst van de even bladzijden"),
        ("footer", "default"): _("voettekst"),
        ("footer", "first"): _("voettekst van de eerste bladzijde"),
        ("footer", "even"): _("voettekst van de even bladzijden"),
    }
    sections = list(document.element.iter(W + "sectPr"))
    paragraphs = list(document.element.body.iter(W + "p"))
    start = 0
    for number, section in enumerate(sections, start=1):
        for kind in ("header", "footer"):
            for reference in section.findall(f"{W}{kind}Reference"):
                relation = document.part.rels.get(reference.get(_RELATION))
                if relation is not None and _name(relation.target_part) == part:
                    words = named[kind, reference.get(W + "type", "default")]
                    if len(sections) > 1:
                        words = _("{part}, sectie {number}").format(part=words, number=number)
                    yield Whereabouts(words, paragraphs[start] if start < len(paragraphs) else None)
        ends = next(section.iterancestors(W + "p"), None)
        if ends is not None and ends in paragraphs:
            start = paragraphs.index(ends) + 1


def _note(document: Any, part: str, index: int) -> Whereabouts | None:
    """Give the note that holds a paragraph, as it is numbered on the pages."""
    kind = _NOTES[part]
    root = _part(document, part)
    paragraphs = [] if root is None else list(root.iter(W + "p"))
    if not 0 <= index < len(paragraphs):
        return None
    note = next(paragraphs[index].iterancestors(W + kind), None)
    references = list(document.element.body.iter(f"{W}{kind}Reference"))
    for number, reference in enumerate(references, start=1):
        if note is not None and reference.get(W + "id") == note.get(W + "id"):
            words = _("voetnoot {number}") if kind == "footnote" else _("eindnoot {number}")
            return Whereabouts(words.format(number=number), next(reference.iterancestors(W + "p"), None))
    return None


def _comment(document: Any, index: int) -> Whereabouts | None:
    root = _part(document, "word/comments.xml")
    paragraphs = [] if root is None else list(root.iter(W + "p"))
    if not 0 <= index < len(paragraphs):
        return None
    comment = next(paragraphs[index].iterancestors(W + "comment"))
    for reference in document.element.body.iter(W + "commentReference"):
        if reference.get(W + "id") == comment.get(W + "id"):
            words = _("de opmerking van {author}").format(author=comment.get(W + "author", ""))
            return Whereabouts(words, next(reference.iterancestors(W + "p"), None))
    return None


def _part(document: Any, name: str) -> Any:
    from lxml import etree

    found = next((part for part in document.part.package.iter_parts() if _name(part) == name), None)
    return None if found is None else etree.fromstring(found.blob)


def _name(part: Any) -> str:
    return str(part.partname).lstrip("/")
