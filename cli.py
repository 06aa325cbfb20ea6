#!/usr/bin/env python3
"""The door: makes the environment on first use, then hands over to `pipeline.commands`.

Needs nothing but Python 3.11 and pip; what only the set-up needs is imported there, so that every start is quick.
What it makes lies in `.venv` beside this file (or, where that folder cannot be written, in the user's cache), and is
made again when `requirements.lock` changes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
UV = "uv==0.13.9"
UV_INSTALL = ("pip", "install", "--quiet", "--require-hashes", "--compile-bytecode")
OFFICE = (
    "libreoffice-writer-nogui",
    "python3-uno",
    "fonts-liberation",
    "fonts-crosextra-carlito",
    "fonts-crosextra-caladea",
)
OCR = ("tesseract-ocr", "tesseract-ocr-nld", "tesseract-ocr-script-latn")
PRINTERS = ("ghostscript", "poppler-utils", "fonts-dejavu-core")
"""Ghostscript brings fonts in which LibreOffice prints boxes without saying what they are; DejaVu goes first."""
TOKENS = ("softhsm2",)
"""A token in software: the tests sign with it as with a card or a device."""
NEEDS_OFFICE = {"demo", "test"}
NEEDS_OCR = {"test"}
NEEDS_PRINTERS = {"test"}
NEEDS_TOKENS = {"test"}
EXIT_ENVIRONMENT = 1
EXIT_INTERRUPTED = 130


class SetupError(Exception):
    """The environment cannot be made; the message says what to do."""


def main() -> int:  # noqa: RET503 - its last act replaces the process
    """Set up what is missing and become the program.

    Returns:
        An exit code, only when the set-up failed; otherwise this process is replaced.
    """
    arguments = sys.argv[1:]
    may_install = "--no-install" not in arguments and os.environ.get("WIJKCONTRACT_NO_INSTALL") != "1"
    arguments = [argument for argument in arguments if argument != "--no-install"]
    try:
        python = ensure_environment()
        if NEEDS_OFFICE & set(arguments[:1]):
            ensure_office(may_install=may_install)
        if NEEDS_OCR & set(arguments[:1]):
            ensure_ocr(may_install=may_install)
        if NEEDS_PRINTERS & set(arguments[:1]):
            ensure_printers(may_install=may_install)
        if NEEDS_TOKENS & set(arguments[:1]):
            ensure_tokens(may_install=may_install)
    except SetupError as fault:
        print(f"wijkcontract: {fault}", file=sys.stderr)
        return EXIT_ENVIRONMENT
    except KeyboardInterrupt:
        print(
            "wijkcontract: onderbroken tijdens het klaarzetten; de volgende keer begint het opnieuw.", file=sys.stderr
        )
        return EXIT_INTERRUPTED
    os.environ["WIJKCONTRACT_PROGRAM"] = "python3 cli.py"
    os.execv(python, [str(python), "-m", "pipeline.commands", *arguments])  # noqa: S606 - becomes the program itself


def ensure_environment() -> Path:
    """Give the environment's Python, making the environment when it is missing, half made or out of date."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the door is also tried with the wrong Python
        raise SetupError(f"Python 3.11 of nieuwer is nodig, dit is {sys.version.split()[0]}. Typ: python3.11 cli.py …")
    wanted = f"{sys.version}\n{ROOT}\n{LOCK.read_text(encoding='utf-8')}"
    folder = environment_folder(wanted)
    stamp = folder / "wijkcontract.stamp"
    python = folder / "bin" / "python"
    if not is_ready(stamp, wanted):
        with exclusive(folder.with_name(folder.name + ".lock")):
            if not is_ready(stamp, wanted):
                make_environment(folder, python)
                stamp.write_text(wanted, encoding="utf-8")
    return python


def is_ready(stamp: Path, wanted: str) -> bool:
    """Tell whether the environment was made whole, from this lock file."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def environment_folder(wanted: str) -> Path:
    """Choose where the environment lies."""
    if chosen := os.environ.get("WIJKCONTRACT_VENV"):
        return Path(chosen).absolute()
    beside = ROOT / ".venv"
    if is_ready(beside / "wijkcontract.stamp", wanted) or os.access(ROOT, os.W_OK):
        return beside
    import hashlib

    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wijkcontract"
    cache.mkdir(parents=True, exist_ok=True)
    return cache / hashlib.sha256(wanted.encode()).hexdigest()[:16]


class exclusive:  # noqa: N801 - reads as a word in the with statement
    """Hold a lock file while the environment is made, so that two first starts do not collide."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        import fcntl

        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.handle = self.path.open("w")
        fcntl.flock(self.handle, fcntl.LOCK_EX)

    def __exit__(self, *_exception: object) -> None:
        self.handle.close()
        self.path.unlink(missing_ok=True)


