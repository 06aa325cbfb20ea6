"""Code lists: CSV tables of names that answers may hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from pipeline.language import _
from pipeline.library.entry import Entry


def read_codelist(entry: Entry, files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Give key → the other columns, in the order of the file; faults go to the entry."""
    name = entry.text("file")
    column = entry.text("key")
    entry.day("valid_on")
    entry.text("reference", "")
    entry.close()
    if not name:
        return {}
    if name not in files:
        entry.unknown("file", name, [file for file in files if file.endswith(".csv")])
        return {}
    try:
        content = files[name].decode("utf-8-sig")
    except UnicodeDecodeError:
        entry.fault("file", _("{file} is geen UTF-8; bewaar het als UTF-8.").format(file=name))
        return {}
    reader = csv.DictReader(io.StringIO(content, newline=""), restkey="")
    columns = list(reader.fieldnames or ())
    if column not in columns:
        entry.unknown("key", column, columns)
        return {}
    return _rows(reader, column, columns, name, entry)


def _rows(
    reader: csv.DictReader[str], column: str, columns: list[str], name: str, entry: Entry
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in reader:
        place = _("{file}, regel {line}").format(file=name, line=reader.line_num)
        if any(not isinstance(row.get(each), str) for each in columns) or len(row) != len(columns):
            entry.fault("file", _("{place}: het aantal kolommen klopt niet.").format(place=place))
            continue
        key = row[column].strip()
        if not key or key in found:
            entry.fault("file", _("{place}: «{key}» is leeg of staat er twee keer.").format(place=place, key=key))
            continue
        found[key] = {each: row[each].strip() for each in columns if each != column}
    return found
