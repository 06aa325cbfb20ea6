"""The parts of a mail, however its sender's program wrote them: names, encodings, nesting, damage."""

import base64
import random

import pytest

from pipeline.errors import Reason, Unreadable
from pipeline.readers import read
from pipeline.readers.bundles import unpack
from tests.inbox import proposal
from tests.mail_files import PNG, RECEIVED, mail, zipped

HEAD = (
    b"Received: " + RECEIVED.encode() + b"\r\nFrom: wijken@gent.example\r\nSubject: Voorstel\r\nMIME-Version: 1.0\r\n"
)


def raw(*parts, kind=b"multipart/mixed", end=True):
    """Give a mail written by hand: each part is its headers, an empty line and its content."""
    body = b"".join(b"--grens\r\n" + part + b"\r\n" for part in parts) + (b"--grens--\r\n" if end else b"")
    return HEAD + b"Content-Type: " + kind + b'; boundary="grens"\r\n\r\n' + body


def part(headers, content=b"inhoud"):
    return (
        headers + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content).replace(b"\n", b"\r\n")
    )


def opened(data):
    return unpack(data if isinstance(data, bytes) else data.as_bytes(), "mail.eml")


def named(unpacked):
    return {p.name.removeprefix("mail.eml").lstrip("/"): p.role.value for p in unpacked.parts}


def files(unpacked):
    return [name for name, role in named(unpacked).items() if role == "attachment"]


def message(unpacked):
    return next((p.data.decode() for p in unpacked.parts if p.role == "message"), "")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'Content-Disposition: attachment; filename="Aanvraag Gent.docx"', "Aanvraag Gent.docx"),
        (b"Content-Disposition: attachment; filename=Aanvraag Gent.docx", "Aanvraag Gent.docx"),
        (b"Content-Disposition: attachment; filename*=UTF-8''Aanvraag%20%C3%A9%20%E2%82%AC.docx", "Aanvraag é €.docx"),
        (
            b"Content-Disposition: attachment; filename*0*=UTF-8''Aanvraag%20;\r\n filename*1*=%C3%A9.docx",
            "Aanvraag é.docx",
        ),
        (
            b'Content-Disposition: attachment; filename*0="Aanvraag van"; filename*1=" Gent.docx"',
            "Aanvraag van Gent.docx",
        ),
        (b"Content-Disposition: attachment; filename*=iso-8859-15''prijs%20%A4.docx", "prijs €.docx"),
        (b"Content-Disposition: attachment; filename*=x-onbekend''prijs%20e.docx", "prijs e.docx"),
        (b'Content-Disposition: attachment; filename="=?utf-8?B?QWFudnJhYWcgw6kuZG9jeA==?="', "Aanvraag é.docx"),
        (
            b'Content-Disposition: attachment; filename="=?iso-8859-1?Q?caf=E9?= =?utf-8?Q?_=E2=82=AC.docx?="',
            "café €.docx",
        ),
        (b'Content-Disposition: attachment; filename="=?windows-1252?Q?prijs_=80.docx?="', "prijs €.docx"),
        (b'Content-Disposition: attachment; filename="=?utf-8?B?####?="', "=?utf-8?B?####?="),
        ('Content-Disposition: attachment; filename="één €.docx"'.encode(), "één €.docx"),
        ('Content-Disposition: attachment; filename="één €.docx"'.encode("cp1252"), "één €.docx"),
        (b'Content-Disposition: attachment; filename="C:\\Users\\jan\\aanvraag.docx"', "aanvraag.docx"),
        (b'Content-Disposition: attachment; filename="../../etc/aanvraag.docx"', "aanvraag.docx"),
        (b'Content-Disposition: attachment; filename="a;b.docx"', "a;b.docx"),
        (b'Content-Type: application/octet-stream; name="aanvraag.docx"', "aanvraag.docx"),
        (b"Content-Type: application/pdf\r\nContent-Disposition: attachment", "bijlage 1.pdf"),
        (b"Content-Type: image/jpeg\r\nContent-Disposition: attachment", "bijlage 1.jpg"),
        (b"Content-Type: application/x-iets\r\nContent-Disposition: attachment", "bijlage 1.bin"),
        (b'Content-Disposition: inline; filename="aanvraag.docx"', "aanvraag.docx"),
        (b'Content-Type: onzin; name="aanvraag.docx"', "aanvraag.docx"),
        (b'Content-Disposition: attachment; filename="lang\r\n e naam.docx"', "lang e naam.docx"),
        (b"Content-Disposition: attachment; filename*=UTF-8''e%CC%81.docx", "é.docx"),
    ],
)
def test_an_attachment_has_the_name_that_its_sender_gave(header, name):
    assert files(opened(raw(part(header)))) == [name]


