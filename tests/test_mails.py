"""Mails in the inbox: what is attached, what the sender wrote, and when the mail was received."""

import datetime as dt
import json

import pytest

from pipeline.errors import ExitCode
from tests.inbox import contents, proposal, put, receipts, work
from tests.mail_files import PNG, RECEIVED, mail


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
