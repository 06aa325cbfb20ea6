"""A second opinion on doubtful paragraphs of a PDF: pdfplumber gives every character, spaces at line ends included."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from pipeline.document import Block, Box, Paragraph, paragraphs
from pipeline.language import _
from pipeline.readers.pdf_lines import Line
from pipeline.readers.pdf_pages import Page

_AROUND = 1.5
"""Points around a paragraph in which the middle of its characters stands."""
_BEYOND = 6.0
"""Points to its right where a space may stand that did not fit."""
_MOST_PAGES = 8
"""Doubtful pages that are read twice; a document with more is doubtful as a whole."""


def worth_asking(joints: Mapping[int, Sequence[Line]], pages: Iterable[Page]) -> frozenset[int]:
    """Give the numbers of the paragraphs of which a second reading may settle the joints.

    It costs as much as reading ten pages, and can only settle a line end where a space is drawn that pdfium did
    not give as a character.

    Args:
        joints: the lines of the paragraphs, by number, of which only the joining of lines is doubtful.
        pages: of the document.
    """
    unseen = {page.number: page.unseen for page in pages}
    return frozenset(
        number
        for number, lines in joints.items()
        if all(line.space or _is_followed(line, unseen[line.page]) for line in lines[:-1])
    )


def _is_followed(line: Line, places: Iterable[tuple[float, float]]) -> bool:
    """Tell whether one of these places is at the end of a line."""
    size = line.style.size
    return any(-size < x - line.right < size + _BEYOND and abs(y - line.base) < size for x, y in places)


def second_opinion(blocks: Sequence[Block], joints: AbstractSet[int], data: bytes) -> tuple[Block, ...]:
    """Read pages with doubtful line joints again, and say which doubts that settles.

    A doubt goes when a space is seen at the end of every line of the paragraph. A paragraph in which as many but
    other characters are seen is doubtful. What cannot be seen stays as it was.

    Args:
        blocks: of the whole document, as read first.
        joints: numbers of the paragraphs of which only the joining of lines is doubtful.
        data: the whole file.
    """
    numbers = sorted({p.location.page or 0 for p in paragraphs(tuple(blocks)) if p.location.paragraph in joints})
    pages = _characters(data, numbers) if 0 < len(numbers) <= _MOST_PAGES else {}
    return tuple(_again(block, joints, pages) for block in blocks) if pages else tuple(blocks)


def _characters(data: bytes, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Give the characters of pages in the order in which they are printed; of a turned page none."""
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    found = {}
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(numbers)) as document:
            for page in document.pages:
                if not page.rotation:
                    found[page.page_number] = page.chars
                page.close()
    except (PSException, PdfminerException, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return {}
    return found


def _again(block: Block, joints: AbstractSet[int], pages: Mapping[int, list[dict[str, Any]]]) -> Block:
    if isinstance(block, Paragraph):
        doubtful = block.location.paragraph in joints
        return _judged(block, pages.get(block.location.page or 0, []), doubtful=doubtful)
    rows = tuple(
        tuple(replace(cell, blocks=tuple(_again(each, joints, pages) for each in cell.blocks)) for cell in row)
        for row in block.rows
    )
    return block if rows == block.rows else replace(block, rows=rows)


def _judged(paragraph: Paragraph, characters: Iterable[dict[str, Any]], *, doubtful: bool) -> Paragraph:
    box = paragraph.location.box
    if box is None or (paragraph.uncertain and not doubtful):
        return paragraph
    bare, spaces = _spaced("".join(character["text"] for character in _inside(characters, box)))
    lines = [_spaced(line)[0] for line in paragraph.lines]
    whole = "".join(lines)
    if bare != whole:
        seen, read = ([each for each in text if each.isalnum()] for text in (bare, whole))
        other = not paragraph.uncertain and len(seen) == len(read) and seen != read
        return replace(paragraph, uncertain=_other()) if other else paragraph
    if doubtful and len(lines) > 1 and all(end in spaces for end in _ends(lines)):
        return replace(paragraph, text=unicodedata.normalize("NFC", " ".join(paragraph.lines)).strip(), uncertain="")
    return paragraph


def _inside(characters: Iterable[dict[str, Any]], box: Box) -> Iterator[dict[str, Any]]:
    left, top, right, bottom = box
    for character in characters:
        x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
        if left - _AROUND <= x <= right + _BEYOND and top - _AROUND <= y <= bottom + _AROUND:
            yield character


def _spaced(text: str) -> tuple[str, frozenset[int]]:
    """Give a text without its white space, and after how many characters white space stood."""
    bare: list[str] = []
    spaces = set()
    for character in unicodedata.normalize("NFKC", text):
        if character.isspace():
            spaces.add(len(bare))
        else:
            bare.append(character)
    return "".join(bare), frozenset(spaces)


def _ends(lines: Sequence[str]) -> Iterator[int]:
    """Give after how many characters each line but the last ends."""
    count = 0
    for line in lines[:-1]:
        count += len(line)
        yield count


def _other() -> str:
    return _("een tweede lezing ziet hier andere tekens")
