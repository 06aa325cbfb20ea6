"""The contract of the demo's first dossier, decided and with its clauses confirmed, ready to be issued."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline import commands, resources

NUMBER = "WVC-2021-0001"
MEETING = f"{NUMBER}/vergadering-01"
CALL = "wijkverbeteringscontract"
SAMPLES = resources.ROOT / "forms" / CALL / "voorbeelden"
CONFIRMED = 'confirmed_by = "J. Jurist (fictief)"\nconfirmed_on = 2021-12-01\n'
ISSUED_BY = ("--by", "N. Dossier", "--on", "2022-06-01", "--no-pdf")


def decided(place: Path) -> Path:
    """Give an output folder with that dossier and the minutes of its steering group."""
    forms = place / "call" / "forms" / CALL
    shutil.copytree(resources.ROOT / "forms" / CALL, forms, ignore=shutil.ignore_patterns("voorbeelden", "blanco"))
    shutil.copytree(resources.ROOT / "templates" / CALL, place / "call" / "templates" / CALL)
    papers = place / "call" / "templates" / CALL / "documenten.toml"
    text = papers.read_text(encoding="utf-8")
    papers.write_text(text.replace("[[clausule]]\n", f"[[clausule]]\n{CONFIRMED}"), encoding="utf-8")
    inbox, output = place / "inbox", place / "output"
    shutil.copytree(SAMPLES / "inbox" / "Gent Muide-Meulestede", inbox / "gent")
    run("run", inbox, "--call", forms, "--no-pdf", "--jobs", "0", "--date", "2021-07-20", "-o", output)
    when = ("--date", "2021-12-17", "--today", "2021-12-20")
    run("decide", NUMBER, "--granted", "800.000", *when, "--reference", "VR (fictief)", "--no-pdf", "-o", output)
    (place / "meetings").mkdir()
    shutil.copy(SAMPLES / "vergaderingen" / "stuurgroep Gent 10 maart 2022.docx", place / "meetings")
    run("run", place / "meetings", "--call", forms, "--no-pdf", "--jobs", "0", "--date", "2022-05-20", "-o", output)
    return output


def run(*arguments: object) -> int:
    """Run a verb."""
    return commands.run([str(argument) for argument in arguments])
