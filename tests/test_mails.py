"""Mails in the inbox: what is attached, what the sender wrote, and when the mail was received."""

import datetime as dt
import json
import shutil

import pytest

from pipeline import life
from pipeline import run as batch
from pipeline.document import paragraphs
from pipeline.errors import ExitCode
from pipeline.readers import read
from tests.inbox import DAY, contents, proposal, put, receipts, work
from tests.mail_files import PNG, RECEIVED, mail
from tests.msg_files import outlook


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def lay(inbox, name, message):
    data = message if isinstance(message, bytes) else message.as_bytes()
    (inbox / name).parent.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_bytes(data)
    return data


def dossiers(output):
    return [json.loads(path.read_bytes()) for path in sorted(output.glob("*/dossier.json"))]


def attached(dossier):
    return {a["name"]: a["role"] for a in dossier["attachments"]}


def failing(path):
    return [f for f in json.loads(path.read_bytes())["findings"] if f["outcome"] == "fails"]


def refused(output):
    return {path.parent.name.split(" (")[0]: path.read_text() for path in output.rglob("reden.txt")}


def test_a_mail_becomes_a_dossier_with_its_form_attachments_and_moment_of_receipt(inbox, tmp_path):
    original = lay(inbox, "Gent.eml", mail(("voorstel.docx", proposal()), ("plan.txt", b"plan"), ("kaart.png", PNG)))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.exit_code) == (1, ExitCode.DONE)
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["source"]["name"] == "Gent.eml/voorstel.docx"
    assert attached(dossier) == {
        "Gent.eml": "bundle",
        "Gent.eml/bericht.txt": "message",
        "Gent.eml/plan.txt": "attachment",
        "Gent.eml/kaart.png": "attachment",
    }
    assert dossier["receipt"] == {
        "received": "2022-03-30T09:15:02+02:00",
        "channel": "e-mail",
        "sender": "wijken@gent.example",
        "proof": "Gent.eml, bovenste kop «Received» van mx.vlaanderen.example",
    }
    assert "in bijlage ons voorstel" in dossier["notes"][-1]
    place = dossier["answers"]["stad"]["location"]
    assert place["source"] == "Gent.eml/voorstel.docx"
    kept = contents(next((tmp_path / "output").glob("*/ingediend")))
    assert kept == {
        "Gent.eml": original,
        "Gent.eml (uitgepakt)/bericht.txt": b"Beste,\n\nin bijlage ons voorstel.",
        "Gent.eml (uitgepakt)/voorstel.docx": proposal(),
        "Gent.eml (uitgepakt)/plan.txt": b"plan",
        "Gent.eml (uitgepakt)/kaart.png": PNG,
    }
    page = (tmp_path / "output" / "rapport.html").read_text(encoding="utf-8")
    assert "<dd>Gent.eml/voorstel.docx</dd>" in page
    assert "<dd>Gent.eml/plan.txt en Gent.eml/kaart.png</dd>" in page
    assert "<dd>Gent.eml, bovenste kop «Received» van mx.vlaanderen.example</dd>" in page
    assert work(inbox, tmp_path / "output").made == 0


def test_a_mail_in_a_folder_is_opened_beside_the_other_files(inbox, tmp_path):
    lay(inbox, "Gent/mail.eml", mail(("voorstel.docx", proposal())))
    (inbox / "Gent" / "plan.txt").write_text("plan")
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["source"]["name"] == "mail.eml/voorstel.docx"
    assert attached(dossier) == {"mail.eml": "bundle", "mail.eml/bericht.txt": "message", "plan.txt": "attachment"}
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"


def test_numbers_follow_the_moments_that_mails_prove(inbox, tmp_path):
    late = RECEIVED.replace("30 Mar", "31 Mar").replace("Wed", "Thu")
    lay(inbox, "a.eml", mail(("voorstel.docx", proposal(buurt="Laat")), Received=late))
    lay(inbox, "b.eml", mail(("voorstel.docx", proposal(buurt="Vroeg"))))
    put(inbox, c=proposal(buurt="Onbewezen"))
    work(inbox, tmp_path / "output")
    assert [d["answers"]["buurt"]["text"] for d in dossiers(tmp_path / "output")] == ["Vroeg", "Laat", "Onbewezen"]


