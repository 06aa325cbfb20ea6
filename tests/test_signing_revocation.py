"""Was the certificate of a signer revoked: by what lies in the file, beside the roots, or by whoever issued it."""

from __future__ import annotations

import datetime as dt

import pytest
from asn1crypto import pem

from pipeline.dossier import Informant
from pipeline.signing import Question, Revocation, Trust, examine, read_roots, tell
from tests.authority_server import serving
from tests.signed_papers import PLACES, paper, sign, with_revocation, with_rubbish
from tests.signing_keys import SIGNED, answer, authority, nothing_revoked, person, revoked

FIRST = PLACES[0].field
BEFORE, AFTER = SIGNED - dt.timedelta(days=2), SIGNED + dt.timedelta(days=5)
LATER = SIGNED + dt.timedelta(days=9)
ROOT = authority("Proefwortel")
FOLDER = {"w.pem": ROOT.pem}
PATIENCE = 20.0
"""Seconds: more than a server on this machine needs."""


@pytest.fixture(scope="module")
def issued():
    return paper()


@pytest.fixture(scope="module")
def holder():
    """One whose certificate says where to ask, as those of real authorities do; nobody is there."""
    return person("An Peeters", kind="ec", answers_at="http://127.0.0.1:9/ocsp", list_at="http://127.0.0.1:9/crl")


@pytest.fixture(scope="module")
def signed(issued, holder):
    return sign(issued.content, holder, FIRST)


def judged(issued, data, folder=None, online=0.0):
    (one,) = examine(data, [issued], read_roots(folder or FOLDER), online=online).signatures
    return one


def seen(one):
    return one.trust, one.revocation, one.sources


def impostor():
    """A stranger who calls himself as the root does."""
    return authority.__wrapped__("Proefwortel")


class TestInTheFile:
    def test_answer_that_all_is_well(self, issued, holder, signed):
        one = judged(issued, with_revocation(signed, ocsps=(answer(holder, ROOT),)))
        assert seen(one) == (Trust.TRUSTED, Revocation.CHECKED, (Informant.FILE,))

    def test_answer_that_it_was_revoked_before(self, issued, holder, signed):
        one = judged(issued, with_revocation(signed, ocsps=(answer(holder, ROOT, on=BEFORE),)))
        assert seen(one) == (Trust.REVOKED, Revocation.CHECKED, (Informant.FILE,))
        assert one.detail == "18 januari 2022 om 10.30 uur"
        assert not one.holds

    def test_list_in_which_it_was_revoked_before(self, issued, holder, signed):
        one = judged(issued, with_revocation(signed, revoked(holder, BEFORE)))
        assert seen(one) == (Trust.REVOKED, Revocation.CHECKED, (Informant.FILE,))

    def test_list_in_which_it_was_revoked_after_a_moment_that_is_proven(self, issued, holder):
        stamped = sign(issued.content, holder, FIRST, stamp=person("Proeftijd", stamping=True))
        one = judged(issued, with_revocation(stamped, revoked(holder, AFTER)))
        assert (one.trust, one.proven) == (Trust.TRUSTED, True)

    def test_list_beside_the_roots_wins_over_an_answer_in_the_file_that_all_was_well(self, issued, holder, signed):
        """The authority learned later that the key was stolen before."""
        data = with_revocation(signed, ocsps=(answer(holder, ROOT),))
        one = judged(issued, data, {**FOLDER, "w.crl": revoked(holder, BEFORE, told=LATER)})
        assert seen(one) == (Trust.REVOKED, Revocation.CHECKED, (Informant.FOLDER,))

    @pytest.mark.parametrize(
        "made",
        [
            lambda holder: {"ocsps": (answer(holder, impostor(), on=BEFORE),)},
            lambda holder: {"ocsps": (answer(holder, impostor()),)},
        ],
        ids=["revoked", "well"],
    )
    def test_answer_that_the_authority_did_not_sign_says_nothing(self, issued, holder, signed, made):
        one = judged(issued, with_revocation(signed, **made(holder)))
        assert seen(one) == (Trust.TRUSTED, Revocation.NOT_CHECKED, ())

    def test_list_that_the_authority_did_not_sign_says_nothing(self, issued, holder, signed):
        forged = revoked(holder, BEFORE, signer=impostor())
        assert seen(judged(issued, with_revocation(signed, forged))) == (Trust.TRUSTED, Revocation.NOT_CHECKED, ())

    def test_answer_about_another_certificate_says_nothing(self, issued, signed):
        other = answer(person("Bo Maes", kind="ec"), ROOT)
        assert judged(issued, with_revocation(signed, ocsps=(other,))).revocation is Revocation.NOT_CHECKED

    def test_list_that_ended_before_the_signature_says_nothing(self, issued, signed):
        old = nothing_revoked(told=SIGNED - dt.timedelta(days=60))
        assert judged(issued, with_revocation(signed, old)).revocation is Revocation.NOT_CHECKED

    def test_rubbish_says_nothing_and_harms_nothing(self, issued, signed):
        one = judged(issued, with_rubbish(signed))
        assert (one.whole, one.alone, *seen(one)) == (True, True, Trust.TRUSTED, Revocation.NOT_CHECKED, ())


@pytest.fixture(scope="module")
def server():
    with serving() as served:
        yield served


@pytest.fixture(scope="module")
def known(server):
    return person("An Peeters", kind="ec", answers_at=server.answers_at, list_at=server.list_at)


