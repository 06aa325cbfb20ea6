"""Whether the name in a certificate is that of the signatory whom a paper names."""

from __future__ import annotations

import re

from pipeline.dossier.issued import Signatory
from pipeline.dossier.signed import Likeness
from pipeline.values import fold_accents

_ASIDE = re.compile(r"\([^)]*\)")
_WORDS = re.compile(r"[^\W\d_]+")


def likeness(signer: str, place: Signatory | None) -> Likeness:
    """Compare the name in a certificate with the signatory of a field.

    The name in the paper may leave out given names (`An Peeters` is `An Maria Peeters (Signature)`), but each of its
    words must be in the certificate. A place without a name that has a capital letter names a function only.

    Args:
        signer: the common name of the certificate.
        place: the field; None when it is none of ours.
    """
    if place is None:
        return Likeness.UNTOLD
    wanted = set(_WORDS.findall(fold_accents(_ASIDE.sub(" ", place.name))))
    if place.name == place.name.lower() or len(wanted) < 2:  # «de burgemeester»: a function, no name
        return Likeness.UNTOLD
    found = set(_WORDS.findall(fold_accents(_ASIDE.sub(" ", signer))))
    return Likeness.SAME if wanted <= found else Likeness.OTHER
