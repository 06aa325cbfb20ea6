"""What was submitted, kept untouched; what is in a mail or zip is laid out beside it, for people to open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pipeline import write
from pipeline.errors import Reason
from pipeline.inbox import Inbox, Submission
from pipeline.intake import Reading, lay_out
from pipeline.language import _
from pipeline.register import StoredFile
from pipeline.run.desk import ORIGINALS, UNREADABLE, Desk, Trouble
from pipeline.visible import visible
from pipeline.workers import Lost

_INCOMING = "ontvangen"


def stored(submission: Submission, form: str) -> tuple[StoredFile, ...]:
    """Give every file with the safe name under which it is kept.

    Args:
        submission: what lies in the inbox.
        form: name of the file that is the form, or that it lies in.
    """
    names = write.distinct(
        "/".join(write.safe_name(part) for part in file.name.split("/")) for file in submission.files
    )
    return tuple(
        StoredFile(file.name, file.sha256, name, file.name == form)
        for file, name in zip(submission.files, names, strict=True)
    )


def lay_ready(desk: Desk, submission: Submission) -> bool:
    """Copy a submission to where only this program looks, before the register names it.

    Returns:
        Whether what was copied is what was read.
    """
    folder = desk.staging / _INCOMING / submission.content
    folder.mkdir(parents=True, exist_ok=True)
    for file, kept in zip(submission.files, stored(submission, ""), strict=True):
        try:
            copied = write.copy(file.path, folder / kept.stored)
        except (FileNotFoundError, PermissionError):
            copied = ""
        if copied != file.sha256:
            write.discard(folder)
            return False
    write.settle(folder)
    return True


def mend(desk: Desk, box: Inbox | None = None, fresh: Mapping[str, Reading] | None = None) -> None:
    """Give the originals of every dossier their place, also those of a run that was cut off.

    Args:
        desk: the desk of the run.
        box: the inbox, when one is worked through.
        fresh: what was read in this run, by content; of anything else it is not known which files are mails or zips.
    """
    by_content = {submission.content: submission for submission in box.submissions} if box else {}
    waiting = []
    for entry in desk.register.entries():
        place = desk.folder(entry) / ORIGINALS
        ready = desk.staging / _INCOMING / entry.content
        if place.is_dir():
            continue
        complete = ready.is_dir() and all((ready / file.stored).is_file() for file in entry.files)
        if complete or (entry.content in by_content and lay_ready(desk, by_content[entry.content])):
            waiting.append((entry, ready, place))
    _open(desk, [(ready, entry.files) for entry, ready, _place in waiting if _has_bundles(entry.content, fresh)])
    for _entry, ready, place in waiting:
        place.parent.mkdir(parents=True, exist_ok=True)
        ready.rename(place)
        write.settle(place.parent)


def _has_bundles(content: str, fresh: Mapping[str, Reading] | None) -> bool:
    return fresh is None or content not in fresh or bool(fresh[content].bundles)


def _open(desk: Desk, folders: Sequence[tuple[Path, Sequence[StoredFile]]]) -> None:
    """Lay out what is in the mails and zips of some folders; without it everything is still there, in one file."""
    tasks = [(folder, tuple(file.stored for file in files)) for folder, files in folders]
    for (folder, _originals), outcome in zip(tasks, desk.workers.run(lay_out, tasks), strict=True):
        if isinstance(outcome, Lost):
            if isinstance(outcome.error, OSError):  # the disk is full or may not be written: for every dossier
                raise outcome.error
            told = _("Wat in de mail of zip van «{folder}» zit, kon er niet naast gelegd worden.")
            desk.settings.note(told.format(folder=folder.name))


def keep_refused(desk: Desk, submissions: Mapping[str, Submission], trouble: Trouble) -> None:
    """Keep a copy of what was refused beside the reason, and drop the copy of what was taken in after all."""
    from pipeline.readers.reasons import explain

    refused = {content: refusal for content, refusal in desk.register.refused().items() if content in submissions}
    copied = []
    for content, refusal in refused.items():
        folder = desk.output / refusal.folder
        what, remedy = explain(Reason(refusal.reason), refusal.detail)
        name, what = (visible(text).replace("\n", " ") for text in (submissions[content].path, what))
        reason = f"{name}\n\n{what}\n{remedy}\n".encode()
        note = folder / "reden.txt"
        if note.is_file() and note.read_bytes() == reason:
            continue
        files = stored(submissions[content], "")
        for file, kept in zip(submissions[content].files, files, strict=True):
            try:
                write.copy(file.path, folder / kept.stored)
            except OSError:
                trouble.remarks.append(_("«{path}» kon niet gekopieerd worden.").format(path=submissions[content].path))
        write.write(note, reason)
        copied.append((folder, files))
    _open(desk, copied)
    _drop({refusal.folder for refusal in desk.register.refused().values()}, desk.output)


def _drop(kept: Collection[str], output: Path) -> None:
    for folder in sorted((output / UNREADABLE).glob("* (????????)")):
        if f"{UNREADABLE}/{folder.name}" not in kept:
            write.discard(folder)
