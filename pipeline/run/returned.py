"""Signed copies taken in: recognised among what lies in the inbox, kept with their dossier, beside the issued one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import language, write
from pipeline.dossier import SIGNED_FOLDER, Trust
from pipeline.inbox import Submission
from pipeline.intake import Found, Returned, ToRead, known_papers, look_for_copies
from pipeline.language import _
from pipeline.register import Register
from pipeline.run.desk import Desk, Trouble, share
from pipeline.workers import Lost


def take_copies(desk: Desk, waiting: Sequence[Submission], trouble: Trouble) -> frozenset[str]:
    """Keep the signed copies among what waits to be read.

    Args:
        desk: the desk of the run.
        waiting: submissions that are no dossier yet.
        trouble: takes what people are told.

    Returns:
        The contents of the submissions in which nothing else is, so that they are not read as forms.
    """
    folders = {entry.key: desk.folder(entry) for entry in desk.register.entries()}
    known = known_papers(desk.register.issued(), folders)
    if not known or not waiting:
        return frozenset()
    tasks = [
        (
            tuple(ToRead(file.name, file.path, file.sha256) for file in submission.files),
            known,
            desk.settings.roots,
            desk.settings.today,
            submission.content,
            language.current(),
        )
        for submission in waiting
    ]
    shares = [share([file.size for file in submission.files]) for submission in waiting]
    outcomes = desk.workers.run(look_for_copies, tasks, shares)
    taken = set()
    for submission, outcome in zip(
        waiting, desk.each(_("ondertekende exemplaren zoeken"), outcomes, len(tasks)), strict=True
    ):
        found = Found(()) if isinstance(outcome, Lost) else outcome.result
        if not found.copies:
            continue
        keep(desk, found)
        for returned in found.copies:
            trouble.told.append(
                _("«{path}» is een exemplaar van {paper} van {dossier}; het ligt in «{file}».").format(
                    path=returned.copy.source if len(submission.files) == 1 else submission.path,
                    paper=returned.copy.issued,
                    dossier=returned.dossier,
                    file=folders[returned.dossier] / returned.copy.file,
                )
            )
        if not found.rest:
            taken.add(submission.content)
    return frozenset(taken)


def taken_before(desk: Desk) -> frozenset[str]:
    """Give the contents of the submissions that brought nothing but signed copies."""
    return frozenset(copy.content for copies in desk.register.copies().values() for copy in copies if copy.content)


def first_kept(register: Register, data: bytes) -> dt.date | None:
    """Give the day on which these very bytes were first kept; None when they were not."""
    sha256 = write.sha256(data)
    days = [copy.on for copies in register.copies().values() for copy in copies if copy.sha256 == sha256]
    return min(days, default=None)


def keep(desk: Desk, found: Found) -> None:
    """Give signed copies their place, with the mails in which they lay, and record them."""
    entries = {entry.key: entry for entry in desk.register.entries()}
    for returned in found.copies:
        folder = desk.folder(entries[returned.dossier])
        letters = {f"{SIGNED_FOLDER}/{_beside(returned, name)}": data for name, data in found.bundles}
        _place(desk, folder, {returned.copy.file: returned.data, **letters})
    before = desk.register.copies()
    with desk.register.change() as changes:
        for returned in found.copies:
            copy = returned.copy
            for known in before.get(returned.dossier, ()):
                if known.sha256 == copy.sha256:  # examined again: when it first came, and how, stays
                    copy = replace(copy, on=known.on, source=known.source, content=known.content or copy.content)
            changes.keep_copy(returned.dossier, copy)


def examine_again(desk: Desk, trouble: Trouble) -> None:
    """Examine the kept copies that were examined without roots, now that there are."""
    waiting = [
        (entry, copy)
        for entry in desk.register.entries()
        for copy in desk.register.copies().get(entry.key, ())
        if any(signed.trust is Trust.NO_ROOTS for signed in copy.signatures)
        and (desk.folder(entry) / copy.file).is_file()
    ]
    if not desk.settings.roots or not waiting:
        return
    known = known_papers(desk.register.issued(), {entry.key: desk.folder(entry) for entry, _copy in waiting})
    tasks = [
        (
            (ToRead(copy.name, desk.folder(entry) / copy.file, copy.sha256),),
            known,
            desk.settings.roots,
            copy.on,
            copy.content,
            language.current(),
        )
        for entry, copy in waiting
    ]
    outcomes = desk.workers.run(look_for_copies, tasks)
    for (entry, copy), outcome in zip(
        waiting, desk.each(_("exemplaren opnieuw nagaan"), outcomes, len(tasks)), strict=True
    ):
        if isinstance(outcome, Lost) or not outcome.result.copies:
            continue
        keep(desk, outcome.result)
        trouble.told.append(_("«{file}» is opnieuw nagegaan.").format(file=desk.folder(entry) / copy.file))


def _beside(returned: Returned, name: str) -> str:
    """Name a mail or zip as the copy that lay in it."""
    return f"{Path(returned.copy.name).stem} – {write.safe_name(Path(name).name, 60)}"


def _place(desk: Desk, folder: Path, files: dict[str, bytes]) -> None:
    """Give files their places; what lies there and is something else is kept beside."""
    staging = desk.staging / SIGNED_FOLDER
    staged = write.stage(staging, files)
    write.install(staging, folder, staged, {})
    write.settle(folder / SIGNED_FOLDER)
    write.discard(staging)


def in_folders(folders: Iterable[Path]) -> dict[str, bytes]:
    """Read the certificates that a person put in folders, or named one by one, by name."""
    files: dict[str, bytes] = {}
    for place in folders:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not path.name.startswith("."):
                files[path.name if path.name not in files else str(path)] = path.read_bytes()
    return files
