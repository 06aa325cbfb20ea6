"""Dossiers and findings as JSON and back: what `dossier.json` and `bevindingen.json` hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipeline.archive.acts import (
    decode_act,
    decode_corrected,
    decode_earlier,
    encode_act,
    encode_corrected,
    encode_earlier,
)
from pipeline.archive.answers import (
    SCHEMA_VERSION,
    Json,
    decode_answers,
    decode_location,
    encode_answers,
    encode_location,
)
from pipeline.document import Source
from pipeline.dossier import (
    Ask,
    Attachment,
    Dossier,
    Extraction,
    HeadLine,
    Question,
    Receipt,
    Request,
    Role,
    Supplement,
)
from pipeline.finding import Finding, Outcome, Severity, Waiver
from pipeline.form import Form
from pipeline.values import encode_decimal


def encode_extraction(extraction: Extraction) -> Json:
    """Give what was read from one file as JSON, as `extract --json` prints it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "file": extraction.source.name,
        "sha256": extraction.source.sha256,
        "media_type": extraction.source.media_type,
        "form": extraction.form,
        "version": extraction.version,
        "answers": encode_answers(extraction.answers),
        "notes": list(extraction.notes),
        "inexact": list(extraction.inexact),
    }


def decode_extraction(data: Json, form: Form) -> Extraction:
    """Give back what was read from one file."""
    source = Source(data["file"], data["sha256"], data["media_type"])
    answers = decode_answers(data["answers"], form)
    return Extraction(data["form"], data["version"], source, answers, tuple(data["notes"]), tuple(data["inexact"]))


def encode_attachment(attachment: Attachment) -> Json:
    """Give an attachment as JSON."""
    told = {name: getattr(attachment, name) for name in ("name", "sha256", "media_type", "size", "problem")}
    return {**told, "role": attachment.role.value}


def decode_attachment(data: Json) -> Attachment:
    """Give back an attachment."""
    return Attachment(**{**data, "role": Role(data["role"])})


def encode_receipt(receipt: Receipt) -> Json:
    """Give a receipt as JSON."""
    return {
        "received": receipt.received.isoformat() if receipt.received else None,
        "channel": receipt.channel,
        "sender": receipt.sender,
        "proof": receipt.proof,
        **({"message": receipt.message} if receipt.message else {}),
    }


def decode_receipt(data: Json) -> Receipt:
    """Give back a receipt."""
    received = dt.datetime.fromisoformat(data["received"]) if data["received"] else None
    return Receipt(received, data["channel"], data["sender"], data["proof"], data.get("message", ""))


def encode_request(request: Request) -> Json:
    """Give a request for a supplement as JSON."""
    return {
        "sequence": request.sequence,
        "on": request.on.isoformat(),
        "until": request.until.isoformat() if request.until else None,
        "head": [{"label": line.label, "value": line.value, "identifies": line.identifies} for line in request.head],
        "questions": [
            {
                "ask": question.ask.value,
                "target": question.target,
                "label": question.label,
                "help": question.help,
                "needed": question.needed,
                "about": question.about,
                "filled": question.filled,
                "rows": [dict(row) for row in question.rows],
            }
            for question in request.questions
        ],
        "intro": request.intro,
        "kinds": list(request.kinds),
    }


def decode_request(data: Json) -> Request:
    """Give back a request for a supplement."""
    until = dt.date.fromisoformat(data["until"]) if data["until"] else None
    head = tuple(HeadLine(**line) for line in data["head"])
    questions = tuple(
        Question(**{**question, "ask": Ask(question["ask"]), "rows": tuple(question["rows"])})
        for question in data["questions"]
    )
    return Request(
        data["sequence"], dt.date.fromisoformat(data["on"]), until, head, questions, data["intro"], tuple(data["kinds"])
    )


def encode_supplement(supplement: Supplement) -> Json:
    """Give a supplement that came back as JSON."""
    source = supplement.source
    return {
        "number": supplement.number,
        "receipt": encode_receipt(supplement.receipt),
        "source": {"name": source.name, "sha256": source.sha256, "media_type": source.media_type},
        "registered": supplement.registered.isoformat(),
        "request": supplement.request,
        "closed": list(supplement.closed),
        "files": list(supplement.files),
        "told": list(supplement.told),
        "applied": supplement.applied,
    }


def decode_supplement(data: Json) -> Supplement:
    """Give back a supplement."""
    return Supplement(
        data["number"],
        decode_receipt(data["receipt"]),
        Source(**data["source"]),
        dt.date.fromisoformat(data["registered"]),
        data["request"],
        tuple(data["closed"]),
        tuple(data["files"]),
        tuple(data["told"]),
        data["applied"],
    )


def encode_dossier(dossier: Dossier) -> Json:
    """Give a dossier as JSON, as `dossier.json` holds it."""
    decision = dossier.decision
    source = dossier.source
    return {
        "schema_version": SCHEMA_VERSION,
        "number": dossier.number,
        "call": dossier.call,
        "form": dossier.form,
        "receipt": encode_receipt(dossier.receipt),
        "source": source and {"name": source.name, "sha256": source.sha256, "media_type": source.media_type},
        "attachments": [encode_attachment(attachment) for attachment in dossier.attachments],
        "answers": encode_answers(dossier.answers),
        "notes": list(dossier.notes),
        "acts": [encode_act(act) for act in dossier.acts],
        "requests": [encode_request(request) for request in dossier.requests],
        "supplements": [encode_supplement(supplement) for supplement in dossier.supplements],
        "corrected": [encode_corrected(corrected) for corrected in dossier.corrected],
        "earlier": [encode_earlier(earlier) for earlier in dossier.earlier],
        "decision": decision
        and {
            "granted": encode_decimal(decision.granted),
            "on": decision.on.isoformat(),
            "reference": decision.reference,
        },
        "withdrawn": dossier.withdrawn is not None,
    }


def decode_dossier(data: Json, form: Form) -> Dossier:
    """Give back a dossier."""
    source = data["source"]
    return Dossier(
        number=data["number"],
        call=data["call"],
        form=data["form"],
        receipt=decode_receipt(data["receipt"]),
        source=Source(**source) if source else None,
        attachments=tuple(decode_attachment(attachment) for attachment in data["attachments"]),
        answers=decode_answers(data["answers"], form),
        notes=tuple(data["notes"]),
        acts=tuple(decode_act(act) for act in data["acts"]),
        requests=tuple(decode_request(request) for request in data["requests"]),
        supplements=tuple(decode_supplement(supplement) for supplement in data["supplements"]),
        corrected=tuple(decode_corrected(corrected) for corrected in data["corrected"]),
        earlier=tuple(decode_earlier(earlier) for earlier in data["earlier"]),
    )


def encode_finding(finding: Finding) -> Json:
    """Give a finding as JSON."""
    waiver = finding.waiver
    return {
        "code": finding.code,
        "title": finding.title,
        "outcome": finding.outcome.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy,
        "reference": finding.reference,
        "field": finding.field,
        "row": finding.row,
        "place": str(finding.location) if finding.location else "",
        "location": encode_location(finding.location),
        "stops_papers": finding.stops_papers,
        "missing": list(finding.missing),
        "case": finding.case,
        "waiver": waiver and {"why": waiver.why, "by": waiver.by, "on": waiver.on.isoformat()},
    }


def decode_finding(data: Json) -> Finding:
    """Give back a finding."""
    waiver = data["waiver"]
    return Finding(
        code=data["code"],
        title=data["title"],
        outcome=Outcome(data["outcome"]),
        severity=Severity(data["severity"]),
        message=data["message"],
        remedy=data["remedy"],
        reference=data["reference"],
        field=data["field"],
        row=data["row"],
        location=decode_location(data["location"]),
        stops_papers=data["stops_papers"],
        missing=tuple(data["missing"]),
        case=data["case"],
        waiver=Waiver(waiver["why"], waiver["by"], dt.date.fromisoformat(waiver["on"])) if waiver else None,
    )


def encode_findings(number: str, findings: Iterable[Finding], replaced: Iterable[Finding] = ()) -> Json:
    """Give findings as JSON, as `bevindingen.json` holds them.

    Args:
        number: of the dossier.
        findings: that stand.
        replaced: those of the intake, in whose place the award speaks.
    """
    told = {
        "schema_version": SCHEMA_VERSION,
        "number": number,
        "findings": [encode_finding(finding) for finding in findings],
    }
    intake = [encode_finding(finding) for finding in replaced]
    return {**told, "replaced": intake} if intake else told


def decode_findings(data: Json) -> tuple[Finding, ...]:
    """Give back findings."""
    return tuple(decode_finding(finding) for finding in data["findings"])


def decode_replaced(data: Json) -> tuple[Finding, ...]:
    """Give back the findings of the intake in whose place the award speaks."""
    return tuple(decode_finding(finding) for finding in data.get("replaced", ()))
