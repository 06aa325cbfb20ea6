"""A submission read: what its form answers and what is attached, packed for where the dossier is made."""

from __future__ import annotations

import datetime as dt
import functools
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import archive, expression
from pipeline.document import Source
from pipeline.dossier import (
    Act,
    Answer,
    Attachment,
    Corrected,
    Dossier,
    Earlier,
    Extraction,
    Receipt,
    Request,
    State,
    Supplement,
    folder_of_supplement,
)
from pipeline.errors import Reason, Unreadable
from pipeline.facts import gather
from pipeline.form import Form
from pipeline.intake.choosing import Chosen, choose
from pipeline.intake.opening import ToRead
from pipeline.kept import kept_in
from pipeline.library import Call, load
from pipeline.supplement import KEY, NUMBER, Returned, close, form_of, number_of, same_number
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
    """The number of the dossier that the form says it belongs to; of a supplement it is in the heading."""
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


@dataclass(frozen=True, slots=True)
class CameBack:
    """A supplement of a dossier, as it was read."""

    number: int
    receipt: Receipt
    registered: dt.date
    acts: int
    """How many acts the dossier had when it came."""
    source: Source
    packed: bytes = b""
    refused: str = ""
    """Why nothing can be taken from it; then nothing is packed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of a dossier beside the files submitted."""

    number: str = ""
    acts: tuple[Act, ...] = ()
    requests: tuple[Request, ...] = ()
    came_back: tuple[CameBack, ...] = ()
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """A dossier with its supplements and the corrections of officials."""

    answers: Mapping[str, Answer]
    attachments: tuple[Attachment, ...]
    supplements: tuple[Supplement, ...] = ()
    corrected: tuple[Corrected, ...] = ()


NOTHING_KNOWN = Known()


def read_submission(
    call_name: str,
    definitions: str,
    files: Sequence[ToRead],
    known: Known = NOTHING_KNOWN,
    asked: str = "",
    kept: Path | None = None,
) -> Reading | NotRead:
    """Read the files of a submission.

    Args:
        call_name: key or folder of the call.
        definitions: hash of its definitions.
        files: a loose file, or all files of a folder.
        known: of a dossier that is read again, what supplements and corrections changed before duplicates are sought;
            of a supplement, what was asked.
        asked: file with the supplements asked of every dossier, for one that comes in; without it only the heading
            of a supplement is read.
        kept: file that keeps what is recognised on scans.
    """
    call = open_call(call_name, definitions)

    def supplement(number: str, request: str) -> Form:
        requests = known.requests or _asked(asked, same_number(number))
        named = tuple(each for each in requests if each.sequence == number_of(request))
        return form_of(call, known.number or number, named or requests)

    try:
        with kept_in(kept):
            chosen = choose(call, files, supplement)
        return _reading(call, chosen, known)
    except Unreadable as unreadable:
        from pipeline.readers.reasons import seen_in

        if near_memory_limit():
            return NotRead(Reason.CRASHED, "te veel geheugen nodig")
        return NotRead(unreadable.reason, seen_in(unreadable))


def write_asked(path: Path, requests: Mapping[str, Sequence[Request]]) -> str:
    """Write down what was asked of every dossier, for the processes that read what comes in; give the file's name."""
    if not requests:
        return ""
    asked = {same_number(key): [archive.encode_request(request) for request in each] for key, each in requests.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asked), encoding="utf-8")
    return str(path)


def _asked(path: str, number: str) -> tuple[Request, ...]:
    if not path:
        return ()
    asked = json.loads(Path(path).read_text(encoding="utf-8"))
    return tuple(archive.decode_request(request) for request in asked.get(number, ()))


def _reading(call: Call, chosen: Chosen, known: Known) -> Reading:
    extraction = chosen.extraction
    main = extraction.form == call.main_form
    answers = complete(call, extraction, (), known).answers
    joins = answers.get(NUMBER if extraction.form == KEY else call.join_field) if not main else None
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


def unpack(call: Call, packed: bytes, supplement: Form | None = None) -> tuple[Extraction, tuple[Attachment, ...]]:
    """Open what `read_submission` packed; a supplement with the form by which it was read."""
    data = json.loads(zlib.decompress(packed))
    form = supplement or call.forms[data["extraction"]["form"]]
    attachments = tuple(archive.decode_attachment(attachment) for attachment in data["attachments"])
    return archive.decode_extraction(data["extraction"], form), attachments


def complete(call: Call, extraction: Extraction, attachments: tuple[Attachment, ...], known: Known) -> Completed:
    """Give a dossier with what supplements closed, and then the corrections of officials in their order.

    Sums are held before, so that it is known what is doubtful, and again when anything was answered anew.
    """
    from pipeline import extract

    form = call.forms.get(extraction.form)
    if form is None:  # a supplement, of which no amounts are added up
        return Completed(extraction.answers, attachments)
    inexact = list(extraction.inexact)
    answers = held = extract.hold_sums(form, extraction.answers, inexact)
    supplements: tuple[Supplement, ...] = ()
    if known.came_back:
        asked = form_of(call, known.number, known.requests)
        returned = [_returned(call, one, asked) for one in known.came_back]
        closed = close(call, answers, attachments, known.requests, returned, known.acts)
        answers, attachments, supplements = closed.answers, closed.attachments, closed.supplements
        inexact += [f"{folder_of_supplement(one.number)}/{name}" for one in returned for name in one.extraction.inexact]
    answers, corrected = extract.apply(answers, known.acts, form, call, own=extraction.answers)
    if answers is not held:
        answers = extract.hold_sums(form, extract.as_read(answers, held, extraction.answers), inexact)
    return Completed(answers, attachments, supplements, corrected)


def _returned(call: Call, one: CameBack, form: Form) -> Returned:
    nothing: tuple[Extraction, tuple[Attachment, ...]] = (Extraction(form.key, "", one.source, {}), ())
    extraction, attachments = nothing if one.refused else unpack(call, one.packed, form)
    return Returned(one.number, one.receipt, one.registered, one.acts, extraction, attachments, one.refused)


def _folded(answers: Mapping[str, Answer], fields: Sequence[str]) -> str:
    """Give what answers say, made comparable; empty when one of them says nothing."""
    texts = [fold(answers[field].text) if field in answers else "" for field in fields]
    return "\n".join(texts) if texts and all(texts) else ""


def _words(call: Call, extraction: Extraction, answers: Mapping[str, Answer]) -> tuple[str, ...]:
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
