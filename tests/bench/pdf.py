"""How much processor time a paper takes from Word to PDF/A, beside what else drives LibreOffice, and how fast all go.

    .venv/bin/python -m tests.bench.pdf [--papers 450] [--files 12] [--peers DIR]

Every side prints the same papers, three of each dossier, with the same options of the export, in a process of its own;
its figure is the processor time of that process and of all that it started, LibreOffice and its start included. Ours
also looks at every PDF and takes out what differs from run to run; the others do not. unoserver is asked as its manual
says, by `unoconvert` for each paper, and also by its client from one process, which no manual describes; neither
updates indexes, which costs more. What cannot be installed (into a temporary folder, or into DIR, which is kept) is
left out and named. It ends with a line per aim, and with 1 when one is short.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import datetime as dt
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.aims import Aim, tell

ROOT = Path(__file__).parents[2]
DAY = dt.date(2021, 12, 20)
_PAPERS = ("afsprakenkader", "engagementsverklaring", "volledigheidsbrief")
_UNOSERVER = "unoserver==3.7"
_AIMS = {"unoserver": 0.65, "soffice per file": 0.15}
_SAID = {"unoserver": "unoserver, unoconvert for each paper", "its client": "unoserver, its client in one process"}
_SECONDS = 60
_OPTIONS = {
    "SelectPdfVersion": 2,
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "UseLosslessCompression": True,
    "ExportBookmarks": True,
    "ExportFormFields": False,
}
_ADOPT = 36
"""Asks the system that what a dead child leaves behind becomes ours, so that its processor time is counted."""


def main() -> int:
    """Measure and tell."""
    options = parse()
    if options.side:
        return take_turn(options)
    if shutil.which("soffice") is None:
        print("left out: everything: soffice is not installed")
        return 1
    left_out = []
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-") as name:
        folder = Path(name)
        made = write_papers(folder / "papers", options.papers)
        load = os.getloadavg()[0]
        print(f"{made} papers of {made // len(_PAPERS)} dossiers, on {processors()} processors, {load:.1f} busy before")
        sides = {"ours": made, "soffice per file": min(made, options.files)}
        peers = options.peers or folder / "peers"
        if reason := lacking(peers):
            left_out.append(f"unoserver: {reason}")
        else:
            sides |= {"unoserver": made, "its client": made}
        turns = {side: turn(side, folder, peers, papers) for side, papers in sides.items()}
    for reason in left_out:
        print(f"left out: {reason}")
    return tell(aims(turns))


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=450, help="papers that ours and unoserver print")
    parser.add_argument("--files", type=int, default=12, help="papers that are printed one start each")
    parser.add_argument("--peers", type=Path, help="keep what is installed of the others here")
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def write_papers(folder: Path, papers: int) -> int:
    """Write three papers of as many dossiers as that takes; give how many."""
    from pipeline import renderers
    from pipeline.library import load
    from tests import complete_dossier as complete

    call = load("wijkverbeteringscontract")
    folder.mkdir()
    made = 0
    for number in range(1, papers // len(_PAPERS) + 1):
        dossier = complete.dossier(call, titel=f"Voorstel {number}", wijk_naam=f"Wijk {number}")
        dossier = complete.replace(complete.decided(dossier), number=f"WVC-2021-{number:04}")
        for paper in renderers.papers(call, dossier, findings=(), today=DAY, only=_PAPERS):
            (folder / f"{dossier.number} {paper.filename}.docx").write_bytes(paper.content)
            made += 1
    return made


def lacking(peers: Path) -> str:
    """Install unoserver where it is not yet; give why that cannot be."""
    from pipeline import office

    if (peers / "unoserver").is_dir():
        return ""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    python = office.find_python()
    if uv is None or python is None:
        return "uv or a Python with uno is not installed"
    command = [uv, "pip", "install", "-q", "--python", python, "--target", str(peers), _UNOSERVER]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(peers, ignore_errors=True)
        return f"it cannot be installed: {done.stderr.strip().splitlines()[-1:]}"
    return ""


def turn(side: str, folder: Path, peers: Path, papers: int) -> dict[str, float]:
    """Let one side print so many papers in a process of its own; print its figures and give them."""
    command = [sys.executable, "-m", "tests.bench.pdf", "--side", side, "--folder", str(folder), "--papers"]
    done = subprocess.run(
        [*command, str(papers), "--peers", str(peers)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{side} ended with {done.returncode}")
    told = json.loads(done.stdout.splitlines()[-1])
    if told["printed"] != papers:
        raise SystemExit(f"{side} printed {told['printed']} of {papers} papers")
    own = f", of which {1000 * told['own'] / papers:.1f} outside LibreOffice" if side == "ours" else ""
    print(
        f"{_SAID.get(side, side):36} {papers:4} papers: {1000 * told['cpu'] / papers:7.1f} ms of processor time a "
        f"paper{own}; {told['seconds']:.1f} s, {1000 * told['seconds'] / papers:.0f} ms a paper"
    )
    return told | {"papers": papers}


def aims(turns: dict[str, dict[str, float]]) -> list[Aim]:
    """Hold the figures against what was to be reached."""
    each = {side: told["cpu"] / told["papers"] for side, told in turns.items()}
    found = []
    for side, aim in _AIMS.items():
        if side in each:
            ratio = each["ours"] / each[side]
            figure = f"{ratio:.2f}× {_SAID.get(side, side)}"
            found.append(Aim("processor time of a paper", figure, f"≤ {aim}×", ratio <= aim))
    if "its client" in each:
        print(f"no aim, beside {_SAID['its client']}: {each['ours'] / each['its client']:.2f}×")
    ours = turns["ours"]
    for_all = ours["seconds"] * 450 / ours["papers"]
    figure = f"{for_all:.1f} s on {processors()} processors, reckoned from {ours['papers']:.0f} papers"
    found.append(Aim("450 papers, start included", figure, f"< {_SECONDS} s on 2", for_all < _SECONDS))
    return found


# One side ------------------------------------------------------------------------------------------------------


def take_turn(options: argparse.Namespace) -> int:
    """Print as one side does, and tell the processor time and what came out."""
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    files = sorted((options.folder / "papers").glob("*.docx"))[: options.papers]
    out = options.folder / options.side.replace(" ", "-")
    out.mkdir()
    started = time.perf_counter()
    if options.side == "ours":
        ours(files, out)
    elif options.side in {"unoserver", "its client"}:
        unoserver(files, out, options.peers, by_command=options.side == "unoserver")
    else:
        soffice_per_file(files, out)
    seconds = time.perf_counter() - started
    own = processor_seconds(resource.RUSAGE_SELF)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    made = [path.read_bytes() for path in out.glob("*.pdf")]
    printed = sum(b"pdfaid:part>2<" in data and b"pdfuaid:part>1<" in data for data in made)
    cpu = own + processor_seconds(resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "own": own, "printed": printed}))
    return 0


def processor_seconds(whose: int) -> float:
    """Give the processor time of this process, or of the children that it waited for."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def ours(files: list[Path], out: Path) -> None:
    """Print with our pool."""
    from pipeline import office

    documents = {file.stem: file.read_bytes() for file in files}
    markers = {name: name.split()[0] for name in documents}
    for name, made in office.convert(documents, markers=markers).items():
        if isinstance(made, str):
            print(f"{name}: {made}", file=sys.stderr)
        else:
            (out / f"{name}.pdf").write_bytes(made)


