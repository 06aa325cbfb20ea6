"""Ask veraPDF, where it is installed, whether a PDF is what it declares: PDF/A, and PDF/UA-1."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.language import _
from pipeline.pdf import Archive

_START_SECONDS = 120
_FILE_SECONDS = 20


def find_verapdf() -> str | None:
    """Give the program, or None where there is none."""
    return shutil.which("verapdf")


def validate(pdfs: Mapping[str, bytes], *, archive: Archive, accessible: bool = True) -> dict[str, str]:
    """Have veraPDF judge PDFs, all in one start for each standard.

    Args:
        pdfs: name → PDF; the names are only used to tell them apart.
        archive: what they declare.
        accessible: whether they declare PDF/UA-1 too.

    Returns:
        The names of those that veraPDF does not pass, with the reason in Dutch. Empty where veraPDF is not installed.
    """
    program = find_verapdf()
    if program is None or not pdfs:
        return {}
    refused: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="wijkcontract-") as folder:
        files = {name: Path(folder, f"{number:04}.pdf") for number, name in enumerate(pdfs, start=1)}
        for name, file in files.items():
            file.write_bytes(pdfs[name])
        standards = {f"{archive.value}b": f"PDF/A-{archive.value}b"} | ({"ua1": "PDF/UA-1"} if accessible else {})
        for flavour, standard in standards.items():
            passed = _passed(program, flavour, list(files.values()))
            said = _("Volgens veraPDF is de pdf geen geldige {standard}.").format(standard=standard)
            refused |= {name: said for name, file in files.items() if name not in refused and file.name not in passed}
    return refused


def _passed(program: str, flavour: str, files: Sequence[Path]) -> set[str]:
    """Give the names of the files that pass; what veraPDF says nothing of does not."""
    command = [program, "--format", "text", "--flavour", flavour, *map(str, files)]
    seconds = _START_SECONDS + _FILE_SECONDS * len(files)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired):
        return set()
    words = (line.split() for line in done.stdout.splitlines())
    return {Path(word).name for line in words if line[:1] == ["PASS"] for word in line[1:] if word.endswith(".pdf")}
