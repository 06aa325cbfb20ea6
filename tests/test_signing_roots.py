"""What is trusted: certificates of a folder, and services of trusted lists on the day of the signature."""

from __future__ import annotations

import base64
import datetime as dt

import pytest

from pipeline.signing import Revocation, Trust, examine, read_roots
from tests.signed_papers import PLACES, paper, sign
from tests.signing_keys import SIGNED, authority, nothing_revoked, person

FIRST = PLACES[0].field
_URI = "http://uri.etsi.org/TrstSvc"


def trusted_list(*states: tuple[str, str], kind: str = "CA/QC", of: bytes = b"") -> bytes:
    """A trusted list with one service: its states with the days from which they hold, newest first."""

    def information(tag: str, status: str, since: str, more: str) -> str:
        return (
            f"<{tag}><ServiceTypeIdentifier>{_URI}/Svctype/{kind}</ServiceTypeIdentifier>"
            f"<ServiceName><Name xml:lang='nl'>Proefdienst</Name></ServiceName>{more}"
            f"<ServiceStatus>{_URI}/TrustedList/Svcstatus/{status}</ServiceStatus>"
            f"<StatusStartingTime>{since}T00:00:00Z</StatusStartingTime></{tag}>"
        )

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
        "<SchemeTerritory>BE</SchemeTerritory><ListIssueDateTime>2022-03-12T00:00:00Z</ListIssueDateTime>"
        "</SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPServices><TSPService>"
        f"{information('ServiceInformation', *now, identity)}<ServiceHistory>{history}</ServiceHistory>"
        "</TSPService></TSPServices></TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"
    ).encode()


@pytest.fixture(scope="module")
def signed():
    issued = paper()
    return issued, sign(issued.content, person("An Peeters"), FIRST)


def trust(signed, files):
    issued, data = signed
    (one,) = examine(data, [issued], read_roots(files)).signatures
    return one.trust


class TestTrustedLists:
    def test_service_that_was_granted_on_that_day_is_trusted(self, signed):
        assert trust(signed, {"be.xml": trusted_list(("granted", "2021-01-01"))}) is Trust.TRUSTED

    def test_service_that_was_withdrawn_before_is_not(self, signed):
        listed = trusted_list(("withdrawn", "2021-06-01"), ("granted", "2020-01-01"))
        assert trust(signed, {"be.xml": listed}) is Trust.NOT_GRANTED

    def test_service_that_was_withdrawn_since_was_trusted_then(self, signed):
        listed = trusted_list(("withdrawn", "2022-06-01"), ("granted", "2020-01-01"))
        assert trust(signed, {"be.xml": listed}) is Trust.TRUSTED

    def test_service_that_was_granted_only_later_is_not(self, signed):
        assert trust(signed, {"be.xml": trusted_list(("granted", "2022-06-01"))}) is Trust.NOT_GRANTED

    def test_service_of_another_kind_certifies_no_signatures(self, signed):
        listed = trusted_list(("granted", "2021-01-01"), kind="Archiv")
        assert trust(signed, {"be.xml": listed, "ander.pem": authority("Andere wortel").pem}) is Trust.OTHER_ROOT

    def test_root_of_the_list_names_its_service(self, signed):
        issued, data = signed
        roots = read_roots({"be.xml": trusted_list(("granted", "2021-01-01"))})
        (one,) = examine(data, [issued], roots).signatures
        assert one.root == "Proefwortel (be.xml, Proefdienst)"

    def test_what_was_not_checked_of_a_list_is_said(self):
        (note,) = read_roots({"be.xml": trusted_list(("granted", "2021-01-01"))}).notes
        assert note == (
            "Vertrouwenslijst «be.xml» (BE, van 12 maart 2022): 1 certificaat gebruikt; de handtekening onder de "
            "lijst zelf is niet nagegaan."
        )

    @pytest.mark.parametrize(
        "content",
        [
            b"<TrustServiceStatusList xmlns='http://uri.etsi.org/02231/v2#'><SchemeInformation>",
            b"<!DOCTYPE x [<!ENTITY a 'b'>]><TrustServiceStatusList xmlns='http://uri.etsi.org/02231/v2#'/>",
        ],
        ids=["damaged", "dtd"],
    )
    def test_list_that_cannot_be_read_is_told(self, content):
        roots = read_roots({"be.xml": content})
        assert roots.roots == ()
        assert "«be.xml» is geen leesbare vertrouwenslijst" in roots.notes[0]


class TestFolder:
    def test_der_and_several_in_one_file(self, signed):
        assert trust(signed, {"w.der": authority("Proefwortel").der}) is Trust.TRUSTED
        both = authority("Andere wortel").pem + authority("Proefwortel").pem
        assert trust(signed, {"alle.pem": both}) is Trust.TRUSTED

    @pytest.mark.parametrize("content", [b"", b"lees mij", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END"], ids=str)
    def test_what_is_no_certificate_is_told(self, content):
        roots = read_roots({"lees.txt": content})
        assert roots.roots == ()
        assert roots.notes == ("«lees.txt» bevat geen certificaat en telt niet mee.",)

    def test_revocation_lists_beside_the_roots_count(self, signed):
        issued, data = signed
        files = {"w.pem": authority("Proefwortel").pem, "w.crl": nothing_revoked(told=SIGNED - dt.timedelta(days=2))}
        (one,) = examine(data, [issued], read_roots(files)).signatures
        assert one.revocation is Revocation.CHECKED
