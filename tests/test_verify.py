"""The verbs around signatures, and what comes back in the inbox: a dossier is signed when every signature holds."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
from email.message import EmailMessage

import openpyxl
import pikepdf
import pytest

from pipeline import commands
from pipeline.dossier import Origin
from pipeline.errors import ExitCode
from pipeline.kept import kept_in
from pipeline.register import at
from pipeline.signing import read_scan
from tests.authority_server import serving
from tests.inbox import SMALL, proposal, put, receipts
from tests.signed_papers import edited, resaved, scanned, sign
from tests.signing_keys import SIGNED, authority, person, revoked
from tests.test_kept import languages_loaded

pytestmark = pytest.mark.requires_soffice

NUMBER = "KLIMA-001-22"
FIRST, SECOND = "handtekening_stad_1", "handtekening_diensthoofd_1"
BY = ("--by", "N. Dossier", "--why", "nagekeken")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """An output folder with one dossier, decided, of which everything is issued; made once."""
    place = tmp_path_factory.mktemp("ondertekend")
    put(place / "inbox", gent=proposal())
    receipts(place / "inbox", "gent.docx;2022-03-01T09:00:00+01:00;;")
    (place / "roots").mkdir()
    (place / "roots" / "proefwortel.pem").write_bytes(authority("Proefwortel").pem)

    def run(*arguments):
        return commands.run([*arguments, "-o", str(place / "output")])

    run("run", str(place / "inbox"), "--call", SMALL, "--no-pdf", "--jobs", "0", "--date", "2022-04-01")
    day = ("--date", "2022-05-01", "--today", "2022-05-02")
    run("decide", NUMBER, "--granted", "40.000", *day, "--reference", "B/22/1", "--no-pdf")
    run("issue", NUMBER, "--by", "N. Dossier", "--on", "2022-05-10", "--no-pdf")
    return place


@pytest.fixture
def desk(once, tmp_path, monkeypatch, capsys):
    """A copy of that folder to work in, and a way to run a verb there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    monkeypatch.setenv("WIJKCONTRACT_ROOTS", str(once / "roots"))
    shutil.copytree(once / "output", tmp_path / "output")
    (tmp_path / "post").mkdir()
    return Desk(tmp_path, capsys)


