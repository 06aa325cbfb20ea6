"""Every dossier made that is not as its input, its acts and the definitions ask; the others are left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline import archive, language, write
from pipeline.intake import CameBack, Known, Reading
from pipeline.language import _
from pipeline.making import Made, Order, make
from pipeline.register import Changes, Entry, MadeFile
from pipeline.report import Line
from pipeline.run.desk import Desk, Trouble, digest
from pipeline.run.relations import Related, relate
from pipeline.run.rereading import State, known_of, read_again, read_dossiers, tell
from pipeline.supplement import KEY as SUPPLEMENT
from pipeline.workers import Lost
from pipeline.written import DATA, DOSSIER

_TOGETHER = 20
"""Dossiers whose outcome comes true in one change of the register."""


def process(desk: Desk, readings: Mapping[str, Reading], trouble: Trouble) -> dict[str, Line]:
    """Make what is not up to date: dossiers first, then the forms that joined one.

    Args:
        desk: the desk of the run.
        readings: what was just read, by content; what is not among them is read from its originals.
        trouble: takes what goes wrong.

    Returns:
        The lines of what was made, by key.
    """
    register = desk.register
    state = State(
        register.entries(),
        register.acts(),
        register.paper_dates(),
        register.made(),
        register.requests(),
        register.came_back(),
        register.deliveries(),
        register.issued(),
        register.copies(),
    )
    known = {entry.content: readings[entry.content] for entry in state.entries if entry.content in readings}
    back: dict[str, tuple[CameBack, ...]] = {}
    read = partial(read_dossiers, desk, state=state, fresh=readings, back=back, trouble=trouble)
    entries = {entry.key: entry for entry in state.entries}
    broken = {entry.key for entry in state.entries if not _is_whole(desk, entry, state.made.get(entry.key, {}))}
    mains = [entry for entry in state.entries if not entry.owner]
    first = _stale(desk, mains, mains, state, broken)
    known |= read([entry for entry in first if entry.content not in known])
    mains = [_as_read(entry, known.get(entry.content)) for entry in mains]
    stale = _stale(desk, mains, mains, state, broken)
    known |= read([entry for entry in stale if entry.content not in known])
    lines = _make(desk, stale, mains, known, state, trouble, back)
    entries |= {entry.key: entry for entry in desk.register.entries()}
    joined = [entry for entry in entries.values() if entry.owner and entry.form != SUPPLEMENT]
    stale = _stale(desk, joined, list(entries.values()), state, broken)
    again = {entry: Known(acts=state.acts.get(entry.key, ())) for entry in stale if entry.content not in known}
    known |= {entry.content: reading for entry, reading in read_again(desk, again, trouble).items()}
    return lines | _make(desk, stale, list(entries.values()), known, state, trouble, {})


def _is_whole(desk: Desk, entry: Entry, made: Mapping[str, MadeFile]) -> bool:
    """Say whether everything made is still there, and its data unchanged; a paper may be changed by a person."""
    folder = desk.folder(entry)
    if not entry.fingerprint:
        return False
    for file in made.values():
        path = folder / file.name
        if file.made_of:
            continue
        if not path.is_file() or (file.name in DATA and write.sha256_of(path) != file.sha256):
            return False
    return True


def _stale(
    desk: Desk, candidates: Iterable[Entry], everyone: Sequence[Entry], state: State, broken: Collection[str]
) -> list[Entry]:
    related = relate(desk.call, everyone, state)
    owners = {entry.key: entry for entry in everyone}
    return [
        entry
        for entry in candidates
        if entry.key in broken or entry.fingerprint != _fingerprint(desk, entry, state, related, owners)
    ]


def _fingerprint(
    desk: Desk, entry: Entry, state: State, related: Mapping[str, Related], owners: Mapping[str, Entry]
) -> str:
    """Give the hash of everything that a dossier is made of, the date left out."""
    return digest(
        {
            "definitions": desk.definitions,
            "content": entry.content,
            "receipt": archive.encode_receipt(entry.receipt),
            "acts": [archive.encode_act(act) for act in state.acts.get(entry.key, ())],
            "requests": [archive.encode_request(request) for request in state.requests.get(entry.key, ())],
            "supplements": [
                [one.key, one.content, archive.encode_receipt(one.receipt), state.acts_before.get(one.key, 0)]
                for one in state.supplements.get(entry.key, ())
            ],
            "issued": [[one.name, one.docx_sha256] for one in state.issued.get(entry.key, ())],
            "copies": [archive.encode_copy(copy) for copy in state.copies.get(entry.key, ())],
            "related": related[entry.key].encode(),
            "main": owners[entry.owner].fingerprint if entry.owner else "",
        }
    )


def _as_read(entry: Entry, reading: Reading | None) -> Entry:
    return replace(entry, proposal=reading.proposal, applicant=reading.applicant) if reading else entry


def _make(
    desk: Desk,
    stale: Sequence[Entry],
    everyone: Sequence[Entry],
    readings: Mapping[str, Reading],
    state: State,
    trouble: Trouble,
    back: Mapping[str, tuple[CameBack, ...]],
) -> dict[str, Line]:
    entries = [entry for entry in stale if entry.content in readings]
    related = relate(desk.call, everyone, state)
    owners = {entry.key: entry for entry in everyone}
    orders = [
        Order(
            call=desk.call_name,
            definitions=desk.definitions,
            locale=language.current(),
            key=entry.key,
            number=entry.number,
            folder=entry.folder,
            packed=readings[entry.content].packed,
            receipt=entry.receipt,
            known=replace(known_of(entry, state, back.get(entry.key, ())), earlier=related[entry.key].earlier),
            today=desk.settings.today,
            dates=state.dates.get(entry.key, {}),
            duplicates=related[entry.key].duplicates,
            same_applicant=related[entry.key].same_applicant,
            main=desk.folder(owners[entry.owner]) / DOSSIER if entry.owner else None,
            staging=desk.staging / "gemaakt" / entry.key,
            issued=state.issued.get(entry.key, ()),
            place=desk.folder(entry),
            copies=state.copies.get(entry.key, ()),
        )
        for entry in entries
    ]
    lines: dict[str, Line] = {}
    waiting: list[tuple[Entry, Made, tuple[MadeFile, ...]]] = []
    outcomes = desk.workers.run(make, [(order,) for order in orders])
    try:
        for entry, order, outcome in zip(
            entries, orders, desk.each(_("dossiers maken"), outcomes, len(orders)), strict=True
        ):
            if isinstance(outcome, Lost):
                if isinstance(outcome.error, OSError):  # the disk is full or may not be written: for every dossier
                    raise outcome.error
                tell(entry, outcome, trouble)
                continue
            made = outcome.result
            files = _place(desk, entry, order.staging, made.files, state.made.get(entry.key, {}), trouble)
            waiting.append((replace(entry, fingerprint=_fingerprint(desk, entry, state, related, owners)), made, files))
            lines[entry.key] = made.line
            if len(waiting) >= _TOGETHER:
                _commit(desk, waiting)
    finally:
        _commit(desk, waiting)
    return lines


def _place(
    desk: Desk,
    entry: Entry,
    staging: Path,
    files: Sequence[write.Written],
    known: Mapping[str, MadeFile],
    trouble: Trouble,
) -> tuple[MadeFile, ...]:
    """Give what was staged its place; a PDF of a paper that changed or went goes."""
    folder = desk.folder(entry)
    hashes = {file.name: file.sha256 for file in files}
    current = [file for file in known.values() if file.made_of and file.made_of == hashes.get(_word(file.name))]
    kept_pdf = {file.name for file in current}
    before = {file.name: file.sha256 for file in known.values() if file.name not in kept_pdf and file.sha256}
    installed = write.install(staging, folder, files, before, ours=DATA)
    write.discard(staging)
    for name in installed.kept:
        trouble.kept.append(f"{entry.folder}/{name}")
    return (*(MadeFile(file.name, file.sha256) for file in files), *current)


def _word(pdf: str) -> str:
    return pdf.removesuffix(".pdf") + ".docx"


def _commit(desk: Desk, waiting: list[tuple[Entry, Made, tuple[MadeFile, ...]]]) -> None:
    if not waiting:
        return
    with desk.register.change() as changes:
        for entry, made, files in waiting:
            _record(changes, entry, made, files, desk.settings.today)
    waiting.clear()


def _record(changes: Changes, entry: Entry, made: Made, files: Sequence[MadeFile], today: dt.date) -> None:
    changes.update(entry.key, fingerprint=entry.fingerprint, proposal=entry.proposal, applicant=entry.applicant)
    changes.record(entry.key, files)
    changes.date_papers(entry.key, made.dated, today)
