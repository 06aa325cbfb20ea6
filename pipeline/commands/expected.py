"""The outcomes of the demo against the table that was written by hand from the call."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.dossier import Dossier, State
from pipeline.expression import Gap
from pipeline.facts import gather
from pipeline.finding import Finding, Outcome, Severity
from pipeline.language import _
from pipeline.library import Call
from pipeline.register import Register
from pipeline.report import Completeness, Line
from pipeline.run import lines as lines_of
from pipeline.values import encode_decimal, encode_value
from pipeline.written import DOSSIER, FINDINGS, read_dossier, read_findings

_SEVERITIES = {"blokkerend": Severity.BLOCKING, "waarschuwing": Severity.WARNING, "info": Severity.INFO}
_TIMES = " × "


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What an output folder holds at one moment."""

    lines: Mapping[str, Line]
    """By key."""
    dossiers: Mapping[str, Dossier]
    keys: Mapping[str, str]
    """Path in an inbox → key."""
    refused: Mapping[str, str]
    """Path in an inbox → reason."""
    findings: tuple[Finding, ...]
    """Of the call as a whole."""


def outcomes(call: Call, register: Register, output: Path) -> Outcomes:
    """Look what an output folder holds."""
    lines = {line.key: line for line in lines_of(register, output)}
    entries = {entry.content: entry.key for entry in register.entries()}
    refused = register.refused()
    deliveries = register.deliveries()
    return Outcomes(
        lines=lines,
        dossiers={key: read_dossier(call, output / line.folder / DOSSIER) for key, line in lines.items()},
        keys={d.path: entries[d.content] for d in deliveries if d.content in entries},
        refused={d.path: refused[d.content].reason for d in deliveries if d.content in refused},
        findings=read_findings(output / FINDINGS),
    )


def compare_intake(call: Call, table: Mapping[str, Any], found: Outcomes) -> Iterator[str]:
    """Give every difference before any decision."""
    for expected in table["dossier"]:
        path, number = expected["bestand"], expected["nummer"]
        if found.keys.get(path) != number:
            yield _differs(path, _("nummer"), number, found.keys.get(path))
            continue
        line, dossier = found.lines[number], found.dossiers[number]
        complete = line.completeness is Completeness.COMPLETE
        yield from _same(path, _("volledig"), expected["volledig"], complete)
        yield from _codes(path, expected, line.findings)
        yield from _same(path, _("niet beoordeeld"), sorted(expected["niet_beoordeeld"]), _unjudged(line.findings))
        yield from _amounts(path, expected["bedragen"], call, dossier)
        yield from _answers(path, expected["antwoorden"], dossier)
        for field, state in expected["toestanden"].items():
            yield from _same(path, field, state, dossier.answers[field].state.value)
    for expected in table["dubbel"]:
        one, other = found.keys.get(expected["bestand"]), found.keys.get(expected["van"])
        yield from _same(expected["bestand"], _("dossier"), other, one)
    refused = {expected["bestand"]: expected["reden"] for expected in table["geweigerd"]}
    yield from _same(_("inbox"), _("niet leesbaar"), refused, dict(found.refused))
    numbers = sorted(expected["nummer"] for expected in table["dossier"])
    yield from _same(_("inbox"), _("dossiers"), numbers, sorted(found.lines))
    whole = table["oproep"]
    asked = sum((line.requested for line in found.lines.values() if line.requested is not None), Decimal(0))
    yield from _same(_("oproep"), _("gevraagd"), whole["gevraagd"], encode_decimal(asked))
    yield from _codes(_("oproep"), whole, found.findings)


def compare_end(call: Call, table: Mapping[str, Any], found: Outcomes) -> Iterator[str]:
    """Give every difference after the decisions and the meetings."""
    for expected in table["dossier"]:
        line = found.lines.get(expected["nummer"])
        if line is None:
            continue
        granted = encode_decimal(line.granted) if line.granted is not None else ""
        yield from _same(expected["bestand"], _("toegekend"), expected.get("toegekend", ""), granted)
        yield from _papers(expected["bestand"], expected, line)
    for expected in table["vergadering"]:
        path = expected["bestand"]
        line = found.lines.get(found.keys.get(path, ""))
        if line is None:
            yield _differs(path, _("dossier"), expected["dossier"], None)
            continue
        yield from _same(path, _("dossier"), expected["dossier"], line.number)
        yield from _codes(path, expected, line.findings)
        yield from _answers(path, expected["antwoorden"], found.dossiers[line.key])
        yield from _papers(path, expected, line)
    standing = [line for line in found.lines.values() if line.form == call.main_form]
    total = sum((line.granted for line in standing if line.granted is not None), Decimal(0))
    yield from _same(_("oproep"), _("toegekend"), table["oproep"]["toegekend"], encode_decimal(total))


def _codes(path: str, expected: Mapping[str, Any], findings: Iterable[Finding]) -> Iterator[str]:
    failing = [finding for finding in findings if finding.outcome is Outcome.FAILS]
    for word, severity in _SEVERITIES.items():
        if word in expected:
            codes = sorted({finding.code for finding in failing if finding.severity is severity})
            yield from _same(path, word, sorted(expected[word]), codes)


def _unjudged(findings: Iterable[Finding]) -> list[str]:
    return sorted({finding.code for finding in findings if finding.outcome is Outcome.NOT_JUDGED})


def _amounts(path: str, expected: Mapping[str, str], call: Call, dossier: Dossier) -> Iterator[str]:
    import datetime as dt

    facts = gather(call, dossier, today=dt.date.max)
    for name, amount in expected.items():
        value = facts[name]
        yield from _same(path, name, amount, "" if isinstance(value, Gap) else encode_decimal(Decimal(value)))


def _answers(path: str, expected: Mapping[str, Any], dossier: Dossier) -> Iterator[str]:
    for field, value in expected.items():
        answer = dossier.answers[field]
        table = answer.rows or (isinstance(value, int) and not isinstance(value, bool))
        found = len(answer.rows) if table else encode_value(answer.value)
        if answer.state is State.DOUBTFUL:
            yield _differs(path, field, value, f"{answer.text} ({answer.problem})")
        else:
            yield from _same(path, field, value, found)


def _papers(path: str, expected: Mapping[str, Any], line: Line) -> Iterator[str]:
    for word, draft in (("definitief", False), ("ontwerp", True)):
        wanted: Counter[str] = Counter()
        for entry in expected[word]:
            key, _times, number = entry.partition(_TIMES)
            wanted[key] += int(number or 1)
        made = Counter(paper.key for paper in line.papers if not paper.refused and paper.draft is draft)
        yield from _same(path, word, dict(sorted(wanted.items())), dict(sorted(made.items())))
    refused = [f"{paper.key}: {' '.join(paper.reasons)}" for paper in line.papers if paper.refused]
    yield from _same(path, _("geweigerde documenten"), [], refused)


def _same(path: str, what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield _differs(path, what, expected, found)


def _differs(path: str, what: str, expected: object, found: object) -> str:
    return _("{path}: {what}: verwacht {expected}, gevonden {found}").format(
        path=path, what=what, expected=_text(expected), found=_text(found)
    )


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
