"""How fast a whole batch goes: an inbox of variants through findings and papers, against a plain loop over it.

    .venv/bin/python -m tests.bench.run [--number 1000] [--rounds 3] [--jobs 2]

The plain loop is what a script would do: read each form with python-docx and render the same templates with
docxtpl; it reads no answers, judges no rule and keeps no register. Both take turns, each in a process of its own;
the figure is the ratio of the medians, for the machine is shared.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALL = "wijkverbeteringscontract"
DAY = dt.date(2021, 7, 20)


def main() -> None:
    """Make the inbox, let both take turns, print what came out."""
    options = parse()
    if options.side:
        work = ours if options.side == "ours" else plain
        started = time.perf_counter()
        made = work(options.inbox, options.output, options.jobs)
        print(json.dumps({"seconds": time.perf_counter() - started, "cpu": processor_seconds(), **made}))
        return
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as folder:
        inbox = Path(folder) / "inbox"
        fill_inbox(inbox, options.number)
        rounds = {"ours": [], "plain": []}
        for number in range(options.rounds):
            for side in ("ours", "plain") if number % 2 == 0 else ("plain", "ours"):
                output = Path(folder) / f"{side}-{number}"
                rounds[side].append(turn(side, inbox, output, options.jobs))
                print(f"{side} {number + 1}: {rounds[side][-1]}", file=sys.stderr)
        tell(options.number, options.jobs, rounds)


def processor_seconds() -> float:
    """Give the processor time of this process and of those that it started."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=1000, help="submissions")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each side")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="processes of our side")
    parser.add_argument("--side", choices=("ours", "plain"), help=argparse.SUPPRESS)
    parser.add_argument("--inbox", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def fill_inbox(inbox: Path, number: int) -> None:
    """Write variants of one filled form: other neighbourhoods, titles and amounts."""
    from pipeline.library import load
    from tests.fill import fill
    from tests.samples.content import load as content

    form = load(CALL).form
    blank = (ROOT / "forms" / CALL / "blanco" / "aanvraag.docx").read_bytes()
    answers = content("gent")
    inbox.mkdir()
    rows = ["bestand;ontvangen;kanaal;afzender"]
    for index in range(number):
        changed = answers | {
            "wijk_naam": f"Wijk {index}",
            "titel": f"Voorstel {index}: {answers['titel']}",
            "gevraagde_subsidie": Decimal(700000 + index * 100),
        }
        (inbox / f"aanvraag-{index:04d}.docx").write_bytes(fill(blank, changed, form))
        clock = f"{index // 3600:02d}:{index // 60 % 60:02d}:{index % 60:02d}"
        rows.append(f"aanvraag-{index:04d}.docx;2021-07-01T{clock}+02:00;;")
    (inbox / "ontvangst.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def ours(inbox: Path, output: Path, jobs: int) -> dict[str, int]:
    """Run the batch."""
    from pipeline.run import Settings, run

    result = run(inbox, output, CALL, Settings(DAY, jobs=jobs, pdf=False))
    return {"submissions": result.counts["dossiers"], "papers": result.counts["papers"]}


def plain(inbox: Path, output: Path, _jobs: int) -> dict[str, int]:
    """Read each form with python-docx and render the same papers with docxtpl."""
    import docx
    from docxtpl import DocxTemplate

    from pipeline.renderers.writing import environment

    templates = contexts()
    papers = 0
    output.mkdir()
    files = sorted(inbox.glob("*.docx"))
    for file in files:
        document = docx.Document(str(file))
        texts = [paragraph.text for paragraph in document.paragraphs]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        (output / f"{file.stem}.json").write_text(json.dumps(texts), encoding="utf-8")
        for number, (template, facts) in enumerate(templates):
            rendering = DocxTemplate(str(template))
            rendering.render(facts, jinja_env=environment(), autoescape=True)
            rendering.save(str(output / f"{file.stem}-{number}.docx"))
            papers += 1
    return {"submissions": len(files), "papers": papers}


def contexts() -> list[tuple[Path, dict[str, object]]]:
    """Give every paper's template with facts to fill it: made once, so that the loop is charged for none of it."""
    from pipeline import extract, readers
    from pipeline.check import check
    from pipeline.dossier import Dossier
    from pipeline.expression import Use
    from pipeline.facts import gather
    from pipeline.library import load
    from pipeline.renderers.paper import _Desk
    from tests.fill import fill
    from tests.samples.content import load as content

    call = load(CALL)
    blank = (ROOT / "forms" / CALL / "blanco" / "aanvraag.docx").read_bytes()
    document = readers.read(fill(blank, content("gent"), call.form), "aanvraag.docx")
    extraction = extract.extract(document, call.form, call)
    dossier = Dossier("WVC-2021-0001", call.key, call.main_form, source=document.source, answers=extraction.answers)
    findings = check(call, dossier, gather(call, dossier, today=DAY))
    desk = _Desk(call, dossier, (tuple(findings), ()), DAY, DAY, None)
    made = []
    for paper in (paper for paper in call.papers if paper.form == call.main_form):
        for result in desk.make(paper):
            facts = desk._with_paper(paper, result.row, Use.DRAFT, getattr(result, "reasons", ()))
            made.append((call.templates / paper.template, facts))
    return made


def turn(side: str, inbox: Path, output: Path, jobs: int) -> dict[str, float]:
    """Let one side work in a process of its own; give its time and the peak memory of it and its children."""
    command = [sys.executable, "-m", "tests.bench.run", "--side", side, "--inbox", str(inbox), "--output", str(output)]
    with subprocess.Popen([*command, "--jobs", str(jobs)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        peak = [0]
        watcher = threading.Thread(target=watch, args=(running.pid, peak), daemon=True)
        watcher.start()
        out, _err = running.communicate()
    if running.returncode:
        raise SystemExit(f"{side} ended with {running.returncode}")
    return json.loads(out.splitlines()[-1]) | {"peak_mb": peak[0] // 1024}


def watch(process: int, peak: list[int]) -> None:
    """Keep the highest sum of the memory of a process and everything below it, in KB; shared pages count once."""
    while Path(f"/proc/{process}").exists():
        peak[0] = max(peak[0], sum(memory(each) for each in family(process)))
        time.sleep(0.1)


def family(process: int) -> list[int]:
    """Give a process and everything that it started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += family(int(child))
    return found


def memory(process: int) -> int:
    """Give the proportional memory of a process in KB."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def tell(number: int, jobs: int, rounds: dict[str, list[dict[str, float]]]) -> None:
    """Print what came out."""
    median = {side: statistics.median(turn["seconds"] for turn in turns) for side, turns in rounds.items()}
    names = {"ours": f"wijkcontract run ({jobs} processes)", "plain": "python-docx + docxtpl, plain loop"}
    for side, name in names.items():
        turns = rounds[side]
        seconds = ", ".join(f"{turn['seconds']:.1f}" for turn in turns)
        cpu = 1000 * statistics.median(turn["cpu"] for turn in turns) / number
        print(f"{name}: {number / median[side]:.1f} submissions/s; seconds {seconds}; CPU {cpu:.0f} ms each; ", end="")
        print(f"{turns[0]['papers']:.0f} papers; peak {max(turn['peak_mb'] for turn in turns):.0f} MB")
    print(f"ratio of the medians: {median['plain'] / median['ours']:.1f}x")


if __name__ == "__main__":
    main()
