"""The README tells what is true: its sessions run, its verbs are all the verbs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def steps(session: str) -> list[tuple[str, str]]:
    """Give each command with the output that the README shows."""
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def pattern(shown: str) -> re.Pattern[str]:
    """Read «…» as anything: a line of its own for any lines, elsewhere for the rest of the words."""
    lines = [r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in shown.splitlines()]
    return re.compile("".join(lines))


@pytest.mark.parametrize(
    "session",
    [
        pytest.param(session, marks=[pytest.mark.requires_soffice] if " issue " in session else [])
        for session in SESSIONS
    ],
    ids=range(len(SESSIONS)),
)
def test_a_session_of_the_readme_prints_what_it_shows(session, tmp_path):
    for name in ("forms", "templates", "locale", "pipeline"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    program = f"{shlex.quote(sys.executable)} -m pipeline.commands"
    assert steps(session)
    for command, shown in steps(session):
        done = subprocess.run(
            ["bash", "-c", command.replace("python3 cli.py", program)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        printed = done.stdout.replace("\u00a0", " ")
        assert pattern(shown).fullmatch(printed), f"{command}\n{done.stdout}\n{done.stderr}"


def test_the_two_commands_of_the_readme_are_demo_and_test():
    assert "python3 cli.py demo" in README
    assert "python3 cli.py test" in README
