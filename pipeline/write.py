"""Files that appear whole or not at all: safe names, planned together, written beside and renamed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import UsageError
from pipeline.language import _

LIMIT = 80
"""Characters of a file name; far below the 255 bytes of file systems and the 260 characters of Windows paths."""
LOCK = ".bezig"
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{name}{digit}" for name in ("COM", "LPT") for digit in range(1, 10))}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was made."""

    name: str
    """Relative to its folder, with forward slashes."""
    sha256: str
    size: int


def safe_name(text: str, limit: int = LIMIT) -> str:
    """Give a file name that every system takes, near to the text, its ending kept.

    Example:
        >>> safe_name("../Aanvraag: Gent?.docx")
        '-Aanvraag- Gent-.docx'
    """
    shown = unicodedata.normalize("NFC", text)
    shown = "".join(" " if c.isspace() else c for c in shown if c.isspace() or unicodedata.category(c)[0] != "C")
    shown = re.sub(" +", " ", _FORBIDDEN.sub("-", shown)).strip(" .")
    ending = PurePosixPath(shown).suffix
    ending = ending if len(ending) <= 10 else ""
    stem = shown[: len(shown) - len(ending)]
    while len(stem) + len(ending) > limit or len((stem + ending).encode()) > 2 * limit:
        stem = stem[:-1]
    stem = stem.rstrip(" .") or "bestand"
    if stem.split(".")[0].upper() in _RESERVED:
        stem = f"_{stem}"
    return stem + ending


def slug(text: str, limit: int = 50) -> str:
    """Give the words of a text as part of a folder name: `Gent, Muide-Meulestede` is `gent-muide-meulestede`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    made = "-".join(words)
    return made if len(made) <= limit else made[:limit].rpartition("-")[0] or made[:limit]


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Number names that would fall together, on systems that ignore case too: `brief.docx`, `brief (2).docx`."""
    taken: set[str] = set()
    made = []
    for name in names:
        path = PurePosixPath(name)
        chosen, number = name, 1
        while _folded(chosen) in taken:
            number += 1
            chosen = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        taken.add(_folded(chosen))
        made.append(chosen)
    return tuple(made)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def sha256(content: bytes) -> str:
    """Give the hash of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(path: Path) -> str:
    """Give the hash of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write(path: Path, content: bytes) -> Written:
    """Write a file beside its place, make sure that it is on the disk, and rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:LIMIT]}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return Written(path.name, sha256(content), len(content))


def copy(source: Path, target: Path) -> str:
    """Copy a file, under its name only when it is whole; give the hash of what was copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name[:LIMIT]}.{os.getpid()}.tmp")
    copied = hashlib.sha256()
    try:
        with source.open("rb") as reading, beside.open("wb") as writing:
            while piece := reading.read(1 << 20):
                copied.update(piece)
                writing.write(piece)
            writing.flush()
            os.fsync(writing.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return copied.hexdigest()


def stage(folder: Path, files: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Write files in a folder where nobody looks yet; `install` gives them their places."""
    written = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        written.append(Written(name, sha256(content), len(content)))
    return tuple(written)


@dataclass(frozen=True, slots=True)
class Installed:
    """What `install` did."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Names under which files that a person had changed were kept."""
    removed: tuple[str, ...]


def install(
    staged: Path, folder: Path, files: Iterable[Written], known: Mapping[str, str], ours: Collection[str] = ()
) -> Installed:
    """Give staged files their places in a folder; a file with the same bytes is left as it is.

    Args:
        staged: where `stage` wrote them.
        folder: where they belong.
        files: what was staged.
        known: name → hash of what was made there before. A file that differs from its hash was changed by a
            person: it stays while what we make is what we made before, and is kept beside a new version, never
            written over. What was made before and is not made now is removed.
        ours: names that no person should change; a changed one is kept beside at once.
    """
    files = tuple(files)
    planned = {file.name for file in files}
    written, kept, removed = [], [], []
    for file in files:
        target = folder / file.name
        if target.is_file():
            present = sha256_of(target)
            if present == file.sha256:
                (staged / file.name).unlink()
                continue
            if present != known.get(file.name):
                if file.sha256 == known.get(file.name) and file.name not in ours:
                    (staged / file.name).unlink()
                    continue
                kept.append(_keep(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged / file.name).replace(target)
        written.append(file.name)
    for name in sorted(set(known) - planned):
        target = folder / name
        if target.is_file():
            if sha256_of(target) == known[name]:
                target.unlink()
            else:
                kept.append(_keep(target))
            removed.append(name)
    settle(folder)
    return Installed(tuple(written), tuple(kept), tuple(removed))


def _keep(path: Path) -> str:
    """Set a file that a person changed beside its place."""
    number = 1
    while True:
        tail = _("gewijzigd") if number == 1 else _("gewijzigd {number}").format(number=number)
        beside = path.with_name(f"{path.stem} ({tail}){path.suffix}")
        if not beside.exists():
            path.rename(beside)
            return beside.name
        number += 1


def settle(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(folder: Path) -> None:
    """Remove a working folder of our own."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def lock(output: Path) -> Iterator[None]:
    """Keep other runs away from an output folder.

    Raises:
        UsageError: another run is at work there.
    """
    output.mkdir(parents=True, exist_ok=True)
    path = output / LOCK
    with path.open("a+b") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as busy:
            raise UsageError(
                _("In «{output}» is al een verwerking bezig. Wacht tot die klaar is en probeer opnieuw.").format(
                    output=output
                )
            ) from busy
        yield
