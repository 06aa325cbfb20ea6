"""What lies in the inbox: submissions, and what is left alone."""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import stat
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.dossier import Receipt
from pipeline.errors import Reason, UsageError
from pipeline.inbox.receipts import RECEIPTS, key, read_receipts
from pipeline.language import _
from pipeline.readers.leftovers import UNFINISHED, leftover

_DEEPEST = 20
"""Folders inside each other in one submission; what lies deeper is told and not read."""
_NO_FILES = b"a folder without files"
"""Stands for what an empty folder holds, which is not what an empty file holds."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file of a submission."""

    name: str
    """Inside the submission, with forward slashes."""
    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Submission:
    """A loose file, or a folder with a form and its attachments."""

    path: str
    """Inside the inbox."""
    files: tuple[InboxFile, ...]

    @property
    def content(self) -> str:
        """Hash of everything submitted; of a single file that of its bytes, wherever it lies."""
        if len(self.files) == 1:
            return self.files[0].sha256
        if not self.files:
            return hashlib.sha256(_NO_FILES).hexdigest()
        listed = "".join(f"{file.sha256} {unicodedata.normalize('NFC', file.name)}\n" for file in self.files)
        return hashlib.sha256(listed.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Something in the inbox that is not read."""

    path: str
    reason: Reason | None
    """None for what never is a submission: lock files of Word, hidden files."""
    why: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a folder holds at one moment."""

    submissions: tuple[Submission, ...]
    left: tuple[LeftAlone, ...]
    receipts: Mapping[str, Receipt]
    """Path inside the inbox → when it came in."""
    faults: tuple[str, ...]
    """What is wrong in `ontvangst.csv`, with its row."""

    def receipt(self, submission: Submission, form: str = "", envelope: Receipt | None = None) -> Receipt:
        """Give the receipt of a submission.

        The row of its folder counts, or else that of its form, or of the mail or zip around it; without a row that
        proves a moment, what the mail says that brought it.

        Args:
            submission: what lies in the inbox.
            form: name of the file that is the form.
            envelope: what the mail says.
        """
        steps = form.split("/")
        inside = ["/".join(steps[:number]) for number in range(len(steps), 0, -1)]
        rows = (self.receipts.get(key(path)) for path in (submission.path, *(f"{submission.path}/{n}" for n in inside)))
        listed = next((row for row in rows if row), Receipt())
        if envelope is not None and listed.received is None and (envelope.received is not None or not listed.proof):
            return envelope
        return listed


def must_be_folder(inbox: Path) -> None:
    """Look whether there is a folder to work through.

    Raises:
        UsageError: there is none.
    """
    if not inbox.exists():
        raise UsageError(_("De map «{inbox}» bestaat niet. Geef de map met de inzendingen.").format(inbox=inbox))
    if not inbox.is_dir():
        raise UsageError(_("«{inbox}» is geen map. Geef de map met de inzendingen.").format(inbox=inbox))


def look(inbox: Path, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Inbox:
    """Look what a folder holds, and take the hash of each file.

    Raises:
        UsageError: there is no such folder.
    """
    must_be_folder(inbox)
    left: list[LeftAlone] = []
    lists: list[Path] = []
    found: list[tuple[Path, list[Path]]] = []
    for path in _entries(inbox):
        if path.name.casefold() == RECEIPTS and path.is_file():
            lists.append(path)
        elif _is_folder(path) and not _reason(path):
            inside = _walk(path, inbox, left)
            if inside is not None:
                found.append((path, inside))
        elif not _set_aside(path, inbox, left):
            found.append((path, [path]))
    seen = {path: _look_at(path) for _root, files in found for path in files}
    hashes: dict[Path, str] = {}
    for done, path in enumerate(seen):
        hashes[path] = _hash(path)
        progress(done + 1, len(seen))
    submissions = []
    for root, files in found:
        why = next((why for path in files if (why := _unread(path, seen[path], hashes[path]))), "")
        if why:
            left.append(LeftAlone(_place(root, inbox), Reason.BUSY, why))
            continue
        listed = [InboxFile(_name(path, root), path, hashes[path], seen[path][0]) for path in files]
        submissions.append(Submission(_place(root, inbox), tuple(sorted(listed, key=lambda file: file.name))))
    present = {_place(path, inbox) for root, files in found for path in (root, *files)} | {item.path for item in left}
    receipts, faults = read_receipts(lists, present)
    return Inbox(tuple(submissions), tuple(left), receipts, faults)


def _entries(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return [Path(entry.path) for entry in sorted(entries, key=lambda entry: entry.name)]


def _place(path: Path, above: Path) -> str:
    """Give a path inside a folder as text; a byte that is no UTF-8 as `%E9`, as an address writes it."""
    name = path.relative_to(above).as_posix()
    return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in name)


def _name(path: Path, root: Path) -> str:
    """Give the name of a file inside its submission."""
    return _place(path, root.parent if path == root else root)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _walk(folder: Path, inbox: Path, left: list[LeftAlone], depth: int = 1) -> list[Path] | None:
    """Give the files of a submission, without following links; None when a folder cannot be opened."""
    try:
        entries = _entries(folder)
    except OSError:
        why = _("de map mag niet geopend worden of is net verdwenen")
        left.append(LeftAlone(_place(folder, inbox), Reason.BUSY, why))
        return None
    files: list[Path] = []
    for path in entries:
        if not _is_folder(path) or _reason(path):
            if not _set_aside(path, inbox, left):
                files.append(path)
        elif depth == _DEEPEST:
            why = _("ligt te diep: meer dan {number} mappen in elkaar").format(number=_DEEPEST)
            left.append(LeftAlone(_place(path, inbox), Reason.NOT_A_FILE, why))
        else:
            inside = _walk(path, inbox, left, depth + 1)
            if inside is None:
                return None
            files += inside
    return files


def _set_aside(path: Path, inbox: Path, left: list[LeftAlone]) -> bool:
    reason = _reason(path)
    if reason:
        left.append(LeftAlone(_place(path, inbox), *reason))
    return reason is not None


def _reason(path: Path) -> tuple[Reason | None, str] | None:
    """Say why something is not read; None when it is."""
    why = leftover(path.name)
    if why:
        return None, why
    try:
        mode = path.lstat().st_mode
    except OSError:
        return Reason.BUSY, _("verdween tijdens het lezen")
    if stat.S_ISLNK(mode):
        return Reason.NOT_A_FILE, _("snelkoppeling; leg het bestand zelf in de inbox")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return Reason.NOT_A_FILE, _("geen gewoon bestand")
    if path.name.lower().endswith(UNFINISHED):
        return Reason.BUSY, _("een download die nog niet klaar is")
    return None


Seen = tuple[int, int]
"""Size and moment of change of a file; both -1 when it cannot be looked at."""


def _look_at(path: Path) -> Seen:
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def _hash(path: Path) -> str:
    """Give the hash of a file; empty when it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


def _unread(path: Path, seen: Seen, digest: str) -> str:
    """Say why a file cannot be taken in now; empty when it can."""
    now = _look_at(path)
    if now == (-1, -1):
        return _("verdween tijdens het lezen")
    if not digest:
        return _("«{name}» mag niet gelezen worden; geef leesrechten op het bestand").format(name=path.name)
    if now != seen or _is_open_for_writing(path):
        return _("wordt nog geschreven; de volgende keer wordt het gelezen")
    return ""


def _is_open_for_writing(path: Path) -> bool:
    """Say whether another program has a file open to write in it: a copy can pause for longer than we look.

    A lease to read is given only on a file that nobody is writing. Where a file system gives none, only its size and
    moment of change tell.
    """
    try:
        with path.open("rb") as handle:
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)  # who opens it meanwhile must not end this process
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
