"""What came in: when, how, and what lay beside the form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Receipt:
    """When and how a submission came in."""

    received: dt.datetime | None = None
    """With its UTC offset; None when nothing proves it."""
    channel: str = ""
    sender: str = ""
    proof: str = ""
    """Where the moment stands: `ontvangst.csv, rij 3`, `aanvraag.eml, bovenste kop Received`."""
    message: str = ""
    """The `Message-ID` of the mail: the same in every file in which that mail was saved."""


class Role(StrEnum):
    """What a file beside the form is there for."""

    ATTACHMENT = "attachment"
    MESSAGE = "message"
    """What the sender wrote in the mail itself."""
    INLINE = "inline"
    """A picture inside that message: a logo, most often."""
    SIGNATURE = "signature"
    """Proof of who sent the mail, made by a program."""
    COPY = "copy"
    """The form once more, in another file: a signed print, most often."""
    BUNDLE = "bundle"
    """A mail or zip; what was in it is listed too."""
    CONTINUATION = "continuation"
    """A sheet with more rows of the form, which are read with it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the form."""

    name: str
    """Inside the submission; of a file out of a mail or zip with the name of that before it."""
    sha256: str
    media_type: str
    size: int
    problem: str = ""
    """Why it cannot be opened; empty when it can."""
    role: Role = Role.ATTACHMENT
