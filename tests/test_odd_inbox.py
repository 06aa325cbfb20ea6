"""An inbox as people fill it: odd names, files that cannot be read, that change or vanish while they are read."""

import json
import os
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from pipeline import inbox as boxes
from pipeline.errors import ExitCode, UsageError
from pipeline.workers import Limits
from tests.inbox import contents, proposal, put, work


@pytest.fixture
def inbox(tmp_path):
    return put(tmp_path / "inbox", gent=proposal())


def reasons(output):
    return {path.parent.name.split(" (")[0]: path.read_text() for path in output.rglob("reden.txt")}


def test_a_name_that_is_no_utf_8_is_read_and_shown_with_its_bytes(inbox, tmp_path):
    Path(os.fsdecode(os.fsencode(inbox) + b"/caf\xe9.docx")).write_bytes(proposal(buurt="Café"))
    folder = Path(os.fsdecode(os.fsencode(inbox) + b"/map\xff"))
    folder.mkdir()
    (folder / os.fsdecode(b"v\xe9.docx")).write_bytes(proposal(buurt="Map"))
    (folder / os.fsdecode(b"v\xe8.txt")).write_text("bijlage")
    (inbox / "ontvangst.csv").write_text("bestand;ontvangen;kanaal;afzender\ncaf%E9.docx;2022-03-01T09:00:00+01:00;;\n")
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.remarks) == (3, ())
    assert work(inbox, tmp_path / "output").made == 0
    sources = [json.loads(path.read_bytes())["source"]["name"] for path in tmp_path.rglob("dossier.json")]
    assert sorted(sources) == ["caf%E9.docx", "gent.docx", "v%E9.docx"]


@pytest.mark.parametrize(
    "name",
    [
        "-rf.docx",
        "--help.docx",
        "😀 wijk.docx",
        "aan\"halings'teken.docx",
        "$(reboot).docx",
        "a;b,c\td.docx",
        "LPT1.docx",
        "zonder_ending",
        "punt..docx",
        "een/twee/drie/voorstel.docx",
        unicodedata.normalize("NFD", "Größe é.docx"),
    ],
)
def test_whatever_its_name_a_form_becomes_a_dossier_with_the_same_bytes(name, tmp_path):
    path = tmp_path / "inbox" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(proposal())
    assert work(tmp_path / "inbox", tmp_path / "output").counts["dossiers"] == 1
    assert path.read_bytes() in contents(tmp_path / "output").values()


def test_an_empty_folder_is_told_apart_from_an_empty_file(inbox, tmp_path):
    (inbox / "map").mkdir()
    (inbox / "leeg.docx").touch()
    work(inbox, tmp_path / "output")
    told = reasons(tmp_path / "output")
    assert "de map bevat geen bestanden" in told["map"]
    assert "het bestand bevat niets" in told["leeg"]


def test_a_folder_with_only_attachments_is_refused(inbox, tmp_path):
    (inbox / "map").mkdir()
    (inbox / "map" / "plan.txt").write_text("plan")
    (inbox / "map" / "nota.txt").write_text("nota")
    work(inbox, tmp_path / "output")
    assert "geen formulier" in reasons(tmp_path / "output")["map"]


def test_an_attachment_larger_than_memory_is_kept_and_not_opened(inbox, tmp_path):
    put(inbox, map__voorstel=proposal(buurt="Film"))
    with (inbox / "map" / "film.mp4").open("wb") as film:
        film.write(b"film")
        film.truncate(900_000_000)
    with (inbox / "reuze.docx").open("wb") as giant:
        giant.write(b"PK")
        giant.truncate(900_000_000)
    result = work(inbox, tmp_path / "output", jobs=1, limits=Limits(memory=800_000_000))
    assert (result.counts["dossiers"], result.counts["refused"]) == (2, 1)
    data = json.loads(next((tmp_path / "output").glob("* gent-film/dossier.json")).read_bytes())
    (attachment,) = data["attachments"]
    assert (attachment["name"], attachment["size"]) == ("film.mp4", 900_000_000)
    assert "te groot" in attachment["problem"]
    assert "te groot" in reasons(tmp_path / "output")["reuze"]