def test_the_list_of_the_inbox_counts_above_the_mail_and_a_difference_is_told(inbox, tmp_path):
    lay(inbox, "gent.eml", mail(("voorstel.docx", proposal())))
    receipts(inbox, "gent.eml;2022-03-29T17:00:00+02:00;loket;bode@gent.example")
    result = work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert (dossier["receipt"]["received"], dossier["receipt"]["channel"]) == ("2022-03-29T17:00:00+02:00", "loket")
    (remark,) = result.remarks
    assert "29 maart 2022 om 17.00 uur" in remark
    assert "30 maart 2022 om 09.15.02 uur" in remark
    assert work(inbox, tmp_path / "output").remarks == result.remarks
    (inbox / "ontvangst.csv").unlink()
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"


@pytest.mark.parametrize("row", ["Gent", "Gent/mail.eml"])
def test_the_list_can_name_the_folder_or_the_mail_in_it(row, inbox, tmp_path):
    lay(inbox, "Gent/mail.eml", mail(("voorstel.docx", proposal()), Received=""))
    receipts(inbox, f"{row};2022-03-29T17:00:00+02:00;loket;bode@gent.example")
    assert work(inbox, tmp_path / "output").remarks == ()
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"]["received"] == "2022-03-29T17:00:00+02:00"


def test_a_faulty_row_of_the_list_is_told_and_the_mail_counts(inbox, tmp_path):
    lay(inbox, "Gent.eml", mail(("voorstel.docx", proposal())))
    receipts(inbox, "Gent.eml;29 maart;loket;bode@gent.example")
    result = work(inbox, tmp_path / "output")
    assert "«29 maart» is geen moment" in result.remarks[0]
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"


def test_a_minute_between_list_and_mail_is_the_work_of_clocks(inbox, tmp_path):
    lay(inbox, "gent.eml", mail(("voorstel.docx", proposal())))
    receipts(inbox, "gent.eml;2022-03-30T09:16:02+02:00;e-mail;wijken@gent.example")
    assert work(inbox, tmp_path / "output").remarks == ()


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("from a by b; Wed, 30 Mar 2022 09:15:02 +0200", dt.datetime(2022, 3, 30, 7, 15, 2, tzinfo=dt.UTC)),
        ("from a by b; 30 Mar 2022 07:15:02 -0000", dt.datetime(2022, 3, 30, 7, 15, 2, tzinfo=dt.UTC)),
        ("from a by b; Wed, 30 Mar 2022 07:15:02 GMT", dt.datetime(2022, 3, 30, 7, 15, 2, tzinfo=dt.UTC)),
        (
            "from a (x; y) by b for <c>;\r\n\tWed, 30 Mar 2022 09:15:02 +0200 (CEST)",
            dt.datetime(2022, 3, 30, 7, 15, 2, tzinfo=dt.UTC),
        ),
        ("from a by b; Wed, 30 Mar 2022 09:15:02 CEST", None),
        ("from a by b; Wed, 30 Mar 2022 09:15:02", None),
        ("from a by b; gisteren", None),
        ("from a by b; Wed, 30 Mar 1822 09:15:02 +0200", None),
        ("from a by b", None),
    ],
)
def test_only_a_moment_with_its_time_zone_is_proof(header, moment, inbox, tmp_path):
    data = mail(("voorstel.docx", proposal()), Received="").as_bytes()
    lay(inbox, "gent.eml", f"Received: {header}\r\n".encode() + data)
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    received = dossier["receipt"]["received"]
    assert (dt.datetime.fromisoformat(received) if received else None) == moment
    if moment is None:
        assert any("zegt geen moment" in note for note in dossier["notes"])


def test_the_date_that_the_sender_wrote_proves_nothing(inbox, tmp_path):
    lay(inbox, "gent.eml", mail(("voorstel.docx", proposal()), Received=""))
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"] == {"received": None, "channel": "e-mail", "sender": "wijken@gent.example", "proof": ""}
    assert any("Wed, 30 Mar 2022 09:14:40 +0200) is wat de afzender zegt" in note for note in dossier["notes"])


def test_two_mails_with_the_same_form_are_two_dossiers_that_point_at_each_other(inbox, tmp_path):
    lay(inbox, "een.eml", mail(("voorstel.docx", proposal())))
    lay(inbox, "twee.msg", outlook(("voorstel.docx", proposal())))
    result = work(inbox, tmp_path / "output")
    assert result.counts["dossiers"] == 2
    found = [failing(path) for path in (tmp_path / "output").glob("*/bevindingen.json")]
    assert [[finding["code"] for finding in findings] for findings in found] == [["DUB-1"], ["DUB-1"]]


