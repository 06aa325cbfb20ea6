"""How the bench makes files as they come back: forms filled or typed over, saved, printed, scanned."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.variants import blank_pdf, blank_word, drawn, programs, scanner, web, word
from tests.bench.variants.contents import Filler
from tests.bench.variants.notations import Written
from tests.bench.variants.questions import load
from tests.bench.variants.sheet import Look, Typist

Truth = dict[str, "Written | list[dict[str, Written]]"]

_MINUTES = 0.25
"""Share of the forms that are notes of a meeting; the rest are applications."""
_MINUTES_ON_PAPER = 0.6
"""They are shorter, and a scanned page takes a second."""
_BATCH = 20


@dataclass(frozen=True)
class Sample:
    """A file, and what it says."""

    kind: str
    number: int
    form: str
    path: Path
    truth: Truth
    seed: str
    paper: bool = False
    """It was scanned: quotes and dashes of other shapes count as the same."""

    @property
    def chance(self) -> random.Random:
        """Give a fresh source of chance for what is done with it."""
        return random.Random(f"{self.seed}/{self.path.stem}")


@dataclass(frozen=True)
class Case:
    """What one document is made from; the same seed, kind and number give the same document."""

    kind: str
    number: int
    seed: str
    folder: Path
    paper: bool = False
    """It will be printed and scanned."""

    @property
    def chance(self) -> random.Random:
        """Give a fresh source of chance."""
        return random.Random(f"{self.seed}/{self.kind}/{self.number}")

    def path(self, ending: str) -> Path:
        """Give the name of its file."""
        return self.folder / f"{self.kind}-{self.number:03d}.{ending}"


def ours(case: Case) -> Sample:
    """Fill our own blank form in Word."""
    chance, form, answers = _contents(case)
    path = case.path("docx")
    path.write_bytes(blank_word.fill(form, answers, chance))
    return Sample(case.kind, case.number, form.key, path, answers, case.seed)


def retyped(case: Case) -> Sample:
    """Type the form over in Word."""
    chance, form, answers = _contents(case)
    sheet = Typist(chance).type(form, answers)
    path = case.path("docx")
    path.write_bytes(word.write(sheet, Look.by(chance, word.FONTS, paper=case.paper)))
    return Sample(case.kind, case.number, form.key, path, sheet.truth, case.seed)


def minutes(case: Case) -> Sample:
    """Fill our own blank notes of a meeting in Word: a form of few pages."""
    chance, form, answers = _contents(case, "vergadering")
    path = case.path("docx")
    path.write_bytes(blank_word.fill(form, answers, chance))
    return Sample(case.kind, case.number, form.key, path, answers, case.seed)


def either(case: Case) -> Sample:
    """Fill ours or type it over, by turns."""
    return (ours if case.number % 2 else retyped)(case)


def page(case: Case) -> Sample:
    """Type the form over as a web page."""
    chance, form, answers = _contents(case)
    sheet = Typist(chance).type(form, answers)
    path = case.path("html")
    path.write_text(web.write(sheet, Look.by(chance, web.FONTS, paper=case.paper)), encoding="utf-8")
    return Sample(case.kind, case.number, form.key, path, sheet.truth, case.seed)


def drawing(case: Case) -> Sample:
    """Draw the form with reportlab."""
    chance, form, answers = _contents(case)
    sheet = Typist(chance).type(form, answers)
    path = case.path("pdf")
    path.write_bytes(drawn.write(sheet, Look.by(chance, drawn.FONTS, paper=case.paper)))
    return Sample(case.kind, case.number, form.key, path, sheet.truth, case.seed)


def in_fields(case: Case, *, by: str, printed: bool = False) -> Sample:
    """Fill our own fillable PDF; the program works in its several manners by turns."""
    _chance, form, answers = _contents(case)
    answers = blank_pdf.fitting(form, answers)
    if printed:
        answers = blank_pdf.drawable(answers)
    manners = blank_pdf.PROGRAMS[by]
    path = case.path("pdf")
    path.write_bytes(blank_pdf.fill(form, answers, manners[case.number % len(manners)]))
    return Sample(case.kind, case.number, form.key, path, answers, case.seed)


def _contents(case: Case, form_key: str = "") -> tuple[random.Random, Any, Any]:
    chance = case.chance
    minutes = _MINUTES_ON_PAPER if case.paper else _MINUTES
    form = load(form_key or ("vergadering" if chance.random() < minutes else "aanvraag"))
    return chance, form, Filler(chance, paper=case.paper).fill(form)


def saved_as(target: str, **choices: bool) -> Callable[[Sequence[Sample], Path], Iterable[Sample]]:
    """Have LibreOffice save all of them in a format."""

    def step(samples: Sequence[Sample], folder: Path) -> Iterable[Sample]:
        made = folder / f"saved-{target.split(':', maxsplit=1)[0]}"
        made.mkdir()
        for start in range(0, len(samples), _BATCH):
            batch = samples[start : start + _BATCH]
            paths = programs.libreoffice([sample.path for sample in batch], target, made, **choices)
            yield from (replace(sample, path=path) for sample, path in zip(batch, paths, strict=True))

    return step


def printed(*, tagged: bool) -> Callable[[Sequence[Sample], Path], Iterable[Sample]]:
    """Have LibreOffice print all of them; a print that lost text is left out."""
    save = saved_as("pdf", UseTaggedPDF=tagged)

    def step(samples: Sequence[Sample], folder: Path) -> Iterable[Sample]:
        for before, after in zip(samples, save(samples, folder), strict=True):
            if not programs.loses_text(before.path, after.path):
                yield after

    return step


def browsed(samples: Sequence[Sample], folder: Path, *, tagged: bool = True) -> Iterable[Sample]:
    """Have Chromium print all of them; some with its own lines around the page."""
    for sample in samples:
        made = sample.path.with_suffix(".pdf")
        path = programs.chromium(sample.path, made, framed=sample.number % 4 == 0, tagged=tagged)
        yield replace(sample, path=path)


def rewritten(
    samples: Sequence[Sample], folder: Path, *, by: Callable[[Path, Path], Path] = programs.cairo
) -> Iterable[Sample]:
    """Have a program write all of them anew, as a print dialogue does."""
    for sample in samples:
        yield replace(sample, path=by(sample.path, sample.path.with_name(f"{sample.path.stem}-anew.pdf")))


def scanned(samples: Sequence[Sample], folder: Path) -> Iterable[Sample]:
    """Lay prints under a scanner."""
    for sample in samples:
        path = sample.path.with_name(f"{sample.path.stem}-scan.pdf")
        path.write_bytes(scanner.scan(sample.path, sample.chance))
        yield replace(sample, path=path, paper=True)


def ticked_by_hand(samples: Sequence[Sample], folder: Path) -> Iterable[Sample]:
    """Print forms whose boxes are still empty, tick those by pen, and scan them."""
    bare, ticks = [], []
    for sample in samples:
        path = sample.path.with_name(f"{sample.path.stem}-bare.docx")
        data, ticked = blank_word.without_ticks(sample.path.read_bytes())
        path.write_bytes(data)
        bare.append(replace(sample, path=path))
        ticks.append(ticked)
    marks = {sample.number: ticked for sample, ticked in zip(samples, ticks, strict=True)}
    for sample in printed(tagged=False)(bare, folder):
        found, marked = scanner.boxes(sample.path), marks[sample.number]
        if len(found) != len(marked):
            continue  # a box was lost in the print
        path = sample.path.with_name(f"{sample.path.stem}-scan.pdf")
        by_pen = [box for box, ticked in zip(found, marked, strict=True) if ticked]
        path.write_bytes(scanner.scan(sample.path, sample.chance, by_pen))
        yield replace(sample, path=path, paper=True)
