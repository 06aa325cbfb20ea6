"""Our own blank form filled in Word: content controls typed in, rows added with the plus sign, boxes ticked."""

from __future__ import annotations

import copy
import io
import itertools
import random
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.bench.variants.contents import Answers
from tests.bench.variants.notations import Written
from tests.bench.variants.questions import FORMS, Form, Question

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(form: Form, answers: Answers, chance: random.Random) -> bytes:
    """Give the filled form."""
    source = zipfile.ZipFile(FORMS / "blanco" / f"{form.key}.docx")
    tree = etree.fromstring(source.read("word/document.xml"))
    _Typist(tree, chance).type(form, answers)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info.filename)
            if info.filename == "word/document.xml":
                data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(info.filename, data)
    return made.getvalue()


def without_ticks(data: bytes) -> tuple[bytes, list[bool]]:
    """Empty every box of a filled form; tell of each box in order whether it was ticked."""
    source = zipfile.ZipFile(io.BytesIO(data))
    text = source.read("word/document.xml").decode()
    ticked = [sign == "☒" for sign in text if sign in "☐☒"]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            main = info.filename == "word/document.xml"
            target.writestr(info.filename, text.replace("☒", "☐") if main else source.read(info.filename))
    return made.getvalue(), ticked


class _Typist:
    def __init__(self, tree: Any, chance: random.Random) -> None:
        self.tree = tree
        self.chance = chance
        self.keeps_blank_rows = chance.random() < 0.5
        self.ids: Iterator[int] = itertools.count(700_000)

    def type(self, form: Form, answers: Answers) -> None:
        for question in form.questions:
            answer = answers[question.key]
            if isinstance(answer, list):
                self.rows(question, answer)
            else:
                self.answer(self.tree, question, question.key, answer)

    def rows(self, question: Question, rows: list[dict[str, Written]]) -> None:
        (section,) = _tagged(self.tree, question.key)
        content = section.find(f"{W}sdtContent")
        pattern = copy.deepcopy(content[-1])
        while len(content) < len(rows):
            item = copy.deepcopy(pattern)
            for number in item.iter(f"{W}id"):
                number.set(f"{W}val", str(next(self.ids)))
            content.append(item)
        for number, (item, row) in enumerate(zip(content, rows, strict=False), start=1):
            if question.cards:
                title, *rest = next(item.iter(f"{W}tc")).iter(f"{W}t")
                title.text = f"{question.row_title} {number}"
                for piece in rest:
                    piece.text = ""
            for column in question.columns:
                self.answer(item, column, f"{question.key}.{column.key}", row[column.key])
        if not self.keeps_blank_rows:
            for item in content[max(len(rows), 1) :]:
                content.remove(item)

    def answer(self, scope: Any, question: Question, tag: str, answer: Written) -> None:
        if not answer.text:
            return
        controls = _tagged(scope, tag)
        if not controls:
            self.tick(scope, tag, question, answer)
            return
        (control,) = controls
        properties = control.find(f"{W}sdtPr")
        dated = properties.find(f"{W}date")
        if dated is not None and answer.sure and self.chance.random() < 0.5:
            year, month, day = answer.meaning.split("-")
            dated.set(f"{W}fullDate", f"{answer.meaning}T00:00:00Z")
            _write(control, f"{day}/{month}/{year}")
            return
        _write(control, answer.text, soft=self.chance.random() < 0.5)

    def tick(self, scope: Any, tag: str, question: Question, answer: Written) -> None:
        chosen = {answer.text} if question.kind == "yesno" else set(answer.meaning)
        for key in chosen:
            (box,) = _tagged(scope, f"{tag}={key}")
            box.find(f".//{W14}checked").set(f"{W14}val", "1")
            box.find(f".//{W}t").text = "☒"


def _tagged(scope: Any, tag: str) -> list[Any]:
    return [found.getparent().getparent() for found in scope.iter(f"{W}tag") if found.get(f"{W}val") == tag]


def _write(control: Any, text: str, *, soft: bool = True) -> None:
    """Type a text in a control: its lines as line breaks, or (in a rich one) pressed with Enter as paragraphs."""
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    for shown in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(shown)
    for child in list(content):
        content.remove(child)
    lines = text.split("\n")
    paragraph = control.getparent()
    alone = paragraph.tag == f"{W}p" and len(paragraph.findall(f"{W}sdt")) == 1 and not paragraph.findall(f"{W}r")
    rich = all(properties.find(f"{W}{kind}") is None for kind in ("text", "date", "comboBox", "dropDownList"))
    if soft or len(lines) == 1 or not (alone and rich):
        content.append(_run(lines))
        return
    style = paragraph.find(f"{W}pPr")
    paragraph.getparent().replace(paragraph, control)  # Word turns it into a control around whole paragraphs
    for line in lines:
        made = etree.SubElement(content, f"{W}p")
        if style is not None:
            made.append(copy.deepcopy(style))
        if line:
            made.append(_run([line]))


def _run(lines: list[str]) -> Any:
    run = etree.Element(f"{W}r")
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(run, f"{W}br")
        if line:
            piece = etree.SubElement(run, f"{W}t")
            piece.text = line
            piece.set(_SPACE, "preserve")
    return run
