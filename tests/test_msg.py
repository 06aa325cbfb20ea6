"""Mails as Outlook saves them."""

import datetime as dt
import json
from pathlib import Path

import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from pipeline.readers.bundles import unpack
from tests.inbox import proposal, work
from tests.mail_files import PNG, RECEIVED, mail
from tests.msg_files import (
    ANSI,
    BINARY,
    BODY,
    CODEPAGE,
    CONTENT_ID,
    DELIVERED,
    FLAGS,
    HEADERS,
    HIDDEN,
    HTML,
    MESSAGE,
    METHOD,
    MIME,
    MOMENT,
    NUMBER,
    RTF,
    SHORT_NAME,
    SUBJECT,
    TRUTH,
    UNICODE,
    Attached,
    Outlook,
    ole,
    outlook,
)

FILES = Path(__file__).parent / "files"
DELIVERY = dt.datetime(2022, 3, 30, 7, 15, 2, tzinfo=dt.UTC)


def opened(message):
    return unpack(message if isinstance(message, bytes) else message.as_bytes(), "mail.msg")


def named(unpacked):
    return {part.name.removeprefix("mail.msg").lstrip("/"): part.role.value for part in unpacked.parts}


def test_a_mail_of_outlook_becomes_a_dossier_with_the_moment_of_its_mailbox(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "Gent.msg").write_bytes(outlook(("voorstel.docx", proposal()), ("plan.txt", b"plan")).as_bytes())
    work(inbox, tmp_path / "output")
    (path,) = (tmp_path / "output").glob("*/dossier.json")
    dossier = json.loads(path.read_bytes())
    assert dossier["source"]["name"] == "Gent.msg/voorstel.docx"
    assert [a["name"] for a in dossier["attachments"]] == ["Gent.msg", "Gent.msg/bericht.txt", "Gent.msg/plan.txt"]
    assert dossier["receipt"] == {
        "received": "2022-03-30T07:15:02+00:00",
        "channel": "e-mail",
        "sender": "wijken@gent.example",
        "proof": "Gent.msg, tijdstip van aflevering in de mailbox",
    }
    assert (path.parent / "ingediend" / "Gent.msg (uitgepakt)" / "voorstel.docx").read_bytes() == proposal()


