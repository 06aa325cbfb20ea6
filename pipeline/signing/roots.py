"""The roots that are trusted: certificates of a folder, and services of downloaded trusted lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Unreadable
from pipeline.language import _
from pipeline.signing.evidence import sound_crls
from pipeline.signing.trusted_lists import Period, is_trusted_list, services

MOST_BYTES = 40_000_000
"""Of one file with roots; the largest trusted list of a member state takes a fifth of it."""


@dataclass(frozen=True, slots=True)
class Root:
    """A certificate that is trusted."""

    certificate: bytes
    """DER."""
    source: str
    """The file in which it lies, and of a trusted list the service too."""
    granted: tuple[Period, ...] | None = None
    """When a trusted list recognised it; None for a certificate that somebody chose to trust."""

    def holds_on(self, moment: dt.datetime) -> bool:
        """Tell whether it was to be trusted at a moment."""
        return self.granted is None or any(period.holds(moment) for period in self.granted)


@dataclass(frozen=True, slots=True)
class Roots:
    """What certificates are held against."""

    roots: tuple[Root, ...] = ()
    crls: tuple[bytes, ...] = ()
    """Lists of revoked certificates, DER."""
    notes: tuple[str, ...] = ()
    """What could not be used of what was given, and what nobody checked about it, in plain Dutch."""

    def root(self, certificate: bytes, moment: dt.datetime | None) -> Root | None:
        """Give the root with this certificate, one that was trusted at the moment when there are several."""
        same = [root for root in self.roots if root.certificate == certificate]
        fitting = [root for root in same if moment is not None and root.holds_on(moment)]
        return next(iter([*fitting, *same]), None)


def read_roots(files: Mapping[str, bytes]) -> Roots:
    """Read certificates, lists of revoked certificates and trusted lists (ETSI TS 119 612), by their contents.

    Args:
        files: name → contents, as they lay in the folders that a person named.
    """
    roots: list[Root] = []
    crls: list[bytes] = []
    notes: list[str] = []
    for name, content in sorted(files.items()):
        if len(content) > MOST_BYTES:
            notes.append(_("«{name}» is te groot voor certificaten en telt niet mee.").format(name=name))
            continue
        if is_trusted_list(content):
            try:
                found = services(content)
            except Unreadable as wrong:
                notes.append(_("«{name}» is geen leesbare vertrouwenslijst: {why}.").format(name=name, why=wrong))
                continue
            roots += [Root(one.certificate, f"{name}, {one.name}", one.periods) for one in found.services]
            notes.append(found.note(name))
            continue
        certificates = list(_certificates(content))
        roots += [Root(certificate, name) for certificate in certificates]
        lists = list(_crls(content)) if not certificates else []
        crls += lists
        if not certificates and not lists:
            notes.append(_("«{name}» bevat geen certificaat en telt niet mee.").format(name=name))
    return Roots(tuple(roots), tuple(crls), tuple(notes))


def _certificates(content: bytes) -> Iterator[bytes]:
    from asn1crypto import x509

    for kind, der in _pieces(content):
        if kind in ("", "CERTIFICATE", "TRUSTED CERTIFICATE") and _loads(x509.Certificate, der, "tbs_certificate"):
            yield der


def _crls(content: bytes) -> Iterator[bytes]:
    yield from sound_crls(der for kind, der in _pieces(content) if kind in ("", "X509 CRL"))


def _pieces(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the kind and the bytes of each piece of a PEM file; of a DER file the whole, without kind."""
    from asn1crypto import pem

    if b"-----BEGIN" not in content:
        yield "", content
        return
    try:
        for kind, _headers, der in pem.unarmor(content, multiple=True):
            yield kind, der
    except ValueError:
        return


def _loads(kind: Any, der: bytes, inside: str) -> bool:
    """Tell whether bytes are what they should be, to the last field."""
    try:
        read = kind.load(der, strict=True)
        return isinstance(read[inside].native, dict) and read.dump() == der
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return False
