"""Severities, outcomes, states and acts as people read them."""

from __future__ import annotations

from decimal import Decimal

from pipeline import language
from pipeline.dossier import Act, ActKind, Ask, Request, State, Supplement
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


def request_words(request: Request) -> str:
    """Tell a supplement that was asked in a sentence."""
    files = [question.target for question in request.questions if question.ask is Ask.FILE]
    labels = [question.label for question in request.questions if question.ask is not Ask.FILE]
    said = _("Aanvulling {number} gevraagd op {on}: {what}.").format(
        number=request.sequence,
        on=language.date_long(request.on),
        what="; ".join([*labels, *(_("bijlage {file}").format(file=file) for file in files)]),
    )
    if request.until:
        said += " " + _("Te bezorgen tot en met {until}.").format(until=language.date_long(request.until))
    return said


def supplement_words(supplement: Supplement) -> str:
    """Tell a supplement that came back, and what became of it, in a few sentences."""
    received = supplement.receipt.received
    when = language.moment(received) if received else _("een moment dat niet bewezen is")
    said = _("Aanvulling {number} («{file}»), ontvangen op {when}.").format(
        number=supplement.number, file=supplement.source.name, when=when
    )
    if supplement.closed:
        said += " " + _("Overgenomen: {labels}.").format(labels="; ".join(supplement.closed))
    return " ".join([said, *supplement.told])


_CHANGES = 8
"""Accepted changes that are told in a sentence; the act keeps all of them."""


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
    elif act.kind is ActKind.ASSIGN:
        said = _("Handtekening in «{file}» op {on} toegewezen aan het veld «{field}».").format(
            file=act.reference, on=on, field=act.value
        )
    elif act.kind is ActKind.ADMIT:
        said = _("Exemplaar «{file}», opnieuw opgeslagen door een programma, toegelaten op {on}.").format(
            file=act.value, on=on
        )
    elif act.kind is ActKind.ISSUE:
        said = _("{title} uitgegeven op {on}: «{file}».").format(title=act.target, on=on, file=act.value)
    elif act.kind is ActKind.ACCEPT_CHANGES:
        changes = act.value.splitlines()
        more = [_("en nog {number}").format(number=len(changes) - _CHANGES)] if len(changes) > _CHANGES else []
        said = _("Wijzigingen van de tegenpartij in {title} aanvaard op {on}: {changes} ({reference}).").format(
            title=act.target, on=on, changes="; ".join([*changes[:_CHANGES], *more]), reference=act.reference
        )
    else:
        said = _("Ingetrokken op {on}.").format(on=on)
    if act.why:
        said += " " + _("Reden: {why}.").format(why=act.why.rstrip("."))
    if act.by:
        said += " " + _("Door {by}.").format(by=act.by.rstrip("."))
    return said
