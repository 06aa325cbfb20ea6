"""A paper that came back edited is not issued until a person accepts what was changed in it."""

import hashlib
import json
import re
import shutil
import zipfile
from decimal import Decimal

import pytest

from pipeline import commands
from pipeline.errors import ExitCode
from pipeline.register import at
from pipeline.renderers import Paper
from pipeline.run.edited import still_stated
from pipeline.stated import How, Stated
from tests.editors import rewritten
from tests.inbox import SMALL, contents, proposal, put, receipts
from tests.tracked_words import words
from tests.word_files import p, word

pytestmark = pytest.mark.requires_soffice

NUMBER = "KLIMA-001-22"
PAPER = "toekenning"
BY = ("--by", "N. Dossier", "--on", "2022-05-10", "--no-pdf")
LATER = ("--by", "P. Jurist", "--on", "2022-06-10", "--no-pdf")
ACCEPTED = (*LATER, "--accept-changes", "--why", "zo afgesproken op 8 juni")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """An output folder with one dossier, of which a paper is issued; made once."""
    place = tmp_path_factory.mktemp("terug")
    put(place / "inbox", gent=proposal())
    receipts(place / "inbox", "gent.docx;2022-03-01T09:00:00+01:00;;")

    def run(*arguments):
        return commands.run([*arguments, "-o", str(place / "output")])

    run("run", str(place / "inbox"), "--call", SMALL, "--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    day = ("--date", "2022-05-01", "--today", "2022-05-02")
    run("decide", NUMBER, "--granted", "40.000", *day, "--reference", "B/22/1", "--no-pdf")
    assert run("issue", NUMBER, *BY) == ExitCode.DONE
    return place


@pytest.fixture
def at_desk(once, tmp_path, monkeypatch, capsys):
    """Give a copy of the folder, and a way to run a verb there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    shutil.copytree(once / "inbox", tmp_path / "inbox")
    shutil.copytree(once / "output", tmp_path / "output")
    (folder,) = (tmp_path / "output").glob(f"{NUMBER}*")

    def run(*arguments):
        capsys.readouterr()
        code = commands.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return folder, run


def edited(folder, old, new):
    """Give the issued Word file as the counterparty returns it, with some words in it replaced."""
    data = (folder / "uitgegeven" / "toekenning-muide.docx").read_bytes()

    def change(name, content):
        text = content.decode("utf-8", "surrogateescape")
        if name.startswith("word/"):
            text = text.replace(old, new)
        return text.encode("utf-8", "surrogateescape")

    made = rewritten(data, change)
    assert words(made, "accepted") != words(data, "accepted")
    return made


AMOUNT = ("40.000\u00a0euro", "400.000\u00a0euro")


def test_compare_finds_the_issued_paper_of_a_dossier_itself(at_desk, tmp_path):
    folder, run = at_desk
    (tmp_path / "terug.docx").write_bytes(edited(folder, *AMOUNT))
    code, out, err = run("compare", NUMBER, PAPER, tmp_path / "terug.docx", "--to", tmp_path / "naar")
    assert code == ExitCode.BLOCKING
    assert "40.000 euro → 400.000 euro" in out.replace("\u00a0", " ")
    assert (tmp_path / "naar" / "terug vergeleken.docx").is_file()
    code, _out, err = run("compare", NUMBER, "toekening", tmp_path / "terug.docx")
    assert code == ExitCode.USAGE
    assert "Bedoelde u «toekenning»?" in err


def test_nothing_is_issued_of_a_returned_file_while_nobody_accepted_its_changes(at_desk, tmp_path):
    folder, run = at_desk
    before = contents(folder / "uitgegeven")
    (tmp_path / "terug.docx").write_bytes(edited(folder, *AMOUNT))
    code, out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *LATER)
    assert (code, out) == (ExitCode.BLOCKING, "")
    assert "niemand aanvaardde dat" in err
    assert "«40.000» → «400.000»" in err
    assert "--accept-changes" in err
    assert contents(folder / "uitgegeven") == before


def test_accepted_changes_become_the_next_version_and_an_act(at_desk, tmp_path):
    folder, run = at_desk
    before = contents(folder / "uitgegeven")
    back = edited(folder, *AMOUNT)
    (tmp_path / "terug.docx").write_bytes(back)
    code, out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    assert code == ExitCode.DONE, err
    assert "uitgegeven/toekenning-muide-2.pdf" in out
    after = contents(folder / "uitgegeven")
    assert {name: after[name] for name in before} == before
    made = folder / "uitgegeven" / "toekenning-muide-2.docx"
    assert words(made.read_bytes(), "accepted") == words(back, "accepted")
    with zipfile.ZipFile(made) as archive:
        assert b"<w:ins" not in archive.read("word/document.xml")
    assert (folder / "uitgegeven" / "toekenning-muide-2 teruggekregen.docx").read_bytes() == back
    redline = (folder / "uitgegeven" / "toekenning-muide-2 vergeleken.docx").read_bytes()
    issued = (folder / "uitgegeven" / "toekenning-muide.docx").read_bytes()
    assert words(redline, "rejected") == words(issued, "accepted")
    register = at(tmp_path / "output")
    acts = register.acts()[NUMBER]
    versions = [(one.version, one.why, one.docx_sha256) for one in register.issued()[NUMBER]]
    register.close()
    assert [act.kind.value for act in acts] == ["decide", "issue", "accept_changes", "issue"]
    assert versions[1] == (2, "zo afgesproken op 8 juni", hashlib.sha256(made.read_bytes()).hexdigest())
    assert (acts[2].by, acts[2].why) == ("P. Jurist", "zo afgesproken op 8 juni")
    for data in (issued, back):
        assert hashlib.sha256(data).hexdigest() in acts[2].reference
    assert "«40.000» → «400.000»" in acts[2].value


def with_margin(data, twentieths):
    """Give a Word file with another left margin."""

    def change(_name, content):
        return re.sub(rb'(<w:pgMar[^>]* w:left=)"\d+"', rb'\g<1>"%d"' % twentieths, content)

    made = rewritten(data, change)
    assert made != data
    return made


def test_what_cannot_be_taken_over_is_refused_with_what_a_person_can_do(at_desk, tmp_path):
    folder, run = at_desk
    sheet = (
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" '
        'ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>'
    )
    amount = edited(folder, *AMOUNT)
    back = rewritten(amount, lambda _name, content: content.replace(b"<w:body>", b"<w:body>" + sheet.encode()))
    (tmp_path / "terug.docx").write_bytes(back)
    code, out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    assert (code, out) == (ExitCode.BLOCKING, "")
    assert "haal het in Word uit «terug.docx» en geef dat opnieuw op" in err
    assert "ingesloten object «Excel.Sheet.12»" in err
    assert "400.000" not in err


def test_another_margin_is_told_and_never_taken_over(at_desk, tmp_path):
    folder, run = at_desk
    (tmp_path / "terug.docx").write_bytes(with_margin(edited(folder, *AMOUNT), 4536))
    code, _out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    assert code == ExitCode.DONE, err
    register = at(tmp_path / "output")
    said = register.acts()[NUMBER][2].value
    register.close()
    assert re.search("Niet overgenomen: .*marge links .* wordt 8,0 cm", said)
    with zipfile.ZipFile(folder / "uitgegeven" / "toekenning-muide-2.docx") as archive:
        assert b'w:left="4536"' not in archive.read("word/document.xml")


def test_a_file_in_which_only_a_margin_changed_is_not_issued_again_and_that_is_told(at_desk, tmp_path):
    folder, run = at_desk
    data = (folder / "uitgegeven" / "toekenning-muide.docx").read_bytes()
    (tmp_path / "terug.docx").write_bytes(with_margin(data, 4536))
    code, _out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    assert code == ExitCode.BLOCKING
    assert "er is niets nieuws uit te geven" in err
    assert "wordt 8,0 cm" in err


def test_what_was_accepted_shows_in_status_and_report(at_desk, tmp_path):
    folder, run = at_desk
    (tmp_path / "terug.docx").write_bytes(edited(folder, *AMOUNT))
    run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    _code, out, _err = run("status", NUMBER)
    assert "Wijzigingen van de tegenpartij in Toekenning van de bijdrage aanvaard op 10 juni 2022" in out
    assert "Reden: zo afgesproken op 8 juni. Door P. Jurist." in out
    (line,) = json.loads(run("status", NUMBER, "--json")[1])["dossiers"]
    assert [act["kind"] for act in line["acts"]] == ["decide", "issue", "accept_changes", "issue"]
    assert "aanvaard op 10 juni 2022" in (tmp_path / "output" / "rapport.html").read_text()


def test_an_amount_that_is_not_the_granted_one_is_told_when_it_is_issued_and_after(at_desk, tmp_path):
    folder, run = at_desk
    (tmp_path / "terug.docx").write_bytes(edited(folder, *AMOUNT))
    _code, _out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    said = err.replace("\u00a0", " ")
    assert "het dossier zegt «40.000 euro» (het toegekende bedrag), het document «400.000 euro»" in said
    assert "Stemt niet meer overeen met het dossier" in run("status", NUMBER)[1]
    assert Decimal(40000) == Decimal(json.loads(run("status", NUMBER, "--json")[1])["dossiers"][0]["granted"])


def test_a_returned_file_without_changes_is_not_issued_again(at_desk, tmp_path):
    folder, run = at_desk
    shutil.copy(folder / "uitgegeven" / "toekenning-muide.docx", tmp_path / "terug.docx")
    code, out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    assert (code, out) == (ExitCode.BLOCKING, "")
    assert "er is niets nieuws uit te geven" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((PAPER, "--accept-changes", "--why", "x", *LATER), "--from"),
        ((PAPER, "--from", "terug.docx", "--accept-changes", *LATER), "--why"),
        (("--from", "terug.docx", *LATER), "Zeg van welk document"),
    ],
)
def test_what_lacks_is_said(arguments, says, at_desk):
    _folder, run = at_desk
    code, out, err = run("issue", NUMBER, *arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert says in err


def test_the_paper_of_another_dossier_is_not_issued(at_desk, tmp_path):
    folder, run = at_desk
    before = contents(folder / "uitgegeven")
    (tmp_path / "terug.docx").write_bytes(edited(folder, NUMBER, "KLIMA-009-22"))
    code, _out, err = run("issue", NUMBER, PAPER, "--from", tmp_path / "terug.docx", *ACCEPTED)
    assert code == ExitCode.USAGE
    assert "KLIMA-009-22" in err
    assert contents(folder / "uitgegeven") == before


def test_an_accepted_paper_states_only_what_still_stands_in_it():
    stated = (Stated("40.000 euro", How.READ, ("granted",)), Stated("Gent", How.READ, ("naam",)))
    now = word(p("Aan Gent wordt 40.000 euro gegeven."))
    paper = Paper("toekenning", "Toekenning", "toekenning", now, draft=False, stated=stated)
    for amount, left in (("40.000", ("40.000 euro", "Gent")), ("140.000", ("Gent",)), ("40.000,50", ("Gent",))):
        content = word(p(f"Aan Gent wordt {amount} euro gegeven."))
        assert tuple(one.text for one in still_stated(paper, content)) == left
