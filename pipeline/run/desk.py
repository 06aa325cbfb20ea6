"""The desk of one run: the call, the output folder, the register, the day."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pipeline
from pipeline import language, resources, write
from pipeline.errors import DefinitionError, Fault, UsageError
from pipeline.language import _
from pipeline.library import Call, load
from pipeline.register import FILE, Entry, Register, at
from pipeline.workers import Limits, Workers

WORK = ".werk"
KEPT = ".herkend"
ORIGINALS = "ingediend"
UNREADABLE = "onleesbaar"
_SHARE = 300_000
"""Bytes of a submission for which reading may take the usual time once more: there may be much in a mail, and of a
scan it is a few pages, each of which takes seconds."""
_MOST_SHARES = 10

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def untold(_message: str) -> None:
    """Tell nobody."""


def share(sizes: Sequence[int]) -> int:
    """Give how many times the usual time reading files of these sizes, in bytes, may take."""
    return min(_MOST_SHARES, max(len(sizes), 1 + sum(sizes) // _SHARE))


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works."""

    today: dt.date
    jobs: int = 0
    """Processes; 0 does the work in this process."""
    limits: Limits = field(default_factory=Limits)
    pdf: bool = True
    roots: Mapping[str, bytes] = field(default_factory=dict)
    """Files of certificates by which signatures are trusted, by name."""
    progress: Progress = silent
    note: Callable[[str], None] = untold
    """Told once what a person at the screen should know; it changes no result."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every step of a run shares."""

    call: Call
    call_name: str
    definitions: str
    """Hash of the program and of every definition and template."""
    output: Path
    register: Register
    settings: Settings
    workers: Workers
    inbox: str = ""
    """Name of the inbox that is worked through; empty when none is."""

    @property
    def staging(self) -> Path:
        """Where work in progress lies."""
        return self.output / WORK

    def folder(self, entry: Entry) -> Path:
        """Give the folder of a dossier."""
        return self.output / entry.folder

    def kept(self, content: str) -> Path:
        """Give the file that keeps what was recognised on the scans of a submission."""
        return self.output / KEPT / f"{content}.json"

    def each(self, what: str, outcomes: Iterable[Any], total: int) -> Iterator[Any]:
        """Show the progress of a series of outcomes."""
        if total:
            self.settings.progress(what, 0, total)
        for done, outcome in enumerate(outcomes, start=1):
            yield outcome
            self.settings.progress(what, done, total)


@dataclass(slots=True)
class Trouble:
    """What went wrong in a run without stopping it."""

    faults: list[Fault] = field(default_factory=list)
    """In definitions and templates."""
    remarks: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Files that a person had changed, under the names that they were given."""
    told: list[str] = field(default_factory=list)
    """What people are told of this run only."""
    unread: int = 0
    """Dossiers whose originals could not be read again."""


@contextmanager
def open_desk(output: Path, call_name: str, settings: Settings) -> Iterator[Desk]:
    """Sit down at an output folder; nobody else can work there meanwhile.

    Args:
        output: the folder; made when it is not there.
        call_name: key or folder of the call; empty: the call that the register knows, or else the only one.
        settings: how the run works.

    Raises:
        UsageError: another run is at work there, or the folder belongs to another call.
        DefinitionError: the definitions are faulty.
    """
    with write.lock(output):
        _must_have_its_register(output)
        register = at(output)
        workers = Workers(settings.jobs, settings.limits, settings.note)
        try:
            known = register.setting("call")
            name = call_name or register.setting("call_name") or the_only_call()
            call = load(name)
            if known and known != call.key:
                raise UsageError(
                    _("In «{output}» staan dossiers van de oproep «{known}». Kies een andere uitvoermap.").format(
                        output=output, known=known
                    )
                )
            definitions = definitions_of(call)
            _must_be_sound(call, definitions, register)
            if not known or register.setting("call_name") != name:
                with register.change() as changes:
                    changes.set("call", call.key)
                    changes.set("call_name", name)
            yield Desk(call, name, definitions, output, register, settings, workers)
            workers.close()
        finally:
            workers.stop()
            register.close()


def _must_have_its_register(output: Path) -> None:
    """Keep a run from starting anew where dossiers lie: numbers would be given twice and acts would be gone.

    Raises:
        UsageError: dossiers lie there, and the register is gone or empty.
    """
    register = output / FILE
    if register.is_file() and register.stat().st_size:
        return
    if any(output.glob("*/dossier.json")):
        raise UsageError(
            _(
                "In «{output}» liggen dossiers, maar het register ({file}) is weg of leeg. Daarin staan de nummers en "
                "wat beslist, aanvaard, verbeterd en ingetrokken werd. Zet het terug uit een reservekopie van die map, "
                "of begin opnieuw in een andere map met -o; daar krijgen de inzendingen nieuwe nummers."
            ).format(output=output, file=FILE)
        )


def the_only_call() -> str:
    """Give the only call there is.

    Raises:
        UsageError: there are none, or several.
    """
    from pipeline.library import calls

    names = calls()
    if len(names) != 1:
        raise UsageError(_("Zeg met --call om welke oproep het gaat: {names}.").format(names=", ".join(names)))
    return names[0]


def known_call(output: Path) -> str:
    """Give the call that the register of an output folder knows; empty when there is none."""
    if not (output / FILE).is_file():
        return ""
    register = at(output)
    try:
        return register.setting("call_name")
    finally:
        register.close()


@contextmanager
def reading(output: Path) -> Iterator[Register]:
    """Look into the register of an output folder without changing anything.

    Raises:
        UsageError: there is none.
    """
    if not (output / FILE).is_file():
        raise UsageError(
            _("In «{output}» is nog niets verwerkt. Typ eerst: run INBOX -o {output}").format(output=output)
        )
    register = at(output)
    try:
        yield register
    finally:
        register.close()


def _must_be_sound(call: Call, definitions: str, register: Register) -> None:
    """Hold rules and templates against the forms before the first paper, once for each state of them.

    Raises:
        DefinitionError: something in them would spoil findings or papers.
    """
    if register.setting("sound") == definitions:
        return
    faults = _faults(call.folder, definitions)
    if faults:
        raise DefinitionError(list(faults))
    with register.change() as changes:
        changes.set("sound", definitions)


@lru_cache(maxsize=16)
def _faults(folder: Path, _definitions: str) -> tuple[Fault, ...]:
    from pipeline.lint import hold_work

    return tuple(hold_work(load(folder)))


def definitions_of(call: Call) -> str:
    """Give one hash of the program, the definitions and the templates: what outcomes depend on beside the input."""
    return digest({"program": program_hash(), "call": dict(sorted(call.sha256.items())), "locale": language.current()})


@cache
def program_hash() -> str:
    """Give one hash of the program's own files."""
    package = Path(pipeline.__file__).parent
    files = [*sorted(package.rglob("*.py")), *sorted((resources.TEMPLATES / "report").glob("*.j2"))]
    return digest({path.relative_to(resources.ROOT).as_posix(): write.sha256_of(path) for path in files})


def digest(data: Mapping[str, Any]) -> str:
    """Give the hash of data that JSON can hold."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
