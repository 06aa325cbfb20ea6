"""Which signatures count, in which copy, by themselves or because a person said so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import archive
from pipeline.dossier import Act, ActKind, Origin, signing_of
from pipeline.dossier.signing import target_of
from pipeline.report import tell_signing
from pipeline.signing import copy_of, examine, read_roots
from tests.signed_papers import PLACES, edited, paper, sign, signatory
from tests.signing_keys import SIGNED, authority, nothing_revoked, person

FIRST, SECOND = PLACES[0].field, PLACES[1].field


@pytest.fixture(scope="module")
def issued():
    return paper()


@pytest.fixture(scope="module")
def roots():
    return read_roots({"w.pem": authority("Proefwortel").pem, "w.crl": nothing_revoked()})


def copy(issued, roots, *parties, data=b""):
    """A copy signed by these in turn."""
    data = data or issued.content
    for name, field in parties:
        data = sign(data, person(name), field)
    return copy_of(examine(data, [issued], roots), data, SIGNED.date(), source="inbox/x.pdf", content="abc")


def held(issued, *copies, acts=()):
    best = signing_of(issued.issued, copies, acts).best
    return set(best.held) if best else set()


def assign(kept, field, to):
    return Act(ActKind.ASSIGN, target_of(kept, field), to, SIGNED.date(), reference=kept.name, why="x", by="y")


def test_copy_with_every_signature_is_complete(issued, roots):
    whole = copy(issued, roots, ("An Peeters", FIRST), ("Bo Maes", SECOND))
    assert signing_of(issued.issued, [whole], ()).complete


def test_signature_with_a_reason_counts_once_a_person_read_it(issued, roots):
    """It holds, and a person must read it: who signs for receipt only agrees to nothing."""
    kept = copy(issued, roots, data=sign(issued.content, person("An Peeters"), FIRST, reason="Enkel voor ontvangst"))
    told = tell_signing(signing_of(issued.issued, [kept], ()), "WVC-2021-0001", ())
    assert any("met als reden «Enkel voor ontvangst»" in line for line in told.lines)
    assert any(line.startswith("Lees wat daarbij gezegd werd. Is het geen voorbehoud") for line in told.lines)
    assert held(issued, kept) == set()
    acts = (assign(kept, FIRST, FIRST),)
    assert held(issued, kept, acts=acts) == {FIRST}
    told = tell_signing(signing_of(issued.issued, [kept], acts), "WVC-2021-0001", acts)
    assert (
        "An Peeters, burgemeester gaf bij het tekenen als reden «Enkel voor ontvangst». Lees of dat een voorbehoud is."
    ) in told.lines


def test_fullest_copy_counts(issued, roots):
    half = copy(issued, roots, ("An Peeters", FIRST))
    whole = copy(issued, roots, ("An Peeters", FIRST), ("Bo Maes", SECOND))
    signing = signing_of(issued.issued, [half, whole], ())
    assert signing.best.copy is whole
    assert signing.apart == ()


def test_two_copies_are_not_joined(roots):
    issued = paper(places=tuple(replace(place, order=0) for place in PLACES))
    one = copy(issued, roots, ("An Peeters", FIRST))
    other = copy(issued, roots, ("Bo Maes", SECOND))
    signing = signing_of(issued.issued, [one, other], ())
    assert not signing.complete
    assert [(who.name, counted.copy) for who, counted in signing.apart] == [("Bo Maes", other)]
    told = " ".join(tell_signing(signing, "WVC-2021-0001", ()).lines)
    assert f"laat Bo Maes, minister ook tekenen in «{one.name}»" in told


def test_before_its_turn_a_signature_counts_only_by_assignment(issued, roots):
    early = copy(issued, roots, ("Bo Maes", SECOND), ("An Peeters", FIRST))
    assert held(issued, early) == {FIRST}
    assert held(issued, early, acts=[assign(early, SECOND, SECOND)]) == {FIRST, SECOND}


def test_one_certificate_in_two_fields_counts_once(issued, roots):
    twice = copy(issued, roots, ("An Peeters", FIRST), ("An Peeters", SECOND))
    assert held(issued, twice) == {FIRST}


def test_other_name_counts_only_by_assignment(issued, roots):
    other = copy(issued, roots, ("Cas Stroobants", FIRST))
    assert held(issued, other) == set()
    assert held(issued, other, acts=[assign(other, FIRST, FIRST)]) == {FIRST}


def test_function_without_a_name_counts_only_by_assignment(roots):
    issued = paper(places=(signatory("handtekening_b_1", "de burgemeester", "Gent"),))
    one = copy(issued, roots, ("An Peeters", "handtekening_b_1"))
    assert held(issued, one) == set()
    assert held(issued, one, acts=[assign(one, "handtekening_b_1", "handtekening_b_1")]) == {"handtekening_b_1"}


def test_assignment_holds_for_that_copy_only(issued, roots):
    one, other = (copy(issued, roots, ("Cas Stroobants", FIRST)) for _ in range(2))
    assert one.sha256 != other.sha256
    assert held(issued, other, acts=[assign(one, FIRST, FIRST)]) == set()


def test_distrusted_signature_counts_nowhere_even_assigned(issued, roots):
    data = sign(issued.content, person("An Peeters", "Andere wortel"), FIRST)
    one = copy_of(examine(data, [issued], roots), data, SIGNED.date())
    assert held(issued, one, acts=[assign(one, FIRST, FIRST)]) == set()


@pytest.mark.parametrize("origin", [Origin.ALTERED, Origin.SCANNED, Origin.RESAVED])
def test_copy_that_is_not_ours_counts_only_when_saved_anew_and_let_through(issued, roots, origin):
    one = replace(copy(issued, roots, ("An Peeters", FIRST)), origin=origin)
    admitted = Act(ActKind.ADMIT, target_of(one), one.name, SIGNED.date(), why="x", by="y")
    assert held(issued, one) == set()
    assert held(issued, one, acts=[admitted]) == ({FIRST} if origin is Origin.RESAVED else set())


def test_copy_of_another_version_does_not_count(issued, roots):
    one = replace(copy(issued, roots, ("An Peeters", FIRST)), issued="afsprakenkader-2")
    assert held(issued, one) == set()


def test_only_a_copy_that_somebody_signed_is_told_as_signed_on_a_replaced_version(issued, roots):
    signed = copy(issued, roots, ("An Peeters", FIRST))
    unsigned = copy(issued, roots)
    changed = copy(issued, roots, data=edited(sign(issued.content, person("An Peeters"), FIRST), 0, "Meer"))
    strange = copy(issued, roots, data=sign(issued.content, person("An Peeters", "Vreemde wortel"), FIRST))
    later = replace(issued.issued, version=2, name="afsprakenkader-2")
    signing = signing_of(later, [signed, unsigned, changed, strange], (), [issued.issued])
    assert signing.outdated == (signed,)


def test_copy_comes_back_from_json_as_it_was(issued, roots):
    one = copy(issued, roots, ("An Peeters", FIRST), ("Bo Maes", SECOND))
    assert archive.decode_copy(archive.encode_copy(one)) == one


def test_who_signed_when_and_who_does_not_yet_is_told(issued, roots):
    one = copy(issued, roots, ("An Peeters", FIRST))
    told = tell_signing(signing_of(issued.issued, [one], ()), "WVC-2021-0001", ())
    assert not told.complete
    assert told.lines == (
        f"Ondertekend in «{one.name}»: An Peeters, burgemeester op 20 januari 2022.",
        "Nog niet ondertekend: Bo Maes, minister.",
    )
