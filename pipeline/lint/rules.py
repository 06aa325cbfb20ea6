"""Rules held against the forms: every name, column, choice, filter and test exists."""

from __future__ import annotations

from pipeline.errors import Fault
from pipeline.language import _
from pipeline.library import nearest
from pipeline.library.call import Call
from pipeline.lint.definitions import form_keys
from pipeline.lint.kinds import Keyed, Many, Plain, Scope
from pipeline.lint.sources import Sources
from pipeline.rule import Moment, Rule
from pipeline.rule import Scope as RuleScope


def hold_rules(call: Call, scopes: dict[str, Scope], of_call: Scope, faults: list[Fault]) -> None:
    """Report what is wrong in the named values and the rules."""
    sources = Sources("regels.toml", faults)
    known = {name: kind for name, kind in scopes[call.main_form].items() if name not in call.values}
    for name, source in call.values.items():
        known[name] = sources.expression(f"values.{name}", source, known)
    for rule in call.rules:
        whole = rule.scope is RuleScope.CALL
        _hold_rule(call, rule, of_call if whole else scopes[rule.form or call.main_form], sources)


def _hold_rule(call: Call, rule: Rule, scope: Scope, sources: Sources) -> None:
    path = f"rule.{rule.code}"
    keys = form_keys(call.forms[rule.form or call.main_form])
    if rule.field and rule.field not in keys:
        message = _("Het formulier heeft geen veld «{name}».").format(name=rule.field)
        sources.fault(f"{path}.field", message, nearest(rule.field, keys))
    if rule.form and rule.form != call.main_form and Moment.AWARD in rule.moments:
        sources.fault(f"{path}.moments", _("Alleen regels van het hoofdformulier gelden bij de toekenning opnieuw."))
    if rule.each:
        rows = sources.expression(f"{path}.each", rule.each, scope)
        if isinstance(rows, Many | Keyed):
            scope = {**scope, "row": rows.of}
        elif isinstance(rows, Plain) and rows.name == "any":
            scope = {**scope, "row": rows}
        else:
            sources.fault(f"{path}.each", _("Dit geeft geen rijen."))
    if rule.when:
        sources.expression(f"{path}.when", rule.when, scope)
    for number, case in enumerate(rule.cases, 1):
        sources.expression(f"{path}.case[{number}].check", case.check, scope)
        if case.attachments:
            names = sources.expression(f"{path}.case[{number}].attachments", case.attachments, scope)
            if not isinstance(names, Many) and not (isinstance(names, Plain) and names.name == "any"):
                sources.fault(f"{path}.case[{number}].attachments", _("Dit geeft geen lijst van namen."))
        for key, source in (("message", case.message), ("remedy", case.remedy), ("reference", case.reference)):
            sources.text(f"{path}.case[{number}].{key}", source, scope)
