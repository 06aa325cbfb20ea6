"""What a run tells: the sheet, the page and the manifest, made again only when something changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pipeline
from pipeline import archive, language, report, write
from pipeline.dossier import Dossier
from pipeline.errors import ExitCode, UsageError, WijkcontractError
from pipeline.facts import gather
from pipeline.finding import Finding
from pipeline.inbox import Inbox
from pipeline.language import _
from pipeline.making import ToReread, reread
from pipeline.register import Delivery, Entry, MadeFile
from pipeline.report import Line, Telling
from pipeline.rule import Moment
from pipeline.run.desk import Desk, Trouble, digest
from pipeline.run.manifest import manifest
from pipeline.run.remarks import (
    changed_by_hand,
    damaged,
    delivered_twice,
    kept,
    look_again,
    moments_that_differ,
    no_longer_so,
    not_printed,
    refusals,
    same_mail,
    supplements,
)
from pipeline.workers import Done, Workers
from pipeline.written import DOSSIER, FINDINGS

SHEET = "overzicht.xlsx"
PAGE = "rapport.html"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended."""

    exit_code: ExitCode
    counts: Mapping[str, int]
    """dossiers, complete, incomplete, not_judged, withdrawn, decided, refused, papers, papers_refused."""
    made: int
    """Dossiers that were made or made again."""
    remarks: tuple[str, ...]
    faults: tuple[str, ...]
    """In definitions and templates."""
    lines: Mapping[str, Line]
    """Those of the dossiers that were made, by key."""


def remember(desk: Desk, box: Inbox) -> None:
    """Keep what the inbox held beside submissions, for tellings between two runs."""
    known: dict[str, Any] = json.loads(desk.register.setting("inboxes") or "{}")
    left = [[left.path, left.why, left.reason is not None] for left in box.left]
    held = {"left": left, "faults": list(box.faults)}
    if known.get(desk.inbox) != held:
        with desk.register.change() as changes:
            changes.set("inboxes", json.dumps(dict(sorted((known | {desk.inbox: held}).items()))))


def tell(desk: Desk, fresh: Mapping[str, Line], trouble: Trouble) -> Result:
    """Write the tellings when something changed since the last time, and say how the run ended.

    Args:
        desk: the desk of the run.
        fresh: lines of the dossiers that were just made.
        trouble: what went wrong.
    """
    entries = desk.register.entries()
    made = desk.register.made()
    deliveries = [delivery for delivery in desk.register.deliveries() if delivery.present]
    inboxes: dict[str, Any] = json.loads(desk.register.setting("inboxes") or "{}")
    left = [report.ToldLeft(*item) for held in inboxes.values() for item in held["left"]]
    refused = refusals(desk, deliveries)
    by_hand = changed_by_hand(desk, entries, made, trouble)
    remarks = (
        *(fault for held in inboxes.values() for fault in held["faults"]),
        *delivered_twice(entries, deliveries),
        *same_mail(desk.register.envelopes(), entries),
        *moments_that_differ(desk.register.envelopes(), deliveries),
        *by_hand,
        *not_printed(entries, made),
        *damaged(desk.register, desk.output, entries),
        *trouble.remarks,
    )
    state = digest(
        {
            "definitions": desk.definitions,
            "entries": [[entry.key, entry.fingerprint] for entry in entries],
            "files": {
                key: [[f.name, f.sha256, f.problem] for f in files.values()] for key, files in made.items() if key
            },
            "deliveries": [[d.path, d.content, archive.encode_receipt(d.receipt)] for d in deliveries],
            "refused": [[refusal.path, refusal.reason, refusal.what] for refusal in refused],
            "left": [[item.path, item.why] for item in left],
            "remarks": remarks,
        }
    )
    outcome = json.loads(desk.register.setting("outcome") or "{}")
    if outcome.get("state") != state or not _stands(desk, made.get("", {})):
        lines = _lines(desk, entries, fresh, made)
        telling = Telling(
            call=desk.call,
            today=desk.settings.today,
            version=pipeline.__version__,
            available=_available(desk),
            lines=lines,
            findings=_of_the_call(desk, lines),
            refused=refused,
            left=tuple(left),
            remarks=remarks,
        )
        outcome = {"state": state, "blocking": _is_blocking(telling), "counts": _counts(telling)}
        _write(desk, telling, entries, made, deliveries, outcome, trouble)
    faults = tuple(str(fault) for fault in trouble.faults)
    here = [delivery for delivery in deliveries if delivery.inbox == desk.inbox]
    serious = any(item[2] for item in inboxes.get(desk.inbox, {"left": []})["left"])
    if faults:
        code = ExitCode.DEFINITIONS
    elif trouble.unread or serious or refusals(desk, here):
        code = ExitCode.UNREADABLE
    else:
        code = ExitCode.BLOCKING if outcome["blocking"] else ExitCode.DONE
    touched = [entry for entry in entries if entry.key in fresh]
    again = {*trouble.remarks, *delivered_twice(touched, deliveries), *not_printed(touched, made)}
    told = (
        *_untold(desk, {remark: by_hand.get(remark, "") for remark in remarks}, again),
        *trouble.told,
        *supplements(desk, fresh.values()),
        *look_again(fresh.values()),
        *no_longer_so(fresh.values()),
    )
    return Result(code, outcome["counts"], len(fresh), told, faults, fresh)


