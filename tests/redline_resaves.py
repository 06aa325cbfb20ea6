"""What programs do to a Word file when they save it anew, without anybody changing a word: none of it is a change."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from tests.editors import (
    SPACE,
    W,
    as_google_docs,
    as_newer_libreoffice,
    as_strict,
    as_word_for_the_web,
    rewritten,
)

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
Rewriting = Callable[[bytes], bytes]


def in_body(change: Callable[[Any], None], *names: str) -> Rewriting:
    """Give a rewriting of the tree of the body, or of the parts named."""
    wanted = names or ("word/document.xml",)

    def rewrite(data: bytes) -> bytes:
        def member(name: str, content: bytes) -> bytes:
            if name not in wanted:
                return content
            root = etree.fromstring(content)
            change(root)
            return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

        return rewritten(data, member)

    return rewrite


def in_text(pattern: str, new: str, *names: str) -> Rewriting:
    """Give a rewriting of the text of the body, or of the parts named."""
    wanted = names or ("word/document.xml",)

    def rewrite(data: bytes) -> bytes:
        return rewritten(data, lambda name, content: _replaced(content, pattern, new) if name in wanted else content)

    return rewrite


def _replaced(content: bytes, pattern: str, new: str) -> bytes:
    made, count = re.subn(pattern, new, content.decode())
    assert count, f"nothing to rewrite: {pattern}"
    return made.encode()


def split_runs(root: Any) -> None:
    """Cut each run into single letters, as typing and checking do here and there."""
    for run in list(root.iter(W + "r")):
        texts = run.findall(W + "t")
        if len(texts) != 1 or run[-1] is not texts[0]:
            continue
        for letter in texts[0].text or "":
            piece = copy.deepcopy(run)
            piece.find(W + "t").text = letter
            piece.find(W + "t").set(SPACE, "preserve")
            run.addprevious(piece)
        run.getparent().remove(run)


def rsids(root: Any) -> None:
    """Note at random in which session each paragraph and run was typed."""
    pick = random.Random(7)
    for element in root.iter(W + "p", W + "r", W + "tr"):
        element.set(W + "rsidR", f"{pick.randrange(16**8):08X}")


def paragraph_ids(root: Any) -> None:
    """Give each paragraph an identifier."""
    for number, paragraph in enumerate(root.iter(W + "p")):
        paragraph.set(W14 + "paraId", f"{number:08X}")


def proofing(root: Any) -> None:
    """Mark words for the spelling checker and where pages ended last time."""
    for run in list(root.iter(W + "r")):
        run.addprevious(etree.Element(W + "proofErr", {W + "type": "spellStart"}))
        run.insert(0, etree.Element(W + "lastRenderedPageBreak"))
        properties = run.find(W + "rPr")
        if properties is not None:
            run.remove(properties)
            run.insert(0, properties)


def bookmarks(root: Any) -> None:
    """Put bookmarks around paragraphs."""
    for number, paragraph in enumerate(list(root.iter(W + "p"))):
        properties = paragraph.find(W + "pPr")
        start = etree.Element(W + "bookmarkStart", {W + "id": str(number), W + "name": f"_Ref{number}"})
        paragraph.insert(0 if properties is None else 1, start)
        paragraph.append(etree.Element(W + "bookmarkEnd", {W + "id": str(number)}))


def reordered(root: Any) -> None:
    """Write attributes in another order."""
    for element in root.iter():
        given = list(element.attrib.items())
        element.attrib.clear()
        for name, value in reversed(given):
            element.set(name, value)


def empty_runs(root: Any) -> None:
    """Put runs without anything in them before others."""
    for run in list(root.iter(W + "r")):
        empty = etree.Element(W + "r")
        properties = run.find(W + "rPr")
        if properties is not None:
            empty.append(copy.deepcopy(properties))
        run.addprevious(empty)


def languages(root: Any) -> None:
    """Say of each run in which language it is."""
    for run in root.iter(W + "r"):
        properties = run.find(W + "rPr")
        if properties is None:
            run.insert(0, properties := etree.Element(W + "rPr"))
        etree.SubElement(properties, W + "lang").set(W + "val", "nl-BE")


def smart_tags(root: Any) -> None:
    """Put runs in smart tags, as older Word does with names of places."""
    for run in list(root.iter(W + "r")):
        tag = etree.Element(W + "smartTag", {W + "element": "place"})
        run.addprevious(tag)
        tag.append(run)


def controls(root: Any) -> None:
    """Put whole paragraphs in content controls."""
    for paragraph in list(root.iter(W + "p")):
        control = etree.Element(W + "sdt")
        etree.SubElement(control, W + "sdtPr")
        paragraph.addprevious(control)
        etree.SubElement(control, W + "sdtContent").append(paragraph)


def plain_bold(root: Any) -> None:
    """Write off and on in the other way that Word knows."""
    for element in root.iter(W + "b", W + "i"):
        element.set(W + "val", "1")


def blank_lines(root: Any) -> None:
    """Put an empty paragraph after each table, as some programs must."""
    for table in list(root.iter(W + "tbl")):
        table.addnext(etree.Element(W + "p"))


def accepted_history(root: Any) -> None:
    """Keep track of who put in what is there, and of what was there before the paper was issued."""
    for run in list(root.iter(W + "r"))[::3]:
        mark = etree.Element(W + "ins", {W + "id": "1", W + "author": "A. Jurist", W + "date": "2021-01-01T00:00:00Z"})
        run.addprevious(mark)
        mark.append(run)


def renamed_styles(data: bytes) -> bytes:
    """Give every style another identifier, as LibreOffice and a Word in another language do."""

    def member(name: str, content: bytes) -> bytes:
        if not name.endswith(".xml") or not name.startswith("word/"):
            return content
        pattern = rb'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="|w:styleId=")([^"]+)"'
        return re.sub(pattern, rb'\1X\2"', content)

    return rewritten(data, member)


REWRITINGS: dict[str, Rewriting] = {
    "nothing at all": lambda data: data,
    "zipped anew": lambda data: rewritten(data, lambda _name, content: content),
    "runs cut into letters": in_body(split_runs),
    "session numbers": in_body(rsids),
    "identifiers of paragraphs": in_body(paragraph_ids),
    "marks of the spelling checker": in_body(proofing),
    "bookmarks": in_body(bookmarks),
    "attributes in another order": in_body(reordered, "word/document.xml", "word/styles.xml", "word/numbering.xml"),
    "empty runs": in_body(empty_runs),
    "language of every run": in_body(languages),
    "smart tags": in_body(smart_tags),
    "paragraphs in controls": in_body(controls),
    "switches written out": in_body(plain_bold, "word/document.xml", "word/styles.xml"),
    "an empty paragraph after a table": in_body(blank_lines),
    "insertions of before, still tracked": in_body(accepted_history),
    "styles with other identifiers": renamed_styles,
    "curly quotes made straight": in_text("[“”]", "&quot;"),
    "straight spaces made hard": in_text(r"(\d) (?=[a-z])", "\\1\u00a0"),
    "two spaces after a full stop": in_text(r"\. (?=[A-Z])", ".  "),
    "a soft hyphen in a long word": in_text("wijkver", "wijk\u00adver"),
    "another page count in the footer": in_text(">3<", ">12<", "word/footer1.xml"),
    "black said to be black": in_text("<w:r><w:t", '<w:r><w:rPr><w:color w:val="000000"/></w:rPr><w:t'),
    "as Strict Open XML": as_strict,
    "as Word for the web": lambda data: as_word_for_the_web(data, 3),
    "as Google Docs": lambda data: as_google_docs(data, 3),
    "as a newer LibreOffice": lambda data: as_newer_libreoffice(data, 3),
}
