"""A supplement of the call itself: its files, its letter, the ways in which it comes back."""

from __future__ import annotations

import json
import shutil

import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.errors import ExitCode
from pipeline.library import load
from tests.inbox import receipts
from tests.mail_files import mail
from tests.pdf_files import printed
from tests.supplements import ANSWERS, Desk, filled_pdf, lacking

CALL = "wijkverbeteringscontract"
DIEST, EEKLO = "WVC-2021-0001", "WVC-2021-0002"
SAMPLES = load(CALL).folder / "voorbeelden" / "inbox"
COUNCIL = "Bijlage «collegebesluit.pdf»"
BACK = "2021-07-26T09:00:00+02:00"


MOMENTS = [
    "Diest vestingwijk;2021-07-13T11:31:09+02:00;e-mail;",
    "Eeklo Oostveldwijk;2021-07-18T22:47:13+02:00;e-mail;",
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Diest, whose council decision did not come with it, and Eeklo, with a doubtful amount: both asked."""
    folder = tmp_path_factory.mktemp("gevraagd")
    desk = Desk(folder, None, CALL)
    for name in ("Diest vestingwijk", "Eeklo Oostveldwijk"):
        shutil.copytree(SAMPLES / name, desk.inbox / name)
    receipts(desk.inbox, *MOMENTS)
    desk.run("2021-07-20")
    desk.ask(DIEST, "2021-07-22")
    desk.ask(EEKLO, "2021-07-22")
    return folder


@pytest.fixture
def desk(asked, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKCONTRACT_LOG", str(tmp_path / "log.txt"))
    shutil.copytree(asked, tmp_path, dirs_exist_ok=True)
    desk = Desk(tmp_path, capsys, CALL)
    desk.moments = list(MOMENTS)
    return desk


def decision():
    return (SAMPLES / "Eeklo Oostveldwijk" / "collegebesluit.pdf").read_bytes()


def box(desk):
    """Give the key of the box that says that the decision is enclosed."""
    return next(field.key for field in desk.form(DIEST).fields() if field.label == COUNCIL)


def open_codes(desk, number):
    findings = json.loads((desk.folder(number) / "bevindingen.json").read_bytes())["findings"]
    return {f["code"]: f["severity"] for f in findings if f["outcome"] != "holds" and f["severity"] != "info"}


def paragraphs(path):
    found = Document(str(path)).element.body.iter(qn("w:p"))
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in found]


def test_a_missing_council_decision_is_asked_as_a_file_and_nothing_else_is(desk):
    labels = [field.label for section in desk.form(DIEST).sections[1:] for field in section.fields]
    assert labels == [COUNCIL, "Bestandsnaam van «collegebesluit.pdf»"]
    assert [field.label for section in desk.form(EEKLO).sections[1:] for field in section.fields] == [
        "Gevraagde subsidie"
    ]


def test_the_heading_names_municipality_proposal_and_letter_and_no_day_that_the_call_does_not_set(desk):
    said = paragraphs(desk.folder(DIEST) / "aanvullingsformulier-1.docx")
    place = said.index("Dossiernummer")
    assert said[place : place + 12] == [
        *("Dossiernummer", DIEST, "Nummer van de aanvulling", "1"),
        *("Lokaal bestuur", "Diest", "Wijk", "Vestingwijk-Noord"),
        *("Titel van het voorstel", "De vestingwijk slaat een brug (fictief voorbeeld)"),
        *("Datum van onze brief", "22 juli 2021"),
    ]
    assert not any("uiterlijk" in line for line in said)


def test_the_letter_has_the_day_of_the_request_and_says_that_a_form_goes_with_it(desk):
    said = paragraphs(desk.folder(DIEST) / "volledigheidsbrief.docx")
    assert "Datum:22 juli 2021" in said
    assert any(line.startswith("Bij deze brief hoort aanvullingsformulier 1.") for line in said)


def test_a_decision_in_the_folder_of_the_supplement_makes_the_dossier_complete(desk):
    desk.receive("aanvulling Diest/formulier.docx", desk.filled({box(desk): ["bijgevoegd"]}, DIEST), BACK)
    desk.receive("aanvulling Diest/collegebesluit.pdf", decision())
    desk.run("2021-07-27")
    assert desk.state(DIEST) == "volledig"
    (supplement,) = desk.dossier(DIEST)["supplements"]
    assert (supplement["closed"], supplement["told"]) == ([COUNCIL], [])
    assert [a["name"] for a in desk.dossier(DIEST)["attachments"]] == [
        "kaart-vestingwijk.png",
        "verklaring-de-wal.pdf",
        "aanvulling-01/collegebesluit.pdf",
    ]
    said = paragraphs(desk.folder(DIEST) / "volledigheidsbrief.docx")
    assert any("aanvulling 1 op 26 juli 2021 om 09.00 uur" in line for line in said)
    assert "Datum:26 juli 2021" in said


def test_a_supplement_after_the_last_day_of_the_call_is_a_warning_with_its_moment(desk):
    desk.receive("aanvulling Diest/formulier.docx", desk.filled({}, DIEST), BACK)
    desk.receive("aanvulling Diest/collegebesluit.pdf", decision())
    desk.run("2021-07-27")
    assert open_codes(desk, DIEST) == {"DAT-09": "warning"}
    said = paragraphs(desk.folder(DIEST) / "volledigheidsbrief.docx")
    late = "Aanvulling 1 is ontvangen op 26 juli 2021 om 09.00 uur, na de laatste indiendag"
    assert any(late in line for line in said)


def test_a_supplement_in_a_mail_has_its_moment_of_the_mail_and_brings_its_files(desk):
    received = "from a by mx.vlaanderen.example with ESMTPS id 1; Mon, 26 Jul 2021 08:15:02 +0200 (CEST)"
    form = desk.filled({box(desk): ["bijgevoegd"]}, DIEST)
    message = mail(("ingevuld.docx", form), ("collegebesluit.pdf", decision()), Received=received, Date="")
    desk.receive("re aanvulling.eml", message.as_bytes())
    desk.run("2021-07-27")
    assert desk.state(DIEST) == "volledig"
    (supplement,) = desk.dossier(DIEST)["supplements"]
    assert supplement["receipt"]["received"] == "2021-07-26T08:15:02+02:00"
    assert supplement["source"]["name"] == "re aanvulling.eml/ingevuld.docx"


@pytest.mark.parametrize("others", [{}, {"plan.txt": b"Het plan van de wijk."}], ids=["one file", "two files"])
def test_files_that_come_back_without_their_form_are_refused_with_how_to_add_them(others, desk):
    answer = mail(("collegebesluit.pdf", decision()), *others.items(), Subject="RE: uw voorstel").as_bytes()
    desk.receive("re uw voorstel.eml", answer)
    assert desk.run("2021-07-27")[0] == ExitCode.UNREADABLE
    reason = next((desk.output / "onleesbaar").rglob("reden.txt")).read_text("utf-8")
    assert "leg er in één map het aanvullingsformulier van dat dossier bij, ook leeg" in reason
    (desk.inbox / "re uw voorstel.eml").unlink()
    desk.receive("Diest antwoord/re uw voorstel.eml", answer)
    desk.receive("Diest antwoord/leeg.docx", (desk.folder(DIEST) / "aanvullingsformulier-1.docx").read_bytes(), BACK)
    desk.run("2021-07-28")
    assert desk.state(DIEST) == "volledig"


def test_a_file_that_the_form_names_otherwise_counts_as_the_one_that_was_asked(desk):
    answers = {box(desk): ["bijgevoegd"], f"{box(desk)}__naam": "Besluit CBS 28 juni.pdf"}
    desk.receive("Diest terug/formulier.docx", desk.filled(answers, DIEST), BACK)
    desk.receive("Diest terug/Besluit CBS 28 juni.pdf", decision())
    desk.run("2021-07-27")
    assert desk.state(DIEST) == "volledig"
    (supplement,) = desk.dossier(DIEST)["supplements"]
    assert supplement["told"] == ["«Besluit CBS 28 juni.pdf» is de gevraagde bijlage «collegebesluit.pdf»."]


def test_a_file_under_another_name_that_nobody_explains_is_not_taken_for_the_one_asked(desk):
    desk.receive("Diest terug/formulier.docx", desk.filled({}, DIEST), BACK)
    desk.receive("Diest terug/scan0001.pdf", decision())
    desk.run("2021-07-27")
    assert open_codes(desk, DIEST)["VOL-18"] == "blocking"
    assert desk.dossier(DIEST)["supplements"][0]["told"] == ["Niet bijgevoegd: «collegebesluit.pdf»."]


def test_a_file_that_is_announced_and_does_not_come_is_told(desk):
    desk.receive("formulier.docx", desk.filled({box(desk): ["bijgevoegd"]}, DIEST), BACK)
    assert desk.run("2021-07-27")[0] == ExitCode.BLOCKING
    assert desk.dossier(DIEST)["supplements"][0]["told"] == [
        "Bijlage «collegebesluit.pdf» is aangekondigd, maar zit niet bij de ontvangen bestanden."
    ]


def test_a_file_that_can_be_opened_takes_the_place_of_one_that_cannot(desk):
    desk.receive("Diest/formulier.docx", desk.filled({}, DIEST), BACK)
    desk.receive("Diest/collegebesluit.pdf", decision()[:200])
    desk.run("2021-07-27")
    assert open_codes(desk, DIEST)["VOL-18"] == "blocking"
    desk.ask(DIEST, "2021-07-28")
    desk.receive("Diest 2/formulier.docx", desk.filled({}, DIEST, 2), "2021-07-29T09:00:00+02:00")
    desk.receive("Diest 2/collegebesluit.pdf", decision())
    desk.run("2021-07-30")
    assert desk.state(DIEST) == "volledig"
    assert "aanvulling-01/collegebesluit.pdf" not in [a["name"] for a in desk.dossier(DIEST)["attachments"]]


def test_a_doubtful_amount_is_settled_by_a_pdf_form(desk):
    blank = (desk.folder(EEKLO) / "aanvullingsformulier-1.pdf").read_bytes()
    desk.receive("eeklo.pdf", filled_pdf(blank, {"gevraagde_subsidie": "400.000,00"}), BACK)
    desk.run("2021-07-27")
    assert (desk.state(EEKLO), desk.dossier(EEKLO)["answers"]["gevraagde_subsidie"]["value"]) == (
        "volledig",
        "400000.00",
    )


def test_a_late_supplement_leaves_every_paper_of_a_decided_dossier_as_it_was(desk):
    granted = ("--granted", "180000", "--date", "2021-12-17", "--reference", "VR 1", "--today", "2021-12-20")
    desk.cli("decide", DIEST, *granted, "--no-pdf")
    papers = {path.name: path.read_bytes() for path in desk.folder(DIEST).glob("*.docx")}
    assert "engagementsverklaring.docx" in papers
    desk.receive("laat/formulier.docx", desk.filled({}, DIEST), "2022-01-10T09:00:00+01:00")
    desk.receive("laat/collegebesluit.pdf", decision())
    desk.run("2022-01-11")
    after = {path.name: path.read_bytes() for path in desk.folder(DIEST).glob("*.docx")}
    assert {name for name in papers if after[name] != papers[name]} == {"volledigheidsbrief.docx"}
    assert desk.dossier(DIEST)["supplements"][0]["applied"] is False


@pytest.mark.requires_soffice
@pytest.mark.requires_tesseract
def test_a_scan_of_a_filled_supplement_closes_what_it_reads_and_never_something_else(tmp_path, monkeypatch, capsys):
    from tests.scan_files import Scanner, as_pdf

    monkeypatch.chdir(tmp_path)
    desk = lacking(tmp_path, capsys, mailadres="buurt@example.org", ingrepen=None, metingen=None)
    desk.ask()
    paper = tmp_path / "papier"
    paper.mkdir()
    pdf = printed(paper, desk.filled({key: ANSWERS[key] for key in ("metingen", "bijdrage")}))
    desk.receive("scan.pdf", as_pdf(Scanner(dpi=200).scan(pdf)), "2022-04-08T10:00:00+02:00")
    desk.run()
    (supplement,) = desk.dossier()["supplements"]
    assert "Gevraagde bijdrage" in supplement["closed"]
    assert desk.dossier()["answers"]["bijdrage"]["value"] == "42000.00"
