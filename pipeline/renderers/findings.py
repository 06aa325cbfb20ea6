"""What the check said, as papers read it: of the intake, and as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.dossier import Dossier
from pipeline.expression import Record
from pipeline.finding import Finding, Outcome
from pipeline.library.call import Call
from pipeline.rule import Moment


def at_intake(
    call: Call, dossier: Dossier, findings: Sequence[Finding], replaced: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Give what the check said of the intake: without what it says of the award since the decision."""
    if dossier.decision is None:
        return tuple(findings)
    award = {rule.code for rule in call.rules if Moment.AWARD in rule.moments}
    order = {rule.code: place for place, rule in enumerate(call.rules)}
    kept = [finding for finding in findings if finding.code not in award]
    return tuple(sorted([*kept, *replaced], key=lambda finding: order.get(finding.code, len(order))))


def told(findings: Iterable[Finding]) -> tuple[Record, ...]:
    """Give findings as papers read them; what two rows of a rule say in the same words, once.

    Rows that cannot be judged wait for the same answer, wherever they stand themselves.
    """
    once: dict[tuple[object, ...], Finding] = {}
    for f in findings:
        place = "" if f.outcome is Outcome.NOT_JUDGED and f.missing else str(f.location)
        once.setdefault((f.code, f.outcome, f.severity, f.message, f.remedy, place, f.missing, f.waiver), f)
    return tuple(_finding(finding) for finding in once.values())


def _finding(finding: Finding) -> Record:
    values: dict[str, Any] = {
        "code": finding.code,
        "title": finding.title,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy,
        "reference": finding.reference,
        "field": finding.field,
        "place": str(finding.location) if finding.location else "",
        "missing": finding.missing,
        "counts": finding.counts,
        "blocks": finding.blocks,
        "stops_papers": finding.stops_papers,
        "accepted": finding.waiver is not None,
    }
    if finding.waiver is not None:
        waiver = {"why": finding.waiver.why, "by": finding.waiver.by, "on": finding.waiver.on}
        values["waiver"] = Record(waiver, "waiver")
    return Record(values, "findings")