def test_a_form_that_lies_beside_its_own_mail_is_one_form_with_the_moment_of_the_mail(inbox, tmp_path):
    lay(inbox, "Gent/mail.eml", mail(("voorstel.docx", proposal()), ("plan.txt", b"plan"), ("besluit.txt", b"plan")))
    lay(inbox, "Gent/Voorstel Gent.docx", proposal())
    lay(inbox, "Gent/plan.txt", b"plan")
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["source"]["name"] == "Voorstel Gent.docx"
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"
    assert [name for name, role in attached(dossier).items() if role == "attachment"] == [
        "mail.eml/plan.txt",
        "mail.eml/besluit.txt",
    ]
    assert any("«Voorstel Gent.docx» en «mail.eml/voorstel.docx»" in note for note in dossier["notes"])


def test_a_later_mail_with_only_attachments_does_not_change_the_moment_of_the_form(inbox, tmp_path):
    later = RECEIVED.replace("30 Mar 2022 09", "30 Mar 2022 11")
    lay(inbox, "Gent/1.eml", mail(("voorstel.docx", proposal())))
    lay(inbox, "Gent/2.eml", mail(("plan.txt", b"plan"), Received=later))
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"
    assert "2.eml/plan.txt" in attached(dossier)
    assert any("«2.eml» is ontvangen op 30 maart 2022 om 11.15.02 uur" in note for note in dossier["notes"])


def test_a_form_without_its_mail_is_not_proven_by_a_mail_with_something_else(inbox, tmp_path):
    lay(inbox, "Gent/aanvulling.eml", mail(("plan.txt", b"plan")))
    lay(inbox, "Gent/voorstel.docx", proposal())
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"]["received"] is None


def test_of_a_mail_with_two_forms_both_are_named_and_laid_out(inbox, tmp_path):
    lay(inbox, "twee.eml", mail(("dok.docx", proposal(buurt="Dok")), ("muide.docx", proposal())))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.counts["refused"], result.exit_code) == (0, 1, ExitCode.UNREADABLE)
    (reason,) = refused(tmp_path / "output").values()
    assert "twee.eml/dok.docx en twee.eml/muide.docx" in reason
    assert "pak een mail of zip met meer indieningen daarvoor eerst uit" in reason
    laid = [path.name for path in (tmp_path / "output").glob("onleesbaar/*/twee.eml (uitgepakt)/*.docx")]
    assert sorted(laid) == ["dok.docx", "muide.docx"]


def test_of_a_mail_without_a_form_is_told_who_sent_what(inbox, tmp_path):
    lay(inbox, "later.eml", mail(("plan.txt", b"plan"), ("kaart.png", PNG), Subject="Aanvulling"))
    work(inbox, tmp_path / "output")
    (reason,) = refused(tmp_path / "output").values()
    assert (
        "van wijken@gent.example, onderwerp «Aanvulling», met «later.eml/plan.txt» en «later.eml/kaart.png»" in reason
    )
    assert "leg dan alles samen in één map" in reason


def test_what_others_wrote_in_a_mail_does_nothing_to_the_note_beside_it(inbox, tmp_path):
    lay(
        inbox,
        "rood.eml",
        mail(*[(f"{n}\x1b[31m.txt", b"%d" % n) for n in range(12)], Subject="rood \x1b[31m " + "lang " * 200),
    )
    work(inbox, tmp_path / "output")
    (reason,) = refused(tmp_path / "output").values()
    assert "\x1b" not in reason
    assert "«9�[31m.txt» en «…»" in reason.replace("rood.eml/", "")
    assert len(reason) < 1000


def test_of_a_mail_that_only_links_to_its_files_is_told_where_they_lie(inbox, tmp_path):
    page = mail(body="")
    page.add_alternative('<p>Alles staat <a href="https://files.example.org/x?y=1">hier</a>.</p>', subtype="html")
    lay(inbox, "elders.eml", page)
    work(inbox, tmp_path / "output")
    (reason,) = refused(tmp_path / "output").values()
    assert "zonder bijlagen, wel met koppelingen naar files.example.org" in reason
    (message,) = (tmp_path / "output").glob("onleesbaar/*/*/bericht.txt")
    assert message.read_text() == "Alles staat hier <https://files.example.org/x?y=1>."


def test_of_a_mail_with_only_one_file_is_told_what_is_wrong_with_that_file(inbox, tmp_path):
    lay(inbox, "geheim.eml", mail(("voorstel.docx", b"PK\x03\x04kapot")))
    lay(inbox, "blad.eml", mail(("begroting.xlsx", b"a;b\n1;2\n3;4\n")))
    work(inbox, tmp_path / "output")
    told = refused(tmp_path / "output")
    assert "beschadigd" in told["geheim"]
    assert "«geheim.eml/voorstel.docx»" in told["geheim"]
    assert "«blad.eml/begroting.xlsx»: een csv-bestand" in told["blad"]


