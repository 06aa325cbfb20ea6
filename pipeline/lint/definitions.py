"""The call and its forms held against each other: names that exist, that differ, that can be told apart."""

from __future__ import annotations

from pipeline import expression
from pipeline.errors import Fault
from pipeline.facts import PROGRAM_NAMES
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.library import nearest
from pipeline.library.call import Call
from pipeline.lint.editions import hold_editions
from pipeline.lint.kinds import NUMBER, Scope
from pipeline.lint.labels import hold_labels
from pipeline.lint.scope import ROW_PARTS, rows_of
from pipeline.lint.sources import Sources

_LANGUAGE = ("and", "else", "false", "for", "if", "in", "is", "loop", "none", "not", "or", "row", "true")
_OF_PAPERS = (
    "clauses",
    "dossiers",
    "draft",
    "draft_reasons",
    "findings",
    "handtekening",
    "paper",
    "paper_date",
    "signatories",
    "signer",
)
RESERVED = frozenset({*PROGRAM_NAMES, *_LANGUAGE, *_OF_PAPERS})
"""Names that no field, value or body may take."""


def hold_definitions(call: Call, scopes: dict[str, Scope], faults: list[Fault]) -> None:
    """Report what is wrong in the call and its forms."""
    _hold_call(call, scopes[call.main_form], Sources("oproep.toml", faults))
    taken = {**dict.fromkeys(call.bodies, "oproep.toml"), **dict.fromkeys(call.forms, _("de formulieren"))}
    for name in call.bodies:
        if name in RESERVED or name in call.forms:
            Sources("oproep.toml", faults).fault(name, _taken(name))
    for name in call.values:
        if name in RESERVED or name in taken or any(name == field.key for field in call.form.fields()):
            Sources("regels.toml", faults).fault(f"values.{name}", _taken(name))
    for form in call.forms.values():
        sources = Sources(f"{form.key}.toml", faults)
        hold_editions(form, sources)
        for section in form.sections:
            path = f"section.{section.key}"
            hold_labels(section.fields, path, sources)
            for field in section.fields:
                if field.key in RESERVED or field.key in taken:
                    sources.fault(f"{path}.field.{field.key}.key", _taken(field.key))
                _hold_field(field, f"{path}.field.{field.key}", scopes[form.key], sources)


def _taken(name: str) -> str:
    return _("De naam «{name}» is al van iets anders; kies een andere.").format(name=name)


def _hold_call(call: Call, scope: Scope, sources: Sources) -> None:
    if call.key != call.folder.name:
        sources.fault(
            "key", _("De sleutel moet gelijk zijn aan de naam van de map: «{name}».").format(name=call.folder.name)
        )
    keys = [field.key for field in call.form.fields()]
    listed = [("duplicate_fields", call.duplicate_fields), ("applicant_fields", call.applicant_fields)]
    for key, names in [*listed, ("requested_field", (call.requested_field,) if call.requested_field else ())]:
        for name in names:
            if name not in keys:
                message = _("Het formulier {form} heeft geen veld «{name}».").format(form=call.main_form, name=name)
                sources.fault(key, message, nearest(name, keys))
    for form in call.forms.values():
        if form.key != call.main_form and call.join_field not in [field.key for field in form.fields()]:
            message = _("Het formulier {form} heeft geen veld «{name}», dat zegt bij welk dossier het hoort.")
            others = [field.key for field in form.fields()]
            sources.fault(
                "join_field", message.format(form=form.key, name=call.join_field), nearest(call.join_field, others)
            )
    sources.text("number_format", call.number_format, {"volgnummer": NUMBER})
    if not any(fault.key == "number_format" for fault in sources.faults):
        numbers = {expression.fill(call.number_format, {"volgnummer": number}) for number in (1, 2)}
        if len(numbers) == 1:
            sources.fault("number_format", _("Elk dossier zou hetzelfde nummer krijgen; gebruik volgnummer."))
    overview = call.overview
    for key, source in (
        ("applicant", overview.applicant),
        ("subject", overview.subject),
        ("requested", overview.requested),
        ("available", overview.available),
    ):
        sources.expression(f"overview.{key}", source, scope)
    for number, column in enumerate(overview.columns, 1):
        sources.expression(f"overview.column[{number}].value", column.value, scope)


def _hold_field(field: Field, path: str, scope: Scope, sources: Sources) -> None:
    if field.required_when:
        sources.expression(f"{path}.required_when", field.required_when, scope)
    hold_labels(field.columns, path, sources, "column")
    row = rows_of(scope[field.key])
    for column in field.columns:
        if column.key in ROW_PARTS:
            sources.fault(f"{path}.column.{column.key}.key", _taken(column.key))
        if column.required_when:
            sources.expression(f"{path}.column.{column.key}.required_when", column.required_when, {**scope, "row": row})


def form_keys(form: Form) -> list[str]:
    """Give what a rule can be about: fields, and columns as `acties.kost`."""
    keys = []
    for field in form.fields():
        keys.append(field.key)
        keys.extend(f"{field.key}.{column.key}" for column in field.columns)
    return keys
