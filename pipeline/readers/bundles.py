"""Open mails and zips into the files that are in them, those in each other too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.dossier import Role
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.language import moment as words
from pipeline.readers.contents import LARGEST, MOST, Contents, Envelope

_DEEPEST = 6
"""Bundles inside each other; what lies deeper is told and not opened."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file out of a bundle, or a bundle that was opened."""

    name: str
    """With the names of the bundles around it: `aanvraag.eml/bijlagen.zip/kaart.png`."""
    data: bytes
    role: Role
    fault: Unreadable | None = None
    media_type: str = ""
    """Of a bundle."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A bundle with everything that is in it."""

    parts: tuple[Part, ...]
    """The bundle itself first; a bundle inside it before what it holds."""
    notes: tuple[str, ...]
    envelope: Envelope | None
    """Of a mail: what it says of itself."""


def unpack(data: bytes, name: str) -> Unpacked | None:
    """Open a mail or zip, told apart by what the bytes are.

    Args:
        data: the whole file.
        name: its path inside the submission.

    Returns:
        What is in it, or None for a file of another kind.

    Raises:
        Unreadable: it is a mail or zip that cannot be opened.
    """
    contents = _open(data, name, LARGEST)
    if contents is None:
        return None
    room = _Room(LARGEST, MOST)
    notes: list[str] = []
    whole = Part(name, data, Role.BUNDLE, media_type=contents.media_type)
    parts = (whole, *_walk(contents, name, room, notes, 1))
    return Unpacked(parts, tuple(notes), contents.envelope)


@dataclass(slots=True)
class _Room:
    """How much may still come out of a bundle."""

    size: int
    number: int

    def take(self, size: int) -> None:
        self.size -= size
        self.number -= 1
        if self.size < 0:
            raise Unreadable(Reason.TOO_LARGE, "het pakket is uitgepakt groter dan 300 MB")
        if self.number < 0:
            raise Unreadable(Reason.BOMB, "het pakket bevat duizenden bestanden")


def _open(data: bytes, name: str, largest: int) -> Contents | None:
    from pipeline.readers import headers, zipped
    from pipeline.readers.gate import OLE

    if zipped.is_bundle(data):
        return zipped.open_zip(data, largest)
    if data.startswith(OLE):
        from pipeline.readers import msg

        return msg.open_msg(data, name) if msg.is_msg(data) else None
    if headers.is_mail(data):
        from pipeline.readers import mail

        return mail.open_mail(data, name)
    return None


def _walk(contents: Contents, name: str, room: _Room, notes: list[str], depth: int) -> Iterator[Part]:
    notes.extend(f"{name}: {note}" for note in contents.notes)
    for item in contents.items:
        inside = f"{name}/{item.name}"
        room.take(len(item.data))
        if item.role is not Role.ATTACHMENT or item.fault is not None:
            yield Part(inside, item.data, item.role, item.fault)
            continue
        try:
            opened = item.contents or _open(item.data, inside, room.size)
        except Unreadable as fault:
            yield Part(inside, item.data, item.role, fault)
            continue
        if opened is None:
            yield Part(inside, item.data, item.role)
        elif depth == _DEEPEST:
            too_deep = Unreadable(Reason.BOMB, "er zitten te veel mails en zips in elkaar")
            yield Part(inside, item.data, item.role, too_deep)
        else:
            yield Part(inside, item.data, Role.BUNDLE, media_type=opened.media_type)
            if opened.envelope is not None and (moment := opened.envelope.receipt.received) is not None:
                notes.append(_inner(inside, moment))
            yield from _walk(opened, inside, room, notes, depth + 1)


def _inner(name: str, moment: dt.datetime) -> str:
    """Tell that a mail inside a bundle has a moment too, and why it does not count."""
    return _(
        "{name} zegt ontvangen te zijn op {moment}; van een bericht in een ander bericht of in een zip telt dat niet. "
        "Telt dat moment, zet het dan in ontvangst.csv."
    ).format(name=name, moment=words(moment))