def unoserver(files: list[Path], out: Path, peers: Path, *, by_command: bool) -> None:
    """Start unoserver and ask it for one paper after the other: by its command, or by its client in this process."""
    from pipeline import office

    sys.path.append(str(peers))
    from unoserver.client import UnoClient  # type: ignore[import-not-found]

    python = office.find_python()
    port, uno_port = free_port(), free_port()
    command = [python, "-m", "unoserver.server", "--port", str(port), "--uno-port", str(uno_port)]
    surroundings = {**os.environ, "PYTHONPATH": str(peers), "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as server:
        wait_for(port)
        client = UnoClient(server="127.0.0.1", port=str(port))
        wanted = [f"{key}={str(value).lower()}" for key, value in _OPTIONS.items()]
        for file in files:
            target = str(out / f"{file.stem}.pdf")
            if by_command:
                asked = [python, str(peers / "bin" / "unoconvert"), "--port", str(port), "--dont-update-index"]
                asked += [word for option in wanted for word in ("--filter-option", option)]
                subprocess.run([*asked, str(file), target], env=surroundings, check=True, capture_output=True)
                continue
            client.convert(inpath=str(file), outpath=target, filter_options=wanted, update_index=False)
        os.killpg(server.pid, signal.SIGKILL)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until a server listens."""
    until = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def soffice_per_file(files: list[Path], out: Path) -> None:
    """Start LibreOffice for each paper, with a profile that is kept."""
    described = {
        key: {"type": "boolean" if isinstance(value, bool) else "long", "value": str(value).lower()}
        for key, value in _OPTIONS.items()
    }
    target = f"pdf:writer_pdf_Export:{json.dumps(described)}"
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    for file in files:
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(out), str(file)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    raise SystemExit(main())
