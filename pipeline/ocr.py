"""Drive tesseract: pictures of lines of text to words, each with its place and how sure it is."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import Reason, Unreadable
from pipeline.language import _

INSTALL = "sudo apt-get install --no-install-recommends tesseract-ocr tesseract-ocr-nld tesseract-ocr-script-latn"
"""The line to type on Debian where the recognition of text is missing."""
DUTCH = "nld"
ENGLISH = "eng"
_LATIN = ("Latin", "script/Latin")
"""What the letters of all Latin scripts are called, by where a system keeps them."""
_CHANCES = (
    (0.0, 0.1),
    (0.3, 0.3),
    (0.5, 0.45),
    (0.6, 0.58),
    (0.7, 0.72),
    (0.8, 0.88),
    (0.85, 0.94),
    (0.88, 0.97),
    (0.9, 0.99),
    (0.92, 0.997),
    (0.95, 0.9995),
    (1.0, 0.9999),
)
"""How sure tesseract says that it is of a word → how often such words were right; straight lines between.

Counted over 14,232 words of 15 scans of the development sample of `tests.bench.reading` (`--seed dev`, three of each
kind), each against the words that the scanned print holds at that place; words broken at the end of a line and what
was no text left out. An earlier count over 15,960 words gave the same within a hundredth above 0.85.
"""
_START_SECONDS = 20.0
_LINE_SECONDS = 0.5
_ASK_SECONDS = 20.0


class Seen(NamedTuple):
    """A word that was recognised, with its place in the picture of its line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    """The chance that it is right, from 0 to 1."""


def available() -> str | None:
    """Give the version of tesseract, or None where it or its Dutch is missing."""
    return None if lacks() else _ask("--version").split()[1]


def lacks() -> str:
    """Say what is missing, in plain Dutch; "" when nothing is."""
    try:
        require()
    except Unreadable as unreadable:
        return unreadable.detail
    return ""


def missing() -> str:
    """Say what is missing to read scans, with the line to type."""
    lacking = _(lacks())
    what = lacking[:1].upper() + lacking[1:]
    return _("{what}, dus scans worden niet gelezen. Typ: {line}").format(what=what, line=INSTALL)


@functools.cache
def languages() -> frozenset[str]:
    """Give the languages that tesseract knows here."""
    return frozenset(_ask("--list-langs").split("\n")[1:])


def latin() -> str:
    """Give what the letters of all Latin scripts are called here; "" where tesseract does not know them."""
    return next((name for name in _LATIN if name in languages()), "")


def require() -> None:
    """Refuse when text cannot be recognised here.

    Raises:
        Unreadable: NO_OCR, with what is missing.
    """
    if shutil.which("tesseract") is None:
        raise Unreadable(Reason.NO_OCR, "het programma tesseract ontbreekt")
    if DUTCH not in languages():
        raise Unreadable(Reason.NO_OCR, "het Nederlands van tesseract ontbreekt")


def read_lines(tiff: bytes, count: int, *, language: str = DUTCH) -> list[list[Seen]]:
    """Read pictures that hold one line of text each.

    Args:
        tiff: the pictures, as the pages of one TIFF.
        count: how many they are.
        language: of the text.

    Returns:
        For each picture its words, left to right.

    Raises:
        Unreadable: it took too long, or tesseract failed.
    """
    with tempfile.TemporaryDirectory(prefix="wijkcontract-") as folder:
        path = Path(folder, "regels.tif")
        path.write_bytes(tiff)
        command = ["tesseract", str(path), "-", "-l", language, "--psm", "7", "--dpi", "300"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, the arguments are ours
                [*command, "tsv"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_START_SECONDS + _LINE_SECONDS * count,
                env=_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise Unreadable(Reason.TIMEOUT, "de tekstherkenning van een bladzijde duurde te lang") from late
    if done.returncode != 0:
        raise Unreadable(Reason.CRASHED, "de tekstherkenning is vastgelopen")
    return _words(done.stdout.decode("utf-8", "replace"), count)


def _words(table: str, count: int) -> list[list[Seen]]:
    """Take the words out of tesseract's table: level, page, …, left, top, width, height, confidence, text."""
    lines: list[list[Seen]] = [[] for _ in range(count)]
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        sure = chance(max(0.0, float(cells[10])) / 100)
        seen = Seen(cells[11].strip(), left, top, left + width, top + height, sure)
        lines[int(cells[1]) - 1].append(seen)
    return lines


def chance(sure: float) -> float:
    """Give how often a word is right of which tesseract says that it is so sure, both from 0 to 1."""
    for (less, low), (more, high) in pairwise(_CHANCES):
        if sure < more:
            return low + (high - low) * (sure - less) / (more - less)
    return _CHANCES[-1][1]


def _ask(question: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, the arguments are ours
            ["tesseract", question],  # noqa: S607 - found on the PATH, as every program that we drive
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_ASK_SECONDS,
            env=_environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "? ?"
    return done.stdout.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """Keep tesseract to one processor: its threads cost more than they gain."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
