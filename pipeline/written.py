"""What a run wrote of a dossier, read back: the dossier, its findings, what its papers state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import archive
from pipeline.dossier import Dossier
from pipeline.errors import UsageError
from pipeline.finding import Finding
from pipeline.language import _
from pipeline.library import Call
from pipeline.stated import PaperStated, decode

DOSSIER = "dossier.json"
FINDINGS = "bevindingen.json"
STATED = "herkomst.json"
DATA = (DOSSIER, FINDINGS, STATED)
"""What is read again, and no person should change."""


def read_dossier(call: Call, path: Path) -> Dossier:
    """Give back a dossier from its data.

    Raises:
        UsageError: the data is gone or no longer what was written.
    """
    with written_by_us(path):
        data = json.loads(path.read_bytes())
        return archive.decode_dossier(data, call.forms[data["form"]])


def read_findings(path: Path) -> tuple[Finding, ...]:
    """Give back the findings of a dossier.

    Raises:
        UsageError: the data is gone or no longer what was written.
    """
    with written_by_us(path):
        return archive.decode_findings(json.loads(path.read_bytes()))


def read_stated(path: Path) -> tuple[PaperStated, ...]:
    """Give back what the papers of a dossier state, with the errors of `read_findings`."""
    with written_by_us(path):
        return decode(json.loads(path.read_bytes()))


def read_replaced(path: Path) -> tuple[Finding, ...]:
    """Give back the findings of the intake in whose place the award speaks, with the errors of `read_findings`."""
    with written_by_us(path):
        return archive.decode_replaced(json.loads(path.read_bytes()))


@contextmanager
def written_by_us(path: Path) -> Iterator[None]:
    """Tell clearly that a file of ours was removed or changed; a run makes it again."""
    try:
        yield
    except (FileNotFoundError, ValueError, KeyError, TypeError) as wrong:
        raise damaged(path) from wrong


def damaged(path: Path) -> UsageError:
    """Give the error that a file of ours was removed or changed."""
    return UsageError(
        _("«{path}» ontbreekt of is gewijzigd. Verwerk de inbox opnieuw met «run»; dan wordt het hersteld.").format(
            path=path
        )
    )
