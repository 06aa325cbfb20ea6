"""The programs that save and print files: LibreOffice, Chromium, Ghostscript, poppler."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

_LONGEST = 900
_END = 10
"""Characters of a paragraph that do not stand elsewhere by chance."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def missing(*names: str) -> list[str]:
    """Give the programs and libraries that are not installed."""
    return [name for name in names if shutil.which(name) is None and find_spec(name) is None]


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


def loses_text(source: Path, printed: Path) -> bool:
    """Tell whether a print lacks text that its Word file has: LibreOffice loses table rows at some page ends.

    Of a paragraph that runs over pages, at least one end must be there.
    """
    with zipfile.ZipFile(source) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    written = ["".join("".join(paragraph.itertext(f"{_W}t")).split()) for paragraph in tree.iter(f"{_W}p")]
    done = subprocess.run(["pdftotext", "-raw", str(printed), "-"], check=True, capture_output=True, text=True)
    shown = "".join(done.stdout.split())
    letters = [
        Counter(sign for sign in text if sign.isascii() and sign.isalnum()) for text in ("".join(written), shown)
    ]
    if letters[0] - letters[1]:
        return True
    plain = [text for text in written if text.isascii() and len(text) >= _END]
    return any(text[:_END] not in shown and text[-_END:] not in shown for text in plain)


def chromium(file: Path, made: Path, *, framed: bool, tagged: bool = True) -> Path:
    """Print a web page to PDF; `framed` with the browser's own date and address around it."""
    with tempfile.TemporaryDirectory(prefix="wijkcontract-bench-browser-") as home:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        command += [f"--user-data-dir={home}", f"--print-to-pdf={made}"]
        command += [] if framed else ["--no-pdf-header-footer"]
        command += [] if tagged else ["--disable-pdf-tagging"]
        _run([*command, file.as_uri()], home)
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
