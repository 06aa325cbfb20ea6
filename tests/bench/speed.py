"""How fast reading is, in processor time, side by side with what a user would take instead."""

from __future__ import annotations

import gc
import importlib
import random
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import peers
from tests.bench.aims import Aim
from tests.bench.variants import blank_pdf, blank_word, drawn, fields, programs, scanner
from tests.bench.variants.contents import Filler
from tests.bench.variants.notations import Written
from tests.bench.variants.questions import Form, load
from tests.bench.variants.sheet import Look, Typist

_ROUNDS = 15
"""Copies of each kind: an inbox has more, and what is learnt of one helps with the next."""
_SLOW_ROUNDS = 3
"""Of sides that take seconds a page."""
_PAGES = (5, 50, 500)
_LONGEST_SHARE = 1.5
"""Cost per page of the longest file, at most so many times that of the shortest."""
_LOOK = Look("Carlito", 10, 2, "EEEEEE", 0.5, 3, repeat=True, whole=False, header="", footer=True)


@dataclass(frozen=True)
class Bout:
    """Medians of the processor time that each side took for one kind of file, in milliseconds."""

    what: str
    pages: float
    """Of the median file."""
    times: Mapping[str, float]

    def ratio(self, peer: str) -> float:
        """Tell how many times as long a peer takes."""
        return self.times[peer] / self.times["ours"]


def measure(seed: str) -> list[Aim]:
    """Let all sides take turns; print the tables and give the aims."""
    left_out: list[str] = []
    importlib.import_module("pipeline.ocr")  # before numpy, as in the program: it says on how many threads that works
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as name:
        folder = Path(name)
        files = make(folder, seed, left_out)
        bouts = [fight(what, files[what], sides, left_out) for what, sides in SIDES.items() if what in files]
        tell(bouts)
        made = aims({bout.what: bout for bout in bouts})
        made += linear(folder, seed, left_out)
    for reason in left_out:
        print(f"left out: {reason}")
    return made


SIDES: dict[str, dict[str, Callable[[Path], Any]]] = {
    "Word": {"python-docx": peers.python_docx, "docx2python": peers.docx2python, "mammoth": peers.mammoth},
    "PDF, LibreOffice tagged": {"pdfplumber": peers.pdfplumber, "poppler": peers.poppler},
    "PDF, LibreOffice untagged": {"pdfplumber": peers.pdfplumber, "poppler": peers.poppler},
    "PDF, reportlab": {"pdfplumber": peers.pdfplumber, "poppler": peers.poppler},
    "AcroForm": {"ours": peers.ours_answers, "pypdf": peers.pypdf, "pypdf + drawn": peers.pypdf_drawn},
    "scan": {"ocrmypdf": peers.ocrmypdf},
}


def make(folder: Path, seed: str, left_out: list[str]) -> dict[str, list[Path]]:
    """Make files of each kind, of about five pages: another for each turn, but one scan, which takes seconds.

    What is remembered of one file must help to read others, and not only itself.
    """
    turns = range(_ROUNDS + 1)
    words = [folder / f"kort-{turn}.docx" for turn in turns]
    for turn, word in enumerate(words):
        word.write_bytes(filled(f"{seed}/{turn}", 8))
    files = {"Word": words}
    if lacking := programs.missing("soffice"):
        left_out.append(f"PDF of LibreOffice: {', '.join(lacking)} is not installed")
    else:
        for what, tagged in (("PDF, LibreOffice tagged", True), ("PDF, LibreOffice untagged", False)):
            place = folder / f"tagged-{tagged}"
            place.mkdir()
            files[what] = programs.libreoffice(words, "pdf", place, UseTaggedPDF=tagged)
    if not programs.missing("fc-match"):
        files["PDF, reportlab"] = [folder / f"getekend-{turn}.pdf" for turn in turns]
        for turn, path in enumerate(files["PDF, reportlab"]):
            path.write_bytes(in_drawing(f"{seed}/{turn}"))
    files["AcroForm"] = [folder / f"velden-{turn}.pdf" for turn in turns]
    for turn, path in enumerate(files["AcroForm"]):
        path.write_bytes(in_fields(f"{seed}/{turn}"))
    if lacking := programs.missing("soffice", "pdftoppm", "tesseract", "cv2"):
        left_out.append(f"scan: {', '.join(lacking)} is not installed")
    else:
        files["scan"] = [folder / "scan.pdf"]
        files["scan"][0].write_bytes(scanner.scan(files["PDF, LibreOffice untagged"][0], random.Random(seed)))
    return files


def in_drawing(seed: str) -> bytes:
    """Fill the notes of a meeting and draw them."""
    chance, form = random.Random(seed), load("vergadering")
    return drawn.write(Typist(chance).type(form, answers(chance, form, 8)), _LOOK)


def in_fields(seed: str) -> bytes:
    """Fill the fillable application."""
    chance, form = random.Random(seed), load("aanvraag")
    return blank_pdf.fill(form, blank_pdf.fitting(form, Filler(chance).fill(form)), fields.by_pdfium)


def filled(seed: str, items: int) -> bytes:
    """Fill the notes of a meeting with so many items; less than two go on a page."""
    chance = random.Random(f"{seed}/{items}")
    form = load("vergadering")
    return blank_word.fill(form, answers(chance, form, items), chance)


