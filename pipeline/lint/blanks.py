"""The checked-in blank forms held against the definitions they were made from."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import Document
from pipeline.errors import Fault, Unreadable
from pipeline.form import Field, Form
from pipeline.language import _
from pipeline.library import nearest
from pipeline.library.call import Call
from pipeline.library.continuation import continuation_of
from pipeline.readers import read
from pipeline.values import FieldType

FOLDER = "blanco"


def hold_blanks(call: Call, faults: list[Fault]) -> None:
    """Report a blank form whose controls or fields, or whose version, are not those of its definition."""
    for form in call.forms.values():
        kept = [(f"{form.key}.docx", form), (f"{form.key}.pdf", form)]
        sheet = continuation_of(form, call)
        if sheet is not None:
            kept.append((f"{form.key}-vervolgblad.pdf", sheet))
        for file, printed in kept:
            path = call.folder / FOLDER / file
            if path.is_file():
                faults.extend(_read_and_hold(path, printed))


def _read_and_hold(path: Path, form: Form) -> list[Fault]:
    name = f"{FOLDER}/{path.name}"
    try:
        document = read(path.read_bytes(), path.name, answers_only=True)
    except Unreadable as error:
        return [Fault(name, form.key, _("Het blanco formulier is niet te lezen: {why}").format(why=error))]
    return _hold_blank(name, document, form)


def _hold_blank(name: str, document: Document, form: Form) -> list[Fault]:
    again = _("Maak het blanco formulier opnieuw met «wijkcontract blank».")
    expected = _tags(form)
    found = {control.tag for control in document.controls if control.tag}
    found |= {control.group for control in document.controls if control.group}
    bases = {tag.partition("=")[0] for tag in found}
    faults = []
    for tag in sorted(found):
        base, _mark, value = tag.partition("=")
        if base not in expected:
            message = _("Het formulier heeft een vak «{tag}» dat de definitie niet kent. {again}")
            faults.append(Fault(name, tag, message.format(tag=tag, again=again), nearest(base, expected)))
        elif value and value not in expected[base]:
            message = _("Het formulier heeft een keuze «{tag}» die de definitie niet kent. {again}")
            faults.append(Fault(name, tag, message.format(tag=tag, again=again), nearest(value, expected[base])))
    lacks = _("Het formulier heeft geen vak voor «{tag}». {again}")
    faults.extend(Fault(name, tag, lacks.format(tag=tag, again=again)) for tag in expected if tag not in bases)
    if not any(form.version in paragraph.text for paragraph in document.paragraphs):
        message = _("De versie {version} staat niet op het formulier. {again}")
        faults.append(Fault(name, "version", message.format(version=form.version, again=again)))
    return faults


def _tags(form: Form) -> dict[str, tuple[str, ...]]:
    """Give the tags that the controls must have, each with the values of its check boxes."""
    tags = {}
    for field in form.fields():
        tags[field.key] = _options(field)
        tags.update({f"{field.key}.{column.key}": _options(column) for column in field.columns})
    return tags


def _options(field: Field) -> tuple[str, ...]:
    if field.type is FieldType.YESNO:
        return ("ja", "nee")
    return tuple(choice.value for choice in field.choices)
