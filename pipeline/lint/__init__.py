"""Definitions, rules, templates and blank forms held against each other before any paper is made."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import DefinitionError, Fault
from pipeline.library import load
from pipeline.library.call import Call
from pipeline.lint.blanks import hold_blanks
from pipeline.lint.commented import commented
from pipeline.lint.definitions import hold_definitions
from pipeline.lint.papers import hold_papers, hold_read_aloud, spoiling_faults
from pipeline.lint.quotes import hold_quotes
from pipeline.lint.rules import hold_rules
from pipeline.lint.scope import of_call, of_forms, without_conditions
from pipeline.lint.supplements import hold_supplement
from pipeline.lint.trial import try_out

__all__ = ["commented", "lint", "spoiling_faults"]


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
    hold_read_aloud(call, of_forms(call), faults)
    hold_quotes(call, faults)
    hold_blanks(call, faults)
    return faults


def hold_work(call: Call) -> list[Fault]:
    """Give the faults that would spoil findings or papers; quotations, blank forms and reading aloud are left out."""
    faults: list[Fault] = []
    scopes = of_forms(call)
    hold_definitions(call, scopes, faults)
    hold_rules(call, scopes, of_call(call, without_conditions(call)), faults)
    hold_papers(call, scopes, faults)
    hold_supplement(call, scopes, faults)
    if not faults:
        try_out(call, faults)
    return faults
