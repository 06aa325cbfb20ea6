"""The verb `test`: the whole test-suite of a checkout."""

from __future__ import annotations

import os
import sys

import click

from pipeline import resources
from pipeline.commands.frame import verb
from pipeline.errors import UsageError
from pipeline.language import _


@verb(
    short_help=_("Voert alle tests uit."),
    context_settings={"ignore_unknown_options": True},
    help=_("Voert alle tests uit en eindigt met wat niet uitgevoerd werd en waarom. Wat u meegeeft, gaat naar pytest."),
)
@click.argument("arguments", metavar=_("[PYTEST…]"), nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> int:
    """Run the tests."""
    import subprocess

    folder = resources.ROOT / "tests"
    if not folder.is_dir():
        raise UsageError(_("De tests zitten alleen in de broncode. Haal die op en typ daar: python3 cli.py test"))
    options = arguments or ("-n", str(min(4, len(os.sched_getaffinity(0)))))
    command = [sys.executable, "-m", "pytest", *options]
    return subprocess.run(command, cwd=resources.ROOT, check=False).returncode  # noqa: S603 - our own tests