def test_the_bytes_of_an_attachment_are_its_own_whatever_carried_them():
    words = "Eén voorstel, 100 % é €\r\n".encode()
    found = opened(
        raw(
            part(b"Content-Disposition: attachment; filename=a.bin", words),
            b"Content-Disposition: attachment; filename=b.bin\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            b"E=C3=A9n voorstel, 100 % =C3=A9 =E2=82=AC\r\n",
            b"Content-Disposition: attachment; filename=c.bin\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + words,
            b"Content-Disposition: attachment; filename=d.bin\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n"
            b"begin 644 d.bin\r\n&:6YH;W5D\r\n`\r\nend\r\n",
        )
    )
    contents = [p.data for p in found.parts[1:]]
    assert [contents[0], contents[1].strip(), contents[2].strip(), contents[3]] == [
        words,
        words.strip(),
        words.strip(),
        b"inhoud",
    ]
    assert [p.fault for p in found.parts] == [None] * 5


def test_of_two_forms_of_the_same_text_the_one_that_says_most_is_kept():
    both = mail(body="Zie hieronder.\n")
    both.add_alternative(
        "<p>Zie&nbsp;hieronder.</p><table><tr><td>Wijk</td><td>Muide</td></tr></table>", subtype="html"
    )
    assert message(opened(both)) == "Zie hieronder.\nWijk\tMuide"
    short = mail(body="Beste,\nzie bijlage.\n")
    short.add_alternative("<p>zie bijlage</p>", subtype="html")
    assert message(opened(short)) == "Beste,\nzie bijlage."


