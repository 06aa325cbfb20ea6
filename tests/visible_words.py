"""Count the words that somebody sees who opens a Word file: a walk over its XML that shares nothing with the reader.

Seen is: text of runs (w:t), text of formulas (m:t), of drawings (a:t) and of letters that are a drawing (v:textpath),
in the body, in the notes that are referred to and in the headers and footers that are shown. Not seen is: what a
tracked change took away, hidden text, the code of fields, the branch of alternative content that Word does not take,
the continued cells of a merged one, text above other text (ruby). What other parts hold (charts, SmartArt, documents
inside this one) is counted apart, by kind.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ART = "{urn:schemas-microsoft-com:vml}textpath"
UNSEEN = frozenset(
    {FALLBACK, *(W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "tcPr", "rt"))}
)
GAPS = frozenset(W + name for name in ("tab", "ptab", "br", "cr"))
OFF = frozenset({"0", "false", "off", "none"})


class Counted:
    """The visible words of one file."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.main = self.target("", "officeDocument")[0]
        styles = self.target(self.main, "styles")
        self.hidden_styles = set(hidden_styles(self.root(styles[0]))) if styles else set()
        document = self.root(self.main)
        self.words = Counter(self.seen(document.find(W + "body")))
        for kind, mark in (("footnotes", "footnoteReference"), ("endnotes", "endnoteReference")):
            wanted = {reference.get(W + "id") for reference in document.iter(W + mark)}
            for part in self.target(self.main, kind):
                for note in self.root(part):
                    if note.get(W + "id") in wanted:
                        self.words.update(self.seen(note))
        for part in self.margins(document):
            self.words.update(self.seen(self.root(part)))
        self.elsewhere = {
            "grafiek": sum((self.texts(part, C + "v", A + "t") for part in self.named("word/charts/")), Counter()),
            "diagram": sum((self.texts(part, A + "t") for part in self.named("word/diagrams/data")), Counter()),
        }

    def root(self, part: str) -> Any:
        return etree.fromstring(self.archive.read(part))

    def named(self, start: str) -> list[str]:
        return [name for name in self.archive.namelist() if name.startswith(start) and name.endswith(".xml")]

    def texts(self, part: str, *tags: str) -> Counter[str]:
        return Counter(word for text in self.root(part).iter(*tags) for word in (text.text or "").split())

    def target(self, part: str, kind: str, identifier: str | None = None) -> list[str]:
        """Find the parts that another refers to."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.archive.namelist():
            return []
        found = []
        for relation in self.root(listed):
            path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
            right = relation.get("Id") == identifier if identifier else relation.get("Type").endswith("/" + kind)
            if right and path in self.archive.namelist():
                found.append(path)
        return found

    def margins(self, document: Any) -> Iterator[str]:
        settings = self.target(self.main, "settings")
        even = bool(settings) and on(self.root(settings[0]).find(W + "evenAndOddHeaders"))
        shown: dict[str, None] = {}
        latest: dict[str, dict[str, list[str]]] = {"header": {}, "footer": {}}
        for section in document.iter(W + "sectPr"):
            kinds = {"default", *(["even"] if even else []), *(["first"] if on(section.find(W + "titlePg")) else [])}
            for margin, parts in latest.items():
                for reference in section.iterchildren(f"{W}{margin}Reference"):
                    target = self.target(self.main, "", reference.get(R + "id"))
                    parts[reference.get(W + "type", "default")] = target
                for kind in kinds & parts.keys():
                    shown.update(dict.fromkeys(parts[kind]))
        yield from shown

    def seen(self, container: Any) -> list[str]:
        return "".join(self.pieces(container)).split()

    def pieces(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in UNSEEN or self.is_hidden(child):
                continue
            if tag in (W + "t", M_TEXT, A + "t"):
                yield child.text or ""
            elif tag == ART:
                yield f" {child.get('string', '')} "
            elif tag in GAPS:
                yield " "
            elif tag == W + "noBreakHyphen":
                yield "\u2011"
            elif tag in (W + "p", A + "p"):
                yield "\n"
                yield from self.pieces(child)
                yield "\n"
            else:
                yield from self.pieces(child)

    def is_hidden(self, element: Any) -> bool:
        if element.tag == W + "r":
            vanish, style = element.find(f"{W}rPr/{W}vanish"), element.find(f"{W}rPr/{W}rStyle")
            if vanish is not None:
                return on(vanish)
            return style is not None and style.get(W + "val") in self.hidden_styles
        if element.tag == W + "tc":
            merged = element.find(f"{W}tcPr/{W}vMerge")
            return merged is not None and merged.get(W + "val") != "restart"
        if element.tag == W + "tr":
            marks = element.find(W + "trPr")
            return marks is not None and (marks.find(W + "del") is not None or on(marks.find(W + "hidden")))
        return False


def on(switch: Any) -> bool:
    return switch is not None and switch.get(W + "val", "1") not in OFF


def hidden_styles(root: Any) -> Iterator[str]:
    for style in root.iter(W + "style"):
        if on(style.find(f"{W}rPr/{W}vanish")):
            yield style.get(W + "styleId")
