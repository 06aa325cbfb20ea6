"""What the register knows: dossiers, deliveries, refusals, files made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.dossier import Receipt


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a submission."""

    name: str
    """As it came in, inside the submission."""
    sha256: str
    stored: str
    """Its safe name in `ingediend/`."""
    form: bool = False
    """Whether it is the form itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A dossier, or a form that joined one, as the register knows it."""

    key: str
    """The number; of a form that joined a dossier: `WVC-2021-0001/vergadering-01`."""
    call: str
    form: str
    owner: str
    """Empty, or the number of the dossier that it joined."""
    sequence: int
    content: str
    """Hash of everything submitted."""
    folder: str
    """Relative to the output folder."""
    files: tuple[StoredFile, ...]
    receipt: Receipt
    registered: dt.date
    proposal: str = ""
    """The answers that make two dossiers the same proposal, folded."""
    applicant: str = ""
    """The answers that make two dossiers come from the same applicant, folded."""
    fingerprint: str = ""
    """Of everything that findings and papers were made of; empty until they are made."""

    @property
    def number(self) -> str:
        """The number of the dossier that it is, or belongs to."""
        return self.owner or self.key


@dataclass(frozen=True, slots=True)
class Delivery:
    """A submission as it lay in an inbox."""

    inbox: str
    """Name of the inbox."""
    path: str
    content: str
    files: tuple[StoredFile, ...]
    receipt: Receipt
    first_seen: dt.date
    present: bool = True
    """Whether it lay there in the last run over that inbox."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A submission that became no dossier."""

    content: str
    reason: str
    detail: str
    wants: str
    """The number of the dossier that it names and that does not exist."""
    definitions: str
    """Hash of the definitions that it was held against."""
    folder: str


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made."""

    name: str
    sha256: str
    made_of: str = ""
    """PDF: the hash of the Word paper that it shows."""
    problem: str = ""
    """Why a PDF could not be made."""
