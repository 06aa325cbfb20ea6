"""Make PDF of Word files with LibreOffice: many in one start, none trusted."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import pdf, printed
from pipeline.language import _
from pipeline.office.program import INSTALL, START_SECONDS, find, start

CHUNK = 50
"""Files for one start of LibreOffice: a start costs as much as several files."""
_FEW = 3
"""Up to so many failed files are tried again one by one."""
_FILE_SECONDS = 10.0
_LARGE = 1_000_000
"""Bytes of Word for which a file counts once more when the time is measured."""

_EXPORT = {
    "SelectPdfVersion": ("long", "2"),  # PDF/A-2b
    "PDFUACompliance": ("boolean", "true"),
    "UseTaggedPDF": ("boolean", "true"),
    "UseLosslessCompression": ("boolean", "true"),
    "ExportBookmarks": ("boolean", "true"),
    "ExportFormFields": ("boolean", "false"),
}
_TARGET = "pdf:writer_pdf_Export:" + json.dumps(
    {key: {"type": kind, "value": value} for key, (kind, value) in _EXPORT.items()}
)
_MARKS = (b"pdfaid:part>2<", b"pdfuaid:part>1<")
"""What the metadata must hold: an unknown option is silently ignored."""


def missing() -> str:
    """Say that LibreOffice is missing, with the line to type."""
    return _("LibreOffice ontbreekt, dus er is geen pdf. Typ: {line}").format(line=INSTALL)


def convert(
    documents: Mapping[str, bytes],
    *,
    markers: Mapping[str, str] | None = None,
    start_seconds: float = START_SECONDS,
    file_seconds: float = _FILE_SECONDS,
) -> dict[str, bytes | str]:
    """Turn Word files into PDF/A-2b, tagged for PDF/UA.

    Every call has a profile and a folder of its own, so that several may run beside each other. The exit code
    of LibreOffice says nothing: a PDF counts when it opens, has pages, carries the marks asked for and holds
    every paragraph of its Word file. A file that fails is tried once more, alone, so that one bad file spoils no other.

    Args:
        documents: name → bytes of a docx; the names are only used to tell the results apart.
        markers: name → text that must stand in its PDF (the dossier's number).
        start_seconds: how long a start of LibreOffice may take.
        file_seconds: how long a file may take on top of that; when none comes for so long, LibreOffice is stopped,
            with all that it started.

    Returns:
        Every name, in the same order, with the PDF's bytes (the same for the same docx) or, in plain Dutch,
        why there is none.
    """
    program = find()
    if not documents:
        return {}
    if program is None:
        return dict.fromkeys(documents, missing())
    names = list(documents)
    results: dict[str, bytes | str] = {}
    with tempfile.TemporaryDirectory(prefix="wijkcontract-") as folder:
        room = _Room(program, Path(folder), documents, markers or {}, start_seconds, file_seconds)
        for first in range(0, len(names), CHUNK):
            results.update(room.chunk(names[first : first + CHUNK]))
    return {name: results[name] for name in names}


@dataclass(slots=True)
class _Room:
    """One call's own folder: its profile, its files in, its files out."""

    program: str
    folder: Path
    documents: Mapping[str, bytes]
    markers: Mapping[str, str]
    start_seconds: float
    file_seconds: float
    turn: int = 0
    hung: bool = False
    """Whether the last start had to be stopped."""

    def chunk(self, names: Sequence[str]) -> dict[str, bytes | str]:
        """Convert some files in one start, and once more alone those that fail.

        When many fail, the first of them probably took the rest down: the rest gets another start together.
        """
        results = self._start(names)
        failed = _failed(results)
        if len(failed) > _FEW:
            results.update(self._start(failed[1:]))
            failed = _failed(results)
            if self.hung and len(failed) == len(names):  # no file is to blame: LibreOffice itself does nothing here
                return results
        for name in failed:
            results.update(self._start([name]))
        return results

    def _start(self, names: Sequence[str]) -> dict[str, bytes | str]:
        self.turn += 1
        place = self.folder / str(self.turn)
        place.mkdir()
        files = {}
        for number, name in enumerate(names, start=1):
            files[name] = place / f"{number:04}.docx"
            files[name].write_bytes(self.documents[name])
        share = max(1 + len(self.documents[name]) // _LARGE for name in names)
        seconds = self.start_seconds + self.file_seconds * share
        in_time = start(self.program, place, list(files.values()), _TARGET, seconds)
        self.hung = not in_time
        late = _("LibreOffice deed er langer dan {seconds} seconden over.").format(seconds=round(seconds))
        results: dict[str, bytes | str] = {}
        for name, file in files.items():
            result = _inspect(place / "out" / f"{file.stem}.pdf", self.documents[name], self.markers.get(name, ""))
            results[name] = result if in_time or isinstance(result, bytes) else late
        shutil.rmtree(place, ignore_errors=True)
        return results


def _failed(results: Mapping[str, bytes | str]) -> list[str]:
    return [name for name, result in results.items() if isinstance(result, str)]


def _inspect(file: Path, document: bytes, marker: str) -> bytes | str:
    """Give the normalised bytes of a PDF that is what was asked, or say what it lacks."""
    if not file.is_file():
        return _("LibreOffice maakte van dit document geen pdf.")
    data = file.read_bytes()
    try:
        text = _text(data)
    except ValueError as wrong:
        return _("De pdf van LibreOffice is niet te openen: {detail}").format(detail=wrong)
    if not all(mark in data for mark in _MARKS):
        return _("De pdf van LibreOffice mist de kenmerken van PDF/A en PDF/UA.")
    if marker and printed.fold(marker) not in text:
        return _("De pdf van LibreOffice bevat de tekst «{marker}» niet.").format(marker=marker)
    if paragraph := printed.lost(document, text):
        return _(
            "LibreOffice liet tekst weg uit de pdf: «{text}». "
            "Open het Word-document in Word en bewaar het daar als pdf."
        ).format(text=paragraph[:100])
    return pdf.normalise(data)


def _text(data: bytes) -> str:
    """Give the text of all pages as `printed` compares it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError as wrong:
        raise ValueError(str(wrong)) from None
    try:
        if len(document) == 0:
            raise ValueError(_("hij heeft geen bladzijden"))
        return printed.fold("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()
