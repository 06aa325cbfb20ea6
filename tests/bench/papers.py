"""How fast a contract of six pages is made, in processor time, beside what else fills Word templates.

    .venv/bin/python -m tests.bench.papers [--rounds 15] [--papers 10000] [--peers DIR]

Every side has a process of its own; they take turns, and the figure is the median. Ours runs with its sandbox, with
strict names and with everything escaped, and all sides must print the same words. What cannot be installed (into a
temporary folder, or into DIR, which is kept) is left out and named. It ends with a line per aim, and with 1 when one
is short.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from tests.bench.aims import Aim, tell
from tests.bench.paper_sides import contract

ROOT = Path(__file__).parents[2]
_SIDES = Path(__file__).parent / "paper_sides"
_AIMS = {"docxtpl": 45, "rust-docxtpl": 15, "docxtemplater": 18, "carbone": 18}
_PACKAGES = {
    "rust-docxtpl": ("rust-docxtpl==0.1.2",),
    "docxtemplater": ("docxtemplater@3.71.0", "pizzip@3.3.0"),
    "carbone": ("carbone@3.8.2",),
}
_EACH_TURN = {"ours": 40, "floor": 40}
"""Papers a turn; of the others 5."""
_GROWTH = 4
"""Megabytes that memory may differ between the start and the end of all papers."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Worker:
    """One side at work."""

    def __init__(self, side: str, command: list[str], surroundings: Mapping[str, str]) -> None:
        self.side = side
        self.running = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.first = self._told()

    def turn(self, papers: int) -> dict[str, float]:
        """Make so many papers; give the time of one in milliseconds and the memory afterwards."""
        self.running.stdin.write(f"{papers}\n")
        self.running.stdin.flush()
        return self._told()

    def _told(self) -> dict[str, Any]:
        line = self.running.stdout.readline()
        if not line:
            raise SystemExit(f"{self.side} ended with {self.running.wait()}")
        return json.loads(line)

    def end(self) -> None:
        """Let it go."""
        self.running.stdin.close()
        self.running.stdout.close()
        self.running.wait()


def main() -> int:
    """Measure and tell."""
    options = parse()
    left_out: list[str] = []
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as name:
        folder = Path(name)
        workers = start(folder, options.peers or folder / "peers", left_out)
        try:
            aims = [same_words(folder, workers), *race(workers, options.rounds), flat(workers["ours"], options.papers)]
        finally:
            for worker in workers.values():
                worker.end()
    for reason in left_out:
        print(f"left out: {reason}")
    return tell(aims)


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="turns of each side")
    parser.add_argument("--papers", type=int, default=10_000, help="papers over which memory must stay flat")
    parser.add_argument("--peers", type=Path, help="keep what is installed of the others here")
    return parser.parse_args()


def start(folder: Path, peers: Path, left_out: list[str]) -> dict[str, Worker]:
    """Write the templates and the answers; start every side that can be had."""
    (folder / "answers.json").write_text(json.dumps(contract.answers()), encoding="utf-8")
    for syntax, tags in contract.SYNTAXES.items():
        (folder / f"{syntax}.docx").write_bytes(contract.template(tags))
    pages(folder / "docxtpl.docx", left_out)
    workers = {side: worker(folder, side, "docxtpl", {}) for side in ("ours", "floor")}
    workers["docxtpl"] = worker(folder, "docxtpl", "docxtpl", {})
    for side in _PACKAGES:
        place = peers / side
        if reason := lacking(side, place):
            left_out.append(f"{side}: {reason}")
        elif side == "rust-docxtpl":
            workers[side] = worker(folder, side, "docxtpl", {"PYTHONPATH": str(place)})
        else:
            workers[side] = worker(folder, side, side, {"NODE_PATH": str(place / "node_modules")})
    return workers


