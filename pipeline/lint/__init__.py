"""Definitions, rules, templates and blank forms held against each other before any paper is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.errors import DefinitionError, Fault
from pipeline.form import Field
from pipeline.library import load
from pipeline.library.call import Call
from pipeline.lint.blanks import hold_blanks
from pipeline.lint.definitions import hold_definitions
from pipeline.lint.kinds import Scope
from pipeline.lint.papers import hold_papers
from pipeline.lint.quotes import hold_quotes
from pipeline.lint.rules import hold_rules
from pipeline.lint.scope import of_call, of_form
from pipeline.lint.supplements import hold_supplement
from pipeline.lint.trial import try_out

__all__ = ["hold", "lint", "scopes_of"]


def lint(call: str | Path) -> list[Fault]:
    """Give every fault in a call's definitions, rules, templates and blank forms; none when all fit.

    Args:
        call: its key, or the path of a folder of forms.

    Raises:
        UsageError: there is no such call.
    """
    try:
        loaded = load(call)
    except DefinitionError as error:
        return error.faults
    return hold(loaded)


def hold(call: Call) -> list[Fault]:
    """Give every fault in a call that could be loaded."""
    faults = hold_work(call)
    hold_quotes(call, faults)
    hold_blanks(call, faults)
    return faults


def hold_work(call: Call) -> list[Fault]:
    """Give the faults that would spoil findings or papers; quotations and blank forms are left out."""
    faults: list[Fault] = []
    scopes = scopes_of(call)
    hold_definitions(call, scopes, faults)
    hold_rules(call, scopes, of_call(call, _bare(call)), faults)
    hold_papers(call, scopes, faults)
    hold_supplement(call, scopes, faults)
    if not faults:
        try_out(call, faults)
    return faults


def scopes_of(call: Call) -> dict[str, Scope]:
    """Give the names of each form of a call, by its key."""
    bare = _bare(call)
    return {key: of_form(call, bare, form) for key, form in bare.forms.items()}


def _bare(call: Call) -> Call:
    """Give the call without the expressions that facts evaluate, so that a fault in one stops no other check."""
    forms = {}
    for key, form in call.forms.items():
        sections = tuple(
            replace(section, fields=tuple(_unconditional(field) for field in section.fields))
            for section in form.sections
        )
        forms[key] = replace(form, sections=sections)
    return replace(call, values={}, forms=forms)


def _unconditional(field: Field) -> Field:
    return replace(field, required_when="", columns=tuple(_unconditional(column) for column in field.columns))
