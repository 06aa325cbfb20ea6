"""A submission read: what its form answers and what is attached, packed for where the dossier is made."""

from __future__ import annotations

import datetime as dt
import functools
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import archive, expression
from pipeline.dossier import Act, ActKind, Answer, Attachment, Dossier, Extraction, Receipt, State
from pipeline.errors import Reason, Unreadable
from pipeline.facts import gather
from pipeline.intake.choosing import Chosen, choose
from pipeline.intake.opening import ToRead
from pipeline.library import Call, load
from pipeline.values import fold
from pipeline.workers import near_memory_limit


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a submission."""

    form: str
    file: str
    """Name of the file that is the form."""
    packed: bytes
    """Extraction and attachments; opened where the dossier is made, so that a batch stays small."""
    proposal: str
    """The answers that make two dossiers the same proposal, folded; empty when one is missing."""
    applicant: str
    joins: str
    """The number of the dossier that the form says it belongs to."""
    words: tuple[str, ...]
    """Applicant and subject, for the folder's name."""
    receipt: Receipt | None = None
    """What the mail says that brought the form; None when no mail did."""
    bundles: tuple[str, ...] = ()
    """Names of the files that were opened into others."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """Why a submission is no dossier."""

    reason: Reason
    detail: str


@functools.lru_cache(maxsize=4)
def open_call(call: str, _definitions: str) -> Call:
    """Give a call, read once by each process for each state of its definitions."""
    return load(call)


def read_submission(
    call_name: str, definitions: str, files: Sequence[ToRead], acts: Sequence[Act]
) -> Reading | NotRead:
    """Read the files of a submission.

    Args:
        call_name: key or folder of the call.
        definitions: hash of its definitions.
        files: a loose file, or all files of a folder.
        acts: corrections among them are applied before duplicates are sought.
    """
    call = open_call(call_name, definitions)
    try:
        return _reading(call, choose(call, files), acts)
    except Unreadable as unreadable:
        if near_memory_limit():
            return NotRead(Reason.CRASHED, "te veel geheugen nodig")
        return NotRead(unreadable.reason, unreadable.detail)


def _reading(call: Call, chosen: Chosen, acts: Sequence[Act]) -> Reading:
    extraction = chosen.extraction
    answers = corrected(call, extraction, acts)
    main = extraction.form == call.main_form
    joins = answers.get(call.join_field) if not main else None
    return Reading(
        form=extraction.form,
        file=extraction.source.name,
        packed=_pack(extraction, chosen.attachments),
        proposal=_folded(answers, call.duplicate_fields) if main else "",
        applicant=_folded(answers, call.applicant_fields) if main else "",
        joins=joins.text.strip() if joins else "",
        words=_words(call, extraction, answers) if main else (),
        receipt=chosen.receipt,
        bundles=chosen.bundles,
    )


def _pack(extraction: Extraction, attachments: tuple[Attachment, ...]) -> bytes:
    data = {
        "extraction": archive.encode_extraction(extraction),
        "attachments": [archive.encode_attachment(attachment) for attachment in attachments],
    }
    return zlib.compress(json.dumps(data).encode(), 1)


def unpack(call: Call, packed: bytes) -> tuple[Extraction, tuple[Attachment, ...]]:
    """Open what `read_submission` packed."""
    data = json.loads(zlib.decompress(packed))
    form = call.forms[data["extraction"]["form"]]
    attachments = tuple(archive.decode_attachment(attachment) for attachment in data["attachments"])
    return archive.decode_extraction(data["extraction"], form), attachments


def corrected(call: Call, extraction: Extraction, acts: Sequence[Act]) -> dict[str, Answer]:
    """Give the answers with the corrections of officials applied, in their order."""
    from pipeline import extract

    answers = extraction.answers
    for act in acts:
        if act.kind is ActKind.CORRECT:
            answers = extract.correct(answers, act, call.forms[extraction.form], call)
    return dict(answers)


def _folded(answers: dict[str, Answer], fields: Sequence[str]) -> str:
    """Give what answers say, made comparable; empty when one of them says nothing."""
    texts = [fold(answers[field].text) if field in answers else "" for field in fields]
    return "\n".join(texts) if texts and all(texts) else ""


def _words(call: Call, extraction: Extraction, answers: dict[str, Answer]) -> tuple[str, ...]:
    """Give applicant and subject, as far as they are known."""
    sources = (call.overview.applicant, call.overview.subject)
    if all(source in answers for source in sources):  # plain fields, as nearly always: no need of all other facts
        given = [answers[source] for source in sources if answers[source].state is State.GIVEN]
        return tuple(expression.show(answer.value) for answer in given if answer.value is not None)
    dossier = Dossier("", call.key, extraction.form, answers=answers)
    facts = gather(call, dossier, today=dt.date.min)
    words = []
    for source in sources:
        try:
            words.append(expression.show(expression.evaluate(source, facts)))
        except expression.NotJudged:
            continue
    return tuple(words)
