"""The kinds of files that come back, and what is done one after another to make each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.making import (
    Case,
    Sample,
    browsed,
    drawing,
    either,
    in_fields,
    minutes,
    ours,
    page,
    printed,
    retyped,
    rewritten,
    saved_as,
    scanned,
    ticked_by_hand,
)
from tests.bench.variants import programs


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    name: str
    group: str
    program: str
    """The program whose files these are."""
    start: Callable[[Case], Sample]
    """Makes the first file; may run beside others."""
    steps: tuple[Callable[[Sequence[Sample], Path], Iterable[Sample]], ...] = ()
    """What is done with all of them, in order."""
    needs: tuple[str, ...] = ()
    """Programs and libraries."""
    paper: bool = False
    """Printed and scanned: few rows and short texts, for a page takes seconds."""


WORD, TAGGED, UNTAGGED = "Word", "printed PDF, tagged", "printed PDF, untagged"
ODT, FIELDS, FLAT, SCAN = "ODT", "fillable PDF", "fillable PDF, printed", "scan"
MUTE = "printed PDF, letters lost"
"""Its fonts no longer say which characters they draw: most of its answers can only be doubtful, none may be wrong."""
_BY_GHOSTSCRIPT = partial(rewritten, by=programs.ghostscript)
_PRINT = ("soffice", "pdftotext")
_SCANNED = (printed(tagged=False), scanned)
_SCAN = (*_PRINT, "pdftoppm", "tesseract", "cv2")
KINDS = (
    Kind("word-ours", WORD, "our blank form, filled", ours),
    Kind("word-resaved", WORD, "LibreOffice", ours, (saved_as("docx"),), ("soffice",)),
    Kind("word-retyped", WORD, "python-docx", retyped),
    Kind("word-retyped-resaved", WORD, "LibreOffice", retyped, (saved_as("docx"),), ("soffice",)),
    Kind("word97", WORD, "LibreOffice, .doc", either, (saved_as("doc"),), ("soffice",)),
    Kind("rtf", WORD, "LibreOffice, .rtf", either, (saved_as("rtf"),), ("soffice",)),
    Kind("odt-ours", ODT, "LibreOffice", ours, (saved_as("odt"),), ("soffice",)),
    Kind("odt-retyped", ODT, "LibreOffice", retyped, (saved_as("odt"),), ("soffice",)),
    Kind("fields-pypdf", FIELDS, "pypdf", partial(in_fields, by="pypdf"), (), ("pypdf",)),
    Kind("fields-pikepdf", FIELDS, "pikepdf", partial(in_fields, by="pikepdf")),
    Kind("fields-pdfium", FIELDS, "pdfium", partial(in_fields, by="pdfium")),
    Kind("flat-pdfium", FLAT, "pdfium", partial(in_fields, by="pdfium, printed", printed=True)),
    Kind(
        "flat-cairo",
        FLAT,
        "pdfium, cairo",
        partial(in_fields, by="pdfium", printed=True),
        (rewritten,),
        ("pdftocairo",),
    ),
    Kind("tagged-libreoffice-ours", TAGGED, "LibreOffice", ours, (printed(tagged=True),), _PRINT),
    Kind("tagged-libreoffice-retyped", TAGGED, "LibreOffice", retyped, (printed(tagged=True),), _PRINT),
    Kind("tagged-chromium", TAGGED, "Chromium", page, (browsed,), ("chromium",)),
    Kind("untagged-libreoffice-ours", UNTAGGED, "LibreOffice", ours, (printed(tagged=False),), _PRINT),
    Kind("untagged-libreoffice-retyped", UNTAGGED, "LibreOffice", retyped, (printed(tagged=False),), _PRINT),
    Kind("untagged-chromium", UNTAGGED, "Chromium", page, (partial(browsed, tagged=False),), ("chromium",)),
    Kind("untagged-cairo", UNTAGGED, "Chromium, cairo", page, (browsed, rewritten), ("chromium", "pdftocairo")),
    Kind(
        "ghostscript-libreoffice",
        UNTAGGED,
        "LibreOffice, Ghostscript",
        either,
        (printed(tagged=True), _BY_GHOSTSCRIPT),
        (*_PRINT, "gs"),
    ),
    Kind(
        "ghostscript-chromium",
        UNTAGGED,
        "Chromium, Ghostscript",
        page,
        (browsed, _BY_GHOSTSCRIPT),
        ("chromium", "gs"),
    ),
    Kind("ghostscript-reportlab", MUTE, "reportlab, Ghostscript", drawing, (_BY_GHOSTSCRIPT,), ("fc-match", "gs")),
    Kind("untagged-reportlab", UNTAGGED, "reportlab", drawing, (), ("fc-match",)),
    Kind("scan-ours", SCAN, "LibreOffice, scanner", minutes, _SCANNED, _SCAN, paper=True),
    Kind("scan-ticked", SCAN, "LibreOffice, pen, scanner", minutes, (ticked_by_hand,), _SCAN, paper=True),
    Kind("scan-retyped", SCAN, "LibreOffice, scanner", retyped, _SCANNED, _SCAN, paper=True),
    Kind("scan-chromium", SCAN, "Chromium, scanner", page, (browsed, scanned), ("chromium", *_SCAN), paper=True),
    Kind("scan-reportlab", SCAN, "reportlab, scanner", drawing, (scanned,), ("fc-match", *_SCAN), paper=True),
)
_TRIES = 3


def make(kind: Kind, number: int, seed: str, folder: Path, jobs: int) -> list[Sample]:
    """Make the documents of a kind; others in the place of those that lost text while they were printed."""
    made: list[Sample] = []
    first = 1
    for turn in range(_TRIES):
        wanted = number - len(made)
        place = folder / str(turn)
        place.mkdir(parents=True)
        cases = [Case(kind.name, case, seed, place, kind.paper) for case in range(first, first + wanted)]
        made += _follow(kind, [kind.start(case) for case in cases], place, jobs)
        first += wanted
        if len(made) == number:
            break
    return made


def _follow(kind: Kind, samples: list[Sample], folder: Path, jobs: int) -> list[Sample]:
    """Take the first files through all that is done with them."""
    for number, step in enumerate(kind.steps):
        shares = [samples[start::jobs] for start in range(jobs) if samples[start::jobs]]
        places = [folder / f"step-{number}-{place}" for place in range(len(shares))]
        for place in places:
            place.mkdir()
        with ThreadPoolExecutor(jobs) as pool:  # the work is done by other programs
            made = pool.map(lambda share, place, step=step: list(step(share, place)), shares, places)
            samples = sorted((sample for share in made for sample in share), key=lambda sample: sample.number)
    return samples
