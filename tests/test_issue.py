"""Papers that go out to be signed: given out once, and frozen from then on."""

import hashlib
import json
import shutil
import zipfile

import openpyxl
import pytest
from sqlalchemy import create_engine, text

from pipeline import commands
from pipeline.errors import ExitCode
from pipeline.register import at
from tests.call_copies import copy_call, templates
from tests.inbox import SMALL, contents, proposal, put, receipts

pytestmark = pytest.mark.requires_soffice

NUMBER = "KLIMA-001-22"
BY = ("--by", "N. Dossier", "--on", "2022-05-10", "--no-pdf")
GIVEN = "uitgegeven/toekenning-muide.pdf"


def decide(run):
    day = ("--date", "2022-05-01", "--today", "2022-05-02")
    run("decide", NUMBER, "--granted", "40.000", *day, "--reference", "B/22/1", "--no-pdf")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """An output folder with one dossier, decided, of which everything is issued; made once."""
    place = tmp_path_factory.mktemp("uitgegeven")
    put(place / "inbox", gent=proposal())
    receipts(place / "inbox", "gent.docx;2022-03-01T09:00:00+01:00;;")

    def run(*arguments):
        return commands.run([*arguments, "-o", str(place / "output")])

    run("run", str(place / "inbox"), "--call", SMALL, "--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    shutil.copytree(place / "output", place / "asked")
    decide(run)
    shutil.copytree(place / "output", place / "decided")
    assert run("issue", NUMBER, *BY) == ExitCode.DONE
    return place


@pytest.fixture
def at_desk(once, tmp_path, monkeypatch, capsys):
    """Give a copy of the folder as it stood at a moment, and a way to run a verb there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    shutil.copytree(once / "inbox", tmp_path / "inbox")

    def start(moment="output"):
        shutil.copytree(once / moment, tmp_path / "output")
        (folder,) = (tmp_path / "output").glob(f"{NUMBER}*")

        def run(*arguments):
            capsys.readouterr()
            code = commands.run([str(argument) for argument in arguments])
            said = capsys.readouterr()
            return code, said.out, said.err

        return folder, run

    return start


def test_an_issued_paper_lies_with_its_word_file_where_the_register_says(at_desk, tmp_path):
    folder, _run = at_desk()
    register = at(tmp_path / "output")
    (issued,) = register.issued()[NUMBER]
    register.close()
    assert (issued.paper, issued.row, issued.version, issued.by) == ("toekenning", None, 1, "N. Dossier")
    assert (issued.on.isoformat(), issued.pdf) == ("2022-05-10", GIVEN)
    for name, known in ((issued.pdf, issued.pdf_sha256), (issued.docx, issued.docx_sha256)):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == known
    assert [(one.field, one.name, one.role, one.order) for one in issued.signatories] == [
        ("handtekening_diensthoofd_1", "Noor Fictief", "diensthoofd", 2),
        ("handtekening_stad_1", "Gent", "begunstigde", 1),
    ]
    assert not list(folder.glob("toekenning*"))  # one paper, one place


def test_making_it_again_fails_with_the_reason_and_leaves_its_bytes(at_desk, tmp_path):
    folder, run = at_desk()
    before = contents(folder / "uitgegeven")
    for verb in (("issue", NUMBER, *BY), ("issue", NUMBER, "toekenning", *BY), ("render", NUMBER, "toekenning")):
        code, out, err = run(*verb)
        assert (code, out) == (ExitCode.BLOCKING, "")
        assert "uitgegeven op 10 mei 2022 door N. Dossier en blijft zoals het is" in err
        assert f"issue {NUMBER} toekenning --replace --why" in err
    assert run("run", "inbox", "--no-pdf", "--date", "2022-06-01")[0] == ExitCode.DONE
    assert contents(folder / "uitgegeven") == before
    assert not (tmp_path / "toekenning-muide.docx").exists()


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (("correct", NUMBER, "eigen_deel", "18.000,01", "--why", "x", "--by", "y"), "18.000,00"),
        (("decide", NUMBER, "--granted", "30.000", "--date", "2022-05-20", "--reference", "B/22/2"), "40.000\xa0euro"),
        (("withdraw", NUMBER, "--why", "x", "--by", "y"), "Het zou nu een ontwerp zijn"),
    ],
)
def test_a_later_act_leaves_the_bytes_and_is_told_everywhere(act, says, at_desk, tmp_path):
    folder, run = at_desk()
    before = contents(folder / "uitgegeven")
    day = "--today" if act[0] == "decide" else "--date"
    _code, _out, err = run(*act, day, "2022-06-01", "--no-pdf")
    assert "uitgegeven op 10 mei 2022" in err
    assert "stemt niet meer overeen" in err
    assert says in err
    assert contents(folder / "uitgegeven") == before
    _code, out, _err = run("status", NUMBER)
    assert "Stemt niet meer overeen met het dossier" in out
    assert says in out
    assert "stemt niet meer overeen met het dossier" in (tmp_path / "output" / "rapport.html").read_text()
    sheet = openpyxl.load_workbook(tmp_path / "output" / "overzicht.xlsx")["Nakijken"]
    kinds = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert "uitgegeven, stemt niet meer overeen" in kinds


def test_an_act_on_what_the_paper_does_not_state_leaves_it_in_agreement(at_desk):
    _folder, run = at_desk()
    other = ("correct", NUMBER, "mailadres", "ander@example.org", "--why", "x", "--by", "y")
    _code, _out, err = run(*other, "--date", "2022-06-01", "--no-pdf")
    assert "stemt niet meer overeen" not in err
    assert "Stemt niet meer overeen" not in run("status", NUMBER)[1]


def test_what_was_issued_is_told_as_an_act_and_counted_in_the_manifest(at_desk, tmp_path):
    folder, run = at_desk()
    _code, out, _err = run("status", NUMBER)
    assert "Toekenning van de bijdrage uitgegeven op 10 mei 2022: «uitgegeven/toekenning-muide.pdf»" in out
    assert "Stemt niet meer overeen" not in out
    (line,) = json.loads(run("status", NUMBER, "--json")[1])["dossiers"]
    assert [act["kind"] for act in line["acts"]] == ["decide", "issue"]
    assert [(paper["key"], paper["issued"]) for paper in line["papers"] if paper["issued"]] == [("toekenning", True)]
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text())
    (issued,) = manifest["issued"]
    assert (issued["dossier"], issued["name"], issued["by"]) == (NUMBER, "toekenning-muide", "N. Dossier")
    hashes = {output["path"]: output["sha256"] for output in manifest["outputs"]}
    assert hashes[f"{folder.name}/{GIVEN}"] == hashlib.sha256((folder / GIVEN).read_bytes()).hexdigest()
    assert GIVEN in (tmp_path / "output" / "rapport.html").read_text()


def test_a_next_version_takes_its_place_and_the_old_one_stays(at_desk, tmp_path):
    folder, run = at_desk()
    before = contents(folder / "uitgegeven")
    again = ("issue", NUMBER, "toekenning", *BY, "--replace", "--why", "bedrag verbeterd")
    code, _out, err = run(*again)
    assert code == ExitCode.BLOCKING
    assert "zou hetzelfde zeggen" in err
    run("correct", NUMBER, "eigen_deel", "18.000,01", "--why", "x", "--by", "y", "--date", "2022-05-09", "--no-pdf")
    code, out, _err = run(*again)
    assert code == ExitCode.DONE
    assert "uitgegeven/toekenning-muide-2.pdf" in out
    after = contents(folder / "uitgegeven")
    assert sorted(set(after) - set(before)) == [
        "toekenning-muide-2.docx",
        "toekenning-muide-2.herkomst.json",
        "toekenning-muide-2.pdf",
    ]
    assert {name: after[name] for name in before} == before
    register = at(tmp_path / "output")
    assert [(one.version, one.why) for one in register.issued()[NUMBER]] == [(1, ""), (2, "bedrag verbeterd")]
    register.close()
    assert "Stemt niet meer overeen" not in run("status", NUMBER)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("toekenning", *BY), ExitCode.BLOCKING, "Het is nog een ontwerp: De bijdrage is nog niet toegekend."),
        (("toekening", *BY), ExitCode.USAGE, "Bedoelde u «toekenning»?"),
        (("antwoordbrief", *BY), ExitCode.USAGE, "«antwoordbrief» wordt niet uitgegeven om te ondertekenen; wel:"),
        (("toekenning", *BY, "--replace"), ExitCode.USAGE, "--why"),
        (("toekenning", *BY, "--why", "zomaar"), ExitCode.USAGE, "--replace"),
        (("toekenning", "--by", " "), ExitCode.USAGE, "--by"),
    ],
)
def test_what_cannot_be_issued_is_said_and_nothing_is_made(arguments, code, says, at_desk):
    folder, run = at_desk("asked")
    found, out, err = run("issue", NUMBER, *arguments)
    assert (found, out) == (code, "")
    assert says in err
    assert not (folder / "uitgegeven").exists()


def test_a_blocking_finding_is_named_when_a_paper_goes_out_and_gives_its_exit_code(at_desk):
    folder, run = at_desk("decided")
    run("correct", NUMBER, "eigen_deel", "1,00", "--why", "x", "--by", "y", "--date", "2022-05-09", "--no-pdf")
    code, out, err = run("issue", NUMBER, *BY)
    assert (code, GIVEN in out) == (ExitCode.BLOCKING, True)
    assert (folder / GIVEN).is_file()
    (told,) = (line for line in err.splitlines() if line.startswith(f"{NUMBER}: "))
    assert told.startswith(f"{NUMBER}: GELD-2 blokkerend, niet in orde: ")


def test_a_paper_changed_by_hand_is_not_issued_over_the_change(at_desk):
    folder, run = at_desk("decided")
    paper = folder / "toekenning-muide.docx"
    paper.write_bytes(paper.read_bytes() + b"\0")
    changed = paper.read_bytes()
    code, _out, err = run("issue", NUMBER, *BY)
    assert code == ExitCode.BLOCKING
    assert "met de hand gewijzigd" in err
    assert paper.read_bytes() == changed
    assert not (folder / "uitgegeven").exists()


def test_what_is_left_to_fill_in_is_told_with_page_and_line_and_nothing_goes_out(at_desk):
    folder, run = at_desk("decided")
    named = ("correct", NUMBER, "buurt", "[naam van de buurt]", "--why", "x", "--by", "y", "--date", "2022-05-05")
    run(*named, "--no-pdf")
    code, out, err = run("issue", NUMBER, *BY)
    assert (code, out) == (ExitCode.BLOCKING, "")
    # the heading of the paper stands on its first line: no header, no draft
    assert (
        "bladzijde 1, regel 1: «Toekenning van een bijdrage aan Gent voor [naam van de buurt]» (nog in te vullen" in err
    )
    assert not (folder / "uitgegeven").exists()


def test_a_file_that_nobody_issued_is_kept_beside_what_is(at_desk):
    folder, run = at_desk("decided")
    (folder / "uitgegeven").mkdir()
    (folder / GIVEN).write_bytes(b"van iemand anders")
    assert run("issue", NUMBER, *BY)[0] == ExitCode.DONE
    assert (folder / "uitgegeven" / "toekenning-muide (gewijzigd).pdf").read_bytes() == b"van iemand anders"
    assert (folder / GIVEN).read_bytes().startswith(b"%PDF")


def test_without_room_to_sign_a_paper_does_not_go_out(at_desk, tmp_path, once):
    """The place of a mark is known once the paper is printed."""
    folder, run = at_desk("decided")
    call = copy_call(tmp_path / "call")
    narrow(templates(call) / "toekenning.docx")
    engine = create_engine(f"sqlite:///{tmp_path / 'output' / 'register.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE settings SET value = :name WHERE name = 'call_name'"), {"name": str(call)})
    engine.dispose()
    code, out, err = run("issue", NUMBER, *BY)
    assert (code, out) == (ExitCode.BLOCKING, "")
    assert "Onder «Handtekening van Noor Fictief, diensthoofd» (bladzijde 1) is te weinig plaats om te tekenen" in err
    assert not (folder / "uitgegeven").exists()


def narrow(path):
    """Take the white under the marks of a template away."""
    content = {}
    with zipfile.ZipFile(path) as package:
        content = {info.filename: package.read(info) for info in package.infolist()}
    body = content["word/document.xml"]
    assert body.count(b'w:after="1300"') == 1
    content["word/document.xml"] = body.replace(b'w:after="1300"', b'w:after="0"')
    with zipfile.ZipFile(path, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)


def test_a_paper_is_not_issued_before_the_day_that_it_bears(at_desk):
    folder, run = at_desk("decided")
    code, _out, err = run("issue", NUMBER, "--by", "N. Dossier", "--on", "2022-05-01", "--no-pdf")
    assert code == ExitCode.BLOCKING
    assert "gedateerd op 2 mei 2022, na 1 mei 2022" in err
    assert not (folder / "uitgegeven").exists()


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_an_issued_file_that_is_gone_or_changed_is_told_at_every_run(harm, at_desk):
    folder, run = at_desk()
    if harm == "change":
        (folder / GIVEN).write_bytes(b"%PDF-1.7")
    else:
        (folder / GIVEN).unlink()
    for _time in range(2):
        _code, _out, err = run("run", "inbox", "--no-pdf", "--date", "2022-06-01")
        assert "toekenning-muide.pdf» is weg of niet meer wat uitgegeven werd" in err


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_an_issued_file_that_is_gone_or_changed_is_told_by_status_and_by_sign(harm, at_desk):
    folder, run = at_desk()
    told = f"{folder.name}/{GIVEN}» is weg of niet meer wat uitgegeven werd. Zet het terug uit een reservekopie."
    assert "is weg" not in run("status", NUMBER)[2]
    if harm == "change":
        (folder / GIVEN).write_bytes(b"%PDF-1.7")
    else:
        (folder / GIVEN).unlink()
    assert told in run("status", NUMBER)[2]
    assert told in run("status")[2]
    assert [told in line for line in json.loads(run("status", "--json")[1])["damaged"]] == [True]
    code, out, err = run("sign", NUMBER, "toekenning", "--p12", "sleutel.p12")
    assert (code, out) == (ExitCode.USAGE, "")
    assert told in err


def test_a_register_from_before_papers_were_issued_is_read_as_it_is(at_desk, tmp_path):
    folder, run = at_desk("decided")
    engine = create_engine(f"sqlite:///{tmp_path / 'output' / 'register.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE issued"))
    engine.dispose()
    assert run("issue", NUMBER, *BY)[0] == ExitCode.DONE
    assert (folder / GIVEN).is_file()
