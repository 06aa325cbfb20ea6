"""Rules: the TOML of the rules of a call, as rules and named values."""

from __future__ import annotations

from pipeline.errors import Fault
from pipeline.finding import Severity
from pipeline.language import _
from pipeline.library.entry import Entry, parse, refuse_doubles
from pipeline.rule import Case, Moment, Rule, Scope


def read_rules(data: bytes, file: str, faults: list[Fault]) -> tuple[dict[str, str], tuple[Rule, ...]]:
    """Read the named values and the rules; everything that is wrong is added to `faults`."""
    entry = parse(data, file, faults)
    named = entry.entry("values") if entry.has("values") else None
    values = {name: named.text(name) for name in named.values} if named else {}
    entries = entry.entries("rule", "code", required=True)
    rules = tuple(_rule(rule) for rule in entries)
    refuse_doubles(zip(entries, (rule.code for rule in rules), strict=True), _("De regel"))
    entry.close()
    return values, rules


def _rule(entry: Entry) -> Rule:
    rule = Rule(
        code=entry.text("code"),
        title=entry.text("title"),
        cases=tuple(_case(case) for case in entry.entries("case", required=True)),
        form=entry.text("form", ""),
        scope=entry.kind("scope", Scope, Scope.DOSSIER),
        moments=entry.kinds("moments", Moment, (Moment.INTAKE,)),
        each=entry.text("each", ""),
        when=entry.text("when", ""),
        field=entry.text("field", ""),
    )
    entry.close()
    return rule


def _case(entry: Entry) -> Case:
    case = Case(
        severity=entry.kind("severity", Severity),
        check=entry.text("check"),
        message=entry.text("message"),
        remedy=entry.text("remedy", ""),
        reference=entry.text("reference", ""),
        stops_papers=entry.flag("stops_papers"),
        attachments=entry.text("attachments", ""),
    )
    entry.close()
    return case
