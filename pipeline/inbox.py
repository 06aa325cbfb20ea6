"""What lies in the inbox: submissions, what is left alone, and when each came in."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dossier import Receipt
from pipeline.errors import Reason, UsageError
from pipeline.language import _

RECEIPTS = "ontvangst.csv"
_COLUMNS = ("bestand", "ontvangen", "kanaal", "afzender")
_OF_SYSTEMS = {"thumbs.db", "desktop.ini"}
_UNFINISHED = (".part", ".crdownload", ".partial", ".download", ".tmp")


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
        listed = "".join(f"{file.sha256} {unicodedata.normalize('NFC', file.name)}\n" for file in self.files)
        return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()


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

    def receipt(self, submission: Submission, form: str = "") -> Receipt:
        """Give the receipt of a submission: the row of its folder, or else that of its form."""
        for path in (submission.path, f"{submission.path}/{form}"):
            found = self.receipts.get(_key(path))
            if found:
                return found
        return Receipt()


def look(inbox: Path, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Inbox:
    """Look what a folder holds, and take the hash of each file.

    Raises:
        UsageError: there is no such folder.
    """
    if not inbox.is_dir():
        raise UsageError(_("De map «{inbox}» bestaat niet. Geef de map met de inzendingen.").format(inbox=inbox))
    left: list[LeftAlone] = []
    found: list[tuple[str, list[tuple[str, Path]]]] = []
    for entry in sorted(os.scandir(inbox), key=lambda entry: entry.name):
        if entry.name == RECEIPTS:
            continue
        if entry.is_dir(follow_symlinks=False) and not _reason(Path(entry.path)):
            inside = [
                (path.relative_to(entry.path).as_posix(), path)
                for path in _walk(Path(entry.path))
                if not _set_aside(path, inbox, left)
            ]
            found.append((entry.name, inside))
        elif not _set_aside(Path(entry.path), inbox, left):
            found.append((entry.name, [(entry.name, Path(entry.path))]))
    stats = {path: path.stat() for _path, files in found for _name, path in files}
    hashes = {}
    for done, path in enumerate(stats):
        hashes[path] = _hash(path)
        progress(done + 1, len(stats))
    busy = {path for path in stats if _changed(path, stats[path])}
    submissions = []
    for place, files in found:
        if any(path in busy for _name, path in files):
            why = _("wordt nog geschreven; de volgende keer wordt het gelezen")
            left.append(LeftAlone(place, Reason.BUSY, why))
            continue
        submissions.append(
            Submission(
                place, tuple(InboxFile(name, path, hashes[path], stats[path].st_size) for name, path in sorted(files))
            )
        )
    present = {_key(place) for place, _files in found}
    present |= {_key(path.relative_to(inbox).as_posix()) for _place, files in found for _name, path in files}
    present |= {_key(item.path) for item in left}
    receipts, faults = _read_receipts(inbox / RECEIPTS, present)
    return Inbox(tuple(submissions), tuple(left), receipts, faults)


def _walk(folder: Path) -> Iterator[Path]:
    """Give everything in a folder that is not a folder, without following links; hidden folders as themselves."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False) and not _reason(path):
            yield from _walk(path)
        else:
            yield path


def _set_aside(path: Path, inbox: Path, left: list[LeftAlone]) -> bool:
    reason = _reason(path)
    if reason:
        left.append(LeftAlone(path.relative_to(inbox).as_posix(), *reason))
    return reason is not None


def _reason(path: Path) -> tuple[Reason | None, str] | None:
    """Say why something is not read; None when it is."""
    name = path.name
    if name.startswith(("~$", ".~lock.")):
        return None, _("slotbestand van een tekstverwerker")
    if name.startswith(".") or name.lower() in _OF_SYSTEMS:
        return None, _("verborgen bestand")
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return Reason.NOT_A_FILE, _("snelkoppeling; leg het bestand zelf in de inbox")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return Reason.NOT_A_FILE, _("geen gewoon bestand")
    if name.lower().endswith(_UNFINISHED):
        return Reason.BUSY, _("een download die nog niet klaar is")
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _changed(path: Path, before: os.stat_result) -> bool:
    try:
        after = path.stat()
    except OSError:
        return True
    return (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/").strip().strip("/")).casefold()


def _read_receipts(path: Path, present: Collection[str]) -> tuple[dict[str, Receipt], tuple[str, ...]]:
    """Read when everything came in; what is wrong is told with its row and proves nothing."""
    if not path.is_file():
        return {}, ()
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    if not rows or tuple(cell.lower() for cell in rows[0][1][: len(_COLUMNS)]) != _COLUMNS:
        wanted = ";".join(_COLUMNS)
        return {}, (
            _("{file}, rij 1: de eerste rij moet «{wanted}» zijn; geen enkel moment van ontvangst is bewezen.").format(
                file=RECEIPTS, wanted=wanted
            ),
        )
    receipts: dict[str, Receipt] = {}
    faults: list[str] = []
    for number, row in rows[1:]:
        if not any(row):
            continue
        name, moment, channel, sender = [*row, "", "", "", ""][:4]
        place = _("{file}, rij {row}").format(file=RECEIPTS, row=number)
        receipt = Receipt(None, channel, sender, place)
        received, fault = _moment(moment)
        if not name:
            fault = _("er staat geen bestand")
        elif _key(name) not in present:
            fault = _("«{name}» ligt niet in de inbox").format(name=name)
        elif _key(name) in receipts:
            received, fault = None, _("«{name}» staat er twee keer in; geen van beide bewijst iets").format(name=name)
        if fault:
            faults.append(f"{place}: {fault}.")
        if name:
            receipts[_key(name)] = receipt if received is None else replace(receipt, received=received)
    return receipts, tuple(faults)


def _moment(text: str) -> tuple[dt.datetime | None, str]:
    """Read a moment; without its offset from UTC it proves nothing."""
    if not text:
        return None, _("er staat geen moment van ontvangst")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None, _("«{text}» is geen moment; schrijf het als 2021-07-19T23:59:59+02:00").format(text=text)
    if moment.tzinfo is None:
        return None, _("«{text}» zegt niet in welke tijdzone; schrijf het als 2021-07-19T23:59:59+02:00").format(
            text=text
        )
    return moment, ""
