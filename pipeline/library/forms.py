"""Forms: the TOML of a form, as its sections and fields."""

from __future__ import annotations

from pipeline.errors import Fault
from pipeline.form import Choice, Demand, Field, Form, Section
from pipeline.language import _
from pipeline.library.entry import Entry, parse, refuse_doubles
from pipeline.library.sums import read_sums, read_totals
from pipeline.values import FieldType

_WITH_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
_LAYOUTS = ("grid", "cards")


def read_form(data: bytes, file: str, faults: list[Fault]) -> Form:
    """Read one form; everything that is wrong is added to `faults`."""
    entry = parse(data, file, faults)
    lists = {name: _choices(choices) for name, choices in entry.named("choices").items()}
    sections = entry.entries("section", "key", required=True)
    parts = tuple(_section(section, lists) for section in sections)
    asked = {field.key: field for part in parts for field in part.fields}
    form = Form(
        key=entry.key(),
        title=entry.text("title"),
        version=entry.text("version"),
        language=entry.text("language"),
        identify=entry.texts("identify", None),
        sections=parts,
        intro=entry.text("intro", ""),
        totals=read_totals(entry, asked),
        sums=read_sums(entry, asked),
    )
    refuse_doubles(
        zip(sections, (section.key for section in form.sections), strict=True), _("De rubriek met de sleutel")
    )
    fields = [field for section in sections for field in section.entries("field", "key")]
    refuse_doubles(zip(fields, (field.key for field in form.fields()), strict=True), _("Het veld"))
    expected = file.removesuffix(".toml")
    if form.key and form.key != expected:
        entry.fault(
            "key", _("De sleutel moet gelijk zijn aan de naam van het bestand: «{name}».").format(name=expected)
        )
    entry.close()
    return form


def _section(entry: Entry, lists: dict[str, tuple[Choice, ...]]) -> Section:
    section = Section(
        key=entry.text("key"),
        title=entry.text("title"),
        fields=tuple(_field(field, lists, column=False) for field in entry.entries("field", "key", required=True)),
        help=entry.text("help", ""),
        aliases=entry.texts("aliases"),
    )
    entry.close()
    return section


def _field(entry: Entry, lists: dict[str, tuple[Choice, ...]], *, column: bool) -> Field:
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
        columns=tuple(_field(each, lists, column=True) for each in columns),
        layout=_layout(entry) if table else "grid",
        row_title=entry.text("row_title", "") if table else "",
        min_rows=entry.whole("min_rows", 0) if table else 0,
        blank_rows=entry.whole("blank_rows", 1) if table else 1,
        max_length=longest or None,
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
        return _choices(entry.entry("choices"))
    if isinstance(chosen, str):
        if chosen not in lists:
            entry.unknown("choices", chosen, lists)
        return lists.get(chosen, ())
    if chosen is not None:
        entry.fault("choices", _("Geef de naam van een keuzelijst, of een tabel van waarde en opschrift."))
    return ()


def _choices(entry: Entry) -> tuple[Choice, ...]:
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
