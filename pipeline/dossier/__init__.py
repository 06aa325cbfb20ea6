"""What is known of one submission: its files, its answers, what officials did with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from pipeline.document import Source
from pipeline.dossier.acts import Act, ActKind, Corrected, Earlier, Fate, Read
from pipeline.dossier.answers import Answer, Extraction, Row, State
from pipeline.dossier.issued import FOLDER as ISSUED_FOLDER
from pipeline.dossier.issued import Issued, Signatory, standing
from pipeline.dossier.signed import SIGNED_FOLDER, Informant, Likeness, Origin, Revocation, Signed, SignedCopy, Trust
from pipeline.dossier.signing import Counted, Signing, signing_of
from pipeline.dossier.submission import Attachment, Receipt, Role
from pipeline.dossier.supplements import (
    SUPPLEMENT,
    Ask,
    HeadLine,
    Question,
    Request,
    Supplement,
    folder_of_supplement,
)

__all__ = [
    "ISSUED_FOLDER",
    "SIGNED_FOLDER",
    "SUPPLEMENT",
    "Act",
    "ActKind",
    "Answer",
    "Ask",
    "Attachment",
    "Corrected",
    "Counted",
    "Decision",
    "Dossier",
    "Earlier",
    "Extraction",
    "Fate",
    "HeadLine",
    "Informant",
    "Issued",
    "Likeness",
    "Origin",
    "Question",
    "Read",
    "Receipt",
    "Request",
    "Revocation",
    "Role",
    "Row",
    "Signatory",
    "Signed",
    "SignedCopy",
    "Signing",
    "Source",
    "State",
    "Supplement",
    "Trust",
    "folder_of_supplement",
    "signing_of",
    "standing",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of the Flemish Government on one dossier."""

    granted: Decimal
    on: dt.date
    reference: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One submission of one form."""

    number: str
    call: str
    form: str
    receipt: Receipt = field(default_factory=Receipt)
    source: Source | None = None
    attachments: tuple[Attachment, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    """As read, with what supplements answered and then the corrections of officials."""
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    requests: tuple[Request, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    """What became of the corrections, one for each answer that was corrected."""
    earlier: tuple[Earlier, ...] = ()
    """Oldest first."""

    @property
    def decision(self) -> Decision | None:
        """The last decision recorded, if any."""
        for act in reversed(self.acts):
            if act.kind is ActKind.DECIDE and act.on is not None:
                return Decision(Decimal(act.value), act.on, act.reference)
        return None

    @property
    def withdrawn(self) -> Act | None:
        """The act that withdrew it, if any."""
        return next((act for act in self.acts if act.kind is ActKind.WITHDRAW), None)
