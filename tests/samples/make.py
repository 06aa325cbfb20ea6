"""Makes the demo's inbox again; what is stored in git is the truth, for LibreOffice does not give the same bytes twice.

.venv/bin/python -m tests.samples.make [map]
"""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.samples import independent, mails, papers
from tests.samples.content import attachments, load

ROOT = Path(__file__).parents[2]
BLANK = ROOT / "forms" / "wijkverbeteringscontract" / "blanco"
SAMPLES = ROOT / "forms" / "wijkverbeteringscontract" / "voorbeelden"

MAILED = ("Aanvraag Grimde-Zuid.eml", "tienen")
"""The submission that came as one mail, and its content."""

Writer = Callable[[dict[str, Any]], bytes]

_MEETING_TABLES = {
    "leden": ("naam", "functie", "organisatie", "vertegenwoordigt", "aanwezigheid"),
    "agendapunten": ("titel", "bespreking", "beslist", "besluit"),
    "actiepunten": ("nummer", "actie", "wie", "tegen", "status"),
    "vergaderbijlagen": ("bestand", "omschrijving"),
}


def main() -> None:
    """Write inbox and meetings into a folder."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    for folder in ("inbox", "vergaderingen"):
        for made in (target / folder).glob("*"):
            if made.name != "ontvangst.csv":
                shutil.rmtree(made) if made.is_dir() else made.unlink()
    inbox = target / "inbox"
    for folder, name, file, writer in submissions():
        answers = load(name)
        lay(inbox / folder, file, writer(answers), answers)
    (inbox / "Diest vestingwijk" / "collegebesluit.pdf").unlink()
    first = load("herentals")
    first["financieringsbronnen"][1]["bedrag"] = Decimal("70000.00")
    lay(inbox / "Herentals Molekens", "aanvraag Herentals.docx", independent.register(first), first)
    shutil.copytree(inbox / "Ronse Prinskouter", inbox / "Ronse Prinskouter (kopie)")
    whole = word(load("gent"))
    (inbox / "Tielt aanvraagformulier.docx").write_bytes(whole[: len(whole) // 2])
    (inbox / "Poperinge aanvraag beveiligd.pdf").write_bytes(papers.secret(papers.page("Aanvraagformulier", ["…"])))
    answers = load(MAILED[1])
    (inbox / MAILED[0]).write_bytes(mails.submission(fillable(answers), answers))
    (inbox / "Rapport LEKP Oud-Berchem.docx").write_bytes(papers.climate_report())
    (inbox / "factuur 2021-118.pdf").write_bytes(papers.invoice())
    meetings(target / "vergaderingen")


def submissions() -> Iterator[tuple[str, str, str, Writer]]:
    """Give the folder, the content, the file name of the form and how it was made."""
    yield "Gent Muide-Meulestede", "gent", "Aanvraagformulier Gent.docx", word
    yield "Sint-Truiden Nieuw Sint-Truiden", "sint-truiden", "aanvraag.docx", lambda a: office(word(a), "docx")
    yield "kortrijk_overleie", "kortrijk", "WVC_Kortrijk_Overleie.docx", word
    yield "Aalst Rechteroever", "aalst", "Aanvraag Rechteroever.docx", independent.letter
    yield "turnhout parkwijk", "turnhout", "aanvraag parkwijk.docx", independent.register
    yield "Roeselare - Krottegem", "roeselare", "Aanvraagformulier Krottegem.pdf", lambda a: office(word(a), "pdf")
    yield "Ronse Prinskouter", "ronse", "Prinskouter.pdf", lambda a: office(independent.letter(a), "pdf")
    yield "vilvoorde far-west", "vilvoorde", "formulier far-west.docx", lambda a: office(word(a), "docx")
    yield (
        "Lokeren Hoedhaar",
        "lokeren",
        "Aanvraag Hoedhaar (definitief).odt",
        lambda a: office(independent.numbered(a), "odt"),
    )
    yield "Diest vestingwijk", "diest", "Aanvraagformulier.docx", word
    yield "Eeklo Oostveldwijk", "eeklo", "aanvraag-eeklo.docx", word
    yield "Herentals Molekens versie 2", "herentals", "aanvraag Herentals v2.docx", independent.register
    yield "Menen Barakken", "menen", "Barakken.pdf", independent.printed
    yield "ninove burchtdam", "ninove", "aanvraag.docx", word


def lay(folder: Path, file: str, form: bytes, answers: dict[str, Any]) -> None:
    """Lay a form and the files that it names in a folder."""
    folder.mkdir(parents=True)
    (folder / file).write_bytes(form)
    for name, _about in attachments(answers):
        (folder / name).write_bytes(papers.attachment(name, answers))


def word(answers: dict[str, Any]) -> bytes:
    """Fill the blank form as Word does."""
    return filled("aanvraag", answers)


def filled(key: str, answers: dict[str, Any]) -> bytes:
    """Fill a blank form as it is kept."""
    from pipeline.library import load as load_call
    from tests.fill import fill

    form = load_call("wijkverbeteringscontract").forms[key]
    return fill((BLANK / f"{key}.docx").read_bytes(), copy.deepcopy(answers), form)


def fillable(answers: dict[str, Any]) -> bytes:
    """Fill the blank PDF, its fields alone, as pypdf does."""
    from pipeline.library import load as load_call
    from tests.fill_pdf import by_pypdf

    form = load_call("wijkverbeteringscontract").form
    return by_pypdf((BLANK / "aanvraag.pdf").read_bytes(), form, copy.deepcopy(answers))


def meetings(folder: Path) -> None:
    """Write the notes of two steering groups: one as Word saved it, one as LibreOffice did."""
    folder.mkdir(parents=True, exist_ok=True)
    raw = tomllib.loads((Path(__file__).parent / "meetings.toml").read_text(encoding="utf-8"))
    for answers in raw.values():
        for key, columns in _MEETING_TABLES.items():
            if key in answers:
                answers[key] = [dict(zip(columns, row, strict=True)) for row in answers[key]]
        for key in ("besteed", "saldo", "besteed_infrastructuur"):
            answers[key] = Decimal(answers[key])
    (folder / "stuurgroep Gent 10 maart 2022.docx").write_bytes(filled("vergadering", raw["gent"]))
    saved_again = office(filled("vergadering", raw["sint-truiden"]), "docx")
    (folder / "stuurgroep Sint-Truiden 19 mei 2022.docx").write_bytes(saved_again)


def office(docx: bytes, ending: str) -> bytes:
    """Open a Word file in LibreOffice and save it as Word or OpenDocument, or print it to PDF."""
    with _folder() as folder:
        source = folder / "formulier.docx"
        source.write_bytes(docx)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (folder / "out" / f"formulier.{ending}").read_bytes()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


if __name__ == "__main__":
    main()
