"""What lies in the inbox becomes dossiers with numbers, originals untouched, or is refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import expression, write
from pipeline.dossier import Receipt
from pipeline.errors import DefinitionError, Reason
from pipeline.inbox import Inbox, Submission
from pipeline.intake import Known, NotRead, Reading, ToRead, read_submission, write_asked
from pipeline.language import _
from pipeline.register import Delivery, Entry, Refused
from pipeline.run.desk import UNREADABLE, Desk, Trouble, share
from pipeline.run.originals import keep_refused, lay_ready, mend, stored
from pipeline.run.returned import examine_again, take_copies, taken_before
from pipeline.supplement import KEY as SUPPLEMENT
from pipeline.supplement import same_number
from pipeline.workers import Lost

_PASSING = frozenset({Reason.TIMEOUT, Reason.CRASHED, Reason.NO_OFFICE, Reason.NO_OCR})
"""Reasons that may be gone the next time."""
_ASKED = "gevraagd.json"
_LAST = dt.datetime.max.replace(tzinfo=dt.timezone.utc)  # noqa: UP017


def receive(desk: Desk, box: Inbox, trouble: Trouble) -> dict[str, Reading]:
    """Take in what is new; give what was read of it, by content."""
    mend(desk, box)
    known = {entry.content: entry for entry in desk.register.entries()}
    numbers = {
        Reason.UNKNOWN_DOSSIER: {same_number(entry.key) for entry in known.values()},
        Reason.NOT_ASKED: {same_number(key) for key in desk.register.requests()},
    }
    examine_again(desk, trouble)
    before = taken_before(desk)
    refused = desk.register.refused()
    submissions: dict[str, Submission] = {}
    for submission in box.submissions:
        submissions.setdefault(submission.content, submission)
    waiting = [
        submission
        for content, submission in submissions.items()
        if content not in known and content not in before and _try_again(refused.get(content), desk, numbers)
    ]
    taken = take_copies(desk, waiting, trouble)
    waiting = [submission for submission in waiting if submission.content not in taken]
    readings: dict[str, Reading] = {}
    refusals: dict[str, Refused] = {}
    changed: set[str] = set()
    for submission, outcome in zip(waiting, _read(desk, waiting), strict=True):
        if isinstance(outcome, Reading) and lay_ready(desk, submission):
            readings[submission.content] = outcome
        elif isinstance(outcome, NotRead) and outcome.reason is not Reason.BUSY:
            refusals[submission.content] = _refusal(desk, submission, outcome)
        else:
            changed.add(submission.content)
    for content in changed:
        submission = submissions.pop(content)
        trouble.unread += 1
        trouble.remarks.append(
            _("«{path}» veranderde of verdween tijdens het lezen; de volgende keer wordt het gelezen.").format(
                path=submission.path
            )
        )
    forms = {content: _original(submissions[content], reading.file) for content, reading in readings.items()}
    forms |= {entry.content: file.name for entry in known.values() for file in entry.files if file.form}
    told = {content: reading.receipt for content, reading in readings.items() if reading.receipt is not None}
    envelopes = desk.register.envelopes() | told
    deliveries = [
        _delivery(desk, box, submission, forms.get(submission.content, ""), envelopes.get(submission.content))
        for submission in box.submissions
        if submission.content in submissions
    ]
    _register(desk, submissions, readings, refusals, deliveries)
    mend(desk, box, readings)
    keep_refused(desk, submissions, trouble)
    return readings


def _read(desk: Desk, waiting: Sequence[Submission]) -> Iterable[Reading | NotRead]:
    asked = write_asked(desk.staging / _ASKED, desk.register.requests()) if waiting else ""
    tasks = [
        (
            desk.call_name,
            desk.definitions,
            tuple(ToRead(file.name, file.path, file.sha256) for file in submission.files),
            Known(),
            asked,
            desk.kept(submission.content),
        )
        for submission in waiting
    ]
    outcomes = desk.workers.run(
        read_submission, tasks, [share([file.size for file in submission.files]) for submission in waiting]
    )
    for outcome in desk.each(_("lezen"), outcomes, len(tasks)):
        if isinstance(outcome, Lost):
            if isinstance(outcome.error, DefinitionError):
                raise outcome.error
            if isinstance(outcome.error, FileNotFoundError | PermissionError):
                yield NotRead(Reason.BUSY, "")
                continue
            yield NotRead(outcome.reason, outcome.detail)
        else:
            yield outcome.result


def _try_again(refused: Refused | None, desk: Desk, numbers: Mapping[Reason, set[str]]) -> bool:
    """Tell whether what was refused may be taken in now: the dossier that it names is there, or was asked for it."""
    if refused is None or refused.definitions != desk.definitions or Reason(refused.reason) in _PASSING:
        return True
    return bool(refused.wants) and same_number(refused.wants) in numbers.get(Reason(refused.reason), ())


def _refusal(desk: Desk, submission: Submission, why: NotRead, wants: str = "") -> Refused:
    name = write.safe_name(submission.path, 60)
    stem = Path(name).stem if len(submission.files) == 1 and "/" not in submission.path else name
    return Refused(
        submission.content,
        why.reason.value,
        why.detail,
        wants,
        desk.definitions,
        f"{UNREADABLE}/{stem} ({submission.content[:8]})",
    )


def _original(submission: Submission, form: str) -> str:
    """Give the file that is the form, or the mail or zip that it lies in."""
    return next(file.name for file in submission.files if form == file.name or form.startswith(f"{file.name}/"))


def _delivery(desk: Desk, box: Inbox, submission: Submission, form: str, envelope: Receipt | None) -> Delivery:
    receipt = box.receipt(submission, form, envelope)
    return Delivery(
        desk.inbox, submission.path, submission.content, stored(submission, form), receipt, desk.settings.today
    )


def _register(
    desk: Desk,
    submissions: Mapping[str, Submission],
    readings: Mapping[str, Reading],
    refusals: dict[str, Refused],
    deliveries: Sequence[Delivery],
) -> None:
    """Give numbers by moment of receipt, originals first laid ready; all of it comes true together."""
    before = {(d.inbox, d.path, d.content): d for d in desk.register.deliveries()}
    receipts = _receipts([*(before | {(d.inbox, d.path, d.content): d for d in deliveries}).values()])
    present = {(d.path, d.content): d.receipt for d in before.values() if d.present and d.inbox == desk.inbox}
    entries = desk.register.entries()
    moved = [entry for entry in entries if receipts.get(entry.content, entry.receipt) != entry.receipt]
    if not (readings or refusals or moved) and present == {(d.path, d.content): d.receipt for d in deliveries}:
        return
    ordered = sorted(readings, key=lambda content: (receipts[content].received or _LAST, content))
    asked, acts = desk.register.requests(), desk.register.acts()
    with desk.register.change() as changes:
        changes.deliver(desk.call.key, desk.inbox, deliveries)
        for content, reading in readings.items():
            if reading.receipt is not None:
                changes.keep_envelope(desk.call.key, content, reading.receipt)
        for entry in moved:
            changes.update(entry.key, receipt=receipts[entry.content])
        owners = {same_number(entry.key): entry for entry in entries if not entry.owner}
        for content in sorted(ordered, key=lambda content: readings[content].form != desk.call.main_form):
            reading = readings[content]
            entry = Entry(
                key="",
                call=desk.call.key,
                form=reading.form,
                owner="",
                sequence=0,
                content=content,
                folder="",
                files=stored(submissions[content], _original(submissions[content], reading.file)),
                receipt=receipts[content],
                registered=desk.settings.today,
                proposal=reading.proposal,
                applicant=reading.applicant,
            )
            if reading.form == desk.call.main_form:
                opened = changes.open(entry, lambda sequence, words=reading.words: _name(desk, sequence, words))  # type: ignore[misc]
                if opened:
                    owners[same_number(opened.key)] = opened
            else:
                owner = owners.get(same_number(reading.joins))
                if owner is None:
                    why = NotRead(Reason.UNKNOWN_DOSSIER, reading.joins)
                    refusals[content] = _refusal(desk, submissions[content], why, reading.joins)
                    continue
                if reading.form == SUPPLEMENT and owner.key not in asked:
                    why = NotRead(Reason.NOT_ASKED, owner.key)
                    refusals[content] = _refusal(desk, submissions[content], why, owner.key)
                    continue
                joined = replace(entry, owner=owner.key)
                opened = changes.open(
                    joined,
                    lambda sequence, owner=owner, form=reading.form: _join(owner, form, sequence),  # type: ignore[misc]
                )
                if opened and reading.form == SUPPLEMENT:
                    changes.come_back(opened.key, len(acts.get(owner.key, ())))
            changes.admit(desk.call.key, content)
        for refused in refusals.values():
            changes.refuse(desk.call.key, refused)


def _name(desk: Desk, sequence: int, words: Sequence[str]) -> tuple[str, str]:
    number = expression.fill(desk.call.number_format, {"volgnummer": sequence})
    return number, write.safe_name(f"{number} {write.slug(' '.join(words))}".strip())


def _join(owner: Entry, form: str, sequence: int) -> tuple[str, str]:
    return f"{owner.key}/{form}-{sequence:02d}", f"{owner.folder}/{form}-{sequence:02d}"


def _receipts(deliveries: Sequence[Delivery]) -> dict[str, Receipt]:
    """Give, for each content, the earliest moment that is proven; the first delivery's words when none is."""
    by_content: dict[str, list[Receipt]] = defaultdict(list)
    for delivery in sorted(deliveries, key=lambda d: d.path):
        by_content[delivery.content].append(delivery.receipt)
    return {
        content: min(receipts, key=lambda receipt: receipt.received or _LAST)
        for content, receipts in by_content.items()
    }
