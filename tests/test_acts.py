"""Acts of an official in every order: what makes no sense is refused, and nothing is done twice."""

import json

import pytest

from pipeline import commands
from pipeline.errors import ExitCode
from tests.inbox import SMALL, contents, proposal, put, receipts

ACT = ("--why", "Nagevraagd.", "--by", "J. Peeters", "--no-pdf", "--date", "2022-04-02")
FIRST, SECOND = "KLIMA-001-22", "KLIMA-002-22"


@pytest.fixture
def cli(tmp_path, monkeypatch, capsys):
    """Two dossiers, the second asking one cent too much; run a verb there, give exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    put(tmp_path / "inbox", gent=proposal(), genk=proposal(stad="Genk", bijdrage="50.000,01"))
    receipts(tmp_path / "inbox", "gent.docx;2022-03-01T09:00:00+01:00;;", "genk.docx;2022-03-02T09:00:00+01:00;;")

    def run(*arguments):
        capsys.readouterr()
        code = commands.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    run("run", "inbox", "--call", SMALL, "--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    return run


@pytest.fixture
def refused(cli, tmp_path):
    """Look that an act is refused with a sentence, and that it changed nothing."""

    def look(*arguments, says):
        before = contents(tmp_path / "output", but=("",))
        code, out, err = cli(*arguments)
        assert (code, out) == (ExitCode.USAGE, "")
        assert says in err
        assert contents(tmp_path / "output", but=("",)) == before

    return look


def decide(amount, number=FIRST, on="2022-05-01", reference="B/22/1"):
    options = ("--today", "2022-05-02", "--no-pdf")
    return ("decide", number, "--granted", amount, "--date", on, "--reference", reference, *options)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": "0"}, "kan niet toegekend worden"),
        ({"amount": "-5"}, "boven nul"),
        ({"amount": "1e6"}, "noemt meer dan één getal; vul één bedrag in). Schrijf"),
        ({"amount": "400,005"}, "geen bedrag"),
        ({"amount": "400", "reference": " "}, "--reference"),
        ({"amount": "400", "on": "2022-02-28"}, "voor de ontvangst van KLIMA-001-22 op 1 maart 2022"),
        ({"amount": "400", "on": "2022-05-03"}, "3 mei 2022 ligt in de toekomst"),
        ({"amount": "400", "number": "KLIMA-009-22"}, "bestaat niet"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(changes, says, refused):
    refused(*decide(**changes), says=says)


def test_the_same_decision_twice_is_recorded_once_and_a_later_one_takes_its_place(cli, refused):
    assert cli(*decide("40.000,01"))[0] == ExitCode.DONE
    refused(*decide("40000,01"), says=f"Dat is bij {FIRST} al vastgelegd")
    assert cli(*decide("30.000"))[0] == ExitCode.DONE
    assert cli(*decide("40.000,01"))[0] == ExitCode.DONE
    _code, out, _err = cli("status", FIRST, "--json")
    (line,) = json.loads(out)["dossiers"]
    assert (line["granted"], len(line["acts"])) == ("40000.01", 3)


def test_a_dossier_with_a_blocking_finding_may_be_decided_and_keeps_what_still_fails(cli):
    code, out, _err = cli(*decide("50.000", number=SECOND))
    assert (code, out.splitlines()[0]) == (ExitCode.DONE, f"{SECOND}: toegekend.")
    code, _out, err = cli(*decide("50.000,01", number=SECOND))
    assert code == ExitCode.BLOCKING
    told = [line for line in err.splitlines() if line.startswith(f"{SECOND}: ")]
    assert len(told) == 1
    assert told[0].startswith(f"{SECOND}: GELD-1 blokkerend, niet in orde: ")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("bijdrage", "veel", "«veel» kan niet bij «bijdrage» staan."),
        ("klaar_op", "31/02/2024", "«31/02/2024» kan niet bij «klaar_op» staan."),
        ("ingrepen.1.raming", "abc", "kan niet bij «ingrepen.1.raming» staan."),
        ("ingrepen.9.raming", "1", "rij 9 bestaat niet"),
        ("ingrepen.1.ramin", "1", "Bedoelde u «raming»?"),
        ("ingrepen", "1", "noem rij en kolom"),
        ("bijdrage.1", "1", "is geen tabel"),
    ],
)
def test_a_correction_that_cannot_be_read_is_refused(field, value, says, refused):
    refused("correct", SECOND, field, value, *ACT, says=says)


def test_the_same_correction_twice_is_recorded_once(cli, refused):
    assert cli("correct", SECOND, "bijdrage", "50.000", *ACT)[0] == ExitCode.DONE
    refused("correct", SECOND, "bijdrage", "50.000", *ACT, says="al vastgelegd door J. Peeters: Nagevraagd.")
    assert cli("correct", SECOND, "bijdrage", "49.000", *ACT)[0] == ExitCode.DONE


def test_an_answer_can_be_taken_away_by_a_correction(cli):
    code, out, _err = cli("correct", FIRST, "bijdrage", "", *ACT)
    assert (code, out.splitlines()[0]) == (ExitCode.BLOCKING, f"{FIRST}: niet te beoordelen.")


def test_an_acceptance_lapses_when_a_correction_makes_the_finding_say_something_else(cli):
    assert cli("accept", SECOND, "GELD-1", *ACT)[0] == ExitCode.DONE
    code, _out, _err = cli("correct", SECOND, "bijdrage", "60.000", *ACT)
    assert code == ExitCode.BLOCKING
    assert cli("correct", SECOND, "bijdrage", "50.000,01", *ACT)[0] == ExitCode.DONE


def test_what_was_received_twice_is_told_by_a_run_and_by_acts_on_that_dossier_only(cli, tmp_path):
    (tmp_path / "inbox" / "kopie.docx").write_bytes((tmp_path / "inbox" / "gent.docx").read_bytes())
    told = f"{FIRST}: tweemaal of vaker ontvangen"
    again = ("run", "inbox", "--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    assert told in cli(*again)[2]
    assert told not in cli("accept", SECOND, "GELD-1", *ACT)[2]
    assert told in (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")
    assert told in cli(*decide("40.000"))[2]
    assert told not in cli("withdraw", SECOND, *ACT)[2]
    assert told in cli(*again)[2]


def test_nothing_changes_any_more_about_what_was_withdrawn(cli, refused):
    assert cli("withdraw", SECOND, *ACT)[0] == ExitCode.DONE
    refused("withdraw", SECOND, *ACT, says="al ingetrokken")
    refused("accept", SECOND, "GELD-1", *ACT, says="er verandert niets meer aan")
    refused("correct", SECOND, "bijdrage", "50.000", *ACT, says="er verandert niets meer aan")
    refused(*decide("50.000", number=SECOND), says="er verandert niets meer aan")


def test_after_every_act_a_rerun_changes_nothing(cli, tmp_path):
    acts = (
        ("correct", SECOND, "bijdrage", "55.000", *ACT),
        ("accept", SECOND, "GELD-1", *ACT),
        decide("40.000"),
        ("correct", FIRST, "buurt", "Muide en omgeving", *ACT),
        ("withdraw", SECOND, *ACT),
    )
    for act in acts:
        cli(*act)
        before = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in tmp_path.rglob("*")}
        _code, out, _err = cli("run", "inbox", "--no-pdf", "--jobs", "0", "--date", "2022-06-01")
        assert "Er was niets te doen" in out
        after = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in tmp_path.rglob("*")}
        assert after == before


def test_an_act_tells_a_paper_changed_by_hand_once_for_each_change_and_the_report_goes_on_telling(cli, tmp_path):
    (paper,) = (tmp_path / "output").glob(f"{SECOND}*/antwoord*.docx")
    said = f"{paper.parent.name}/{paper.name}» is met de hand gewijzigd"
    told = []
    for number, change in enumerate((b"een", b"", b"twee", b"")):
        if change:
            paper.write_bytes(change)
        _code, _out, err = cli("correct", FIRST, "bijdrage", f"40.00{number}", *ACT)
        told.append(said in err)
        assert said in (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")
    assert told == [True, False, True, False]
    assert said in cli("run", "inbox", "--call", SMALL, "--no-pdf", "--jobs", "0", "--date", "2022-04-03")[2]