def test_one_mail_saved_in_two_ways_is_told_as_one(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    form, message = ("voorstel.docx", proposal()), "<4711@gent.example>"
    (inbox / "Gent.eml").write_bytes(mail(form, Message_ID=message).as_bytes())
    (inbox / "Gent.msg").write_bytes(outlook(form, properties={(MESSAGE, UNICODE): message}).as_bytes())
    (inbox / "ander.eml").write_bytes(mail(form, Message_ID="<4712@gent.example>").as_bytes())
    (remark,) = work(inbox, tmp_path / "output").remarks
    keys = {
        json.loads(path.read_bytes())["source"]["name"].partition("/")[0]: path.parent.name.partition(" ")[0]
        for path in (tmp_path / "output").glob("*/dossier.json")
    }
    assert "in dezelfde mail" in remark
    assert (keys["Gent.eml"] in remark, keys["Gent.msg"] in remark, keys["ander.eml"] in remark) == (True, True, False)
    assert work(inbox, tmp_path / "output").remarks == (remark,)


def test_a_mail_that_another_library_wrote_reads_the_same():
    found = unpack((FILES / "aspose.msg").read_bytes(), "mail.msg")
    assert named(found) == {
        "": "bundle",
        "bericht.txt": "message",
        "Voorstel é.docx": "attachment",
        "plan.txt": "attachment",
    }
    assert found.parts[1].data.decode() == "Beste,\n\nin bijlage ons voorstel voor de Muide, met één kaart."
    assert (found.envelope.receipt.received, found.envelope.receipt.sender) == (DELIVERY, "wijken@gent.example")


def test_the_headers_of_the_servers_count_above_the_mailbox():
    headers = f"Received: {RECEIVED}\r\nFrom: Wijken <wijken@gent.example>\r\nSubject: Ons voorstel\r\n\r\n"
    late = dt.datetime(2022, 3, 30, 8, 15, 2, tzinfo=dt.UTC)
    found = opened(outlook(properties={(HEADERS, UNICODE): headers, (DELIVERED, MOMENT): late}))
    assert found.envelope.receipt.received == DELIVERY
    assert "bovenste kop «Received» van mx.vlaanderen.example" in found.envelope.receipt.proof
    assert any("de mailbox 30 maart 2022 om 10.15.02 uur" in note for note in found.envelope.notes)


@pytest.mark.parametrize("flags", [0x08, 0x20, 0x29])
def test_a_mail_that_its_sender_saved_does_not_prove_that_it_arrived(flags):
    found = opened(outlook(properties={(FLAGS, NUMBER): flags}))
    assert found.envelope.receipt.received is None
    assert "verzonden volgens het bericht: 30 maart 2022 om 09.14.40 uur" in found.envelope.notes[0]


def test_a_draft_proves_nothing():
    found = opened(Outlook({(SUBJECT, UNICODE): "Klad"}))
    assert (found.envelope.receipt.received, found.envelope.subject) == (None, "Klad")


def test_texts_in_a_code_page_are_read_in_that_code_page():
    properties = {
        (CODEPAGE, NUMBER): 1252,
        (SUBJECT, UNICODE): None,
        (SUBJECT, ANSI): "één voorstel €".encode("cp1252"),
        (BODY, UNICODE): None,
        (BODY, ANSI): "knelpunten: é €".encode("cp1252"),
    }
    attached = Attached(data=b"plan", more={(SHORT_NAME, ANSI): "plan €.txt".encode("cp1252")})
    message = outlook(properties=properties)
    message.attached = (attached,)
    found = opened(message)
    assert found.envelope.subject == "één voorstel €"
    assert named(found) == {"": "bundle", "bericht.txt": "message", "plan €.txt": "attachment"}
    assert found.parts[1].data.decode() == "knelpunten: é €"


def test_pictures_of_a_signature_are_told_apart_from_attachments():
    message = outlook(properties={(HTML, BINARY): b'<p>Groeten</p><img src="cid:logo@1">', (BODY, UNICODE): None})
    message.attached = (
        Attached("logo.png", PNG, more={(CONTENT_ID, UNICODE): "logo@1"}),
        Attached("banner.png", PNG + b".", more={(HIDDEN, TRUTH): 1}),
        Attached("kaart.png", PNG + b"..", more={(CONTENT_ID, UNICODE): "kaart@1"}),
        Attached("besluit.pdf", b"%PDF-", more={(HIDDEN, TRUTH): 1}),
    )
    assert named(opened(message)) == {
        "": "bundle",
        "bericht.txt": "message",
        "logo.png": "inline",
        "banner.png": "inline",
        "kaart.png": "attachment",
        "besluit.pdf": "attachment",
    }


def test_a_mail_inside_a_mail_is_opened_and_its_moment_does_not_count():
    message = outlook(properties={(DELIVERED, MOMENT): None})
    message.attached = (Attached("Vraag/antwoord Gent", inner=outlook(("voorstel.docx", proposal()))),)
    found = opened(message)
    assert named(found) == {
        "": "bundle",
        "bericht.txt": "message",
        "Vraag-antwoord Gent": "bundle",
        "Vraag-antwoord Gent/bericht.txt": "message",
        "Vraag-antwoord Gent/voorstel.docx": "attachment",
    }
    assert found.envelope.receipt.received is None
    assert any(
        "Vraag-antwoord Gent zegt ontvangen te zijn op 30 maart 2022 om 09.15.02 uur" in note for note in found.notes
    )


@pytest.mark.parametrize("method", [2, 3, 4, 7])
def test_a_file_behind_a_reference_is_told(method):
    message = outlook()
    message.attached = (Attached("besluit.pdf", more={(METHOD, NUMBER): method}),)
    (part,) = opened(message).parts[2:]
    assert (part.name, part.fault.reason) == ("mail.msg/besluit.pdf", Reason.DAMAGED)
    assert "alleen een verwijzing" in part.fault.detail


def test_a_signed_mail_is_read_through():
    signed = (
        b"Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n"
        + mail(("plan.txt", b"plan")).as_bytes()
        + b"\r\n--x--\r\n"
    )
    message = outlook()
    message.attached = (Attached("smime.p7m", signed, more={(MIME, UNICODE): "multipart/signed"}),)
    assert "smime.p7m/plan.txt" in named(opened(message))


def test_a_text_that_is_only_formatted_is_told():
    found = opened(outlook(properties={(BODY, UNICODE): None, (RTF, BINARY): b"LZFu"}))
    assert named(found) == {"": "bundle"}
    assert "opgemaakte tekst (RTF)" in found.notes[0]


def test_an_encrypted_attachment_does_not_make_the_mail_encrypted():
    secret = ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"})
    old = ole({"WordDocument": b"x" * 5000})
    found = opened(outlook(("geheim.docx", secret), ("brief.doc", old)))
    assert named(found) == {
        "": "bundle",
        "bericht.txt": "message",
        "geheim.docx": "attachment",
        "brief.doc": "attachment",
    }


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_mail_that_was_cut_off_is_damaged_or_says_what_is_missing(share):
    whole = outlook(("voorstel.docx", proposal()), ("plan.txt", b"plan" * 2000)).as_bytes()
    cut = whole[: int(len(whole) * share)]
    with pytest.raises(Unreadable) as refused:
        unpack(cut, "mail.msg") or read(cut, "mail.msg")
    assert refused.value.reason is Reason.DAMAGED
