"""Papers that were issued: what left the house, who signs it where; never changed afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

FOLDER = "uitgegeven"
"""Where issued papers lie, in the folder of their dossier."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One person who signs a paper, and the field that waits for the signature."""

    field: str
    """Name of the field in the PDF: `handtekening_minister_1`."""
    key: str
    """Of the party, as documenten.toml names it."""
    name: str
    role: str
    label: str
    """What the mark on the page says and a screen reader reads: `Handtekening van Jan Peeters, burgemeester`."""
    order: int = 0
    """Turn in which it is signed; those of a lower turn go first. 0: at any time."""

    @property
    def who(self) -> str:
        """As a sentence names the person: `Jan Peeters, burgemeester`."""
        return ", ".join(word for word in (self.name, self.role) if word)


@dataclass(frozen=True, slots=True)
class Issued:
    """One version of one paper, frozen."""

    paper: str
    """Its key in documenten.toml."""
    row: int | None
    """Number of the row that it is for, when a dossier gets one for each row of a table."""
    title: str
    version: int
    """From 1; a later one takes the place of the earlier ones."""
    name: str
    """Of its files in the folder `uitgegeven`, without ending."""
    pdf_sha256: str
    docx_sha256: str
    on: dt.date
    by: str
    why: str = ""
    """Of a later version: why it takes the place of the earlier one."""
    dated: dt.date | None = None
    """The date that it bears."""
    signatories: tuple[Signatory, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the PDF does not claim, and why."""
    stated_sha256: str = ""
    """Of the file that tells where what it states was read; empty when none was kept."""

    @property
    def pdf(self) -> str:
        """Its PDF, relative to the folder of the dossier."""
        return f"{FOLDER}/{self.name}.pdf"

    @property
    def docx(self) -> str:
        """The Word file that the PDF was made of, relative to the folder of the dossier."""
        return f"{FOLDER}/{self.name}.docx"

    @property
    def stated(self) -> str:
        """What tells where each value in it was read, relative to the folder of the dossier."""
        return f"{FOLDER}/{self.name}.herkomst.json"


def standing(issued: tuple[Issued, ...]) -> dict[tuple[str, int | None], Issued]:
    """Give the last version of every paper, by its key and its row."""
    return {(one.paper, one.row): one for one in sorted(issued, key=lambda one: one.version)}