@pytest.mark.skipif(os.geteuid() == 0, reason="een beheerder mag alles lezen")
def test_a_file_or_folder_that_may_not_be_read_is_told_and_stops_no_other(inbox, tmp_path):
    put(inbox, dicht=proposal(buurt="Dicht"), map__voorstel=proposal(buurt="Map"))
    (inbox / "dicht.docx").chmod(0)
    (inbox / "map").chmod(0)
    try:
        result = work(inbox, tmp_path / "output")
        page = (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")
    finally:
        (inbox / "map").chmod(0o700)
    assert (result.counts["dossiers"], result.exit_code) == (1, ExitCode.UNREADABLE)
    assert "<li>dicht.docx: «dicht.docx» mag niet gelezen worden" in page
    assert "<li>map: de map mag niet geopend worden" in page


@pytest.mark.parametrize("moment", ["inbox bekijken", "lezen"])
@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(proposal(buurt="Later"))])
def test_a_file_that_changes_or_vanishes_during_the_run_is_told_and_read_the_next_time(change, moment, inbox, tmp_path):
    path = inbox / "genk.docx"
    path.write_bytes(proposal(stad="Genk"))
    pending = [path]

    def meanwhile(what, done, _total):
        if what == moment and pending and done == (1 if moment == "inbox bekijken" else 0):
            change(pending.pop())

    output = tmp_path / "output"
    result = work(inbox, output, progress=meanwhile)
    assert pending == []
    assert (result.counts["dossiers"], result.counts["refused"]) == (1, 0)
    assert result.exit_code is ExitCode.UNREADABLE
    assert "genk.docx" in (output / "rapport.html").read_text(encoding="utf-8")
    assert list(output.glob("onleesbaar/*")) == []
    result = work(inbox, output)
    assert result.exit_code is ExitCode.DONE
    assert result.counts["dossiers"] == (2 if path.exists() else 1)


