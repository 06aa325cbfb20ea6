"""An issued paper carries what it states, keeps where that was read, and still agrees with it once it is signed."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import jsonschema
import pikepdf
import pytest
from page import ValidationProfile

from pipeline import pdf, stated
from pipeline.errors import ExitCode
from pipeline.library import load
from pipeline.write import sha256
from tests import issued_demo as demo
from tests.signed_papers import sign
from tests.signing_keys import person
from tests.test_conformance import broken_rules

pytestmark = pytest.mark.requires_soffice

CONTRACT = "uitgegeven/afsprakenkader.pdf"


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    place = tmp_path_factory.mktemp("data")
    output = demo.decided(place)
    assert demo.run("issue", demo.NUMBER, *demo.ISSUED_BY, "-o", output) == ExitCode.DONE
    assert demo.run("issue", demo.MEETING, *demo.ISSUED_BY, "-o", output) == ExitCode.DONE
    return output


@pytest.fixture
def output(once, tmp_path):
    return shutil.copytree(once, tmp_path / "output")


def folder(output):
    (found,) = output.glob(f"{demo.NUMBER} *")
    return found


def where(output, capsys, paper, value, number=demo.NUMBER):
    capsys.readouterr()
    code = demo.run("where", number, paper, value, "-o", output, "--json")
    said = capsys.readouterr()
    return code, json.loads(said.out)["papers"] if said.out else [], said.err


def test_a_paper_that_is_not_there_is_answered_with_each_name_once(once, capsys):
    assert demo.run("issue", demo.NUMBER, "nergens", *demo.ISSUED_BY, "-o", once) == ExitCode.USAGE
    names = capsys.readouterr().err.partition("wel: ")[2].rstrip(".\n").split(", ")
    assert {"engagementsverklaring", "afsprakenkader", "partnerverklaring"} < set(names)
    assert len(names) == len(set(names))


def test_every_issued_paper_carries_its_data_and_agrees_with_it(once):
    papers = sorted(once.glob("**/uitgegeven/*.pdf"))
    assert len(papers) > 4
    call = load(str(once.parent / "call" / "forms" / demo.CALL))
    for path in papers:
        data = path.read_bytes()
        held = json.loads(pdf.attached(data, "gegevens.json"))
        jsonschema.validate(held, json.loads(pdf.attached(data, "gegevens.schema.json")))
        assert held["dossier"] in (demo.NUMBER, demo.MEETING), path
        assert stated.disagreements(data, call.forms[held["form"]["key"]]) == (), path
        assert pdf.faults(data, archive=pdf.Archive.CONTRACT, marker=demo.NUMBER) == ()


def test_minutes_of_a_meeting_carry_what_they_state_of_the_dossier_apart(once):
    (path,) = once.glob("**/uitgegeven/stuurgroepverslag*.pdf")
    held = json.loads(pdf.attached(path.read_bytes(), "gegevens.json"))
    assert held["form"]["key"] == "vergadering"
    assert held["joined"]["form"] == "aanvraag"
    assert held["joined"]["answers"]["gemeente"] == "Gent"


def test_extract_gives_the_answers_of_an_issued_contract(once):
    call = load(str(once.parent / "call" / "forms" / demo.CALL))
    data = (folder(once) / CONTRACT).read_bytes()
    answers = stated.returned(data, "afsprakenkader.pdf", call).answers
    assert answers["gemeente"].value == "Gent"
    assert answers["wijk_naam"].value == "Muide-Meulestede"
    assert [row.cells["kost"].value for row in answers["acties"].rows] == list(map(Decimal, (300000, 340000, 360000)))
    assert answers["contact_email"].state.value == "not_found"


def test_no_e_mail_address_and_no_telephone_number_of_the_form_is_in_an_issued_paper(once):
    dossier = json.loads((folder(once) / "dossier.json").read_bytes())["answers"]
    personal = [dossier[key]["text"] for key in dossier if key.endswith(("_email", "_telefoon"))]
    assert len(personal) == 4
    for path in once.glob("**/uitgegeven/*.pdf"):
        with pikepdf.open(path) as opened:
            streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
            held = b"\n".join([path.read_bytes(), *(_content(each) for each in streams)])
        assert b"Muide-Meulestede" in held
        for value in personal:
            assert value.encode() not in held
            assert value.encode("utf-16-be") not in held


def _content(stream):
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""


def test_where_tells_of_an_issued_paper_what_was_true_when_it_was_issued(output, capsys):
    asked = ("acties.1.titel", "Wijkregisseurs")
    demo.run(
        *("correct", demo.NUMBER, *asked, "--why", "tikfout", "--by", "N. Dossier", "--date", "2022-07-01"),
        *("--no-pdf", "-o", output),
    )
    code, (told,), _err = where(output, capsys, "afsprakenkader", "Wijkregie en wijkteam")
    assert code == ExitCode.DONE
    assert told["file"].endswith("uitgegeven/afsprakenkader.docx")
    origin = told["hits"][0]["origins"][0]
    assert origin["target"] == "acties.1.titel"
    assert origin["method"] != "correction"
    assert origin["location"]["source"] == "Aanvraagformulier Gent.docx"
    assert (origin["location"]["label"], origin["location"]["line"]) == ("Titel", "1 («A1, Wijkregie en wijkteam»)")
    code, _told, _err = where(output, capsys, "afsprakenkader", "Wijkregisseurs")
    assert code == ExitCode.USAGE


def test_where_tells_nothing_of_an_issued_paper_from_a_file_that_somebody_changed(output, capsys):
    path = folder(output) / "uitgegeven" / "afsprakenkader.herkomst.json"
    path.write_bytes(path.read_bytes().replace(b"acties.1.titel", b"acties.2.titel"))
    code, told, err = where(output, capsys, "afsprakenkader", "Gent")
    assert (code, told) == (ExitCode.USAGE, [])
    assert "is weg of gewijzigd" in err


def test_verify_tells_that_text_and_data_agree_and_where_they_do_not(output, tmp_path, capsys):
    source = folder(output) / CONTRACT
    capsys.readouterr()
    demo.run("verify", source, "-o", output, "--json")
    answers = json.loads(capsys.readouterr().out)["answers"]
    assert answers["data"]["holds"] is True
    with pikepdf.open(source) as opened:
        stream = opened.Root.Names.EmbeddedFiles.Names[1].EF.F
        data = json.loads(stream.read_bytes())
        data["acts"]["granted"] = "900000.00"
        stream.write(json.dumps(data).encode())
        opened.save(tmp_path / "gewijzigd.pdf")
    demo.run("verify", tmp_path / "gewijzigd.pdf", "-o", output, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["holds"] is False
    assert told["answers"]["data"]["holds"] is False
    assert "«900000.00»" in told["answers"]["data"]["lines"][0]


def test_verify_tells_the_key_of_a_choice_that_is_not_what_was_issued_though_its_label_is(output, tmp_path, capsys):
    with pikepdf.open(folder(output) / CONTRACT) as opened:
        stream = opened.Root.Names.EmbeddedFiles.Names[1].EF.F
        data = json.loads(stream.read_bytes())
        choice = data["answers"]["acties"][0]["cells"]["aard"]
        was, choice["key"] = choice["key"], "iets_anders"
        stream.write(json.dumps(data).encode())
        opened.save(tmp_path / "gewijzigd.pdf")
    capsys.readouterr()
    demo.run("verify", tmp_path / "gewijzigd.pdf", "-o", output, "--json")
    told = json.loads(capsys.readouterr().out)["answers"]["data"]
    assert told["holds"] is False
    assert [f"({was})" in line and "(iets_anders)" in line for line in told["lines"]] == [True]


def test_verify_shows_twenty_disagreements_and_counts_the_rest(once, tmp_path, capsys):
    """A page that is gone takes along everything that it said; JSON names all of it."""
    with pikepdf.open(folder(once) / CONTRACT) as opened:
        del opened.pages[6]
        opened.save(tmp_path / "gewijzigd.pdf")
    capsys.readouterr()
    demo.run("verify", tmp_path / "gewijzigd.pdf", "-o", once, "--json")
    every = json.loads(capsys.readouterr().out)["answers"]["data"]["lines"]
    assert len(every) > 20
    demo.run("verify", tmp_path / "gewijzigd.pdf", "-o", once)
    shown = capsys.readouterr().out.splitlines()
    start = shown.index("✗ Stemmen de bladzijden en de gegevens overeen?") + 1
    assert [line.strip() for line in shown[start : start + 20]] == every[:20]
    assert shown[start + 20] == f"  … en nog {len(every) - 20}"


def test_a_signed_paper_still_agrees_with_its_data(once):
    (path,) = once.glob("**/uitgegeven/stuurgroepverslag*.pdf")
    with pikepdf.open(path) as opened:
        fields = [str(each.T) for each in opened.Root.AcroForm.Fields]
    signed = sign(path.read_bytes(), person("Mia Van den Berghe"), fields[0])
    assert signed.startswith(path.read_bytes())
    assert stated.disagreements(signed) == ()


def test_an_issued_paper_is_an_archive_with_its_data_and_can_be_read_aloud(once):
    papers = sorted(once.glob("**/uitgegeven/*.pdf"))
    assert len(papers) == 6
    for path in papers:
        assert broken_rules(path, ValidationProfile.PDF_A_3B, ValidationProfile.PDF_UA_1) == [], path.name


def test_it_still_is_an_archive_when_we_signed_it(output, tmp_path, monkeypatch):
    """Not asked here is PDF/UA: the checker cannot read letters given as a range and an array (ISO 32000-1, 9.10.3)."""
    monkeypatch.setenv("WIJKCONTRACT_PASSPHRASE", "geheim")
    (issued,) = output.glob("**/uitgegeven/stuurgroepverslag*.pdf")
    with pikepdf.open(issued) as opened:
        field = str(opened.Root.AcroForm.Fields[0].T)
    paper = shutil.copy(issued, tmp_path / "verslag.pdf")
    (tmp_path / "mia.p12").write_bytes(person("Mia Van den Berghe", between=True).p12("geheim"))
    assert demo.run("sign", paper, "--p12", tmp_path / "mia.p12", "--field", field, "-o", output) == ExitCode.DONE
    signed = tmp_path / "verslag (ondertekend).pdf"
    assert broken_rules(signed, ValidationProfile.PDF_A_3B) == []


def test_the_manifest_holds_what_tells_where_an_issued_paper_was_read(once):
    manifest = json.loads((once / "manifest.json").read_bytes())
    hashes = {each["path"]: each["sha256"] for each in manifest["outputs"]}
    path = folder(once) / "uitgegeven" / "afsprakenkader.herkomst.json"
    assert hashes[path.relative_to(once).as_posix()] == sha256(path.read_bytes())
