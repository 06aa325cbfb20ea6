"""A submission read: which of its files is the form, what it answers, what is attached."""

from __future__ import annotations

import datetime as dt
import functools
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import archive, expression
from pipeline.dossier import Act, ActKind, Answer, Attachment, Dossier, Extraction, State
from pipeline.errors import Reason, Unreadable
from pipeline.facts import gather
from pipeline.library import Call, load
from pipeline.values import fold
from pipeline.workers import near_memory_limit

_TOO_LARGE = "het bestand is groter dan 200 MB"
_NOT_THE_FORM = frozenset({Reason.NOT_A_FORM, Reason.WRONG_KIND, Reason.SCAN})
"""Reasons why a file in a folder is an attachment and nothing to worry about."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to read."""

    name: str
    """Inside the submission, as it came in."""
    path: Path
    sha256: str


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
        return _read(call, files, acts)
    except Unreadable as unreadable:
        if near_memory_limit():
            return NotRead(Reason.CRASHED, "te veel geheugen nodig")
        return NotRead(unreadable.reason, unreadable.detail)


def _read(call: Call, files: Sequence[ToRead], acts: Sequence[Act]) -> Reading:
    from pipeline import extract, readers
    from pipeline.readers.gate import LARGEST

    forms: list[tuple[ToRead, Extraction]] = []
    attachments: list[Attachment] = []
    refused: list[Unreadable] = []
    for file in files:
        if file.path.stat().st_size > LARGEST:
            attachments.append(_too_large(file))
            continue
        data = file.path.read_bytes()
        _verify(file, data)
        try:
            document = readers.read(data, file.name)
            form = extract.identify(document, call)
        except Unreadable as unreadable:
            if unreadable.reason is Reason.SEVERAL_FORMS or len(files) == 1:
                raise
            if unreadable.reason not in _NOT_THE_FORM:
                refused.append(unreadable)
            media_type, problem = readers.inspect(data, file.name)
            attachments.append(Attachment(file.name, file.sha256, media_type, len(data), problem))
        else:
            forms.append((file, extract.extract(document, call.forms[form], call)))
    if not files:
        raise Unreadable(Reason.EMPTY, "de map bevat geen bestanden")
    if not forms and len(files) == len(attachments) == 1:
        raise Unreadable(Reason.TOO_LARGE, _TOO_LARGE)
    if not forms:
        raise refused[0] if refused else Unreadable(Reason.NOT_A_FORM)
    if len(forms) > 1:
        raise Unreadable(Reason.SEVERAL_FORMS, ", ".join(file.name for file, _extraction in forms))
    ((file, extraction),) = forms
    return _reading(call, file, extraction, tuple(attachments), acts)


def _too_large(file: ToRead) -> Attachment:
    """List a file that would fill the memory: it is kept, and not opened."""
    import mimetypes

    from pipeline.readers.reasons import explain

    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    what, _remedy = explain(Reason.TOO_LARGE, _TOO_LARGE)
    return Attachment(file.name, file.sha256, media_type, file.path.stat().st_size, what)


def _verify(file: ToRead, data: bytes) -> None:
    import hashlib

    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Unreadable(Reason.BUSY, file.name)


def _reading(
    call: Call, file: ToRead, extraction: Extraction, attachments: tuple[Attachment, ...], acts: Sequence[Act]
) -> Reading:
    answers = corrected(call, extraction, acts)
    main = extraction.form == call.main_form
    joins = answers.get(call.join_field) if not main else None
    return Reading(
        form=extraction.form,
        file=file.name,
        packed=_pack(extraction, attachments),
        proposal=_folded(answers, call.duplicate_fields) if main else "",
        applicant=_folded(answers, call.applicant_fields) if main else "",
        joins=joins.text.strip() if joins else "",
        words=_words(call, extraction, answers) if main else (),
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
    attachments = tuple(Attachment(**attachment) for attachment in data["attachments"])
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
