"""A submission as one mail, as the mail program of a municipality made it and two servers passed it on."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from tests.samples import papers
from tests.samples.content import attachments

_SENT = "Mon, 19 Jul 2021 22:40:51 +0200"
_RECEIVED = (
    "from relay.example.net by mail.vlaanderen.example with ESMTPS id 4GTx1m3Q; Mon, 19 Jul 2021 22:41:07 +0200 (CEST)",
    "from mail.tienen.example by relay.example.net with ESMTPS id 16JKes2F; Mon, 19 Jul 2021 22:40:58 +0200 (CEST)",
)
_LETTER = """\
Geachte,

In bijlage bezorgen wij u de aanvraag van de stad Tienen voor een wijkverbeteringscontract in Grimde-Zuid, met het
collegebesluit, de kaart en de verklaring van onze partner (fictief voorbeeld).

Vriendelijke groeten,
Saskia Boels (fictief)
stad Tienen
"""


def submission(form: bytes, answers: dict[str, Any]) -> bytes:
    """Give the mail with the form, the files that it names and the logo below the signature of its sender."""
    mail = EmailMessage(policy=SMTP)
    for header in _RECEIVED:
        mail["Received"] = header
    mail["From"] = f"Saskia Boels <{answers['contact_email']}>"
    mail["To"] = "wijkverbeteringscontracten@vlaanderen.example"
    mail["Subject"] = "Aanvraag wijkverbeteringscontract Grimde-Zuid – stad Tienen"
    mail["Date"] = _SENT
    mail["Message-ID"] = "<20210719204051.4711@tienen.example>"
    mail.set_content(_LETTER, cte="quoted-printable")
    lines = "".join(f"<p>{paragraph}</p>" for paragraph in _LETTER.strip().split("\n\n"))
    mail.add_alternative(f'{lines}<img src="cid:logo@tienen.example" alt="logo">', subtype="html")
    logo = papers.plan("logo")
    mail.get_payload()[1].add_related(logo, "image", "png", cid="<logo@tienen.example>", filename="logo.png")  # type: ignore[union-attr,index]
    mail.add_attachment(form, maintype="application", subtype="pdf", filename="Aanvraagformulier Tienen.pdf")
    for name, _about in attachments(answers):
        kind = ("image", "png") if name.endswith(".png") else ("application", "pdf")
        mail.add_attachment(papers.attachment(name, answers), maintype=kind[0], subtype=kind[1], filename=name)
    boundaries = iter(range(1, 10))
    for part in mail.walk():
        if part.is_multipart():
            part.set_boundary(f"=_fictief_{next(boundaries)}")
    return mail.as_bytes()
