"""An inbox as people fill it: odd names, files that cannot be read, that change or vanish while they are read."""

import json
import os
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
