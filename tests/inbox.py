"""An inbox filled by hand: submissions to the made-up call and to the call itself, on a disk of their own."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Any

from pipeline.blank import write_docx
from pipeline.library import Call, load
from pipeline.run import Result, Settings, run
from tests.fill import fill

SMALL = str(Path(__file__).parent / "calls" / "forms" / "klimaatwijken")
DAY = dt.date(2022, 4, 1)

PROPOSAL: dict[str, Any] = {
    "stad": "Gent",
    "mailadres": "buurt@example.org",
    "eerder_gesteund": False,
    "buurt": "Muide",
    "aanleiding": "Het plein is van steen en in de zomer te heet.",
    "thema": ["groen", "koelte"],
    "klaar_op": dt.date(2024, 6, 30),
    "ingrepen": [
        {"wat": "Veertig bomen op het plein", "soort": "groen", "raming": "40.000"},
        {"wat": "Een waterspeelplek", "soort": "koelte", "raming": "20.000,00"},
    ],
    "metingen": [{"wie": "Buurtcomité", "grootheid": "Temperatuur", "hoe_vaak": "dagelijks"}],
    "bijdrage": "42.000",
    "eigen_deel": "18.000",
}
"""Complete: 42.000 of 60.000 euro asked, 18.000 euro (30 percent) own share."""


@functools.cache
def _blank(call: str, form: str) -> tuple[bytes, Call]:
    loaded = load(call)
    return write_docx(loaded.forms[form], loaded), loaded


def filled(answers: dict[str, Any], call: str = SMALL, form: str = "voorstel") -> bytes:
    """Give a form filled in Word."""
    blank, loaded = _blank(call, form)
    return fill(blank, answers, loaded.forms[form])


def proposal(**changes: Any) -> bytes:
    """Give a proposal to the made-up call; `None` leaves a question open."""
    answers = {key: value for key, value in (PROPOSAL | changes).items() if value is not None}
    return filled(answers)


def put(inbox: Path, **files: bytes) -> Path:
    """Lay files in an inbox; `__` in a name stands for a folder, the ending is .docx."""
    for name, content in files.items():
        path = inbox / f"{name.replace('__', '/')}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return inbox


def receipts(inbox: Path, *rows: str) -> None:
    """Write `ontvangst.csv`."""
    lines = ["bestand;ontvangen;kanaal;afzender", *rows]
    (inbox / "ontvangst.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def work(inbox: Path, output: Path, *, call: str = SMALL, day: dt.date = DAY, **settings: Any) -> Result:
    """Run the inbox in this process, without PDF unless asked."""
    return run(inbox, output, call, Settings(day, **({"pdf": False} | settings)))


def contents(folder: Path, *, but: tuple[str, ...] = ("register.sqlite",)) -> dict[str, bytes]:
    """Give every file under a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in but
    }
