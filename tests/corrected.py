"""A dossier that officials correct, worked by the command line with a copy of the made-up call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode
from tests.call_copies import copy_call
from tests.inbox import proposal
from tests.supplements import Desk

FIRST, SECOND, THIRD = "KLIMA-001-22", "KLIMA-002-22", "KLIMA-003-22"
RECEIVED = "2022-03-01T09:00:00+01:00"
LATER = "2022-03-20T09:00:00+01:00"
ACTED = "op 5 april 2022. Reden: Nagevraagd. Door J. Peeters."


def worked(folder: Path, capsys: Any) -> Desk:
    """Give a desk with one dossier, that of `gent.docx`."""
    desk = Desk(folder, capsys, str(copy_call(folder / "call")))
    desk.receive("gent.docx", proposal(), RECEIVED)
    assert desk.run()[0] == ExitCode.DONE
    return desk


def told(desk: Desk, number: str = FIRST) -> list[dict[str, Any]]:
    """Give what `status --json` says should be looked at again."""
    _code, out, _err = desk.cli("status", number, "--json")
    (line,) = json.loads(out)["dossiers"]
    found: list[dict[str, Any]] = line["look_again"]
    return found


def answer(desk: Desk, field: str, number: str = FIRST) -> dict[str, Any]:
    """Give an answer as `dossier.json` holds it."""
    found: dict[str, Any] = desk.dossier(number)["answers"][field]
    return found
