"""Forms: the TOML of a form, as its sections and fields."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import Fault
from pipeline.form import Choice, Form, Section
from pipeline.language import _
from pipeline.library.earlier import read_earlier
from pipeline.library.entry import Entry, parse, refuse_doubles
from pipeline.library.fields import read_choices, read_field
from pipeline.library.sums import read_sums, read_totals


def read_form(data: bytes, file: str, faults: list[Fault]) -> Form:
    """Read one form; everything that is wrong is added to `faults`."""
    entry = parse(data, file, faults)
    lists = {name: read_choices(choices) for name, choices in entry.named("choices").items()}
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
    earlier = tuple(read_earlier(each, form, lists) for each in entry.entries("earlier", "version"))
    entry.close()
    return replace(form, earlier=earlier)


def _section(entry: Entry, lists: dict[str, tuple[Choice, ...]]) -> Section:
    section = Section(
        key=entry.text("key"),
        title=entry.text("title"),
        fields=tuple(read_field(field, lists, column=False) for field in entry.entries("field", "key", required=True)),
        help=entry.text("help", ""),
        aliases=entry.texts("aliases"),
    )
    entry.close()
    return section
