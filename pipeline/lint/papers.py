"""Papers held against forms, clauses and templates: every name in them exists."""

from __future__ import annotations

import re
from typing import Any

from pipeline.errors import DefinitionError, Fault
from pipeline.language import _
from pipeline.library import nearest
from pipeline.library.call import Call, PaperDefinition
from pipeline.lint.kinds import Keyed, Many, Scope
from pipeline.lint.scope import of_paper
from pipeline.lint.sources import Sources
from pipeline.lint.walk import TemplateWalker
from pipeline.renderers import template

FILE = "documenten.toml"
_UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'")


def hold_papers(call: Call, scopes: dict[str, Scope], faults: list[Fault]) -> None:
    """Report what is wrong in `documenten.toml` and in the templates it names."""
    sources = Sources(FILE, faults)
    for paper in call.papers:
        _hold_paper(call, paper, scopes[paper.form], sources)
    used = {key for paper in call.papers for key in paper.clauses}
    for key in call.clauses:
        if key not in used:
            sources.fault(f"clausule.{key}", _("Geen enkel document drukt deze clausule af."))
    named = {paper.template for paper in call.papers}
    unused = _("Geen enkel document gebruikt dit sjabloon.")
    faults.extend(
        Fault(path.name, "sjabloon", unused)
        for path in sorted(call.templates.glob("*.docx"))
        if path.name not in named and not path.name.startswith("~$")
    )


def _hold_paper(call: Call, paper: PaperDefinition, form_scope: Scope, sources: Sources) -> None:
    path = f"document.{paper.key}"
    scope = form_scope
    sources.expression(f"{path}.when", paper.when, scope)
    if paper.each:
        rows = sources.expression(f"{path}.each", paper.each, scope)
        if isinstance(rows, Many | Keyed):
            scope = {**scope, "row": rows.of}
        else:
            sources.fault(f"{path}.each", _("Dit geeft geen rijen."))
    sources.expression(f"{path}.final_when", paper.final_when, form_scope)
    sources.text(f"{path}.draft_reason", paper.draft_reason, form_scope)
    scope = of_paper(scope)
    sources.text(f"{path}.filename", paper.filename, scope)
    for number, who in enumerate(paper.signatories, 1):
        sources.text(f"{path}.signatories[{number}]", who, scope)
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
        return
    hold_template(call, paper, scope, sources.faults)


def hold_template(call: Call, paper: PaperDefinition, scope: Scope, faults: list[Fault]) -> None:
    """Report what is wrong in a Word template, with the part and the words around it."""
    try:
        word = template.read(call.templates / paper.template)
    except DefinitionError as error:
        faults.extend(fault for fault in map(_meant, error.faults) if fault not in faults)
        return
    environment: Any = template.environment()
    for part in word.parts.values():

        def report(line: int, message: str, suggestion: str, part: template.Part = part) -> None:
            fault = Fault(paper.template, template.fault(paper.template, part, line, message).key, message, suggestion)
            if fault not in faults:
                faults.append(fault)

        TemplateWalker(environment, report).statements(environment.parse(part.source).body, dict(scope))


def _meant(fault: Fault) -> Fault:
    """Add the filter or test that was meant to a fault of the template's own language."""
    unknown = _UNKNOWN.search(fault.message)
    if unknown is None:
        return fault
    kind, name = unknown.groups()
    environment: Any = template.environment()
    known = environment.filters if kind == "filter" else environment.tests
    message = _("De filter «{name}» bestaat niet.") if kind == "filter" else _("De test «{name}» bestaat niet.")
    return Fault(fault.file, fault.key, message.format(name=name), nearest(name, known))
