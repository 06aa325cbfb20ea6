"""How soon the program starts: the processor time of `--help`, as installed and through the door.

    .venv/bin/python -m tests.bench.start [--number 15]

A bare start of the same Python is measured in the same turns. Through `cli.py` there are two starts, the first of the
Python of the system with all that it loads by itself.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.aims import Aim, tell

ROOT = Path(__file__).parents[2]
AIM = 0.2
"""Seconds."""


def seconds(command: list[str]) -> float:
    """Give the processor time of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure, print the table and the aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=15, help="starts of each")
    number = parser.parse_args().number
    system = shutil.which("python3") or sys.executable
    sides = {
        "bare Python": [sys.executable, "-c", "pass"],
        "--help": [sys.executable, "-m", "pipeline.commands", "--help"],
        "bare python3": [system, "-c", "pass"],
        "cli.py --help": [system, "cli.py", "--help"],
    }
    taken: dict[str, list[float]] = {side: [] for side in sides}
    for _turn in range(number):
        for side, command in sides.items():
            taken[side].append(seconds(command))
    print(f"{'processor time, ms':20} {'median':>8} {'least':>8}")
    for side, each in taken.items():
        print(f"{side:20} {statistics.median(each) * 1000:8.0f} {min(each) * 1000:8.0f}")
    print()
    figure = statistics.median(taken["--help"])
    return tell([Aim("--help", f"{figure * 1000:.0f} ms", f"< {AIM * 1000:.0f} ms", figure < AIM)])


if __name__ == "__main__":
    sys.exit(main())
