"""When each submission came in, as `ontvangst.csv` proves it."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.dossier import Receipt
from pipeline.language import _

RECEIPTS = "ontvangst.csv"
_COLUMNS = ("bestand", "ontvangen", "kanaal", "afzender")
_DELIMITERS = (";", ",", "\t")
_YEARS = range(1990, 2200)
"""A year outside these is a slip of the pen."""

Rows = list[tuple[int, list[str]]]
"""The number of each row with its cells."""


def key(path: str) -> str:
    """Give the name under which a path is known: the same for each way of writing it."""
    return unicodedata.normalize("NFC", path.replace("\\", "/").strip().strip("/")).casefold()


def read_receipts(lists: Sequence[Path], present: Iterable[str]) -> tuple[dict[str, Receipt], tuple[str, ...]]:
    """Read when everything came in; what is wrong is told with its row and proves nothing.

    Args:
        lists: the files with that name, in whatever case; more than one proves nothing.
        present: paths of what lies in the inbox.
    """
    if not lists:
        return {}, ()
    if len(lists) > 1:
        names = ", ".join(f"«{path.name}»" for path in lists)
        return {}, (
            _("{names} liggen naast elkaar; laat er één liggen. Nu bewijst geen van beide iets.").format(names=names),
        )
    try:
        rows = _rows(_text(lists[0].read_bytes()))
    except OSError:
        return {}, (_("{file} mag niet gelezen worden; geef leesrechten op het bestand.").format(file=RECEIPTS),)
    except csv.Error:
        rows = []
    if not rows:
        wanted = ";".join(_COLUMNS)
        return {}, (
            _("{file}, rij 1: de eerste rij moet «{wanted}» zijn; geen enkel moment van ontvangst is bewezen.").format(
                file=RECEIPTS, wanted=wanted
            ),
        )
    return _receipts(rows[1:], Counter(map(key, present)))


def _text(data: bytes) -> str:
    """Give the text, whatever a spreadsheet made of it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str) -> Rows:
    """Give the rows, the first of them the names of the columns; none when those are not there."""
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
        if rows and tuple(cell.lower() for cell in rows[0][1][: len(_COLUMNS)]) == _COLUMNS:
            return rows
    return []


def _receipts(rows: Rows, present: Counter[str]) -> tuple[dict[str, Receipt], tuple[str, ...]]:
    receipts: dict[str, Receipt] = {}
    faults: list[str] = []
    for number, row in rows:
        if not any(row):
            continue
        name, moment, channel, sender = [*row, "", "", "", ""][:4]
        place = _("{file}, rij {row}").format(file=RECEIPTS, row=number)
        receipt = Receipt(None, channel, sender, place)
        received, fault = _moment(moment)
        before = receipts.get(key(name))
        if not name:
            fault = _("er staat geen bestand")
        elif not present[key(name)]:
            fault = _("«{name}» ligt niet in de inbox").format(name=name)
        elif present[key(name)] > 1:
            received, fault = None, _("«{name}» past op meer dan één bestand in de inbox").format(name=name)
        elif before and not fault and before.received == received:
            continue
        elif before:
            received, fault = None, _("«{name}» staat er twee keer in; geen van beide bewijst iets").format(name=name)
        if fault:
            faults.append(f"{place}: {fault}.")
        if name:
            receipts[key(name)] = receipt if received is None else replace(receipt, received=received)
    return receipts, tuple(faults)


def _moment(text: str) -> tuple[dt.datetime | None, str]:
    """Read a moment; without its offset from UTC it proves nothing."""
    if not text:
        return None, _("er staat geen moment van ontvangst")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None, _("«{text}» is geen moment; schrijf het als 2021-07-19T23:59:59+02:00").format(text=text)
    if moment.tzinfo is None:
        return None, _("«{text}» zegt niet in welke tijdzone; schrijf het als 2021-07-19T23:59:59+02:00").format(
            text=text
        )
    if moment.year not in _YEARS:
        return None, _("«{text}» kan niet het moment van ontvangst zijn; kijk het jaartal na").format(text=text)
    return moment, ""
