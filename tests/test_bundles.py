"""Zips in the inbox: what is in them, under the names that they had, and what is left alone."""

import io
import json
import stat
import struct
import zipfile

import pytest

from pipeline import commands
from pipeline.errors import ExitCode, Reason, Unreadable
from pipeline.readers import read
from pipeline.readers.bundles import unpack
from tests.inbox import SMALL, contents, proposal, work
from tests.mail_files import PNG, mail, zipped

UTF_8 = 0x800


def names(data):
    return [part.name.removeprefix("x.zip").lstrip("/") for part in unpack(data, "x.zip").parts[1:]]


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        unpack(data, "x.zip")
    return refused.value.reason


def raw_names(files, *, system=0, flags=0):
    """Give a zip with the bytes of its names as they are, as old programs wrote them."""
    data = zipped({f"{number:0{len(name)}d}": content for number, (name, content) in enumerate(files.items())})
    for number, name in enumerate(files):
        data = data.replace(f"{number:0{len(name)}d}".encode(), name)
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := out.find(mark, place + 1)) >= 0:
            struct.pack_into("<H", out, place + at, flags)
            if mark == b"PK\x01\x02":
                out[place + 5] = system
    return bytes(out)


def test_a_zip_becomes_a_dossier_with_its_form_and_attachments(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    original = zipped({"Gent/voorstel.docx": proposal(), "Gent/bijlagen/plan.txt": b"plan", "Gent/kaart.png": PNG})
    (inbox / "Gent.zip").write_bytes(original)
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.exit_code) == (1, ExitCode.DONE)
    (path,) = (tmp_path / "output").glob("*/dossier.json")
    dossier = json.loads(path.read_bytes())
    assert dossier["source"]["name"] == "Gent.zip/Gent/voorstel.docx"
    assert [(a["name"], a["role"]) for a in dossier["attachments"]] == [
        ("Gent.zip", "bundle"),
        ("Gent.zip/Gent/bijlagen/plan.txt", "attachment"),
        ("Gent.zip/Gent/kaart.png", "attachment"),
    ]
    assert dossier["receipt"]["received"] is None
    assert contents(path.parent / "ingediend") == {
        "Gent.zip": original,
        "Gent.zip (uitgepakt)/Gent/voorstel.docx": proposal(),
        "Gent.zip (uitgepakt)/Gent/bijlagen/plan.txt": b"plan",
        "Gent.zip (uitgepakt)/Gent/kaart.png": PNG,
    }


def test_a_zip_of_several_submissions_is_refused_by_name_and_laid_out_to_be_divided(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    files = {"Dok/voorstel.docx": proposal(buurt="Dok"), "Muide/voorstel.docx": proposal()}
    (inbox / "twee.zip").write_bytes(zipped(files))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.counts["refused"]) == (0, 1)
    (reason,) = (tmp_path / "output").glob("onleesbaar/*/reden.txt")
    assert "twee.zip/Dok/voorstel.docx en twee.zip/Muide/voorstel.docx" in reason.read_text()
    (laid,) = (tmp_path / "output").glob("onleesbaar/*/twee.zip (uitgepakt)")
    assert contents(laid) == files
    (inbox / "twee.zip").unlink()
    for folder in laid.iterdir():
        folder.rename(inbox / folder.name)
    assert work(inbox, tmp_path / "output").counts["dossiers"] == 2


@pytest.mark.parametrize(
    ("written", "system", "flags", "shown"),
    [
        ("één.txt".encode(), 3, UTF_8, "één.txt"),
        ("één.txt".encode(), 3, 0, "één.txt"),
        ("één.txt".encode("cp850"), 0, 0, "één.txt"),
        ("ÀÁ.txt".encode("cp850"), 0, 0, "ÀÁ.txt"),
        ("één €.txt".encode("cp1252"), 3, 0, "één €.txt"),
        ("e\u0301.txt".encode(), 3, 0, "é.txt"),
        (b"map\\onder\\a.txt", 0, 0, "map/onder/a.txt"),
        (b"../../a.txt", 3, 0, "a.txt"),
        (b"map/../../a.txt", 3, 0, "map/a.txt"),
        (b"/etc/a.txt", 3, 0, "etc/a.txt"),
        (b"C:\\temp\\a.txt", 0, 0, "temp/a.txt"),
        (b"\\\\server\\map\\a.txt", 0, 0, "server/map/a.txt"),
        (b"./a.txt", 3, 0, "a.txt"),
        (b"deel 1: begin.txt", 3, 0, "deel 1: begin.txt"),
        (b"een\nregel.txt", 3, 0, "een regel.txt"),
    ],
)
def test_a_file_has_the_name_that_was_typed_and_never_points_outside(written, system, flags, shown):
    assert names(raw_names({written: b"inhoud"}, system=system, flags=flags)) == [shown]


def test_a_name_that_points_outside_is_told():
    (note,) = unpack(zipped({"../../a.txt": b"x"}), "x.zip").notes
    assert "«../../a.txt» wijst buiten het zipbestand" in note


def test_what_programs_and_systems_left_is_not_read_and_told():
    found = unpack(
        zipped(
            {
                "plan.txt": b"plan",
                "~$plan.docx": b"slot",
                ".~lock.plan.odt#": b"slot",
                "__MACOSX/._plan.txt": b"mac",
                "map/.DS_Store": b"mac",
                "map/Thumbs.db": b"windows",
                "desktop.ini": b"windows",
                ".git/config": b"verborgen",
            }
        ),
        "x.zip",
    )
    assert [part.name for part in found.parts[1:]] == ["x.zip/plan.txt"]
    assert len(found.notes) == 7
    assert "x.zip: «~$plan.docx»: slotbestand van een tekstverwerker" in found.notes


