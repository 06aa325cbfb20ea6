"""The house stays liveable: style, types, direction of the data, no machine in the project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "requirements.lock",
    "pyproject.toml",
    "cli.py",
    "forms",
    "templates",
    "pipeline",
    "locale",
    "output",
    "tests",
}


def tool(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("geen git-kopie: de lijst van bestanden is niet bekend")
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def test_ruff_finds_nothing():
    tool("ruff", "check", "--no-cache", ".")


def test_the_code_is_formatted():
    tool("ruff", "format", "--check", "--no-cache", ".")


def test_mypy_strict_finds_nothing():
    tool("mypy")


def test_data_goes_one_way():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_top_level_holds_nothing_more_than_was_prescribed():
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP_LEVEL <= {
        ".ci",
        ".gitignore",
        ".gitattributes",
    }


def test_the_data_folders_hold_no_python():
    assert [
        path
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in {"forms", "templates", "locale"}
    ] == []


def test_no_path_of_a_machine_and_no_registry_host_is_in_the_project():
    pattern = re.compile(r"(?<![\w.])/(work|root|home/\w+)/|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian")
    found = []
    for path in tracked():
        if path.suffix in {".docx", ".pdf", ".png", ".odt"} or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []
