"""How far the signing of an issued paper has come: which copy counts, who signed, who does not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.dossier.acts import Act, ActKind
from pipeline.dossier.issued import Issued, Signatory
from pipeline.dossier.signed import Likeness, Origin, Signed, SignedCopy, Trust


@dataclass(frozen=True, slots=True)
class Counted:
    """What the signatures in one copy count for."""

    copy: SignedCopy
    held: Mapping[str, Signed]
    """Field of the paper → the signature that holds in it."""


@dataclass(frozen=True, slots=True)
class Signing:
    """How far the signing of one paper has come."""

    issued: Issued
    copies: tuple[Counted, ...]
    """Those that came back, fullest first."""
    outdated: tuple[SignedCopy, ...] = ()
    """Copies of versions whose place it took, in which somebody signed."""

    @property
    def best(self) -> Counted | None:
        """The copy in which most signatures hold."""
        return self.copies[0] if self.copies and self.copies[0].held else None

    @property
    def missing(self) -> tuple[Signatory, ...]:
        """Who did not sign yet in the copy that counts."""
        held = self.best.held if self.best else {}
        return tuple(one for one in self.issued.signatories if one.field not in held)

    @property
    def complete(self) -> bool:
        """Whether every signature that the paper asks holds, in one copy."""
        return bool(self.issued.signatories) and not self.missing

    @property
    def apart(self) -> tuple[tuple[Signatory, Counted], ...]:
        """Who signed only in another copy than the one that counts: signatures of two files cannot be joined."""
        found = []
        for one in self.missing:
            other = next((counted for counted in self.copies[1:] if one.field in counted.held), None)
            if other is not None:
                found.append((one, other))
        return tuple(found)


def signing_of(
    issued: Issued, copies: Sequence[SignedCopy], acts: Sequence[Act], earlier: Sequence[Issued] = ()
) -> Signing:
    """Tell how far the signing of a paper has come.

    Args:
        issued: the version that stands.
        copies: every copy kept with the dossier.
        acts: of the dossier; assignments of signatures and copies let through count.
        earlier: papers issued of the dossier, among which are the versions whose place it took.
    """
    counted = [Counted(copy, dict(_held(copy, issued, acts))) for copy in copies if copy.issued == issued.name]
    before = {
        one.name
        for one in earlier
        if (one.paper, one.row) == (issued.paper, issued.row) and one.version < issued.version
    }
    outdated = tuple(copy for copy in copies if copy.issued in before and sound_signatures(copy))
    return Signing(issued, tuple(sorted(counted, key=lambda one: -len(one.held))), outdated)


def sound_signatures(copy: SignedCopy) -> tuple[Signed, ...]:
    """Give the signatures in a copy of ours that nothing is wrong with, whoever set them; none in one that was changed.

    Where no roots were given, nobody knows whether they are trusted: they are given too.
    """
    if copy.changes or copy.origin not in (Origin.ISSUED, Origin.RESAVED):
        return ()
    return tuple(
        signed
        for signed in copy.signatures
        if signed.whole and signed.alone and not signed.stamp and signed.trust in (Trust.TRUSTED, Trust.NO_ROOTS)
    )


def fullest_copy(issued: Issued, copies: Sequence[SignedCopy]) -> SignedCopy | None:
    """Give the copy that most have signed, of those that are ours and unchanged: the one to sign next."""
    ours = [copy for copy in copies if copy.issued == issued.name and copy.origin is Origin.ISSUED and not copy.changes]
    sound = [copy for copy in ours if copy.signatures and all(one.whole and one.alone for one in copy.signatures)]
    return max(sound, key=lambda copy: len(copy.signatures), default=None)


def assigned(copy: SignedCopy, signed: Signed, acts: Sequence[Act]) -> str:
    """Give the field of the paper to which a person assigned a signature; empty when nobody did."""
    target = target_of(copy, signed.field)
    return next((act.value for act in reversed(acts) if act.kind is ActKind.ASSIGN and act.target == target), "")


def target_of(copy: SignedCopy, field: str = "") -> str:
    """Name a copy, or a signature in it, as an act does: by its contents, whatever it is called."""
    return f"{copy.sha256[:16]}:{field}" if field else copy.sha256[:16]


def let_through(copy: SignedCopy, acts: Sequence[Act]) -> bool:
    """Tell whether a person let a copy through that a program saved anew."""
    return any(act.kind is ActKind.ADMIT and act.target == target_of(copy) for act in acts)


def _held(copy: SignedCopy, issued: Issued, acts: Sequence[Act]) -> Iterator[tuple[str, Signed]]:
    """Give the fields of the paper in which a signature holds, of the signatory or assigned by a person."""
    ours = copy.origin is Origin.ISSUED or (copy.origin is Origin.RESAVED and let_through(copy, acts))
    if not ours or copy.changes:
        return
    taken: set[str] = set()
    certificates: set[str] = set()
    fields = {one.field for one in issued.signatories}
    chosen = [(assigned(copy, signed, acts), signed) for signed in copy.signatures]
    for field, signed in sorted(chosen, key=lambda pair: not pair[0]):  # what a person assigned goes first
        if signed.stamp or not signed.holds:
            continue
        if not field:
            fitting = signed.place is not None and signed.likeness is Likeness.SAME and not signed.reserved
            if not fitting or signed.certificate in certificates or out_of_turn(signed, copy.signatures):
                continue
            field = signed.field  # noqa: PLW2901 - its own, when nobody assigned another
        if field in fields and field not in taken:
            taken.add(field)
            certificates.add(signed.certificate)
            yield field, signed


def out_of_turn(signed: Signed, signatures: Sequence[Signed]) -> bool:
    """Tell whether somebody signed before another whose turn came first.

    Args:
        signed: the signature.
        signatures: those in the same paper, oldest first.
    """
    turn = signed.place.order if signed.place else 0
    if not turn:
        return False
    later = signatures[signatures.index(signed) + 1 :]
    return any(other.place is not None and 0 < other.place.order < turn for other in later)
