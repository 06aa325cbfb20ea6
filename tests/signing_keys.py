"""Real keys and small certificate authorities, made for the tests: nobody's, and never kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

START, END = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
SIGNED = dt.datetime(2022, 1, 20, 9, 30, tzinfo=dt.UTC)
"""When the tests sign, unless they say otherwise."""


@dataclass(frozen=True)
class Holder:
    """A key with its certificate, and what lies between that and its root."""

    name: str
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def asn1_chain(self) -> list[asn1_x509.Certificate]:
        return [asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in self.chain]

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        return asn1_keys.PrivateKeyInfo.load(
            self.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def p12(self, passphrase: str) -> bytes:
        """The key, its certificate and the chain as a PKCS#12 file."""
        from cryptography.hazmat.primitives.serialization import pkcs12

        return pkcs12.serialize_key_and_certificates(
            self.name.encode(),
            self.key,
            self.certificate,
            self.chain,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )


def _key(kind: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"), x509.NameAttribute(NameOID.COMMON_NAME, name)])


@cache
def authority(name: str, above: str = "", kind: str = "rsa") -> Holder:
    """A certificate authority; with `above`, one that stands between that root and its holders."""
    parent = authority(above) if above else None
    key = _key(kind)
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(parent.certificate.subject if parent else _named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(ca=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(parent.key if parent else key, hashes.SHA256())
    )
    return Holder(name, key, made, (made, *parent.chain) if parent else ())


@cache
def person(
    name: str,
    by: str = "Proefwortel",
    *,
    between: bool = False,
    kind: str = "rsa",
    until: dt.datetime = END,
    since: dt.datetime = START,
    signing: bool = True,
    stamping: bool = False,
    answers_at: str = "",
    list_at: str = "",
    given: str = "",
    surname: str = "",
    organisation: str = "",
) -> Holder:
    """Somebody with a key, certified by the root `by`, or by an authority between.

    The certificate may name the addresses at which that authority answers (OCSP) and lays its list (CRL).
    """
    parent = authority(f"{by} tussenin", by) if between else authority(by)
    key = _key(kind)
    apart = [(NameOID.GIVEN_NAME, given), (NameOID.SURNAME, surname), (NameOID.ORGANIZATION_NAME, organisation)]
    names = [*_named(name), *(x509.NameAttribute(kind, text) for kind, text in apart if text)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(parent.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signing=signing), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(parent.key.public_key()), critical=False)
    )
    if stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if answers_at:
        place = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(answers_at))
        builder = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
    if list_at:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(list_at)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return Holder(name, key, builder.sign(parent.key, hashes.SHA256()), parent.chain)


def answer(holder: Holder, by: Holder, *, on: dt.datetime | None = None, told: dt.datetime = SIGNED) -> bytes:
    """What an authority answers (OCSP) about a certificate: all is well, or revoked on that day."""
    made = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=holder.certificate,
            issuer=authority("Proefwortel").certificate,
            algorithm=hashes.SHA1(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if on else ocsp.OCSPCertStatus.GOOD,
            this_update=told,
            next_update=told + dt.timedelta(days=30),
            revocation_time=on,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, by.certificate)
        .sign(by.key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


def revoked(
    holder: Holder,
    on: dt.datetime,
    by: str = "Proefwortel",
    *,
    told: dt.datetime | None = None,
    signer: Holder | None = None,
) -> bytes:
    """A list of revoked certificates that the root gives out, in which the holder's stands from that day on."""
    parent = signer or authority(by)
    entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number).revocation_date(on).build()
    return _crl(parent, told or on, [entry])


def nothing_revoked(by: str = "Proefwortel", told: dt.datetime = SIGNED) -> bytes:
    """A list of revoked certificates with nobody in it."""
    return _crl(authority(by), told, [])


def _crl(parent: Holder, told: dt.datetime, entries: list[x509.RevokedCertificate]) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(parent.certificate.subject)
        .last_update(told)
        .next_update(told + dt.timedelta(days=30))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(parent.key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(parent.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _usage(*, ca: bool = False, signing: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=signing,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def folder_of_roots(folder: Path, *names: str) -> Path:
    """A folder with the certificates of these roots."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.pem").write_bytes(authority(name).pem)
    return folder
