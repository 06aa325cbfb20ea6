"""Keys to sign with: a PKCS#12 file, or a token that is reached by PKCS#11."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UsageError
from pipeline.language import _, moment
from pipeline.signing.likeness import Named


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its certificate."""

    signer: Any
    """pyHanko's signer."""

    @property
    def names(self) -> Named:
        """The names in the certificate."""
        return Named.of(self.signer.signing_cert)

    @property
    def name(self) -> str:
        """The common name in the certificate."""
        return self.names.common

    def must_hold(self, now: dt.datetime) -> None:
        """See that one may sign with it now.

        Raises:
            UsageError: the certificate expired, is not valid yet, or is not for signing.
        """
        told = self.signer.signing_cert["tbs_certificate"]["validity"]
        start, end = told["not_before"].native, told["not_after"].native
        if now > end:
            raise UsageError(
                _("Het certificaat van {name} verviel op {when}. Vraag een nieuw.").format(
                    name=self.name, when=moment(end)
                )
            )
        if now < start:
            raise UsageError(
                _("Het certificaat van {name} geldt pas vanaf {when}.").format(name=self.name, when=moment(start))
            )
        usage = self.signer.signing_cert.key_usage_value
        if usage is not None and "non_repudiation" not in usage.native:
            raise UsageError(
                _("Het certificaat van {name} dient niet om te ondertekenen (non-repudiation). Kies een ander.").format(
                    name=self.name
                )
            )


def key_of_p12(content: bytes, passphrase: str) -> Key:
    """Give the key in a PKCS#12 file.

    Raises:
        UsageError: the passphrase is wrong, or the file holds no key with a certificate.
    """
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except (ValueError, TypeError) as wrong:
        if content[:1] == b"\x30":  # a file of the right kind, that does not open
            raise UsageError(
                _("De sleutel gaat niet open: het wachtwoord klopt niet, of het PKCS#12-bestand is beschadigd.")
            ) from wrong
        raise UsageError(_("Dat is geen PKCS#12-bestand (.p12 of .pfx).")) from wrong
    if key is None or certificate is None:
        raise UsageError(_("In het PKCS#12-bestand zit geen sleutel met een certificaat."))
    der, plain = serialization.Encoding.DER, serialization.NoEncryption()
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(x509.Certificate.load(other.public_bytes(der)) for other in others)
    private = keys.PrivateKeyInfo.load(key.private_bytes(der, serialization.PrivateFormat.PKCS8, plain))
    return Key(SimpleSigner(x509.Certificate.load(certificate.public_bytes(der)), private, store))


@contextmanager
def key_of_token(library: str, token: str, label: str, pin: str, chain: Sequence[bytes] = ()) -> Iterator[Key]:
    """Give a key on a token, as long as the token is open.

    Args:
        library: path of the PKCS#11 library of the token.
        token: its label; empty: the only one.
        label: of the key, and of its certificate on the token.
        pin: opens the token.
        chain: certificates of authorities that go along, DER.

    Raises:
        UsageError: the library, the token, the key or its certificate is not there, or the code is wrong.
    """
    import pkcs11
    from asn1crypto import x509
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    named = _("het token «{token}»").format(token=token) if token else _("het token")
    try:
        session = open_pkcs11_session(library, None, TokenCriteria(label=token) if token else None, pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as wrong:
        raise UsageError(_("De code van {token} klopt niet.").format(token=named)) from wrong
    except pkcs11.PinLocked as wrong:
        raise UsageError(_("De code van {token} is geblokkeerd.").format(token=named)) from wrong
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as wrong:
        raise UsageError(
            _("Met «{library}» gaat {token} niet open: is het aangesloten? ({why})").format(
                token=named, library=library, why=str(wrong) or type(wrong).__name__
            )
        ) from wrong
    with session:
        signer = PKCS11Signer(
            session, cert_label=label, key_label=label, ca_chain=[x509.Certificate.load(one) for one in chain]
        )
        try:
            signer.signing_cert  # noqa: B018 - fetches the key and its certificate
        except pkcs11.PKCS11Error as wrong:
            raise UsageError(
                _("Op {token} zit geen sleutel «{label}» met een certificaat.").format(token=named, label=label)
            ) from wrong
        yield Key(signer)
