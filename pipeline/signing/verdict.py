"""What the examination of a paper that came back says: separate answers, each of which a person can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """A signature field of an issued paper: who signs there."""

    field: str
    label: str
    """As the paper names the signatory: `An Peeters, burgemeester`."""
    order: int = 0
    """Fields with a lower number are signed first; 0: whenever."""


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as it was issued."""

    content: bytes
    dossier: str
    paper: str
    """Its key, as `afsprakenkader`."""
    title: str
    places: tuple[Place, ...]
    version: int = 1
    replaced: bool = False
    """Whether a later version took its place."""


class Origin(StrEnum):
    """What a file is of the papers that were issued."""

    ISSUED = "issued"
    """It begins with our bytes."""
    RESAVED = "resaved"
    """The same text and pages, but other bytes: a program saved it anew."""
    ALTERED = "altered"
    """It looks like a paper of ours, and says something else."""
    SCANNED = "scanned"
    """Pictures of pages: printed and scanned, or photographed."""
    UNKNOWN = "unknown"
    """No paper that was issued."""
    UNREADABLE = "unreadable"
    """No PDF that can be opened."""


class Trust(StrEnum):
    """Whether a certificate leads to a root that is trusted, at the moment of the signature."""

    TRUSTED = "trusted"
    NO_ROOTS = "no_roots"
    """No roots were given to hold it against."""
    OTHER_ROOT = "other_root"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    NOT_FOR_SIGNING = "not_for_signing"
    """Its holder may use it, but not to sign."""
    NOT_GRANTED = "not_granted"
    """The trusted list did not recognise the service at that moment."""
    NO_DATE = "no_date"
    """Nothing says when it was signed."""
    FAULTY = "faulty"
    """The chain of certificates holds a fault."""


class Revocation(StrEnum):
    """What is known of the revocation of the certificates, from what the file and the folder of roots hold."""

    CHECKED = "checked"
    SIGNER_ONLY = "signer_only"
    """Of the signer, not of the authorities between."""
    NOT_CHECKED = "not_checked"


class Likeness(StrEnum):
    """Whether the name in a certificate is the one that the paper names in that field."""

    SAME = "same"
    OTHER = "other"
    UNTOLD = "untold"
    """The paper names a function only, or the field is none of ours."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature in a paper."""

    field: str
    place: Place | None
    """None when the field is none of ours."""
    whole: bool
    """Whether what was signed is unchanged, and the signature was made with the key of its certificate."""
    alone: bool
    """Whether nothing but signatures came after it, as far as it allows those."""
    signer: str
    organisation: str = ""
    certificate: str = ""
    """SHA-256 of the certificate, hexadecimal."""
    on: dt.datetime | None = None
    proven: bool = False
    """Whether a trusted time stamp proves the moment; otherwise the signer says so himself."""
    trust: Trust = Trust.NO_ROOTS
    root: str = ""
    """The root to which it leads, and the file in which that lies."""
    revocation: Revocation = Revocation.NOT_CHECKED
    likeness: Likeness = Likeness.UNTOLD
    stamp: bool = False
    """Whether it is a time stamp over the whole paper: nobody's signature."""
    detail: str = ""
    """More of what is wrong with it, in plain Dutch."""

    @property
    def holds(self) -> bool:
        """Whether the signature is whole, trusted, and followed by nothing that it does not allow."""
        return self.whole and self.alone and self.trust is Trust.TRUSTED


@dataclass(frozen=True, slots=True)
class Change:
    """Something in a file that is not as it was issued."""

    page: int
    """From 1; 0 when it is on no page."""
    what: str
    """In plain Dutch, without full stop."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Whether the signatures in a paper leave room for the next one."""

    closed: bool = False
    """Whether nobody may sign any more."""
    field: str = ""
    """Of the signature that locks."""
    certified: bool = False
    """Whether the first signature certifies the paper: nothing but signing is allowed since."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is, and what its signatures are worth; each answer on its own."""

    origin: Origin
    paper: IssuedPaper | None = None
    """The issued paper that it is, or that it resembles most."""
    signatures: tuple[Signed, ...] = ()
    """Oldest first."""
    changes: tuple[Change, ...] = ()
    lock: Lock = Lock()
    expected: str = ""
    """The dossier for which it was handed in; empty when none was named."""
    reason: str = ""
    """Why it cannot be read, in plain Dutch."""

    @property
    def empty(self) -> tuple[Place, ...]:
        """The fields of the paper in which nobody signed."""
        filled = {signed.field for signed in self.signatures}
        return tuple(place for place in self.paper.places if place.field not in filled) if self.paper else ()

    @property
    def strange(self) -> tuple[Signed, ...]:
        """The signatures in fields that are none of ours."""
        return tuple(signed for signed in self.signatures if signed.place is None and not signed.stamp)

    @property
    def twice(self) -> tuple[tuple[Signed, Signed], ...]:
        """The signatures that one certificate made in two fields."""
        first: dict[str, Signed] = {}
        found = []
        for signed in self.signatures:
            if signed.stamp or not signed.certificate:
                continue
            if signed.certificate in first:
                found.append((first[signed.certificate], signed))
            first.setdefault(signed.certificate, signed)
        return tuple(found)

    @property
    def of_other_dossier(self) -> bool:
        """Whether it is a paper of another dossier than the one for which it was handed in."""
        return bool(self.expected and self.paper and self.paper.dossier != self.expected)

    @property
    def ours(self) -> bool:
        """Whether it is byte for byte the paper that is in force, with nothing but signatures added."""
        return bool(
            self.origin is Origin.ISSUED
            and self.paper
            and not self.paper.replaced
            and not self.changes
            and not self.of_other_dossier
        )

    def signed(self, field: str) -> Signed | None:
        """Give the signature in a field."""
        return next((signed for signed in self.signatures if signed.field == field), None)

    def held(self, accepted: Callable[[Signed], str] = lambda signed: signed.field) -> frozenset[str]:
        """Give the fields of which a signature holds and is that of the signatory.

        Args:
            accepted: gives the field that a person said a signature counts for; otherwise its own field.
        """
        if not self.ours:
            return frozenset()
        return frozenset(accepted(signed) for signed in self.signatures if signed.holds and not signed.stamp)

    @property
    def holds(self) -> bool:
        """Whether everything is in order: ours, unchanged, every field signed by whom the paper names, trusted."""
        return (
            self.ours
            and bool(self.signatures)
            and not self.empty
            and not self.strange
            and not self.twice
            and all(signed.holds and signed.likeness is not Likeness.OTHER for signed in self.signatures)
        )
