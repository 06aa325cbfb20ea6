"""The page `rapport.html`: one self-contained file that says what is complete and what is missing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import quote

from pipeline import expression, language, resources
from pipeline.dossier import Request, State
from pipeline.finding import Finding, Outcome, Severity
from pipeline.language import _
from pipeline.report import charts
from pipeline.report.telling import Line, Telling, ToldPaper
from pipeline.report.words import act_words, outcome_word, request_words, severity_word, supplement_words
from pipeline.supplement import files_of
from pipeline.visible import visible

TEMPLATE = "report/rapport.html.j2"
_ORDER = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.INFO: 2}


def page(telling: Telling) -> bytes:
    """Give the bytes of the page; the same telling gives the same bytes."""
    source = (resources.TEMPLATES / TEMPLATE).read_text(encoding="utf-8")
    pictures = (charts.budget(telling), charts.completeness(telling), charts.requests(telling))
    lines = [_line(line, telling) for line in telling.lines]
    view = {
        "title": telling.call.title,
        "made_on": language.date_long(telling.today),
        "version": telling.version,
        "charts": [chart for chart in pictures if chart is not None],
        "lines": lines,
        "look_again": sum(len(line["look_again"]) for line in lines),
        "doubtful": sum(len(line["doubts"]) for line in lines),
        "counts": _counts(telling),
        "findings": [_finding(finding) for finding in telling.findings if finding.outcome is not Outcome.HOLDS],
        "refused": list(telling.refused),
        "left": list(telling.left),
        "remarks": list(telling.remarks),
    }
    words: dict[str, Callable[[str], str]] = {"_": language._}
    return expression.markup().from_string(source).render({**_shown(view), **words}).encode("utf-8")


def _counts(telling: Telling) -> dict[str, Any]:
    lines = telling.dossiers
    return {
        "dossiers": len(lines),
        "complete": sum(1 for line in lines if not line.withdrawn and line.completeness.value == "complete"),
        "incomplete": sum(1 for line in lines if not line.withdrawn and line.completeness.value == "incomplete"),
        "not_judged": sum(1 for line in lines if not line.withdrawn and line.completeness.value == "not_judged"),
        "withdrawn": sum(1 for line in lines if line.withdrawn),
        "decided": sum(1 for line in lines if line.granted is not None and not line.withdrawn),
        "refused": len(telling.refused),
    }


def _line(line: Line, telling: Telling) -> dict[str, Any]:
    about = [
        (column.label, _cell(value, column.kind))
        for column, value in zip(telling.call.overview.columns, line.values, strict=False)
    ]
    return {
        "key": line.key,
        "anchor": line.key.replace("/", "_"),
        "joined": line.form != telling.call.main_form,
        "title": line.title,
        "name": line.name,
        "folder": line.folder,
        "source": line.source,
        "proof": line.proof or _("niet bewezen"),
        "attachments": language.enumerate_words(line.attachments) or _("geen"),
        "state": line.state,
        "kind": "withdrawn" if line.withdrawn else line.completeness.value,
        "requested": language.euro(line.requested) if line.requested is not None else "",
        "granted": language.euro(line.granted) if line.granted is not None else "",
        "tells_granted": any(column.value == "granted" for column in telling.call.overview.columns),
        "blocking": line.count(Severity.BLOCKING),
        "warnings": line.count(Severity.WARNING),
        "about": about,
        "findings": [
            _finding(finding)
            for finding in sorted(line.findings, key=lambda f: (f.waiver is not None, _ORDER[f.severity], f.code))
        ],
        "lost": [
            {"label": review.label, "section": review.section}
            for review in line.review
            if review.state is not State.DOUBTFUL
        ],
        "doubts": [] if line.withdrawn else _doubts(line),
        "look_again": list(line.look_again),
        "notes": list(line.notes),
        "acts": [
            *(act_words(act, telling.call.forms.get(line.form)) for act in line.acts),
            *(request_words(request) for request in line.requests),
            *(supplement_words(supplement) for supplement in line.supplements),
        ],
        "papers": [_paper(paper, line.folder) for paper in line.papers],
        "forms": [_form(request, line.folder) for request in line.requests],
    }


def _doubts(line: Line) -> list[dict[str, Any]]:
    """Tell the answers that are used nowhere until somebody says what they mean."""
    return [
        {
            "label": review.label,
            "text": review.text,
            "likely": review.likely if review.likely != review.text else _("zoals het er staat"),
            "chance": language.percent(Decimal(round(100 * review.confidence))),
            "problem": review.problem,
            "place": review.place or review.section,
            "line": review.line(line.key),
        }
        for review in line.review
        if review.state is State.DOUBTFUL
    ]


def _finding(finding: Finding) -> dict[str, Any]:
    waiver = finding.waiver
    missing = _("Ontbreekt of twijfelachtig: {labels}.").format(labels="; ".join(finding.missing))
    return {
        "code": finding.code,
        "title": finding.title,
        "severity": finding.severity.value,
        "severity_word": severity_word(finding.severity),
        "outcome": outcome_word(finding),
        "message": finding.message or (missing if finding.missing else ""),
        "remedy": finding.remedy,
        "place": str(finding.location) if finding.location else "",
        "reference": finding.reference,
        "stops_papers": finding.stops_papers and finding.counts,
        "waiver": _("Aanvaard op {on} door {by}: {why}").format(
            on=language.date_long(waiver.on), by=waiver.by, why=waiver.why
        )
        if waiver
        else "",
    }


def _paper(paper: ToldPaper, folder: str) -> dict[str, Any]:
    """Tell a paper, with the address of its files as seen from the page."""
    return {
        "title": paper.title,
        "refused": paper.refused,
        "draft": paper.draft,
        "reasons": list(paper.reasons),
        "files": [{"name": name, "address": quote(f"{folder}/{name}")} for name in (paper.file, paper.pdf) if name],
        "pdf_problem": paper.pdf_problem,
        "issued": paper.issued,
        "differs": paper.differs,
        "signing": paper.signing,
    }


def _form(request: Request, folder: str) -> dict[str, Any]:
    """Tell the form of a supplement, with the address of its files as seen from the page."""
    names = list(files_of(request))
    return {
        "title": _("Aanvullingsformulier {number}").format(number=request.sequence),
        "files": [{"name": name, "address": quote(f"{folder}/{name}")} for name in names],
    }


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "amount" and isinstance(value, Decimal | int):
        return language.euro(Decimal(value))
    if kind == "percentage" and isinstance(value, Decimal | int):
        return language.percent(Decimal(value))
    if kind == "date" and isinstance(value, dt.date):
        return language.date_short(value)
    return expression.show(value)


def _shown(value: Any) -> Any:
    """Give the view with every text harmless, and what is a dataclass as names."""
    if isinstance(value, str):
        return visible(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        properties = [name for name, member in vars(type(value)).items() if isinstance(member, property)]
        return {name: _shown(getattr(value, name)) for name in (*names, *properties)}
    if isinstance(value, Mapping):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value