def test_a_file_deeper_than_any_person_lays_one_is_told(inbox, tmp_path):
    deep = inbox.joinpath("diep", *["map"] * 40)
    deep.mkdir(parents=True)
    (deep / "voorstel.docx").write_bytes(proposal(buurt="Diep"))
    put(inbox, diep__voorstel=proposal(buurt="Boven"))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.exit_code) == (2, ExitCode.UNREADABLE)
    assert "ligt te diep" in (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("inside", [".", "uit", "map/uit"])
def test_an_output_folder_in_the_inbox_is_refused_before_anything_is_made(inside, inbox):
    with pytest.raises(UsageError, match="ligt in de inbox"):
        work(inbox, inbox / inside)
    assert sorted(path.name for path in inbox.iterdir()) == ["gent.docx"]


def test_without_an_inbox_nothing_is_made(inbox, tmp_path):
    with pytest.raises(UsageError, match="bestaat niet"):
        work(tmp_path / "weg", tmp_path / "output")
    with pytest.raises(UsageError, match="is geen map"):
        work(inbox / "gent.docx", tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_no_name_of_a_file_commands_a_screen_or_breaks_a_line(inbox, tmp_path):
    (inbox / "rood\x1b[31m\nregel.txt").write_text("nota")
    work(inbox, tmp_path / "output")
    (reason,) = reasons(tmp_path / "output").values()
    assert reason.splitlines()[0] == "rood�[31m regel.txt"


def test_links_are_never_followed_out_of_a_folder(inbox, tmp_path):
    secret = put(tmp_path / "elders", geheim=proposal(buurt="Geheim"))
    put(inbox, map__voorstel=proposal(buurt="Map"))
    (inbox / "map" / "meer").symlink_to(secret)
    (inbox / "map" / "geheim.docx").symlink_to(secret / "geheim.docx")
    os.mkfifo(inbox / "map" / "pijp")
    box = boxes.look(inbox)
    assert [[file.name for file in submission.files] for submission in box.submissions] == [
        ["gent.docx"],
        ["voorstel.docx"],
    ]
    assert sorted(item.path for item in box.left) == ["map/geheim.docx", "map/meer", "map/pijp"]


def test_a_file_that_a_program_is_still_writing_is_left_until_it_is_done(inbox, tmp_path):
    """The program pauses halfway, so that neither size nor moment of change tells."""
    path, whole = inbox / "genk.docx", proposal(stad="Genk")
    path.write_bytes(whole[: len(whole) // 2])
    program = (
        f"file = open({str(path)!r}, 'ab'); print('open', flush=True); input(); file.write(bytes.fromhex(input()))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout.readline() == "open\n"
        result = work(inbox, tmp_path / "output")
        assert (result.counts["dossiers"], result.counts["refused"]) == (1, 0)
        assert result.exit_code is ExitCode.UNREADABLE
        assert "genk.docx: wordt nog geschreven" in (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")
        writer.communicate("verder\n" + whole[len(whole) // 2 :].hex() + "\n")
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.exit_code) == (2, ExitCode.DONE)


def test_a_file_that_is_opened_to_be_written_while_it_is_looked_at_stops_nothing(inbox):
    """A lease on a file tells its holder with a signal that somebody wants to write; that must not end the run."""
    path = inbox / "gent.docx"
    write = f"import os\nwhile True: os.close(os.open({str(path)!r}, os.O_WRONLY))"
    look = (
        "from pathlib import Path\nfrom pipeline.inbox.looking import _is_open_for_writing\n"
        f"for _ in range(5000): _is_open_for_writing(Path({str(path)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", write]) as writer:
        try:
            assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
        finally:
            writer.kill()


def test_what_is_no_file_is_left_alone_with_a_reason(tmp_path):
    inbox = put(tmp_path / "inbox", gent=proposal())
    os.mkfifo(inbox / "pijp.docx")
    (inbox / "rond").symlink_to(inbox)
    (inbox / "weg.docx").symlink_to(inbox / "bestaat niet")
    (inbox / "~$gent.docx").write_bytes(b"slot")
    (inbox / "brief.docx.filepart").write_bytes(b"half")
    (inbox / "~WRD0001.tmp").write_bytes(b"half")
    (inbox / "Thumbs.db").write_bytes(b"beeld")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(inbox / "poort"))
        box = boxes.look(inbox)
    assert [submission.path for submission in box.submissions] == ["gent.docx"]
    assert {item.path: item.why for item in box.left} == {
        "pijp.docx": "geen gewoon bestand",
        "poort": "geen gewoon bestand",
        "rond": "snelkoppeling; leg het bestand zelf in de inbox",
        "weg.docx": "snelkoppeling; leg het bestand zelf in de inbox",
        "~$gent.docx": "slotbestand van een tekstverwerker",
        "brief.docx.filepart": "een download die nog niet klaar is",
        "~WRD0001.tmp": "een download die nog niet klaar is",
        "Thumbs.db": "verborgen bestand",
    }


def test_a_file_of_the_cloud_that_was_not_fetched_is_told_as_empty(inbox, tmp_path):
    (inbox / "Gent (alleen online).eml").touch()
    (inbox / "map").mkdir()
    (inbox / "map" / "voorstel.docx").touch()
    (inbox / "map" / "plan.txt").write_text("plan")
    work(inbox, tmp_path / "output")
    told = reasons(tmp_path / "output")
    assert "het bestand bevat niets" in told["Gent"]
    assert "«voorstel.docx»: het bestand bevat niets" in told["map"]


def test_a_newer_version_under_the_same_name_is_a_dossier_beside_the_older(inbox, tmp_path):
    work(inbox, tmp_path / "output")
    put(inbox, gent=proposal(bijdrage="41.000"))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.made) == (2, 2)
    assert work(inbox, tmp_path / "output").made == 0


def test_what_leaves_the_inbox_stays_a_dossier(inbox, tmp_path):
    work(inbox, tmp_path / "output")
    before = contents(tmp_path / "output", but=("register.sqlite", "manifest.json", "rapport.html", "overzicht.xlsx"))
    (inbox / "gent.docx").unlink()
    result = work(inbox, tmp_path / "output")
    after = contents(tmp_path / "output", but=("register.sqlite", "manifest.json", "rapport.html", "overzicht.xlsx"))
    assert (result.counts["dossiers"], result.made) == (1, 0)
    assert after == before
