"""A machine that fails: a full disk, a register that is gone or damaged, a folder that is none."""

import errno
import json
import shutil
from pathlib import Path

import pytest

from pipeline import commands
from pipeline.commands.failures import of_the_system
from pipeline.errors import ExitCode, UsageError
from tests.inbox import SMALL, contents, proposal, put, work


@pytest.fixture
def inbox(tmp_path):
    return put(tmp_path / "inbox", gent=proposal(), genk=proposal(stad="Genk"))


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Run a verb; give exit code and stderr, which holds one sentence."""
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))

    def run(*arguments):
        code = commands.run([str(argument) for argument in arguments])
        last = capsys.readouterr().err.splitlines()[-1]
        assert "Traceback" not in last
        return code, last

    return run


@pytest.mark.parametrize("place", ["rapport/rapport.html", "gemaakt/KLIMA-001-22/dossier.json"])
@pytest.mark.parametrize("jobs", ["0", "1"])
def test_a_full_disk_is_told_and_the_same_command_goes_on_once_there_is_room(place, jobs, inbox, tmp_path, said):
    whole, output = tmp_path / "whole", tmp_path / "output"
    work(inbox, whole)
    full = output / ".werk" / place
    full.parent.mkdir(parents=True)
    full.symlink_to("/dev/full")
    command = ("run", inbox, "-o", output, "--call", SMALL, "--no-pdf", "--date", "2022-04-01", "--jobs", jobs)
    code, sentence = said(*command)
    assert (code, sentence.split(".")[0]) == (ExitCode.UNEXPECTED, "wijkcontract: de schijf is vol")
    assert not (output / "rapport.html").exists()
    full.unlink()
    assert said(*command)[0] == ExitCode.DONE
    assert contents(output) == contents(whole)


def test_dossiers_without_their_register_are_never_numbered_anew(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    before = contents(output)
    for spoil in (Path.unlink, Path.touch):
        spoil(output / "register.sqlite")
        with pytest.raises(UsageError, match=r"register\.sqlite\) is weg of leeg.*reservekopie"):
            work(inbox, output)
        assert contents(output) == before


@pytest.mark.parametrize("verb", [("run", "inbox"), ("status",)])
def test_a_damaged_register_is_told_with_its_remedy(verb, inbox, tmp_path, said):
    output = tmp_path / "output"
    work(inbox, output)
    (output / "register.sqlite").write_bytes(b"geen databank" * 1000)
    code, sentence = said(verb[0], *([inbox, "--no-pdf"] if verb[1:] else []), "-o", output)
    assert code == ExitCode.UNEXPECTED
    assert "register.sqlite» is beschadigd" in sentence
    assert "reservekopie" in sentence


def test_an_output_path_that_is_a_file_is_told(inbox, tmp_path, said):
    (tmp_path / "output").write_text("een bestand")
    code, sentence = said("run", inbox, "-o", tmp_path / "output", "--call", SMALL, "--no-pdf")
    assert (code, "output» is geen map" in sentence) == (ExitCode.UNEXPECTED, True)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EDQUOT, "de schijf is vol"),
        (errno.EROFS, "«map/x» ligt op een schijf waarop niet geschreven mag worden"),
        (errno.EACCES, "«map/x»: dat mag u niet"),
        (errno.ENAMETOOLONG, "«map/x» is een te lang pad"),
    ],
)
def test_what_the_system_refuses_is_a_sentence_with_what_to_do(number, words, capsys):
    assert words in of_the_system(OSError(number, "", "map/x"))


def test_data_that_someone_spoilt_is_told_and_a_run_restores_it(inbox, tmp_path, said):
    output = tmp_path / "output"
    work(inbox, output)
    before = contents(output)
    for name in ("dossier.json", "bevindingen.json"):
        path = next(output.glob(f"KLIMA-001-22*/{name}"))
        path.write_text("{")
        code, sentence = said("status", "-o", output)
        assert (code, f"{name}» ontbreekt of is gewijzigd" in sentence) == (ExitCode.USAGE, True)
        work(inbox, output)
        assert json.loads(path.read_bytes())["number"] == "KLIMA-001-22"
    kept = list(output.rglob("* (gewijzigd*)*"))
    assert len(kept) == 2
    for path in kept:
        path.unlink()
    changing = {"manifest.json", "rapport.html", "overzicht.xlsx"}
    assert {name for name, content in contents(output).items() if before[name] != content} <= changing


def test_an_original_that_was_changed_is_not_read_as_if_it_were_what_came_in(inbox, tmp_path):
    output = tmp_path / "output"
    work(inbox, output)
    folder = next(output.glob("KLIMA-001-22*"))
    original = next((folder / "ingediend").iterdir())
    original.write_bytes(proposal(buurt="Vervalst"))
    (folder / "dossier.json").unlink()
    shutil.rmtree(inbox)
    inbox.mkdir()
    result = work(inbox, output)
    assert result.exit_code is ExitCode.UNREADABLE
    assert any(f"een origineel in de map «ingediend» is gewijzigd ({original.name})" in r for r in result.remarks)
