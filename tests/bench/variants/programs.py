"""The programs that save and print files: LibreOffice, Chromium, Ghostscript, poppler."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_LONGEST = 900


def missing(*names: str) -> list[str]:
    """Give the programs that are not installed."""
    return [name for name in names if shutil.which(name) is None]


def libreoffice(files: Sequence[Path], target: str, folder: Path, **choices: bool) -> list[Path]:
    """Save files in another format, many in one call; `choices` are those of the PDF export."""
    if not files:
        return []
    options = {name: {"type": "boolean", "value": str(value).lower()} for name, value in choices.items()}
    kind = f"{target}:writer_pdf_Export:{json.dumps(options)}" if options else target
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-office-") as home:
        command = ["soffice", f"-env:UserInstallation={Path(home).as_uri()}", "--headless", "--convert-to", kind]
        _run([*command, "--outdir", str(folder), *map(str, files)], home)
    return [_made(folder / f"{file.stem}.{target.split(':', maxsplit=1)[0]}") for file in files]


def chromium(file: Path, made: Path, *, framed: bool) -> Path:
    """Print a web page to PDF, tagged; `framed` with the browser's own date and address around it."""
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-browser-") as home:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        command += [f"--user-data-dir={home}", f"--print-to-pdf={made}"]
        _run([*command, *([] if framed else ["--no-pdf-header-footer"]), file.as_uri()], home)
    return _made(made)


def ghostscript(file: Path, made: Path) -> Path:
    """Write a PDF anew, as a PDF printer does; the structure tree is lost."""
    _run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={made}", str(file)], str(made.parent))
    return _made(made)


def cairo(file: Path, made: Path) -> Path:
    """Write a PDF anew with poppler and cairo, as a print dialogue does; the structure tree is lost."""
    _run(["pdftocairo", "-pdf", str(file), str(made)], str(made.parent))
    return _made(made)


def _run(command: Sequence[str], home: str) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_LONGEST, env={**os.environ, "HOME": home}, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")


def _made(path: Path) -> Path:
    if not path.exists():
        raise SystemExit(f"{path.name} was not made")
    return path
