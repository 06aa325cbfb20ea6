"""Severities, outcomes, states and acts as people read them."""

from __future__ import annotations

from decimal import Decimal

from pipeline import language
from pipeline.dossier import Act, ActKind, State
from pipeline.finding import Finding, Outcome, Severity
from pipeline.form import Form
from pipeline.language import _


def severity_word(severity: Severity) -> str:
    """Name a severity as people read it."""
    return {
        Severity.BLOCKING: _("blokkerend"),
        Severity.WARNING: _("waarschuwing"),
        Severity.INFO: _("ter info"),
    }[severity]


def outcome_word(finding: Finding) -> str:
    """Name what became of a finding as people read it."""
    if finding.waiver is not None:
        return _("aanvaard")
    if finding.severity is Severity.INFO and finding.outcome is Outcome.FAILS:
        return _("om te weten")
    return _("niet te beoordelen") if finding.outcome is Outcome.NOT_JUDGED else _("niet in orde")


def state_word(state: State) -> str:
    """Name the state of an answer as people read it."""
    return {
        State.GIVEN: _("gegeven"),
        State.EMPTY: _("leeg"),
        State.NOT_FOUND: _("niet gevonden"),
        State.DOUBTFUL: _("twijfelachtig"),
    }[state]


def act_words(act: Act, form: Form | None = None) -> str:
    """Tell an act of an official in a sentence; with the form, a corrected answer has its label."""
    on = language.date_long(act.on) if act.on else ""
    if act.kind is ActKind.DECIDE:
        said = _("Toegekend: {amount} (beslissing van {on}, kenmerk {reference}).").format(
            amount=language.euro(Decimal(act.value)), on=on, reference=act.reference
        )
    elif act.kind is ActKind.ACCEPT:
        said = _("Bevinding {code} aanvaard op {on}.").format(code=act.target, on=on)
    elif act.kind is ActKind.CORRECT:
        said = _("«{field}» verbeterd tot «{value}» op {on}.").format(
            field=form.label_of(act.target) if form else act.target, value=act.value, on=on
        )
    else:
        said = _("Ingetrokken op {on}.").format(on=on)
    if act.why:
        said += " " + _("Reden: {why}.").format(why=act.why.rstrip("."))
    if act.by:
        said += " " + _("Door {by}.").format(by=act.by.rstrip("."))
    return said
