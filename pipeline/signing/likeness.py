"""Whether the name in a certificate is that of the signatory whom a paper names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from pipeline.dossier.issued import Signatory
from pipeline.dossier.signed import Likeness
from pipeline.values import fold_accents

_ASIDE = re.compile(r"\([^)]*\)")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """How a certificate names its holder."""

    common: str
    """The name as a whole, which people are shown."""
    given: str = ""
    surname: str = ""
    """Empty, as `given`, when the certificate does not tell them apart."""

    @classmethod
    def of(cls, certificate: Any) -> Self:
        """Read them from a certificate, as asn1crypto gives it."""
        names = certificate.subject.native
        common = str(names.get("common_name") or certificate.subject.human_friendly)
        return cls(common, _text(names.get("given_name")), _text(names.get("surname")))


def likeness(signer: Named, place: Signatory | None) -> Likeness:
    """Compare the name in a certificate with the signatory of a field.

    The paper may leave out given names but the first: `An Peeters` is `An Maria Peeters` in the certificate. The
    reverse holds only as far as the certificate has them beside the name that it shows, as an eID does: what else
    stands on the paper might be half a surname. The paper must have the whole surname, where the certificate tells
    which that is. A place without a name that has a capital letter names a function only.

    Args:
        signer: the names in the certificate.
        place: the field; None when it is none of ours.
    """
    if place is None:
        return Likeness.UNTOLD
    wanted = _words(_ASIDE.sub(" ", place.name))
    if place.name == place.name.lower() or len(set(wanted)) < 2:  # «de burgemeester»: a function, no name
        return Likeness.UNTOLD
    given, surname = _words(signer.given), _words(signer.surname)
    if given and surname:
        same = set(surname) | {given[0]} <= set(wanted) <= {*surname, *given}
    else:
        same = set(wanted) <= set(_words(_ASIDE.sub(" ", signer.common)))
    return Likeness.SAME if same else Likeness.OTHER


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold_accents(text))


def _text(name: Any) -> str:
    """Give a name of a certificate, which may hold several."""
    return " ".join(map(str, name)) if isinstance(name, list) else str(name or "")