def test_a_link_in_a_zip_is_not_followed():
    data = zipped({"a.txt": b"x", "geheim.docx": b"/etc/passwd"})
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo("koppeling.docx")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    found = unpack(buffer.getvalue(), "x.zip")
    assert "koppeling.docx" not in [part.name for part in found.parts]
    assert found.notes == ("x.zip: «koppeling.docx»: snelkoppeling; vraag het bestand zelf",)


def test_two_files_with_one_name_are_both_kept(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("voorstel.docx", proposal())
        archive.writestr("plan.txt", b"een")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("plan.txt", b"twee")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "x.zip").write_bytes(buffer.getvalue())
    work(tmp_path / "inbox", tmp_path / "output")
    (path,) = (tmp_path / "output").glob("*/dossier.json")
    assert [a["name"] for a in json.loads(path.read_bytes())["attachments"]] == [
        "x.zip",
        "x.zip/plan.txt",
        "x.zip/plan (2).txt",
    ]
    laid = contents(path.parent / "ingediend")
    assert (laid["x.zip (uitgepakt)/plan.txt"], laid["x.zip (uitgepakt)/plan (2).txt"]) == (b"een", b"twee")


def test_empty_encrypted_and_exploding_zips_are_refused():
    assert refusal(zipped({})) is Reason.EMPTY
    assert refusal(zipped({"map/": b"", "~$a.docx": b"x"})) is Reason.EMPTY
    assert refusal(zipped({"a.txt": bytes(50_000_000)})) is Reason.BOMB
    large = bytearray(zipped({"a.txt": b"x"}))
    struct.pack_into("<II", large, large.find(b"PK\x01\x02") + 20, 10_000_000, 300_000_001)
    assert refusal(bytes(large)) is Reason.TOO_LARGE
    assert refusal(raw_names({b"a.txt": b"x"}, flags=1)) is Reason.ENCRYPTED


def test_a_zip_of_thousands_of_files_is_refused():
    with pytest.raises(Unreadable) as refused:
        read(zipped({f"{n}.txt": b"x" for n in range(2_001)}), "x.zip")
    assert refused.value.reason is Reason.BOMB


def test_one_damaged_file_does_not_take_the_others_along():
    data = bytearray(zipped({"a.txt": b"inhoud van a", "b.txt": b"inhoud van b"}))
    data[data.find(b"a.txt") + 7] ^= 0xFF
    found = unpack(bytes(data), "x.zip")
    assert [(part.name, part.fault and part.fault.reason) for part in found.parts[1:]] == [
        ("x.zip/a.txt", Reason.DAMAGED),
        ("x.zip/b.txt", None),
    ]


def test_zips_in_zips_end_somewhere():
    data = zipped({"plan.txt": b"plan"})
    for _ in range(10):
        data = zipped({"binnen.zip": data})
    parts = unpack(data, "x.zip").parts
    assert parts[-1].fault.reason is Reason.BOMB
    assert parts[-1].name == "x.zip" + "/binnen.zip" * 6


def test_a_zip_that_holds_more_than_it_says_is_damaged():
    data = bytearray(zipped({"a.txt": b"inhoud " * 100}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + at, 5)
    (part,) = unpack(bytes(data), "x.zip").parts[1:]
    assert part.fault.reason is Reason.DAMAGED


@pytest.mark.parametrize(
    "files",
    [
        {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"},
        {"word/document.xml": b"<x/>"},
        {"mimetype": b"application/epub+zip", "a.xhtml": b"<x/>"},
        {"META-INF/MANIFEST.MF": b"x", "A.class": b"x"},
        {"doc.kml": b"<kml/>", "files/kaart.png": b"x"},
        {"Index/Document.iwa": b"x", "preview.jpg": b"x"},
    ],
)
def test_a_file_that_only_looks_like_a_zip_is_no_bundle(files):
    assert unpack(zipped(files), "x") is None


@pytest.fixture
def bundle(tmp_path):
    inner = mail(("voorstel.docx", proposal()), ("plan.txt", b"plan"))
    (tmp_path / "Gent.zip").write_bytes(zipped({"mail.eml": inner.as_bytes()}))
    (tmp_path / "Gent.eml").write_bytes(inner.as_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["Gent.zip", "Gent.eml"])
def test_every_verb_that_reads_a_file_reads_a_bundle(name, bundle, capsys):
    inside = "mail.eml/voorstel.docx" if name == "Gent.zip" else "voorstel.docx"
    path = bundle / name
    assert commands.run(["extract", str(path), "--json", "--call", SMALL]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["answers"]["buurt"]["value"]) == (f"{path}/{inside}", "Muide")
    assert commands.run(["check", str(path), "--json", "--call", SMALL, "--date", "2022-04-01"]) == ExitCode.DONE
    (submission,) = json.loads(capsys.readouterr().out)["submissions"]
    codes = {finding["code"] for finding in submission["findings"] if finding["outcome"] == "fails"}
    assert codes == ({"TIJD-1"} if name == "Gent.zip" else set())
    assert commands.run(["read", str(path)]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert f"{name}/{inside}" in shown
    assert "| Stad of gemeente * | Gent |" in shown
    assert commands.run(["read", str(path), "--json"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    (form,) = [part for part in told["parts"] if "document" in part and part["name"].endswith(".docx")]
    assert form["name"] == f"{name}/{inside}"
