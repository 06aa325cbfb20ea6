"""Open a mail as Outlook saves it (.msg)."""

from __future__ import annotations

import datetime as dt
import mimetypes
import struct
from collections.abc import Callable
from typing import Any, TypeVar

from pipeline.dossier import Receipt, Role
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.language import moment as words
from pipeline.readers.contents import Contents, Envelope, Item
from pipeline.readers.mail import cid_names, envelope_of, open_mail, parse_headers
from pipeline.readers.ole import opened, roots
from pipeline.readers.receipt import CHANNEL, delivered, differ
from pipeline.readers.said import message_text, said

MSG = "application/vnd.ms-outlook"
PROPERTIES = "__properties_version1.0"
"""The stream that every message has in its root."""
_INNER = "__substg1.0_3701000D"
"""The storage of a mail or object inside an attachment."""
_DEEPEST = 20
_TOP, _NESTED, _ATTACHMENT = 32, 24, 8
"""Where the properties of a message, of one inside it and of an attachment begin."""
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_SUBJECT, _HEADERS, _DELIVERED, _SENT, _FLAGS = 0x0037, 0x007D, 0x0E06, 0x0039, 0x0E07
_SENDER = (0x5D01, 0x0C1F, 0x0C1A, 0x0042)
"""Address for mail, address in its own system, name, name of who it was sent for."""
_UNSENT, _FROM_ME = 0x08, 0x20
_METHOD, _DATA, _MIME, _CONTENT_ID, _HIDDEN = 0x3705, 0x3701, 0x370E, 0x3712, 0x7FFE
_NAMES = (0x3707, 0x3704, 0x3001)
_BY_VALUE, _EMBEDDED = 1, 5
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)

Value = TypeVar("Value")


def is_msg(data: bytes) -> bool:
    """Say whether these are the bytes of a mail of Outlook."""
    return PROPERTIES in roots(data)


def open_msg(data: bytes, name: str) -> Contents:
    """Open a mail of Outlook.

    Args:
        data: the whole file.
        name: of the file, for people.

    Raises:
        Unreadable: it is damaged.
    """
    from oxmsg.storage import Storage

    with opened(data) as ole:
        return _message(Storage.from_ole(ole), name, _TOP)


def _message(storage: Any, name: str, start: int, depth: int = 0) -> Contents:
    if depth > _DEEPEST:
        raise Unreadable(Reason.BOMB, "het e-mailbericht heeft veel te veel berichten in elkaar")
    properties = _properties(storage, start)
    html = _html(properties)
    items = [_attachment(inner, html, depth) for inner in storage.iter_attachment_storages()]
    text = message_text(_text(properties, _BODY), html)
    notes: list[str] = []
    if text:
        items.insert(0, Item(_("bericht") + ".txt", text.encode("utf-8", "replace"), Role.MESSAGE))
    elif _try(lambda: properties.binary_prop_value(_RTF)):
        notes.append(_("de tekst van het bericht is alleen als opgemaakte tekst (RTF) bewaard en is niet gelezen"))
    return Contents(MSG, tuple(items), tuple(notes), _envelope(properties, name))


def _properties(storage: Any, start: int) -> Any:
    """Give what a message or attachment says of itself.

    Raises:
        Unreadable: that cannot be read at all.
    """
    from oxmsg.properties import Properties

    properties = Properties(storage, start)
    try:
        list(properties)
    except Exception as error:
        raise Unreadable(Reason.DAMAGED, "het e-mailbericht is beschadigd") from error
    return properties


def _try(read: Callable[[], Value | None]) -> Value | None:
    """Give a property; None when it is not there or cannot be read."""
    try:
        return read()
    except (LookupError, ValueError, AttributeError, TypeError, OverflowError, struct.error):
        return None


def _text(properties: Any, *identifiers: int) -> str:
    for identifier in identifiers:
        found = _try(lambda identifier=identifier: properties.str_prop_value(identifier))  # type: ignore[misc]
        if isinstance(found, str) and found.strip("\0 \r\n\t"):
            return found.strip("\0")
    return ""