def answers(chance: random.Random, form: Form, items: int) -> dict[str, Written | list[dict[str, Written]]]:
    """Give answers with so many items on the agenda, each with two texts."""
    filler = Filler(chance)
    made = filler.fill(form)
    (agenda,) = [question for question in form.questions if question.key == "agendapunten"]
    made[agenda.key] = [{column.key: filler.answer(column) for column in agenda.columns} for _ in range(items)]
    return made


def fight(what: str, paths: Sequence[Path], sides: Mapping[str, Callable[[Path], Any]], left_out: list[str]) -> Bout:
    """Let ours and the peers that are installed take turns, over another file in each as long as there are."""
    able: dict[str, Callable[[Path], Any]] = {"ours": sides.get("ours", peers.ours)}
    for name, read in sides.items():
        if name == "ours":
            continue
        if peers.installed(name):
            able[name] = read
        else:
            left_out.append(f"{name} on {what}: it is not installed")
    times: dict[str, list[float]] = {name: [] for name in able}
    rounds = _SLOW_ROUNDS if what == "scan" else _ROUNDS
    for turn in range(rounds + 1):
        path = paths[turn % len(paths)]
        for name, read in able.items():
            gc.collect()  # what one side left behind is not cleared away in the time of another
            started = processor_seconds()
            read(path)
            if turn:  # the first turn loads the libraries
                times[name].append(1000 * (processor_seconds() - started))
    print(f"{what}: {rounds} turns of {', '.join(able)}", file=sys.stderr)
    return Bout(
        what, statistics.median(map(pages, paths)), {name: statistics.median(taken) for name, taken in times.items()}
    )


def processor_seconds() -> float:
    """Give the processor time of this process and of those it waited for."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def pages(path: Path) -> int:
    """Count the pages of a PDF; 0 for another file."""
    if path.suffix != ".pdf":
        return 0
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def tell(bouts: list[Bout]) -> None:
    """Print the times and their ratios."""
    print(f"{'processor time, ms':28} {'pages':>5} {'side':13} {'median':>9} {'times ours':>10}")
    for bout in bouts:
        for name, taken in bout.times.items():
            print(f"{bout.what:28} {bout.pages or '':>5} {name:13} {taken:9.1f} {bout.ratio(name):10.1f}")
    print()


def aims(bouts: Mapping[str, Bout]) -> list[Aim]:
    """Give the aims that compare."""
    made = []
    if "docx2python" in bouts["Word"].times:
        ratio = bouts["Word"].ratio("docx2python")
        made.append(Aim("Word, extraction included", f"{ratio:.1f}× docx2python", "≥ 10×", ratio >= 10))
    printed = [bout for what, bout in bouts.items() if what.startswith("PDF")]
    if printed:
        mine = sum(bout.times["ours"] for bout in printed)
        if all("pdfplumber" in bout.times for bout in printed):
            ratio = sum(bout.times["pdfplumber"] for bout in printed) / mine
            figure = f"{ratio:.1f}× pdfplumber's words + tables"
            made.append(Aim("printed PDF, extraction included", figure, "≥ 8×", ratio >= 8))
        rate = 1000 * sum(bout.pages for bout in printed) / mine
        made.append(Aim("printed PDF, extraction included", f"{rate:.0f} pages/s a core", "≥ 120", rate >= 120))
    for what, peer, least in (("AcroForm", "pypdf", 5), ("scan", "ocrmypdf", 2)):
        if what in bouts and peer in bouts[what].times:
            ratio = bouts[what].ratio(peer)
            made.append(Aim(f"{what}, extraction included", f"{ratio:.1f}× {peer}", f"≥ {least}×", ratio >= least))
    return made


def linear(folder: Path, seed: str, left_out: list[str]) -> list[Aim]:
    """Read files of about 5, 50 and 500 pages; give the aim on the cost of a page."""
    if lacking := programs.missing("soffice"):
        left_out.append(f"longer and longer files: {', '.join(lacking)} is not installed")
        return []
    sources = []
    for count in _PAGES:
        source = folder / f"lang-{count}.docx"
        source.write_bytes(filled(seed, round(1.7 * count)))
        sources.append(source)
    printed = programs.libreoffice(sources, "pdf", folder, UseTaggedPDF=True)
    print(f"{'longer and longer files':28} {'pages':>5} {'ms in all':>10} {'ms a page':>10}")
    made = []
    for what, paths in (("Word", sources), ("printed PDF", printed)):
        costs = []
        for path, like in zip(paths, printed, strict=True):
            count = pages(like)
            taken = statistics.median(timed(path) for _ in range(5 if count < 100 else 1))
            costs.append(taken / count)
            print(f"{what:28} {count:5} {taken:10.1f} {costs[-1]:10.2f}")
        growth = costs[-1] / costs[0]
        figure = f"a page of the longest costs {growth:.2f}× one of the shortest"
        made.append(Aim(f"linear in pages, {what}", figure, f"≤ {_LONGEST_SHARE}×", growth <= _LONGEST_SHARE))
    print()
    return made


def timed(path: Path) -> float:
    """Read a file; give the processor time in milliseconds."""
    started = processor_seconds()
    peers.ours(path)
    return 1000 * (processor_seconds() - started)
