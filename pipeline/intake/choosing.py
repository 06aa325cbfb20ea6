"""Which file of a submission is the form; the others are attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dossier import Attachment, Extraction
from pipeline.errors import Reason, Unreadable
from pipeline.library import Call

_TOO_LARGE = "het bestand is groter dan 200 MB"
_NOT_THE_FORM = frozenset({Reason.NOT_A_FORM, Reason.WRONG_KIND, Reason.SCAN})
"""Reasons why a file in a folder is an attachment and nothing to worry about."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to read."""

    name: str
    """Inside the submission, as it came in."""
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The form of a submission, read, and what came with it."""

    extraction: Extraction
    attachments: tuple[Attachment, ...]


def choose(call: Call, files: Sequence[ToRead]) -> Chosen:
    """Read every file, and choose the one that is a form of the call.

    Args:
        call: the call.
        files: a loose file, or all files of a folder.

    Raises:
        Unreadable: none of them is a form, or several are; or the only file cannot be read.
    """
    from pipeline import extract, readers
    from pipeline.readers.gate import LARGEST

    forms: list[tuple[ToRead, Extraction]] = []
    attachments: list[Attachment] = []
    refused: list[Unreadable] = []
    for file in files:
        if file.path.stat().st_size > LARGEST:
            attachments.append(_too_large(file))
            continue
        data = file.path.read_bytes()
        _verify(file, data)
        try:
            document = readers.read(data, file.name)
            form = extract.identify(document, call)
        except Unreadable as unreadable:
            if unreadable.reason is Reason.SEVERAL_FORMS or len(files) == 1:
                raise
            if unreadable.reason not in _NOT_THE_FORM:
                refused.append(unreadable)
            media_type, problem = readers.inspect(data, file.name)
            attachments.append(Attachment(file.name, file.sha256, media_type, len(data), problem))
        else:
            forms.append((file, extract.extract(document, call.forms[form], call)))
    if not files:
        raise Unreadable(Reason.EMPTY, "de map bevat geen bestanden")
    if not forms and len(files) == len(attachments) == 1:
        raise Unreadable(Reason.TOO_LARGE, _TOO_LARGE)
    if not forms:
        raise refused[0] if refused else Unreadable(Reason.NOT_A_FORM)
    if len(forms) > 1:
        raise Unreadable(Reason.SEVERAL_FORMS, ", ".join(file.name for file, _extraction in forms))
    ((_file, extraction),) = forms
    return Chosen(extraction, tuple(attachments))


def _too_large(file: ToRead) -> Attachment:
    """List a file that would fill the memory: it is kept, and not opened."""
    import mimetypes

    from pipeline.readers.reasons import explain

    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    what, _remedy = explain(Reason.TOO_LARGE, _TOO_LARGE)
    return Attachment(file.name, file.sha256, media_type, file.path.stat().st_size, what)


def _verify(file: ToRead, data: bytes) -> None:
    import hashlib

    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Unreadable(Reason.BUSY, file.name)