def _number(properties: Any, identifier: int) -> int:
    found = _try(lambda: properties.int_prop_value(identifier))
    return found if isinstance(found, int) else 0


def _html(properties: Any) -> str:
    raw = _try(lambda: properties.binary_prop_value(_HTML))
    if isinstance(raw, bytes):
        return said(raw, _try(lambda: str(properties.body_encoding)) or "")
    return _text(properties, _HTML)


def _attachment(storage: Any, html: str, depth: int) -> Item:
    properties = _properties(storage, _ATTACHMENT)
    name = _text(properties, *_NAMES).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip()
    mime = _text(properties, _MIME)
    name = name or _("bijlage") + (mimetypes.guess_extension(mime) or ".bin")
    method = _number(properties, _METHOD)
    inner = next((kid for kid in storage.storages if kid.name == _INNER), None)
    if method == _EMBEDDED and inner is not None:
        return Item(name, _streams(inner), contents=_message(inner, name, _NESTED, depth + 1))
    data = _try(lambda: properties.binary_prop_value(_DATA))
    if data is None:
        what = (
            "een ingesloten object van Outlook, geen bestand"
            if inner is not None
            else "het bestand zelf zit niet in het bericht, alleen een verwijzing"
        )
        return Item(name, b"", fault=Unreadable(Reason.DAMAGED, what))
    if mime.lower() == "multipart/signed":
        return Item(name, data, contents=open_mail(data, name))
    picture = mime.startswith("image/") or (mimetypes.guess_type(name)[0] or "").startswith("image/")
    identifier = _text(properties, _CONTENT_ID).strip("<>").casefold()
    hidden = _try(lambda: properties.int_prop_value(_HIDDEN))
    shown_inside = picture and (bool(hidden) or (identifier != "" and identifier in cid_names(html)))
    return Item(name, data, Role.INLINE if shown_inside else Role.ATTACHMENT)


def _streams(storage: Any) -> bytes:
    """Give what a mail inside another holds, one after the other: it is no file by itself."""
    own = b"".join(stream.bytes_ for stream in sorted(storage.streams, key=lambda stream: stream.path))
    return own + b"".join(_streams(inner) for inner in sorted(storage.storages, key=lambda inner: inner.path))


def _envelope(properties: Any, name: str) -> Envelope:
    """Tell when the mail was received: by the headers of the servers, or else by the mailbox that took it in.

    A mail that was saved by its sender has that property too; it then says when it was sent.
    """
    headers = parse_headers(_text(properties, _HEADERS))
    subject, sender = _text(properties, _SUBJECT), _text(properties, *_SENDER)
    moment = _time(properties, _DELIVERED)
    if headers.get_all("received"):
        told = envelope_of(headers, name)
        if told.receipt.received and moment and differ(told.receipt.received, moment):
            note = _("«{name}»: de server zegt {received}, de mailbox {moment}; de server telt.").format(
                name=name, received=words(told.receipt.received), moment=words(moment)
            )
            return Envelope(told.receipt, told.subject or subject, (*told.notes, note))
        return Envelope(told.receipt, told.subject or subject, told.notes)
    if moment and not _number(properties, _FLAGS) & (_UNSENT | _FROM_ME):
        return delivered(name, moment, sender, subject)
    sent = _time(properties, _SENT)
    claim = words(sent) if sent else _("geen")
    note = _(
        "«{name}» zegt niet wanneer het ontvangen is (verzonden volgens het bericht: {claim}). Bewijs het moment met "
        "een rij in ontvangst.csv."
    ).format(name=name, claim=claim)
    return Envelope(Receipt(None, CHANNEL, sender), subject, (note,))


def _time(properties: Any, identifier: int) -> dt.datetime | None:
    found = _try(lambda: properties.date_prop_value(identifier))
    return found if isinstance(found, dt.datetime) and found > _EPOCH else None
