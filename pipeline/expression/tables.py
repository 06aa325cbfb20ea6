"""Filters that hold tables against each other: numbers named in cells, sums by key, rows that agree, file names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from jinja2 import UndefinedError

from pipeline import language
from pipeline.expression.gaps import Gap
from pipeline.expression.records import Chosen, Record
from pipeline.values.folding import fold, plain_spaces

_SEPARATORS = re.compile(r"[;,\n]")
_ID_SEPARATORS = re.compile(r"[;,\n/+&]|\ben\b", re.IGNORECASE)
_ID = re.compile(r"(?P<word>[A-Z]{0,3})[ .]?(?P<number>\d+)(?=$|[^A-Z0-9])")
_RANGE = re.compile(r"(?P<word>[A-Z]{1,3})(?P<first>\d+) ?(?:-|T/M|T\.?E\.?M\.?|TOT EN MET) ?(?P=word)?(?P<last>\d+)\Z")
_ENDING = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|jpe?g|png|tiff?|zip|eml|msg|txt|csv)\Z")
_BESIDE = re.compile(r"\([^()]*\)")
_LONGEST_RANGE = 100
_NOTHING = Decimal(0)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Gap):
        if not value.is_nothing:
            value.meet()
    elif isinstance(value, Chosen):
        yield value.key
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    else:
        raise UndefinedError(language._("«{value}» is geen tekst").format(value=value))


def ids(value: Any) -> list[str]:
    """Give the numbers that a cell names, or cells one by one: `p1, P3 en P4` gives P1, P3, P4; `A1 - A3` gives three.

    What stands after a number (`A1 Wijkregisseur`) is left out; a cell without number stands for itself. A
    number that stands twice in one cell counts once.
    """
    return [name for text in _texts(value) for name in dict.fromkeys(_ids(text))]


def _ids(text: str) -> Iterator[str]:
    for piece in _ID_SEPARATORS.split(_BESIDE.sub("", text)):
        plain = plain_spaces(piece).upper()
        if not plain:
            continue
        several = plain.split(" ")
        if span := _RANGE.match(plain):
            first, last = int(span["first"]), int(span["last"])
            if first <= last < first + _LONGEST_RANGE:
                yield from (f"{span['word']}{number}" for number in range(first, last + 1))
                continue
        if len(several) > 1 and all(_ID.fullmatch(each) for each in several):
            yield from several
        elif found := _ID.match(plain):
            yield f"{found['word']}{found['number']}"
        else:
            yield plain


def parts(value: Any) -> list[str]:
    """Give the names in a cell, or cells one by one, folded: `Zorghuis; OCMW` gives zorghuis, ocmw."""
    return [fold(piece) for text in _texts(value) for piece in _SEPARATORS.split(text) if fold(piece)]


def file_names(value: Any) -> list[str]:
    """Give the files that a cell names, or cells one by one, folded, without folder and ending."""
    return [_ENDING.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip() for name in parts(value)]


def _key(row: Any, column: str) -> Any:
    value = _read(row, column)
    if isinstance(value, str) and not isinstance(value, Chosen):
        named = ids(value)
        return named[0] if len(named) == 1 else fold(value).upper()
    return value


def _read(row: Any, column: str) -> Any:
    if not isinstance(row, Record) or not row.has(column):
        raise UndefinedError(
            row.lacks(column)
            if isinstance(row, Record)
            else language._("«{name}» wordt gevraagd van iets dat geen rij is").format(name=column)
        )
    return row.read(column)


def sums(rows: Iterable[Any], key: str, *columns: str) -> Any:
    """Add columns by key: one record (`key`, `total`) for each, in the order of the rows.

    An empty cell of an optional column counts as nothing; any other gap stays a gap.
    """
    found: dict[Any, Decimal] = {}
    for row in rows:
        about = _key(row, key)
        if isinstance(about, Gap):
            about.meet()
            return about
        amount = Decimal(0)
        for column in columns:
            cell = _read(row, column)
            if isinstance(cell, Gap):
                if cell.is_nothing:
                    continue
                cell.meet()
                return cell
            amount += cell
        found[about] = found.get(about, Decimal(0)) + amount
    return [Record({"key": about, "total": amount}, "sums") for about, amount in found.items()]


def against(left: Iterable[Any], right: Iterable[Any], what: str) -> Any:
    """Put sums side by side: one record (`what`, `key`, `left`, `right`) for every key of either, 0 where one lacks."""
    if isinstance(right, Gap):
        return right
    ones = {each.read("key"): each.read("total") for each in left}
    others = {each.read("key"): each.read("total") for each in right}
    return [
        Record(
            {"what": what, "key": key, "left": ones.get(key, _NOTHING), "right": others.get(key, _NOTHING)}, "against"
        )
        for key in dict.fromkeys((*ones, *others))
    ]


def same(rows: Iterable[Any], row: Any, *columns: str) -> list[Any]:
    """Keep the rows that agree with a row in these columns; texts agree as numbers named (`a1` and `A1 Regisseur`)."""
    kept = []
    wanted = [_key(row, column) for column in columns]
    for each in rows:
        found = [_key(each, column) for column in columns]
        if all(isinstance(cell, Gap) or cell == other for cell, other in zip(found, wanted, strict=True)):
            for cell in (*found, *wanted):
                if isinstance(cell, Gap):
                    cell.meet()
            kept.append(each)
    return kept


FILTERS: dict[str, Callable[..., Any]] = {
    "ids": ids,
    "parts": parts,
    "file_names": file_names,
    "sums": sums,
    "against": against,
    "same": same,
}
"""The filters of this module."""
