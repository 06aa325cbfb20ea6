"""Papers are signed with a PKCS#12 file or a token, and only where and when that makes sense."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pikepdf
import pytest

from pipeline.errors import UsageError
from pipeline.signing import (
    Likeness,
    Named,
    Trust,
    Wish,
    examine,
    key_of_p12,
    key_of_token,
    place_to_sign,
    put_signature,
    read_roots,
)
from tests.signed_papers import PLACES, edited, held, paper, sign, stamper_of
from tests.signing_keys import SIGNED, authority, person

FIRST, SECOND = PLACES
NOW = dt.datetime.now(tz=dt.UTC)


@pytest.fixture(scope="module")
def issued():
    return paper()


@pytest.fixture(scope="module")
def roots():
    return read_roots({"w.pem": authority("Proefwortel").pem})


@pytest.fixture(scope="module")
def key():
    return key_of_p12(person("An Peeters", between=True).p12("geheim"), "geheim")


def where(issued, roots, data, field=""):
    return place_to_sign(examine(data, [issued], roots), field)


class TestPkcs12:
    @pytest.mark.parametrize("kind", ["rsa", "ec"])
    def test_signs_so_that_the_signature_holds(self, issued, roots, kind):
        key = key_of_p12(person("An Peeters", between=True, kind=kind).p12("geheim"), "geheim")
        before = dt.datetime.now(tz=dt.UTC)
        signed = put_signature(issued.content, FIRST, key, Wish(FIRST.field, NOW))
        verdict = examine(signed, [issued], roots)
        assert signed.startswith(issued.content)
        assert [(one.trust, one.likeness) for one in verdict.signatures] == [(Trust.TRUSTED, Likeness.SAME)]
        assert held(verdict) == {FIRST.field}
        assert [(one.shown, one.unread) for one in verdict.signatures] == [("", False)]
        assert before.replace(microsecond=0) <= verdict.signatures[0].on <= dt.datetime.now(tz=dt.UTC)

    def test_two_parties_sign_one_after_the_other(self, issued, roots, key):
        once = put_signature(issued.content, FIRST, key, Wish(FIRST.field, NOW))
        other = key_of_p12(person("Bo Maes").p12("x"), "x")
        twice = put_signature(once, SECOND, other, Wish(SECOND.field, NOW))
        assert examine(twice, [issued], roots).holds

    def test_field_shows_name_and_day_in_a_font_of_its_own(self, issued, key):
        now = dt.datetime(2026, 3, 12, 9, 5, tzinfo=dt.UTC)
        signed = put_signature(issued.content, FIRST, key, Wish(FIRST.field, now))
        with pikepdf.open(io.BytesIO(signed)) as pdf:
            look = next(one for one in pdf.pages[2].Annots if FIRST.field == one.T).AP.N
            fonts = list(look.Resources.Font.values())
            assert fonts
            for font in fonts:
                assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())
        assert "An Peeters" in flattened(signed)
        assert "12 maart 2026 om 10.05 uur" in flattened(signed)

    def test_wrong_passphrase_is_said(self):
        with pytest.raises(UsageError, match="het wachtwoord klopt niet"):
            key_of_p12(person("An Peeters").p12("geheim"), "fout")

    @pytest.mark.parametrize("content", [b"", b"geen sleutel", b"-----BEGIN"])
    def test_other_file_is_said(self, content):
        with pytest.raises(UsageError, match="geen PKCS#12-bestand"):
            key_of_p12(content, "x")

    @pytest.mark.parametrize(
        ("holder", "said"),
        [
            (person("Oud", until=NOW - dt.timedelta(days=1)), "verviel op"),
            (person("Nieuw", since=NOW + dt.timedelta(days=1)), "geldt pas vanaf"),
            (person("Toegang", signing=False), "dient niet om te ondertekenen"),
        ],
        ids=lambda value: getattr(value, "name", None),
    )
    def test_certificate_that_does_not_hold_now_signs_nothing(self, issued, holder, said):
        with pytest.raises(UsageError, match=said):
            put_signature(issued.content, FIRST, key_of_p12(holder.p12("x"), "x"), Wish(FIRST.field, NOW))

    def test_time_stamp_of_a_server_proves_the_moment(self, issued, roots, key):
        with stamping_server() as address:
            signed = put_signature(issued.content, FIRST, key, Wish(FIRST.field, NOW, stamper=address))
        (one,) = examine(signed, [issued], roots).signatures
        assert (one.proven, one.on) == (True, SIGNED)

    def test_server_of_time_stamps_that_does_not_answer(self, issued, key):
        with pytest.raises(UsageError, match="er is niet getekend"):
            put_signature(issued.content, FIRST, key, Wish(FIRST.field, NOW, stamper="http://127.0.0.1:9/tsa"))


@contextmanager
def stamping_server():
    """A server that stamps the time by RFC 3161, on this machine."""
    from asn1crypto import tsp

    stamper = stamper_of(person("Proeftijd", stamping=True), SIGNED)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class TestWhere:
    def test_first_of_the_order_is_the_only_one_free(self, issued, roots):
        verdict = examine(issued.content, [issued], roots)
        assert place_to_sign(verdict, "", Named("An Peeters (Signature)")) == FIRST

    def test_field_of_somebody_else_must_be_named(self, issued, roots):
        verdict = examine(issued.content, [issued], roots)
        with pytest.raises(UsageError, match="Zeg met --field in welk veld: handtekening_bestuur_1"):
            place_to_sign(verdict, "", Named("Bo Maes"))
        assert place_to_sign(verdict, FIRST.field, Named("Bo Maes")) == FIRST

    def test_order_is_kept(self, issued, roots):
        with pytest.raises(UsageError, match=r"Eerst tekenen: An Peeters, burgemeester\. Daarna pas Bo Maes, minister"):
            where(issued, roots, issued.content, SECOND.field)

    def test_earlier_turn_by_somebody_untrusted_is_no_turn(self, issued, roots):
        signed = sign(issued.content, person("An Peeters", "Vreemde wortel"), FIRST.field)
        with pytest.raises(UsageError, match="tekende «An Peeters» eerder, en die handtekening is niet vertrouwd"):
            place_to_sign(examine(signed, [issued], roots), "", Named("Bo Maes"))
        assert place_to_sign(examine(signed, [issued], read_roots({})), "", Named("Bo Maes")) == SECOND

    def test_without_order_a_field_must_be_named(self, roots):
        free = tuple(replace(place, order=0) for place in PLACES)
        issued = paper(places=free)
        assert where(issued, roots, issued.content, SECOND.field) == free[1]
        with pytest.raises(UsageError, match="Zeg met --field"):
            where(issued, roots, issued.content)

    def test_field_that_is_taken(self, issued, roots):
        signed = sign(issued.content, person("An Peeters"), FIRST.field)
        with pytest.raises(UsageError, match="staat al een handtekening, van An Peeters"):
            where(issued, roots, signed, FIRST.field)

    def test_unknown_field_names_the_others(self, issued, roots):
        with pytest.raises(UsageError, match="geen veld «x»; wel: handtekening_bestuur_1"):
            where(issued, roots, issued.content, "x")

    def test_paper_that_is_not_ours(self, issued, roots):
        with pytest.raises(UsageError, match="Alleen een papier zoals het uitgegeven werd"):
            where(issued, roots, edited(issued.content, 0, "Meer"), FIRST.field)

    def test_paper_that_was_replaced(self, issued, roots):
        with pytest.raises(UsageError, match="Alleen een papier zoals het uitgegeven werd"):
            where(replace(issued, replaced=True), roots, issued.content, FIRST.field)

    def test_paper_that_a_signature_closes(self, issued, roots):
        from pyhanko.sign.fields import MDPPerm

        closed = sign(
            issued.content, person("An Peeters"), FIRST.field, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
        )
        with pytest.raises(UsageError, match="sluit het papier af"):
            where(issued, roots, closed, SECOND.field)


def flattened(data: bytes) -> str:
    """What the pages say with their fields drawn into them, by poppler."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        pdf.init_forms()
        page = pdf[2]
        pypdfium2.raw.FPDFPage_Flatten(page, 0)
        saved = io.BytesIO()
        pdf.save(saved)
    with pypdfium2.PdfDocument(saved.getvalue()) as pdf:
        return pdf[2].get_textpage().get_text_bounded()


