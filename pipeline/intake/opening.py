"""A file of a submission opened: itself, or what is in it when it is a mail or a zip."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import write
from pipeline.dossier import Role
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.readers.contents import Envelope

_LONGEST = 60
"""Characters of a folder or file that is laid out: one lies in the other, and Windows counts the whole path."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to read."""

    name: str
    """Inside the submission, as it came in."""
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to look at: one that was submitted, or one out of a mail or zip."""

    name: str
    """Inside the submission; distinct."""
    data: bytes
    sha256: str
    size: int
    role: Role = Role.ATTACHMENT
    fault: Unreadable | None = None
    """Why it needs no further look."""
    media_type: str = ""
    """Of a mail or zip that was opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of a submission, opened."""

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    envelope: Envelope | None = None
    """Of a mail."""

    @property
    def is_bundle(self) -> bool:
        """Whether it was opened into others."""
        return self.pieces[0].role is Role.BUNDLE


def open_file(file: ToRead) -> Opened:
    """Open a file of a submission; what cannot be opened is a piece that says so.

    Raises:
        Unreadable: BUSY, when it is not what was received.
    """
    from pipeline.readers.bundles import unpack
    from pipeline.readers.gate import LARGEST

    size = file.path.stat().st_size
    if size > LARGEST:
        fault = Unreadable(Reason.TOO_LARGE, "het bestand is groter dan 200 MB")
        return Opened((Piece(file.name, b"", file.sha256, size, fault=fault),))
    data = file.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Unreadable(Reason.BUSY, file.name)
    try:
        unpacked = unpack(data, file.name)
    except Unreadable as unreadable:
        return Opened((Piece(file.name, data, file.sha256, size, fault=unreadable),))
    if unpacked is None:
        return Opened((Piece(file.name, data, file.sha256, size),))
    names = write.distinct(part.name for part in unpacked.parts)
    pieces = tuple(
        Piece(name, part.data, write.sha256(part.data), len(part.data), part.role, part.fault, part.media_type)
        for name, part in zip(names, unpacked.parts, strict=True)
    )
    return Opened(pieces, unpacked.notes, unpacked.envelope)


def lay_out(folder: Path, originals: Sequence[str]) -> int:
    """Write what is in each mail or zip beside it, for people who want to open it; give how many files that are.

    Args:
        folder: holds copies of what was submitted.
        originals: their paths in it; what is in `aanvraag.eml` goes to the folder `aanvraag.eml (uitgepakt)`.
    """
    from pipeline.readers.bundles import Part, unpack
    from pipeline.readers.gate import LARGEST

    places: list[str] = []
    parts: list[Part] = []
    for original in originals:
        path = folder / original
        if path.stat().st_size > LARGEST:
            continue
        try:
            unpacked = unpack(path.read_bytes(), original)
        except Unreadable:
            continue
        if unpacked is not None:
            bundles = {part.name for part in unpacked.parts if part.role is Role.BUNDLE}
            inside = [part for part in unpacked.parts if part.role is not Role.BUNDLE and part.data]
            places += [_place(part.name, original, bundles) for part in inside]
            parts += inside
    free = write.distinct([*originals, *places])[len(originals) :]
    for place, part in zip(free, parts, strict=True):
        write.write(folder / place, part.data)
    return len(parts)


def _place(name: str, original: str, bundles: Collection[str]) -> str:
    """Give the safe path of a file, the name of each mail or zip around it marked as opened."""
    mark = _("{name} (uitgepakt)")
    steps = [mark.format(name=original)]
    around = original
    for segment in name.removeprefix(f"{original}/").split("/"):
        around = f"{around}/{segment}"
        safe = write.safe_name(segment, _LONGEST)
        steps.append(mark.format(name=safe) if around in bundles else safe)
    return "/".join(steps)
