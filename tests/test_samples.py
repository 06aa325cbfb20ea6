"""The demo's inbox: every sample gives what its hand-written table says, and is what it claims to be."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline import life
from pipeline.report.telling import Completeness
from pipeline.run import Settings, open_desk, renew, run
from tests.samples.content import FOLDER, load
from tests.samples.make import MAILED, submissions

SAMPLES = Path(__file__).parents[1] / "forms" / "wijkverbeteringscontract" / "voorbeelden"
EXPECTED = tomllib.loads((SAMPLES / "VERWACHT.toml").read_text(encoding="utf-8"))
DECISIONS = tomllib.loads((SAMPLES / "beslissingen.toml").read_text(encoding="utf-8"))["beslissing"]
DOSSIERS = {entry["bestand"]: entry for entry in EXPECTED["dossier"]}
CALL = "wijkverbeteringscontract"


class Worked:
    """The output of the whole chain: inbox, decisions, meetings."""

    def __init__(self, output: Path) -> None:
        self.output = output
        intake = Settings(today=dt.date(2021, 7, 26), pdf=False)
        self.intake = run(SAMPLES / "inbox", output, CALL, intake)
        self.findings_of_call = self._json(output / "bevindingen.json")["findings"]
        award = Settings(today=dt.date(2021, 12, 20), pdf=False)
        with open_desk(output, CALL, award) as at:
            for decision in DECISIONS:
                life.decide(
                    at.register,
                    DOSSIERS[decision["bestand"]]["nummer"],
                    granted=Decimal(decision["toegekend"]),
                    on=decision["datum"],
                    reference=decision["referentie"],
                )
            self.award = renew(at)
        later = Settings(today=dt.date(2022, 6, 1), pdf=False)
        self.meetings = run(SAMPLES / "vergaderingen", output, CALL, later)

    @staticmethod
    def _json(path: Path) -> Any:
        return json.loads(path.read_text(encoding="utf-8"))

    def dossier(self, number: str) -> Any:
        """Give what was read."""
        (folder,) = self.output.glob(f"{number} *")
        return self._json(folder / "dossier.json")

    def paths(self) -> dict[str, str | None]:
        """Give the dossier of each top-level entry of the inbox."""
        inputs = self._json(self.output / "manifest.json")["inputs"]
        return {entry["path"].split("/")[0]: entry["dossier"] for entry in inputs}


@pytest.fixture(scope="module")
def worked(tmp_path_factory) -> Worked:
    return Worked(tmp_path_factory.mktemp("demo") / "output")


def codes(line, outcome: str, severity: str = "") -> list[str]:
    return sorted(
        {f.code for f in line.findings if f.outcome.value == outcome and (not severity or f.severity.value == severity)}
    )


def papers(line, *, draft: bool) -> list[str]:
    count = Counter(paper.key for paper in line.papers if paper.draft is draft)
    return sorted(f"{key} × {n}" if key == "partnerverklaring" else key for key, n in count.items())


@pytest.mark.parametrize("name", DOSSIERS)
def test_each_dossier_gets_its_number_and_the_findings_that_the_call_asks(worked, name):
    expected = DOSSIERS[name]
    line = worked.intake.lines[expected["nummer"]]
    source = worked.dossier(expected["nummer"])["source"]["name"]
    came = SAMPLES / "inbox" / name
    assert source in {path.name for path in came.iterdir()} if came.is_dir() else source.startswith(f"{name}/")
    assert codes(line, "fails", "blocking") == expected["blokkerend"]
    assert codes(line, "fails", "warning") == expected["waarschuwing"]
    assert codes(line, "fails", "info") == expected["info"]
    assert codes(line, "not_judged") == expected["niet_beoordeeld"]
    assert (line.completeness is Completeness.COMPLETE) is expected["volledig"]


@pytest.mark.parametrize("name", DOSSIERS)
def test_each_dossier_holds_the_amounts_answers_and_states_of_the_table(worked, name):
    expected = DOSSIERS[name]
    answers = worked.dossier(expected["nummer"])["answers"]

    def total(table: str, column: str, kind: str = "", *kinds: str) -> Decimal:
        rows = [row for row in answers[table]["rows"] if not kind or row[kind]["value"] in kinds]
        return sum((Decimal(row[column]["value"]) for row in rows), Decimal(0))

    amounts = {
        "gevraagde_subsidie": answers["gevraagde_subsidie"]["value"] or "",
        "kostprijs": total("begroting", "bedrag"),
        "eigen_inbreng": total("financieringsbronnen", "bedrag", "type", "eigen"),
        "infrastructuursubsidie": total("begroting", "subsidie", "kostensoort", "infrastructuur"),
    }
    for key, amount in expected["bedragen"].items():
        assert str(amounts[key]) == amount or Decimal(amounts[key]) == Decimal(amount), key
    for key, answer in expected["antwoorden"].items():
        found = answers[key]
        assert (len(found["rows"]) if "rows" in found else found["value"]) == answer, key
    for key, state in expected["toestanden"].items():
        assert answers[key]["state"] == state, key


@pytest.mark.parametrize("name", [name for name, entry in DOSSIERS.items() if "toegekend" in entry])
def test_a_decided_dossier_has_final_papers_for_the_amount_granted(worked, name):
    expected = DOSSIERS[name]
    line = worked.award.lines[expected["nummer"]]
    assert line.granted == Decimal(expected["toegekend"])
    assert papers(line, draft=False) == sorted(expected["definitief"])
    assert papers(line, draft=True) == sorted(expected["ontwerp"])


@pytest.mark.parametrize("name", [name for name, entry in DOSSIERS.items() if "toegekend" not in entry])
def test_an_undecided_dossier_has_drafts_and_a_letter(worked, name):
    expected = DOSSIERS[name]
    line = worked.intake.lines[expected["nummer"]]
    assert papers(line, draft=False) == sorted(expected["definitief"])
    assert papers(line, draft=True) == sorted(expected["ontwerp"])


@pytest.mark.parametrize("entry", EXPECTED["geweigerd"], ids=lambda entry: entry["bestand"])
def test_what_cannot_be_read_is_refused_for_its_reason(worked, entry):
    from pipeline import extract, library, readers
    from pipeline.errors import Unreadable

    def understood() -> None:
        document = readers.read((SAMPLES / "inbox" / entry["bestand"]).read_bytes(), entry["bestand"])
        extract.identify(document, library.load(CALL))

    with pytest.raises(Unreadable) as refused:
        understood()
    assert refused.value.reason.value == entry["reden"]
    (folder,) = (worked.output / "onleesbaar").glob(f"{Path(entry['bestand']).stem} (*")
    assert (folder / entry["bestand"]).read_bytes() == (SAMPLES / "inbox" / entry["bestand"]).read_bytes()


def test_a_mail_gives_its_moment_its_attachments_and_its_message(worked):
    dossier = worked.dossier(DOSSIERS[MAILED[0]]["nummer"])
    assert dossier["receipt"] == {
        "received": "2021-07-19T22:41:07+02:00",
        "channel": "e-mail",
        "sender": "saskia.boels@example.org",
        "proof": "Aanvraag Grimde-Zuid.eml, bovenste kop «Received» van mail.vlaanderen.example",
        "message": "<20210719204051.4711@tienen.example>",
    }
    assert {a["name"].removeprefix(MAILED[0]): a["role"] for a in dossier["attachments"]} == {
        "": "bundle",
        "/bericht.txt": "message",
        "/logo.png": "inline",
        "/collegebesluit Tienen.pdf": "attachment",
        "/kaart-grimde-zuid.png": "attachment",
        "/verklaring De Pollepel.pdf": "attachment",
    }


def test_nothing_else_is_refused_and_no_dossier_is_made_beside_the_table(worked):
    assert len(list((worked.output / "onleesbaar").iterdir())) == len(EXPECTED["geweigerd"])
    assert sorted(worked.intake.lines) == [entry["nummer"] for entry in EXPECTED["dossier"]]


def test_the_same_bytes_twice_are_one_dossier_received_at_the_earliest_moment(worked):
    (double,) = EXPECTED["dubbel"]
    number = DOSSIERS[double["van"]]["nummer"]
    line = worked.intake.lines[number]
    assert line.received == dt.datetime.fromisoformat("2021-07-19T23:59:59+02:00")
    for path in (double["bestand"], double["van"]):
        assert (SAMPLES / "inbox" / path / "Prinskouter.pdf").is_file()


def test_the_call_as_a_whole_is_asked_more_than_it_has(worked):
    failing = {(f["code"], f["severity"]) for f in worked.findings_of_call if f["outcome"] == "fails"}
    assert failing == {(code, "info") for code in EXPECTED["oproep"]["info"]}
    requested = sum((line.requested or Decimal(0) for line in worked.intake.lines.values()), Decimal(0))
    assert requested == Decimal(EXPECTED["oproep"]["gevraagd"])
    granted = sum((line.granted or Decimal(0) for line in worked.award.lines.values()), Decimal(0))
    assert granted == Decimal(EXPECTED["oproep"]["toegekend"])


@pytest.mark.parametrize("entry", EXPECTED["vergadering"], ids=lambda entry: entry["bestand"])
def test_each_meeting_joins_its_dossier_and_gives_its_minutes(worked, entry):
    (line,) = [line for line in worked.meetings.lines.values() if line.key.startswith(f"{entry['dossier']}/")]
    assert codes(line, "fails", "blocking") == entry["blokkerend"]
    assert codes(line, "fails", "warning") == entry["waarschuwing"]
    assert papers(line, draft=False) == entry["definitief"]
    assert papers(line, draft=True) == entry["ontwerp"]
    answers = json.loads((worked.output / line.folder / "dossier.json").read_text(encoding="utf-8"))["answers"]
    for key, answer in entry["antwoorden"].items():
        found = answers[key]
        assert (len(found["rows"]) if "rows" in found else found["value"]) == answer, key


@pytest.mark.parametrize("name", DOSSIERS)
def test_every_text_that_the_municipality_wrote_is_read_as_it_stands(worked, name):
    contents = {folder: content for folder, content, _file, _writer in submissions()} | dict([MAILED])
    content = contents.get(name, "herentals")
    wrote = load(content)
    answers = worked.dossier(DOSSIERS[name]["nummer"])["answers"]
    for key, text in wrote.items():
        if isinstance(text, str) and key != "btw_regime":
            assert answers[key]["text"].split() == text.split() or answers[key]["value"] == text, key
        if isinstance(text, list) and text and isinstance(text[0], dict):
            for row, read in zip(text, answers[key]["rows"], strict=True):
                for column, cell in row.items():
                    if isinstance(cell, str) and read[column]["value"] != cell:
                        assert read[column]["text"].split() == cell.split(), f"{key}.{column}"


def test_at_least_sixteen_submissions_and_six_typed_by_others():
    entries = EXPECTED["dossier"] + EXPECTED["dubbel"] + EXPECTED["geweigerd"]
    assert len(entries) >= 16
    assert sum("onafhankelijk" in entry.get("herkomst", "") for entry in EXPECTED["dossier"]) >= 6
    assert {path.name for path in (SAMPLES / "inbox").iterdir()} == {e["bestand"] for e in entries} | {"ontvangst.csv"}


def test_the_independent_scripts_import_nothing_of_the_program():
    folder = Path(__file__).parent / "samples"
    for name in ("content.py", "independent.py", "papers.py"):
        for node in ast.walk(ast.parse((folder / name).read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [module for module in modules if module.split(".")[0] == "pipeline"], name


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_every_budget_adds_up_and_everyone_is_fictitious(name):
    answers = load(name)
    cost = sum(row["bedrag"] for row in answers["begroting"])
    subsidy = sum(row["subsidie"] for row in answers["begroting"])
    assert sum(row["bedrag"] for row in answers["financieringsbronnen"]) == cost
    assert sum(action["kost"] for action in answers["acties"]) == cost
    assert subsidy == answers["financieringsbronnen"][0]["bedrag"]
    assert answers["gevraagde_subsidie"] in {subsidy, "400,000"}
    assert "fictief" in answers["titel"]
    for person in (answers["contact_familienaam"], answers["politiek_familienaam"]):
        assert "(fictief)" in person
    for actor in answers["stakeholders"]:
        assert "(fictief)" in actor["naam"]
        assert "(fictief)" in actor["vertegenwoordiger"]
    for number in [answers["ondernemingsnummer"], *(a["kbo"] for a in answers["stakeholders"] if "kbo" in a)]:
        digits = re.sub(r"\D", "", number)
        assert len(digits) == 10
        assert 97 - int(digits[:8]) % 97 == int(digits[8:])


def test_the_samples_stay_small():
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 5_000_000
