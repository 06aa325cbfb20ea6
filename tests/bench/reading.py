"""How exact and how fast reading is: on forms made here by a seed, beside what else reads such files.

    .venv/bin/python -m tests.bench.reading [--only PART] [--kinds KIND …] [--number 40] [--seed dev] [--keep DIR]

The code is tuned on `--seed dev` (or any other); the figure is that of the seed of the day of measuring, which is the
default. What a program is missing for is left out and named. It ends with a line per aim, and with 1 when one is short.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tests.bench import accuracy, speed, words
from tests.bench.aims import Aim, tell
from tests.bench.kinds import KINDS

PARTS = ("words", "accuracy", "speed")
FIGURE = "figuur-2021"


def main() -> int:
    """Measure and tell."""
    options = parse()
    parts = options.only or PARTS
    aims: list[Aim] = []
    if "words" in parts:
        aims += words.measure(options.seed)
    if "accuracy" in parts:
        aims += accuracy.measure(options.kinds, options.number, options.seed, options.jobs, options.keep)
    if "speed" in parts:
        aims += speed.measure(options.seed)
    return tell(aims)


def parse() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, help="parts to measure; all when left out")
    parser.add_argument("--kinds", nargs="+", default=[], choices=[kind.name for kind in KINDS], metavar="KIND")
    parser.add_argument("--number", type=int, default=40, help="documents a kind")
    parser.add_argument("--seed", default=FIGURE, help="dev (or another) while working; the default for the figure")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="files made and read at a time")
    parser.add_argument("--keep", type=Path, help="keep the documents with mistakes here, each with a list of them")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