class Desk:
    def __init__(self, place, capsys):
        self.place = place
        self.capsys = capsys
        (self.folder,) = (place / "output").glob(f"{NUMBER}*")
        self.issued = next((self.folder / "uitgegeven").glob("*.pdf"))

    def run(self, *arguments):
        self.capsys.readouterr()
        code = commands.run([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def put(self, name, data):
        (self.place / "post" / name).write_bytes(data)
        return f"post/{name}"

    def take_in(self):
        return self.run("run", "post", "--no-pdf", "--jobs", "0", "--date", "2022-06-01")

    def copies(self):
        register = at(self.place / "output")
        try:
            return register.copies().get(NUMBER, ())
        finally:
            register.close()

    def state(self):
        (line,) = json.loads(self.run("status", NUMBER, "--json")[1])["dossiers"]
        return line["signed"]

    def signed(self, *parties, data=b""):
        """The issued paper, signed by these parties in turn: name and field."""
        data = data or self.issued.read_bytes()
        for name, field in parties:
            data = sign(data, person(name), field)
        return data


BOTH = (("Stad Gent", FIRST), ("Noor Fictief", SECOND))


class TestVerify:
    def test_paper_signed_by_whom_it_names_needs_a_person_only_where_it_names_none(self, desk):
        code, out, _err = desk.run("verify", desk.put("a.pdf", desk.signed(*BOTH)))
        assert code == ExitCode.BLOCKING
        assert f"byte voor byte Toekenning van de bijdrage van {NUMBER} zoals uitgegeven" in out
        assert "«Noor Fictief» in het veld van Noor Fictief, diensthoofd: gaaf" in out
        assert "vertrouwd door Proefwortel (proefwortel.pem)" in out
        assert "Het papier noemt daar geen naam van een mens (Gent, begunstigde)" in out
        assert "Elk veld is ondertekend." in out

    @pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-")])
    def test_paper_of_ours_is_known_when_the_issued_file_is_gone_or_damaged(self, desk, harm):
        """The register holds its hash: what came back is still ours, whatever happened here."""
        back = desk.put("a.pdf", desk.signed(*BOTH))
        harm(desk.issued)
        _code, out, _err = desk.run("verify", back)
        assert f"byte voor byte Toekenning van de bijdrage van {NUMBER} zoals uitgegeven" in out

    def test_reason_is_in_order_only_once_a_person_read_it(self, desk):
        half = desk.signed(BOTH[0])
        path = desk.put("a.pdf", sign(half, person(BOTH[1][0]), SECOND, reason="Enkel voor ontvangst"))
        desk.run("verify", path, "--keep")
        (copy,) = desk.copies()
        desk.run("assign", NUMBER, copy.name, FIRST, "--for", FIRST, *BY, "--no-pdf")
        code, out, _err = desk.run("verify", path)
        assert (code, out.splitlines()[-1]) == (ExitCode.BLOCKING, "Niet in orde.")
        assert "Lees wat «Noor Fictief» bij het tekenen zei. Is het geen voorbehoud, leg dat dan vast" in out
        desk.run("assign", NUMBER, copy.name, SECOND, "--for", SECOND, *BY, "--no-pdf")
        code, out, _err = desk.run("verify", path)
        assert (code, out.splitlines()[-1]) == (
            ExitCode.DONE,
            f"In orde, met wat bij {NUMBER} vastgelegd werd over dit exemplaar.",
        )

    def test_json_says_the_same(self, desk):
        code, out, _err = desk.run("verify", desk.put("a.pdf", desk.signed(*BOTH)), "--json")
        told = json.loads(out)
        assert (code, told["schema_version"], told["holds"], told["origin"]) == (3, 1, False, "issued")
        assert told["paper"]["dossier"] == NUMBER
        assert [(one["signer"], one["whole"], one["trust"], one["likeness"]) for one in told["signatures"]] == [
            ("Stad Gent", True, "trusted", "untold"),
            ("Noor Fictief", True, "trusted", "same"),
        ]
        assert told["empty"] == []

    def test_issuers_of_certificates_are_asked_only_online(self, desk, monkeypatch):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
        with serving() as server:
            signer = person("Noor Fictief", answers_at=server.answers_at, list_at=server.list_at)
            path = desk.put("a.pdf", sign(desk.issued.read_bytes(), signer, SECOND))
            server.says["/crl"] = revoked(signer, SIGNED - dt.timedelta(days=1), told=SIGNED + dt.timedelta(days=1))
            _code, out, _err = desk.run("verify", path)
            assert "vertrouwd door Proefwortel (proefwortel.pem); intrekking niet nagegaan" in out
            assert server.asked == []
            _code, out, err = desk.run("verify", path, "--online")
            assert "niet vertrouwd: het certificaat was toen ingetrokken (op 19 januari 2022 om 10.30 uur)" in out
            assert server.asked == ["/ocsp", "/crl"]
            assert err == ""

    @pytest.mark.parametrize(
        ("change", "code", "says"),
        [
            (lambda data: data, ExitCode.BLOCKING, "Niemand tekende dit exemplaar"),
            (lambda data: edited(data, 0, "Iets meer"), ExitCode.BLOCKING, "er kwam meer bij dan handtekeningen"),
            (scanned, ExitCode.BLOCKING, "geprint en ingescand"),
            (lambda data: data[:5_000], ExitCode.UNREADABLE, "Dit is geen pdf die geopend kan worden"),
            (lambda data: b"", ExitCode.UNREADABLE, "Dit is geen pdf die geopend kan worden"),
            (lambda data: b"PK\x03\x04", ExitCode.UNREADABLE, "Dit is geen pdf die geopend kan worden"),
        ],
        ids=["unsigned", "edited", "scanned", "truncated", "empty", "zip"],
    )
    def test_each_has_an_answer_of_its_own_and_none_a_traceback(self, desk, change, code, says):
        found, out, err = desk.run("verify", desk.put("a.pdf", change(desk.issued.read_bytes())))
        assert found == code
        assert says in out
        assert "log.txt" not in err

    @pytest.mark.requires_tesseract
    def test_scan_is_recognised_once_and_no_more_when_it_is_kept(self, desk):
        data = scanned(desk.issued.read_bytes(), dpi=200)
        path = desk.put("scan.pdf", data)
        assert "Het lijkt op Toekenning van de bijdrage" in desk.run("verify", path)[1]
        (recognised,) = (desk.place / "output" / ".herkend").iterdir()
        before = recognised.read_bytes()
        with kept_in(recognised):
            assert languages_loaded(lambda: read_scan(data)) == 0
        desk.run("verify", path, "--keep")
        assert recognised.read_bytes() == before
        assert [copy.origin for copy in desk.copies()] == [Origin.SCANNED]

    def test_version_that_was_replaced(self, desk):
        old = desk.signed(*BOTH)
        desk.run("correct", NUMBER, "eigen_deel", "18.000,01", *BY, "--date", "2022-05-11", "--no-pdf")
        again = ("--replace", "--on", "2022-05-12", "--no-pdf")
        assert desk.run("issue", NUMBER, "toekenning", *BY, *again)[0] == ExitCode.DONE
        _code, out, _err = desk.run("verify", desk.put("a.pdf", old))
        assert "Die versie is vervangen door een latere" in out

    def test_frozen_file_that_was_changed_since_does_not_matter(self, desk):
        signed = desk.signed(*BOTH)
        desk.issued.write_bytes(desk.issued.read_bytes()[:-1] + b"x")
        _code, out, _err = desk.run("verify", desk.put("a.pdf", signed))
        assert "byte voor byte" in out

    def test_without_an_output_folder_it_says_what_was_not_checked(self, desk):
        _code, out, err = desk.run("verify", desk.put("a.pdf", desk.signed(*BOTH)), "-o", "elders")
        assert "er is niet nagegaan of dit van hieruit uitgegeven werd" in err
        assert "Dit is geen papier dat van hieruit uitgegeven werd" in out


class TestTakenIn:
    def test_copy_in_the_inbox_goes_to_its_dossier_and_is_read_as_nothing_else(self, desk):
        data = desk.signed(*BOTH)
        desk.put("getekend.pdf", data)
        _code, _out, err = desk.take_in()
        (copy,) = desk.copies()
        assert (desk.folder / copy.file).read_bytes() == data
        assert f"«getekend.pdf» is een exemplaar van toekenning-muide van {NUMBER}" in err
        assert not list((desk.place / "output" / "onleesbaar").glob("*"))
        assert "niet leesbaar" not in err
        _code, out, err = desk.take_in()
        assert "Er was niets te doen" in out
        assert "exemplaar" not in err

    def test_dossier_is_signed_only_when_every_signature_holds(self, desk):
        desk.put("getekend.pdf", desk.signed(*BOTH))
        desk.take_in()
        assert not desk.state()
        (copy,) = desk.copies()
        _code, out, _err = desk.run("status", NUMBER)
        assert "Nog niet ondertekend: Gent, begunstigde." in out
        assert f"wijkcontract assign {NUMBER} '{copy.name}' '{FIRST}'" in out
        code, out, _err = desk.run(
            "assign", NUMBER, copy.name, FIRST, "--for", FIRST, *BY, "--date", "2022-06-02", "--no-pdf"
        )
        assert code == ExitCode.DONE
        assert f"{NUMBER}: ondertekend." in out
        assert desk.state()
        assert "ondertekend" in desk.run("status")[1]
        page = (desk.place / "output" / "rapport.html").read_text()
        assert f"Ondertekend in «{copy.name}»: Noor Fictief, diensthoofd op 20 januari 2022 en Gent" in page
        sheets = openpyxl.load_workbook(desk.place / "output" / "overzicht.xlsx")
        assert any("ondertekend" in row for row in sheets.worksheets[0].iter_rows(values_only=True))
        manifest = json.loads((desk.place / "output" / "manifest.json").read_text())
        assert [(one["dossier"], one["sha256"]) for one in manifest["signed"]] == [(NUMBER, copy.sha256)]
        assert desk.run("verify", desk.folder / copy.file)[0] == ExitCode.DONE

    def test_signature_in_a_field_of_a_service_counts_once_a_person_assigned_it(self, desk):
        other = sign(desk.issued.read_bytes(), person("Stad Gent"), "Signature7", own_field=(0, (240, 20, 400, 60)))
        desk.put("dienst.pdf", desk.signed(("Noor Fictief", SECOND), data=other))
        desk.take_in()
        (copy,) = desk.copies()
        assert "«Signature7»" in desk.run("verify", desk.folder / copy.file)[1]
        at_day = ("--date", "2022-06-02", "--no-pdf")
        assert not desk.state()
        desk.run("assign", NUMBER, copy.name, "Signature7", "--for", FIRST, *BY, *at_day)
        assert desk.state()

    def test_signature_in_a_field_of_a_service_after_one_in_ours_leaves_the_first_intact(self, desk):
        """Who signs first does so in our field, and the next through a service: our fields allow signing after them."""
        first = desk.signed(("Noor Fictief", SECOND))
        path = desk.put(
            "dienst.pdf", sign(first, person("Stad Gent"), "Signature7", own_field=(0, (350, 40, 520, 100)))
        )
        _code, out, _err = desk.run("verify", path)
        assert "✓ Er werd niets gewijzigd" in out.replace("✓ Is er iets gewijzigd?\n ", "✓")
        assert "«Noor Fictief» in het veld van Noor Fictief, diensthoofd: gaaf; getekend" in out
        assert "Wijs ze met «assign» toe aan wie getekend heeft" in out
        desk.take_in()
        (copy,) = desk.copies()
        desk.run("assign", NUMBER, copy.name, "Signature7", "--for", FIRST, *BY, "--no-pdf")
        assert desk.state()

    def test_copy_saved_anew_counts_once_a_person_let_it_through(self, desk):
        again = desk.signed(*BOTH, data=resaved_otherwise(desk.issued.read_bytes()))
        desk.put("dienst.pdf", again)
        desk.take_in()
        (copy,) = desk.copies()
        at_day = ("--date", "2022-06-02", "--no-pdf")
        desk.run("assign", NUMBER, copy.name, FIRST, "--for", FIRST, *BY, *at_day)
        assert not desk.state()
        assert "door een programma opnieuw opgeslagen" in desk.run("status", NUMBER)[1]
        desk.run("accept", NUMBER, copy.name, *BY, *at_day)
        assert desk.state()
        assert "toegelaten op 2 juni 2022" in desk.run("status", NUMBER)[1]

    def test_copy_saved_anew_with_other_data_in_it_is_not_let_through(self, desk):
        made = io.BytesIO()
        with pikepdf.open(desk.issued) as pdf:
            told = pdf.attachments["gegevens.json"].get_file()
            other = told.read_bytes().replace(b"40000", b"90000")
            assert other != told.read_bytes()
            pdf.attachments["gegevens.json"] = other
            pdf.save(made)
        desk.put("dienst.pdf", desk.signed(*BOTH, data=made.getvalue()))
        desk.take_in()
        (copy,) = desk.copies()
        at_day = ("--date", "2022-06-02", "--no-pdf")
        desk.run("assign", NUMBER, copy.name, FIRST, "--for", FIRST, *BY, *at_day)
        desk.run("accept", NUMBER, copy.name, *BY, *at_day)
        assert not desk.state()
        assert "telt niet, want het is niet wat uitgegeven werd" in desk.run("status", NUMBER)[1]

    def test_two_parties_in_two_copies_are_not_joined(self, desk):
        desk.put("een.pdf", desk.signed(("Stad Gent", FIRST)))
        desk.put("twee.pdf", desk.signed(("Noor Fictief", SECOND)))
        desk.take_in()
        one = next(copy for copy in desk.copies() if copy.signatures[0].signer == "Stad Gent")
        desk.run("assign", NUMBER, one.name, FIRST, "--for", FIRST, *BY, "--date", "2022-06-02", "--no-pdf")
        _code, out, _err = desk.run("status", NUMBER)
        assert "Handtekeningen uit twee bestanden kunnen niet samengevoegd worden" in out
        assert not desk.state()

    def test_changed_copy_is_kept_and_does_not_count(self, desk):
        desk.put("anders.pdf", edited(desk.signed(*BOTH), 0, "Iets meer"))
        desk.take_in()
        (copy,) = desk.copies()
        assert copy.changes
        assert "telt niet, want het is niet wat uitgegeven werd" in desk.run("status", NUMBER)[1]
        code, _out, err = desk.run("assign", NUMBER, copy.name, FIRST, "--for", FIRST, *BY)
        assert code == ExitCode.USAGE
        assert "houdt geen stand" in err

    def test_copy_in_a_mail_is_found_and_the_mail_kept(self, desk):
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", "getekend"
        letter["Date"] = "Wed, 25 May 2022 10:00:00 +0200"
        letter.set_content("In bijlage het ondertekende exemplaar.")
        data = desk.signed(*BOTH)
        letter.add_attachment(data, maintype="application", subtype="pdf", filename="ondertekend.pdf")
        desk.put("antwoord.eml", letter.as_bytes())
        desk.take_in()
        (copy,) = desk.copies()
        assert (desk.folder / copy.file).read_bytes() == data
        assert [path.read_bytes() for path in (desk.folder / "ondertekend").glob("*.eml")] == [letter.as_bytes()]

    def test_keep_does_the_same_for_one_file(self, desk):
        path = desk.put("getekend.pdf", desk.signed(*BOTH))
        _code, _out, err = desk.run("verify", path, "--keep")
        assert "bewaard:" in err
        assert len(desk.copies()) == 1

    def test_what_was_examined_without_roots_is_examined_again_with_them(self, desk, monkeypatch):
        roots = os.environ["WIJKCONTRACT_ROOTS"]
        monkeypatch.delenv("WIJKCONTRACT_ROOTS")
        desk.put("getekend.pdf", desk.signed(*BOTH))
        desk.take_in()
        (copy,) = desk.copies()
        assert {one.trust.value for one in copy.signatures} == {"no_roots"}
        monkeypatch.setenv("WIJKCONTRACT_ROOTS", roots)
        _code, _out, err = desk.take_in()
        assert f"{copy.name}» is opnieuw nagegaan" in err
        (again,) = desk.copies()
        assert {one.trust.value for one in again.signatures} == {"trusted"}
        assert (again.on, again.source, again.content) == (copy.on, copy.source, copy.content)
        assert "opnieuw nagegaan" not in desk.take_in()[2]

    def test_copy_of_a_version_that_was_replaced_is_told_and_does_not_count(self, desk):
        desk.put("getekend.pdf", desk.signed(*BOTH))
        desk.take_in()
        desk.run("correct", NUMBER, "eigen_deel", "18.000,01", *BY, "--date", "2022-06-02", "--no-pdf")
        again = ("--replace", "--on", "2022-06-03", "--no-pdf")
        _code, _out, err = desk.run("issue", NUMBER, "toekenning", *BY, *again)
        assert "op een vorige versie staan handtekeningen van «Stad Gent» en «Noor Fictief»" in err
        assert "Die tellen niet meer: laat de nieuwe versie ondertekenen" in err
        _code, out, _err = desk.run("status", NUMBER)
        assert "Getekend op een versie die vervangen werd, en dat telt niet meer" in out
        assert not desk.state()

    def test_copy_of_a_version_that_was_replaced_is_not_let_through(self, desk):
        desk.put("dienst.pdf", desk.signed(*BOTH, data=resaved(desk.issued.read_bytes() + b"\n")))
        desk.take_in()
        desk.run("correct", NUMBER, "eigen_deel", "18.000,01", *BY, "--date", "2022-06-02", "--no-pdf")
        desk.run("issue", NUMBER, "toekenning", *BY, "--replace", "--on", "2022-06-03", "--no-pdf")
        (copy,) = desk.copies()
        code, _out, err = desk.run("accept", NUMBER, copy.name, *BY, "--no-pdf")
        assert copy.origin is Origin.RESAVED
        assert code == ExitCode.USAGE
        assert "is van een versie die vervangen werd en telt niet meer" in err

    def test_copy_that_is_gone_is_told(self, desk):
        desk.put("getekend.pdf", desk.signed(*BOTH))
        desk.take_in()
        (copy,) = desk.copies()
        (desk.folder / copy.file).unlink()
        assert f"{copy.name}» is weg of niet meer het exemplaar dat bewaard werd" in desk.take_in()[2]

    def test_signature_that_a_kept_copy_has_and_this_one_lacks_is_told(self, desk):
        half = desk.signed(BOTH[0])
        desk.put("getekend.pdf", desk.signed(BOTH[1], data=half))
        desk.take_in()
        _code, out, _err = desk.run("verify", desk.put("b.pdf", half))
        assert f"mist handtekeningen die een bewaard exemplaar wel draagt: «Noor Fictief» in «{SECOND}»" in out

    def test_settings_file_names_the_roots(self, desk, monkeypatch):
        roots = os.environ["WIJKCONTRACT_ROOTS"]
        monkeypatch.delenv("WIJKCONTRACT_ROOTS")
        (desk.place / "wijkcontract.toml").write_text(f'roots = ["{roots}"]\n')
        _code, out, _err = desk.run("verify", desk.put("a.pdf", desk.signed(*BOTH)))
        assert "vertrouwd door Proefwortel" in out


class TestSign:
    """With a key of the tests; the passphrase comes from the environment or a file, never from the command line."""

    @pytest.fixture
    def keys(self, desk, monkeypatch):
        monkeypatch.setenv("WIJKCONTRACT_PASSPHRASE", "geheim")
        for name in ("Stad Gent", "Noor Fictief"):
            (desk.place / f"{name}.p12").write_bytes(person(name, between=True).p12("geheim"))
        return desk

    def test_paper_of_a_dossier_is_signed_in_turn_and_kept(self, keys):
        code, _out, err = keys.run("sign", NUMBER, "toekenning", "--p12", "Stad Gent.p12")
        assert code == ExitCode.DONE
        assert "de handtekening telt pas als iemand haar met «assign» toewijst" in err.lower()
        code, _out, err = keys.run("sign", NUMBER, "toekenning", "--p12", "Noor Fictief.p12")
        assert code == ExitCode.DONE
        assert f"de handtekening van «Stad Gent» in «{FIRST}», die eerst moest komen, telt nog niet" in err
        whole = max(keys.copies(), key=lambda copy: len(copy.signatures))
        assert [one.signer for one in whole.signatures] == ["Stad Gent", "Noor Fictief"]
        keys.run("assign", NUMBER, whole.name, FIRST, "--for", FIRST, *BY, "--no-pdf")
        assert keys.state()

    @pytest.mark.requires_softhsm
    def test_token_signs_as_a_file_does(self, keys, token, monkeypatch):
        library, name, label, pin = token
        monkeypatch.setenv("WIJKCONTRACT_PASSPHRASE", pin)
        how = ("--pkcs11", library, "--token", name, "--key", label, "--field", FIRST)
        assert keys.run("sign", NUMBER, "toekenning", *how)[0] == ExitCode.DONE
        assert [one.whole for copy in keys.copies() for one in copy.signatures] == [True]

    def test_file_is_signed_beside_itself_and_never_over(self, keys):
        path = keys.put("toekenning.pdf", keys.issued.read_bytes())
        code, out, _err = keys.run("sign", path, "--p12", "Stad Gent.p12")
        assert (code, out) == (ExitCode.DONE, "post/toekenning (ondertekend).pdf\n")
        assert (keys.place / path).read_bytes() == keys.issued.read_bytes()
        code, _out, err = keys.run("sign", path, "--p12", "Stad Gent.p12")
        assert code == ExitCode.USAGE
        assert "bestaat al" in err

    def test_issued_file_named_by_its_path_is_signed_as_the_paper_of_its_dossier(self, keys):
        """Nothing comes beside what was issued: that folder is frozen."""
        before = sorted(keys.issued.parent.iterdir())
        code, _out, err = keys.run("sign", keys.issued, "--p12", "Stad Gent.p12")
        assert code == ExitCode.DONE, err
        assert sorted(keys.issued.parent.iterdir()) == before
        (copy,) = keys.copies()
        assert [one.signer for one in copy.signatures] == ["Stad Gent"]
        to = keys.issued.with_name("anders.pdf")
        code, _out, err = keys.run("sign", keys.issued, "--p12", "Stad Gent.p12", "--to", to)
        assert code == ExitCode.USAGE
        assert "komt niets bij wat uitgegeven werd" in err
        assert sorted(keys.issued.parent.iterdir()) == before

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("--p12", "Noor Fictief.p12", "--field", SECOND), "Eerst tekenen: Gent, begunstigde"),
            (("--p12", "weg.p12"), "bestaat niet"),
            ((), "Geef --p12 met een bestand, of --pkcs11"),
            (("--pkcs11", "/niets.so"), "Zeg met --key"),
            (("--pkcs11", "/niets.so", "--key", "x"), "is het aangesloten"),
            (("--p12", "Stad Gent.p12", "--timestamp", "http://127.0.0.1:9"), "er is niet getekend"),
        ],
    )
    def test_what_cannot_be_is_said(self, keys, arguments, says):
        code, _out, err = keys.run("sign", NUMBER, "toekenning", *arguments)
        assert code == ExitCode.USAGE
        assert says in err
        assert keys.copies() == ()

    def test_wrong_passphrase_in_a_file_is_said_and_not_shown(self, keys):
        (keys.place / "wachtwoord").write_text("onjuist\n")
        how = ("--p12", "Stad Gent.p12", "--passphrase-file", "wachtwoord")
        code, out, err = keys.run("sign", NUMBER, "toekenning", *how)
        assert code == ExitCode.USAGE
        assert "het wachtwoord klopt niet" in err
        assert "onjuist" not in out + err

    def test_without_passphrase_and_screen_it_says_where_to_put_it(self, keys, monkeypatch):
        monkeypatch.delenv("WIJKCONTRACT_PASSPHRASE")
        code, _out, err = keys.run("sign", NUMBER, "toekenning", "--p12", "Stad Gent.p12")
        assert code == ExitCode.USAGE
        assert "--passphrase-file" in err

    def test_paper_that_was_not_issued(self, keys):
        code, _out, err = keys.run("sign", NUMBER, "antwoord", "--p12", "Stad Gent.p12")
        assert code == ExitCode.USAGE
        assert "is geen document «antwoord» uitgegeven; wel: toekenning-muide" in err

    def test_paper_that_is_not_ours(self, keys):
        path = keys.put("anders.pdf", edited(keys.issued.read_bytes(), 0, "Meer"))
        code, _out, err = keys.run("sign", path, "--p12", "Stad Gent.p12")
        assert code == ExitCode.USAGE
        assert "Alleen een papier zoals het uitgegeven werd" in err


class TestActs:
    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("weg.pdf", FIRST, "--for", FIRST), "ligt geen ondertekend exemplaar «weg.pdf»"),
            (("{copy}", "veld", "--for", FIRST), f"is geen handtekening «veld»; wel: «{FIRST}»"),
            (("{copy}", FIRST, "--for", "handtekening_stat_1"), f"Bedoelde u «{FIRST}»?"),
        ],
    )
    def test_what_does_not_exist_is_named_with_what_does(self, desk, arguments, says):
        desk.put("getekend.pdf", desk.signed(*BOTH))
        desk.take_in()
        (copy,) = desk.copies()
        named = [argument.format(copy=copy.name) for argument in arguments]
        code, _out, err = desk.run("assign", NUMBER, *named, *BY)
        assert code == ExitCode.USAGE
        assert says in err

    def test_copy_of_ours_needs_no_letting_through(self, desk):
        desk.put("getekend.pdf", desk.signed(*BOTH))
        desk.take_in()
        (copy,) = desk.copies()
        code, _out, err = desk.run("accept", NUMBER, copy.name, *BY)
        assert code == ExitCode.USAGE
        assert "kan niet toegelaten worden" in err


def resaved_otherwise(data):
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(resaved(data))) as pdf:
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return made.getvalue()
