"""Earlier versions of a form: what its definition says of them, as the form they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.form import Choice, Earlier, Field, Form, Section
from pipeline.language import _
from pipeline.library.entry import Entry, refuse_doubles
from pipeline.library.fields import read_field
from pipeline.values import fold


@dataclass(slots=True)
class _Part:
    """A section of then, while it is put together."""

    section: Section
    fields: list[Field] = field(default_factory=list)


def read_earlier(entry: Entry, form: Form, lists: dict[str, tuple[Choice, ...]]) -> Earlier:
    """Read what an earlier version differs in; everything that is wrong is a fault.

    Args:
        entry: the `[[earlier]]` of a form.
        form: the form as it is now.
        lists: the choices that the form names.
    """
    version = entry.text("version")
    targets = _targets(form)
    absent = frozenset(_known(entry, "absent", entry.texts("absent"), targets))
    labels = _by_target(entry, "labels", targets, absent)
    choices = _choices_then(entry, targets, absent)
    gone: set[str] = set()
    columns = _columns_then(entry, form, lists, gone)
    parts = {
        section.key: _Part(section, [_then(each, "", labels, choices, columns) for each in section.fields])
        for section in form.sections
    }
    _move(entry, parts, form)
    _add_gone(entry, parts, lists, gone, targets)
    order = _known(entry, "sections", entry.texts("sections"), parts) or list(parts)
    missing = [key for key, part in parts.items() if key not in order and part.fields]
    if missing:
        message = _("In de volgorde van toen ontbreekt: {sections}.").format(sections=", ".join(missing))
        entry.fault("sections", message)
    sections = (replace(parts[key].section, fields=_told_apart(parts[key].fields, "", absent, gone)) for key in order)
    then = replace(
        form,
        version=version,
        title=entry.text("title", form.title),
        identify=entry.texts("identify", form.identify),
        sections=tuple(section for section in sections if section.fields),
        earlier=(),
    )
    entry.close()
    return Earlier(then, absent, frozenset(gone))


def _targets(form: Form) -> dict[str, Field]:
    """Give every question, and every column as `acties.kost`."""
    return {
        name: each
        for asked in form.fields()
        for name, each in ((asked.key, asked), *((f"{asked.key}.{c.key}", c) for c in asked.columns))
    }


def _known(entry: Entry, key: str, names: Iterable[str], options: Iterable[str]) -> list[str]:
    """Give the names that exist; the others are faults."""
    options = list(options)
    found = list(dict.fromkeys(names))
    for name in found:
        if name not in options:
            entry.unknown(key or name, name, options)
    return [name for name in found if name in options]


def _by_target(entry: Entry, key: str, targets: Mapping[str, Field], absent: frozenset[str]) -> dict[str, str]:
    inner = entry.entry(key)
    for name in _known(inner, "", inner.values, targets):
        if name in absent:
            inner.fault(name, _("Deze vraag stond er toen niet; ze kan geen opschrift van toen hebben."))
    labels = {name: inner.text(name) for name in inner.values}
    return {name: label for name, label in labels.items() if name in targets and label}


def _choices_then(entry: Entry, targets: Mapping[str, Field], absent: frozenset[str]) -> dict[str, dict[str, str]]:
    """Give, for each question, the words that its choices had."""
    inner = entry.entry("choices")
    found: dict[str, dict[str, str]] = {}
    for name in _known(inner, "", inner.values, targets):
        values = inner.entry(name)
        if name in absent:
            inner.fault(name, _("Deze vraag stond er toen niet; ze kan geen keuzes van toen hebben."))
        _known(values, "", values.values, [choice.value for choice in targets[name].choices])
        found[name] = {value: values.text(value) for value in values.values}
    for name in inner.values:
        inner.raw(name)
    return found


def _columns_then(
    entry: Entry, form: Form, lists: dict[str, tuple[Choice, ...]], gone: set[str]
) -> dict[str, list[Field]]:
    """Give, for each table, the columns that it has no more."""
    tables = [asked.key for asked in form.fields() if asked.columns]
    found: dict[str, list[Field]] = {}
    for each in entry.entries("column", "key"):
        table = each.text("table")
        column = read_field(each, lists, column=True)
        if table not in tables:
            each.unknown("table", table, tables)
            continue
        if any(
            column.key in (c.key, *(other.key for other in found.get(table, ()))) for c in form.field(table).columns
        ):
            each.fault("key", _("De kolom «{name}» staat er al.").format(name=column.key))
            continue
        found.setdefault(table, []).append(column)
        gone.add(f"{table}.{column.key}")
    return found


def _then(
    asked: Field,
    prefix: str,
    labels: Mapping[str, str],
    choices: Mapping[str, Mapping[str, str]],
    columns: Mapping[str, list[Field]],
) -> Field:
    """Give a question with the words of then in front of those of today."""
    name = prefix + asked.key
    label = labels.get(name, asked.label)
    words = choices.get(name, {})
    return replace(
        asked,
        label=label,
        aliases=tuple(other for other in (asked.label, *asked.aliases) if other != label),
        choices=tuple(_chosen(choice, words.get(choice.value, "")) for choice in asked.choices),
        columns=(
            *(_then(column, f"{name}.", labels, choices, columns) for column in asked.columns),
            *columns.get(name, ()),
        ),
    )


def _chosen(choice: Choice, label: str) -> Choice:
    return replace(choice, label=label, aliases=(choice.label, *choice.aliases)) if label else choice


def _move(entry: Entry, parts: dict[str, _Part], form: Form) -> None:
    """Give sections their titles and questions of then; a key that the form does not have is a section gone since."""
    home = {asked.key: section.key for section in form.sections for asked in section.fields}
    entries = entry.entries("section", "key")
    refuse_doubles(((each, str(each.values.get("key", ""))) for each in entries), _("De rubriek met de sleutel"))
    for each in entries:
        key = each.text("key")
        now = parts[key].section if key in parts else None
        section = Section(
            key=each.text("letter", key),
            title=each.text("title", now.title if now else None),
            fields=(),
            help=now.help if now else "",
            aliases=(now.title, *now.aliases) if now else (),
        )
        parts.setdefault(key, _Part(section)).section = section
        for name in _known(each, "fields", each.texts("fields"), home):
            asked = next(asked for asked in parts[home[name]].fields if asked.key == name)
            parts[home[name]].fields.remove(asked)
            parts[key].fields.append(asked)
            home[name] = key
        each.close()


def _add_gone(
    entry: Entry,
    parts: dict[str, _Part],
    lists: dict[str, tuple[Choice, ...]],
    gone: set[str],
    targets: Mapping[str, Field],
) -> None:
    """Add the questions that are asked no more."""
    for each in entry.entries("field", "key"):
        section = each.text("section")
        asked = read_field(each, lists, column=False)
        if section not in parts:
            each.unknown("section", section, parts)
        elif asked.key in targets or asked.key in gone:
            each.fault("key", _("Het veld «{name}» staat er al.").format(name=asked.key))
        else:
            parts[section].fields.append(asked)
            gone.add(asked.key)


def _told_apart(fields: Iterable[Field], prefix: str, absent: frozenset[str], gone: set[str]) -> tuple[Field, ...]:
    """Keep of each question the names that were its own then; what was not asked keeps those that nothing else had."""
    fields = [replace(each, columns=_told_apart(each.columns, f"{each.key}.", absent, gone)) for each in fields]
    owners = {fold(each.label): each.key for each in fields if prefix + each.key not in absent}
    for each in fields:
        if prefix + each.key in gone:
            for alias in each.aliases:
                owners.setdefault(fold(alias), each.key)
    kept = []
    for each in fields:
        names = [name for name in (each.label, *each.aliases) if owners.get(fold(name), each.key) == each.key]
        if prefix + each.key in absent and not names:
            continue
        label = names[0] if prefix + each.key in absent else each.label
        kept.append(replace(each, label=label, aliases=tuple(name for name in names if name != label)))
    return tuple(kept)