@pytest.fixture(scope="module")
def asking(issued, known):
    return sign(issued.content, known, FIRST)


@pytest.fixture
def at(server, monkeypatch):
    """The server, that was asked nothing yet and says nothing."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server.says.clear()
    server.asked.clear()
    return server


RUBBISH = b"<html>404</html>"


class TestOnline:
    def test_nobody_is_asked_unless_somebody_wants_that(self, issued, asking, at):
        assert judged(issued, asking).revocation is Revocation.NOT_CHECKED
        assert at.asked == []

    def test_answer_that_all_is_well_is_enough(self, issued, known, asking, at):
        at.says["/ocsp"] = answer(known, ROOT, told=LATER)
        assert seen(judged(issued, asking, online=PATIENCE)) == (
            Trust.TRUSTED,
            Revocation.CHECKED,
            (Informant.ONLINE,),
        )
        assert at.asked == ["/ocsp"]

    def test_answer_that_it_was_revoked_before(self, issued, known, asking, at):
        at.says["/ocsp"] = answer(known, ROOT, on=BEFORE, told=LATER)
        assert seen(judged(issued, asking, online=PATIENCE)) == (
            Trust.REVOKED,
            Revocation.CHECKED,
            (Informant.ONLINE,),
        )

    def test_answer_that_it_was_revoked_after_a_moment_that_nobody_proves(self, issued, known, asking, at):
        at.says["/ocsp"] = answer(known, ROOT, on=AFTER, told=LATER)
        assert judged(issued, asking, online=PATIENCE).trust is Trust.REVOKED_LATER

    @pytest.mark.parametrize("said", [b"", RUBBISH, b"0" * 5_000], ids=["nothing", "html", "digits"])
    def test_list_is_fetched_where_the_answer_is_rubbish(self, issued, known, asking, at, said):
        at.says.update({"/ocsp": said, "/crl": revoked(known, BEFORE, told=LATER)})
        assert judged(issued, asking, online=PATIENCE).trust is Trust.REVOKED
        assert at.asked == ["/ocsp", "/crl"]

    def test_list_is_fetched_where_a_stranger_answered(self, issued, known, asking, at):
        at.says.update({"/ocsp": answer(known, impostor(), on=BEFORE), "/crl": nothing_revoked(told=LATER)})
        assert seen(judged(issued, asking, online=PATIENCE)) == (
            Trust.TRUSTED,
            Revocation.CHECKED,
            (Informant.ONLINE,),
        )

    @pytest.mark.parametrize("said", [b"", RUBBISH], ids=["nothing", "html"])
    def test_rubbish_everywhere_is_told(self, issued, asking, at, said):
        at.says.update({"/ocsp": said, "/crl": said})
        one = judged(issued, asking, online=PATIENCE)
        assert seen(one) == (Trust.TRUSTED, Revocation.NOT_CHECKED, ())
        assert one.unanswered == f"er kwam geen bruikbaar antwoord van «{at.answers_at}», «{at.list_at}»"

    def test_answer_without_end_is_left_and_told(self, issued, asking, at):
        """What stands at its beginning would do; whoever waits for the rest runs out of memory."""
        at.says["/crl"] = pem.armor("X509 CRL", nothing_revoked(told=LATER)) + b" " * 41_000_000
        one = judged(issued, asking, online=PATIENCE)
        assert seen(one) == (Trust.TRUSTED, Revocation.NOT_CHECKED, ())
        assert "geen bruikbaar antwoord" in one.unanswered

    def test_server_that_hangs_is_left_and_told(self, issued, asking, at):
        at.says.update({"/ocsp": None, "/crl": None})
        one = judged(issued, asking, online=0.5)
        assert seen(one) == (Trust.TRUSTED, Revocation.NOT_CHECKED, ())
        assert "geen bruikbaar antwoord" in one.unanswered

    def test_what_lies_in_the_file_counts_while_the_server_hangs(self, issued, known, asking, at):
        at.says.update({"/ocsp": None, "/crl": None})
        one = judged(issued, with_revocation(asking, ocsps=(answer(known, ROOT),)), online=0.5)
        assert seen(one) == (Trust.TRUSTED, Revocation.CHECKED, (Informant.FILE,))
        assert one.unanswered

    def test_certificate_that_names_no_address_is_told(self, issued, at):
        plain = sign(issued.content, person("An Peeters"), FIRST)
        one = judged(issued, plain, online=PATIENCE)
        assert one.unanswered == "de certificaten noemen geen adres om dat te vragen"

    def test_address_in_a_certificate_that_nobody_trusts_is_not_asked(self, issued, asking, at):
        folder = {"ander.pem": authority("Andere wortel").pem}
        assert judged(issued, asking, folder, online=PATIENCE).trust is Trust.OTHER_ROOT
        assert at.asked == []

    def test_sentence_says_who_told_it(self, issued, known, asking, at):
        at.says["/ocsp"] = answer(known, ROOT, told=LATER)
        data = with_revocation(asking, ocsps=(answer(known, ROOT),))
        roots = read_roots(FOLDER)
        verdict = examine(data, [issued], roots, online=PATIENCE)
        (words,) = [one.lines[0] for one in tell(verdict, roots) if one.question is Question.SIGNATURES]
        assert words.endswith(
            "; niet ingetrokken volgens de gegevens in het bestand zelf en de uitgever, nu opgevraagd."
        )
        assert not any(
            "--online" in line
            for one in tell(verdict, roots)
            if one.question is Question.UNCHECKED
            for line in one.lines
        )
