"""The pages of a fillable PDF in the making: text and lines where they are put, each text under its mark."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.blank.markup import LINE
from pipeline.blank.pdf_font import Face, Subset

PAGE = (595.28, 841.89)
"""A4, in points."""

Box = tuple[float, float, float, float]
"""left, bottom, right, top, as PDF counts: from the foot of the page."""


class Run(NamedTuple):
    """A piece of text in one face, size and colour."""

    text: str
    face: Face
    size: float
    colour: str


class Mark(NamedTuple):
    """A piece of a page that belongs to an element of the structure."""

    page: int
    number: int


@dataclass(slots=True)
class Node:
    """An element of the structure: a heading, a paragraph, a table and its cells, a form field."""

    kind: str
    kids: list[Node | Mark] = field(default_factory=list)
    scope: str = ""
    """Of a header cell: Row or Column."""
    span: int = 1
    """Of a cell: the columns that it covers."""
    title: str = ""
    widgets: list[int] = field(default_factory=list)
    """Of a form field: the numbers of its places on the pages."""

    def add(self, kind: str, *, scope: str = "", span: int = 1, title: str = "") -> Node:
        """Give a new element below this one."""
        made = Node(kind, scope=scope, span=span, title=title)
        self.kids.append(made)
        return made


@dataclass(slots=True)
class Sheet:
    """The pages drawn so far; the last is the one that is drawn on."""

    contents: list[list[tuple[str, Sequence[tuple[float, float, Run]]]]] = field(default_factory=list)
    """By page, in order: an operator that opens, and the text in it; or a drawing, without text."""
    marks: list[list[Node]] = field(default_factory=list)
    """By page: the element to which each marked piece belongs."""

    @property
    def page(self) -> int:
        """The index of the last page."""
        return len(self.contents) - 1

    def turn(self) -> None:
        """Begin a page."""
        self.contents.append([])
        self.marks.append([])

    def write(self, node: Node, lines: Iterable[tuple[float, float, Sequence[Run]]]) -> None:
        """Write lines of text as one piece of an element; each has its left end and its base."""
        number = len(self.marks[-1])
        self.marks[-1].append(node)
        node.kids.append(Mark(self.page, number))
        self.contents[-1].append((f"/{node.kind} <</MCID {number}>> BDC", _placed(lines)))

    def decorate(self, page: int, kind: str, lines: Iterable[tuple[float, float, Sequence[Run]]]) -> None:
        """Write what comes again on every page, and is no part of what the form says."""
        self.contents[page].append((kind, _placed(lines)))

    def fill(self, box: Box, colour: str) -> None:
        """Fill a rectangle."""
        left, bottom, right, top = box
        drawn = f"{_colour(colour)} rg {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f"
        self.contents[-1].append((f"/Artifact BMC {drawn} EMC", ()))

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, width: float = 0.5) -> None:
        """Draw a line."""
        drawn = f"{_colour(colour)} RG {width} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"
        self.contents[-1].append((f"/Artifact BMC {drawn} EMC", ()))

    def frame(self, box: Box) -> None:
        """Draw the edge of a cell."""
        left, bottom, right, top = box
        drawn = f"{_colour(LINE)} RG 0.5 w {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S"
        self.contents[-1].append((f"/Artifact BMC {drawn} EMC", ()))

    def letters(self, face: Face) -> set[str]:
        """Give the letters written in a face, on all pages."""
        runs = (run for page in self.contents for _opening, placed in page for _x, _y, run in placed)
        return {letter for run in runs if run.face is face for letter in run.text}

    def drawn(self, page: int, fonts: Sequence[tuple[Face, str, Subset]]) -> bytes:
        """Give the content of a page, its text in the codes of these fonts."""
        named = {id(face): (name, subset) for face, name, subset in fonts}
        parts = []
        for opening, placed in self.contents[page]:
            parts.append(opening.encode())
            for x, y, run in placed:
                name, subset = named[id(run.face)]
                place = f"BT {_colour(run.colour)} rg /{name} {run.size:g} Tf {x:.2f} {y:.2f} Td "
                parts.append(place.encode() + subset.shown(run.text) + b" Tj ET")
            if placed:
                parts.append(b"EMC")
        return b"\n".join(parts)


def wrap(runs: Sequence[Run], width: float) -> Sequence[Sequence[Run]]:
    """Break text into lines no wider than this; only a word that is wider is broken."""
    return _wrapped(tuple(runs), width)


@functools.lru_cache(maxsize=1024)  # a cell is measured before it is drawn, and many say the same
def _wrapped(runs: tuple[Run, ...], width: float) -> tuple[Sequence[Run], ...]:
    lines: list[list[Run]] = [[]]
    left = width
    for word in _words(runs, width):
        room = _width(word)
        if lines[-1] and room - _space(word[-1]) > left:
            lines.append([])
            left = width
        lines[-1].extend(word)
        left -= room
    return tuple(_joined(line) for line in lines)


def _words(runs: Sequence[Run], width: float) -> Iterable[list[Run]]:
    """Give words, each with the space behind it; one may go on in the next run, as the star of a label does."""
    word: list[Run] = []
    for run in runs:
        for piece in re.findall(r"[^ ]*(?: +|$)", run.text):
            if not piece:
                continue
            word.extend(run._replace(text=part) for part in _parts(run, piece, width))
            if piece.endswith(" ") or len(word) > 1:
                yield from [word] if _width(word) - _space(word[-1]) <= width else ([part] for part in word)
                word = []
    if word:
        yield word


def _parts(run: Run, piece: str, width: float) -> Iterable[str]:
    """Cut a word that is wider than the line."""
    while run.face.width(piece.rstrip(" "), run.size) > width and len(piece) > 1:
        count = next(n for n in range(len(piece) - 1, 0, -1) if n == 1 or run.face.width(piece[:n], run.size) <= width)
        yield piece[:count]
        piece = piece[count:]
    yield piece


def _width(word: Sequence[Run]) -> float:
    return sum(run.face.width(run.text, run.size) for run in word)


def _space(run: Run) -> float:
    """Give the width of the space behind a word, which may stand outside the line."""
    return run.face.width(run.text, run.size) - run.face.width(run.text.rstrip(" "), run.size)


def _joined(line: Sequence[Run]) -> list[Run]:
    """Join the words of a line that look the same."""
    joined: list[Run] = []
    for run in line:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _placed(lines: Iterable[tuple[float, float, Sequence[Run]]]) -> list[tuple[float, float, Run]]:
    placed = []
    for left, base, runs in lines:
        x = left
        for run in runs:
            placed.append((x, base, run))
            x += run.face.width(run.text, run.size)
    return placed


def _colour(code: str) -> str:
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3g}" for at in (0, 2, 4))
