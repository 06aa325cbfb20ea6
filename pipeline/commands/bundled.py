"""What the verb `read` shows of a mail or zip: each file in it, and what that says where it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline import readers
from pipeline.archive import encode_receipt
from pipeline.commands.frame import note, print_json, say
from pipeline.commands.reading import encode, lines
from pipeline.document import Document
from pipeline.dossier import Role
from pipeline.errors import Unreadable
from pipeline.language import _, moment
from pipeline.readers.bundles import Part, Unpacked
from pipeline.readers.reasons import tell
from pipeline.readers.said import read_said
from pipeline.write import sha256


@dataclass(frozen=True, slots=True)
class _Shown:
    """A file of a mail or zip, looked at."""

    part: Part
    media_type: str
    problem: str = ""
    document: Document | None = None


def show(unpacked: Unpacked, *, as_json: bool) -> None:
    """Show what is in a mail or zip."""
    shown = [_look_at(part) for part in unpacked.parts]
    envelope = unpacked.envelope
    notes = (*unpacked.notes, *(envelope.notes if envelope else ()))
    if as_json:
        told = {
            "file": unpacked.parts[0].name,
            "sha256": sha256(unpacked.parts[0].data),
            "media_type": unpacked.parts[0].media_type,
            "subject": envelope.subject if envelope else "",
            "receipt": encode_receipt(envelope.receipt) if envelope else None,
            "parts": [_encode(each) for each in shown],
            "notes": list(notes),
        }
        print_json(told)
        return
    if envelope and envelope.receipt.received:
        receipt = envelope.receipt
        received = moment(envelope.receipt.received)
        say(_("ontvangen op {moment} ({proof})").format(moment=received, proof=receipt.proof))
    for each in shown:
        say(f"{each.part.name} ({each.media_type})" + (f": {each.problem}" if each.problem else ""))
        for line in lines(each.document.blocks, "  ") if each.document else ():
            say(line)
    for line in notes:
        note(line)


def _look_at(part: Part) -> _Shown:
    if part.role is Role.BUNDLE:
        return _Shown(part, part.media_type)
    if part.role is Role.MESSAGE:
        return _Shown(part, "text/plain", document=read_said(part.data.decode("utf-8", "replace"), part.name))
    try:
        if part.fault is not None:
            raise part.fault
        document = readers.read(part.data, part.name)
    except Unreadable as unreadable:
        media_type, problem = readers.inspect(part.data, part.name)
        return _Shown(part, media_type, tell(unreadable)[0] if part.fault else problem)
    return _Shown(part, document.source.media_type, document=document)


def _encode(shown: _Shown) -> dict[str, Any]:
    part = shown.part
    told = {
        "name": part.name,
        "sha256": sha256(part.data),
        "size": len(part.data),
        "media_type": shown.media_type,
        "role": part.role.value,
        "problem": shown.problem,
    }
    return {**told, "document": encode(shown.document)} if shown.document else told
