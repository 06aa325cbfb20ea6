"""Make PDF of Word files with LibreOffice: for the archive, to be read aloud, each looked at before it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pipeline import pdf, printed
from pipeline.language import _
from pipeline.office.instance import Failed, Print
from pipeline.office.pool import PAPER_SECONDS, RECYCLE, Pool
from pipeline.office.program import INSTALL, INSTALL_UNO, START_SECONDS, find, find_all
from pipeline.office.unbroken import unbroken
from pipeline.office.verapdf import validate

_OPTIONS: dict[str, Any] = {
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "UseLosslessCompression": True,
    "ExportBookmarks": True,
    "ExportFormFields": False,
}


def missing() -> str:
    """Say why no PDF can be made here, with the line to type; an empty text when it can."""
    if find() is None:
        return _("LibreOffice ontbreekt, dus er is geen pdf. Typ: {line}").format(line=INSTALL)
    if find_all() is None:
        return _(
            "LibreOffice is er, maar python3-uno, waarmee het programma LibreOffice bestuurt, ontbreekt; dus er is "
            "geen pdf. Typ: {line}"
        ).format(line=INSTALL_UNO)
    return ""


@contextmanager
def pool(
    jobs: int | None = None,
    *,
    start_seconds: float = START_SECONDS,
    paper_seconds: float = PAPER_SECONDS,
    recycle: int = RECYCLE,
) -> Iterator[Pool | None]:
    """Keep LibreOffice at hand for several calls of `convert`; None where no PDF can be made.

    Args:
        jobs: how many instances at most; by default one for each processor that this process may use.
        start_seconds: how long the start of one may take.
        paper_seconds: how long a paper may take; then LibreOffice is stopped, with all that it started.
        recycle: papers that one instance prints before another takes its place.
    """
    programs = find_all()
    if programs is None:
        yield None
        return
    with Pool(programs, jobs, start_seconds=start_seconds, paper_seconds=paper_seconds, recycle=recycle) as instances:
        yield instances


def convert(
    documents: Mapping[str, bytes],
    *,
    markers: Mapping[str, str] | None = None,
    archive: pdf.Archive = pdf.Archive.LETTER,
    instances: Pool | None = None,
) -> dict[str, bytes | str]:
    """Turn Word files into PDF/A, tagged for PDF/UA.

    A PDF counts when it passes the gate (`pdf.faults`), and veraPDF where that is installed, and holds every paragraph
    of its Word file. A paper that fails the gate is tried once more, by another LibreOffice; whatever becomes of it,
    the others go on.

    Args:
        documents: name → bytes of a docx; the names are only used to tell the results apart.
        markers: name → text that must stand in its PDF (the dossier's number), and that no line end breaks there.
        archive: PDF/A-2b for letters and drafts, PDF/A-3b for issued contract papers.
        instances: of `pool`, where several calls follow each other; otherwise they are started for this one.

    Returns:
        Every name, in the same order, with the PDF's bytes (the same for the same docx) or, in plain Dutch,
        why there is none.
    """
    if not documents:
        return {}
    if instances is None:
        with pool() as own:
            if own is None:
                return dict.fromkeys(documents, missing())
            return convert(documents, markers=markers, archive=archive, instances=own)
    wanted = markers or {}

    def look(name: str, made: Print) -> bytes:
        return _inspect(made, documents[name], archive, wanted.get(name, ""))

    held = {name: unbroken(content, wanted.get(name, "")) for name, content in documents.items()}
    results = instances.print(held, {"SelectPdfVersion": archive.value, **_OPTIONS}, look)
    made = {name: result for name, result in results.items() if isinstance(result, bytes)}
    return {**results, **validate(made, archive=archive)}


def _inspect(made: Print, document: bytes, archive: pdf.Archive, marker: str) -> bytes:
    """Give the normalised bytes of a PDF that is what was asked.

    Raises:
        Failed: it is not; the message says what it lacks.
    """
    data = pdf.normalise(pdf.place_figures(made.pdf))
    said = pdf.text(data)
    if found := pdf.faults(data, archive=archive, marker=marker, pages=made.pages, said=said):
        raise Failed(" ".join(found))
    if paragraph := printed.lost(document, printed.fold(said)):
        raise Failed(
            _(
                "LibreOffice liet tekst weg uit de pdf: «{text}». "
                "Open het Word-document in Word en bewaar het daar als pdf."
            ).format(text=paragraph[:100])
        )
    return data