def _untold(desk: Desk, remarks: Mapping[str, str], again: Collection[str]) -> list[str]:
    """Give the remarks to tell: of a run all, of an act those that are new or of what it made; the report lists all.

    Args:
        desk: the desk of the run.
        remarks: all that hold, each with the hash of what it is about where that can change again.
        again: those that an act tells though they were told before.
    """
    known: dict[str, str] = json.loads(desk.register.setting("told") or "{}")
    if known != remarks:
        with desk.register.change() as changes:
            changes.set("told", json.dumps(dict(remarks)))
    return [one for one, state in remarks.items() if desk.inbox or one in again or known.get(one) != state]


def _lines(
    desk: Desk, entries: Sequence[Entry], fresh: Mapping[str, Line], made: Mapping[str, Mapping[str, MadeFile]]
) -> tuple[Line, ...]:
    """Give the line of every dossier, those that were not made now from their data."""
    folders = {entry.key: desk.folder(entry) for entry in entries}
    older = [entry for entry in entries if entry.key not in fresh and entry.fingerprint]
    tasks = [
        (
            desk.call_name,
            desk.definitions,
            language.current(),
            ToReread(
                entry.key,
                folders[entry.key],
                entry.folder,
                folders[entry.owner] / DOSSIER if entry.owner else None,
            ),
            desk.settings.today,
        )
        for entry in older
    ]
    few = len(older) < 100  # a process takes longer to start than a few dossiers to read
    workers = Workers(0) if few else desk.workers
    outcomes = desk.each(_("overzicht maken"), workers.run(reread, tasks), len(tasks))
    lines = dict(fresh)
    for entry, outcome in zip(older, outcomes, strict=True):
        if isinstance(outcome, Done):
            lines[entry.key] = outcome.result
        elif not isinstance(outcome.error, UsageError):  # its data is gone and could not be made again: told before
            raise outcome.error or WijkcontractError(outcome.detail)
    owners = {entry.key: (entry.owner or entry.key, entry.owner != "", entry.key) for entry in entries}
    order = {entry.key: place for place, entry in enumerate(entries)}
    keys = sorted(lines, key=lambda key: (order[owners[key][0]], owners[key][1], key))
    return tuple(_with_pdf(lines[key], made.get(key, {})) for key in keys)


def _with_pdf(line: Line, made: Mapping[str, MadeFile]) -> Line:
    papers = []
    for paper in line.papers:
        pdf = made.get(paper.file.removesuffix(".docx") + ".pdf") if paper.file else None
        if pdf:
            paper = replace(paper, pdf="" if pdf.problem else pdf.name, pdf_problem=pdf.problem)  # noqa: PLW2901
        papers.append(paper)
    return replace(line, papers=tuple(papers))


