"""The roots that are trusted: certificates of a folder, and services of downloaded trusted lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.language import _, current
from pipeline.signing.evidence import sound_crls
from pipeline.signing.listed import read_lists
from pipeline.signing.trusted_lists import Period, Use, is_trusted_list

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
    stamps_only: bool = False
    """Whether a trusted list gives it to stamp the time, and for nothing else."""
    until: dt.datetime | None = None
    """By when the trusted list was to be followed by a newer one, that may have withdrawn it."""

    def holds_on(self, moment: dt.datetime) -> bool:
        """Tell whether it was to be trusted at a moment."""
        return self.granted is None or any(period.holds(moment) for period in self.granted)

    def told_of(self, moment: dt.datetime) -> bool:
        """Tell whether the day of a moment is one that its trusted list could still speak of."""
        return self.until is None or moment.astimezone(dt.UTC).date() <= self.until.astimezone(dt.UTC).date()


@dataclass(frozen=True, slots=True)
class Roots:
    """What certificates are held against."""

    roots: tuple[Root, ...] = ()
    crls: tuple[bytes, ...] = ()
    """Lists of revoked certificates, DER."""
    notes: tuple[str, ...] = ()
    """What could not be used of what was given, and what nobody checked about it, in plain Dutch."""
    checked: tuple[str, ...] = ()
    """Which trusted lists are signed by whom they should be, in plain Dutch."""

    def of(self, use: Use) -> tuple[Root, ...]:
        """Give those that count for a use: who certifies signers may certify who stamps the time, not the reverse."""
        return tuple(root for root in self.roots if use is Use.STAMPING or not root.stamps_only)

    def root(self, certificate: bytes, moment: dt.datetime | None, use: Use) -> Root | None:
        """Give the root with this certificate, one that was trusted at the moment when there are several."""
        same = [root for root in self.of(use) if root.certificate == certificate]
        granted = [root for root in same if moment is not None and root.holds_on(moment)]
        fitting = [root for root in granted if moment is not None and root.told_of(moment)]
        return next(iter([*fitting, *granted, *same]), None)


def read_roots(files: Mapping[str, bytes], signers: Mapping[str, bytes] | None = None) -> Roots:
    """Read certificates, lists of revoked certificates and trusted lists (ETSI TS 119 612), by their contents.

    Args:
        files: name → contents, as they lay in the folders that a person named.
        signers: name → contents, certificates of those who sign trusted lists, as a person vouches for them.
    """
    return _read(tuple(sorted(files.items())), tuple(sorted((signers or {}).items())), current())


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, bytes], ...], signers: tuple[tuple[str, bytes], ...], _locale: str) -> Roots:
    """Read them once for all the files of a run: the signature under a large list takes longer than a paper.

    The notes are in the language of the locale.
    """
    roots: list[Root] = []
    crls: list[bytes] = []
    notes: list[str] = []
    lists: dict[str, bytes] = {}
    for name, content in files:
        if len(content) > MOST_BYTES:
            notes.append(_("«{name}» is te groot voor certificaten en telt niet mee.").format(name=name))
        elif is_trusted_list(content):
            lists[name] = content
        else:
            certificates = list(_certificates(content))
            roots += [Root(certificate, name) for certificate in certificates]
            found = list(_crls(content)) if not certificates else []
            crls += found
            if not certificates and not found:
                notes.append(_no_certificate(name, content))
    vouched: list[bytes] = []
    for name, content in signers:
        certificates = list(_certificates(content))
        vouched += certificates
        if not certificates:
            notes.append(_no_certificate(name, content))
    listed = read_lists(lists, vouched)
    services = [(name, one, found.until) for name, found in listed.lists for one in found.services]
    roots += [
        Root(one.certificate, f"{name}, {one.name}", one.periods, stamps_only=one.use is Use.STAMPING, until=until)
        for name, one, until in services
    ]
    return Roots(tuple(roots), tuple(crls), (*notes, *listed.notes), listed.checked)


def _no_certificate(name: str, content: bytes) -> str:
    from asn1crypto import pkcs12

    if _loads(pkcs12.Pfx, content, "auth_safe"):
        return _(
            "«{name}» is een sleutel met een wachtwoord (PKCS#12) en telt niet mee: hier hoort alleen het certificaat "
            "(.pem, .crt of .cer)."
        ).format(name=name)
    return _("«{name}» bevat geen certificaat en telt niet mee.").format(name=name)


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
