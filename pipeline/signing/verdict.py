"""What the examination of a paper that came back says: separate answers, each of which a person can read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dossier.issued import Issued, Signatory
from pipeline.dossier.signed import Likeness, Origin, Signed
from pipeline.dossier.signing import out_of_turn
from pipeline.stated import Disagreement


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as it was issued, with its bytes."""

    content: bytes
    dossier: str
    """Number of the dossier, or key of the form that joined it."""
    issued: Issued
    replaced: bool = False
    """Whether a later version took its place."""

    @property
    def places(self) -> tuple[Signatory, ...]:
        """Who signs it, each with a field."""
        return self.issued.signatories


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
    only_signing: bool = False
    """Whether a signature allows nothing after it but other signatures."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is, and what its signatures are worth; each answer on its own."""

    origin: Origin
    paper: IssuedPaper | None = None
    """The issued paper that it is, or that it resembles most."""
    signatures: tuple[Signed, ...] = ()
    """Oldest first."""
    changes: tuple[Change, ...] = ()
    looks: tuple[int, ...] = ()
    """Pages of a file that was saved anew, from 1, that say the same words and look otherwise."""
    candidates: tuple[IssuedPaper, ...] = ()
    """Of a scan: the issued papers that it may be; several when it cannot be told which, or which version."""
    illegible: str = ""
    """Why it cannot be told which issued paper a scan is, in plain Dutch."""
    lock: Lock = Lock()
    expected: str = ""
    """The dossier for which it was handed in; empty when none was named."""
    reason: str = ""
    """Why it cannot be read, in plain Dutch."""
    data: tuple[Disagreement, ...] | None = None
    """In what its pages and the data that it carries differ; None of a paper that was issued without data."""

    @property
    def empty(self) -> tuple[Signatory, ...]:
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
    def out_of_turn(self) -> tuple[Signed, ...]:
        """The signatures that were set before others whose turn came first."""
        return tuple(signed for signed in self.signatures if out_of_turn(signed, self.signatures))

    @property
    def of_other_dossier(self) -> bool:
        """Whether it is a paper of another dossier than the one for which it was handed in."""
        if not self.expected or self.paper is None:
            return False
        return self.expected not in (self.paper.dossier, self.paper.dossier.partition("/")[0])

    @property
    def ours(self) -> bool:
        """Whether it is byte for byte the paper that is in force, with nothing but signatures added."""
        return bool(
            self.origin is Origin.ISSUED
            and self.paper
            and not self.paper.replaced
            and not self.changes
            and not self.reason
            and not self.of_other_dossier
        )

    def signed(self, field: str) -> Signed | None:
        """Give the signature in a field."""
        return next((signed for signed in self.signatures if signed.field == field), None)

    @property
    def holds(self) -> bool:
        """Whether everything is in order: ours, unchanged, every field signed by whom the paper names, trusted.

        What a signer said with a signature may be a reservation; that is in order once a person read it.
        """
        return (
            self.ours
            and bool(self.signatures)
            and not self.empty
            and not self.strange
            and not self.twice
            and not self.out_of_turn
            and not self.data
            and not any(signed.reserved for signed in self.signatures)
            and all(signed.holds and (signed.stamp or signed.likeness is Likeness.SAME) for signed in self.signatures)
        )
