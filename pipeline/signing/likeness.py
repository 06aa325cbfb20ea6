"""Whether the name in a certificate is that of the signatory whom a paper names."""

from __future__ import annotations

import re

from pipeline.signing.verdict import Likeness, Place
from pipeline.values import fold_accents

_ASIDE = re.compile(r"\([^)]*\)")
_WORDS = re.compile(r"[^\W\d_]+")


def likeness(signer: str, place: Place | None) -> Likeness:
    """Compare the name in a certificate with the signatory of a field.

    The name in the paper may leave out given names (`An Peeters` is `An Maria Peeters (Signature)`), but each of its
    words must be in the certificate. A place that names no person, only a function, cannot be compared.

    Args:
        signer: the common name of the certificate.
        place: the field; None when it is none of ours.
    """
    if place is None:
        return Likeness.UNTOLD
    name, _comma, function = place.label.partition(",")
    wanted = set(_WORDS.findall(fold_accents(name)))
    if not function.strip() or len(wanted) < 2:  # «de burgemeester»: a function, no name
        return Likeness.UNTOLD
    found = set(_WORDS.findall(fold_accents(_ASIDE.sub(" ", signer))))
    return Likeness.SAME if wanted <= found else Likeness.OTHER
