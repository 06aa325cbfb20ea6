"""A paper that came back is examined: ours or not, signed by whom and when, trusted or not, changed or not."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import replace

import pytest
from pyhanko.sign.fields import MDPPerm

from pipeline.signing import (
    Likeness,
    Named,
    Origin,
    Question,
    Revocation,
    Roots,
    Trust,
    Verdict,
    examine,
    read_roots,
    tell,
)
from tests.pdf_files import one_page
from tests.signed_papers import (
    PLACES,
    annotated,
    edited,
    held,
    paper,
    scanned,
    sign,
    signatory,
    stamp_whole,
    swapped_in_place,
    with_field,
    with_revocation,
    without_signature,
)
from tests.signing_keys import SIGNED, authority, nothing_revoked, person, revoked

FIRST, SECOND = PLACES[0].field, PLACES[1].field


@pytest.fixture(scope="module")
def issued():
    return paper()


@pytest.fixture(scope="module")
def roots():
    return read_roots({"proefwortel.pem": authority("Proefwortel").pem})


@pytest.fixture(scope="module")
def half(issued):
    return sign(issued.content, person("An Peeters (Signature)", between=True), FIRST)


@pytest.fixture(scope="module")
def whole(half):
    return sign(half, person("Bo Maes", kind="ec"), SECOND, on=SIGNED + dt.timedelta(days=2))


def told(verdict: Verdict) -> str:
    return "\n".join(f"{change.page}: {change.what}" for change in verdict.changes)


class TestWhole:
    def test_paper_signed_by_everybody_is_in_order(self, issued, whole, roots):
        verdict = examine(whole, [issued], roots)
        assert verdict.origin is Origin.ISSUED
        assert verdict.paper is issued
        assert [(one.field, one.signer, one.whole, one.alone, one.trust) for one in verdict.signatures] == [
            (FIRST, "An Peeters (Signature)", True, True, Trust.TRUSTED),
            (SECOND, "Bo Maes", True, True, Trust.TRUSTED),
        ]
        assert verdict.changes == ()
        assert verdict.holds
        assert held(verdict) == {FIRST, SECOND}

    def test_moment_is_that_of_the_signature_and_not_proven_without_a_stamp(self, whole, issued, roots):
        first, second = examine(whole, [issued], roots).signatures
        assert (first.on, second.on) == (SIGNED, SIGNED + dt.timedelta(days=2))
        assert not first.proven

    def test_time_stamp_proves_the_moment(self, issued, roots):
        stamped = sign(issued.content, person("An Peeters"), FIRST, stamp=person("Proeftijd", stamping=True), on=SIGNED)
        (one,) = examine(stamped, [issued], roots).signatures
        assert (one.on, one.proven, one.trust) == (SIGNED, True, Trust.TRUSTED)

    def test_time_stamp_of_a_stranger_proves_nothing(self, issued, roots):
        stranger = person("Vreemde tijd", "Andere wortel", stamping=True)
        (one,) = examine(sign(issued.content, person("An Peeters"), FIRST, stamp=stranger), [issued], roots).signatures
        assert not one.proven
        assert one.trust is Trust.TRUSTED

    def test_root_and_its_file_are_named(self, half, issued, roots):
        (one,) = examine(half, [issued], roots).signatures
        assert one.root == "Proefwortel (proefwortel.pem)"

    def test_paper_without_signatures_is_ours_with_every_field_empty(self, issued, roots):
        verdict = examine(issued.content, [issued], roots)
        assert verdict.origin is Origin.ISSUED
        assert verdict.empty == PLACES
        assert not verdict.holds

    def test_field_that_is_still_empty_is_named(self, half, issued, roots):
        verdict = examine(half, [issued], roots)
        assert verdict.empty == PLACES[1:]
        assert held(verdict) == {FIRST}
        assert not verdict.holds

    def test_time_stamp_over_the_whole_paper_is_nobodys_signature(self, whole, issued, roots):
        stamped = stamp_whole(whole, person("Proeftijd", stamping=True), SIGNED + dt.timedelta(days=3))
        verdict = examine(stamped, [issued], roots)
        assert [one.stamp for one in verdict.signatures] == [False, False, True]
        assert verdict.holds

    def test_revocation_information_added_later_is_no_change(self, whole, issued, roots):
        verdict = examine(with_revocation(whole), [issued], roots)
        assert verdict.changes == ()
        assert verdict.holds


class TestTrust:
    def test_without_roots_nothing_is_trusted_and_all_is_whole(self, whole, issued):
        verdict = examine(whole, [issued], Roots())
        assert [(one.whole, one.trust) for one in verdict.signatures] == [(True, Trust.NO_ROOTS)] * 2
        assert not verdict.holds

    def test_other_root_is_not_trusted(self, issued, roots):
        stranger = sign(issued.content, person("An Peeters", "Andere wortel"), FIRST)
        (one,) = examine(stranger, [issued], roots).signatures
        assert (one.whole, one.trust) == (True, Trust.OTHER_ROOT)

    def test_certificate_that_had_expired_when_it_signed(self, issued, roots):
        old = person("An Peeters", until=SIGNED - dt.timedelta(days=1))
        (one,) = examine(sign(issued.content, old, FIRST), [issued], roots).signatures
        assert one.trust is Trust.EXPIRED

    def test_certificate_that_expired_since_holds(self, issued, roots):
        until = person("An Peeters", until=SIGNED + dt.timedelta(days=1))
        (one,) = examine(sign(issued.content, until, FIRST), [issued], roots).signatures
        assert one.trust is Trust.TRUSTED

    def test_certificate_that_began_later_than_the_signature(self, issued, roots):
        new = person("An Peeters", since=SIGNED + dt.timedelta(days=1))
        (one,) = examine(sign(issued.content, new, FIRST), [issued], roots).signatures
        assert one.trust is Trust.NOT_YET

    def test_certificate_that_is_not_for_signing(self, issued, roots):
        other = person("An Peeters", signing=False)
        (one,) = examine(sign(issued.content, other, FIRST), [issued], roots).signatures
        assert one.trust is Trust.NOT_FOR_SIGNING

    def test_revocation_is_not_checked_without_information(self, half, issued, roots):
        (one,) = examine(half, [issued], roots).signatures
        assert one.revocation is Revocation.NOT_CHECKED

    def test_revocation_is_checked_by_what_the_file_holds(self, issued, roots):
        signed = with_revocation(sign(issued.content, person("An Peeters"), FIRST), nothing_revoked())
        (one,) = examine(signed, [issued], roots).signatures
        assert one.revocation is Revocation.CHECKED

    def test_revocation_of_the_authority_between_is_not_known(self, half, issued, roots):
        between = authority("Proefwortel tussenin", "Proefwortel")
        signed = with_revocation(half, nothing_revoked_by(between))
        (one,) = examine(signed, [issued], roots).signatures
        assert one.revocation is Revocation.SIGNER_ONLY

    @pytest.mark.parametrize("days", [-3, 0])
    def test_certificate_revoked_before_the_signature(self, issued, days):
        holder = person("An Peeters", kind="ec", until=SIGNED + dt.timedelta(days=900 + days))
        list_of = revoked(holder, SIGNED + dt.timedelta(days=days, seconds=-60), told=SIGNED + dt.timedelta(days=1))
        roots = read_roots({"w.pem": authority("Proefwortel").pem, "w.crl": list_of})
        (one,) = examine(sign(issued.content, holder, FIRST), [issued], roots).signatures
        assert one.trust is Trust.REVOKED

    def test_certificate_revoked_after_a_moment_that_nobody_proves_is_not_trusted(self, issued):
        holder = person("An Peeters", kind="ec", until=SIGNED + dt.timedelta(days=950))
        list_of = revoked(holder, SIGNED + dt.timedelta(days=5))
        roots = read_roots({"w.pem": authority("Proefwortel").pem, "w.crl": list_of})
        signed = sign(issued.content, holder, FIRST)
        (one,) = examine(signed, [issued], roots).signatures
        assert one.trust is Trust.REVOKED_LATER
        (one,) = examine(signed, [issued], roots, seen=SIGNED.date()).signatures
        assert one.trust is Trust.TRUSTED  # it lay here before
        stamped = sign(issued.content, holder, FIRST, stamp=person("Proeftijd", stamping=True))
        (one,) = examine(stamped, [issued], roots).signatures
        assert (one.trust, one.detail) == (Trust.TRUSTED, "")


def nothing_revoked_by(holder):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(holder.certificate.subject)
        .last_update(SIGNED)
        .next_update(SIGNED + dt.timedelta(days=30))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(holder.key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(holder.key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


class TestTampering:
    @pytest.mark.parametrize("place", [0.02, 0.3, 0.6])
    def test_byte_flip_in_the_paper(self, whole, issued, roots, place):
        at = int(len(issued.content) * place)
        flipped = bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]])
        verdict = examine(flipped, [issued], roots)
        assert verdict.origin is not Origin.ISSUED
        assert not any(one.whole for one in verdict.signatures)
        assert not verdict.holds

    def test_byte_flip_in_the_signature(self, half, issued, roots):
        at = half.rindex(b"/Contents <") + 3_000
        flipped = half[:at] + (b"0" if half[at : at + 1] != b"0" else b"1") + half[at + 1 :]
        verdict = examine(flipped, [issued], roots)
        assert verdict.origin is Origin.ISSUED
        assert [one.whole for one in verdict.signatures] == [False]
        assert held(verdict) == frozenset()

    def test_line_written_later(self, whole, issued, roots):
        verdict = examine(edited(whole, 0, "De subsidie bedraagt 900.000,00 euro."), [issued], roots)
        assert verdict.origin is Origin.ISSUED
        assert told(verdict) == "1: «De subsidie bedraagt 900.000,00 euro.» is erbij gekomen"
        assert [one.alone for one in verdict.signatures] == [False, False]
        assert held(verdict) == frozenset()

    def test_line_written_before_the_signature(self, issued, roots):
        changed = edited(issued.content, 0, "De subsidie bedraagt 900.000,00 euro.")
        verdict = examine(sign(changed, person("An Peeters"), FIRST), [issued], roots)
        assert [one.holds for one in verdict.signatures] == [True]
        assert told(verdict) == "1: «De subsidie bedraagt 900.000,00 euro.» is erbij gekomen"
        assert held(verdict) == frozenset()

    def test_something_laid_over_a_page(self, whole, issued, roots):
        verdict = examine(annotated(whole, 0, (70, 700, 400, 720)), [issued], roots)
        assert told(verdict) == "1: de woorden zijn dezelfde, maar ze ziet er anders uit"
        assert held(verdict) == frozenset()

    def test_pages_swapped_in_a_later_revision(self, whole, issued, roots):
        verdict = examine(swapped_in_place(whole), [issued], roots)
        assert told(verdict) == "0: de bladzijden staan in een andere volgorde: 2, 1, 3"

    def test_page_of_another_version(self, issued, roots):
        other = paper(amount="900.000,00")
        verdict = examine(sign(other.content, person("An Peeters"), FIRST), [issued], roots)
        assert verdict.origin is Origin.ALTERED
        assert told(verdict) == (
            "1: «De subsidie bedraagt 800.000,00 euro.» werd «De subsidie bedraagt 900.000,00 euro.»"
        )
        assert [one.whole for one in verdict.signatures] == [True]
        assert held(verdict) == frozenset()

    def test_signature_removed_in_a_later_revision(self, whole, issued, roots):
        verdict = examine(without_signature(whole, FIRST), [issued], roots)
        assert verdict.changes
        assert FIRST in told(verdict)
        assert verdict.empty == PLACES[:1]
        assert held(verdict) == frozenset()

    def test_last_signature_cut_off_leaves_an_empty_field(self, half, whole, issued, roots):
        verdict = examine(whole[: len(half)], [issued], roots)
        assert verdict.empty == PLACES[1:]

    def test_revision_of_a_signed_paper_pasted_behind_another(self, half, issued, roots):
        """Replay: what came after the paper of one dossier, put behind that of another."""
        other = paper("WVC-2021-0002")
        replayed = other.content + half[len(issued.content) :]
        verdict = examine(replayed, [issued, other], roots)
        assert not any(one.whole for one in verdict.signatures)
        assert held(verdict) == frozenset()


class TestNotOurs:
    def test_paper_of_another_dossier(self, whole, issued, roots):
        verdict = examine(whole, [issued, paper("WVC-2021-0002")], roots, expected="WVC-2021-0002")
        assert verdict.origin is Origin.ISSUED
        assert verdict.paper.dossier == "WVC-2021-0001"
        assert verdict.of_other_dossier
        assert held(verdict) == frozenset()

    def test_version_that_was_replaced(self, whole, issued, roots):
        verdict = examine(whole, [replace(issued, replaced=True)], roots)
        assert verdict.origin is Origin.ISSUED
        assert not verdict.ours
        assert held(verdict) == frozenset()

    def test_saved_anew_by_a_service(self, issued, roots):
        again = resaved_otherwise(issued.content)
        verdict = examine(sign(again, person("An Peeters"), FIRST), [issued], roots)
        assert verdict.origin is Origin.RESAVED
        assert verdict.changes == ()
        assert [one.holds for one in verdict.signatures] == [True]
        assert held(verdict) == frozenset()

    @pytest.mark.requires_poppler
    def test_drawn_anew_by_another_program(self, issued, roots, tmp_path):
        """The words are the same and every letter is drawn by another font program: a person compares the pages."""
        (tmp_path / "a.pdf").write_bytes(issued.content)
        subprocess.run(["pdftocairo", "-pdf", tmp_path / "a.pdf", tmp_path / "b.pdf"], check=True)
        verdict = examine((tmp_path / "b.pdf").read_bytes(), [issued], roots)
        assert verdict.origin is Origin.RESAVED
        assert verdict.changes == ()
        assert verdict.looks == (1, 2, 3)
        assert not verdict.holds
        assert "Wat op bladzijde 1, 2 en 3 staat, ziet er anders uit" in tell(verdict, roots)[0].lines[1]

    @pytest.mark.parametrize(("box", "looks"), [((72, 200, 320, 260), ()), ((60, 700, 540, 800), (1,))])
    def test_saved_anew_with_a_field_of_a_service(self, issued, roots, box, looks):
        """In the white of a page it is expected; where it hides what stood there, a person must look."""
        verdict = examine(with_field(issued.content, 0, box), [issued], roots)
        assert verdict.origin is Origin.RESAVED
        assert verdict.looks == looks
        holds, words = next((one.holds, one.lines) for one in tell(verdict, roots) if one.question is Question.CHANGES)
        assert holds == (not looks)
        assert words == (
            ("Bladzijde 1: de woorden zijn dezelfde, maar ze ziet er anders uit.",)
            if looks
            else ("Op de bladzijden werd niets gewijzigd; of dat ook voor de rest geldt, is niet te zeggen.",)
        )

    def test_printed_and_scanned(self, whole, issued, roots):
        verdict = examine(scanned(whole), [issued], roots)
        assert verdict.origin is Origin.SCANNED
        assert verdict.signatures == ()

    def test_something_else(self, issued, roots):
        verdict = examine(one_page(b"BT /F1 12 Tf 72 700 Td (Een heel ander blad) Tj ET"), [issued], roots)
        assert verdict.origin is Origin.UNKNOWN

    @pytest.mark.parametrize(
        "data", [b"", b"PK\x03\x04 geen pdf", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\n%%EOF"], ids=str
    )
    def test_no_pdf_is_an_answer(self, issued, roots, data):
        verdict = examine(data, [issued], roots)
        assert verdict.origin is Origin.UNREADABLE
        assert verdict.reason

    def test_any_damage_gives_an_answer(self, whole, issued, roots):
        """Bytes cut out at every place in turn: nothing escapes, and no damaged paper is in order."""
        for at in range(200, len(whole) - 200, len(whole) // 60):
            verdict = examine(whole[:at] + whole[at + 90 :], [issued], roots)
            assert not verdict.holds
            assert "Error" not in verdict.reason  # the name that a library gives it says nothing to people

    def test_cut_off(self, whole, issued, roots):
        verdict = examine(whole[: len(whole) // 2], [issued], roots)
        assert not verdict.holds

    def test_encrypted(self, issued, roots):
        import io

        import pikepdf

        made = io.BytesIO()
        with pikepdf.open(io.BytesIO(issued.content)) as pdf:
            pdf.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
        verdict = examine(made.getvalue(), [issued], roots)
        assert verdict.origin is Origin.UNREADABLE
        assert "wachtwoord" in verdict.reason


class TestFields:
    def test_service_signs_in_a_field_of_its_own(self, issued, roots):
        signed = sign(issued.content, person("An Peeters"), "Signature1", own_field=(2, (350, 400, 520, 460)))
        verdict = examine(signed, [issued], roots)
        assert verdict.origin is Origin.ISSUED
        assert verdict.changes == ()
        assert [(one.field, one.holds) for one in verdict.strange] == [("Signature1", True)]
        assert verdict.empty == PLACES
        assert not verdict.holds

    def test_field_of_a_service_that_covers_words_is_a_change(self, issued, roots):
        verdict = examine(signed_over(issued.content, (70, 700, 400, 720)), [issued], roots)
        assert told(verdict) == "1: over wat er stond, ligt iets anders"
        assert held(verdict) == frozenset()

    def test_one_person_in_two_fields(self, half, issued, roots):
        both = sign(half, person("An Peeters (Signature)", between=True), SECOND)
        verdict = examine(both, [issued], roots)
        assert [(one.field, other.field) for one, other in verdict.twice] == [(FIRST, SECOND)]
        assert not verdict.holds

    def test_other_name_than_the_paper_names(self, issued, roots):
        verdict = examine(sign(issued.content, person("Cas Stroobants"), FIRST), [issued], roots)
        assert [one.likeness for one in verdict.signatures] == [Likeness.OTHER]

    @pytest.mark.parametrize(
        ("label", "signer", "likeness"),
        [
            ("An Peeters, burgemeester", Named("An Peeters (Signature)"), Likeness.SAME),
            ("Zoë De Smet, minister", Named("ZOE MARIA DE SMET"), Likeness.SAME),
            ("An Peeters, burgemeester", Named("An Maes"), Likeness.OTHER),
            ("de burgemeester", Named("An Peeters"), Likeness.UNTOLD),
            # a card that tells given names from surname, as an eID does
            ("An Maria Peeters, burgemeester", Named("An Peeters (Signature)", "An Maria", "Peeters"), Likeness.SAME),
            ("An Maria Peeters, burgemeester", Named("An Peeters (Signature)", "An", "Peeters"), Likeness.OTHER),
            ("An Peeters, burgemeester", Named("An Peeters (Signature)", "An Maria", "Peeters"), Likeness.SAME),
            ("Zoë De Smet, minister", Named("Zoé De Smet", "Zoé Maria", "De Smet"), Likeness.SAME),
            ("Peeters An, burgemeester", Named("An Peeters", "An", "Peeters"), Likeness.SAME),
            ("An Peeters, burgemeester", Named("An Maes-Peeters", "An", "Maes-Peeters"), Likeness.OTHER),
            ("An Maes-Peeters, burgemeester", Named("An Peeters", "An", "Peeters"), Likeness.OTHER),
            ("Maria Peeters, burgemeester", Named("An Peeters", "An Maria", "Peeters"), Likeness.OTHER),
            ("An Sofie Peeters, burgemeester", Named("An Peeters", "An Maria", "Peeters"), Likeness.OTHER),
            ("An Peeters, burgemeester", Named("Jan Peeters", "Jan", "Peeters"), Likeness.OTHER),
            # one that does not: nobody knows what it leaves out
            ("An Maria Peeters, burgemeester", Named("An Peeters"), Likeness.OTHER),
        ],
        ids=str,
    )
    def test_names_are_compared(self, label, signer, likeness):
        from pipeline.signing.likeness import likeness as compare

        assert compare(signer, signatory("handtekening_x_1", *label.partition(", ")[::2])) is likeness

    def test_names_of_a_card_are_read_from_its_certificate(self, issued, roots):
        card = person("An Peeters (Signature)", given="An Maria", surname="Peeters")
        full = replace(PLACES[0], name="An Maria Peeters")
        known = paper(places=(full, PLACES[1]))
        (one,) = examine(sign(known.content, card, FIRST), [known], roots).signatures
        assert (one.signer, one.likeness) == ("An Peeters (Signature)", Likeness.SAME)


class TestLock:
    def test_signature_that_forbids_every_change_locks(self, issued, roots):
        signed = sign(issued.content, person("An Peeters"), FIRST, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
        lock = examine(signed, [issued], roots).lock
        assert (lock.closed, lock.field) == (True, FIRST)

    def test_certifying_signature_leaves_room_to_sign(self, issued, roots):
        signed = sign(issued.content, person("An Peeters"), FIRST, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
        lock = examine(signed, [issued], roots).lock
        assert (lock.closed, lock.only_signing) == (False, True)
        assert examine(sign(signed, person("Bo Maes"), SECOND), [issued], roots).holds

    def test_approval_locks_nothing(self, half, issued, roots):
        lock = examine(half, [issued], roots).lock
        assert (lock.closed, lock.only_signing) == (False, False)


def resaved_otherwise(data: bytes) -> bytes:
    """Save anew with other compression: the same pages, other bytes."""
    import io

    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return made.getvalue()


def signed_over(data: bytes, box: tuple[int, int, int, int]) -> bytes:
    """Sign in a new field that paints white over what stood there."""
    import io

    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle

    holder = person("An Peeters")
    white = RawContent(b"1 g 0 0 1000 1000 re f", box=BoxConstraints(width=330, height=20))
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Bedekt", subfilter=fields.SigSeedSubFilter.PADES),
        signer=signers.SimpleSigner(holder.asn1, holder.asn1_key, None),
        stamp_style=StaticStampStyle(background=white, border_width=0, background_opacity=1),
        new_field_spec=fields.SigFieldSpec("Bedekt", on_page=0, box=box),
    )
    made = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=made)
    return made.getvalue()
