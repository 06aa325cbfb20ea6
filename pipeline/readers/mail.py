"""Open a mail: what was attached, what it says, and when it was received."""

from __future__ import annotations

import email
import mimetypes
import re
import unicodedata
from email.errors import (
    CloseBoundaryNotFoundDefect,
    HeaderParseError,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageError,
    MissingHeaderBodySeparatorDefect,
)
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from pipeline.dossier import Role
from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.readers.contents import MOST, Contents, Envelope, Item
from pipeline.readers.headers import bare, mended
from pipeline.readers.receipt import envelope
from pipeline.readers.said import message_text, said

MAIL = "message/rfc822"
_DEEPEST = 30
"""Parts inside each other in one mail; ordinary ones have three or four."""
_BASE64 = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode", "uue"})
_FOLD = re.compile(r"[\r\n]+(?=[ \t])")
_CID = re.compile(r"""cid:([^"'\s>)]+)""", re.IGNORECASE)
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_OUR_ENDINGS = {"application/octet-stream": ".bin", "text/plain": ".txt", "image/jpeg": ".jpg", MAIL: ".eml"}


class _AsWritten(Compat32):
    """Give headers as text on one line, also where the sender wrote bytes that no mail may hold."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:  # noqa: ARG002 - the name is part of the interface
        return _text_of(_FOLD.sub("", value)) if isinstance(value, str) else value


def open_mail(data: bytes, name: str) -> Contents:
    """Open a mail.

    Args:
        data: the whole file, as mail is sent, or with what a mailbox or Apple Mail puts around it.
        name: of the file, for people.

    Raises:
        Unreadable: it is so damaged that its parts cannot be told apart.
    """
    try:
        message = _whole(email.message_from_bytes(bare(data), policy=_AsWritten()))
        gathered = _Gathered()
        gathered.walk(message)
        return gathered.contents(message, name)
    except (MessageError, RecursionError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(Reason.DAMAGED, "het e-mailbericht is zo beschadigd dat het niet te openen is") from error


def _text_of(raw: str) -> str:
    """Give a header as text: bytes beyond ASCII are UTF-8, or else as Windows wrote them."""
    if raw.isascii():
        return raw
    written = raw.encode("utf-8", "surrogateescape")
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("cp1252", "replace")


def _decoded(text: str) -> str:
    """Give a text with the words decoded that the sender encoded, on one line."""
    try:
        pieces = decode_header(text) if "=?" in text else [(text, None)]
    except HeaderParseError:
        pieces = [(text, None)]
    whole = "".join(piece if isinstance(piece, str) else _decode(piece, charset) for piece, charset in pieces)
    return " ".join(unicodedata.normalize("NFC", whole).split()) or text.strip()


def _decode(piece: bytes, charset: str | None) -> str:
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            return piece.decode(encoding or "ascii")
        except (LookupError, UnicodeDecodeError):
            continue
    return piece.decode("latin-1")


class _Gathered:
    """What was met while walking through the parts of a mail."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.plain: list[str] = []
        self.html: list[str] = []
        self.pictures: dict[int, str] = {}
        """Place among the items → the name by which the text of the mail refers to it."""
        self.notes: list[str] = []

    def walk(self, part: Message, depth: int = 0) -> None:
        """Take in a part and what is in it."""
        if depth > _DEEPEST or len(self.items) > MOST:
            raise Unreadable(Reason.BOMB, "het e-mailbericht heeft veel te veel delen")
        part = _whole(part)
        kind = part.get_content_type()
        if kind in (MAIL, "message/global"):
            self._nested(part)
        elif kind.startswith("message/"):
            self._pointer(part, kind)
        elif part.is_multipart():
            self._parts(part, kind, depth)
        elif kind.startswith("multipart/"):
            fault = Unreadable(Reason.DAMAGED, "de grens tussen de delen van het bericht ontbreekt")
            self.items.append(Item("bericht.txt", _content(part)[0], Role.MESSAGE, fault))
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            text = said(_content(part)[0], part.get_content_charset() or "")
            (self.plain if kind == "text/plain" else self.html).append(text)
        else:
            self._file(part, kind)

    def _parts(self, part: Message, kind: str, depth: int) -> None:
        inside = [piece for piece in _payload(part) if isinstance(piece, Message)]
        first = len(self.items)
        for piece in inside:
            self.walk(piece, depth + 1)
        if kind == "multipart/encrypted":
            self.notes.append(_("het bericht is versleuteld en wordt niet geopend"))
        if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects) and len(self.items) > first:
            last = self.items[-1]
            fault = Unreadable(Reason.DAMAGED, "het e-mailbericht houdt hier op; het einde ontbreekt")
            self.items[-1] = Item(last.name, last.data, last.role, last.fault or fault)

    def _pointer(self, part: Message, kind: str) -> None:
        """Take in a part that only says something about a mail or file elsewhere."""
        if kind == "message/delivery-status":
            self.notes.append(_("het is een melding dat een bericht niet of niet meteen bezorgd werd"))
        elif kind in ("message/external-body", "message/partial"):
            fault = Unreadable(Reason.DAMAGED, "het bestand zelf zit niet in het bericht, alleen een verwijzing")
            self.items.append(Item(_name(part) or self._nameless(kind), b"", fault=fault))

    def _nested(self, part: Message) -> None:
        payload = _payload(part)
        inner = _whole(payload[0]) if len(payload) == 1 and isinstance(payload[0], Message) else None
        subject = _decoded(str(inner.get("subject", ""))) if inner is not None else ""
        name = _name(part) or f"{subject[:60].strip() or _('bericht')}.eml"
        encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
        if inner is None:
            data, fault = _content(part)
        elif encoding in ("base64", "quoted-printable") and not inner.keys():  # not allowed around a mail, and yet done
            inner["content-transfer-encoding"] = encoding
            data, fault = _content(inner)
        else:
            data, fault = _written(inner)
        self.items.append(Item(name.replace("/", "-"), data, fault=fault))

    def _file(self, part: Message, kind: str) -> None:
        data, fault = _content(part)
        role = Role.SIGNATURE if kind in _SIGNATURES else Role.ATTACHMENT
        identifier = str(part.get("content-id", "")).strip().strip("<>")
        if kind.startswith("image/") and identifier:
            self.pictures[len(self.items)] = identifier
        self.items.append(Item(_name(part) or self._nameless(kind), data, role, fault))

    def _nameless(self, kind: str) -> str:
        ending = _OUR_ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ".bin"
        return _("bijlage {number}").format(number=len(self.items) + 1) + ending

    def contents(self, message: Message, name: str) -> Contents:
        """Give what was met, with the message itself first."""
        html = "\n".join(self.html)
        shown = cid_names(html)
        items = [
            Item(item.name, item.data, Role.INLINE, item.fault)
            if self.pictures.get(place, "").casefold() in shown
            else item
            for place, item in enumerate(self.items)
        ]
        text = message_text("\n".join(self.plain), html)
        if text:
            items.insert(0, Item(_("bericht") + ".txt", text.encode("utf-8", "replace"), Role.MESSAGE))
        return Contents(MAIL, tuple(items), tuple(self.notes), envelope_of(message, name))


