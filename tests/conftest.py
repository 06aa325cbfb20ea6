"""What all tests share: which programs are there, and the account of what was not run."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict

import pytest

from pipeline import ocr
from tests.soft_token import token  # noqa: F401 - a fixture

PROGRAMS = {
    "requires_ghostscript": ("gs", "Ghostscript"),
    "requires_poppler": ("pdftocairo", "poppler"),
    "requires_soffice": ("soffice", "LibreOffice"),
    "requires_softhsm": ("softhsm2-util", "SoftHSM2"),
    "requires_tesseract": ("tesseract", "Tesseract"),
}
"""Marker → the program that it needs, and its name."""


def pytest_configure(config: pytest.Config) -> None:
    for marker, (_program, name) in PROGRAMS.items():
        config.addinivalue_line("markers", f"{marker}: needs {name}")
    config.addinivalue_line("markers", "requires_latin: needs Tesseract with all Latin letters")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (program, name) in PROGRAMS.items():
        if item.get_closest_marker(marker) and shutil.which(program) is None:
            do_without(f"{name} ({program}) is niet geïnstalleerd")
    if item.get_closest_marker("requires_latin") and not ocr.latin():
        do_without("de Latijnse letters van Tesseract zijn niet geïnstalleerd")


def do_without(reason: str) -> None:
    """Leave a test out, or fail it where everything has to be there."""
    if os.environ.get("WIJKCONTRACT_REQUIRE") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = defaultdict(int)
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        skipped[reason.removeprefix("Skipped: ")] += 1
    terminalreporter.section("niet uitgevoerd")
    for reason, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{count} × {reason}")
    if not skipped:
        terminalreporter.write_line("alles is uitgevoerd")
