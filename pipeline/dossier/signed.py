"""Signed copies that came back of issued papers, and what their signatures are worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.dossier.issued import Signatory

SIGNED_FOLDER = "ondertekend"
"""Where signed copies lie, in the folder of their dossier."""


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
    REVOKED_LATER = "revoked_later"
    """After the moment that the signer tells, which nothing proves."""
    NOT_FOR_SIGNING = "not_for_signing"
    """Its holder may use it, but not to sign."""
    NOT_GRANTED = "not_granted"
    """The trusted list did not recognise the service at that moment."""
    OLD_LIST = "old_list"
    """The trusted list that recognises the service was to be followed by a newer one before that moment."""
    NO_DATE = "no_date"
    """Nothing says when it was signed."""
    FAULTY = "faulty"
    """The chain of certificates holds a fault."""


class Revocation(StrEnum):
    """What is known of the revocation of the certificates."""

    CHECKED = "checked"
    SIGNER_ONLY = "signer_only"
    """Of the signer, not of the authorities between."""
    NOT_CHECKED = "not_checked"


class Informant(StrEnum):
    """Who told whether certificates were revoked."""

    FILE = "file"
    """What lies in the paper itself."""
    FOLDER = "folder"
    """Lists beside the roots."""
    ONLINE = "online"
    """Those who issued the certificates, asked over the network."""


class Likeness(StrEnum):
    """Whether the name in a certificate is the one that the paper names in that field."""

    SAME = "same"
    OTHER = "other"
    UNTOLD = "untold"
    """The paper names no person there, or the field is none of ours."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature in a paper."""

    field: str
    place: Signatory | None
    """Who signs there; None when the field is none of ours."""
    whole: bool
    """Whether what was signed is unchanged, and the signature was made with the key of its certificate."""
    alone: bool
    """Whether nothing but signatures came after it, as far as it allows those."""
    signer: str
    """Common name in the certificate; empty when it cannot be read."""
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
    sources: tuple[Informant, ...] = ()
    """Who told of revocation."""
    unanswered: str = ""
    """Why nobody told of it who was asked over the network, in plain Dutch; empty when nobody was asked."""
    likeness: Likeness = Likeness.UNTOLD
    stamp: bool = False
    """Whether it is a time stamp over the whole paper: nobody's signature."""
    detail: str = ""
    """More of what is wrong with it, in plain Dutch."""
    reason: str = ""
    """The reason that the signer gave, in his own words: it may be a reservation."""
    shown: str = ""
    """What it says on the page beside who signed and when; empty when nothing more."""
    unread: bool = False
    """Whether it shows something on the page that cannot be read, as a picture."""
    pages: tuple[int, ...] = ()
    """On which it shows something, from 1."""
    forbidden: tuple[str, ...] = ()
    """The fields in which somebody signed after it although it forbade that; only when nothing else came after it."""

    @property
    def holds(self) -> bool:
        """Whether the signature is whole, trusted, and followed by nothing that it does not allow."""
        return self.whole and self.alone and self.trust is Trust.TRUSTED

    @property
    def reserved(self) -> bool:
        """Whether the signer said something with it that may be a reservation: only a person can tell."""
        return bool(self.reason or self.shown) and not self.stamp


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A copy that came back, as it was examined last."""

    file: str
    """Relative to the folder of the dossier."""
    sha256: str
    issued: str
    """Name of the version that it is a copy of."""
    origin: Origin
    changes: tuple[str, ...]
    """What is not as it was issued, in plain Dutch."""
    signatures: tuple[Signed, ...]
    """Oldest first."""
    on: dt.date
    """When it was kept."""
    source: str = ""
    """Where it lay: in the inbox, or the name of the file."""
    looks: tuple[int, ...] = ()
    """Pages, from 1, that say the same and look otherwise than ours."""
    content: str = ""
    """Hash of the submission that brought it; empty when it came otherwise."""

    @property
    def name(self) -> str:
        """As people name it: the file without its folder."""
        return self.file.rpartition("/")[2]
