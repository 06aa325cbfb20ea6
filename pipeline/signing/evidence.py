"""What is at hand to judge certificates by: in the file itself, beside the roots, or fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pipeline.dossier.signed import Informant


@dataclass(frozen=True, slots=True)
class Evidence:
    """Certificates, and what tells whether others were revoked."""

    source: Informant
    certificates: tuple[Any, ...] = ()
    """As asn1crypto reads them."""
    crls: tuple[bytes, ...] = ()
    """Lists of revoked certificates, DER."""
    ocsps: tuple[bytes, ...] = ()
    """Answers about one certificate, DER."""
    names: frozenset[str] = frozenset()
    """Of whom holds, and whom issued, any certificate that lies in the file, as asn1crypto compares them."""

    def pieces(self) -> Iterator[Evidence]:
        """Give each list and each answer on its own."""
        for one in self.crls:
            yield Evidence(self.source, crls=(one,))
        for one in self.ocsps:
            yield Evidence(self.source, ocsps=(one,))

    @property
    def tells(self) -> bool:
        """Whether it says anything of revocation."""
        return bool(self.crls or self.ocsps)

    def accuses(self, certificate: Any) -> dt.datetime | None:
        """Give until when a single list or answer is fresh, if it says that a certificate was revoked.

        Nobody checked yet who signed it. Large lists are why it is not asn1crypto that reads them.
        """
        from cryptography.x509 import load_der_x509_crl, ocsp

        for one in self.crls:
            told = load_der_x509_crl(one)
            if told.issuer.public_bytes() != certificate.issuer.dump():
                continue
            if told.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
                return told.next_update_utc or told.last_update_utc
        for one in self.ocsps:
            for said in ocsp.load_der_ocsp_response(one).responses:
                revoked = said.certificate_status is ocsp.OCSPCertStatus.REVOKED
                if revoked and said.serial_number == certificate.serial_number:
                    return said.next_update_utc or said.this_update_utc
        return None


def evidence_of(reader: Any, signatures: Sequence[Any]) -> Evidence:
    """Gather what lies in a file: in its store (DSS), and in the signatures; what cannot be read is left out.

    Args:
        reader: pyHanko's reader of the file.
        signatures: pyHanko's embedded signatures.
    """
    from asn1crypto import x509
    from cryptography.x509 import load_der_x509_certificate

    found = {key: tuple(_stored(reader, key)) for key in ("/Certs", "/CRLs", "/OCSPs")}
    certificates = [x509.Certificate.load(one) for one in found["/Certs"] if _loads(load_der_x509_certificate, one)]
    crls, ocsps = list(found["/CRLs"]), list(found["/OCSPs"])
    for signature in signatures:
        for attribute in signature.signer_info["signed_attrs"]:
            if attribute["type"].native == "adobe_revocation_info_archival":
                archived = attribute["values"][0]
                crls += [one.dump() for one in archived["crl"] or ()]
                ocsps += [one.dump() for one in archived["ocsp"] or ()]
    names: set[str] = set()
    for certificate in (*certificates, *_inside(signatures)):
        with suppress(ValueError, TypeError, KeyError):  # a name that cannot be read leads to no root
            names |= {certificate.subject.hashable, certificate.issuer.hashable}
    return Evidence(Informant.FILE, tuple(certificates), sound_crls(crls), sound_ocsps(ocsps), frozenset(names))


def _inside(signatures: Sequence[Any]) -> Iterator[Any]:
    """Give the certificates in signatures, and in the time stamps on them."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    for signature in signatures:
        yield signature.signer_cert
        yield from signature.other_embedded_certs
        for token in extract_tst_data_iter(signature.signer_info, signed=False):
            yield from (one.chosen for one in token["certificates"] or () if one.name == "certificate")


def _stored(reader: Any, key: str) -> Iterator[bytes]:
    """Give what the store of a file holds of one kind; pyHanko's own reading gives up all for one that is damaged."""
    try:
        store = reader.root["/DSS"]
        references = list(store[key])
    except Exception:  # noqa: BLE001 - a stranger's bytes, or no store at all
        references = []
    for reference in references:
        with suppress(Exception):  # as above; the others may be sound
            yield reference.get_object().data


def sound_crls(given: Iterable[bytes]) -> tuple[bytes, ...]:
    """Give those that are lists of revoked certificates, each once."""
    from cryptography.x509 import load_der_x509_crl

    return tuple(one for one in dict.fromkeys(given) if _loads(load_der_x509_crl, one))


def sound_ocsps(given: Iterable[bytes]) -> tuple[bytes, ...]:
    """Give those that are answers about certificates, each once."""
    from cryptography.x509 import ocsp

    def answers(one: bytes) -> bool:
        return ocsp.load_der_ocsp_response(one).response_status is ocsp.OCSPResponseStatus.SUCCESSFUL

    return tuple(one for one in dict.fromkeys(given) if _loads(answers, one))


def _loads(read: Any, der: bytes) -> bool:
    try:
        return read(der) is not False
    except (ValueError, TypeError):
        return False
