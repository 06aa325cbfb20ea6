"""A dossier of the made-up call that lacks things, the supplement asked for it, and answers to that."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf

from pipeline import commands, supplement
from pipeline.form import Form
from pipeline.library import load
from pipeline.register import at
from tests.fill import fill
from tests.inbox import SMALL, proposal, put, receipts

NUMBER = "KLIMA-001-22"
LACKING: dict[str, Any] = {
    "mailadres": None,
    "ingrepen": [{"wat": "Veertig bomen", "soort": "groen"}],
    "metingen": None,
    "bijdrage": "400,000",
}
"""Two answers and a cell left open, a row too few, an amount that may be four hundred or four hundred thousand."""
ANSWERS: dict[str, Any] = {
    "mailadres": "buurt@example.org",
    "ingrepen__1__raming": "40.000",
    "ingrepen": [{"wat": "Een waterspeelplek", "soort": "koelte", "raming": "20.000,00"}],
    "metingen": [{"wie": "Buurtcomité", "grootheid": "Temperatuur", "hoe_vaak": "dagelijks"}],
    "bijdrage": "42.000",
}
"""With these the proposal is the complete one of `tests.inbox`."""


class Desk:
    """An inbox and an output folder, worked by the command line as people do."""

    def __init__(self, folder: Path, capsys: Any, call: str = SMALL) -> None:
        self.inbox = folder / "inbox"
        self.output = folder / "output"
        self.call = call
        self._capsys = capsys
        self.moments: list[str] = []

    def cli(self, *arguments: object) -> tuple[int, str, str]:
        """Run a verb in the output folder; give exit code, stdout and stderr."""
        if self._capsys is None:
            return commands.run([*map(str, arguments), "-o", str(self.output)]), "", ""
        self._capsys.readouterr()
        code = commands.run([*map(str, arguments), "-o", str(self.output)])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def run(self, day: str = "2022-04-10") -> tuple[int, str, str]:
        """Work the inbox."""
        return self.cli("run", self.inbox, "--call", self.call, "--no-pdf", "--jobs", "0", "--date", day)

    def receive(self, name: str, content: bytes, moment: str = "") -> None:
        """Lay a file in the inbox, with the moment of its receipt; a folder in its name makes a submission of it."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if moment:
            self.moments.append(f"{name.split('/', maxsplit=1)[0]};{moment};e-mail;")
            receipts(self.inbox, *self.moments)

    def act(self, *arguments: object, day: str = "2022-04-05") -> tuple[int, str, str]:
        """Let an official do something."""
        why = ("--why", "Nagevraagd.", "--by", "J. Peeters", "--no-pdf", "--date", day)
        return self.cli(*arguments, *why)

    def ask(self, number: str = NUMBER, day: str = "2022-04-02", *options: str) -> tuple[int, str, str]:
        """Ask for a supplement."""
        return self.cli("supplement", number, "--no-pdf", "--date", day, *options)

    def folder(self, number: str = NUMBER) -> Path:
        """Give the folder of a dossier."""
        (found,) = self.output.glob(f"{number} *")
        return found

    def form(self, number: str = NUMBER, sequence: int = 1) -> Form:
        """Give the definition of the form that was sent."""
        register = at(self.output)
        request = register.requests()[number][sequence - 1]
        register.close()
        return supplement.form_of(load(self.call), number, (request,))

    def filled(self, answers: dict[str, Any], number: str = NUMBER, sequence: int = 1) -> bytes:
        """Give the Word form filled in."""
        form = (self.folder(number) / f"aanvullingsformulier-{sequence}.docx").read_bytes()
        return fill(form, answers, self.form(number, sequence))

    def dossier(self, number: str = NUMBER) -> dict[str, Any]:
        """Give the data of a dossier."""
        return json.loads((self.folder(number) / "dossier.json").read_bytes())

    def state(self, number: str = NUMBER) -> str:
        """Say how a dossier stands, as `status` prints it."""
        _code, out, _err = self.cli("status", number)
        return out.splitlines()[0].rpartition(": ")[2]


def lacking(folder: Path, capsys: Any, **changes: Any) -> Desk:
    """Give a desk with one proposal that lacks things, worked through."""
    desk = Desk(folder, capsys)
    put(desk.inbox)
    desk.receive("gent.docx", proposal(**(LACKING | changes)), "2022-03-01T09:00:00+01:00")
    desk.run("2022-04-01")
    return desk


def filled_pdf(blank: bytes, answers: dict[str, Any]) -> bytes:
    """Fill a PDF form as another program does: values only, no appearances; `a=b` ticks a box."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        found: dict[str, Any] = {}

        def walk(node: Any, name: str) -> None:
            name = f"{name}.{node.T}".strip(".") if "/T" in node else name
            kids = [kid for kid in node.get("/Kids", []) if "/T" in kid]
            if not kids:
                found[name] = node
            for kid in kids:
                walk(kid, name)

        for top in pdf.Root.AcroForm.Fields:
            walk(top, "")
        for name, value in answers.items():
            found[name].V = value
        pdf.save(made)
    return made.getvalue()
