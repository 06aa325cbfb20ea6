"""A token in software with a key on it, as a card or a device holds one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SOFTHSM = next(Path("/usr").glob("l*/softhsm/libsofthsm2.so"), Path("/usr/lib/softhsm/libsofthsm2.so"))


@pytest.fixture(scope="session")
def token(tmp_path_factory):
    """A token of SoftHSM with the key of An Peeters on it: one for all tests: its library reads settings once."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    made = ["softhsm2-util", "--init-token", "--free", "--label", "proef", "--pin", "1234", "--so-pin", "5678"]
    subprocess.run(made, check=True, capture_output=True)
    import pkcs11
    from cryptography.hazmat.primitives import serialization
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.util.rsa import decode_rsa_private_key

    from tests.signing_keys import person

    holder = person("An Peeters", between=True)
    der = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    with pkcs11.lib(str(SOFTHSM)).get_token(token_label="proef").open(user_pin="1234", rw=True) as session:
        session.create_object(
            {**decode_rsa_private_key(der), Attribute.LABEL: "zegel", Attribute.TOKEN: True, Attribute.ID: b"1"}
        )
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.LABEL: "zegel",
                Attribute.TOKEN: True,
                Attribute.ID: b"1",
                Attribute.VALUE: holder.der,
                Attribute.SUBJECT: holder.asn1.subject.dump(),
            }
        )
    yield str(SOFTHSM), "proef", "zegel", "1234"
    del os.environ["SOFTHSM2_CONF"]
