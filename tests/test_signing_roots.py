"""What is trusted: certificates of a folder, and services of trusted lists on the day of the signature."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import etree

from pipeline.signing import Revocation, Trust, examine, read_roots
from pipeline.signing.sentence import signature_words
from tests.signed_papers import PLACES, paper, sign
from tests.signing_keys import SIGNED, authority, nothing_revoked, person
from tests.trusted_list_files import list_of_lists, signed_by, trusted_list

FIRST = PLACES[0].field


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

    @pytest.mark.parametrize(
        ("until", "trusted"),
        [
            ("2022-01-19", Trust.OLD_LIST),
            ("2022-01-20", Trust.TRUSTED),
            ("2022-06-01", Trust.TRUSTED),
            ("", Trust.TRUSTED),
        ],
        ids=["the day before", "the same day", "later", "not told"],
    )
    def test_list_counts_until_the_day_of_its_next_one(self, signed, until, trusted):
        """What was signed on 20 January 2022 may have been signed after the service was withdrawn."""
        listed = trusted_list(("granted", "2021-01-01"), issued="2021-07-19", until=until)
        assert trust(signed, {"be.xml": listed}) is trusted

    def test_both_days_of_a_list_that_is_too_old_are_told(self, signed):
        issued, data = signed
        listed = trusted_list(("granted", "2021-01-01"), issued="2021-07-19", until="2022-01-19")
        (one,) = examine(data, [issued], read_roots({"be.xml": listed})).signatures
        told = signature_words(one)
        assert "20 januari 2022" in told
        assert "Proefwortel (be.xml, Proefdienst) staat op een vertrouwenslijst die maar tot 19 januari 2022" in told

    def test_root_that_a_person_trusts_as_well_needs_no_list(self, signed):
        listed = trusted_list(("granted", "2021-01-01"), issued="2021-07-19", until="2022-01-19")
        assert trust(signed, {"be.xml": listed, "w.pem": authority("Proefwortel").pem}) is Trust.TRUSTED

    def test_service_of_another_kind_certifies_no_signatures(self, signed):
        listed = trusted_list(("granted", "2021-01-01"), kind="Archiv")
        assert trust(signed, {"be.xml": listed, "ander.pem": authority("Andere wortel").pem}) is Trust.OTHER_ROOT

    @pytest.mark.parametrize(
        ("uses", "trusted"),
        [
            (("ForeSignatures",), Trust.TRUSTED),
            (("ForeSeals",), Trust.TRUSTED),
            (("ForWebSiteAuthentication", "ForeSignatures"), Trust.TRUSTED),
            (("ForWebSiteAuthentication",), Trust.OTHER_ROOT),
        ],
        ids=str,
    )
    def test_service_certifies_what_the_list_says_it_is_for(self, signed, uses, trusted):
        files = {"be.xml": trusted_list(("granted", "2021-01-01"), uses=uses), "x.pem": authority("Andere wortel").pem}
        assert trust(signed, files) is trusted

    @pytest.mark.parametrize("kind", ["TSA/QTST", "TSA"])
    def test_service_that_stamps_the_time_certifies_no_signer(self, kind):
        """It counts for the stamp under the same signature."""
        issued = paper()
        stamper = person("Proeftijd", "Tijdwortel", stamping=True)
        listed = {"be.xml": trusted_list(("granted", "2021-01-01"), kind=kind, of=authority("Tijdwortel").der)}
        data = sign(issued.content, person("An Peeters", "Tijdwortel"), FIRST, stamp=stamper)
        (one,) = examine(data, [issued], read_roots(listed)).signatures
        assert (one.trust, one.proven) == (Trust.OTHER_ROOT, True)
        data = sign(issued.content, person("An Peeters"), FIRST, stamp=stamper)
        (one,) = examine(data, [issued], read_roots({**listed, "w.pem": authority("Proefwortel").pem})).signatures
        assert (one.trust, one.proven) == (Trust.TRUSTED, True)

    def test_certificate_of_the_stamper_itself_counts(self):
        """Lists often give that one, and not the authority above it."""
        issued = paper()
        stamper = person("Proeftijd", "Tijdwortel", stamping=True)
        listed = {
            "be.xml": trusted_list(("granted", "2021-01-01"), kind="TSA/QTST", of=stamper.der),
            "w.pem": authority("Proefwortel").pem,
        }
        data = sign(issued.content, person("An Peeters"), FIRST, stamp=stamper)
        (one,) = examine(data, [issued], read_roots(listed)).signatures
        assert (one.trust, one.proven) == (Trust.TRUSTED, True)

    def test_root_of_the_list_names_its_service(self, signed):
        issued, data = signed
        roots = read_roots({"be.xml": trusted_list(("granted", "2021-01-01"))})
        (one,) = examine(data, [issued], roots).signatures
        assert one.root == "Proefwortel (be.xml, Proefdienst)"

    def test_what_was_not_checked_of_a_list_is_said(self):
        (note,) = read_roots({"be.xml": trusted_list(("granted", "2021-01-01"))}).notes
        assert note == (
            "Vertrouwenslijst «be.xml» (BE, van 12 maart 2022): 1 certificaat gebruikt; de handtekening onder de "
            "lijst zelf is niet nagegaan. Leg er de Europese lijst (eu-lotl.xml) bij, of geef met «--eu-signer» wie ze "
            "tekent."
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


class TestSignatureOfAList:
    """A list counts as it was signed by whom a person, or the list of lists, names for its territory."""

    @pytest.fixture
    def operator(self):
        return person("Toezicht België", "Overheid")

    @pytest.fixture
    def commission(self):
        return person("Europese Commissie (proef)", "Unie", organisation="European Commission")

    @pytest.fixture
    def listed(self, operator):
        return signed_by(operator, trusted_list(("granted", "2021-01-01")))

    def test_by_whom_a_person_names(self, signed, listed, operator):
        roots = read_roots({"be.xml": listed}, {"toezicht.pem": operator.pem})
        assert roots.notes == ()
        (told,) = roots.checked
        assert told == (
            "Vertrouwenslijst «be.xml» (BE, van 12 maart 2022): 1 certificaat gebruikt; de lijst is getekend door "
            "«Toezicht België»."
        )
        issued, data = signed
        (one,) = examine(data, [issued], roots).signatures
        assert one.trust is Trust.TRUSTED

    def test_by_whom_the_list_of_lists_names(self, listed, operator, commission):
        above = signed_by(commission, list_of_lists(BE=operator, FR=person("Toezicht Frankrijk")))
        roots = read_roots({"be.xml": listed, "eu-lotl.xml": above}, {"commissie.pem": commission.pem})
        assert [root.source for root in roots.roots] == ["be.xml, Proefdienst"]
        assert roots.notes == ()
        assert "Europese lijst «eu-lotl.xml»: getekend door «Europese Commissie (proef)»." in roots.checked

    @pytest.mark.parametrize(("until", "known"), [("2022-03-12", True), ("2022-03-11", False)])
    def test_list_of_lists_says_nothing_of_lists_of_after_its_next_one(
        self, listed, operator, commission, until, known
    ):
        above = signed_by(commission, list_of_lists(BE=operator, issued="2021-09-12", until=until))
        roots = read_roots({"be.xml": listed, "eu-lotl.xml": above}, {"commissie.pem": commission.pem})
        assert [root.source for root in roots.roots] == ["be.xml, Proefdienst"]
        assert any(told.startswith("Vertrouwenslijst «be.xml»") for told in roots.checked) is known
        late = (
            "Vertrouwenslijst «be.xml» (BE, van 12 maart 2022): 1 certificaat gebruikt; «Toezicht België» tekende de "
            "lijst, maar de Europese lijst «eu-lotl.xml» zegt alleen tot 11 maart 2022 wie dat mag. Leg er een "
            "nieuwere bij."
        )
        assert roots.notes == (() if known else (late,))

    def test_older_list_of_lists_beside_a_newer_names_nobody(self, listed, operator, commission):
        """Who is no longer named may not sign a list any more."""
        before = signed_by(commission, list_of_lists(BE=operator, issued="2021-09-12"))
        now = signed_by(commission, list_of_lists(BE=person("Toezicht België 2"), issued="2022-03-01"))
        files = {"be.xml": listed, "eu-lotl (1).xml": before, "eu-lotl.xml": now}
        roots = read_roots(files, {"commissie.pem": commission.pem})
        assert roots.roots == ()
        assert any("«eu-lotl (1).xml» (EU, van 12 september 2021): telt niet mee" in note for note in roots.notes)

    def test_by_another_than_the_list_of_lists_names_for_that_territory(self, listed, operator, commission):
        above = signed_by(commission, list_of_lists(BE=person("Toezicht Frankrijk"), FR=operator))
        roots = read_roots({"be.xml": listed, "eu-lotl.xml": above}, {"commissie.pem": commission.pem})
        assert roots.roots == ()
        assert roots.notes[0].startswith("Vertrouwenslijst «be.xml» telt niet mee: ze is gewijzigd, of niet getekend")

    def test_territory_that_the_list_of_lists_does_not_name(self, listed, operator, commission):
        """A forger might write one there that nobody can check."""
        above = signed_by(commission, list_of_lists(FR=operator))
        roots = read_roots({"be.xml": listed, "eu-lotl.xml": above}, {"commissie.pem": commission.pem})
        assert roots.roots == ()

    def test_list_of_lists_that_is_not_the_commissions_counts_for_nothing(self, listed, operator):
        forged = signed_by(person("Vervalser"), list_of_lists(BE=operator))
        roots = read_roots({"be.xml": listed, "eu-lotl.xml": forged})
        assert roots.checked == ()
        assert any("De Europese lijst «eu-lotl.xml» telt niet mee" in note for note in roots.notes)
        assert any("is niet nagegaan" in note for note in roots.notes)

    def test_who_a_person_names_for_the_list_of_a_member_state_names_nobody_for_others(self, listed, operator):
        """A list of lists by that operator would let it name who signs the list of any member state."""
        other = person("Toezicht Frankrijk", "Overheid")
        above = signed_by(operator, list_of_lists(BE=other))
        by_other = signed_by(other, trusted_list(("granted", "2021-01-01")))
        vouched = {"toezicht.pem": operator.pem}
        roots = read_roots({"be.xml": by_other, "lotl.xml": above}, vouched)
        assert roots.roots == ()
        assert any(
            note.startswith("De Europese lijst «lotl.xml» telt niet mee: «Toezicht België» tekende ze")
            for note in roots.notes
        )
        roots = read_roots({"be.xml": listed, "lotl.xml": above}, vouched)
        assert [root.source for root in roots.roots] == ["be.xml, Proefdienst"]

    @pytest.mark.parametrize(
        "harm",
        [
            lambda listed: listed.replace(b"granted", b"withdrawn"),
            lambda listed: listed.replace(b"2021-01-01", b"2020-01-01"),
            lambda listed: trusted_list(("granted", "2021-01-01")),
            lambda listed: listed[: listed.index(b"<ds:Signature")] + b"</TrustServiceStatusList>",
            lambda listed: listed.replace(b"SignatureValue>", b"SignatureValue>AAAA", 1),
        ],
        ids=["status", "day", "unsigned", "signature cut out", "signature changed"],
    )
    def test_list_that_was_changed_since_does_not_count(self, listed, operator, harm):
        roots = read_roots({"be.xml": harm(listed)}, {"toezicht.pem": operator.pem})
        assert roots.roots == ()
        assert roots.checked == ()
        assert len(roots.notes) == 1

    @pytest.mark.parametrize("names", [("a.xml", "b.xml"), ("b.xml", "a.xml")], ids=["older first", "newer first"])
    def test_newer_list_of_a_territory_takes_the_place_of_the_older(self, signed, listed, operator, names):
        """The older one in the same folder still grants what was withdrawn."""
        later = trusted_list(("withdrawn", "2021-06-01"), ("granted", "2021-01-01"), issued="2023-03-12")
        old, new = names
        roots = read_roots({old: listed, new: signed_by(operator, later)}, {"toezicht.pem": operator.pem})
        (note,) = roots.notes
        assert note.startswith(f"Vertrouwenslijst «{old}» (BE, van 12 maart 2022): telt niet mee, want «{new}»")
        assert len(roots.checked) == 1
        issued, data = signed
        (one,) = examine(data, [issued], roots).signatures
        assert one.trust is Trust.NOT_GRANTED

    def test_list_that_lies_there_twice_counts_once(self, listed, operator):
        roots = read_roots({"be.xml": listed, "kopie.xml": listed}, {"toezicht.pem": operator.pem})
        assert [root.source for root in roots.roots] == ["be.xml, Proefdienst"]
        assert "«kopie.xml»" in roots.notes[0]

    def test_only_what_was_signed_is_read(self, listed, operator):
        """A signed list wrapped in another, whose own services nobody signed."""
        whole = etree.fromstring(listed)
        whole.set("Id", "getekend")
        other = etree.fromstring(trusted_list(("granted", "2021-01-01"), of=authority("Vervalser").der))
        other.append(whole)
        roots = read_roots({"be.xml": etree.tostring(other)}, {"toezicht.pem": operator.pem})
        assert authority("Vervalser").der not in [root.certificate for root in roots.roots]

    def test_what_was_given_as_signer_and_is_no_certificate_is_told(self, listed):
        assert (
            "«x.pem» bevat geen certificaat en telt niet mee." in read_roots({"be.xml": listed}, {"x.pem": b"x"}).notes
        )


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

    def test_key_behind_a_passphrase_is_told_as_one(self):
        content = person("An Peeters").p12("geheim")
        roots = read_roots({"sleutel.p12": content}, {"tekent.pfx": content})
        assert roots.roots == ()
        assert roots.notes == (
            (
                "«sleutel.p12» is een sleutel met een wachtwoord (PKCS#12) en telt niet mee: hier hoort alleen het "
                "certificaat (.pem, .crt of .cer)."
            ),
            (
                "«tekent.pfx» is een sleutel met een wachtwoord (PKCS#12) en telt niet mee: hier hoort alleen het "
                "certificaat (.pem, .crt of .cer)."
            ),
        )

    def test_revocation_lists_beside_the_roots_count(self, signed):
        issued, data = signed
        files = {"w.pem": authority("Proefwortel").pem, "w.crl": nothing_revoked(told=SIGNED - dt.timedelta(days=2))}
        (one,) = examine(data, [issued], read_roots(files)).signatures
        assert one.revocation is Revocation.CHECKED