def lacking(side: str, place: Path) -> str:
    """Install a peer where it is not yet; give why that cannot be."""
    if place.is_dir():
        return ""
    if side == "rust-docxtpl":
        uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        if uv is None:
            return "uv is not installed"
        command = [uv, "pip", "install", "-q", "--python", sys.executable, "--target", str(place)]
    elif shutil.which("node") is None or shutil.which("npm") is None:
        return "node or npm is not installed"
    else:
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place)]
    done = subprocess.run([*command, *_PACKAGES[side]], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(place, ignore_errors=True)
        return f"it cannot be installed: {done.stderr.strip().splitlines()[-1:]}"
    return ""


def worker(folder: Path, side: str, syntax: str, surroundings: Mapping[str, str]) -> Worker:
    """Start a side."""
    files = [str(folder / f"{syntax}.docx"), str(folder / "answers.json"), str(folder / f"made-{side}.docx")]
    if "NODE_PATH" in surroundings:
        return Worker(side, ["node", str(_SIDES / "turns.js"), side, *files], surroundings)
    if surroundings:  # another docxtpl: without ours beside it, which -S leaves out
        return Worker(side, [sys.executable, "-S", str(_SIDES / "turns.py"), "docxtpl", *files], surroundings)
    return Worker(side, [sys.executable, str(_SIDES / "turns.py"), side, *files], {"PYTHONPATH": str(ROOT)})


def pages(template: Path, left_out: list[str]) -> None:
    """Print how many pages the paper has, as LibreOffice lays it out."""
    from docxtpl import DocxTemplate

    if shutil.which("soffice") is None:
        left_out.append("the number of pages: soffice is not installed")
        return
    import pypdfium2

    made = template.with_name("pages.docx")
    document = DocxTemplate(str(template))
    document.render(contract.answers(), autoescape=True)
    document.save(str(made))
    profile = f"-env:UserInstallation={(template.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(made.parent), str(made)]
    subprocess.run(command, check=True, capture_output=True)
    printed = pypdfium2.PdfDocument(made.with_suffix(".pdf"))
    print(f"the contract has {len(printed)} pages")
    printed.close()


def same_words(folder: Path, workers: Mapping[str, Worker]) -> Aim:
    """Hold the words of every side's paper against those of docxtpl's."""
    wanted = words(folder / "made-docxtpl.docx")
    others = [side for side in workers if side not in {"docxtpl", "floor"}]
    wrong = [side for side in others if words(folder / f"made-{side}.docx") != wanted]
    figure = f"{len(wanted)} words; other ones: {', '.join(wrong) or 'of no side'}"
    return Aim("the same words", figure, f"as docxtpl prints, of {', '.join(others)}", not wrong and len(wanted) > 1000)


def words(path: Path) -> list[str]:
    """Give the words that a paper shows, paragraph by paragraph: header, body, footer."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"word/(?:document|header\d+|footer\d+)\.xml", name):
                for paragraph in etree.fromstring(archive.read(name)).iter(f"{_W}p"):
                    found += "".join(text.text or "" for text in paragraph.iter(f"{_W}t")).split()
    return found


def race(workers: Mapping[str, Worker], rounds: int) -> list[Aim]:
    """Let all sides take turns; print the times and give the aims that compare."""
    times: dict[str, list[float]] = {side: [] for side in workers}
    for number in range(rounds + 1):
        for side, one in workers.items():
            taken = one.turn(_EACH_TURN.get(side, 5))["ms"]
            if number:  # the first turn warms up
                times[side].append(taken)
    median = {side: statistics.median(taken) for side, taken in times.items()}
    print(f"{'processor time of a paper, ms':30} {'median':>8} {'least':>8} {'times ours':>10}   ({rounds} turns)")
    for side, taken in times.items():
        print(f"{side:30} {median[side]:8.3f} {min(taken):8.3f} {median[side] / median['ours']:10.1f}")
    print(
        f"distance to the floor (join, deflate, write): ours takes {median['ours'] / median['floor']:.2f} times as long"
    )
    ratios = {side: median[side] / median["ours"] for side in _AIMS if side in median}
    return [
        Aim("a paper of six pages", f"{ratio:.1f}× {side}", f"≥ {_AIMS[side]}×", ratio >= _AIMS[side])
        for side, ratio in ratios.items()
    ]


def flat(ours: Worker, papers: int) -> Aim:
    """Make many papers; give the aim on memory."""
    before = ours.turn(max(1, papers // 20))["kb"]
    after = ours.turn(papers)["kb"]
    growth = (after - before) / 1024
    return Aim(
        "memory",
        f"{growth:+.1f} MB over {papers} papers, at {after / 1024:.0f} MB",
        f"≤ {_GROWTH} MB",
        growth <= _GROWTH,
    )


if __name__ == "__main__":
    raise SystemExit(main())
