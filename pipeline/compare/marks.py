"""Write tracked changes of Word: who, when, what was put in and what was taken away (ISO/IEC 29500-1, 17.13.5)."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from lxml import etree

from pipeline.compare.looks import Look
from pipeline.ooxml.names import VAL, W

AUTHOR = "vergelijking"
_RPR, _PPR, _TRPR = W + "rPr", W + "pPr", W + "trPr"
_DELETED = {W + "t": W + "delText", W + "instrText": W + "delInstrText"}
_ORDER = {
    W + name: number
    for number, name in enumerate(
        (
            "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
            "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
            "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
            "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange",
        )
    )
}  # fmt: skip
"""The order of properties of a run (17.3.2.28)."""
_PROPERTY_ORDER = {
    W + name: number
    for number, name in enumerate(
        (
            "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
            "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
            "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
            "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
            "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
        )
    )
}  # fmt: skip
"""The order of properties of a paragraph (17.3.1.26)."""
_LAST = 1_000
"""Stands for what newer versions of Word added: it comes after all else."""


class Marks:
    """Gives marks of tracked changes, each with a number of its own.

    Args:
        day: the day on which the files were compared.
    """

    def __init__(self, day: dt.date) -> None:
        self._moment = f"{day.isoformat()}T00:00:00Z"
        self._last = 90_000

    def _mark(self, name: str) -> Any:
        self._last += 1
        given = {W + "id": str(self._last), W + "author": AUTHOR, W + "date": self._moment}
        return etree.Element(W + name, given)

    def insert(self, *content: Any) -> Any:
        """Give content as put in."""
        mark = self._mark("ins")
        mark.extend(content)
        return mark

    def delete(self, content: Any) -> Any:
        """Mark something in the text, a run or a formula, as taken away; give the mark around it."""
        mark = self._mark("del")
        content.addprevious(mark)
        mark.append(content)
        for child in content:
            child.tag = _DELETED.get(child.tag, child.tag)
            if child.tag == W + "delText":
                keep_spaces(child)
        return mark

    def end(self, paragraph: Any, name: str) -> None:
        """Mark the end of a paragraph as put in (`ins`) or taken away (`del`)."""
        properties = properties_of(paragraph)
        run = properties.find(_RPR)
        if run is None:
            run = place_property(properties, etree.Element(_RPR))
        if run.find(W + name) is None:
            run.insert(0, self._mark(name))

    def row(self, row: Any, name: str) -> None:
        """Mark a row of a table as put in (`ins`) or taken away (`del`)."""
        properties = row.find(_TRPR)
        if properties is None:
            properties = etree.Element(_TRPR)
            before = row.find(W + "tblPrEx")
            row.insert(0 if before is None else 1, properties)
        properties.append(self._mark(name))

    def look(self, run: Any, have: Look, want: Look) -> None:
        """Change the look of a run, and keep how it was."""
        properties = run.find(_RPR)
        if properties is None:
            properties = etree.Element(_RPR)
            run.insert(0, properties)
        former = self._mark("rPrChange")
        former.append(copy.deepcopy(properties))
        dress(properties, have, want)
        properties.append(former)

    def paragraph(self, paragraph: Any, former: Any) -> None:
        """Keep how the properties of a paragraph were.

        Args:
            paragraph: it has its new ones.
            former: its `w:pPr` of before; None when it had none.
        """
        mark = self._mark("pPrChange")
        kept = etree.SubElement(mark, _PPR)
        for child in () if former is None else former:
            if child.tag not in (_RPR, W + "sectPr", W + "pPrChange"):
                kept.append(copy.deepcopy(child))
        place_property(properties_of(paragraph), mark)


def properties_of(paragraph: Any) -> Any:
    """Give the properties of a paragraph; it gets them when it has none."""
    properties = paragraph.find(_PPR)
    if properties is None:
        properties = etree.Element(_PPR)
        paragraph.insert(0, properties)
    return properties


def place_property(properties: Any, child: Any) -> Any:
    """Put a property of a paragraph where it belongs among the others."""
    _place(properties, child, _PROPERTY_ORDER)
    return child


def keep_spaces(text: Any) -> None:
    """Say that the spaces at both ends of a text count."""
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def run_of(text: str, properties: Any) -> Any:
    """Give a run with this text and a copy of these properties, if any."""
    run = etree.Element(W + "r")
    if properties is not None and len(properties):
        run.append(copy.deepcopy(properties))
    words = etree.SubElement(run, W + "t")
    words.text = text
    keep_spaces(words)
    return run


def dress(properties: Any, have: Look, want: Look) -> None:
    """Change properties of a run so that it looks otherwise.

    Args:
        properties: its `w:rPr`.
        have: how it looks with them.
        want: how it must look.
    """
    for field, tag in (
        ("bold", "b"),
        ("italic", "i"),
        ("struck", "strike"),
        ("capitals", "caps"),
        ("small_capitals", "smallCaps"),
    ):
        if getattr(have, field) != getattr(want, field):
            _set(properties, tag, "1" if getattr(want, field) else "0")
    if have.struck and not want.struck and properties.find(W + "dstrike") is not None:
        _set(properties, "dstrike", "0")
    if have.underlined != want.underlined:
        _set(properties, "u", "single" if want.underlined else "none")
    if have.raised != want.raised:
        _set(properties, "vertAlign", want.raised or "baseline")
    if have.colour != want.colour:
        _set(properties, "color", want.colour or "auto")
    if have.size != want.size:
        _set(properties, "sz", str(want.size))
        _set(properties, "szCs", str(want.size))
    if have.marked != want.marked:
        _set(properties, "highlight", want.marked or "none")
    if have.ground != want.ground:
        _set(properties, "shd", "clear").set(W + "fill", want.ground or "auto")


def _set(properties: Any, name: str, value: str) -> Any:
    found = properties.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        _place(properties, found, _ORDER)
    found.attrib.clear()
    found.set(VAL, value)
    return found


def _place(properties: Any, child: Any, order: dict[str, int]) -> None:
    """Put a property among the others, in the order that the schema asks."""
    mine = order[child.tag]
    later = (place for place, each in enumerate(properties) if order.get(each.tag, _LAST) > mine)
    properties.insert(next(later, len(properties)), child)
