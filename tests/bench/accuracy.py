"""How exactly the answers come back, per kind of file, and what may be believed of them."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.aims import Aim, upper_bound
from tests.bench.kinds import KINDS, Kind, make
from tests.bench.making import Sample
from tests.bench.scoring import COUNTED, FREE, Outcome, Result, right_value, score, unread
from tests.bench.variants.programs import missing

CALL = "wijkverbeteringscontract"
_AIMS = {
    "Word": 100.0,
    "ODT": 100.0,
    "fillable PDF": 100.0,
    "printed PDF, tagged": 99.5,
    "printed PDF, untagged": 99.3,
    "scan": 97.0,
}
_ENOUGH = 3000
_SCANS_SILENT = 0.001
_BANDS = (
    (1.0, "1"),
    (0.95, "0.95–1"),
    (0.9, "0.90–0.95"),
    (0.8, "0.80–0.90"),
    (0.6, "0.60–0.80"),
    (0.3, "0.30–0.60"),
    (0.0, "below 0.30"),
)


@dataclass(frozen=True)
class Marked:
    """A document with its judged answers."""

    sample: Sample
    results: list[Result]
    refused: str = ""


def measure(names: Sequence[str], number: int, seed: str, jobs: int, keep: Path | None) -> list[Aim]:
    """Make, read and judge the documents of these kinds; print the tables and give the aims."""
    marked: dict[str, list[Marked]] = {}
    left_out = []
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as folder:
        for kind in KINDS:
            if names and kind.name not in names:
                continue
            lacking = missing(*kind.needs)
            if lacking:
                left_out.append(f"{kind.name}: {', '.join(lacking)} is not installed")
                continue
            started = time.perf_counter()
            samples = make(kind, number, seed, Path(folder) / kind.name, jobs)
            made = time.perf_counter()
            documents = read_all(samples, jobs)
            now = time.perf_counter()
            print(f"{kind.name}: made in {made - started:.0f} s, read in {now - made:.0f} s", file=sys.stderr)
            if lost := max(sample.number for sample in samples) - len(samples):
                left_out.append(f"{kind.name}: {lost} documents, for {kind.program} lost text when it printed them")
            if all(document.refused for document in documents):
                left_out.append(f"{kind.name}: {documents[0].refused}")
                continue
            marked[kind.name] = documents
            if keep:
                keep_mistakes(documents, keep)
            shutil.rmtree(Path(folder) / kind.name)
    kinds = [kind for kind in KINDS if kind.name in marked]
    tell_kinds(kinds, marked)
    tell_certainty([result for documents in marked.values() for document in documents for result in document.results])
    for name in left_out:
        print(f"left out: {name}")
    return aims(kinds, marked)


def read_all(samples: Sequence[Sample], jobs: int) -> list[Marked]:
    """Read and judge documents, some at a time."""
    if jobs == 1:
        return [read(sample) for sample in samples]
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        return pool.map(read, samples, chunksize=1)


def read(sample: Sample) -> Marked:
    """Read one document as the pipeline does, and judge its answers."""
    from pipeline import extract, readers
    from pipeline.errors import Unreadable
    from pipeline.library import load

    call = load(CALL)
    try:
        document = readers.read(sample.path.read_bytes(), sample.path.name)
        form = extract.identify(document, call)
    except Unreadable as refusal:
        reason = f"{refusal.reason}: {refusal.detail}"
        return Marked(sample, unread(sample.form, sample.truth, reason), reason)
    if form != sample.form:
        reason = f"taken for {form}"
        return Marked(sample, unread(sample.form, sample.truth, reason), reason)
    extraction = extract.extract(document, call.forms[form], call)
    return Marked(sample, score(sample.form, sample.truth, extraction.answers, paper=sample.paper))


def keep_mistakes(documents: Sequence[Marked], keep: Path) -> None:
    """Keep the documents with a mistake, and a list of their mistakes."""
    for document in documents:
        sample = document.sample
        mistakes = [told(result) for result in document.results if result.outcome is not Outcome.RIGHT]
        if not mistakes:
            continue
        folder = keep / sample.kind
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{sample.number:03d}{sample.path.suffix}"
        shutil.copy(sample.path, kept)
        listed = {"kind": sample.kind, "document": str(kept), "refused": document.refused, "mistakes": mistakes}
        kept.with_suffix(".json").write_text(json.dumps(listed, ensure_ascii=False, indent=1), encoding="utf-8")


def told(result: Result) -> dict[str, object]:
    """Give a mistake in plain terms."""
    return {
        "outcome": result.outcome.value,
        "field": result.field,
        "type": result.kind,
        "written": result.written.text,
        "meaning": result.written.meaning,
        "got": result.value,
        "text": result.text,
        "state": result.state,
        "method": result.method,
        "confidence": result.confidence,
        "problem": result.problem,
    }


def tell_kinds(kinds: Sequence[Kind], marked: dict[str, list[Marked]]) -> None:
    """Print a line per kind."""
    print(
        f"{'kind':30} {'files from':24} {'docs':>4} {'answers':>8} {'exact %':>8} {'with doubtful':>13} {'typed %':>8} "
        f"{'missing':>7} {'spurious':>8} {'doubtful':>8} {'silent':>6} {'worst %':>8}"
    )
    for kind in kinds:
        documents = marked[kind.name]
        found = [result for document in documents for result in document.results if result.counts]
        typed = [result for result in found if result.kind not in FREE]
        count = {outcome: sum(result.outcome is outcome for result in found) for outcome in Outcome}
        worst = min(share(document.results) for document in documents)
        print(
            f"{kind.name:30} {kind.program:24} {len(documents):4} {len(found):8} {share(found):8.2f} "
            f"{likely_share(found):13.2f} {share(typed):8.2f} {count[Outcome.MISSING]:7} {count[Outcome.SPURIOUS]:8} "
            f"{count[Outcome.DOUBTFUL]:8} {sum(result.silent for result in found):6} {worst:8.2f}"
        )
    print()


def share(results: Sequence[Result]) -> float:
    """Give the percentage of answers that are right: given with their value, or rightly empty or doubtful."""
    counted = [result for result in results if result.counts]
    return 100 * sum(result.outcome is Outcome.RIGHT for result in counted) / len(counted) if counted else 100.0


def likely_share(results: Sequence[Result]) -> float:
    """Give the percentage of answers whose value is right, the doubtful ones included."""
    counted = [result for result in results if result.counts]
    right = sum(
        result.outcome is Outcome.RIGHT or (result.outcome is Outcome.DOUBTFUL and right_value(result))
        for result in counted
    )
    return 100 * right / len(counted) if counted else 100.0


def tell_certainty(results: Sequence[Result]) -> None:
    """Print per band of confidence how often the value was right, beside how often the answers say that it is."""
    bands: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for result in results:
        if result.state in {"given", "doubtful"} and result.written.sure:
            name = next(name for least, name in _BANDS if result.confidence >= least)
            bands[name, result.state].append((result.confidence, right_value(result)))
    print(f"{'confidence':12} {'state':9} {'answers':>8} {'says %':>7} {'value right %':>13}")
    for _least, name in _BANDS:
        for state in ("given", "doubtful"):
            if found := bands.get((name, state)):
                said, right = (100 * sum(column) / len(found) for column in zip(*found, strict=True))
                print(f"{name:12} {state:9} {len(found):8} {said:7.2f} {right:13.2f}")
    print()


def aims(kinds: Sequence[Kind], marked: dict[str, list[Marked]]) -> list[Aim]:
    """Give the aims on exactness, then those on silence."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for kind in kinds:
        groups[kind.group] += [result for document in marked[kind.name] for result in document.results]
    made = []
    for group, least in _AIMS.items():
        if group in groups:
            exact = share(groups[group])
            words = "100 %" if least == 100 else f"≥ {least} %"
            made.append(Aim(f"exact, {group}", f"{exact:.2f} %", words, exact >= least))
    paper = [result for group, results in groups.items() if group != "scan" for result in results]
    if counted := counts(paper):
        silent = sum(result.silent for result in counted)
        figure = f"{silent} of {len(counted)}, at most {100 * upper_bound(silent, len(counted)):.3f} % (95 %)"
        enough = len(counted) >= _ENOUGH
        made.append(
            Aim(
                "silently wrong amounts and dates, Word, ODT and PDF",
                figure,
                f"0 of at least {_ENOUGH}",
                not silent and enough,
            )
        )
    if counted := counts(groups.get("scan", [])):
        silent = sum(result.silent for result in counted)
        rate = silent / len(counted)
        bound = 100 * upper_bound(silent, len(counted))
        figure = f"{silent} of {len(counted)}, {100 * rate:.3f} %, at most {bound:.3f} % (95 %)"
        made.append(Aim("silently wrong amounts and dates, scans", figure, "≤ 0.1 %", rate <= _SCANS_SILENT))
    return made


def counts(results: Sequence[Result]) -> list[Result]:
    """Give the amounts and dates that were written, and those read where none was."""
    return [result for result in results if result.kind in COUNTED and (result.written.text or result.silent)]
