"""Where something to read scans is missing, that is said with the line to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pdf_files import Drawn
from tests.scan_files import Scanner, as_pdf

WITHOUT = "import sys; sys.modules['{}'] = None; from pipeline import commands; sys.exit(commands.run(sys.argv[1:]))"


@pytest.fixture(scope="module")
def scan(tmp_path_factory) -> Path:
    """Give a scan of one page."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(as_pdf(Scanner(150).scan(Drawn().text(55, 96, "Naam").page().bytes()), 150))
    return path


def refused(scan: Path, *start: str, **environment: str) -> str:
    """Read the scan with a program in this environment; give what it tells."""
    command = [sys.executable, *(start or ("-m", "pipeline.commands")), "read", str(scan)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, timeout=60
    )
    assert done.returncode == 4
    return " ".join((done.stdout + done.stderr).split())


def test_without_the_languages_of_tesseract_the_line_to_type_is_told(scan, tmp_path):
    told = refused(scan, TESSDATA_PREFIX=str(tmp_path))
    assert "het Nederlands van tesseract ontbreekt" in told
    line = "sudo apt-get install --no-install-recommends tesseract-ocr tesseract-ocr-nld tesseract-ocr-script-latn"
    assert line in told


@pytest.mark.requires_tesseract
def test_without_its_dutch_tesseract_is_not_used_in_english(scan, tmp_path):
    english = next(Path("/usr/share").glob("tesseract-ocr/*/tessdata/eng.traineddata"))
    shutil.copy(english, tmp_path)
    told = refused(scan, TESSDATA_PREFIX=str(tmp_path))
    assert "het Nederlands van tesseract ontbreekt" in told
    assert "tesseract-ocr-nld" in told


@pytest.mark.parametrize(
    ("library", "lacking"),
    [("cv2", "de bibliotheken numpy en opencv ontbreken"), ("tesserocr", "de bibliotheek tesserocr ontbreekt")],
)
def test_without_the_libraries_of_the_extra_its_name_is_told(scan, library, lacking):
    told = refused(scan, "-c", WITHOUT.format(library))
    assert lacking in told
    assert "pip install 'wijkcontract[ocr]'" in told
