"""Remarks written as Word comments into a copy of a template, beside the words that they are about."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.language import _
from pipeline.ooxml.names import W
from pipeline.renderers.marking import saved
from pipeline.renderers.whereabouts import Whereabouts, whereabouts

BY = "wijkcontract lint"
"""Who wrote the comments; earlier ones of the same author are taken away first."""
_BODY = "word/document.xml"
_MARKS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark."""

    part: str
    """The part that it is about; Word takes comments in the body only."""
    index: int
    """Number of its paragraph among all `w:p` of the part, from 0; -1 for none."""
    text: str
    place: str = ""
    """Where in its part it is, as a person counts."""


def with_remarks(data: bytes, remarks: Iterable[Remark], on: dt.date) -> bytes:
    """Give a copy of a Word file with each remark as a comment.

    A remark on a paragraph of the body stands there. Any other says where it belongs, and stands where the body comes
    nearest to that: at the first paragraph under a header, at the words of a note, else at the first paragraph.

    Args:
        data: the bytes of the Word file.
        remarks: what to write, in order.
        on: the day that the comments bear.
    """
    from docx import Document

    document: Any = Document(io.BytesIO(data))
    body = document.element.body
    _without_earlier(document)
    paragraphs = list(document.element.iter(W + "p"))
    if not paragraphs:
        paragraphs = [document.add_paragraph()._p]  # noqa: SLF001 - python-docx has no other way to its element
    for remark in remarks:
        text, near = remark.text, None
        if remark.part == _BODY:
            near = paragraphs[remark.index] if 0 <= remark.index < len(paragraphs) else None
        else:
            where = whereabouts(document, remark.part, remark.index)
            text, near = f"{text}\n{_elsewhere(where, remark)}", where.paragraph
        paragraph = paragraphs[0] if near is None else _outermost(near, body)
        comment = document.part._comments_part.comments.add_comment(text, BY, "lint")  # noqa: SLF001 - likewise
        element = comment._comment_elm  # noqa: SLF001 - likewise
        element.set(W + "date", f"{on}T00:00:00Z")
        _anchor(paragraph, element.get(W + "id"))
    return saved(document)


def _elsewhere(where: Whereabouts, remark: Remark) -> str:
    """Say where a remark belongs that cannot stand there."""
    said = ", ".join(each for each in (where.words, remark.place) if each)
    return _("Niet hier, maar in: {where}. Word neemt daar geen opmerking op.").format(where=said)


def _without_earlier(document: Any) -> None:
    """Take away the comments that an earlier lint wrote."""
    written = document.part._comments_part.element  # noqa: SLF001 - python-docx has no other way to its element
    earlier = {each.get(W + "id"): each for each in written.iter(W + "comment") if each.get(W + "author") == BY}
    for each in earlier.values():
        written.remove(each)
    for mark in list(document.element.iter(*_MARKS)):
        if mark.get(W + "id") in earlier:
            gone = mark.getparent() if mark.tag == _MARKS[2] else mark
            gone.getparent().remove(gone)


def _outermost(paragraph: Any, body: Any) -> Any:
    """Give the paragraph that holds a text box, for one in it: Word allows no comment there."""
    around = [each for each in paragraph.iterancestors(W + "p") if body in each.iterancestors()]
    return around[-1] if around else paragraph


def _anchor(paragraph: Any, number: str) -> None:
    """Let a comment point to a whole paragraph."""
    start, end, run = (paragraph.makeelement(name, {}) for name in (_MARKS[0], _MARKS[1], W + "r"))
    reference = paragraph.makeelement(_MARKS[2], {W + "id": number})
    for mark in (start, end):
        mark.set(W + "id", number)
    run.append(reference)
    first = 0
    while first < len(paragraph) and paragraph[first].tag in (W + "pPr", _MARKS[0]):
        first += 1
    paragraph.insert(first, start)
    paragraph.extend([end, run])
