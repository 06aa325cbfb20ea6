"""Whether a signer's certificate led to a trusted root at a moment, by what is at hand: nothing is fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.dossier.signed import Revocation, Trust
from pipeline.language import _, moment
from pipeline.signing.roots import Roots

Validate = Callable[[Any], Awaitable[Any]]
"""Validates one signature in a context of certificates; gives what pyHanko says of it."""

_OUT_OF_TIME = ("OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED")
_NOT_FOR_SIGNING = ("CHAIN_CONSTRAINTS_FAILURE", "SIG_CONSTRAINTS_FAILURE")
_WEAK = ("CRYPTO_CONSTRAINTS_FAILURE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file itself brings along to judge its signatures by."""

    certificates: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()
    ocsps: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whether a certificate is trusted, by which root, and what is known of its revocation."""

    trust: Trust
    root: str = ""
    revocation: Revocation = Revocation.NOT_CHECKED
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds certificates against roots."""

    roots: Roots
    evidence: Evidence = field(default_factory=Evidence)
    seen: dt.date | None = None
    """The day on which the file was first kept here; None when it was not."""

    async def judge(self, validate: Validate, certificate: Any, on: dt.datetime | None, *, proven: bool) -> Trusted:
        """Judge the certificate of a signature.

        Args:
            validate: validates the signature in a context.
            certificate: of the signer.
            on: when it was signed; None when nothing says so.
            proven: whether that moment is certain.
        """
        if on is None:
            return Trusted(Trust.NO_DATE)
        if not self.roots.roots:
            return Trusted(Trust.NO_ROOTS)
        validity = certificate["tbs_certificate"]["validity"]
        if on > validity["not_after"].native:
            return Trusted(Trust.EXPIRED, detail=moment(validity["not_after"].native))
        if on < validity["not_before"].native:
            return Trusted(Trust.NOT_YET, detail=moment(validity["not_before"].native))
        status = await validate(self.context(on, signer=False, authorities=False))
        if status.trust_problem_indic is not None or status.validation_path is None:
            return _distrusted(status)
        anchor = status.validation_path.first.dump()
        root = self.roots.root(anchor, on)
        name = f"{_common_name(status.validation_path.first)} ({root.source})" if root else ""
        if root and not root.holds_on(on):
            return Trusted(Trust.NOT_GRANTED, name)
        revocation, revoked = await self._revocation(validate, on)
        if revoked:
            return Trusted(Trust.REVOKED, name, revocation, moment(revoked))
        later = None if proven else min(self._revocations(certificate), default=None)
        if later and not (self.seen and self.seen < later.date()):
            return Trusted(Trust.REVOKED_LATER, name, Revocation.CHECKED, moment(later))
        return Trusted(Trust.TRUSTED, name, revocation)

    def context(self, on: dt.datetime, *, signer: bool, authorities: bool) -> Any:
        """Give a context of pyHanko at a moment, in which revocation must be known of the ones named."""
        from pyhanko_certvalidator import ValidationContext
        from pyhanko_certvalidator.policy_decl import (
            CertRevTrustPolicy,
            RevocationCheckingPolicy,
            RevocationCheckingRule,
        )

        must, need_not = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
        policy = RevocationCheckingPolicy(must if signer else need_not, must if authorities else need_not)
        return ValidationContext(
            trust_roots=[_load(root.certificate) for root in self.roots.roots],
            other_certs=self.evidence.certificates,
            moment=on,
            allow_fetching=False,
            crls=[*self.evidence.crls, *self.roots.crls],
            ocsps=list(self.evidence.ocsps),
            revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        )

    async def _revocation(self, validate: Validate, on: dt.datetime) -> tuple[Revocation, dt.datetime | None]:
        """Tell what is known of revocation, and when a certificate was revoked if one was before the moment."""
        if not (self.evidence.crls or self.evidence.ocsps or self.roots.crls):
            return Revocation.NOT_CHECKED, None
        known = {}
        for signer, authorities in ((True, True), (True, False), (False, True)):
            status = await validate(self.context(on, signer=signer, authorities=authorities))
            if status.revocation_details is not None:
                return Revocation.CHECKED, status.revocation_details.revocation_date
            known[signer, authorities] = status.trust_problem_indic is None
            if known.get((True, True)):
                return Revocation.CHECKED, None
        return (Revocation.SIGNER_ONLY if known[True, False] else Revocation.NOT_CHECKED), None

    def _revocations(self, certificate: Any) -> Iterator[dt.datetime]:
        """Give when a certificate was revoked, as far as that is told."""
        from asn1crypto import crl

        for given in (*self.evidence.crls, *self.roots.crls):
            told = crl.CertificateList.load(given) if isinstance(given, bytes) else given
            if told.issuer != certificate.issuer:
                continue
            for one in told["tbs_cert_list"]["revoked_certificates"]:
                if one["user_certificate"].native == certificate.serial_number:
                    yield one["revocation_date"].native
        for response in self.evidence.ocsps:
            for one in response.response_data["responses"]:
                if one["cert_id"]["serial_number"].native == certificate.serial_number and (
                    one["cert_status"].name == "revoked"
                ):
                    yield one["cert_status"].chosen["revocation_time"].native


def evidence_of(reader: Any, signatures: Sequence[Any]) -> Evidence:
    """Gather certificates and revocation information that lie in a file: in its store, and in the signatures.

    Args:
        reader: pyHanko's reader of the file.
        signatures: pyHanko's embedded signatures.
    """
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    certificates: list[Any] = []
    crls: list[Any] = []
    ocsps: list[Any] = []
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        store = None
    if store is not None:
        from asn1crypto import crl, ocsp

        certificates += list(store.load_certs())
        crls += [crl.CertificateList.load(reference.get_object().data) for reference in store.crls]
        ocsps += [ocsp.OCSPResponse.load(reference.get_object().data) for reference in store.ocsps]
    for signature in signatures:
        for attribute in signature.signer_info["signed_attrs"]:
            if attribute["type"].native == "adobe_revocation_info_archival":
                archived = attribute["values"][0]
                crls += list(archived["crl"] or ())
                ocsps += list(archived["ocsp"] or ())
    return Evidence(tuple(certificates), tuple(crls), tuple(ocsps))


def _distrusted(status: Any) -> Trusted:
    """Give why a certificate is not trusted, in our words."""
    problem = getattr(status.trust_problem_indic, "name", "")
    if problem == "NO_CERTIFICATE_CHAIN_FOUND" or status.trust_problem_indic is None:
        return Trusted(Trust.OTHER_ROOT)
    if problem in _OUT_OF_TIME:
        return Trusted(Trust.EXPIRED)
    if problem in _NOT_FOR_SIGNING:
        return Trusted(Trust.NOT_FOR_SIGNING)
    if problem in _WEAK:
        return Trusted(Trust.FAULTY, detail=_("het gebruikt een rekenwijze die niet meer veilig is"))
    return Trusted(Trust.FAULTY, detail=_("een certificaat tussen de ondertekenaar en de wortel geldt niet"))


def _load(der: bytes) -> Any:
    from asn1crypto import x509

    return x509.Certificate.load(der)


def _common_name(certificate: Any) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly)
