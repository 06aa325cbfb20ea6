"""Whether a signer's certificate led to a trusted root at a moment, and was not revoked by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.dossier.signed import Informant, Revocation, Trust
from pipeline.language import _, moment
from pipeline.signing.asking import Asker, why_unanswered
from pipeline.signing.evidence import Evidence
from pipeline.signing.revocation import Known, Whom, known
from pipeline.signing.roots import Roots
from pipeline.signing.trusted_lists import Use

Validate = Callable[[Any], Awaitable[Any]]
"""Validates one signature in a context of certificates; gives what pyHanko says of it."""

_OUT_OF_TIME = ("OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED")
_NOT_FOR_SIGNING = ("CHAIN_CONSTRAINTS_FAILURE", "SIG_CONSTRAINTS_FAILURE")
_WEAK = ("CRYPTO_CONSTRAINTS_FAILURE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE")


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whether a certificate is trusted, by which root, and what is known of its revocation."""

    trust: Trust
    root: str = ""
    revocation: Revocation = Revocation.NOT_CHECKED
    detail: str = ""
    sources: tuple[Informant, ...] = ()
    """Who told of revocation."""
    unanswered: str = ""
    """Why nobody did who was asked over the network, in plain Dutch; empty when nobody was asked."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds certificates against roots."""

    roots: Roots
    evidence: Evidence
    """What the file brings along."""
    seen: dt.date | None
    """The day on which the file was first kept here; None when it was not."""
    asker: Asker | None = None
    """Asks over the network; None: nothing is fetched."""
    use: Use = Use.SIGNING
    """Whether it judges signers, or who stamps the time."""

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
        status = await validate(self.context(on))
        if status.trust_problem_indic is not None or status.validation_path is None:
            return _distrusted(status)
        anchor = status.validation_path.first.dump()
        root = self.roots.root(anchor, on, self.use)
        name = f"{_common_name(status.validation_path.first)} ({root.source})" if root else ""
        if root and not root.holds_on(on):
            return Trusted(Trust.NOT_GRANTED, name)
        if root and root.until and not root.told_of(on):
            return Trusted(Trust.OLD_LIST, name, detail=moment(root.until))
        told, unanswered = await self._known(validate, certificate, status.validation_path, on)
        if told.revoked:
            return Trusted(Trust.REVOKED, name, told.revocation, moment(told.revoked), told.sources)
        if told.later and not proven and not (self.seen and self.seen < told.later.date()):
            return Trusted(Trust.REVOKED_LATER, name, told.revocation, moment(told.later), told.sources)
        return Trusted(Trust.TRUSTED, name, told.revocation, "", told.sources, unanswered)

    def context(self, on: dt.datetime, given: Sequence[Evidence] = (), whom: Whom | None = None) -> Any:
        """Give a context of pyHanko at a moment, in which what is given must tell of some certificates, or of none."""
        from pyhanko_certvalidator import ValidationContext
        from pyhanko_certvalidator.policy_decl import (
            CertRevTrustPolicy,
            RevocationCheckingPolicy,
            RevocationCheckingRule,
        )

        must, need_not = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
        policy = RevocationCheckingPolicy(
            must if whom in (Whom.ALL, Whom.SIGNER) else need_not,
            must if whom in (Whom.ALL, Whom.AUTHORITIES) else need_not,
        )
        return ValidationContext(
            trust_roots=self._roots_named(),
            other_certs=self.evidence.certificates,
            moment=on,
            allow_fetching=False,
            crls=[der for one in given for der in one.crls],
            ocsps=[der for one in given for der in one.ocsps],
            revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        )

    def _roots_named(self) -> list[Any]:
        """Give the roots whose name occurs in the file: pyHanko reads each for every judgement, and lists have many."""
        known = [root.certificate for root in self.roots.of(self.use)]
        return [_load(der) for der in known if _subject(der) in self.evidence.names]

    async def _known(self, validate: Validate, certificate: Any, path: Any, on: dt.datetime) -> tuple[Known, str]:
        """Tell what is known of revocation, and why those who were asked over the network told nothing."""

        async def look(moment: dt.datetime, some: Sequence[Evidence], whom: Whom) -> Any:
            return await validate(self.context(moment, some, whom))

        end = min(one["tbs_certificate"]["validity"]["not_after"].native for one in path.iter_certs(include_root=True))
        at_hand = [self.evidence, Evidence(Informant.FOLDER, crls=self.roots.crls)]
        if self.asker is None:
            return await known(look, at_hand, certificate, on, end), ""
        answers = await self.asker.answers(path)
        told = await known(look, [*at_hand, answers], certificate, on, end)
        if Informant.ONLINE not in told.sources:
            lists = await self.asker.lists(path)
            both = Evidence(Informant.ONLINE, crls=lists.crls, ocsps=answers.ocsps)
            told = await known(look, [*at_hand, both], certificate, on, end)
        return told, "" if Informant.ONLINE in told.sources else why_unanswered(path)


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


@lru_cache(maxsize=8192)
def _subject(der: bytes) -> str:
    return str(_load(der).subject.hashable)


def _load(der: bytes) -> Any:
    from asn1crypto import x509

    return x509.Certificate.load(der)


def _common_name(certificate: Any) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly)
