"""What officials and applicants did with a dossier, as rules and letters read it."""

from __future__ import annotations

from typing import Any

from pipeline.document import Location
from pipeline.dossier import Act, Ask, Dossier, Request, Supplement
from pipeline.expression import Gap, Record, Use
from pipeline.form import Form
from pipeline.language import _


def correction_record(act: Act, form: Form) -> Record:
    """Give a correction as a person reads it: the label of the question, and the row it stands in."""
    return Record(
        {"label": form.label_of(act.target), "value": act.value, "why": act.why, "by": act.by, "date": act.on},
        "corrections",
    )


def request_record(request: Request, dossier: Dossier, use: Use) -> Record:
    """Give a supplement that was asked, as a rule or a letter reads it."""
    files = tuple(question.target for question in request.questions if question.ask is Ask.FILE)
    values = {
        "number": request.sequence,
        "date": request.on,
        "until": request.until or Gap(_("laatste dag om aan te vullen"), "not_found", use),
        "labels": tuple(question.label for question in request.questions if question.ask is not Ask.FILE),
        "files": files,
        "answered": any(supplement.request == request.sequence for supplement in dossier.supplements),
    }
    return Record(values, "requests")


def supplement_record(supplement: Supplement, dossier: Dossier, use: Use) -> Record:
    """Give a supplement that came back, as a rule or a letter reads it."""
    asked = next((request for request in dossier.requests if request.sequence == supplement.request), None)
    values = {
        "number": supplement.number,
        "received": supplement.receipt.received or Gap(_("moment van ontvangst"), "not_found", use),
        "until": (asked.until if asked else None) or Gap(_("laatste dag om aan te vullen"), "not_found", use),
        "closed": supplement.closed,
        "files": supplement.files,
        "told": supplement.told,
        "applied": supplement.applied,
    }
    return Record(values, "supplements", extra={"location": Location(source=supplement.file)})


def withdrawal_record(act: Act | None, use: Use) -> Any:
    """Give the withdrawal of a dossier; a gap where it was not withdrawn."""
    if act is None:
        columns = {"date": _("datum van de intrekking"), "why": _("reden van de intrekking"), "by": _("indiener")}
        return Gap(_("de intrekking"), "not_found", use, columns=columns)
    return Record({"date": act.on, "why": act.why, "by": act.by}, "withdrawn")