def test_a_form_typed_in_the_message_itself_is_told_and_not_read(inbox, tmp_path):
    typed = "\n".join(part.text for part in paragraphs(read(proposal(), "a.docx").blocks))
    lay(inbox, "getypt.eml", mail(body=typed))
    page = mail(body="Zie de opgemaakte tekst.\n")
    page.add_alternative("".join(f"<p>{line}</p>" for line in typed.splitlines()), subtype="html")
    lay(inbox, "opgemaakt.eml", page)
    result = work(inbox, tmp_path / "output")
    assert result.counts["dossiers"] == 0
    for reason in refused(tmp_path / "output").values():
        assert "staat in de tekst van het e-mailbericht" in reason


def test_a_mail_that_cannot_be_told_apart_stops_no_other(inbox, tmp_path):
    lay(inbox, "kapot.eml", b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed\n\nniets")
    lay(inbox, "goed.eml", mail(("voorstel.docx", proposal())))
    result = work(inbox, tmp_path / "output")
    assert (result.counts["dossiers"], result.counts["refused"]) == (1, 1)
    assert "de grens tussen de delen" in refused(tmp_path / "output")["kapot"]


def test_a_mail_that_waited_on_its_way_is_told(inbox, tmp_path):
    first = "from gent.example by relay.example with SMTP; Wed, 30 Mar 2022 08:00:00 +0200"
    message = mail(("voorstel.docx", proposal()))
    data = message.as_bytes().replace(b"From: Dienst", b"Received: " + first.encode() + b"\nFrom: Dienst", 1)
    lay(inbox, "traag.eml", data)
    work(inbox, tmp_path / "output")
    (dossier,) = dossiers(tmp_path / "output")
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"
    assert any("een eerdere server zegt 30 maart 2022 om 08.00 uur" in note for note in dossier["notes"])


def test_the_parts_of_a_mail_survive_an_interrupted_run(inbox, tmp_path):
    lay(inbox, "Gent.eml", mail(("voorstel.docx", proposal()), ("plan.txt", b"plan")))
    work(inbox, tmp_path / "output")
    (folder,) = (tmp_path / "output").glob("*/ingediend")
    before = contents(folder)
    shutil.rmtree(folder)
    work(inbox, tmp_path / "output")
    assert contents(folder) == before


def test_a_folder_that_has_the_name_of_what_is_laid_out_keeps_its_own_files(inbox, tmp_path):
    lay(inbox, "Gent/mail.eml", mail(("voorstel.docx", proposal()), ("plan.txt", b"nieuw plan")))
    lay(inbox, "Gent/mail.eml (uitgepakt)/plan.txt", b"mijn aantekening")
    work(inbox, tmp_path / "output")
    kept = contents(next((tmp_path / "output").glob("*/ingediend")))
    assert kept["mail.eml (uitgepakt)/plan.txt"] == b"mijn aantekening"
    assert kept["mail.eml (uitgepakt)/plan (2).txt"] == b"nieuw plan"
    assert work(inbox, tmp_path / "output").made == 0


def test_no_name_in_a_mail_leaves_the_folder_of_its_dossier(inbox, tmp_path):
    lay(inbox, "Gent.eml", mail(("voorstel.docx", proposal()), ("..", b"a"), ("CON", b"b"), ("a\x1b[31m\tb.txt", b"c")))
    work(inbox, tmp_path / "output")
    (folder,) = (tmp_path / "output").glob("*/ingediend")
    laid = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert len(laid) == 6
    assert all(path == "Gent.eml" or path.startswith("Gent.eml (uitgepakt)/") for path in laid)


def test_an_act_of_an_official_reads_the_mail_again(inbox, tmp_path):
    lay(inbox, "Gent.eml", mail(("voorstel.docx", proposal()), ("plan.txt", b"plan")))
    work(inbox, tmp_path / "output")
    with batch.open_desk(tmp_path / "output", "", batch.Settings(DAY, pdf=False)) as desk:
        (entry,) = desk.register.entries()
        life.correct(desk.register, desk.output, desk.call, entry.key, "buurt", "Dok", on=DAY, why="getypt", by="NN")
        batch.renew(desk)
    (dossier,) = dossiers(tmp_path / "output")
    assert (dossier["answers"]["buurt"]["text"], dossier["source"]["name"]) == ("Dok", "Gent.eml/voorstel.docx")
    assert dossier["receipt"]["received"] == "2022-03-30T09:15:02+02:00"
