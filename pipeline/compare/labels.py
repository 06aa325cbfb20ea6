"""Count the numbers that Word puts before paragraphs: «Artikel 3.», «(a)», «•» (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.compare.looks import Looks
from pipeline.compare.version import Numbering
from pipeline.ooxml.names import OFF, VAL, W
from pipeline.readers.numbers import whole

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
BULLET = "•"
"""Stands for every sign of a list without numbers: programs draw it each in their own way."""


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    by_style: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Number:
    kept: str
    changed: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Labels:
    """Counts while a document is walked through in order.

    Args:
        root: the root element of the numbering part; None for a file without.
        looks: the styles of the file.
    """

    def __init__(self, root: Any, looks: Looks) -> None:
        self._looks = looks
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, _Number] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self.last: Numbering | None = None
        """In which list the last paragraph was counted; None when in none."""
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for one in root.iterchildren(W + "abstractNum"):
            made = _List()
            for level in one.iterchildren(W + "lvl"):
                depth = whole(level.get(W + "ilvl")) or 0
                made.levels[depth] = _level(level)
                style = _value(level.find(W + "pStyle"))
                if style:
                    made.by_style[style] = depth
            self._lists[one.get(W + "abstractNumId", "")] = made
        for one in root.iterchildren(W + "num"):
            number = _Number(_value(one.find(W + "abstractNumId")))
            for change in one.iterchildren(W + "lvlOverride"):
                depth = whole(change.get(W + "ilvl")) or 0
                start = whole(_value(change.find(W + "startOverride")))
                if start is not None:
                    number.starts[depth] = start
                level = change.find(W + "lvl")
                if level is not None:
                    number.changed[depth] = _level(level)
            self._numbers[one.get(W + "numId", "")] = number

    def next(self, properties: Any, style: str) -> str:
        """Give the label of the next paragraph; empty when it has none.

        Args:
            properties: its `w:pPr`, or None.
            style: the identifier of its style.
        """
        self.last = None
        own = None if properties is None else properties.find(W + "numPr")
        inherited = self._looks.paragraph_property(style, W + "numPr")
        identifier = _inside(own, "numId") or _inside(inherited, "numId")
        number = self._numbers.get(identifier)
        made = None if number is None else self._lists.get(number.kept)
        if number is None or made is None:
            return ""
        depth = whole(_inside(own, "ilvl"))
        if depth is None:
            depth = made.by_style.get(style, whole(_inside(inherited, "ilvl")) or 0)
        depth = min(depth, _LEVELS - 1)
        levels = (self._level(number, made, each) for each in range(depth + 1))
        formats = tuple((each.kind, "" if each.kind == "bullet" else each.text, each.legal) for each in levels)
        self.last = Numbering(identifier, depth, formats)
        return self._count(identifier, number, made, depth)

    def _count(self, identifier: str, number: _Number, made: _List, depth: int) -> str:
        counts = self._counts.setdefault(number.kept, [None] * _LEVELS)
        if identifier not in self._begun:
            self._begun.add(identifier)
            for each, start in number.starts.items():
                if each < _LEVELS:
                    counts[each] = start - 1
        level = self._level(number, made, depth)
        held = counts[depth]
        counts[depth] = level.start if held is None else held + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = self._level(number, made, deeper).restart
            if restart is None or 0 < restart <= depth + 1:
                counts[deeper] = None
        if level.kind == "bullet":
            return BULLET
        return self._write(counts, number, made, level)

    def _write(self, counts: list[int | None], number: _Number, made: _List, level: _Level) -> str:
        text = level.text
        for depth in range(_LEVELS):
            mark = f"%{depth + 1}"
            if mark in text:
                each = self._level(number, made, depth)
                count = counts[depth]
                kind = "decimal" if level.legal else each.kind
                text = text.replace(mark, _written(each.start if count is None else count, kind))
        return " ".join(text.split())

    @staticmethod
    def _level(number: _Number, made: _List, depth: int) -> _Level:
        return number.changed.get(depth) or made.levels.get(depth) or _Level(kind="none")


def _level(element: Any) -> _Level:
    start = whole(_value(element.find(W + "start")))
    legal = element.find(W + "isLgl")
    return _Level(
        1 if start is None else start,
        _value(element.find(W + "numFmt")) or "decimal",
        _value(element.find(W + "lvlText")),
        whole(_value(element.find(W + "lvlRestart"))),
        legal is not None and legal.get(VAL, "1") not in OFF,
    )


def _inside(properties: Any, name: str) -> str:
    return "" if properties is None else _value(properties.find(W + name))


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(VAL, ""))


def _written(number: int, kind: str) -> str:
    """Write a number as a list does; kinds that Dutch papers do not use are written as digits."""
    if kind == "none" or number < 0:
        return ""
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number) if kind == "lowerRoman" else _roman(number).upper()
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * min(number // value, 30)
        number %= value
    return written