def cid_names(html: str) -> set[str]:
    """Give the names by which a formatted text shows pictures that came with it."""
    return {found.casefold() for found in _CID.findall(html)}


def parse_headers(text: str) -> Message:
    """Give the headers of a mail that were kept apart from what it says."""
    return email.message_from_bytes(text.encode("utf-8", "surrogateescape"), policy=_AsWritten())


def envelope_of(message: Message, name: str) -> Envelope:
    """Tell when a mail was received, by its headers."""
    return envelope(
        name,
        [str(header) for header in message.get_all("received", [])],
        str(message.get("date", "")),
        _sender(str(message.get("from", ""))),
        _decoded(str(message.get("subject", ""))),
        str(message.get("message-id", "")).strip(),
    )


def _payload(part: Message) -> list[Any]:
    payload = part.get_payload()
    return payload if isinstance(payload, list) else []


def _whole(part: Message) -> Message:
    """Give a part of which a line that is no header took the headers below it for text, with these."""
    if not any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in part.defects):
        return part
    written, _fault = _written(part)
    as_it_was = written.replace(b"\n\n", b"\n", 1)  # no empty line stood above the rest
    return email.message_from_bytes(mended(as_it_was), policy=_AsWritten())


def _written(message: Message) -> tuple[bytes, Unreadable | None]:
    """Give a mail that is inside another as the bytes that it would be by itself, and what is wrong with it."""
    buffer = BytesIO()
    try:
        BytesGenerator(buffer, mangle_from_=False, maxheaderlen=0).flatten(message)
    except (MessageError, LookupError, TypeError, ValueError, AttributeError):
        return buffer.getvalue(), Unreadable(Reason.DAMAGED, "het bericht in het bericht is beschadigd")
    return buffer.getvalue(), None


def _content(part: Message) -> tuple[bytes, Unreadable | None]:
    """Give the bytes of a part, and what is wrong with them."""
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    before = len(part.defects)
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    if encoding not in _ENCODINGS:
        return data, Unreadable(Reason.DAMAGED, "het bestand is op een onbekende manier in het bericht gecodeerd")
    if any(isinstance(defect, _BASE64) for defect in part.defects[before:]):
        return data, Unreadable(Reason.DAMAGED, "de base64-codering van het bestand klopt niet")
    return data, None


def _is_attached(part: Message) -> bool:
    """Say whether a text is a file, and not what the mail itself says."""
    return part.get_content_disposition() == "attachment" or bool(_name(part)) or b"\0" in _content(part)[0]


def _name(part: Message) -> str:
    """Give the name of a part without the folders that stood before it; empty when it has none."""
    name = _decoded(part.get_filename() or "")
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip()


def _sender(header: str) -> str:
    shown, address = parseaddr(header)
    return address or _decoded(shown or header)
