"""Papers held against forms, clauses and templates: every name in them exists."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.library import nearest
from pipeline.library.call import Call, PaperDefinition, SignatoryDefinition
from pipeline.lint.kinds import TEXT, Keyed, Many, Scope
from pipeline.lint.scope import of_forms, of_paper
from pipeline.lint.sources import Sources
from pipeline.lint.templates import READ_ALOUD, TemplateFault, examine
from pipeline.renderers import template
from pipeline.renderers.insertions import objects_of

FILE = "documenten.toml"


def hold_papers(call: Call, scopes: dict[str, Scope], faults: list[Fault]) -> None:
    """Report what is wrong in `documenten.toml` and in the templates it names."""
    sources = Sources(FILE, faults)
    for paper in call.papers:
        _hold_paper(call, paper, scopes[paper.form], sources)
    objects = _hold_insertions(call, scopes, sources)
    for name, found in faults_of_templates(call, scopes).items():
        spoiling = [fault.as_fault(name) for fault in found if fault.code not in READ_ALOUD]
        faults.extend(spoiling)
        if not spoiling:
            _hold_compiled(call, name, objects, faults)
    used = {key for paper in call.papers for key in paper.clauses}
    for key in call.clauses:
        if key not in used:
            sources.fault(f"clausule.{key}", _("Geen enkel document drukt deze clausule af."))
    named = {*(paper.template for paper in call.papers), *(one.file for one in call.insertions)}
    unused = _("Geen enkel document gebruikt dit sjabloon.")
    faults.extend(
        Fault(path.name, "sjabloon", unused)
        for path in sorted(call.templates.glob("*.docx"))
        if path.name not in named and not path.name.startswith("~$")
    )


def _hold_insertions(call: Call, scopes: dict[str, Scope], sources: Sources) -> template.Objects | None:
    """Report insertions whose file is not there, that bear the name of something else or replace nothing."""
    files = [path.name for path in call.templates.iterdir() if path.is_file()]
    for one in call.insertions:
        if one.file and not one.replaces and one.file not in files:
            message = _("Het bestand «{name}» bestaat niet.").format(name=one.file)
            sources.fault(f"invoeging.{one.key}.file", message, nearest(one.file, files))
        if not one.replaces and any(one.key in of_paper(scope) for scope in scopes.values()):
            message = _("«{name}» is al de naam van iets anders; geef de invoeging een andere naam.")
            sources.fault(f"invoeging.{one.key}.key", message.format(name=one.key))
    try:
        return objects_of(call)
    except DefinitionError as error:
        sources.faults.extend(error.faults)
        return None


def _hold_paper(call: Call, paper: PaperDefinition, form_scope: Scope, sources: Sources) -> None:
    path = f"document.{paper.key}"
    sources.expression(f"{path}.when", paper.when, form_scope)
    sources.expression(f"{path}.final_when", paper.final_when, form_scope)
    sources.text(f"{path}.draft_reason", paper.draft_reason, form_scope)
    scope = of_paper(_with_row(paper, form_scope, sources), paper.signatories)
    sources.text(f"{path}.filename", paper.filename, scope)
    for party in paper.signatories:
        _hold_signatory(party, f"{path}.signatories.{party.key}", scope, sources)
    for key in paper.clauses:
        if key not in call.clauses:
            message = _("De clausule «{key}» bestaat niet.").format(key=key)
            sources.fault(f"{path}.clauses", message, nearest(key, call.clauses))
            continue
        for number, paragraph in enumerate(call.clauses[key].text, 1):
            sources.text(f"clausule.{key}.text[{number}]", paragraph, scope)
    if not (call.templates / paper.template).is_file():
        files = [file.name for file in call.templates.glob("*.docx")]
        message = _("Het sjabloon «{name}» bestaat niet.").format(name=paper.template)
        sources.fault(f"{path}.template", message, nearest(paper.template, files))


def _hold_signatory(party: SignatoryDefinition, path: str, scope: Scope, sources: Sources) -> None:
    """Report what is wrong in who signs."""
    names = scope
    if party.each:
        rows = sources.expression(f"{path}.each", party.each, scope)
        if isinstance(rows, Many):
            names = {**scope, "signer": rows.of}
        else:
            sources.fault(f"{path}.each", _("Dit geeft geen rijen."))
            return
    sources.text(f"{path}.name", party.name, names)
    sources.text(f"{path}.role", party.role, names)
    sources.text(f"{path}.label", party.label, {**names, "name": TEXT, "role": TEXT})


def spoiling_faults(call: Call, key: str) -> list[Fault]:
    """Give every fault in the template of one paper that would spoil it."""
    alone = replace(call, papers=tuple(paper for paper in call.papers if paper.key == key))
    return [
        fault.as_fault(name)
        for name, found in faults_of_templates(alone, of_forms(call)).items()
        for fault in found
        if fault.code not in READ_ALOUD
    ]


def hold_read_aloud(call: Call, scopes: dict[str, Scope], faults: list[Fault]) -> None:
    """Report what a screen reader misses in the templates."""
    for name, found in faults_of_templates(call, scopes).items():
        faults.extend(fault.as_fault(name) for fault in found if fault.code in READ_ALOUD)


def faults_of_templates(call: Call, scopes: dict[str, Scope]) -> dict[str, list[TemplateFault]]:
    """Give what is wrong in each Word template of a call, by its file name; sound ones with an empty list.

    Args:
        call: the call.
        scopes: the names of each form, by its key.
    """
    found: dict[str, list[TemplateFault]] = {}
    for paper in call.papers:
        path = call.templates / paper.template
        if path.is_file():
            listed = found.setdefault(paper.template, [])
            scope = of_paper(
                _with_row(paper, scopes[paper.form], Sources(FILE, [])), paper.signatories, call.insertions
            )
            signing = paper.signatories if paper.issue else ()
            faults = examine(path.read_bytes(), scope, call.language, signing, call.blanks)
            listed += [fault for fault in faults if fault not in listed]
    return found


def _with_row(paper: PaperDefinition, scope: Scope, sources: Sources) -> Scope:
    """Give the names of a paper that is made for each row; report when there are no rows to make it for."""
    if not paper.each:
        return scope
    key = f"document.{paper.key}.each"
    rows = sources.expression(key, paper.each, scope)
    if isinstance(rows, Many | Keyed):
        return {**scope, "row": rows.of}
    sources.fault(key, _("Dit geeft geen rijen."))
    return scope


def _hold_compiled(call: Call, name: str, objects: template.Objects | None, faults: list[Fault]) -> None:
    """Report a template that cannot be compiled, for a reason that no check on its text saw."""
    try:
        template.read(call.templates / name, objects)
    except DefinitionError as error:
        faults.extend(fault for fault in error.faults if fault not in faults)
