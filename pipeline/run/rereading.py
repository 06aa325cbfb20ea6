"""Submissions read again from their originals: dossiers, with the supplements that came back to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import Source
from pipeline.dossier import Act, Issued, Request, SignedCopy
from pipeline.errors import DefinitionError, Reason
from pipeline.intake import CameBack, Known, NotRead, Reading, ToRead, read_submission
from pipeline.language import _
from pipeline.register import Delivery, Entry, MadeFile
from pipeline.run.desk import ORIGINALS, Desk, Trouble, share
from pipeline.supplement import KEY as SUPPLEMENT
from pipeline.workers import Done, Lost


@dataclass(frozen=True, slots=True)
class State:
    """What the register says at the start."""

    entries: tuple[Entry, ...]
    acts: Mapping[str, tuple[Act, ...]]
    dates: Mapping[str, Mapping[tuple[str, bool], dt.date]]
    made: Mapping[str, Mapping[str, MadeFile]]
    requests: Mapping[str, tuple[Request, ...]]
    acts_before: Mapping[str, int]
    """Key of a supplement → how many acts its dossier had when it came."""
    deliveries: tuple[Delivery, ...]
    issued: Mapping[str, tuple[Issued, ...]]
    copies: Mapping[str, tuple[SignedCopy, ...]]

    @property
    def supplements(self) -> Mapping[str, tuple[Entry, ...]]:
        """Key of a dossier → the supplements that came back, in their order."""
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            if entry.form == SUPPLEMENT:
                found[entry.owner] = (*found.get(entry.owner, ()), entry)
        return found


def read_dossiers(
    desk: Desk,
    entries: Sequence[Entry],
    state: State,
    fresh: Mapping[str, Reading],
    back: dict[str, tuple[CameBack, ...]],
    trouble: Trouble,
) -> dict[str, Reading]:
    """Read dossiers from their originals, first the supplements that came back to them.

    Args:
        desk: the desk of the run.
        entries: the dossiers.
        state: what the register says.
        fresh: what was just read, by content: a supplement among it is not read again.
        back: takes the supplements of each dossier; one of which a supplement cannot be read is not read either.
        trouble: takes what goes wrong.
    """
    supplements = {entry.key: state.supplements.get(entry.key, ()) for entry in entries if entry.key not in back}
    refused: dict[Entry, NotRead] = {}
    each = [one for several in supplements.values() for one in several]
    read = {one: fresh[one.content] for one in each if one.content in fresh}
    older = {one: Known(one.owner, requests=state.requests.get(one.owner, ())) for one in each if one not in read}
    read |= read_again(desk, older, trouble, refused)
    for key, several in supplements.items():
        if all(one in read or one in refused for one in several):
            back[key] = tuple(_came_back(one, state, read.get(one), refused.get(one)) for one in several)
    found = read_again(
        desk, {entry: known_of(entry, state, back[entry.key]) for entry in entries if entry.key in back}, trouble
    )
    return {entry.content: reading for entry, reading in found.items()}


def _came_back(entry: Entry, state: State, read: Reading | None, refused: NotRead | None) -> CameBack:
    from pipeline.readers.reasons import explain

    file = next((file for file in entry.files if file.form), entry.files[0])
    return CameBack(
        entry.sequence,
        entry.receipt,
        entry.registered,
        state.acts_before.get(entry.key, 0),
        Source(file.name, file.sha256, ""),
        read.packed if read else b"",
        " ".join(explain(refused.reason, refused.detail)) if refused else "",
    )


def known_of(entry: Entry, state: State, back: tuple[CameBack, ...]) -> Known:
    """Give what the register knows of a dossier, or of what joined one."""
    return Known(entry.number, state.acts.get(entry.key, ()), state.requests.get(entry.key, ()), back)


def read_again(
    desk: Desk, known: Mapping[Entry, Known], trouble: Trouble, refused: dict[Entry, NotRead] | None = None
) -> dict[Entry, Reading]:
    """Read submissions from their originals.

    Args:
        desk: the desk of the run.
        known: what the register knows of each.
        trouble: takes what goes wrong.
        refused: takes, where given, those that nothing can be taken from, rather than `trouble`.
    """
    entries = list(known)
    tasks = [
        (
            desk.call_name,
            desk.definitions,
            tuple(ToRead(file.name, desk.folder(entry) / ORIGINALS / file.stored, file.sha256) for file in entry.files),
            known[entry],
            "",
            desk.kept(entry.content),
        )
        for entry in entries
    ]
    found = {}
    outcomes = desk.each(
        _("opnieuw lezen"),
        desk.workers.run(read_submission, tasks, [share([_size(file.path) for file in task[2]]) for task in tasks]),
        len(tasks),
    )
    for entry, outcome in zip(entries, outcomes, strict=True):
        if isinstance(outcome, Done) and isinstance(outcome.result, Reading):
            found[entry] = outcome.result
        elif isinstance(outcome, Done) and refused is not None and outcome.result.reason is not Reason.BUSY:
            refused[entry] = outcome.result
        else:
            tell(entry, outcome, trouble)
    return found


def _size(path: Path) -> int:
    """Give the size of an original; 0 when it is gone, which reading it will tell."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def tell(entry: Entry, outcome: Done[NotRead] | Lost, trouble: Trouble) -> None:
    """Tell what kept a dossier from being made; a faulty definition is told as such."""
    from pipeline.readers.reasons import explain

    if isinstance(outcome, Lost) and isinstance(outcome.error, DefinitionError):
        trouble.faults.extend(fault for fault in outcome.error.faults if fault not in trouble.faults)
        return
    why = outcome.result if isinstance(outcome, Done) else outcome
    if why.reason is Reason.BUSY:
        what = _("een origineel in de map «ingediend» is gewijzigd ({file}).").format(file=why.detail)
        remedy = _("Zet het terug zoals het ingediend werd.")
    elif isinstance(outcome, Lost) and isinstance(outcome.error, FileNotFoundError):
        what, remedy = _("een origineel is weg uit de map «ingediend»"), _("Leg de inzending opnieuw in de inbox.")
    else:
        what, remedy = explain(why.reason, why.detail)
    trouble.remarks.append(_("{key}: {what} {remedy}").format(key=entry.key, what=what, remedy=remedy))
    trouble.unread += 1
