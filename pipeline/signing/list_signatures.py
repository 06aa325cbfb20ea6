"""Who signed a trusted list of the EU, and whom the list of lists of the Commission names for that."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_SPACE = "{http://uri.etsi.org/02231/v2#}"
_LIST_OF_LISTS = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists"
_BUNDLED = ("lotl-certs", "latest.cert.pem")
"""Where pyHanko keeps the certificates with which the Commission signs, as of its release."""
_COMMISSION = "european commission"


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list of which the signature holds."""

    content: bytes
    """Only what was signed: whatever else stands in the file is not read."""
    signer: str
    """Common name in the certificate with which it was signed."""


def signed_list(content: bytes, certificates: Iterable[bytes]) -> SignedList | None:
    """Give a list as it was signed; None when none of the certificates signed it, or it was changed since.

    The certificates are those that somebody vouches for: they are not held against a root, nor against the clock.

    Args:
        content: the file (XAdES, enveloped).
        certificates: DER.
    """
    from cryptography import x509
    from signxml.exceptions import SignXMLException
    from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

    for der in certificates:
        try:
            certificate = x509.load_der_x509_certificate(der)
            results = XAdESVerifier().verify(
                content,
                x509_cert=certificate,
                expect_config=XAdESSignatureConfiguration(location="./", expect_references=True),
            )
        except (SignXMLException, ValueError, TypeError, KeyError, AttributeError, SyntaxError):
            continue  # signed by another, or no signature that can be read
        for result in results if isinstance(results, list) else [results]:
            if result.signed_xml is not None and result.signed_xml.tag == f"{_SPACE}TrustServiceStatusList":
                return SignedList(result.signed_data, _common_name(certificate))
    return None


def is_list_of_lists(root: Any) -> bool:
    """Tell whether a list names other lists, as that of the Commission does.

    Args:
        root: the element of the whole list.
    """
    kind: str = root.findtext(f"{_SPACE}SchemeInformation/{_SPACE}TSLType", "")
    return kind.strip() == _LIST_OF_LISTS


def named_signers(root: Any) -> Mapping[str, tuple[bytes, ...]]:
    """Give the certificates, DER, that a list of lists names for the list of each territory.

    Args:
        root: the element of the whole list, of which the signature holds.
    """
    found: dict[str, list[bytes]] = {}
    pointers = f"{_SPACE}SchemeInformation/{_SPACE}PointersToOtherTSL/{_SPACE}OtherTSLPointer"
    for pointer in root.iterfind(pointers):
        territory = next((one.text or "" for one in pointer.iter(f"{_SPACE}SchemeTerritory")), "").strip()
        found.setdefault(territory, []).extend(certificates_in(pointer))
    return {territory: tuple(dict.fromkeys(certificates)) for territory, certificates in found.items()}


def certificates_in(element: Any) -> Iterator[bytes]:
    """Give the certificates, DER, that an element of a list holds; what is none is left out."""
    from asn1crypto import x509

    for coded in element.iter(f"{_SPACE}X509Certificate"):
        try:
            der = base64.b64decode("".join((coded.text or "").split()), validate=True)
            if x509.Certificate.load(der, strict=True).subject.native:
                yield der
        except (binascii.Error, ValueError, TypeError, KeyError):
            continue


def commission_signers() -> tuple[bytes, ...]:
    """Give the certificates, DER, with which the Commission signs its list of lists, as far as is known here."""
    from importlib import resources

    from asn1crypto import pem

    bundled = resources.files("pyhanko.sign.validation.qualified").joinpath(*_BUNDLED)
    if not bundled.is_file():
        return ()
    return tuple(der for _kind, _headers, der in pem.unarmor(bundled.read_bytes(), multiple=True))


def is_the_commissions(certificate: bytes) -> bool:
    """Tell whether a certificate says that its holder is the Commission.

    The certificate under a list names the operator of that list as its organisation (ETSI TS 119 612, 5.7.1).

    Args:
        certificate: DER.
    """
    from asn1crypto import x509

    told = x509.Certificate.load(certificate).subject.native.get("organization_name", "")
    names = told if isinstance(told, list) else [told]
    return any(name.strip().casefold() == _COMMISSION for name in names)


def _common_name(certificate: Any) -> str:
    from cryptography.x509.oid import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value if names else certificate.subject.rfc4514_string())
