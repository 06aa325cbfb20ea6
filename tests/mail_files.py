"""Mails and zips as programs make them, for tests."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

RECEIVED = "from mail.gent.example by mx.vlaanderen.example with ESMTPS id 4711; Wed, 30 Mar 2022 09:15:02 +0200 (CEST)"
DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
PNG = b"\x89PNG\r\n\x1a\n" + b"fictief" + b"IEND\xaeB`\x82"


def mail(*files: tuple[str, bytes], body: str = "Beste,\n\nin bijlage ons voorstel.\n", **headers: str) -> EmailMessage:
    """Give a mail of the city to the administration, received by its server; `_` in a header's name stands for `-`."""
    message = EmailMessage()
    usual = {
        "Received": RECEIVED,
        "From": "Dienst Wijken <wijken@gent.example>",
        "To": "oproep@vlaanderen.example",
        "Subject": "Voorstel klimaatwijk Muide",
        "Date": "Wed, 30 Mar 2022 09:14:40 +0200",
    }
    for name, value in (usual | headers).items():
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(body)
    for name, content in files:
        kind = DOCX if name.endswith(".docx") else ("application", "octet-stream")
        message.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    return message


def zipped(files: dict[str, bytes], **settings: int) -> bytes:
    """Give a zip of files by their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2022, 3, 30, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            for setting, value in settings.items():
                setattr(info, setting, value)
            archive.writestr(info, content)
    return buffer.getvalue()
