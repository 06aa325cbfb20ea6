"""Rewrite a Word file the way another program would have saved it: test code, as far as their habits are known.

None of these programs runs here. What each rewriting rests on is said with it; that their files are read was seen on
these rewritten ones only.
"""

from __future__ import annotations

import copy
import io
import itertools
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
EMPTY_COMMENTS = f'<w:comments xmlns:w="{W[1:-1]}"/>'


def rewritten(data: bytes, change: Callable[[str, bytes], bytes], more: dict[str, str] | None = None) -> bytes:
    """Give a zip with every member changed, and some added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info, change(info.filename, source.read(info.filename)))
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return made.getvalue()


# Strict Open XML -----------------------------------------------------------------------------------------------

_STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "officeDocument/math",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "officeDocument/extendedProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "officeDocument/docPropsVTypes",
    "http://schemas.openxmlformats.org/officeDocument/2006/customXml": "officeDocument/customXml",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "drawingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "drawingml/picture",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "drawingml/chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "drawingml/diagram",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "drawingml/wordprocessingDrawing",
}


def as_strict(data: bytes) -> bytes:
    """Save as "Strict Open XML Document": ISO/IEC 29500-1 has namespaces of its own.

    The relations take the same prefix, save those of the package; `extended-properties` becomes `extendedProperties`
    (Annex A there; the list of files with these names that LibreOffice tests itself with says the same). A switch is
    `true` or `false` and never `on` or `0`, sides are `start` and `end`, and the root says that it is strict.
    """

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")):
            return content
        text = content.decode()
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        text = text.replace(relations + "extended-properties", relations + "extendedProperties")
        text = text.replace(relations, "http://purl.oclc.org/ooxml/officeDocument/relationships/")
        for usual, strict in _STRICT.items():
            text = text.replace(f'"{usual}"', f'"http://purl.oclc.org/ooxml/{strict}"')
        text = re.sub(r'(<w:(?:vanish|titlePg|tblHeader|showingPlcHdr) w:val=)"(0|off)"', r'\1"false"', text)
        text = re.sub(r'(<w:jc w:val=)"left"', r'\1"start"', text)
        return text.replace("<w:document ", '<w:document w:conformance="strict" ', 1).encode()

    return rewritten(data, change)


# Google Docs ---------------------------------------------------------------------------------------------------


def as_google_docs(data: bytes, seed: int) -> bytes:
    """Save as Google Docs does after it opened a Word file.

    Known from files of it that are public and from what people found who take such files apart: the content controls
    of Word become plain text (their prompts too); runs and whole cells stand in controls of its own, locked, with the
    tag `goog_rdk_N`; every run says `w:rtl="0"` and keeps its spaces; runs without text stand between; identifiers of
    styles that it does not know are gone, and some styles stand there twice; fields are packed in one run; there is a
    part for comments without any in it; measures have fractions; the properties name no program.
    """
    pick, numbers = random.Random(seed), itertools.count()

    def control(inside: Any) -> Any:
        sdt = etree.Element(W + "sdt")
        properties = etree.SubElement(sdt, W + "sdtPr")
        etree.SubElement(properties, W + "lock").set(W + "val", "contentLocked")
        etree.SubElement(properties, W + "id").set(W + "val", str(-pick.randrange(10**9)))
        etree.SubElement(properties, W + "tag").set(W + "val", f"goog_rdk_{next(numbers)}")
        etree.SubElement(sdt, W + "sdtContent").append(inside)
        return sdt

    def document(root: Any) -> None:
        for sdt in list(root.iter(W + "sdt")):
            content = sdt.find(W + "sdtContent")
            for child in list(content):
                sdt.addprevious(child)
            sdt.getparent().remove(sdt)
        for run in list(root.iter(W + "r")):
            properties = run.find(W + "rPr")
            if properties is None:
                run.insert(0, properties := etree.Element(W + "rPr"))
            for style in properties.findall(W + "rStyle"):
                properties.remove(style)
            etree.SubElement(properties, W + "rtl").set(W + "val", "0")
            for text in run.iter(W + "t"):
                text.set(SPACE, "preserve")
            if pick.random() < 0.2:
                empty = copy.deepcopy(run)
                for child in empty.findall("*")[1:]:
                    empty.remove(child)
                run.addprevious(empty)
            if pick.random() < 0.2:
                place, at = run.getparent(), run.getparent().index(run)
                place.insert(at, control(run))
        for cell in list(root.iter(W + "tc")):
            if pick.random() < 0.3:
                place, at = cell.getparent(), cell.getparent().index(cell)
                place.insert(at, control(cell))
        for column in root.iter(W + "gridCol"):
            column.set(W + "w", f"{int(column.get(W + 'w', '0'))}.0000000000005")

    def change(name: str, content: bytes) -> bytes:
        if name == "docProps/app.xml":
            return re.sub(rb"<Application>.*?</Application>", b"", content)
        if name == "word/document.xml":
            root = etree.fromstring(content)
            document(root)
            return etree.tostring(root)
        if name == "word/styles.xml":
            root = etree.fromstring(content)
            for style in root.findall(W + "style")[:3]:
                double = copy.deepcopy(style)
                double.append(etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:vanish/></w:rPr>'))
                root.append(double)
            return etree.tostring(root)
        if name == "word/_rels/document.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
            relation = f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Relationships>'
            return content.replace(b"</Relationships>", relation.encode())
        return content

    return rewritten(data, change, {"word/comments.xml": EMPTY_COMMENTS})


# Word for the web ----------------------------------------------------------------------------------------------


def as_word_for_the_web(data: bytes, seed: int) -> bytes:
    """Save as Word for the web does.

    Known from reports of its users and of its makers: the properties say "Microsoft Word for the web"; every paragraph
    has identifiers of two kinds; text is cut into runs wherever somebody typed; the mark of the building block that
    holds the prompt of a control is lost; a control inside another may stand there without a paragraph between; typed
    text may keep the style of the prompt that it replaced.
    """
    pick = random.Random(seed)

    def cut(run: Any) -> None:
        text = run.find(W + "t")
        if text is None or len(run.findall(W + "t")) > 1 or len(text.text or "") < 2 or run[-1] is not text:
            return
        at = pick.randrange(1, len(text.text))
        rest = copy.deepcopy(run)
        rest.find(W + "t").text, text.text = text.text[at:], text.text[:at]
        for piece in (run, rest):
            piece.find(W + "t").set(SPACE, "preserve")
        run.addnext(rest)
        run.addnext(etree.fromstring(f'<w:proofErr xmlns:w="{W[1:-1]}" w:type="spellStart"/>'))

    def in_prompt_style(run: Any) -> None:
        properties = run.find(W + "rPr")
        if properties is None:
            run.insert(0, properties := etree.Element(W + "rPr"))
        if properties.find(W + "rStyle") is None:
            properties.insert(0, etree.Element(W + "rStyle", {W + "val": "PlaceholderText"}))

    def change(name: str, content: bytes) -> bytes:
        if name == "docProps/app.xml":
            return re.sub(rb"(<Application>).*?(</Application>)", rb"\1Microsoft Word for the web\2", content)
        if name != "word/document.xml":
            return content
        root = etree.fromstring(content)
        for number, paragraph in enumerate(root.iter(W + "p")):
            paragraph.set(W14 + "paraId", f"{number:08X}")
            paragraph.set("{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}textId", "77777777")
            paragraph.set(W + "rsidR", "00A77B3E")
        for properties in root.iter(W + "sdtPr"):
            for prompt in properties.findall(W + "placeholder"):
                properties.remove(prompt)
            filled = properties.find(W + "showingPlcHdr") is None and properties.find(W14 + "checkbox") is None
            if filled and pick.random() < 0.3:
                for run in properties.getparent().iter(W + "r"):
                    in_prompt_style(run)
        for run in list(root.iter(W + "r")):
            if pick.random() < 0.5:
                cut(run)
        return etree.tostring(root)

    return rewritten(data, change)


# Newer LibreOffice ---------------------------------------------------------------------------------------------

W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
REPEATING = (W15 + "repeatingSection", W15 + "repeatingSectionItem")


def as_newer_libreoffice(data: bytes, seed: int) -> bytes:
    """Save as LibreOffice does from version 7.5 on.

    Its makers wrote that titles and tags of controls are kept from then on (7.4, which the tests run, drops the tags).
    It has no repeating sections, as 7.4 shows: the controls of all rows then stand beside each other, with the same
    tags. A control that was filled in may go on saying that it shows its placeholder.
    """
    pick = random.Random(seed)

    def change(name: str, content: bytes) -> bytes:
        if name == "docProps/app.xml":
            return re.sub(rb"(<Application>).*?(</Application>)", rb"\1LibreOffice/24.8.4.2$Linux_X86_64\2", content)
        if name != "word/document.xml":
            return content
        root = etree.fromstring(content)
        for sdt in list(root.iter(W + "sdt")):
            properties = sdt.find(W + "sdtPr")
            if any(properties.find(mark) is not None for mark in REPEATING):
                for child in list(sdt.find(W + "sdtContent")):
                    sdt.addprevious(child)
                sdt.getparent().remove(sdt)
                continue
            filled = properties.find(W14 + "checkbox") is None and properties.find(W + "showingPlcHdr") is None
            if filled and pick.random() < 0.3:
                etree.SubElement(properties, W + "showingPlcHdr")
        return etree.tostring(root)

    return rewritten(data, change)
