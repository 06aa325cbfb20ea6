"""Open a mail as Outlook saves it (.msg)."""

from __future__ import annotations

import datetime as dt
import mimetypes
import struct
from dataclasses import replace
from typing import Any

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
_ENTRY = struct.Struct("<HH4x8s")
"""Type, identifier, flags, value or size."""
_CODEPAGE, _PAGE_OF_BODY = 0x3FFD, 0x3FDE
_BODY, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_SUBJECT, _HEADERS, _DELIVERED, _SENT, _FLAGS = 0x0037, 0x007D, 0x0E06, 0x0039, 0x0E07
_MESSAGE = 0x1035
_SENDER = (0x5D01, 0x0C1F, 0x0C1A, 0x0042)
"""Address for mail, address in its own system, name, name of who it was sent for."""
_UNSENT, _FROM_ME = 0x08, 0x20
_METHOD, _DATA, _MIME, _CONTENT_ID, _HIDDEN = 0x3705, 0x3701, 0x370E, 0x3712, 0x7FFE
_NAMES = (0x3707, 0x3704, 0x3001)
_EMBEDDED = 5
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


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


class _Properties:
    """What a message or attachment says of itself; what cannot be read is as what is not there.

    Args:
        storage: where it stands in the file.
        start: where the list of its properties begins.
        encoding: of texts that are not Unicode, unless it names its own.
    """

    def __init__(self, storage: Any, start: int, encoding: str = "cp1252") -> None:
        self.storage = storage
        listed = next((stream.bytes_ for stream in storage.streams if stream.name == PROPERTIES), b"")
        whole = start + (len(listed) - start) // _ENTRY.size * _ENTRY.size
        self._values = {entry[1]: entry[2] for entry in _ENTRY.iter_unpack(listed[start:whole])}
        self._streams = {stream.name: stream.bytes_ for stream in storage.streams}
        self.encoding = _encoding(self.number(_CODEPAGE)) or encoding

    def text(self, *identifiers: int, encoding: str = "") -> str:
        """Give the first of some texts that says something; empty when none does."""
        found: str
        for identifier in identifiers:
            stream = f"__substg1.0_{identifier:04X}"
            if (wide := self._streams.get(stream + "001F")) is not None:
                found = wide.decode("utf-16-le", "replace")
            else:
                found = said(self._streams.get(stream + "001E", b""), encoding or self.encoding)
            if found.strip("\0 \r\n\t"):
                return found.replace("\0", "")
        return ""

    def data(self, identifier: int) -> bytes | None:
        """Give bytes; None when there are none."""
        return self._streams.get(f"__substg1.0_{identifier:04X}0102")

    def number(self, identifier: int) -> int:
        """Give a number, or 1 for what is true; 0 when it is not there."""
        return int.from_bytes(self._values.get(identifier, b"")[:4], "little")

    def moment(self, identifier: int) -> dt.datetime | None:
        """Give a moment, which Outlook counts in steps of 100 nanoseconds of UTC."""
        steps = int.from_bytes(self._values.get(identifier, b""), "little")
        try:
            return _EPOCH + dt.timedelta(microseconds=steps // 10) if steps else None
        except OverflowError:
            return None

    def html(self) -> str:
        """Give the formatted text; empty when there is none."""
        page = _encoding(self.number(_PAGE_OF_BODY)) or self.encoding
        raw = self.data(_HTML)
        return said(raw, page) if raw is not None else self.text(_HTML, encoding=page)


def _encoding(page: int) -> str:
    """Give the encoding of a code page of Windows; empty for one that is not known."""
    from oxmsg.domain.encodings import encoding_from_codepage

    try:
        return str(encoding_from_codepage(page)) if page else ""
    except Exception:  # noqa: BLE001 - the library has errors of its own for this
        return ""


def _message(storage: Any, name: str, start: int, depth: int = 0) -> Contents:
    if depth > _DEEPEST:
        raise Unreadable(Reason.BOMB, "het e-mailbericht heeft veel te veel berichten in elkaar")
    properties = _Properties(storage, start)
    html = properties.html()
    items = [_attachment(inner, properties, html, depth) for inner in storage.iter_attachment_storages()]
    page = _encoding(properties.number(_PAGE_OF_BODY))
    text = message_text(properties.text(_BODY, encoding=page), html)
    notes: list[str] = []
    if text:
        items.insert(0, Item(_("bericht") + ".txt", text.encode("utf-8", "replace"), Role.MESSAGE))
    elif properties.data(_RTF):
        notes.append(_("de tekst van het bericht is alleen als opgemaakte tekst (RTF) bewaard en is niet gelezen"))
    return Contents(MSG, tuple(items), tuple(notes), _envelope(properties, name))


def _attachment(storage: Any, around: _Properties, html: str, depth: int) -> Item:
    properties = _Properties(storage, _ATTACHMENT, around.encoding)
    called = " ".join(properties.text(*_NAMES).split())
    mime = properties.text(_MIME).lower()
    inner = next((kid for kid in storage.storages if kid.name == _INNER), None)
    if properties.number(_METHOD) == _EMBEDDED and inner is not None:
        name = called.replace("/", "-") or _("bericht")  # a mail is called by its subject
        return Item(name, _streams(inner), contents=_message(inner, name, _NESTED, depth + 1))
    name = called.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip()
    name = name or _("bijlage") + (mimetypes.guess_extension(mime) or ".bin")
    data = properties.data(_DATA)
    if data is None:
        fault = (
            Unreadable(Reason.DAMAGED, "een ingesloten object van Outlook, geen bestand")
            if inner is not None
            else Unreadable(Reason.DAMAGED, "het bestand zelf zit niet in het bericht, alleen een verwijzing")
        )
        return Item(name, b"", fault=fault)
    if mime == "multipart/signed":
        return Item(name, data, contents=open_mail(data, name))
    picture = mime.startswith("image/") or (mimetypes.guess_type(name)[0] or "").startswith("image/")
    identifier = properties.text(_CONTENT_ID).strip("<>").casefold()
    inside = picture and (properties.number(_HIDDEN) != 0 or (identifier != "" and identifier in cid_names(html)))
    return Item(name, data, Role.INLINE if inside else Role.ATTACHMENT)


def _streams(storage: Any) -> bytes:
    """Give what a mail inside another holds, one after the other: it is no file by itself."""
    own = b"".join(stream.bytes_ for stream in sorted(storage.streams, key=lambda stream: stream.path))
    return own + b"".join(_streams(inner) for inner in sorted(storage.storages, key=lambda inner: inner.path))


def _envelope(properties: _Properties, name: str) -> Envelope:
    """Tell when the mail was received: by the headers of the servers, or else by the mailbox that took it in.

    A mail that was saved by its sender has that property too; it then says when it was sent.
    """
    headers = parse_headers(properties.text(_HEADERS))
    subject, sender = properties.text(_SUBJECT), properties.text(*_SENDER)
    message = properties.text(_MESSAGE).strip() or str(headers.get("message-id", "")).strip()
    moment = properties.moment(_DELIVERED)
    if headers.get_all("received"):
        told = envelope_of(headers, name)
        notes = told.notes
        if told.receipt.received and moment and differ(told.receipt.received, moment):
            text = _("«{name}»: de server zegt {received}, de mailbox {moment}; de server telt.")
            notes += (text.format(name=name, received=words(told.receipt.received), moment=words(moment)),)
        return Envelope(replace(told.receipt, message=message), told.subject or subject, notes)
    if moment and not properties.number(_FLAGS) & (_UNSENT | _FROM_ME):
        return delivered(name, moment, sender, subject, message)
    sent = properties.moment(_SENT)
    note = _(
        "«{name}» zegt niet wanneer het ontvangen is (verzonden volgens het bericht: {claim}). Bewijs het moment met "
        "een rij in ontvangst.csv."
    ).format(name=name, claim=words(sent) if sent else _("geen datum"))
    return Envelope(Receipt(None, CHANNEL, sender, "", message), subject, (note,))
