"""Rules and papers tried on made-up dossiers, for what only shows when it runs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from jinja2 import TemplateError

from pipeline.check import check, check_call
from pipeline.errors import DefinitionError, Fault
from pipeline.expression import NotJudged, sketch
from pipeline.facts import Facts
from pipeline.finding import Finding, Outcome
from pipeline.language import _
from pipeline.library.call import Call
from pipeline.lint.examples import TODAY, Example, examples
from pipeline.renderers import papers
from pipeline.rule import Moment, Rule, Scope

Result = TypeVar("Result")
_WRONG = (TemplateError, TypeError, AttributeError, LookupError)
_PAPERS_TRIED = 4
"""Examples on which papers are made; rules run on all of them, which costs far less."""


def try_out(call: Call, faults: list[Fault]) -> None:
    """Run every rule and paper over made-up dossiers; report what fails, and on which dossier."""
    desk = _Desk(call, faults)
    together: list[Facts] = []
    for form in call.forms.values():
        made = list(examples(call, form))
        for example in made:
            facts = desk.facts(example, Moment.INTAKE)
            if facts is None:
                return
            desk.try_rules(example, facts)
            if form.key == call.main_form:
                together.append(facts)
        for example in (*made[: _PAPERS_TRIED - 2], *made[-2:]):
            desk.try_papers(example)
    for rule in call.rules:
        if rule.scope is Scope.CALL:
            desk.try_call_rule(rule, together)


class _Desk:
    """Tries one call; every fault that shows is added, each once."""

    def __init__(self, call: Call, faults: list[Fault]) -> None:
        self.call = call
        self.faults = faults

    def fault(self, file: str, key: str, message: str) -> None:
        fault = Fault(file, key, message)
        if fault not in self.faults:
            self.faults.append(fault)

    def attempt(self, file: str, key: str, example: str, run: Callable[[], Result]) -> Result | None:
        """Run something; what goes wrong becomes a fault that names the example."""
        try:
            return run()
        except DefinitionError as error:
            for fault in error.faults:
                self.fault(fault.file, fault.key, fault.message)
        except _WRONG as error:
            self.fault(file, key, _("{what} (bij een dossier met {example})").format(what=error, example=example))
        return None

    def facts(self, example: Example, moment: Moment) -> Facts | None:
        return self.attempt("regels.toml", "values", example.name, lambda: example.facts(self.call, moment))

    def try_rules(self, example: Example, facts: Facts) -> None:
        for rule in self.call.rules:
            if rule.scope is Scope.CALL or (rule.form or self.call.main_form) != example.dossier.form:
                continue
            alone = replace(self.call, rules=(replace(rule, moments=(Moment.INTAKE,)),))
            found = self.attempt(
                "regels.toml",
                f"rule.{rule.code}",
                example.name,
                functools.partial(check, alone, example.dossier, facts),
            )
            self.try_words(rule, found or (), facts, example.name)

    def try_call_rule(self, rule: Rule, together: Sequence[Facts]) -> None:
        alone = replace(self.call, rules=(replace(rule, moments=(Moment.INTAKE,)),))
        for facts in ([], together[:1], together):
            name = _("{number} dossiers samen").format(number=len(facts))
            self.attempt(
                "regels.toml",
                f"rule.{rule.code}",
                name,
                functools.partial(check_call, alone, facts, today=TODAY),
            )

    def try_words(self, rule: Rule, found: Sequence[Finding], facts: Facts, example: str) -> None:
        """Report what cannot be calculated, and fill every text that needs no row."""
        for finding in found:
            lost = finding.outcome is Outcome.NOT_JUDGED and not finding.missing
            if lost or (finding.outcome is Outcome.FAILS and rule.title in (finding.message, finding.remedy)):
                message = _("Dit kan niet worden berekend (bij een dossier met {example}); deelt het door nul?")
                self.fault("regels.toml", f"rule.{rule.code}", message.format(example=example))
        if rule.each:
            return
        for number, case in enumerate(rule.cases, 1):
            for key, source in (("message", case.message), ("remedy", case.remedy), ("reference", case.reference)):
                self.attempt(
                    "regels.toml",
                    f"rule.{rule.code}.case[{number}].{key}",
                    example,
                    functools.partial(_filled, source, facts),
                )

    def try_papers(self, example: Example) -> None:
        findings = self.attempt("regels.toml", "rule", example.name, lambda: tuple(self._findings(example))) or ()
        for paper in self.call.papers:
            if paper.form == example.dossier.form:
                self.attempt(
                    "documenten.toml",
                    f"document.{paper.key}",
                    example.name,
                    functools.partial(
                        papers,
                        self.call,
                        example.dossier,
                        findings=[finding for finding in findings if not finding.stops_papers],
                        today=TODAY,
                        main=example.main,
                        only=(paper.key,),
                    ),
                )

    def _findings(self, example: Example) -> Iterator[Finding]:
        yield from check(self.call, example.dossier, example.facts(self.call))


def _filled(source: str, facts: Facts) -> str:
    try:
        return sketch(source, facts)
    except (NotJudged, ArithmeticError, ValueError):
        return ""
