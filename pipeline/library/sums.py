"""Sums of a form: which of its amounts are together as much as others, and the words that open a row of totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.form import Field, Sum, Term
from pipeline.language import _
from pipeline.library.entry import Entry, refuse_doubles
from pipeline.values import FieldType

_SIDES = ("left", "right")


def read_totals(form: Entry, fields: Mapping[str, Field]) -> tuple[str, ...]:
    """Read the words that open a row of totals; a form with a table of amounts needs them: people type such rows."""
    needed = any(_amounts(field) for field in fields.values() if field.columns)
    words = form.texts("totals", None if needed else ())
    if form.has("totals") and not all(word.strip() for word in words):
        form.fault("totals", _("De tekst is leeg."))
    return words


def read_sums(form: Entry, fields: Mapping[str, Field]) -> tuple[Sum, ...]:
    """Read the sums of a form; what is wrong in one becomes a fault.

    Args:
        form: the whole file.
        fields: those of the form, by their keys.
    """
    entries = form.entries("sum", "key")
    sums = tuple(_sum(entry, fields) for entry in entries)
    refuse_doubles(zip(entries, (each.key for each in sums), strict=True), _("De som"))
    return sums


def _sum(entry: Entry, fields: Mapping[str, Field]) -> Sum:
    key, title = entry.key(), entry.text("title")
    names = {side: entry.texts(side, None) for side in _SIDES}
    each = entry.text("each", "")
    tables = {name.partition(".")[0] for side in _SIDES for name in names[side] if "." in name}
    known = {table: fields[table] for table in sorted(tables) if table in fields and fields[table].columns}
    match = _match(entry.entry("match"), known)
    where = _where(entry.entry("where"), known)
    sides = {
        side: tuple(
            _term(entry, f"{side}[{number}]", name, fields, match, where) for number, name in enumerate(names[side], 1)
        )
        for side in _SIDES
    }
    _hold_sides(entry, names)
    if each:
        _hold_each(entry, each, names, fields)
    if entry.has("match"):
        _hold_match(entry, names, known, match)
    found = Sum(key, title, sides["left"], sides["right"], each, entry.text("reference", ""))
    entry.close()
    return found


def _term(
    entry: Entry,
    path: str,
    name: str,
    fields: Mapping[str, Field],
    match: Mapping[str, str],
    where: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]],
) -> Term:
    table, _dot, column = name.partition(".")
    field = fields.get(table)
    cells = {each.key: each for each in field.columns} if field else {}
    asked = cells.get(column) if column else field
    if asked is None:
        entry.unknown(path, name, [each for field in fields.values() for each in _amounts(field)])
    elif asked.columns:
        example = f"{table}.{asked.columns[0].key}"
        entry.fault(
            path, _("«{name}» is een tabel; noem een kolom, zoals {example}.").format(name=name, example=example)
        )
    elif asked.type is not FieldType.AMOUNT:
        entry.fault(path, _("«{name}» is geen bedrag; een som telt bedragen op.").format(name=name))
    return Term(table, column, match.get(table, ""), where.get(table, ()) if column else ())


def _amounts(field: Field) -> list[str]:
    """Give what a sum can add of a field, as definitions write it."""
    if field.columns:
        return [f"{field.key}.{column.key}" for column in field.columns if column.type is FieldType.AMOUNT]
    return [field.key] if field.type is FieldType.AMOUNT else []


def _match(entry: Entry, tables: Mapping[str, Field]) -> dict[str, str]:
    """Read in which column of each table the group of a row stands."""
    found = {}
    for table in entry.values:
        column = entry.text(table)
        if table not in tables:
            entry.unknown(table, table, tables)
        elif column and column not in (columns := [each.key for each in tables[table].columns]):
            entry.unknown(table, column, columns)
        found[table] = column
    return found


def _where(entry: Entry, tables: Mapping[str, Field]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Read which choices a row must have to count, for each table and column."""
    found = {}
    for table in entry.values:
        inner = entry.entry(table)
        if table not in tables:
            entry.unknown(table, table, tables)
            continue
        columns = {column.key: column for column in tables[table].columns}
        chosen = []
        for name in inner.values:
            values = inner.texts(name)
            if name not in columns:
                inner.unknown(name, name, columns)
            else:
                _hold_choices(inner, columns[name], values)
            chosen.append((name, values))
        found[table] = tuple(chosen)
    return found


def _hold_choices(entry: Entry, column: Field, values: Iterable[str]) -> None:
    if column.type is not FieldType.CHOICE:
        message = _("«{name}» heeft geen keuzelijst waaruit één keuze past; alleen zo'n kolom kan rijen kiezen.")
        entry.fault(column.key, message.format(name=column.key))
        return
    options = [choice.value for choice in column.choices]
    for number, value in enumerate(values, 1):
        if value not in options:
            entry.unknown(f"{column.key}[{number}]", value, options)


def _hold_sides(entry: Entry, names: Mapping[str, tuple[str, ...]]) -> None:
    """Report an empty side, and an amount that stands in the sum more than once."""
    seen: dict[str, str] = {}
    for side in _SIDES:
        if not names[side] and entry.has(side):
            entry.fault(side, _("De lijst is leeg."))
        for number, name in enumerate(names[side], 1):
            if seen.get(name) == side:
                entry.fault(f"{side}[{number}]", _("«{name}» staat er meer dan één keer.").format(name=name))
            elif name in seen:
                message = _("«{name}» staat aan beide kanten; een som met zichzelf zegt niets.")
                entry.fault(f"{side}[{number}]", message.format(name=name))
            seen.setdefault(name, side)


def _hold_each(entry: Entry, each: str, names: Mapping[str, tuple[str, ...]], fields: Mapping[str, Field]) -> None:
    tables = [field.key for field in fields.values() if field.columns]
    if each not in tables:
        entry.unknown("each", each, tables)
        return
    for other in ("match", "where"):
        if entry.has(other):
            message = _("Een som per rij telt alle rijen en heeft geen groepen; kies each of {other}.")
            entry.fault(other, message.format(other=other))
    for side in _SIDES:
        for number, name in enumerate(names[side], 1):
            if name.partition(".")[0] != each:
                message = _("Per rij van «{each}» tellen alleen kolommen van die tabel, en «{name}» is er geen.")
                entry.fault(f"{side}[{number}]", message.format(each=each, name=name))


def _hold_match(
    entry: Entry, names: Mapping[str, tuple[str, ...]], tables: Mapping[str, Field], match: Mapping[str, str]
) -> None:
    for side in _SIDES:
        for number, name in enumerate(names[side], 1):
            table = name.partition(".")[0]
            if table in tables and table not in match:
                message = _("Zeg bij match ook in welke kolom van «{table}» de groep staat.")
                entry.fault("match", message.format(table=table))
            elif table not in tables:
                message = _("«{name}» heeft geen rijen; met match telt elke kant per groep op.")
                entry.fault(f"{side}[{number}]", message.format(name=name))
