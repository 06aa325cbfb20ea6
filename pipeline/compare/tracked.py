"""Tracked changes of Word: tell them, and take them all one way (ISO/IEC 29500-1, 17.13.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pipeline.ooxml.names import W

_ADDED = (W + "ins", W + "moveTo")
_TAKEN = (W + "del", W + "moveFrom")
_CELLS = (W + "cellIns", W + "cellDel")
_FORMER = tuple(
    W + name
    for name in ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange")
)
_RANGES = tuple(
    W + name
    for name in (
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
        "numberingChange",
        "cellMerge",
    )
)
_MARKS = frozenset({W + "rPr", W + "trPr"})
_P, _PPR, _RPR, _TR, _TBL = W + "p", W + "pPr", W + "rPr", W + "tr", W + "tbl"


class Side(Enum):
    """Which way the changes are taken."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A change that somebody made while Word kept track."""

    kind: str
    """inserted, deleted or formatting."""
    text: str
    author: str
    date: str
    """As Word writes it: `2022-02-01T10:00:00Z`, without any proof of the time zone; may be empty."""


def tracked(root: Any) -> tuple[Tracked, ...]:
    """Give the tracked changes of a part, in order; neighbours by the same hand are one."""
    found: list[Tracked] = []
    last: Any = None
    for element in root.iter(*_ADDED, *_TAKEN, *_FORMER, *_CELLS):
        added, taken = (*_ADDED, _CELLS[0]), (*_TAKEN, _CELLS[1])
        kind = "inserted" if element.tag in added else "deleted" if element.tag in taken else "formatting"
        text = _words(element) if element.tag in (*_ADDED, *_TAKEN) else _words(_holder(element))
        if not text:
            text = _words(_holder(element)) if element.getparent().tag == W + "trPr" else ""
        if not text and kind != "formatting":
            continue
        one = Tracked(kind, text, element.get(W + "author", ""), element.get(W + "date", ""))
        joins = found and last is not None and element.getprevious() is last
        if joins and (one.kind, one.author) == (found[-1].kind, found[-1].author):
            found[-1] = Tracked(kind, found[-1].text + text, found[-1].author, found[-1].date)
        else:
            found.append(one)
        last = element
    return tuple(found)


def resolve(root: Any, side: Side = Side.ACCEPTED) -> None:
    """Take all tracked changes of a part one way; the tree is changed.

    Args:
        root: the root element of the part.
        side: whether they are accepted or rejected.
    """
    stays, goes = (_ADDED, _TAKEN) if side is Side.ACCEPTED else (_TAKEN, _ADDED)
    for element in list(root.iter(*_FORMER)):
        _settle(element, restore=side is Side.REJECTED)
    for element in list(root.iter(*_RANGES)):
        element.getparent().remove(element)
    _cells(root, side)
    for element in list(root.iter(*goes)):
        if element.getparent() is None or root not in element.iterancestors():
            continue
        if element.getparent().tag in _MARKS:
            _without_mark(element, goes)
        else:
            _drop(element)
    for element in list(root.iter(*stays)):
        if element.getparent().tag in _MARKS:
            element.getparent().remove(element)
        else:
            _unwrap(element)
    for text in list(root.iter(W + "delText")):
        text.tag = W + "t"
    for text in list(root.iter(W + "delInstrText")):
        text.tag = W + "instrText"


def _settle(element: Any, *, restore: bool) -> None:
    """Take away the note of a former look; put that look back where the change is rejected."""
    now = element.getparent()
    now.remove(element)
    if restore:
        kept = [child for child in now if child.tag in (_RPR, W + "sectPr") and now.tag == _PPR]
        former = element[0] if len(element) else None
        now[:] = [*([] if former is None else list(former)), *kept]


def _cells(root: Any, side: Side) -> None:
    """Take cells that were put in or taken away one way."""
    goes, stays = ("cellDel", "cellIns") if side is Side.ACCEPTED else ("cellIns", "cellDel")
    for mark in list(root.iter(W + goes)):
        cell = mark.getparent().getparent()
        cell.getparent().remove(cell)
    for mark in list(root.iter(W + stays)):
        mark.getparent().remove(mark)


def _without_mark(mark: Any, goes: tuple[str, ...]) -> None:
    """Take away the row, or the end of the paragraph, that a mark says is gone."""
    holder = mark.getparent()
    if holder.tag == W + "trPr":
        row = holder.getparent()
        table = row.getparent()
        table.remove(row)
        if table.tag == _TBL and next(table.iter(_TR), None) is None:
            table.getparent().remove(table)
        return
    properties = holder.getparent()
    holder.remove(mark)
    if properties.tag != _PPR:  # the mark of a run: gone with the run itself
        return
    _join(properties.getparent(), goes)


def _join(paragraph: Any, goes: tuple[str, ...]) -> None:
    """Join a paragraph without its end to the one that follows, whose look stays."""
    after = paragraph.getnext()
    while after is not None and after.tag in (W + "bookmarkStart", W + "bookmarkEnd", W + "proofErr"):
        after = after.getnext()
    content = [child for child in paragraph if child.tag != _PPR]
    if after is None or after.tag != _P:
        before = paragraph.getprevious()
        needless = (after is not None and after.tag == _TBL) or (before is not None and before.tag == _P)
        if needless and all(child.tag in goes for child in content):
            paragraph.getparent().remove(paragraph)
        return
    first = after.find(_PPR)
    place = 0 if first is None else after.index(first) + 1
    for number, child in enumerate(content):
        after.insert(place + number, child)
    paragraph.getparent().remove(paragraph)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    place = parent.index(element)
    parent[place : place + 1] = list(element)


def _drop(element: Any) -> None:
    element.getparent().remove(element)


def _holder(element: Any) -> Any:
    """Give what a mark is about: the row, the run or the paragraph."""
    parent = element.getparent()
    while parent is not None and parent.tag.endswith("Pr"):
        parent = parent.getparent()
    return element if parent is None else parent


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t", W + "delText"))
