"""Questions: the TOML of a field, a column, a list of choices."""

from __future__ import annotations

from pipeline.form import Choice, Demand, Field
from pipeline.language import _
from pipeline.library.entry import Entry, refuse_doubles
from pipeline.values import FieldType

_WITH_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
_LAYOUTS = ("grid", "cards")


def read_field(entry: Entry, lists: dict[str, tuple[Choice, ...]], *, column: bool) -> Field:
    """Read a question, or a column of a table; `lists` are the choices that the form names."""
    kind = entry.kind("type", FieldType)
    if column and kind is FieldType.TABLE:
        entry.fault("type", _("Een kolom kan zelf geen tabel zijn."))
    columns = entry.entries("column", "key", required=True) if kind is FieldType.TABLE and not column else []
    table = kind is FieldType.TABLE
    longest = entry.whole("max_length", 0)
    field = Field(
        key=entry.key(),
        label=entry.text("label"),
        type=kind,
        demand=entry.kind("demand", Demand, Demand.NONE),
        required_when=entry.text("required_when", ""),
        aliases=entry.texts("aliases"),
        choices=_field_choices(entry, kind, lists),
        codelist=entry.text("codelist", None if kind is FieldType.MUNICIPALITY else ""),
        columns=tuple(read_field(each, lists, column=True) for each in columns),
        layout=_layout(entry) if table else "grid",
        row_title=entry.text("row_title", "") if table else "",
        min_rows=entry.whole("min_rows", 0) if table else 0,
        blank_rows=entry.whole("blank_rows", 1) if table else 1,
        max_length=longest or None,
        person=kind is FieldType.TEXT and entry.flag("person"),
        help=entry.text("help", ""),
        reference=entry.text("reference", ""),
    )
    refuse_doubles(zip(columns, (each.key for each in field.columns), strict=True), _("De kolom"))
    entry.close()
    return field


def _layout(entry: Entry) -> str:
    layout = entry.text("layout", "grid")
    if layout not in _LAYOUTS:
        entry.unknown("layout", layout, _LAYOUTS)
    return layout


def _field_choices(entry: Entry, kind: FieldType, lists: dict[str, tuple[Choice, ...]]) -> tuple[Choice, ...]:
    if kind not in _WITH_CHOICES:
        return ()
    chosen = entry.raw("choices", required=True)
    if isinstance(chosen, dict):
        return read_choices(entry.entry("choices"))
    if isinstance(chosen, str):
        if chosen not in lists:
            entry.unknown("choices", chosen, lists)
        return lists.get(chosen, ())
    if chosen is not None:
        entry.fault("choices", _("Geef de naam van een keuzelijst, of een tabel van waarde en opschrift."))
    return ()


def read_choices(entry: Entry) -> tuple[Choice, ...]:
    """Read a table of choices: the value and its label, or its label and aliases."""
    choices = []
    for value, label in entry.values.items():
        if not value.isascii() or not value.replace("_", "").isalnum() or value != value.lower():
            entry.fault(value, _("Een waarde heeft kleine letters zonder accent, cijfers en _."))
        if isinstance(label, dict):
            inner = entry.entry(value)
            choices.append(Choice(value, inner.text("label"), inner.texts("aliases")))
            inner.close()
        else:
            choices.append(Choice(value, entry.text(value)))
    if not choices:
        entry.fault("", _("De keuzelijst is leeg."))
    labels = [choice.label.casefold() for choice in choices]
    for choice in choices:
        if labels.count(choice.label.casefold()) > 1:
            entry.fault(choice.value, _("Twee keuzes hebben hetzelfde opschrift «{label}».").format(label=choice.label))
    return tuple(choices)