def make_environment(folder: Path, python: Path) -> None:
    """Make the environment from `requirements.lock`: with uv when it can be had, else with pip alone."""
    import shutil
    import subprocess

    tell(f"De omgeving wordt klaargezet in {folder} (eenmalig, enkele seconden) …")
    if folder.exists():
        shutil.rmtree(folder)
    outside = getattr(sys, "_base_executable", sys.executable)  # this very Python may lie in the folder just removed
    run([outside, "-m", "venv", "--without-pip", str(folder)], "De omgeving kan niet gemaakt worden.")
    pip = [outside, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--quiet"]
    if shutil.which("uv"):
        uv: list[str] | None = ["uv"]
    else:
        done = subprocess.run([*pip, "install", UV], capture_output=True, check=False)
        uv = [str(folder / "bin" / "uv")] if done.returncode == 0 else None
    synced = uv is not None and (
        subprocess.run(
            [*uv, *UV_INSTALL, "--python", str(python), "-r", str(LOCK)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not synced:
        run(
            [*pip, "install", "--require-hashes", "--no-deps", "-r", str(LOCK)],
            "De bibliotheken kunnen niet geïnstalleerd worden. Kijk of pip er is (apt-get install python3-pip) "
            "en of het netwerk of de eigen pakketspiegel bereikbaar is, en start opnieuw.",
        )
    packages = next((folder / "lib").glob("python3*/site-packages"))
    (packages / "wijkcontract.pth").write_text(str(ROOT) + "\n", encoding="utf-8")


def ensure_office(*, may_install: bool) -> None:
    """Install LibreOffice and its fonts where that is allowed; otherwise say how, and go on without PDF."""
    import shutil

    if shutil.which("soffice") and has_uno() and has_fonts():
        return
    missing = "LibreOffice, python3-uno of lettertypen ontbreken: er wordt geen PDF gemaakt, de papieren blijven Word."
    ensure(OFFICE, missing, "LibreOffice en lettertypen", "120 MB", may_install=may_install)


def ensure_ocr(*, may_install: bool) -> None:
    """Install what reads the text of scans where that is allowed; otherwise say how, and go on without."""
    import shutil

    if shutil.which("tesseract") and knows_letters():
        return
    ensure(
        OCR,
        "Tesseract, zijn Nederlands of zijn Latijnse letters ontbreken: scans worden niet of minder goed gelezen.",
        "Tesseract met Nederlands en alle Latijnse letters",
        "60 MB",
        may_install=may_install,
    )


def ensure_printers(*, may_install: bool) -> None:
    """Install what prints filled forms anew for the tests where that is allowed; otherwise say how, and go on."""
    import shutil

    if shutil.which("gs") and shutil.which("pdftocairo"):
        return
    missing = "Ghostscript of poppler ontbreekt: enkele tests van afgedrukte formulieren worden niet uitgevoerd."
    ensure(PRINTERS, missing, "Ghostscript en poppler", "20 MB", may_install=may_install)


def ensure_tokens(*, may_install: bool) -> None:
    """Install the token in software that the tests sign with where that is allowed; otherwise say how, and go on."""
    import shutil

    if shutil.which("softhsm2-util"):
        return
    missing = "SoftHSM2 ontbreekt: enkele tests van ondertekenen met een token worden niet uitgevoerd."
    ensure(TOKENS, missing, "SoftHSM2", "5 MB", may_install=may_install)


def ensure(packages: tuple[str, ...], missing: str, name: str, size: str, *, may_install: bool) -> None:
    """Install packages of the system where that is allowed; otherwise say what is missing and how to get it."""
    import subprocess

    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    prefix = installer()
    if not may_install or prefix is None:
        tell(missing)
        tell(f"Typ om dat te verhelpen (als beheerder): {line}")
        return
    tell(f"{name}: wordt geïnstalleerd (ongeveer {size}): {line} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment, capture_output=True, check=False)
    done = subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["zonder uitleg"])[-1]
        tell(f"Dat lukte niet ({last}). Het gaat verder zonder; typ later zelf: {line}")


def knows_letters() -> bool:
    """Tell whether Tesseract knows Dutch, and the letters of all Latin scripts."""
    import subprocess

    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    known = {language.removeprefix("script/") for language in done.stdout.split()}
    return {"nld", "Latin"} <= known


def has_uno() -> bool:
    """Tell whether a Python on the PATH, that of the system, can drive LibreOffice."""
    import shutil
    import subprocess

    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    pythons = filter(None, (shutil.which("python3", path=folder) for folder in folders if folder))
    asked = [[python, "-I", "-c", "import uno"] for python in dict.fromkeys(pythons)]
    return any(subprocess.run(command, capture_output=True, check=False).returncode == 0 for command in asked)


def has_fonts() -> bool:
    """Tell whether a font with the widths of Calibri is there, so that pages break where Word breaks them."""
    import shutil
    import subprocess

    if not shutil.which("fc-list"):
        return False
    return "Carlito" in subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False).stdout


def installer() -> list[str] | None:
    """Give the words before `apt-get`, or None where nothing may be installed."""
    import shutil
    import subprocess

    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def run(command: list[str], remedy: str) -> None:
    """Run a step of the set-up; a failure becomes a sentence with the step's last words."""
    import subprocess

    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or done.stdout.strip().splitlines() or ["geen uitleg"])[-1]
        raise SetupError(f"{remedy} ({last})")


def tell(line: str) -> None:
    """Say what the set-up does, beside the results."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