@pytest.mark.requires_softhsm
class TestPkcs11:
    def test_signs_so_that_the_signature_holds(self, token, issued, roots):
        chain = [authority("Proefwortel tussenin", "Proefwortel").der]
        with key_of_token(*token[:2], "zegel", "1234", chain) as key:
            signed = put_signature(issued.content, FIRST, key, Wish(FIRST.field, NOW))
        assert held(examine(signed, [issued], roots)) == {FIRST.field}

    @pytest.mark.parametrize(
        ("label", "pin", "said"),
        [("zegel", "9999", "De code van het token"), ("ander", "1234", "geen sleutel «ander»")],
    )
    def test_what_is_wrong_is_said(self, token, label, pin, said):
        with pytest.raises(UsageError, match=said), key_of_token(*token[:2], label, pin):
            pass

    def test_token_that_is_not_there(self, token):
        with pytest.raises(UsageError, match="is het aangesloten"), key_of_token(token[0], "weg", "zegel", "1234"):
            pass

    def test_token_without_a_name_is_told_without_one(self):
        with pytest.raises(UsageError, match="gaat het token niet open"), key_of_token("/niets.so", "", "zegel", "1"):
            pass

    def test_library_that_is_not_there(self):
        with pytest.raises(UsageError, match="is het aangesloten"), key_of_token("/niets.so", "x", "zegel", "1234"):
            pass