def test_nothing_in_a_formatted_text_is_run_or_kept_but_its_words():
    found = raw(
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>x</title><style>p{}</style></head><body>"
        b"<script>alert(1)</script><p>Beste <b>lezer</b>,</p><img src='http://example.org/spion.gif'>tot<br>ziens</body>"
    )
    assert message(opened(found)) == "Beste lezer,\ntot\nziens"


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        (b"utf-8", "één €".encode()),
        (b"windows-1252", "één €".encode("cp1252")),
        (b"iso-8859-15", "één €".encode("iso-8859-15")),
        (b"utf-8", "één €".encode("cp1252")),
        (b"x-onbekend", "één €".encode()),
        (b"", "één €".encode()),
    ],
)
def test_the_message_is_read_in_the_letters_that_it_was_written_in(charset, content):
    assert message(opened(raw(b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n" + content))) == "één €"


def test_text_between_attachments_belongs_to_the_message():
    found = opened(
        raw(
            b"\r\neerst",
            part(b"Content-Disposition: attachment; filename=a.pdf"),
            b"Content-Type: text/plain\r\n\r\ndan",
        )
    )
    assert message(found).split() == ["eerst", "dan"]
    assert files(found) == ["a.pdf"]


def test_a_picture_in_the_message_is_no_attachment_but_a_picture_beside_it_is():
    letter = mail(body="Groeten\n")
    letter.add_alternative('<p>Groeten</p><img src="cid:logo@gent">', subtype="html")
    letter.get_payload()[1].add_related(PNG, "image", "png", cid="<logo@gent>", filename="logo.png")
    letter.add_attachment(PNG + b".", maintype="image", subtype="png", filename="kaart.png", cid="<kaart@gent>")
    letter.add_attachment(PNG + b"..", maintype="image", subtype="png", filename="foto.png", disposition="inline")
    assert named(opened(letter)) == {
        "": "bundle",
        "bericht.txt": "message",
        "logo.png": "inline",
        "kaart.png": "attachment",
        "foto.png": "attachment",
    }


def test_a_mail_in_a_mail_and_a_zip_in_that_are_opened_under_their_names():
    inner = mail(
        ("bijlagen.zip", zipped({"map/voorstel.docx": proposal(), "kaart.png": PNG})), Subject="Ons voorstel: Muide/Dok"
    )
    outer = mail()
    outer.add_attachment(inner)
    found = opened(outer)
    assert named(found) == {
        "": "bundle",
        "bericht.txt": "message",
        "Ons voorstel: Muide-Dok.eml": "bundle",
        "Ons voorstel: Muide-Dok.eml/bericht.txt": "message",
        "Ons voorstel: Muide-Dok.eml/bijlagen.zip": "bundle",
        "Ons voorstel: Muide-Dok.eml/bijlagen.zip/map/voorstel.docx": "attachment",
        "Ons voorstel: Muide-Dok.eml/bijlagen.zip/kaart.png": "attachment",
    }
    assert found.parts[5].data == proposal()
    assert any("telt dat niet" in note for note in found.notes)


def test_a_mail_in_a_mail_that_was_coded_against_the_rules_is_opened_too():
    inner = mail(("plan.txt", b"plan")).as_bytes()
    found = opened(raw(part(b"Content-Type: message/rfc822", inner)))
    assert files(found) == ["bericht.eml/plan.txt"]


def test_a_signed_mail_is_read_through_and_its_signature_is_no_attachment():
    signed = raw(
        b"Content-Type: text/plain\r\n\r\nhallo",
        part(b'Content-Type: application/pkcs7-signature; name="smime.p7s"'),
        kind=b'multipart/signed; protocol="application/pkcs7-signature"',
    )
    assert named(opened(signed)) == {"": "bundle", "bericht.txt": "message", "smime.p7s": "signature"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + bytes(200), ".p7m"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", "PGP"),
        (b"\x78\x9f\x3e\x22" + bytes(200), "winmail.dat"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(200), "7z"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(200), "rar"),
        (b"\x1f\x8b\x08\x00" + bytes(200), "gz"),
        (bytes(257) + b"ustar\x0000" + bytes(248), "tar"),
        (b"\n\n".join([b"From a@b.example Wed Mar 30 09:15:02 2022\nFrom: a\nDate: x\n\nhallo"] * 2), ".mbox"),
    ],
)
def test_a_bundle_that_is_not_opened_is_told_by_its_kind(content, words):
    found = opened(raw(part(b"Content-Disposition: attachment; filename=x.bin", content)))
    assert named(found) == {"": "bundle", "x.bin": "attachment"}
    with pytest.raises(Unreadable) as refusal:
        read(content, "x.bin")
    assert refusal.value.reason is Reason.CLOSED
    assert words in refusal.value.detail


def test_an_encrypted_mail_is_told():
    found = opened(
        raw(
            part(b"Content-Type: application/pgp-encrypted", b"Version: 1"),
            part(b'Content-Type: application/octet-stream; name="encrypted.asc"', b"-----BEGIN PGP MESSAGE-----\n"),
            kind=b'multipart/encrypted; protocol="application/pgp-encrypted"',
        )
    )
    assert "mail.eml: het bericht is versleuteld en wordt niet geopend" in found.notes
    assert "encrypted.asc" in named(found)


def test_a_mail_that_stops_halfway_says_so_at_its_last_file():
    found = opened(
        raw(
            part(b"Content-Disposition: attachment; filename=a.txt"),
            part(b"Content-Disposition: attachment; filename=b.txt"),
            end=False,
        )
    )
    assert [p.fault and p.fault.reason for p in found.parts] == [None, None, Reason.DAMAGED]
    assert "het einde ontbreekt" in found.parts[-1].fault.detail


@pytest.mark.parametrize("content", [b"aW5ob3V", b"aW5o@@b3Vk", b"aW5ob3Vk=aW5ob3Vk", b"a"])
def test_damaged_base64_is_told(content):
    found = opened(
        raw(b"Content-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n" + content)
    )
    assert found.parts[1].fault.reason is Reason.DAMAGED


def test_an_encoding_that_nobody_knows_is_told():
    found = opened(
        raw(b"Content-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base91\r\n\r\nabc")
    )
    assert "onbekende manier" in found.parts[1].fault.detail


def test_a_file_that_is_not_in_the_mail_is_told():
    found = opened(
        raw(
            b'Content-Type: message/external-body; access-type=URL; URL="http://example.org/a.pdf"\r\n\r\n'
            b"Content-Type: application/pdf\r\n\r\n"
        )
    )
    assert "alleen een verwijzing" in found.parts[1].fault.detail


def test_parts_that_cannot_be_told_apart_are_told():
    found = opened(HEAD + b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nhallo\r\n--x--\r\n")
    assert found.parts[1].fault.reason is Reason.DAMAGED


def test_a_mail_as_a_mailbox_or_apple_keeps_it_is_opened():
    plain = mail(("plan.txt", b"plan")).as_bytes()
    assert files(opened(b"From wijken@gent.example Wed Mar 30 09:15:02 2022\n" + plain)) == ["plan.txt"]
    apple = b"%d\n" % len(plain) + plain + b'<?xml version="1.0"?><plist><dict/></plist>'
    assert files(opened(apple)) == ["plan.txt"]
    assert files(opened(b"\xef\xbb\xbf\r\n" + plain)) == ["plan.txt"]


@pytest.mark.parametrize(
    "odd",
    [b"To : oproep@vlaanderen.example", b"X-Scan: schoon volgens\r\nde scanner van de stad", b"scanner van de stad"],
    ids=["white space before a colon", "folded without white space", "no header"],
)
def test_a_line_that_is_no_header_ends_no_headers(odd):
    whole = raw(b"Content-Type: text/plain\r\n\r\nhallo", part(b'Content-Type: text/csv; name="plan.csv"'))
    letter = whole.replace(b"Subject: Voorstel", odd + b"\r\nSubject: Voorstel : Gent", 1)
    assert named(opened(letter)) == named(opened(whole))
    inside = raw(b"Content-Type: message/rfc822\r\n\r\n" + letter.replace(b"grens", b"kant"))
    assert files(opened(inside)) == ["Voorstel : Gent.eml/plan.csv"]


@pytest.mark.parametrize("odd", [b"Content-ID : <a@b>", b"gescand door de stad"])
def test_a_line_that_is_no_header_ends_no_headers_of_an_attachment(odd):
    attached = part(b"Content-Type: text/csv\r\n" + odd + b'\r\nContent-Disposition: attachment; filename="plan.csv"')
    (found,) = [each for each in opened(raw(attached)).parts if each.role == "attachment"]
    assert (found.name, found.data, found.fault) == ("mail.eml/plan.csv", b"inhoud", None)


def test_a_message_right_under_its_headers_stays_whole():
    said = message(opened(HEAD + b"Geachte,\r\nin bijlage: niets\r\n\r\ngroeten"))
    assert said == "Geachte,\nin bijlage: niets\n\ngroeten"


@pytest.mark.parametrize(
    "content",
    [
        b"Geachte,\n\nFrom: nergens\n",
        b"a;b\n1;2\n",
        b"12\nabc\n",
        b"{\\rtf1 From: a}",
        b"%PDF-1.7\n",
        b"Subject: les\nlokaal: 3\n",
        b"",
        b"\n\n",
    ],
)
def test_a_file_that_is_no_mail_is_not_opened(content):
    assert opened(content) is None


def test_a_mail_of_a_thousand_parts_in_each_other_is_refused():
    data = HEAD + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1000)
    )
    with pytest.raises(Unreadable) as refusal:
        opened(data)
    assert refusal.value.reason in (Reason.BOMB, Reason.DAMAGED)


def test_a_mail_of_many_thousands_of_parts_is_refused():
    with pytest.raises(Unreadable) as refusal:
        opened(raw(*[b"Content-Disposition: attachment\r\n\r\nx"] * 3000))
    assert refusal.value.reason is Reason.BOMB


@pytest.mark.parametrize("seed", range(60))
def test_whatever_happens_to_a_mail_on_its_way_it_is_read_or_refused_with_a_reason(seed):
    dice = random.Random(seed)
    letter = mail(("voorstel é.docx", proposal()), ("plan.txt", b"plan"))
    letter.add_attachment(mail(("kaart.png", PNG)))
    data = bytearray(letter.as_bytes())
    for _ in range(dice.choice([1, 5, 50])):
        place = dice.randrange(len(data))
        change = dice.choice(["drop", "byte", "double", "null"])
        if change == "drop":
            del data[place : place + dice.choice([1, 40, 400])]
        elif change == "double":
            data[place:place] = data[place : place + 200]
        else:
            data[place] = 0 if change == "null" else dice.randrange(256)
    try:
        found = opened(bytes(data))
    except Unreadable as unreadable:
        found = unreadable
    assert found is None or isinstance(found, Unreadable) or found.parts
