"""Look whether an attachment opens, without reading what it says."""

from __future__ import annotations

import mimetypes

from pipeline.errors import Reason, Unreadable
from pipeline.language import _
from pipeline.readers.gate import PDF, identify
from pipeline.readers.reasons import explain, is_closed, name_kind, tell

_ENDS = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82", "image/gif": b"\x3b"}


def look(data: bytes, name: str) -> tuple[str, str]:
    """Give the media type of an attachment, and what is wrong with it ("" when it opens).

    Args:
        data: the whole file.
        name: its path inside the submission; gives the media type of a file that cannot be opened.
    """
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        kind = identify(data)
        media_type = kind.media_type
        if kind.media_type == PDF:
            _open_pdf(data)
        elif kind.opened is not None:
            for part in kind.opened.names:
                kind.opened.read(part)
    except Unreadable as error:
        return media_type, tell(error)[0]
    end = _ENDS.get(kind.media_type)
    if end is not None and end not in data[-4096:]:
        return kind.media_type, explain(Reason.DAMAGED, "de afbeelding is afgebroken")[0]
    if is_closed(kind.media_type):
        return kind.media_type, explain(Reason.CLOSED, name_kind(kind.media_type))[0]
    if kind.media_type == "application/octet-stream":
        return kind.media_type, _("De soort van het bestand is niet herkend.")
    return kind.media_type, ""


def _open_pdf(data: bytes) -> None:
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as opened:
            if not len(opened.pages):
                raise Unreadable(Reason.DAMAGED, "de pdf heeft geen bladzijden")
    except pikepdf.PasswordError as error:
        raise Unreadable(Reason.ENCRYPTED) from error
    except (pikepdf.PikepdfError, ValueError, RuntimeError, RecursionError) as error:
        raise Unreadable(Reason.DAMAGED) from error