def _of_the_call(desk: Desk, lines: Sequence[Line]) -> tuple[Finding, ...]:
    """Judge all dossiers together: what is asked, and once one is decided, what is granted."""
    from pipeline.check import check_call

    standing = [line for line in lines if line.form == desk.call.main_form and not line.withdrawn]
    today = desk.settings.today
    findings = check_call(desk.call, [line.call_facts for line in standing], today=today)
    decided = [line.award_facts for line in standing if line.award_facts is not None]
    if decided:
        findings = (*findings, *check_call(desk.call, decided, today=today, moment=Moment.AWARD))
    return tuple(findings)


def _available(desk: Desk) -> Decimal | None:
    nobody = Dossier("", desk.call.key, desk.call.main_form)
    return report.amount_available(desk.call, gather(desk.call, nobody, today=desk.settings.today))


def _stands(desk: Desk, made: Mapping[str, MadeFile]) -> bool:
    """Say whether the tellings are there as they were made."""
    return set(made) == {SHEET, PAGE, MANIFEST, FINDINGS} and all(
        (desk.output / file.name).is_file() and write.sha256_of(desk.output / file.name) == file.sha256
        for file in made.values()
    )


def _is_blocking(telling: Telling) -> bool:
    """Say whether something keeps a dossier from being complete, or a paper from being made."""
    standing = [line for line in telling.lines if not line.withdrawn]
    blocking = any(finding.blocks for line in standing for finding in line.findings)
    refused = any(paper.refused for line in standing for paper in line.papers)
    return blocking or refused or any(finding.blocks for finding in telling.findings)


def _counts(telling: Telling) -> dict[str, int]:
    lines = telling.dossiers
    standing = [line for line in lines if not line.withdrawn]
    papers = [paper for line in telling.lines for paper in line.papers]
    return {
        "dossiers": len(lines),
        "complete": sum(1 for line in standing if line.completeness is report.Completeness.COMPLETE),
        "incomplete": sum(1 for line in standing if line.completeness is report.Completeness.INCOMPLETE),
        "not_judged": sum(1 for line in standing if line.completeness is report.Completeness.NOT_JUDGED),
        "withdrawn": len(lines) - len(standing),
        "decided": sum(1 for line in standing if line.granted is not None),
        "joined": len(telling.lines) - len(lines),
        "refused": len(telling.refused),
        "papers": sum(1 for paper in papers if not paper.refused),
        "drafts": sum(1 for paper in papers if paper.draft),
        "papers_refused": sum(1 for paper in papers if paper.refused),
        "pdf": sum(1 for paper in papers if paper.pdf),
    }


def _write(
    desk: Desk,
    telling: Telling,
    entries: Sequence[Entry],
    made: Mapping[str, Mapping[str, MadeFile]],
    deliveries: Iterable[Delivery],
    outcome: dict[str, Any],
    trouble: Trouble,
) -> None:
    desk.settings.progress(_("rapport schrijven"), 0, 1)
    contents = {
        FINDINGS: archive.dump(archive.encode_findings("", telling.findings)),
        SHEET: report.workbook(telling),
        PAGE: report.page(telling),
    }
    contents[MANIFEST] = archive.dump(manifest(desk, entries, made, deliveries, contents))
    staging = desk.staging / "rapport"
    staged = write.stage(staging, contents)
    before = {file.name: file.sha256 for file in made.get("", {}).values()}
    installed = write.install(staging, desk.output, staged, before, ours=tuple(contents))
    trouble.kept.extend(installed.kept)
    kept(desk, trouble)
    with desk.register.change() as changes:
        changes.record("", [MadeFile(file.name, file.sha256) for file in staged])
        changes.set("outcome", json.dumps(outcome))
    desk.settings.progress(_("rapport schrijven"), 1, 1)
