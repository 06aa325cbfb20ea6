"""Files attached to a PDF, as PDF/A-3 wants them, and taken back safely.

Sources: ISO 19005-3, 6.8 (embedded files), ISO 32000-1, 7.11 (file specifications) and 7.9.6 (name trees).
"""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.pdf import plain
from pipeline.pdf.guard import refuse_at_sight
from pipeline.pdf.plain import Plain

LARGEST = 8_000_000
"""Bytes of an attached file that is taken back."""
_MOST = 200
"""Attached files that are looked at."""
_DEEPEST = 12


class Relation(StrEnum):
    """What an attached file is to the document; the words of the standard."""

    DATA = "/Data"
    SUPPLEMENT = "/Supplement"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to attach."""

    name: str
    """ASCII letters, digits, points and hyphens: the two names that the standard wants are then the same."""
    content: bytes
    media_type: str
    description: str
    relation: Relation = Relation.DATA


def attach(data: bytes, files: Sequence[Attached], on: dt.date) -> bytes:
    """Attach files to the whole of a PDF.

    Args:
        data: a PDF that has none under these names.
        files: to attach, in this order.
        on: the day that the files bear; the same day gives the same bytes.

    Returns:
        The PDF, each file in its name tree and in the `/AF` of its catalogue.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        moment = f"D:{on:%Y%m%d}000000Z"
        associated = list(pdf.Root.get("/AF", ()))
        for file in files:
            specification = pikepdf.AttachedFileSpec(
                pdf,
                file.content,
                filename=file.name,
                description=file.description,
                mime_type=file.media_type,
                creation_date=moment,
                mod_date=moment,
                relationship=pikepdf.Name(file.relation.value),
            )
            pdf.attachments[file.name] = specification
            associated.append(pdf.attachments[file.name].obj)
        pdf.Root.AF = pikepdf.Array(associated)
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return made.getvalue()


def attached(data: bytes, name: str) -> bytes | None:
    """Take back an attached file; None when there is none of that name among the first 200.

    Raises:
        Unreadable: the PDF is damaged, encrypted or a bomb; or the file is too large or packed in an unusual way.
    """
    import pikepdf

    refuse_at_sight(data)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            tree = plain.dictionary(plain.dictionary(pdf.Root.get("/Names")).get("/EmbeddedFiles"))
            looked_at = islice(_specifications(tree, 0), _MOST)
            found = [each for each in looked_at if _name(each) == name]
            if not found:
                return None
            if len(found) > 1:
                raise Unreadable(Reason.DAMAGED, "de pdf heeft twee bijlagen «{name}»", name=name)
            return _unpacked(plain.dictionary(plain.dictionary(found[0]).get("/EF")).get("/F"))
    except pikepdf.PasswordError as error:
        raise Unreadable(Reason.ENCRYPTED, "de pdf is met een wachtwoord beveiligd") from error
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError) as error:
        raise Unreadable(Reason.DAMAGED, "de bijlagen van de pdf kunnen niet gelezen worden") from error


def _specifications(tree: dict[str, Plain], depth: int) -> Iterator[Plain]:
    """Give what a name tree holds; what lies deeper or is more than any paper of ours has is not looked at."""
    yield from plain.array(tree.get("/Names"))[1 : 2 * _MOST : 2]
    for kid in plain.array(tree.get("/Kids"))[:_MOST] if depth < _DEEPEST else ():
        yield from _specifications(plain.dictionary(kid), depth + 1)


def _name(specification: Plain) -> str:
    held = plain.dictionary(specification)
    return plain.text(held.get("/UF")) or plain.text(held.get("/F"))


def _unpacked(stream: Any) -> bytes:
    """Unpack an attached file, no further than it may go."""
    if not plain.is_stream(stream):
        raise ValueError("no stream")
    packing = stream.get("/Filter")
    kinds = [plain.name(each) for each in plain.array(packing)] or (
        [plain.name(packing)] if packing is not None else []
    )
    raw = bytes(stream.read_raw_bytes())
    if not kinds:
        unpacked = raw
    elif kinds == ["FlateDecode"] and "/DecodeParms" not in stream:
        unpack = zlib.decompressobj()
        try:
            unpacked = unpack.decompress(raw, LARGEST + 1)
        except zlib.error as error:
            raise Unreadable(Reason.DAMAGED, "een bijlage van de pdf is beschadigd") from error
    else:
        raise Unreadable(Reason.DAMAGED, "een bijlage van de pdf is op een ongewone manier ingepakt")
    if len(unpacked) > LARGEST:
        raise Unreadable(Reason.BOMB, "een bijlage van de pdf wordt bij het uitpakken te groot")
    return unpacked
