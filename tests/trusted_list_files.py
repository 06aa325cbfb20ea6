"""Trusted lists of a member state and of the Commission, small and fictitious, and signed as theirs are."""

from __future__ import annotations

import base64

from lxml import etree
from signxml.xades.xades import XAdESDataObjectFormat, XAdESSigner

from tests.signing_keys import Holder, authority

_URI = "http://uri.etsi.org/TrstSvc"


def trusted_list(
    *states: tuple[str, str],
    kind: str = "CA/QC",
    of: bytes = b"",
    uses: tuple[str, ...] = (),
    issued: str = "2022-03-12",
    until: str = "",
) -> bytes:
    """A trusted list with one service: its states with the days from which they hold, newest first.

    Args:
        states: status and day.
        kind: of the service.
        of: its certificate, DER; empty: that of the root of the tests.
        uses: what its certificates are for, as `ForeSignatures`.
        issued: the day of the list itself.
        until: the day by which the next one should be there; empty: the list does not say.
    """
    additional = "".join(
        f"<Extension Critical='true'><AdditionalServiceInformation><URI xml:lang='en'>"
        f"{_URI}/TrustedList/SvcInfoExt/{use}</URI></AdditionalServiceInformation></Extension>"
        for use in uses
    )
    extensions = f"<ServiceInformationExtensions>{additional}</ServiceInformationExtensions>" if uses else ""

    def information(tag: str, status: str, since: str, more: str) -> str:
        return (
            f"<{tag}><ServiceTypeIdentifier>{_URI}/Svctype/{kind}</ServiceTypeIdentifier>"
            f"<ServiceName><Name xml:lang='nl'>Proefdienst</Name></ServiceName>{more}"
            f"<ServiceStatus>{_URI}/TrustedList/Svcstatus/{status}</ServiceStatus>"
            f"<StatusStartingTime>{since}T00:00:00Z</StatusStartingTime>{extensions}</{tag}>"
        )

    following = f"<NextUpdate><dateTime>{until}T00:00:00Z</dateTime></NextUpdate>" if until else ""
    certificate = base64.b64encode(of or authority("Proefwortel").der).decode()
    identity = (
        f"<ServiceDigitalIdentity><DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId>"
        "</ServiceDigitalIdentity>"
    )
    now, *before = states
    history = "".join(information("ServiceHistoryInstance", *state, "") for state in before)
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<TrustServiceStatusList xmlns='http://uri.etsi.org/02231/v2#'><SchemeInformation>"
        f"<SchemeTerritory>BE</SchemeTerritory><ListIssueDateTime>{issued}T00:00:00Z</ListIssueDateTime>"
        f"{following}</SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPServices><TSPService>"
        f"{information('ServiceInformation', *now, identity)}<ServiceHistory>{history}</ServiceHistory>"
        "</TSPService></TSPServices></TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"
    ).encode()


def list_of_lists(*, issued: str = "2022-03-12", until: str = "", **signers: Holder) -> bytes:
    """The list of the Commission, that names who signs the list of each territory."""
    following = f"<NextUpdate><dateTime>{until}T00:00:00Z</dateTime></NextUpdate>" if until else ""

    def pointer(territory: str, holder: Holder) -> str:
        certificate = base64.b64encode(holder.der).decode()
        return (
            "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity><DigitalId>"
            f"<X509Certificate>{certificate}</X509Certificate></DigitalId></ServiceDigitalIdentity>"
            f"</ServiceDigitalIdentities><TSLLocation>https://example.org/{territory}.xml</TSLLocation>"
            "<AdditionalInformation><OtherInformation>"
            f"<SchemeTerritory>{territory}</SchemeTerritory></OtherInformation></AdditionalInformation>"
            "</OtherTSLPointer>"
        )

    pointers = "".join(pointer(territory, holder) for territory, holder in signers.items())
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<TrustServiceStatusList xmlns='http://uri.etsi.org/02231/v2#'><SchemeInformation>"
        f"<TSLType>{_URI}/TrustedList/TSLType/EUlistofthelists</TSLType><SchemeTerritory>EU</SchemeTerritory>"
        f"<PointersToOtherTSL>{pointers}</PointersToOtherTSL>"
        f"<ListIssueDateTime>{issued}T00:00:00Z</ListIssueDateTime>{following}</SchemeInformation>"
        "</TrustServiceStatusList>"
    ).encode()


def signed_by(holder: Holder, content: bytes) -> bytes:
    """Sign a list as member states do (XAdES, enveloped)."""
    signer = XAdESSigner(data_object_format=XAdESDataObjectFormat(MimeType="text/xml"))
    signed = signer.sign(etree.fromstring(content), key=holder.key, cert=[holder.certificate])
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
