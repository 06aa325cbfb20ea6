"""Fills a blank Word form as a person does in Word: test code, independent of the readers."""

from __future__ import annotations

import copy
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lxml import etree

from pipeline.form import Field, Form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(blank: bytes, answers: Mapping[str, Any], form: Form, *, keep_blank_rows: bool = False) -> bytes:
    """Give the form with its controls filled; what is not in `answers` stays as it was.

    Answers are texts as typed, or values: `date`, `Decimal` (written 1.234,50), `int`, `bool` (ja/nee), a
    sequence of choice values, and for a table a sequence of mappings column → answer. Rows are added as the plus
    sign of Word does; blank rows that remain are removed unless `keep_blank_rows`.
    """
    source = zipfile.ZipFile(io.BytesIO(blank))
    tree = etree.fromstring(source.read("word/document.xml"))
    ids = itertools.count(900_000)
    for field in form.fields():
        if field.key not in answers:
            continue
        answer = answers[field.key]
        if field.columns:
            _fill_rows(tree, field, answer, ids, keep_blank_rows=keep_blank_rows)
        else:
            _fill_field(tree, field, field.key, answer)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info.filename)
            if info.filename == "word/document.xml":
                data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(zipfile.ZipInfo(info.filename, (2021, 7, 1, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _fill_rows(
    tree: Any, field: Field, rows: Sequence[Mapping[str, Any]], ids: Iterator[int], *, keep_blank_rows: bool
) -> None:
    section = _controls(tree, field.key)[0].find(f"{W}sdtContent")
    items = list(section)
    pattern = copy.deepcopy(items[-1])
    for _missing in range(len(rows) - len(items)):
        item = copy.deepcopy(pattern)
        for number in item.iter(f"{W}id"):
            number.set(f"{W}val", str(next(ids)))
        section.append(item)
    items = list(section)
    for number, (item, row) in enumerate(zip(items, rows, strict=False), start=1):
        if field.layout == "cards":
            _retitle(item, f"{field.row_title or field.label} {number}")
        for column in field.columns:
            if column.key in row:
                _fill_field(item, column, f"{field.key}.{column.key}", row[column.key])
    if not keep_blank_rows:
        for item in items[max(len(rows), 1) :]:
            section.remove(item)


def _retitle(item: Any, title: str) -> None:
    texts = list(next(item.iter(f"{W}tc")).iter(f"{W}t"))
    texts[0].text = title
    for text in texts[1:]:
        text.text = ""
    for caption in item.iter(f"{W}tblCaption"):
        caption.set(f"{W}val", title)


def _fill_field(scope: Any, field: Field, tag: str, answer: Any) -> None:
    controls = _controls(scope, tag)
    if not controls:
        yesno = field.type.value == "yesno"
        chosen = {written(answer).lower()} if yesno else set(answer)
        for box in _boxes(scope, tag):
            value = box.find(f"{W}sdtPr/{W}tag").get(f"{W}val").split("=", 1)[1]
            _tick(box, checked=value in chosen)
            chosen.discard(value)
        assert chosen <= {""}, f"{tag}: geen vakje voor {chosen}"
        return
    (control,) = controls
    text = written(answer)
    properties = control.find(f"{W}sdtPr")
    listed = [item for kind in ("dropDownList", "comboBox") for item in properties.iterfind(f"{W}{kind}/{W}listItem")]
    for item in listed:
        if text == item.get(f"{W}value"):
            text = item.get(f"{W}displayText")
    if isinstance(answer, dt.date):
        properties.find(f"{W}date").set(f"{W}fullDate", f"{answer.isoformat()}T00:00:00Z")
    if text:
        _write(control, text)


def written(answer: Any) -> str:
    """Give an answer as a Belgian types it."""
    match answer:
        case bool():
            return "ja" if answer else "nee"
        case Decimal():
            return f"{answer:,.2f}".translate(str.maketrans(",.", ".,"))
        case dt.date():
            return f"{answer:%d/%m/%Y}"
        case _:
            return str(answer)


def _write(control: Any, text: str) -> None:
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    for shown in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(shown)
    for child in list(content):
        content.remove(child)
    run = etree.SubElement(content, f"{W}r")
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        for position, piece in enumerate(line.split("\t")):
            if position:
                etree.SubElement(run, f"{W}tab")
            if piece:
                made = etree.SubElement(run, f"{W}t")
                made.text = piece
                made.set(XML_SPACE, "preserve")


def _tick(box: Any, *, checked: bool) -> None:
    box.find(f".//{W14}checked").set(f"{W14}val", "1" if checked else "0")
    box.find(f".//{W}t").text = "☒" if checked else "☐"


def _controls(scope: Any, tag: str) -> list[Any]:
    return [found.getparent().getparent() for found in scope.iter(f"{W}tag") if found.get(f"{W}val") == tag]


def _boxes(scope: Any, tag: str) -> list[Any]:
    return [
        found.getparent().getparent() for found in scope.iter(f"{W}tag") if found.get(f"{W}val").startswith(f"{tag}=")
    ]
